import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Catalog } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "golm-catalog-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const eventYaml = `title: { en: Title, zh: 标题 }
proves: { en: Proof, zh: 证明 }
severity: high
match:
  - panic: { match: "^boom" }
`;

const causeYaml = `title: { en: Cause, zh: 原因 }
severity: high
kind: panic
what: { en: What, zh: 现象 }
why: { en: Why, zh: 根因 }
signals:
  - { en: Signal, zh: 信号 }
evidence:
  - id: number
    when:
      panic: { match: 'boom (?P<n>\\d+)', where: ["n > 0"] }
    weight: 2
    says: { en: "Number {n}.", zh: "数字 {n}。" }
verify:
  says: { en: Verify, zh: 验证 }
fix:
  says: { en: Fix, zh: 修复 }
references:
  - { title: T, at: "runtime/panic.go, Go 1.26" }
`;

function put(path: string, text: string): void {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** A catalogue with one good scenario, its files changed or (where undefined) left out. */
function compile(changes: Record<string, string | undefined> = {}) {
  const files: Record<string, string | undefined> = {
    "go.mod": "module example\n",
    "runtime/boom/event.yaml": eventYaml,
    "runtime/boom/first/cause.yaml": causeYaml,
    "runtime/boom/first/repro/main.go": "package main\n",
    "runtime/boom/first/fixed/main.go": "package main // fixed\n",
    ...changes,
  };
  for (const [path, text] of Object.entries(files)) if (text !== undefined) put(path, text);
  return compileCatalog(dir);
}

/** The errors, without the folder they start with. */
function errorsOf(changes: Record<string, string | undefined>): string[] {
  return compile(changes).errors.map((error) => error.slice(error.indexOf("runtime")));
}

const causeErrors = (text: string) => errorsOf({ "runtime/boom/first/cause.yaml": text });
const eventErrors = (text: string) => errorsOf({ "runtime/boom/event.yaml": text });

describe("a good catalogue", () => {
  test("compiles into an index and pages that the program opens", () => {
    const { errors, files, causes, catalog } = compile({
      "runtime/boom/first/repro/native.c": "int x;\n",
      "runtime/boom/first/fixed/native.c": "int y;\n",
      "runtime/boom/first/fixed/more/only.go": "package more\n",
      "runtime/boom/first/repro/model.bin": "\0binary",
      "vendor/modules.txt": "ignored",
      "_scratch/x/y": "ignored",
    });
    expect(errors).toEqual([]);
    expect(causes).toBe(1);
    expect(JSON.parse(files["catalog.json"]!)).toEqual(JSON.parse(JSON.stringify(catalog.index)));
    const open = new Catalog(JSON.parse(files["catalog.json"]!), () =>
      JSON.parse(files["catalog-pages.json"]!),
    );
    expect(open.event("runtime/boom")?.title.en).toBe("Title");
    expect(open.cause("runtime/boom/first")).toMatchObject({ event: "runtime/boom", prior: 0, go: ">=1.21" });
    expect(open.causesOf("runtime/boom")).toHaveLength(1);
    expect(open.page("runtime/boom/first")?.files).toEqual([
      { path: "main.go", before: "package main\n", after: "package main // fixed\n" },
      { path: "more/only.go", after: "package more\n" },
      { path: "native.c", before: "int x;\n", after: "int y;\n" },
    ]);
    expect(open.page("runtime/boom/first")?.repro.seconds).toBe(20);
    expect(open.page("constructor")).toBeUndefined();
    expect(open.event("nothing/here")).toBeUndefined();
  });
  test("carries its expressions translated", () => {
    expect(compile().catalog.index.expressions).toEqual({
      "^boom": "u/^boom",
      "boom (?P<n>\\d+)": "u/boom (?<n>[0-9]+)",
    });
  });
  test("is the same whenever it is compiled", () => {
    expect(compile().files).toEqual(compile().files);
  });
  test("made by another version is refused", () => {
    expect(() => new Catalog({ format: 0, events: [], causes: [] })).toThrow(/Build it again/);
  });
});

describe("every error has its place and a remedy", () => {
  test.each([
    [
      "an unknown field",
      `${causeYaml}whoops: 1\n`,
      /cause\.yaml:20:1: "whoops" is not a field.*Allowed here: title,/,
    ],
    [
      "an unknown field deep inside",
      causeYaml.replace("panic: { match", "panics: { match"),
      /cause\.yaml:11:7: "panics" is not a field.*panic, fatal, message/,
    ],
    ["a missing field", causeYaml.replace(/^why:.*\n/m, ""), /cause\.yaml:1:1: "why" is missing\. Add it/],
    ["a wrong type", causeYaml.replace("weight: 2", "weight: strong"), /cause\.yaml:12:13: .*type number/],
    ["a weight too large", causeYaml.replace("weight: 2", "weight: 60"), /cause\.yaml:12:13: .*at most 6/],
    [
      "a wrong word",
      causeYaml.replace("severity: high", "severity: awful"),
      /cause\.yaml:2:11: .*critical, high/,
    ],
    [
      "broken YAML",
      causeYaml.replace("kind: panic", "kind: [panic"),
      /cause\.yaml:\d+:\d+: .*Correct the YAML/,
    ],
    ["a field given twice", `${causeYaml}kind: fatal\n`, /cause\.yaml:20:1: .*unique.*Correct the YAML/],
    ["an empty file", "", /cause\.yaml:1:1: /],
    [
      "a look-ahead",
      causeYaml.replace("'boom (?P<n>\\d+)'", "'boom(?= (?P<n>\\d+))'"),
      /cause\.yaml:11:23: The regular expression.*look-around/,
    ],
    [
      "a relation over nothing",
      causeYaml.replace("n > 0", "n > length"),
      /cause\.yaml:11:\d+: The relation "n > length" speaks of "length".*\(\?P<length>/,
    ],
    ["a relation of no form", causeYaml.replace("n > 0", "n larger 0"), /cause\.yaml:11:\d+: .*form/],
    [
      "a capture nobody makes",
      causeYaml.replace("Number {n}.", "Number {number}."),
      /cause\.yaml:13:17: \{number\} is captured by no expression/,
    ],
    ["the same text twice", causeYaml.replace("现象", "What"), /cause\.yaml:4:\d+: Both languages/],
    [
      "Chinese that is none",
      causeYaml.replace("现象", "Quoi donc"),
      /cause\.yaml:4:\d+: .*no Chinese character/,
    ],
    ["English that is none", causeYaml.replace("What", "现象了"), /cause\.yaml:4:\d+: The English text/],
    [
      "a blank text",
      causeYaml.replace("en: What", "en: ' '"),
      /cause\.yaml:4:\d+: The English text is blank/,
    ],
    ["an empty text", causeYaml.replace("en: What", "en: ''"), /cause\.yaml:4:\d+: .*Fill it in/],
    [
      "a question about nobody",
      `${causeYaml}separates:\n  - { from: second, says: { en: Q, zh: 问 } }\n`,
      /cause\.yaml:21:13: No cause "second" in this event/,
    ],
    [
      "evidence ids used twice",
      causeYaml.replace(
        "verify:",
        `  - id: number\n    when: { kind: [panic] }\n    weight: 1\n    says: { en: A, zh: 甲 }\nverify:`,
      ),
      /cause\.yaml:14:9: The evidence id "number" is used twice/,
    ],
    [
      "an empty condition",
      causeYaml.replace(/panic: \{ match.*\n/, "not: {}\n").replaceAll(" {n}", ""),
      /cause\.yaml:11:\d+: An empty condition/,
    ],
    [
      "a frame without a demand",
      causeYaml.replace(/panic: \{ match.*\n/, "frame: { position: top }\n").replaceAll(" {n}", ""),
      /cause\.yaml:11:14: Any frame fits/,
    ],
  ])("%s", (_what, text, expected) => {
    const errors = causeErrors(text);
    expect(errors.join("\n")).toMatch(expected);
    for (const error of errors) expect(error).toMatch(/^runtime\/boom\/first\/cause\.yaml:\d+:\d+: .+\.$/);
  });

  test("in events too", () => {
    expect(eventErrors(eventYaml.replace("^boom", "bo**m")).join()).toMatch(/event\.yaml:5:\d+: The regular/);
    expect(eventErrors(eventYaml.replace("title: { en: Title, zh: 标题 }\n", "")).join()).toMatch(
      /"title" is missing/,
    );
  });

  test("captures below not are worth nothing", () => {
    const text = causeYaml.replace("panic: {", "not: { panic: {").replace('["n > 0"] }', '["n > 0"] } }');
    expect(causeErrors(text).join()).toMatch(/\{n\} is captured by no expression/);
  });

  test.each([
    [
      "an event without event.yaml",
      { "runtime/boom/event.yaml": undefined },
      /runtime\/boom\/event\.yaml:1:1: .*missing/,
    ],
    [
      "a cause without cause.yaml",
      { "runtime/boom/first/cause.yaml": undefined },
      /first\/cause\.yaml:1:1: .*missing/,
    ],
    [
      "a cause without repro",
      { "runtime/boom/first/repro/main.go": undefined },
      /first\/repro:1:1: The program is missing/,
    ],
    [
      "a cause without fixed",
      { "runtime/boom/first/fixed/main.go": undefined },
      /first\/fixed:1:1: The program is missing/,
    ],
    [
      "a folder nobody knows",
      { "runtime/boom/first/notes/x.go": "x" },
      /first\/notes:1:1: Only repro\/ and fixed\//,
    ],
    [
      "an id with capitals",
      { "runtime/boom/First_One/cause.yaml": causeYaml },
      /First_One:1:1: A folder name is an id/,
    ],
    [
      "an event without causes",
      { "runtime/other/event.yaml": eventYaml },
      /runtime\/other:1:1: An event needs a cause/,
    ],
  ])("%s", (_what, changes, expected) => {
    expect(errorsOf(changes).join("\n")).toMatch(expected);
  });

  test("all at once", () => {
    const errors = errorsOf({
      "runtime/boom/event.yaml": eventYaml.replace("high", "awful"),
      "runtime/boom/first/cause.yaml": causeYaml.replace("weight: 2", "weight: 60").replace("high", "awful"),
      "runtime/boom/first/fixed/main.go": undefined,
    });
    expect(errors).toHaveLength(4);
  });
});
