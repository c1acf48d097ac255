import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CrashReport, readTrace, TraceReader } from "../../../src/trace/index.ts";

const golden = new URL("../../golden/trace/", import.meta.url).pathname;
const texts = readdirSync(golden, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".txt"))
  .sort()
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(golden, name))) }));

function readInPieces(bytes: Uint8Array, cuts: readonly number[]): CrashReport[] {
  const reader = new TraceReader();
  let from = 0;
  for (const cut of cuts) {
    reader.push(bytes.subarray(from, cut));
    from = cut;
  }
  reader.push(bytes.subarray(from));
  return reader.end();
}

/** Fixtures in random order with quiet log lines between them, so that scanning and reading alternate. */
const log = fc
  .array(fc.tuple(fc.nat({ max: texts.length - 1 }), fc.nat({ max: 400 }), fc.boolean()), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => {
    const pieces = parts.flatMap(([index, quiet, unicode]) => [
      texts[index]!.bytes,
      new TextEncoder().encode(
        `${unicode ? "请求完成" : "request done"} in 12 ms, 200 tokens\n`.repeat(quiet),
      ),
    ]);
    return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  });

// Many inputs: slow machines may take a while.
describe("cutting the input", { timeout: 180_000 }, () => {
  it("into any chunks gives the same reports", () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(), { maxLength: 12 }), (bytes, numbers) => {
        const cuts = numbers.map((n) => n % (bytes.length + 1)).sort((a, b) => a - b);
        expect(readInPieces(bytes, cuts)).toEqual(readTrace(bytes));
      }),
      { numRuns: 150 },
    );
  });

  it("into single bytes gives the same reports", () => {
    for (const { name, bytes } of texts.filter(({ bytes }) => bytes.length < 6000)) {
      const cuts = Array.from({ length: bytes.length }, (_, index) => index);
      expect(readInPieces(bytes, cuts), name).toEqual(readTrace(bytes));
    }
  });

  it("off after any byte throws nothing and tells what is missing", () => {
    for (const { name, bytes } of texts.filter((_, index) => index % 6 === 0)) {
      const whole = readTrace(bytes);
      const step = Math.max(1, Math.floor(bytes.length / 300));
      for (let end = 0; end < bytes.length; end += step) {
        const reports = readTrace(bytes.subarray(0, end));
        for (const report of reports) expect(report.at.end, name).toBeLessThanOrEqual(end);
        expect(reports.length, name).toBeLessThanOrEqual(whole.length + 2);
      }
    }
  });

  it("off inside a frame is told as a cut tail", () => {
    const text = [
      "panic: boom",
      "",
      "goroutine 7 [running]:",
      "main.decode(0x1)",
      "\t/src/llm/decode.go:12 +0x1d",
      "main.run(0x2)",
      "",
    ].join("\n");
    expect(readTrace(text)[0]!.completeness).toBe("cut-tail");
  });

  it.each(["exit status 2\nbye", "FAIL\texample.com/llm\t0.3s\nbye", "exit status 2\nserved/42"])(
    "is whole when a word stands behind its end: %j",
    (end) => {
      const text = `panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/llm/main.go:5 +0x25\n${end}`;
      expect(readTrace(text)[0]!.completeness).toBe("whole");
    },
  );
});
