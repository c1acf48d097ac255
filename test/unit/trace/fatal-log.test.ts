import { describe, expect, it } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

function read(text: string) {
  return readTrace(new TextEncoder().encode(text)).map(({ kind, header, exit, lines }) => ({
    kind,
    header,
    logged: exit?.logged,
    lines,
  }));
}

const refused = `parse "https://[::1/v1": missing ']' in host`;
const logFatal = `2026/11/25 16:14:00 failed to parse BaseURL: ${refused}\n`;
const klogInfo = `I1125 16:14:08.403273   32483 main.go:35] "Starting server" models="models"\n`;
const absent = "load model qwen3: open models/qwen3.gguf: no such file or directory";
const klogFatal = `F1125 16:14:08.403575   32483 main.go:17] ${absent}\n`;

describe("a log line that ended the process", () => {
  it("is the last of the log package above `exit status 1`", () => {
    expect(read(`200 forwarded\n${logFatal}exit status 1\n`)).toEqual([
      {
        kind: "exit-status",
        header: `failed to parse BaseURL: ${refused}`,
        logged: "log",
        lines: { first: 2, last: 3 },
      },
    ]);
  });

  it("is a line of klog's severity F, whatever the status", () => {
    expect(read(`${klogInfo}${klogFatal}exit status 255\n`)).toEqual([
      { kind: "exit-status", header: absent, logged: "fatal", lines: { first: 2, last: 3 } },
    ]);
  });

  it("is a JSON or logfmt line of the level fatal", () => {
    const line = { kind: "exit-status", header: "cannot load model", logged: "fatal" };
    expect(read('{"level":"fatal","msg":"cannot load model"}\nexit status 1\n')).toMatchObject([line]);
    expect(read('time="16:00" level=fatal msg="cannot load model"\nexit status 1\n')).toMatchObject([line]);
  });

  it("may have the logger's stack below it, and then needs no status", () => {
    const stack = `goroutine 22 [running]:
k8s.io/klog/v2/internal/dbg.Stacks(0x0)
	/home/dev/go/pkg/mod/k8s.io/klog/v2@v2.130.1/internal/dbg/dbg.go:35 +0x85
k8s.io/klog/v2.Fatalf(...)
	/home/dev/go/pkg/mod/k8s.io/klog/v2@v2.130.1/klog.go:1666
main.load({0x520a90?, 0x2?})
	/src/llmserver/main.go:17 +0xc5
main.main()
	/src/llmserver/main.go:36 +0xcc
`;
    expect(read(`${klogFatal}${stack}`)).toMatchObject([{ kind: "exit-status", header: absent }]);
    expect(read(`${klogFatal}${stack}exit status 255\n`)).toMatchObject([
      { kind: "exit-status", header: absent, logged: "fatal" },
    ]);
  });
});

describe("no log line that ended the process", () => {
  it("is any other line above a status", () => {
    expect(read("done\nexit status 1\n")).toEqual([]);
    expect(read(`${klogInfo}exit status 1\n`)).toEqual([]);
    expect(read(`${logFatal}--- FAIL: TestClient\nFAIL\nexit status 1\n`)).toEqual([]);
  });

  it("is a line of the log package above another status than log.Fatal's", () => {
    expect(read(`${logFatal}exit status 3\n`)).toEqual([]);
  });

  it("is a session Postgres refused", () => {
    expect(read('2026-11-25 16:00:00 UTC FATAL:  role "llm" does not exist\nexit status 1\n')).toEqual([]);
  });
});

describe("a child of Postgres", () => {
  it("is no Go process that was killed", () => {
    const ended = "was terminated by signal";
    expect(read(`LOG:  background worker "launcher" (PID 71) ${ended} 15: Terminated\n`)).toEqual([]);
    expect(read(`LOG:  server process (PID 72) ${ended} 9: Killed\n`)).toEqual([]);
    expect(read(`runner ${ended} 9\n`)).toHaveLength(1);
  });
});
