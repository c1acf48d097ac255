// Headers that stand behind other text of their line.
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const stack = `
goroutine 17 [running, locked to thread]:
main.onToken(0x3)
	/src/main.go:14 +0x85
exit status 2
`;
const races = `WARNING: DATA RACE
Write at 0x00c000014098 by goroutine 8:
  main.(*Counter).add()
      /src/main.go:10 +0x3a

Previous write at 0x00c000014098 by goroutine 7:
  main.(*Counter).add()
      /src/main.go:10 +0x52
==================`;

describe("a header behind other text", () => {
  test.each([
    ["abc", "panic: runtime error: index out of range [3] with length 3"],
    ["Once upon a tim", "panic: tokenizer closed"],
    ["tok", "fatal error: concurrent map writes"],
  ])("is found behind words that were streamed: %s%s", (words, header) => {
    const [report, ...others] = readTrace(`${words}${header}\n${stack}`);
    expect(others).toEqual([]);
    expect(report!.header).toBe(header);
    expect(report!.completeness).toBe("whole");
  });

  test("keeps the tab of a value's lines behind a time stamp", () => {
    const text = `panic: first\n\tsecond\n\t\n\tfourth\n${stack}`.replace(/^/gm, "2026-11-25T03:01:07.123Z ");
    expect(readTrace(text).map(({ panics }) => panics[0]?.value)).toEqual(["first\nsecond\n\nfourth"]);
  });

  test("is no host and program where the runtime's own stack begins", () => {
    const text = `fatal error: stack overflow

runtime stack:
runtime.throw({0x4c643d?, 0x200000001?})
	/usr/local/go/src/runtime/panic.go:1229 +0x48
${stack}`;
    const reports = readTrace(text.replace(/^/gm, "2026-11-25T03:01:07.123Z "));
    expect(reports.map(({ header }) => header)).toEqual(["fatal error: stack overflow"]);
    expect(reports[0]!.runtimeStack).toHaveLength(1);
    expect(reports[0]!.goroutineCount).toBe(1);
  });

  test("teaches the prefix of a data race", () => {
    const [report] = readTrace(races.replace(/^/gm, "llm-gw-7d9f8 gateway "));
    expect(report!.race!.accesses.map(({ frames }) => frames[0]?.function)).toEqual([
      "main.(*Counter).add",
      "main.(*Counter).add",
    ]);
  });

  test("is found in JSON that was logged as a string of JSON", () => {
    const inner = JSON.stringify({
      msg: "handler panicked",
      err: "boom",
      stack: `goroutine 3 [running]:
main.recovering.func1()
	/src/main.go:20 +0x58
panic({0x7028e0?, 0xa192a0?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.handle(...)
	/src/main.go:24
`,
    });
    const outer = JSON.stringify({ level: "error", stack: inner, message: "child process died" });
    expect(readTrace(`${outer}\n`).map(({ kind }) => kind)).toEqual(["panic"]);
  });
});
