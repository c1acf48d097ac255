import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { memorySource } from "../../../src/binary/byte-source.ts";
import { ElfError, readElf, readNotes } from "../../../src/binary/elf.ts";
import { openSource } from "../../../src/binary/file-source.ts";
import { type OpenCore, openBinary, openCore } from "../../../src/delve/core-file.ts";
import { readCore } from "../../../src/delve/core-notes.ts";
import { readBinary } from "../../../src/delve/go-binary.ts";
import { coreProgram } from "../../../src/delve/match.ts";
import { isMinidump, readMinidump } from "../../../src/delve/minidump.ts";
import { DelveProblem } from "../../../src/delve/problem.ts";
import { sectionHash } from "../../../src/delve/section-hash.ts";
import { DelveServer } from "../../../src/delve/server.ts";
import { build, crash, delve, run, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 180_000 });

function opened(path: string): OpenCore {
  const core = openCore(path);
  return core;
}

function problem(work: () => unknown): string {
  try {
    work();
  } catch (failure) {
    return failure instanceof DelveProblem ? failure.code : `no problem: ${failure}`;
  }
  return "nothing thrown";
}

describe("the core of a panic", () => {
  it("tells program, signal, threads and mapped files", () => {
    const { core, program } = crash("service");
    const { info, source } = opened(core);
    expect(info.elf).toMatchObject({ type: "core", arch: "amd64", bits: 64 });
    expect(info.writer).toBe("kernel");
    expect(info.process).toMatchObject({ name: "crash", commandLine: program.slice(0, 79) });
    // The runtime raises SIGABRT against itself.
    expect(info.signal).toMatchObject({ number: 6, code: -6, sender: info.process!.pid });
    expect(info.threads.length).toBeGreaterThan(2);
    expect(info.threads[0]).toMatchObject({ signal: 6 });
    expect(info.threads[0]!.pc).toMatch(/^0x[0-9a-f]+$/);
    expect(info.files.map(({ path }) => path)).toContain(program);
    expect(info.startedAs).toBe(program);
    expect(info.missing).toBeUndefined();
    source.close();
  });

  it("names the registers as Delve does", async () => {
    const { core, program } = crash("service");
    const { info, source } = opened(core);
    const [first] = info.threads;
    const server = await DelveServer.start({ delve: await delve(), target: { mode: "core", program, core } });
    try {
      const registers = await server.rpc.registers({ thread: first!.pid });
      for (const name of ["rip", "rsp", "rax", "r15", "rflags"]) {
        const value = registers.find((each) => each.Name.toLowerCase() === name)?.Value ?? "";
        expect(BigInt(first!.registers[name]!), name).toBe(BigInt(/^0x[0-9a-f]+/i.exec(value)![0]));
      }
    } finally {
      await server.stop();
      source.close();
    }
  });

  it("holds build IDs and build information of its program, by itself", () => {
    const { core, program } = crash("service");
    const { info, source } = opened(core);
    const found = coreProgram(source, info);
    const id = run("go", ["tool", "buildid", program], temporary()).trim();
    expect(found).toMatchObject({ path: program, ids: { go: id }, build: { path: "example.com/crash" } });
    expect(found.build!.goVersion).toBe(run("go", ["env", "GOVERSION"], temporary()).trim());
    source.close();
  });
});

describe("a fault in C", () => {
  it("gives the address", () => {
    const { core, text } = crash("native/segv-in-c/null-in-c", { env: { CGO_ENABLED: "1" } });
    const { info, source } = opened(core);
    source.close();
    // Go's handler raises the signal again, as itself; the address is in the text and in the runtime.
    expect(info.signal!.number, text).toBeGreaterThan(0);
    expect(info.threads.some((thread) => thread.signal > 0)).toBe(true);
  });
});

describe("the build information of a binary", () => {
  const forms = {
    plain: {},
    stripped: { flags: ["-ldflags=-s -w", "-tags=netgo,x"] },
    pie: { flags: ["-buildmode=pie", "-trimpath"] },
    cgo: { flags: ["-ldflags=-linkmode=external"], env: { CGO_ENABLED: "1" } },
  };
  for (const [name, options] of Object.entries(forms)) {
    it(`is what go version -m prints (${name})`, () => {
      const { program } = build("service", options);
      const opened = openBinary(program);
      const { build: found, ids, hasDwarf, hasSymbols, pclntab } = opened.binary;
      const listed = run("go", ["version", "-m", "-json", program], temporary());
      const wanted = JSON.parse(listed);
      expect(found!.goVersion).toBe(wanted.GoVersion);
      expect(found!.path).toBe(wanted.Path);
      expect(found!.main).toMatchObject({ path: wanted.Main.Path, version: wanted.Main.Version });
      const settings = (wanted.Settings as { Key: string; Value: string }[]).map(({ Key, Value }) => [
        Key,
        Value ?? "",
      ]);
      expect(found!.settings).toEqual(Object.fromEntries(settings));
      expect(ids.go).toBe(run("go", ["tool", "buildid", program], temporary()).trim());
      expect(ids.gnu).toBe(/Build ID: ([0-9a-f]+)/.exec(run("readelf", ["-n", program], temporary()))?.[1]);
      expect([hasDwarf, hasSymbols]).toEqual(name === "stripped" ? [false, false] : [true, true]);
      const bytes = readFileSync(program).subarray(pclntab!.offset, pclntab!.offset + pclntab!.size);
      expect(sectionHash(opened.source, pclntab!)).toBe(createHash("sha256").update(bytes).digest("hex"));
      opened.source.close();
    });
  }

  it("is read from a binary without sections", () => {
    const { program } = build("service");
    const bytes = Buffer.from(readFileSync(program));
    bytes.fill(0, 40, 48); // e_shoff
    bytes.writeUInt16LE(0, 60); // e_shnum
    const found = readBinary(memorySource(bytes));
    expect(found.elf.sections).toEqual([]);
    expect(found.build).toMatchObject({ path: "example.com/crash" });
  });
});

describe("what is no whole core", () => {
  it("is named for what it is", () => {
    const { core, program, source } = crash("service");
    const file = (name: string) => join(temporary(), name);
    writeFileSync(file("text"), "panic: no core\n");
    writeFileSync(file("empty"), "");
    copyFileSync(core, file("cut-notes"));
    truncateSync(file("cut-notes"), 2000);
    copyFileSync(core, file("cut-head"));
    truncateSync(file("cut-head"), 40);
    expect(problem(() => openCore(file("text")))).toBe("notACore");
    expect(problem(() => openCore(program))).toBe("notACore");
    expect(problem(() => openCore(file("empty")))).toBe("emptyFile");
    expect(problem(() => openCore(file("cut-notes")))).toBe("coreCut");
    expect(problem(() => openCore(file("cut-head")))).toBe("coreCut");
    expect(problem(() => openCore(file("none")))).toBe("fileMissing");
    expect(problem(() => openCore(source))).toBe("notAFile");
    expect(problem(() => openBinary(file("text")))).toBe("notABinary");
    expect(problem(() => openBinary(join(source, "main.go")))).toBe("notABinary");
  });

  it("is read as far as it goes where only memory is cut away, and says how much", () => {
    const { core } = crash("service");
    const cut = join(temporary(), "cut-memory");
    copyFileSync(core, cut);
    const whole = readFileSync(core).length;
    truncateSync(cut, Math.floor(whole / 2));
    const { info, source } = opened(cut);
    source.close();
    expect(info.missing).toBe(whole - Math.floor(whole / 2));
    expect(info.threads.length).toBeGreaterThan(2);
  });
});

describe("a core of 10 GB with holes", () => {
  it("is read by pieces", () => {
    const { core } = crash("service");
    const huge = join(temporary(), "huge");
    copyFileSync(core, huge);
    const descriptor = openSync(huge, "r+");
    ftruncateSync(descriptor, 10 * 2 ** 30);
    writeSync(descriptor, "end", 10 * 2 ** 30 - 3);
    closeSync(descriptor);
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    const { info, source } = opened(huge);
    coreProgram(source, info);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
    expect(info.process!.name).toBe("crash");
    source.close();
    truncateSync(huge, 0);
  });
});

describe("a minidump", () => {
  it("is recognised by its header", () => {
    // MINIDUMP_HEADER with two streams: system information and an exception.
    const bytes = Buffer.alloc(512);
    bytes.write("MDMP", 0, "latin1");
    bytes.writeUInt32LE(2, 8);
    bytes.writeUInt32LE(32, 12);
    bytes.writeUInt32LE(7, 32);
    bytes.writeUInt32LE(56, 36);
    bytes.writeUInt32LE(100, 40);
    bytes.writeUInt32LE(6, 44);
    bytes.writeUInt32LE(168, 48);
    bytes.writeUInt32LE(200, 52);
    bytes.writeUInt16LE(9, 100);
    bytes.writeUInt32LE(4242, 200);
    bytes.writeUInt32LE(0xc0000005, 208);
    bytes.writeBigUInt64LE(0x47f1e1n, 224);
    expect(isMinidump(memorySource(bytes))).toBe(true);
    expect(readMinidump(memorySource(bytes))).toMatchObject({
      elf: { arch: "amd64", type: "core" },
      windows: { exception: { code: 0xc0000005, address: "0x47f1e1", thread: 4242 }, wholeMemory: false },
    });
    expect(() => readMinidump(memorySource(bytes.subarray(0, 40)))).toThrow(ElfError);
  });
});

describe("hostile bytes", () => {
  it("end in an ElfError or a value, quickly", () => {
    const { core, program } = crash("service");
    const samples = [core, program].map((path) => {
      const source = openSource(path);
      const bytes = Buffer.from(source.read(0, 1 << 16));
      source.close();
      return bytes;
    });
    const change = fc.record({
      at: fc.nat(1 << 13),
      value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff),
      run: fc.integer({ min: 1, max: 16 }),
    });
    fc.assert(
      fc.property(
        fc.nat(samples.length - 1),
        fc.array(change, { maxLength: 12 }),
        fc.nat(1 << 16),
        (sample, changes, length) => {
          const bytes = Buffer.from(samples[sample]!.subarray(0, length));
          for (const { at, value, run: count } of changes)
            if (at < bytes.length) bytes.fill(value, at, Math.min(bytes.length, at + count));
          for (const read of [readCore, readBinary, readElf, readMinidump]) {
            const begun = performance.now();
            try {
              read(memorySource(bytes));
            } catch (failure) {
              expect(failure).toBeInstanceOf(ElfError);
            }
            expect(performance.now() - begun).toBeLessThan(2000);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("in notes claim no memory", () => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32LE(4, 0);
    bytes.writeUInt32LE(0xfffffff0, 4);
    const notes = readNotes(memorySource(bytes), true);
    expect(notes.next()).toEqual({ done: true, value: { cut: true } });
  });
});
