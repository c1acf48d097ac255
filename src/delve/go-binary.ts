/** A program as Delve will need it: what a twin and a core are compared with. Pure. */
import type { ByteSource } from "../binary/byte-source.ts";
import {
  type BuildIds,
  type ElfFile,
  type ElfSection,
  readBuildIds,
  readElf,
  sectionNamed,
} from "../binary/elf.ts";
import { type GoBuild, readBuild } from "../binary/go-build.ts";

export interface GoBinary {
  readonly elf: ElfFile;
  readonly ids: BuildIds;
  /** Absent where it was not built by Go, or not by one that tells (before 1.13, or -buildmode c-shared of old). */
  readonly build?: GoBuild;
  /** .debug_info is there: variables can be read. */
  readonly hasDwarf: boolean;
  /** .symtab is there. */
  readonly hasSymbols: boolean;
  /** The function table's section. */
  readonly pclntab?: ElfSection;
}

/** Reads a binary's headers and build information. Throws an ElfError for what is no ELF file. */
export function readBinary(source: ByteSource): GoBinary {
  const elf = readElf(source);
  const has = (...names: readonly string[]) => (sectionNamed(elf, ...names)?.size ?? 0) > 0;
  const build = readBuild(source, elf)?.build;
  const pclntab = sectionNamed(elf, ".gopclntab", ".data.rel.ro.gopclntab");
  return {
    elf,
    ids: readBuildIds(source, elf),
    ...(build && { build }),
    hasDwarf: has(".debug_info", ".zdebug_info"),
    hasSymbols: has(".symtab"),
    ...(pclntab && { pclntab }),
  };
}
