/** A Windows program as a probe sees it. Source: Microsoft's PE Format. */
import { type ByteSource, Fields } from "./byte-source.ts";
import { ElfError, type ElfFile } from "./elf.ts";
import { type Executable, goOf } from "./executable.ts";
import { findBuildInFile } from "./go-build.ts";
import { isPe, peBuildId, readPe } from "./pe.ts";

const WRITE = 2;

/** Undefined where the file is none. */
export function peProgram(file: ByteSource): Executable | undefined {
  const image = isPe(file) ? imageOf(file) : undefined;
  if (!image) return undefined;
  const { sections, windows } = image;
  const data = sections.find(({ flags, size }) => (flags & WRITE) !== 0 && size > 0);
  const info = data && findBuildInFile(file, data.offset, data.size);
  const read = (address: bigint, length: number) => {
    const at = place(image, address);
    return at < 0 ? undefined : file.read(at, length);
  };
  const goBuildId = peBuildId(read, image);
  return {
    format: "pe",
    arch: image.arch ?? `machine ${image.machine}`,
    size: file.size,
    ...goOf(info),
    symbols: windows?.hasSymbols ?? false,
    dwarf: sections.some(({ name }) => name === ".debug_info" || name === ".zdebug_info"),
    // The table stands inside .rdata; a Go program always has it.
    lineTable: info !== undefined,
    ...(goBuildId !== undefined && { goBuildId }),
    libraries: imports(file, image),
    versions: [],
    pie: windows?.isRelocatable ?? false,
    packed: sections.some(({ name }) => name.startsWith("UPX")),
  };
}

function imageOf(file: ByteSource): ElfFile | undefined {
  try {
    return readPe(file);
  } catch (failure) {
    if (failure instanceof ElfError) return undefined;
    throw failure;
  }
}

/** Place in the file; -1 where the address is in no section. */
function place({ sections }: ElfFile, address: bigint): number {
  const section = sections.find((s) => address >= s.address && address < s.address + BigInt(s.size));
  return section ? section.offset + Number(address - section.address) : -1;
}

const ENTRY = 20;
const MOST_LIBRARIES = 500;

function imports(file: ByteSource, image: ElfFile): string[] {
  const { imageBase, imports: table } = image.windows!;
  const at = (rva: number) => place(image, imageBase + BigInt(rva));
  const start = table === 0 ? -1 : at(table);
  const v = new Fields(start < 0 ? new Uint8Array(0) : file.read(start, ENTRY * MOST_LIBRARIES), 32, true);
  const names: string[] = [];
  for (let entry = 0; entry + ENTRY <= v.length && v.u32(entry + 12) !== 0; entry += ENTRY) {
    const name = at(v.u32(entry + 12));
    if (name >= 0) names.push(new Fields(file.read(name, 256), 32, true).text(0));
  }
  return names;
}
