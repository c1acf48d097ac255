// A supervisor's log line that carries the whole output of its child as one quoted string.
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const output = `panic: send on closed channel

goroutine 6 [running]:
main.(*Stream).produce(0x2f8c5a0a6018, {0x0?, 0x0?})
	/src/main.go:16 +0x92
created by main.serve in goroutine 1
	/src/main.go:24 +0xa6
exit status 2`;
const line = (words: string, text: string) =>
  `E1125 03:01:07.123456       1 runner.go:88] ${words} stderr=${JSON.stringify(text)}\n`;

describe("a child's output, quoted in one line", () => {
  test.each([
    ["at once", '"Child exited" err="exit status 2"', output],
    ["behind the child's own lines", '"Child exited" err="exit status 2"', `loading model\n${output}`],
    ["and no word of the end", '"Child said"', output],
  ])("is one crash, %s", (_name, words, text) => {
    const reports = readTrace(line(words, text));
    expect(reports.map(({ header }) => header)).toEqual(["panic: send on closed channel"]);
    expect(reports[0]!.panics[0]!.value).toBe("send on closed channel");
    expect(reports[0]!.exit?.status).toBe(2);
  });

  test("leaves the end alone where the output tells nothing", () => {
    const reports = readTrace(
      line('"Child exited" err="exit status 2"', "loading model\ngoroutine pool full"),
    );
    expect(reports.map(({ kind }) => kind)).toEqual(["exit-status"]);
  });
});

describe("a child's output, line by line", () => {
  test("is found in a field beside the supervisor's own message", () => {
    const lines = output
      .split("\n")
      .map((text) => JSON.stringify({ level: "info", msg: "runner", line: text }));
    const reports = readTrace(`${lines.join("\n")}\n`);
    expect(reports.map(({ header }) => header)).toEqual(["panic: send on closed channel"]);
    expect(reports[0]!.goroutines[0]!.frames).toHaveLength(1);
  });

  test("does not hide a message behind the line number of a logger", () => {
    const text = JSON.stringify({ level: "error", msg: "panic: send on closed channel", line: "88" });
    expect(readTrace(`${text}\n`).map(({ header }) => header)).toEqual(["panic: send on closed channel"]);
  });

  test("is one crash below klog's line that says how the child ended", () => {
    const text = `E1125 03:01:07.123456       1 runner.go:88] "Child exited" err="exit status 2" stderr=<
${output.replace(/^/gm, "\t")}
 >
`;
    expect(readTrace(text).map(({ header }) => header)).toEqual(["panic: send on closed channel"]);
  });
});
