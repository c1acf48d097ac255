/** One view of ELF, Mach-O and PE programs: what a probe wants to know of any of them. */
import { type Bytes, View } from "./bytes.ts";
import { type Dynamic, neededVersions, readDynamic } from "./elf/dynamic.ts";
import {
  debugLink,
  type Elf,
  ET_DYN,
  gnuBuildId,
  goBuildId,
  interpreter,
  isElf,
  type NeededVersion,
  PT_GNU_RELRO,
  PT_LOAD,
  readElf,
  sectionNamed,
} from "./elf/elf.ts";
import { findBuildInfo, type GoBuild } from "./go-build-info.ts";
import { readMachO } from "./macho.ts";
import { readPe } from "./pe.ts";

export interface Executable {
  readonly format: "elf" | "mach-o" | "pe";
  /** GOARCH: `amd64`, `arm64`...; the number of the machine where it is none of Go's. */
  readonly arch: string;
  readonly size: number;
  /** Absent: no Go program, or one that was changed. */
  readonly go?: GoBuild;
  /** Linked by Go 1.17 or older: its build information has another form. */
  readonly oldGo: boolean;
  /** `.symtab` or its kin: names of functions, C's as well. */
  readonly symbols: boolean;
  readonly dwarf: boolean;
  /** Go's own table of functions and lines, from which every Go traceback is made. */
  readonly lineTable: boolean;
  readonly buildId?: string;
  readonly goBuildId?: string;
  readonly debugLink?: string;
  readonly libraries: readonly string[];
  readonly dynamic?: Dynamic;
  readonly interpreter?: string;
  readonly versions: readonly NeededVersion[];
  readonly pie: boolean;
  /** Only ELF has it. */
  readonly relro?: "none" | "partial" | "full";
  /** The file holds other code of another machine as well (Mach-O universal). */
  readonly arches?: readonly string[];
  /** Packed by UPX: nothing of the above can be read. */
  readonly packed: boolean;
}

const MACHINES: Readonly<Record<number, string>> = {
  3: "386",
  8: "mips",
  20: "ppc",
  21: "ppc64",
  22: "s390x",
  40: "arm",
  62: "amd64",
  183: "arm64",
  243: "riscv64",
  258: "loong64",
};

/** Undefined where the file is no program in one of the three formats. Never throws on broken ones. */
export function readExecutable(file: Bytes): Executable | undefined {
  const head = file.read(0, 64);
  if (isElf(head)) return fromElf(file);
  return readMachO(file) ?? readPe(file);
}

function fromElf(file: Bytes): Executable | undefined {
  const elf = readElf(file);
  if (!elf) return undefined;
  const dynamic = readDynamic(file, elf);
  const named = (name: string) => sectionNamed(elf, name) !== undefined;
  const found = elfBuildInfo(file, elf);
  const optional = {
    go: found && "build" in found ? found.build : undefined,
    buildId: gnuBuildId(file, elf),
    goBuildId: goBuildId(file, elf),
    debugLink: debugLink(file, elf),
    dynamic,
    interpreter: interpreter(file, elf),
  };
  return {
    format: "elf",
    arch: machineName(elf),
    size: file.size,
    oldGo: found !== undefined && "older" in found,
    symbols: named(".symtab"),
    dwarf: named(".debug_info") || named(".zdebug_info"),
    lineTable: named(".gopclntab") || named(".data.rel.ro.gopclntab"),
    libraries: dynamic?.needed ?? [],
    versions: neededVersions(file, elf),
    pie: elf.type === ET_DYN,
    relro: !elf.segments.some(({ type }) => type === PT_GNU_RELRO)
      ? "none"
      : dynamic?.bindNow
        ? "full"
        : "partial",
    packed: elf.sections.length === 0 && isPacked(file),
    ...defined(optional),
  };
}

function elfBuildInfo(file: Bytes, elf: Elf) {
  const section = sectionNamed(elf, ".go.buildinfo");
  if (section) return findBuildInfo(file, section.offset, section.size);
  const writable = elf.segments.find(({ type, flags }) => type === PT_LOAD && (flags & 3) === 2);
  return writable && findBuildInfo(file, writable.offset, writable.fileSize);
}

function machineName(elf: Elf): string {
  const name = MACHINES[elf.machine] ?? `machine ${elf.machine}`;
  if (name === "ppc64" && elf.little) return "ppc64le";
  if (name === "mips") return `mips${elf.bits === 64 ? "64" : ""}${elf.little ? "le" : ""}`;
  return name;
}

function isPacked(file: Bytes): boolean {
  const head = new View(file.read(0, 512), true);
  for (let at = 0; at + 4 <= head.length; at++) if (head.u32(at) === 0x21585055) return true; // "UPX!"
  return false;
}

/** Without the fields that are undefined: absent is absent. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
