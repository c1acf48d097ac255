import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scanRange } from "../../../src/cli/input/scan-range.ts";
import { readTrace, TraceReader } from "../../../src/trace/index.ts";

const folder = mkdtempSync(join(tmpdir(), "golm-prescan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CRASH =
  "panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/llm/main.go:12 +0x1d\nexit status 2\n";

/** About 2 MB of log lines with crashes at the given byte offsets. */
function logWith(offsets: readonly number[]): Uint8Array {
  const line = "I1123 05:58:11.000001   12345 scheduler.go:88] slot 3 finished prompt of 812 tokens\n";
  let text = line.repeat(Math.ceil((2 << 20) / line.length));
  for (const offset of [...offsets].sort((a, b) => b - a)) {
    text = text.slice(0, offset) + CRASH + text.slice(offset);
  }
  return new TextEncoder().encode(text);
}

/** Reads a file as the command line does with a second thread that begins at `from`. */
function readWithPrescan(path: string, bytes: Uint8Array, from: number) {
  const reader = new TraceReader();
  reader.push(bytes.subarray(0, from));
  const quiet = scanRange({ path, from, to: bytes.length });
  let next = from;
  if (reader.idle) {
    reader.skip(quiet.upTo - from, quiet.newlines);
    next = quiet.upTo;
  }
  reader.push(bytes.subarray(next));
  return { reports: reader.end(), skipped: next - from };
}

describe("looking through the second half ahead", () => {
  const half = 1 << 20;
  it.each([
    ["no crash", []],
    ["a crash in the first half", [300_000]],
    ["a crash in the second half", [half + 700_000]],
    ["a crash across the middle", [half - 40]],
    ["an anchor across the middle", [half - 3]],
    ["a crash just behind the middle", [half + 10]],
    ["crashes everywhere", [1000, half - 200, half + 200_000, half + 900_000]],
  ])("finds the same with %s", (name, offsets) => {
    const bytes = logWith(offsets);
    const path = join(folder, `${name.replaceAll(" ", "-")}.log`);
    writeFileSync(path, bytes);
    expect(readWithPrescan(path, bytes, half).reports).toEqual(readTrace(bytes));
  });

  it("passes over all of a quiet half", () => {
    const bytes = logWith([]);
    const path = join(folder, "quiet.log");
    writeFileSync(path, bytes);
    expect(readWithPrescan(path, bytes, half).skipped).toBe(bytes.length - half);
  });
});
