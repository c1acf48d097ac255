/** A program as Delve will need it: what a twin and a core are compared with. Pure. */
import type { ByteSource } from "../binary/byte-source.ts";
import {
  type BuildIds,
  type ElfFile,
  type ElfSection,
  readBuildIds,
  readElf,
  readMemory,
  sectionNamed,
} from "../binary/elf.ts";
import { type GoBuild, readBuild } from "../binary/go-build.ts";
import { isPe, peBuildId, readPe } from "../binary/pe.ts";

export interface GoBinary {
  readonly elf: ElfFile;
  readonly ids: BuildIds;
  /** Absent where it was not built by Go, or not by one that tells (before 1.13, or -buildmode c-shared of old). */
  readonly build?: GoBuild;
  /** .debug_info is there: variables can be read. */
  readonly hasDwarf: boolean;
  /** .symtab is there. */
  readonly hasSymbols: boolean;
  /** The section of the function table; in a Windows program it lies among other data that never change. */
  readonly pclntab?: ElfSection;
}

/** Reads a binary's headers and build information. Throws an ElfError for what is neither an ELF nor a PE file. */
export function readBinary(source: ByteSource): GoBinary {
  const elf = isPe(source) ? readPe(source) : readElf(source);
  const has = (...names: readonly string[]) => (sectionNamed(elf, ...names)?.size ?? 0) > 0;
  const build = readBuild(source, elf)?.build;
  const tables = elf.format === "pe" ? [".rdata"] : [".gopclntab", ".data.rel.ro.gopclntab"];
  const pclntab = sectionNamed(elf, ...tables);
  return {
    elf,
    ids: elf.format === "pe" ? peIds(source, elf) : readBuildIds(source, elf),
    ...(build && { build }),
    hasDwarf: has(".debug_info", ".zdebug_info"),
    hasSymbols: has(".symtab"),
    ...(pclntab && { pclntab }),
  };
}

/** Go puts its build ID at the beginning of a Windows program's code. */
function peIds(source: ByteSource, elf: ElfFile): BuildIds {
  const go = peBuildId((address, length) => readMemory(source, elf, address, length), elf);
  return go === undefined ? {} : { go };
}
