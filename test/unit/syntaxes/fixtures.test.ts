/**
 * The grammar against every crash text there is: what the trace engine finds in it has the right scope, and lines
 * that belong to no crash have none.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { readTrace } from "../../../src/trace/index.ts";
import type { CrashReport, Frame, Goroutine } from "../../../src/trace/report.ts";
import { type Line, loadGrammar, root, scopeAt, tokenize } from "./tokens.ts";

const golden = join(root, "test/golden/trace");
const forms = readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const names = forms.flatMap(({ name: form }) =>
  readdirSync(join(golden, form))
    .filter((file) => file.endsWith(".txt"))
    .map((file) => `${form}/${file.slice(0, -4)}`),
);

/** Texts whose frames no grammar of lines can tell, and why. All else must be found in full. */
const EXCEPT: Readonly<Record<string, string>> = {
  "mangled/junit-xml": "attributes with entities for line ends",
  "nested/cri-partial-slog-json": "lines cut into pieces",
  "wrapped/cri-partial-index": "lines cut into pieces",
  "wrapped/one-line-spaces-deadlock": "all in one line, joined by blanks",
  "wrapped/one-line-spaces-index": "all in one line, joined by blanks",
  "wrapped/one-line-spaces-nil": "all in one line, joined by blanks",
  "serving/gin": "a layout of its own",
  "wrapped/aws-logs-tail-index": "`main.main()` behind a word, as in prose",
  "wrapped/stern-index": "`main.main()` behind a word, as in prose",
};

/** What is worth a colour outside of a crash too: test output, native words, stacks of loggers and profiles, pieces. */
const WORTH_A_COLOUR =
  /goroutine \d+ \[|\.(?:go|s|c|h|cc|rs):\d+|[\w)]\.[\w.]+(?:\(.*\))?\s*$|\(\)\\n|stderr P |^\s*(?:---|===|(?:FAIL|PASS|ok|exit status)\b)|^\s*={18}|^\w+ +0x[0-9a-f]+|Sanitizer|Assertion|GGML_ASSERT|CUDA error|free\(\)|terminate called|what\(\)|panicked at|^Found \d+ data race|\[signal /;

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadGrammar("text.go-crash");
});

class Document {
  readonly lines: readonly Line[];

  constructor(private readonly bytes: Buffer) {
    this.lines = tokenize(grammar, bytes.toString("utf8"));
  }

  lineOf(byte: number): number {
    return (this.bytes.toString("utf8", 0, byte).match(/\r\n|\n|\r/g) ?? []).length;
  }

  /** The first line from `from` on in which `text` stands with the right scopes, or -1. */
  find(from: number, end: number, text: string, right: (line: Line, column: number) => boolean): number {
    for (let i = from; i < Math.min(end, this.lines.length); i++) {
      const line = this.lines[i]!;
      for (let at = line.text.indexOf(text); at >= 0; at = line.text.indexOf(text, at + 1)) {
        if (right(line, at)) return i;
      }
    }
    return -1;
  }
}

function isHeader(line: Line, column: number): boolean {
  const number = column + "goroutine ".length;
  return (
    scopeAt(line, column) === "keyword.control.goroutine" &&
    scopeAt(line, number) === "constant.numeric.goroutine"
  );
}

function isFunction(name: string): (line: Line, column: number) => boolean {
  return (line, column) =>
    /^entity\.name\.(function|type)/.test(scopeAt(line, column + name.length - 1) ?? "");
}

function isFile(file: string): (line: Line, column: number) => boolean {
  return (line, column) =>
    scopeAt(line, column) === "string.unquoted.path" &&
    scopeAt(line, column + file.length + 1) === "constant.numeric.line";
}

/** What of a goroutine has not the scope it should have. Its lines are searched in order. */
function missing(document: Document, goroutine: Goroutine): string[] {
  const out: string[] = [];
  const first = document.lineOf(goroutine.at.start);
  const end = document.lineOf(goroutine.at.end) + 1;
  let at = first;
  const expectAt = (text: string, right: (line: Line, column: number) => boolean) => {
    const found = document.find(at, end, text, right);
    if (found < 0) out.push(text);
    else at = found;
  };
  const expectFrame = ({ function: name, file, line }: Frame) => {
    expectAt(name, isFunction(name));
    if (file === undefined) return;
    expectAt(`${file}:${line}`, isFile(file));
  };
  const header = `goroutine ${goroutine.id}`;
  const cut = document.find(first, end, header, () => true) < 0;
  if (!cut) expectAt(header, isHeader);
  for (const frame of goroutine.frames) expectFrame(frame);
  if (goroutine.createdBy) expectFrame(goroutine.createdBy);
  return out;
}

function outside(document: Document, reports: readonly CrashReport[]): Line[] {
  return document.lines.filter(
    (_line, index) => !reports.some(({ lines }) => index + 1 >= lines.first && index + 1 <= lines.last),
  );
}

const seen = { goroutines: 0, frames: 0, ordinary: 0 };

describe.each(forms.map(({ name }) => name))("%s", (form) => {
  test.each(names.filter((name) => name.startsWith(`${form}/`)))("%s", (name) => {
    const bytes = readFileSync(join(golden, `${name}.txt`));
    const document = new Document(bytes);
    const reports = readTrace(bytes);
    const goroutines = reports.flatMap((report) => report.goroutines);
    const found = goroutines.flatMap((goroutine) => missing(document, goroutine));
    if (EXCEPT[name] === undefined) expect(found).toEqual([]);
    else expect(found, "is found after all: no longer an exception").not.toEqual([]);
    const ordinary = outside(document, reports).filter(({ text }) => !WORTH_A_COLOUR.test(text));
    const coloured = ordinary.filter(({ tokens }) => tokens.some(({ scopes }) => scopes.length > 0));
    expect(coloured.map(({ text }) => text)).toEqual([]);
    seen.goroutines += goroutines.length;
    seen.frames += goroutines.reduce((sum, { frames }) => sum + frames.length, 0);
    seen.ordinary += ordinary.filter(({ text }) => text.trim() !== "").length;
  });
});

test("that was much", () => {
  expect(seen.goroutines).toBeGreaterThan(700);
  expect(seen.frames).toBeGreaterThan(3000);
  expect(seen.ordinary).toBeGreaterThan(300);
});
