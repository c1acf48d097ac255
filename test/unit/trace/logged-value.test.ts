// What a recovery middleware says above the stack it prints, in words of its own.
import { expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const stack = `goroutine 3 [running]:
runtime/debug.Stack()
	/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
main.recovering.func2.1()
	/src/main.go:20 +0x58
panic({0x7028e0?, 0xa192a0?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.handle(...)
	/src/main.go:24
created by net/http.(*Server).Serve in goroutine 23
	/usr/local/go/src/net/http/server.go:3464 +0x485
`;

test.each([
  ["2026/11/26 03:30:36 panic in /: net/http: abort Handler", "net/http: abort Handler"],
  ["2026/11/26 03:30:36 panic in worker 3: tokenizer not loaded", "tokenizer not loaded"],
  ["2026/11/26 03:30:36 panic while serving /v1/chat: send on closed channel", "send on closed channel"],
  ["2026/11/26 03:30:36 recovered in Embed: boom", "boom"],
  ["2026/11/26 03:30:36 handler crashed (assignment to entry in nil map)", "assignment to entry in nil map"],
  ["2026/11/26 03:30:36 panic: boom: twice", "boom: twice"],
  ["2026/11/26 03:30:36 [PANIC RECOVER] boom", "boom"],
])("of %j the value is %j", (line, value) => {
  const [report] = readTrace(`${line}\n${stack}`);
  expect(report!.recovered).toBe(true);
  expect(report!.panics[0]!.value).toBe(value);
});
