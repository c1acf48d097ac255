/**
 * The language's configuration. The editor passes blank lines over before it looks for folding markers, so a fold
 * cannot end at the blank line behind a goroutine: it ends at `created by`, and a goroutine without one has no fold
 * of its own but those of its frames, by indentation.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";
import { root } from "./tokens.ts";

const read = (file: string) => JSON.parse(readFileSync(join(root, "syntaxes", file), "utf8"));
const configuration = read("go-crash.language-configuration.json");
const start = new RegExp(configuration.folding.markers.start);
const end = new RegExp(configuration.folding.markers.end);

/** First and last line of each fold, from 0: as the editor pairs markers, from below. */
function folds(lines: readonly string[]): [number, number][] {
  const open: number[] = [];
  const found: [number, number][] = [];
  for (let i = lines.length - 1; i >= 0; i--) {
    if (start.test(lines[i]!)) {
      const last = open.pop();
      if (last !== undefined) found.unshift([i, last]);
    } else if (end.test(lines[i]!)) open.push(i);
  }
  return found;
}

describe("folding", () => {
  test.each([
    "signal/sigquit-go1.26",
    "crowd/busy-go1.26",
    "panic/worker-ancestors-go1.26",
    "test/labels-go1.27",
    "cgo/abort-go1.26",
  ])("of %s: a fold for each goroutine that was created by another, and none beyond it", (name) => {
    const bytes = readFileSync(join(root, "test/golden/trace", `${name}.txt`));
    const lines = bytes.toString("utf8").split("\n");
    const lineOf = (byte: number) => bytes.toString("utf8", 0, byte).split("\n").length - 1;
    const goroutines = readTrace(bytes).flatMap((report) => report.goroutines);
    const wanted = goroutines
      .filter(({ createdBy }) => createdBy !== undefined)
      .map(({ at }) => {
        const first = lineOf(at.start);
        return [first, lines.findIndex((line, i) => i > first && line.startsWith("created by "))];
      });
    expect(wanted.length).toBeGreaterThan(0);
    expect(folds(lines)).toEqual(wanted);
  });
});

test("a double click takes a whole number or name", () => {
  const words = new RegExp(configuration.wordPattern, "gu");
  expect("main.(*模型).取值(0x411dfd?)".match(words)).toEqual(["main", "模型", "取值", "0x411dfd"]);
});

test("brackets pair", () => {
  expect(configuration.brackets).toHaveLength(3);
});

/** What Dark+, Light+ and both high-contrast themes of VS Code have a colour for. Punctuation is for brackets only. */
const THEMED =
  /^(?:comment|string|invalid|variable|storage\.modifier|keyword\.(?:control|operator)|constant\.(?:language|numeric)|entity\.name\.(?:function|type|namespace)|punctuation)\.[\w.]*go-crash$/;

test("the default themes have a colour for every scope", () => {
  const scopes = [
    ...JSON.stringify(read("go-crash.tmLanguage.json").repository).matchAll(
      /"(?:content)?[nN]ame":"([^"]+)"/g,
    ),
  ];
  expect(scopes.length).toBeGreaterThan(100);
  expect(scopes.map(([, scope]) => scope!).filter((scope) => !THEMED.test(scope))).toEqual([]);
});

describe("the first line tells a crash text", () => {
  const first = new RegExp(read("go-crash.tmLanguage.json").firstLineMatch);

  test.each([
    "panic: boom",
    "fatal error: all goroutines are asleep - deadlock!",
    "goroutine 1 [running]:",
    "goroutine 1 gp=0x179ec19c81e0 m=0 mp=0x561560 [syscall]:",
    "goroutine profile: total 4",
    "SIGABRT: abort",
    "WARNING: DATA RACE",
  ])("%s", (line) => expect(first.test(line)).toBe(true));

  test.each(["panic in the kitchen", "goroutine leaks", "2026/11/01 panic: boom"])("not %s", (line) =>
    expect(first.test(line)).toBe(false),
  );
});
