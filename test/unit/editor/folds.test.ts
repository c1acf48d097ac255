import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { foldsOf } from "../../../src/editor/folds.ts";

const golden = (name: string) => readFileSync(`test/golden/trace/${name}`, "utf8");

/** First and last line of each fold, as a reader sees them. */
function edges(text: string): string[][] {
  const lines = text.split("\n");
  return foldsOf(text).map(({ first, last }) => [lines[first]!, lines[last]!.trim()]);
}

test("each goroutine folds from its header to the last line of its stack", () => {
  const text = [
    "level=info msg=serving",
    "panic: é",
    "",
    "goroutine 7 [running]:",
    "main.decode(...)",
    "\t/src/decode.go:42",
    "created by main.main in goroutine 1",
    "\t/src/main.go:9 +0x44",
    "",
    "goroutine 8 [chan receive, 5 minutes]:",
    "main.wait()",
    "\t/src/wait.go:3 +0x1d",
    "exit status 2",
    "",
  ].join("\n");
  expect(edges(text)).toEqual([
    ["goroutine 7 [running]:", "/src/main.go:9 +0x44"],
    ["goroutine 8 [chan receive, 5 minutes]:", "/src/wait.go:3 +0x1d"],
  ]);
  expect(edges(text.replaceAll("\n", "\r\n"))).toHaveLength(2);
});

test.each([
  "fatal/deadlock-go1.26.txt",
  "panic/closed-channel-go1.26.txt",
  "fatal/deadlock-workers-go1.26.txt",
])("goroutines of a real crash fold apart: %s", (name) => {
  const text = golden(name);
  const headers = text.split("\n").filter((line) => /^goroutine \d+ .*\[.*\]:/.test(line));
  const found = edges(text);
  expect(found.map(([header]) => header)).toEqual(headers);
  expect(found.length).toBeGreaterThan(0);
  for (const [, last] of found) expect(last).toMatch(/:\d+( \+0x[0-9a-f]+)?( fp=.*)?$/);
  const folds = foldsOf(text);
  for (const [index, { first }] of folds.entries())
    if (index > 0) expect(first).toBeGreaterThan(folds[index - 1]!.last);
});

test("a text without a crash has none", () => {
  expect(foldsOf("")).toEqual([]);
  expect(foldsOf("goroutine\npanic:")).toEqual([]);
});
