import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Catalog, diagnose } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { createSourceReader } from "../../../src/faulttree/source.ts";
import { readTrace } from "../../../src/trace/index.ts";

const folder = fileURLToPath(new URL("texts/", import.meta.url));
const { catalog } = compileCatalog(fileURLToPath(new URL("../../../catalog", import.meta.url)));
const open = new Catalog(catalog.index);
const source = createSourceReader({ roots: [folder] });

/** What the real programs of texts/ printed, the line to look at, and the words that stand on it. */
const texts: readonly (readonly [name: string, place: string, line: string, event?: string])[] = [
  ["repanic", "main.decode", "return tokens[len(tokens)]", "runtime/index-out-of-range"],
  ["served", "main.handle", "fmt.Fprintln(w, m.name)", "runtime/nil-dereference"],
  [
    "in-defer",
    "main.(*session).close",
    "func (s *session) close() { *s.open = false }",
    "runtime/nil-dereference",
  ],
  ["waiting", "main.main", "wg.Wait()", "runtime/deadlock"],
  ["wrapper", "main.report", "fmt.Println(s.Size())", "runtime/nil-dereference"],
  ["created-by", "main.schedule", "go wait.Add(-2)", "runtime/sync-misuse"],
  ["maps", "main.fill", "cache[i%8] = i", "runtime/concurrent-map"],
  ["racing", "main.(*stats).add", "func (s *stats) add(n int) { s.tokens += n }"],
  ["asserting", "main.generate", "C.decode(C.int(tokens))"],
  ["timeout", "golm.example/texts/timeout.receive", "func receive(c chan int) int { return <-c }"],
];

describe("the texts of real programs", () => {
  test.each(texts)("%s points to %s", (name, place, line, event) => {
    const reports = readTrace(readFileSync(`${folder}${name}.txt`));
    expect(reports).toHaveLength(1);
    const diagnosis = diagnose(reports[0]!, open, { source });
    const location = diagnosis.location!;
    expect(location.function).toBe(place);
    expect(location.source?.lines[location.line! - location.source.first]?.trim()).toBe(line);
    if (event) {
      expect(diagnosis.event.id).toBe(event);
      expect(diagnosis.causes.length).toBeGreaterThan(0);
    }
    for (const cause of diagnosis.causes) {
      expect(cause.unknown.filter(({ needs }) => needs.includes("source"))).toEqual([]);
    }
  });
});
