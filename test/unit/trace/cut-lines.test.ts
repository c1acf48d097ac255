// A dump that a logger quoted in one line, which a collector then cut at its own length and marked nowhere.
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const goroutine = (id: number) => `goroutine ${id} [sync.Mutex.Lock]:
sync.runtime_SemacquireMutex(0x1?, 0x1?, 0x1?)
	/usr/local/go/src/runtime/sema.go:95 +0x25
main.(*Sched).admit(0x1c1b17e080a0)
	/src/main.go:18 +0x8d
created by main.main in goroutine 1
	/src/main.go:32 +0x7d`;
const dump = `fatal error: all goroutines are asleep - deadlock!\n\n${Array.from({ length: 60 }, (_, i) => goroutine(i + 1)).join("\n\n")}\n`;
const json = JSON.stringify({ level: "error", msg: "worker crashed", output: dump });
const logfmt = `time=2026-11-25T03:01:07.123Z level=ERROR msg="worker crashed" output=${JSON.stringify(dump)}`;

function cut(text: string, length: number, prefix = ""): string {
  const pieces = [];
  for (let at = 0; at < text.length; at += length) pieces.push(prefix + text.slice(at, at + length));
  return `${pieces.join("\n")}\n`;
}

describe("a long line cut without a mark", () => {
  test.each([
    ["JSON at 16 KB", cut(json, 16384)],
    ["JSON at 4 KB, by syslog", cut(json, 4000, "Nov 25 03:01:07 gpu-3 llmd[48121]: ")],
    ["logfmt at 8 KB", cut(logfmt, 8192)],
    ["JSON, a neighbour's line between the pieces", cut(json, 16384).replace("\n", '\n{"msg":"ok"}\n')],
  ])("is one crash: %s", (_name, text) => {
    const reports = readTrace(text);
    expect(reports).toHaveLength(1);
    expect(reports[0]!.kind).toBe("fatal");
    expect(reports[0]!.goroutineCount).toBe(60);
  });

  test("whose rest is missing is read as far as it goes", () => {
    const reports = readTrace(cut(json, 5000).split("\n", 1)[0]!);
    expect(reports).toHaveLength(1);
    expect(reports[0]!.completeness).toBe("cut-tail");
    expect(reports[0]!.fatal?.message).toBe("all goroutines are asleep - deadlock!");
  });

  test("takes nothing from the line below that does not go on", () => {
    const text = `${cut(json, 5000).split("\n", 1)[0]!}\npanic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\nexit status 2\n`;
    expect(readTrace(text).map(({ header }) => header)).toEqual([
      "fatal error: all goroutines are asleep - deadlock!",
      "panic: boom",
    ]);
  });
});
