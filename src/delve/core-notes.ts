/**
 * What a Linux core tells of its process: program, signal, threads, mapped files. Pure. Sources: core(5),
 * linux/uapi/linux/elfcore.h, fs/binfmt_elf.c, arch/{x86,arm64,riscv,loongarch}/include/uapi/asm/ptrace.h; for Delve's own dumps
 * pkg/elfwriter and pkg/proc/dump.go of Delve 1.27.
 */
import { type ByteSource, cString, Fields, partOf, windowed } from "../binary/byte-source.ts";
import { ElfError, type ElfFile, readElf, readMemoryUpTo, readNotes, SegmentType } from "../binary/elf.ts";

export interface CoreThread {
  readonly pid: number;
  /** Signal the kernel reports for it; 0 for threads that merely were there. */
  readonly signal: number;
  /** Hexadecimal with 0x. Empty for an architecture whose layout is not known here. */
  readonly registers: Readonly<Record<string, string>>;
  readonly pc?: string;
  readonly sp?: string;
}

export interface CoreSignal {
  readonly number: number;
  readonly code: number;
  /** The address of a fault: for SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP by the kernel (code > 0). */
  readonly address?: string;
  /** Who sent it, for code <= 0. */
  readonly sender?: number;
}

export interface MappedFile {
  readonly start: bigint;
  readonly end: bigint;
  /** Bytes from the file's beginning. */
  readonly offset: bigint;
  readonly path: string;
  /** The linker's, of a module of Windows. */
  readonly timeStamp?: number;
}

export interface WindowsException {
  /** Number of the thread. */
  readonly thread: number;
  /** NTSTATUS; 2 where a Go program gave up by itself and had no other to name. */
  readonly code: number;
  readonly address: string;
  /** Of an access violation: 0 read, 1 write, 8 execute; then the address. */
  readonly parameters: readonly bigint[];
  /** Where the thread stood. */
  readonly pc?: string;
}

export interface CoreInfo {
  readonly elf: ElfFile;
  /** `delve` for dumps that Delve wrote, `windows` for minidumps. */
  readonly writer: "kernel" | "delve" | "windows";
  readonly process?: {
    readonly pid: number;
    readonly parent?: number;
    readonly uid?: number;
    /** Of Linux at most 15 bytes of the program's name. */
    readonly name: string;
    /** Of Linux at most 79 bytes of the command line, joined by blanks. */
    readonly commandLine: string;
  };
  /** In the core's order: the first is the one that took the signal. */
  readonly threads: readonly CoreThread[];
  readonly signal?: CoreSignal;
  readonly files: readonly MappedFile[];
  /** The auxiliary vector by its numbers (AT_PHDR 3, AT_BASE 7, AT_ENTRY 9, AT_EXECFN 31, ...). */
  readonly auxv: ReadonlyMap<number, bigint>;
  /** The path the program was started by, as the process saw it. */
  readonly startedAs?: string;
  /** Header of Delve's own dumps. */
  readonly delve?: {
    readonly goos: string;
    readonly goarch: string;
    readonly pid?: number;
    readonly entry?: bigint;
  };
  /** Of minidumps. */
  readonly windows?: {
    readonly exception?: WindowsException;
    /** Whether all memory is in it; else stacks of threads at most. */
    readonly wholeMemory: boolean;
  };
  /** How many bytes the file should have by its own headers, where it has fewer. */
  readonly missing?: number;
}

export const Auxv = { phdr: 3, phent: 4, phnum: 5, base: 7, entry: 9, execfn: 31 } as const;

const NT = {
  prstatus: 1,
  prpsinfo: 3,
  auxv: 6,
  siginfo: 0x53494749,
  file: 0x46494c45,
  delveHeader: 0x444c5645,
} as const;

/** si_code is positive for what the kernel found itself; then si_addr is there for these signals. */
const WITH_ADDRESS = new Set([4, 5, 7, 8, 11]);
const PATH_LENGTH = 4096;

/**
 * Reads a core. Throws an ElfError for what is none or is cut before its notes end. A core that is cut behind them is
 * read, and `missing` says by how much.
 */
export function readCore(source: ByteSource): CoreInfo {
  const elf = readElf(source);
  if (elf.type !== "core") throw new ElfError("malformed", "type");
  const found = new Found(elf);
  let cut = false;
  for (const segment of elf.segments) {
    if (segment.type !== SegmentType.note) continue;
    if (segment.offset + segment.fileSize > source.size) cut = true;
    const notes = readNotes(
      windowed(partOf(source, segment.offset, segment.fileSize)),
      elf.littleEndian,
      wanted,
    );
    for (let next = notes.next(); ; next = notes.next()) {
      if (next.done) {
        cut ||= next.value.cut;
        break;
      }
      found.take(next.value.type, new Fields(next.value.bytes, elf.bits, elf.littleEndian), next.value.bytes);
    }
  }
  if (cut) throw new ElfError("cut", "notes");
  const execfn = found.auxv.get(Auxv.execfn);
  const name = execfn === undefined ? undefined : memoryString(source, elf, execfn);
  const claimed = elf.segments.reduce((most, each) => Math.max(most, each.offset + each.fileSize), 0);
  return {
    elf,
    writer: found.delve ? "delve" : "kernel",
    ...(found.process && { process: found.process }),
    threads: found.threads,
    ...(found.signal && { signal: found.signal }),
    files: found.files,
    auxv: found.auxv,
    ...(name && { startedAs: name }),
    ...(found.delve && { delve: found.delve }),
    ...(claimed > source.size && { missing: claimed - source.size }),
  };
}

function wanted(_name: string, type: number): boolean {
  return Object.values(NT).includes(type as never);
}

/** A zero-terminated string in the core's memory; at most up to the end of its mapping. */
function memoryString(source: ByteSource, elf: ElfFile, address: bigint): string | undefined {
  const bytes = readMemoryUpTo(source, elf, address, PATH_LENGTH);
  return bytes && cString(bytes);
}

class Found {
  process: CoreInfo["process"];
  signal: CoreSignal | undefined;
  delve: CoreInfo["delve"];
  readonly threads: CoreThread[] = [];
  files: MappedFile[] = [];
  readonly auxv = new Map<number, bigint>();

  constructor(private readonly elf: ElfFile) {}

  take(type: number, f: Fields, bytes: Uint8Array): void {
    if (type === NT.prstatus) this.threads.push(threadOf(f, this.elf));
    else if (type === NT.prpsinfo) this.process ??= processOf(f, bytes);
    else if (type === NT.siginfo) this.signal ??= signalOf(f);
    else if (type === NT.file) this.files = filesOf(f, bytes);
    else if (type === NT.delveHeader) this.delve = delveOf(cString(bytes));
    else if (type === NT.auxv) this.takeAuxv(f);
  }

  private takeAuxv(f: Fields): void {
    const word = f.bits / 8;
    for (let at = 0; at + 2 * word <= f.length; at += 2 * word) {
      const key = Number(f.word(at));
      if (key === 0) return;
      if (key < 1024) this.auxv.set(key, f.word(at + word));
    }
  }
}

function processOf(f: Fields, bytes: Uint8Array): NonNullable<CoreInfo["process"]> {
  const wide = f.bits === 64;
  const name = wide ? 40 : 28;
  return {
    uid: wide ? f.u32(16) : f.u16(8),
    pid: f.u32(wide ? 24 : 12),
    parent: f.u32(wide ? 28 : 16),
    name: cString(bytes.subarray(name, name + 16)),
    commandLine: cString(bytes.subarray(name + 16, name + 96)).trimEnd(),
  };
}

function signalOf(f: Fields): CoreSignal {
  const [number, code] = [f.i32(0), f.i32(8)];
  const payload = f.bits === 64 ? 16 : 12;
  if (code > 0 && WITH_ADDRESS.has(number)) return { number, code, address: hex(f.word(payload)) };
  return code <= 0 ? { number, code, sender: f.u32(payload) } : { number, code };
}

function filesOf(f: Fields, bytes: Uint8Array): MappedFile[] {
  const word = f.bits / 8;
  const count = Number(f.word(0));
  const page = f.word(word);
  const names = 2 * word + count * 3 * word;
  if (count > 1_000_000 || names > bytes.length) return [];
  const paths = new TextDecoder().decode(bytes.subarray(names)).split("\0");
  return Array.from({ length: count }, (_, index) => {
    const at = 2 * word + index * 3 * word;
    return {
      start: f.word(at),
      end: f.word(at + word),
      offset: f.word(at + 2 * word) * page,
      path: paths[index] ?? "",
    };
  });
}

function delveOf(text: string): NonNullable<CoreInfo["delve"]> {
  const [platform = "", ...rest] = text.split("\n");
  const [goos = "", goarch = ""] = platform.split("/");
  const value = (prefix: string) =>
    rest
      .find((line) => line.startsWith(prefix))
      ?.slice(prefix.length)
      .trim();
  const [pid, entry] = [value("Target Pid: "), value("Entry Point: ")];
  return {
    goos,
    goarch,
    ...(pid && /^\d{1,10}$/.test(pid) && { pid: Number(pid) }),
    ...(entry && /^0x[0-9a-f]{1,16}$/i.test(entry) && { entry: BigInt(entry) }),
  };
}

/** Register names in the order of elf_gregset_t; `pc` and `sp` name two of them. */
const REGISTERS: Readonly<Record<string, { names: readonly string[]; pc: string; sp: string }>> = {
  amd64: {
    names:
      "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs rflags rsp ss fs_base gs_base ds es fs gs".split(
        " ",
      ),
    pc: "rip",
    sp: "rsp",
  },
  "386": {
    names: "ebx ecx edx esi edi ebp eax ds es fs gs orig_eax eip cs eflags esp ss".split(" "),
    pc: "eip",
    sp: "esp",
  },
  arm64: { names: [...numbered("x", 31), "sp", "pc", "pstate"], pc: "pc", sp: "sp" },
  arm: { names: [...numbered("r", 13), "sp", "lr", "pc", "cpsr", "orig_r0"], pc: "pc", sp: "sp" },
  riscv64: {
    names:
      "pc ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(
        " ",
      ),
    pc: "pc",
    sp: "sp",
  },
  loong64: { names: [...numbered("r", 32), "orig_a0", "pc", "badv"], pc: "pc", sp: "r3" },
};

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function threadOf(f: Fields, elf: ElfFile): CoreThread {
  const wide = f.bits === 64;
  const word = f.bits / 8;
  const start = wide ? 112 : 72;
  const layout = elf.arch === undefined ? undefined : REGISTERS[elf.arch];
  const registers: Record<string, string> = {};
  for (const [index, name] of (layout?.names ?? []).entries()) {
    const at = start + index * word;
    if (at + word <= f.length) registers[name] = hex(f.word(at));
  }
  const [pc, sp] = [layout && registers[layout.pc], layout && registers[layout.sp]];
  return {
    pid: f.u32(wide ? 32 : 24),
    signal: f.u16(12),
    registers,
    ...(pc && { pc }),
    ...(sp && { sp }),
  };
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
