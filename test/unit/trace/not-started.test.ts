import { describe, expect, it } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";
import { isNotStarted } from "../../../src/trace/not-started.ts";

const refused = [
  "./runner: error while loading shared libraries: libengine.so.1: wrong ELF class: ELFCLASS32",
  "./runner: symbol lookup error: ./runner: undefined symbol: engine_threads",
  "./runner: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by ./runner)",
  "Error loading shared library libengine.so: No such file or directory (needed by ./runner)",
  "Error relocating ./runner: engine_threads: symbol not found",
  "exec /app/server: exec format error",
  "exec /app/server: no such file or directory",
  "standard_init_linux.go:228: exec user process caused: exec format error",
  "bash: ./runner: cannot execute binary file: Exec format error",
  "bash: line 1: ./runner: cannot execute: required file not found",
  "sh: 1: ./runner: Exec format error",
  "start model runner: fork/exec ./runner: exec format error",
  "This program can only be run on AMD64 processors with v3 microarchitecture support.",
];

/** A healthy service says these while it goes on. */
const harmless = [
  "skipping backend: libcudart.so.12: cannot open shared object file: No such file or directory",
  "gpu probe: fork/exec /usr/bin/nvidia-smi: no such file or directory",
  'optional helper: exec: "nvidia-smi": executable file not found in $PATH',
  "what to do about error while loading shared libraries",
  "symbol lookup error rate: 0.02",
  "sh: 1: nvidia-smi: not found",
  "exec /bin/sh in container llm-0",
  "page not found (required by nobody)",
];

describe("a program that did not start", () => {
  it.each(refused)("is read from: %s", (line) => {
    expect(isNotStarted(line)).toBe(true);
    const [report, ...more] = readTrace(`serving\n${line}\nserving\n`);
    expect(more).toEqual([]);
    expect(report).toMatchObject({ kind: "exit-status", header: line, lines: { first: 2, last: 2 } });
    expect(report?.exit).toBeUndefined();
  });

  it.each(harmless)("is not read from: %s", (line) => {
    expect(isNotStarted(line)).toBe(false);
    expect(readTrace(`${line}\n`)).toEqual([]);
  });

  it.each(refused)("is found behind a long log and a time stamp: %s", (line) => {
    const log = "2026/03/01 10:00:00 stream closed by client after 12 tokens\n".repeat(4000);
    const [report] = readTrace(`${log}2026-03-01T10:00:00Z ${line}\n${log}`);
    expect(report).toMatchObject({ header: line, lines: { first: 4001 } });
  });

  it("takes the status that is told near it, and no other", () => {
    const [line] = refused;
    expect(readTrace(`${line}\nexit status 127\n`)).toMatchObject([{ exit: { status: 127 } }]);
    expect(readTrace(`${line}\nretrying\nrunner exited: exit status 127\n`)).toMatchObject([
      { exit: { status: 127 }, lines: { first: 1, last: 3 } },
    ]);
    expect(readTrace(`${line}\nexit status 3\n`)[0]?.exit).toBeUndefined();
    expect(readTrace(`${line}\n${"tick\n".repeat(20)}exit status 1\n`)[0]?.exit).toBeUndefined();
  });

  it("is one for each start in a crash loop, and one for all versions a start misses", () => {
    const [line] = refused;
    expect(readTrace(`${line}\n${line}\n${line}\n`)).toHaveLength(3);
    const version = (name: string) => `./r: ./libm.so.6: version \`${name}' not found (required by ./r)\n`;
    const twice = readTrace((version("GLIBC_2.38") + version("GLIBC_2.39")).repeat(2));
    expect(twice.map((report) => report.nativeLines.length)).toEqual([2, 2]);
  });

  it("stands beside the panic of the program that started it", () => {
    const panic =
      "panic: start runner: exit status 127\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d\n";
    expect(readTrace(`${refused[0]}\n${panic}`).map((report) => report.kind)).toEqual([
      "exit-status",
      "panic",
    ]);
  });

  it("lets a bare status of shells speak, and not that of any program", () => {
    for (const status of [126, 127]) expect(readTrace(`exit status ${status}\n`)).toHaveLength(1);
    for (const status of [1, 2, 3]) expect(readTrace(`exit status ${status}\n`)).toEqual([]);
    expect(readTrace("      Reason:       Error\n      Exit Code:    127\n")).toHaveLength(1);
  });
});
