/** One view of ELF, Mach-O and PE programs: what a probe wants to know of any of them. */
import { type ByteSource, Fields } from "./byte-source.ts";
import { type Dynamic, type NeededVersion, neededVersions, readDynamic } from "./dynamic.ts";
import {
  debugLink,
  type ElfFile,
  elfOf,
  interpreter,
  isElf,
  readBuildIds,
  SegmentType,
  sectionNamed,
} from "./elf.ts";
import { type FoundBuild, type GoBuild, readBuild } from "./go-build.ts";
import { readMachO } from "./macho.ts";
import { peProgram } from "./pe-program.ts";

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

/** Undefined where the file is no program in one of the three formats. Never throws on broken ones. */
export function readExecutable(file: ByteSource): Executable | undefined {
  const head = file.read(0, 64);
  if (isElf(head)) return fromElf(file);
  return readMachO(file) ?? peProgram(file);
}

function fromElf(file: ByteSource): Executable | undefined {
  const elf = elfOf(file);
  if (!elf) return undefined;
  const dynamic = readDynamic(file, elf);
  const named = (...names: readonly string[]) => sectionNamed(elf, ...names) !== undefined;
  const ids = readBuildIds(file, elf);
  const optional = {
    buildId: ids.gnu,
    goBuildId: ids.go,
    debugLink: debugLink(file, elf),
    dynamic,
    interpreter: interpreter(file, elf),
  };
  return {
    format: "elf",
    arch: elf.arch ?? `machine ${elf.machine}`,
    size: file.size,
    ...goOf(readBuild(file, elf)),
    symbols: named(".symtab"),
    dwarf: named(".debug_info", ".zdebug_info"),
    lineTable: named(".gopclntab", ".data.rel.ro.gopclntab"),
    libraries: dynamic?.needed ?? [],
    versions: neededVersions(file, elf),
    pie: elf.type === "shared",
    relro: relroOf(elf, dynamic),
    packed: elf.sections.length === 0 && isPacked(file),
    ...defined(optional),
  };
}

/** Of a program that older Go linked only this is told: it holds no settings to judge. */
export function goOf(found: FoundBuild | undefined): Pick<Executable, "go" | "oldGo"> {
  const oldGo = found?.older ?? false;
  return { ...(found?.build && !oldGo && { go: found.build }), oldGo };
}

function relroOf({ segments }: ElfFile, dynamic: Dynamic | undefined): "none" | "partial" | "full" {
  if (!segments.some(({ type }) => type === SegmentType.gnuRelro)) return "none";
  return dynamic?.bindNow ? "full" : "partial";
}

function isPacked(file: ByteSource): boolean {
  const head = new Fields(file.read(0, 512), 32, true);
  for (let at = 0; at + 4 <= head.length; at++) if (head.u32(at) === 0x21585055) return true; // "UPX!"
  return false;
}

/** Without the fields that are undefined: absent is absent. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
