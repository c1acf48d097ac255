import { expect, test } from "vitest";
import { isFaultStop, stopText } from "../../../src/editor/stop-text.ts";
import { readTrace } from "../../../src/trace/index.ts";

const frames = [
  { name: "runtime.gopanic", file: "/usr/local/go/src/runtime/panic.go", line: 783 },
  { name: "main.(*engine).decode", file: "/home/me/my beam/decode.go", line: 42 },
  { name: "main.main", file: "/home/me/my beam/main.go", line: 9 },
];

test("a stop reads like the crash it becomes", () => {
  const text = stopText({
    description: "panic",
    text: '"runtime error: index out of range [3] with length 3"',
    goroutine: 7,
    frames,
  });
  const [report] = readTrace(text);
  expect(report).toMatchObject({
    kind: "panic",
    header: "panic: runtime error: index out of range [3] with length 3",
  });
  expect(report!.goroutines[0]).toMatchObject({ id: 7, state: "running" });
  expect(report!.goroutines[0]!.frames.map(({ function: name, line }) => `${name} ${line}`)).toEqual([
    "runtime.gopanic 783",
    "main.(*engine).decode 42",
    "main.main 9",
  ]);
});

test("a value of several lines stays one value", () => {
  const text = stopText({
    description: "panic",
    text: "a\ngoroutine 9 [running]:\nmain.evil()",
    goroutine: 1,
    frames,
  });
  const reports = readTrace(text);
  expect(reports).toHaveLength(1);
  expect(reports[0]!.goroutines.map(({ id }) => id)).toEqual([1]);
});

test("a fatal error too", () => {
  const text = stopText({
    description: "fatal error",
    text: "all goroutines are asleep - deadlock!",
    goroutine: 1,
    frames,
  });
  expect(readTrace(text)[0]).toMatchObject({
    kind: "fatal",
    fatal: { message: "all goroutines are asleep - deadlock!" },
  });
});

test("only such stops count", () => {
  expect(isFaultStop({ reason: "exception", description: "panic", text: "x" })).toBe(true);
  expect(isFaultStop({ reason: "breakpoint" })).toBe(false);
  expect(isFaultStop(undefined)).toBe(false);
});
