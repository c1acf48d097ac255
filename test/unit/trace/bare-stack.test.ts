// zap's console format prints its stack without parentheses: no line of it but one holds a mark of a crash.
import { expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const text = `2026-11-26T03:16:15.653Z	ERROR	worker/main.go:16	panic in worker	{"error": "runtime error: invalid memory address or nil pointer dereference"}
main.run.func1
	/src/worker/main.go:16
runtime.gopanic
	/usr/local/go/src/runtime/panic.go:860
runtime.panicmem
	/usr/local/go/src/runtime/panic.go:336
runtime.sigpanic
	/usr/local/go/src/runtime/signal_unix.go:931
main.(*Sampler).pick
	/src/worker/main.go:11
main.main
	/src/worker/main.go:24
runtime.main
	/usr/local/go/src/runtime/proc.go:290
`;

test("a panic that zap's console tells is found by its stack", () => {
  const reports = readTrace(text);
  expect(reports).toHaveLength(1);
  expect(reports[0]!.recovered).toBe(true);
  expect(reports[0]!.panics[0]!.value).toBe(
    "runtime error: invalid memory address or nil pointer dereference",
  );
  expect(reports[0]!.goroutines[0]!.frames.map(({ function: name }) => name)).toContain(
    "main.(*Sampler).pick",
  );
});

test("a line that holds the stack twice, behind a prefix of unknown form, is one crash", () => {
  const bare = text.slice(text.indexOf("\n") + 1, -1);
  const line = JSON.stringify({
    level: "error",
    msg: "recovered from panic",
    panic: "runtime error: index out of range [0] with length 0",
    stack: bare,
    stacktrace: bare,
  });
  const reports = readTrace(`llm-gw-7d9f8 gateway ${line}\n`);
  expect(reports.map(({ panics }) => panics[0]?.value)).toEqual([
    "runtime error: index out of range [0] with length 0",
  ]);
});
