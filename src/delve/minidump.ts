/**
 * Windows minidumps in the shape of a core: memory, threads, modules, exception. Pure. Source: minidumpapiset.h
 * (MINIDUMP_HEADER, _SYSTEM_INFO, _THREAD_LIST, _MODULE_LIST, _MEMORY_LIST, _MEMORY64_LIST, _EXCEPTION_STREAM,
 * _MISC_INFO), winnt.h (CONTEXT of amd64), and for the command line the PEB of 64 bits.
 */
import { type ByteSource, Fields } from "../binary/byte-source.ts";
import { ElfError, type ElfFile, type ElfSegment, readMemory, SegmentType } from "../binary/elf.ts";
import type { CoreInfo, CoreThread, MappedFile, WindowsException } from "./core-notes.ts";

const STREAM = { threads: 3, modules: 4, memory: 5, exception: 6, system: 7, memory64: 9, misc: 15 } as const;
const ARCHITECTURES: Readonly<Record<number, readonly [machine: number, arch: string]>> = {
  0: [3, "386"],
  5: [40, "arm"],
  9: [62, "amd64"],
  12: [183, "arm64"],
};
const MOST_STREAMS = 4096;
/** A table beyond this is nonsense: Windows gives a process fewer. */
const MOST_ENTRIES = 1 << 20;
const SIZE = { thread: 48, module: 108, memory: 16, exception: 168 } as const;
const LONGEST_NAME = 65_536;

export function isMinidump(source: ByteSource): boolean {
  return Buffer.from(source.read(0, 4)).toString("latin1") === "MDMP";
}

/** Throws an ElfError, the readers' common one, for a dump that is cut within its tables or contradicts itself. */
export function readMinidump(source: ByteSource): CoreInfo {
  const streams = readDirectory(source);
  const system = streams.fields(STREAM.system, 8);
  const threads = readThreads(source, streams);
  const ranges = [...readMemory64(streams), ...readMemoryList(streams), ...threads.stacks];
  const files = readModules(source, streams);
  const elf = imageOf(system?.u16(0), ranges);
  const exception = readException(source, streams, elf.arch);
  const misc = streams.fields(STREAM.misc, 12);
  // Flag 1 of MiscInfo: the process's number is there.
  const pid = misc && (misc.u32(4) & 1) !== 0 ? misc.u32(8) : undefined;
  const path = files[0]?.path;
  const claimed = ranges.reduce((most, { offset, size }) => Math.max(most, offset + size), 0);
  return {
    elf,
    writer: "windows",
    ...(pid !== undefined && {
      process: {
        pid,
        name: baseName(path ?? ""),
        commandLine: commandLine(source, elf, threads.teb) ?? path ?? "",
      },
    }),
    threads: threads.list,
    files,
    auxv: new Map(),
    ...(path && { startedAs: path }),
    windows: {
      ...(exception && { exception }),
      wholeMemory: streams.fields(STREAM.memory64, 16) !== undefined,
    },
    ...(claimed > source.size && { missing: claimed - source.size }),
  };
}

/** The last part of a path of Windows. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

interface Streams {
  /** The first `most` bytes of a stream; undefined where the dump has none. */
  fields(type: number, most: number): Fields | undefined;
  /** The entries of a list with its number before it. */
  list(type: number, size: number): Fields[];
}

function readDirectory(source: ByteSource): Streams {
  const header = new Fields(source.read(0, 32), 64, true);
  if (header.length < 32) throw new ElfError("cut", "header");
  const [count, directory] = [header.u32(8), header.u32(12)];
  if (count > MOST_STREAMS) throw new ElfError("malformed", "stream directory");
  const entries = new Fields(source.read(directory, count * 12), 64, true);
  if (entries.length < count * 12) throw new ElfError("cut", "stream directory");
  const found = new Map<number, { readonly size: number; readonly at: number }>();
  for (let at = count * 12 - 12; at >= 0; at -= 12)
    found.set(entries.u32(at), { size: entries.u32(at + 4), at: entries.u32(at + 8) });
  const fields = (type: number, most: number) => {
    const stream = found.get(type);
    return stream && new Fields(source.read(stream.at, most), 64, true);
  };
  const list = (type: number, size: number) => {
    const stream = found.get(type);
    if (!stream) return [];
    const number = fields(type, 4)!.u32(0);
    if (number > MOST_ENTRIES) throw new ElfError("malformed", "list");
    // Some writers align the entries to eight bytes.
    const start = stream.at + (stream.size === 8 + number * size ? 8 : 4);
    const bytes = source.read(start, number * size);
    if (bytes.length < number * size) throw new ElfError("cut", "list");
    return Array.from(
      { length: number },
      (_, index) => new Fields(bytes.subarray(index * size, (index + 1) * size), 64, true),
    );
  };
  return { fields, list };
}

interface Range {
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
}

function readMemory64(streams: Streams): Range[] {
  const head = streams.fields(STREAM.memory64, 16);
  if (!head) return [];
  const count = Number(head.u64(0));
  if (count > MOST_ENTRIES) throw new ElfError("malformed", "memory list");
  const all = streams.fields(STREAM.memory64, 16 + count * 16)!;
  if (all.length < 16 + count * 16) throw new ElfError("cut", "memory list");
  let offset = Number(head.u64(8));
  return Array.from({ length: count }, (_, index) => {
    const range = { address: all.u64(16 + index * 16), offset, size: Number(all.u64(24 + index * 16)) };
    offset += range.size;
    return range;
  });
}

function readMemoryList(streams: Streams): Range[] {
  return streams.list(STREAM.memory, SIZE.memory).map((f) => rangeAt(f, 0));
}

/** MINIDUMP_MEMORY_DESCRIPTOR. */
function rangeAt(f: Fields, at: number): Range {
  return { address: f.u64(at), size: f.u32(at + 8), offset: f.u32(at + 12) };
}

function readThreads(source: ByteSource, streams: Streams) {
  const entries = streams.list(STREAM.threads, SIZE.thread);
  return {
    list: entries.map((f): CoreThread => {
      const registers = registersAt(source, f.u32(44), f.u32(40));
      const { rip: pc, rsp: sp } = registers;
      return { pid: f.u32(0), signal: 0, registers, ...(pc && { pc }), ...(sp && { sp }) };
    }),
    stacks: entries.map((f) => rangeAt(f, 24)).filter(({ offset, size }) => offset > 0 && size > 0),
    teb: entries[0]?.u64(16),
  };
}

const REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15 rip".split(" ");
const CONTEXT = { registers: 0x78, size: 0x100, flags: 0x30, amd64: 0x10_0000 } as const;

function registersAt(source: ByteSource, at: number, size: number): Record<string, string> {
  if (size < CONTEXT.size) return {};
  const context = new Fields(source.read(at, CONTEXT.size), 64, true);
  if ((context.u32(CONTEXT.flags) & CONTEXT.amd64) === 0) return {};
  return Object.fromEntries(
    REGISTERS.map((name, index) => [name, hex(context.u64(CONTEXT.registers + index * 8))]),
  );
}

function readModules(source: ByteSource, streams: Streams): MappedFile[] {
  return streams.list(STREAM.modules, SIZE.module).map((f) => ({
    start: f.u64(0),
    end: f.u64(0) + BigInt(f.u32(8)),
    offset: 0n,
    path: nameAt(source, f.u32(20)),
    timeStamp: f.u32(16),
  }));
}

function nameAt(source: ByteSource, at: number): string {
  const length = new Fields(source.read(at, 4), 64, true).u32(0);
  return length > LONGEST_NAME ? "" : Buffer.from(source.read(at + 4, length)).toString("utf16le");
}

function readException(
  source: ByteSource,
  streams: Streams,
  arch: string | undefined,
): WindowsException | undefined {
  const f = streams.fields(STREAM.exception, SIZE.exception);
  if (!f) return undefined;
  const count = Math.min(f.u32(32), 15);
  const pc = arch === "amd64" ? registersAt(source, f.u32(164), f.u32(160)).rip : undefined;
  return {
    thread: f.u32(0),
    code: f.u32(8),
    address: hex(f.u64(24)),
    parameters: Array.from({ length: count }, (_, index) => f.u64(40 + index * 8)),
    ...(pc && { pc }),
  };
}

function imageOf(system: number | undefined, ranges: readonly Range[]): ElfFile {
  const [machine, arch] = (system === undefined ? undefined : ARCHITECTURES[system]) ?? [-1, undefined];
  return {
    format: "minidump",
    bits: arch === "386" || arch === "arm" ? 32 : 64,
    littleEndian: true,
    type: "core",
    machine,
    arch,
    entry: 0n,
    sections: [],
    segments: ranges.map(
      ({ address, offset, size }): ElfSegment => ({
        type: SegmentType.load,
        flags: 6,
        offset,
        address,
        fileSize: size,
        memorySize: BigInt(size),
      }),
    ),
  };
}

/** TEB to PEB to RTL_USER_PROCESS_PARAMETERS to its CommandLine, where that memory is in the dump. */
function commandLine(source: ByteSource, elf: ElfFile, teb: bigint | undefined): string | undefined {
  if (teb === undefined || elf.bits !== 64) return undefined;
  const word = (address: bigint) => {
    const bytes = readMemory(source, elf, address, 8);
    return bytes && new Fields(bytes, 64, true).u64(0);
  };
  const peb = word(teb + 0x60n);
  const parameters = peb && word(peb + 0x20n);
  const length = parameters && word(parameters + 0x70n);
  const text = parameters && word(parameters + 0x78n);
  if (!length || !text) return undefined;
  const bytes = readMemory(source, elf, text, Number(length & 0xfffen));
  return bytes && Buffer.from(bytes).toString("utf16le");
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
