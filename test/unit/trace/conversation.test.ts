// Services that log what is asked of a model and what it answers: people ask about crashes.
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const trace =
  "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/tmp/x.go:5 +0x1d\nexit status 2\n";

describe("a trace in a conversation", () => {
  test.each([
    ["a prompt", { level: "info", msg: "request", prompt: trace }],
    ["a prompt without a message beside it", { ts: 1, prompt: trace }],
    ["messages", { msg: "chat", body: { messages: [{ role: "user", content: trace }] } }],
    ["choices", { id: "c1", choices: [{ delta: { content: trace } }] }],
  ])("is no crash of the service: %s", (_name, record) => {
    expect(readTrace(`${JSON.stringify(record)}\n`)).toEqual([]);
  });

  test("nor in a stream of events, or in logfmt", () => {
    expect(readTrace(`data: ${JSON.stringify({ choices: [{ text: trace }] })}\n`)).toEqual([]);
    expect(readTrace(`level=info msg=request prompt=${JSON.stringify(trace)}\n`)).toEqual([]);
  });

  test("hides no crash that is told beside it", () => {
    const record = { level: "error", msg: "handler panicked", prompt: "hi", stack: trace };
    expect(readTrace(`${JSON.stringify(record)}\n`)).toHaveLength(1);
  });
});
