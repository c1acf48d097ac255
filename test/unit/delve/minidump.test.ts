/** Windows minidumps from the file to the report: written by Wine's dbghelp of a real Go program, read by a real Delve. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ElfError } from "../../../src/binary/elf.ts";
import { readPe } from "../../../src/binary/pe.ts";
import { openBinary, openCore } from "../../../src/delve/core-file.ts";
import { exceptionText } from "../../../src/delve/inspect/windows.ts";
import { matchCore } from "../../../src/delve/match.ts";
import { readMinidump } from "../../../src/delve/minidump.ts";
import { DelveProblem } from "../../../src/delve/problem.ts";
import { buildTwin, compareTwin, needsTwin } from "../../../src/delve/twin.ts";
import { program as cli } from "../cli/cli.ts";
import { build, delve, temporary } from "./fixture.ts";
import { minidump, WINDOWS } from "./windows.ts";

vi.setConfig({ testTimeout: 90_000 });

let dlv = "";
beforeAll(async () => {
  dlv = await delve();
}, 600_000);

function core(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "core", "--delve", dlv, ...args], {
    cwd: temporary(),
    encoding: "utf8",
    env: { ...process.env, LANG: "C", LC_ALL: "", LC_MESSAGES: "", NO_COLOR: "1" },
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

function json(...args: string[]): ReturnType<typeof JSON.parse> {
  const { stdout, stderr, status } = core("--format", "json", ...args);
  expect(status, stderr).toBe(1);
  return JSON.parse(stdout);
}

describe("a minidump of", () => {
  it("a nil pointer in Go: what the runtime printed, goroutines, values, the command line", () => {
    const { core: dump, program, source, text } = minidump("nil");
    const { diagnoses, core: read } = json("--source", source, program, dump);
    const printed = /^\[signal 0xc0000005 code=0x0 addr=(0x[0-9a-f]+) pc=(0x[0-9a-f]+)\]$/m.exec(text)!;
    expect(read.reason).toMatchObject({
      kind: "panic",
      panics: [{ value: /^panic: (.*)$/m.exec(text)![1] }],
      signal: { name: "EXCEPTION_ACCESS_VIOLATION", code: 0, address: printed[1], pc: printed[2] },
    });
    expect(diagnoses[0].event.id).toBe("runtime/nil-dereference");
    expect(diagnoses[0].location).toMatchObject({ function: "main.(*layer).scaleOf" });
    expect(read.match.verdict).toBe("same");
    expect(read.commandLine).toBe("C:\\service\\service.exe nil");
    const groups = read.goroutines.groups.map(({ count, state }: { count: number; state: string }) => [
      count,
      state,
    ]);
    expect(groups).toContainEqual([5, "chan receive"]);
    expect(groups).toContainEqual([3, "sync.Mutex.Lock"]);
    expect(read.waits).toContainEqual(
      expect.objectContaining({ waiting: 3, name: { path: "loading", function: "main.main" } }),
    );
  });

  it("a fault in a library: the exception, the place in the library, the Go side with its values", () => {
    const { core: dump, program, source } = minidump("dll");
    const { diagnoses, core: read } = json("--source", source, program, dump);
    expect(read.reason).toMatchObject({
      kind: "signal",
      inCgo: true,
      signal: { name: "EXCEPTION_ACCESS_VIOLATION", address: "0x8" },
    });
    expect(read.native).toEqual([
      { function: expect.stringMatching(/^msvcrt\.dll\+0x[0-9a-f]+$/), pc: read.reason.signal.pc },
    ]);
    expect(diagnoses[0].event.id).toBe("native/segv-in-c");
    expect(read.look.frame.function).toBe("main.(*tokenizer).count");
    expect(read.look.args).toContainEqual(expect.objectContaining({ name: "prompt", text: "8" }));
  });

  it("stacks alone is refused with what it does tell, and with how to write a full one", () => {
    const { core: dump, program } = minidump("thin");
    const { status, stderr } = core(program, dump);
    expect(status).toBe(2);
    expect(stderr).toContain("EXCEPTION_ACCESS_VIOLATION, read of 0x0, at kernelbase.dll+0x");
    expect(stderr).toContain("MiniDumpWithFullMemory");
  });
});

describe("a minidump and its program", () => {
  it("are found together, though the path is of another machine", () => {
    const { core: dump, program } = minidump("nil");
    const place = join(temporary(), "found");
    mkdirSync(place);
    copyFileSync(dump, join(place, "a.dmp"));
    copyFileSync(program, join(place, "renamed.exe"));
    const { status, stdout, stderr } = core(join(place, "a.dmp"));
    expect(status, stderr).toBe(1);
    expect(stdout).toContain("Both have the Go build ID");
  });

  it("of another program, another system or cut are told apart before Delve starts", () => {
    const { core: dump } = minidump("nil");
    const other = build("service", { flags: ["-trimpath"], env: WINDOWS }).program;
    const linux = build("service").program;
    expect(core(other, dump)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("was not written by"),
    });
    expect(core(linux, dump).stderr).toContain("The core is of windows, the binary is not.");
    const cut = join(temporary(), "cut.dmp");
    copyFileSync(dump, cut);
    truncateSync(cut, 1_000_000);
    expect(core(minidump("nil").program, cut).stderr).toContain("is cut short");
  });

  it("of the same size are told apart by the build ID", () => {
    const { core: dump, program } = minidump("nil");
    const [opened, binary] = [openCore(dump), openBinary(program)];
    const bytes = readFileSync(program);
    bytes.write("XXXX", bytes.indexOf("Go build ID") + 20, "latin1");
    const changed = join(temporary(), "changed.exe");
    writeFileSync(changed, bytes);
    const other = openBinary(changed);
    expect(matchCore(opened, binary).reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["goIdSame", "imageSizeSame", "headerSame", "buildSame"]),
    );
    const { verdict, reasons } = matchCore(opened, other);
    expect([verdict, reasons[0]!.code]).toEqual(["different", "goIdOther"]);
    for (const each of [opened, binary, other]) each.source.close();
  });
});

describe("a Windows program", () => {
  it("loaded elsewhere than it asks for is the same program", () => {
    const { core: dump, program } = minidump("nil");
    const bytes = readFileSync(dump);
    const moved = 0x20_0000_0000n;
    const streams = bytes.readUInt32LE(12);
    const stream = (type: number) => {
      let at = streams;
      while (bytes.readUInt32LE(at) !== type) at += 12;
      return bytes.readUInt32LE(at + 8);
    };
    const [modules, memory] = [stream(4), stream(9)];
    const [base, size] = [bytes.readBigUInt64LE(modules + 4), bytes.readUInt32LE(modules + 12)];
    bytes.writeBigUInt64LE(base + moved, modules + 4);
    for (let n = 0; n < Number(bytes.readBigUInt64LE(memory)); n++) {
      const at = memory + 16 + 16 * n;
      const address = bytes.readBigUInt64LE(at);
      if (base <= address && address < base + BigInt(size)) bytes.writeBigUInt64LE(address + moved, at);
    }
    const path = join(temporary(), "moved.dmp");
    writeFileSync(path, bytes);
    const [opened, binary] = [openCore(path), openBinary(program)];
    const { verdict, reasons } = matchCore(opened, binary);
    expect([verdict, reasons[0]!.code]).toEqual(["same", "goIdSame"]);
    expect(reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(["headerSame", "buildSame"]));
    opened.source.close();
    binary.source.close();
  });

  it("that was stripped gets a twin with the same tables at the same places", async () => {
    const { GOTOOLCHAIN: _any, ...env } = WINDOWS;
    const { program, source } = build("windows", { flags: ["-trimpath", "-ldflags=-s -w"], env });
    const original = openBinary(program);
    expect(needsTwin(original)).toBe(true);
    const output = join(temporary(), "twin.exe");
    await buildTwin(original, { source, output });
    const twin = openBinary(output);
    expect(twin.binary.hasDwarf).toBe(true);
    const other = openBinary(build("service", { flags: ["-trimpath"], env }).program);
    expect(() => compareTwin(original, other)).toThrow(DelveProblem);
    for (const each of [original, twin, other]) each.source.close();
  });
});

describe("the readers", () => {
  it("tell threads, modules, exception and sections as they were written", () => {
    const { core: dump, program } = minidump("dll");
    const opened = openCore(dump);
    const { info } = opened;
    expect(info).toMatchObject({ writer: "windows", startedAs: "C:\\service\\service.exe" });
    expect(info.process).toMatchObject({ name: "service.exe", commandLine: "C:\\service\\service.exe dll" });
    expect(info.threads.map(({ pid }) => pid)).toContain(info.windows!.exception!.thread);
    expect(exceptionText(info)).toMatch(
      /^EXCEPTION_ACCESS_VIOLATION, read of 0x8, at msvcrt\.dll\+0x[0-9a-f]+$/,
    );
    const struck = info.threads.find(({ pid }) => pid === info.windows!.exception!.thread)!;
    expect(struck.pc).toBe(info.windows!.exception!.pc);
    opened.source.close();
    const { binary, source } = openBinary(program);
    expect(binary).toMatchObject({ hasDwarf: true, build: { goVersion: "go1.26.8" } });
    expect(binary.build!.settings).toMatchObject({ GOOS: "windows", GOARCH: "amd64" });
    const objdump = spawnSync("go", ["tool", "buildid", program], { encoding: "utf8" });
    expect(binary.ids.go).toBe(objdump.stdout.trim());
    source.close();
  });

  it("refuse or read whatever bytes they get, and quickly", () => {
    const { core: dump, program } = minidump("thin");
    let state = 20_251_125;
    const random = (most: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % most;
    };
    for (const [path, read] of [
      [dump, readMinidump],
      [program, readPe],
    ] as const) {
      const whole = readFileSync(path).subarray(0, 300_000);
      for (let round = 0; round < 150; round++) {
        const bytes = Buffer.from(whole.subarray(0, round % 5 === 0 ? random(whole.length) : whole.length));
        for (let n = 0; n < 6 && bytes.length > 0; n++)
          bytes[random(Math.min(bytes.length, round % 2 === 0 ? 1024 : 20_000))] = [0, 0xff, 0x80, 1][
            random(4)
          ]!;
        const begun = performance.now();
        try {
          read({ size: bytes.length, read: (at, n) => bytes.subarray(Math.max(0, at), Math.max(0, at) + n) });
        } catch (failure) {
          expect(failure).toBeInstanceOf(ElfError);
        }
        expect(performance.now() - begun).toBeLessThan(2000);
      }
    }
  });
});
