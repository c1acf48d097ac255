/**
 * ELF headers, segments, sections and notes, of programs and cores. Pure: reads pieces of a byte source, and trusts
 * nothing it reads. Sources: gABI 4.1, elf(5), linux/uapi/linux/elf.h; elf.h of glibc for the GNU parts.
 */
import { type ByteSource, cString, Fields, hex, partOf } from "./byte-source.ts";

/** Why bytes are not the ELF file they should be. `what` names the part, for people. */
export class ElfError extends Error {
  constructor(
    readonly reason: "not-elf" | "cut" | "malformed",
    readonly what: string,
  ) {
    super(`${reason}: ${what}`);
  }
}

export interface ElfSegment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: bigint;
  readonly fileSize: number;
  readonly memorySize: bigint;
}

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
  /** Index of the section that belongs to it: the strings of a table, for one. */
  readonly link: number;
}

/** An image of a program, or the memory of one: the readers of Windows' formats give the same shape. */
export interface ElfFile {
  readonly format: "elf" | "pe" | "minidump";
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  readonly type: "relocatable" | "executable" | "shared" | "core" | "other";
  readonly machine: number;
  /** Go's name of the architecture; undefined for one Go has no name for. */
  readonly arch: string | undefined;
  readonly entry: bigint;
  readonly segments: readonly ElfSegment[];
  /** Empty where the table is absent, cut or nonsense: a file can be run and dumped without. */
  readonly sections: readonly ElfSection[];
  readonly windows?: WindowsImage;
}

export interface WindowsImage {
  /** Where it asks to be loaded. */
  readonly imageBase: bigint;
  /** Bytes it takes there. */
  readonly imageSize: number;
  /** Of the linker; Go writes 0. */
  readonly timeStamp: number;
  /** It may be loaded elsewhere. */
  readonly isRelocatable: boolean;
  /** Address of the table of libraries, from `imageBase` on; 0 for none. */
  readonly imports: number;
  /** COFF symbols. */
  readonly hasSymbols: boolean;
}

export interface ElfNote {
  readonly name: string;
  readonly type: number;
  readonly bytes: Uint8Array;
}

export const SegmentType = {
  load: 1,
  dynamic: 2,
  interpreter: 3,
  note: 4,
  phdr: 6,
  gnuRelro: 0x6474e552,
} as const;
const SECTION_NOTE = 7;
const SECTION_NOBITS = 8;

const TYPES: Readonly<Record<number, ElfFile["type"]>> = {
  1: "relocatable",
  2: "executable",
  3: "shared",
  4: "core",
};

/** e_machine to GOARCH; the byte order tells the two of PPC64 and MIPS apart. */
function architecture(machine: number, bits: 32 | 64, littleEndian: boolean): string | undefined {
  switch (machine) {
    case 3:
      return "386";
    case 8:
      return `mips${bits === 64 ? "64" : ""}${littleEndian ? "le" : ""}`;
    case 21:
      return littleEndian ? "ppc64le" : "ppc64";
    case 22:
      return "s390x";
    case 40:
      return "arm";
    case 62:
      return "amd64";
    case 183:
      return "arm64";
    case 243:
      return "riscv64";
    case 258:
      return "loong64";
    default:
      return undefined;
  }
}

/** Mappings are limited to some 65,000 by default; a table beyond this is nonsense. */
const MOST_SEGMENTS = 1 << 20;
const MOST_SECTIONS = 1 << 16;
const NAME_LENGTH = 256;
/** Headers are as long as their structure; a few bytes may be added, no kilobytes. */
const LONGEST_HEADER = 256;
/** The longest piece that is read at once for its text: names, versions, links. */
const MOST_READ = 16 << 20;

export function isElf(head: Uint8Array): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/** Like `readElf`, but undefined for all that is no whole ELF file. */
export function elfOf(source: ByteSource): ElfFile | undefined {
  try {
    return readElf(source);
  } catch (failure) {
    if (failure instanceof ElfError) return undefined;
    throw failure;
  }
}

/** Reads the headers. Throws an ElfError for what is no ELF file, is cut within its headers, or contradicts itself. */
export function readElf(source: ByteSource): ElfFile {
  const head = source.read(0, 64);
  if (!isElf(head)) throw new ElfError("not-elf", "magic");
  if (head.length < 52) throw new ElfError("cut", "header");
  const bits = head[4] === 2 ? 64 : head[4] === 1 ? 32 : undefined;
  const littleEndian = head[5] === 1;
  if (!bits || (head[5] !== 1 && head[5] !== 2)) throw new ElfError("malformed", "class");
  if (bits === 64 && head.length < 64) throw new ElfError("cut", "header");
  const fields = new Fields(head, bits, littleEndian);
  const machine = fields.u16(18);
  const [phoff, shoff, rest] =
    bits === 64 ? [fields.word(32), fields.word(40), 52] : [fields.word(28), fields.word(32), 40];
  const counts = {
    phentsize: fields.u16(rest + 2),
    phnum: fields.u16(rest + 4),
    shentsize: fields.u16(rest + 6),
    shnum: fields.u16(rest + 8),
    shstrndx: fields.u16(rest + 10),
  };
  const layout: Layout = {
    source,
    bits,
    littleEndian,
    phoff: Number(phoff),
    shoff: Number(shoff),
    ...counts,
  };
  return {
    format: "elf",
    bits,
    littleEndian,
    type: TYPES[fields.u16(16)] ?? "other",
    machine,
    arch: architecture(machine, bits, littleEndian),
    entry: fields.word(24),
    segments: readSegments(layout),
    sections: readSections(layout),
  };
}

interface Layout {
  readonly source: ByteSource;
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  readonly phoff: number;
  readonly shoff: number;
  readonly phentsize: number;
  readonly phnum: number;
  readonly shentsize: number;
  readonly shnum: number;
  readonly shstrndx: number;
}

/** Where there are 65,535 segments or more, the first section's sh_info holds their number. */
const PN_XNUM = 0xffff;

function readSegments(layout: Layout): ElfSegment[] {
  const { source, bits, littleEndian, phoff, phentsize } = layout;
  let count = layout.phnum;
  if (count === PN_XNUM) {
    const first = source.read(layout.shoff, bits === 64 ? 64 : 40);
    if (first.length < (bits === 64 ? 64 : 40)) throw new ElfError("cut", "program headers");
    count = new Fields(first, bits, littleEndian).u32(bits === 64 ? 44 : 28);
  }
  if (count === 0) return [];
  const size = bits === 64 ? 56 : 32;
  if (phentsize < size || phentsize > LONGEST_HEADER || count > MOST_SEGMENTS)
    throw new ElfError("malformed", "program headers");
  const table = source.read(phoff, count * phentsize);
  if (table.length < count * phentsize) throw new ElfError("cut", "program headers");
  return Array.from({ length: count }, (_, index) =>
    segment(new Fields(table.subarray(index * phentsize, (index + 1) * phentsize), bits, littleEndian)),
  );
}

function segment(f: Fields): ElfSegment {
  if (f.bits === 64) {
    return {
      type: f.u32(0),
      flags: f.u32(4),
      offset: f.size(8),
      address: f.word(16),
      fileSize: f.size(32),
      memorySize: f.word(40),
    };
  }
  return {
    type: f.u32(0),
    offset: f.u32(4),
    address: BigInt(f.u32(8)),
    fileSize: f.u32(16),
    memorySize: BigInt(f.u32(20)),
    flags: f.u32(24),
  };
}

/** Section 0 is not used: its fields hold the counts that do not fit 16 bits. */
const SHN_XINDEX = 0xffff;

function readSections(layout: Layout): ElfSection[] {
  const { source, bits, littleEndian, shoff, shentsize } = layout;
  if (shoff === 0 || shentsize < (bits === 64 ? 64 : 40) || shentsize > LONGEST_HEADER) return [];
  const first = rawSection(new Fields(source.read(shoff, shentsize), bits, littleEndian));
  const count = layout.shnum || first.size;
  const names = layout.shstrndx === SHN_XINDEX ? first.link : layout.shstrndx;
  if (!(count > 0 && count <= MOST_SECTIONS) || names >= count) return [];
  const table = source.read(shoff, count * shentsize);
  if (table.length < count * shentsize) return [];
  const all = Array.from({ length: count }, (_, index) =>
    rawSection(new Fields(table.subarray(index * shentsize, (index + 1) * shentsize), bits, littleEndian)),
  );
  const { offset, size } = all[names]!;
  const texts = new Fields(source.read(offset, Math.min(size, MOST_READ)), bits, littleEndian);
  return all.map(({ nameAt, ...section }) => ({ ...section, name: texts.text(nameAt, NAME_LENGTH) }));
}

function rawSection(f: Fields): Omit<ElfSection, "name"> & { nameAt: number } {
  const wide = f.bits === 64;
  return {
    nameAt: f.u32(0),
    type: f.u32(4),
    flags: f.size(8),
    address: f.word(wide ? 16 : 12),
    offset: f.size(wide ? 24 : 16),
    size: f.size(wide ? 32 : 20),
    link: f.u32(wide ? 40 : 24),
  };
}

export function sectionNamed(elf: ElfFile, ...names: readonly string[]): ElfSection | undefined {
  return elf.sections.find(({ name }) => names.includes(name));
}

/** Bytes of the file that a section names: none for .bss, fewer than it claims where the file is cut. */
export function sectionSource(source: ByteSource, section: ElfSection): ByteSource {
  if (section.type === SECTION_NOBITS) return partOf(source, 0, 0);
  return partOf(source, section.offset, section.size);
}

/** The bytes of a section at once, at most 16 MiB. */
export function sectionBytes(source: ByteSource, section: ElfSection | undefined): Uint8Array {
  return section ? sectionSource(source, section).read(0, MOST_READ) : new Uint8Array(0);
}

const NOTE_HEADER = 12;
/** NT_FILE of a process with all the mappings Linux allows is about 10 MB. */
const LARGEST_NOTE = 64 * 2 ** 20;
const MOST_NOTES = 4_000_000;

/**
 * The notes of a range, in order; `wants` spares reading those that are large and not needed. What is cut or claims
 * more than is there ends the walk without an error: `cut` tells.
 */
export function* readNotes(
  source: ByteSource,
  littleEndian: boolean,
  wants: (name: string, type: number) => boolean = () => true,
): Generator<ElfNote, { readonly cut: boolean }> {
  let at = 0;
  for (let count = 0; at + NOTE_HEADER <= source.size && count < MOST_NOTES; count++) {
    const header = new Fields(source.read(at, NOTE_HEADER), 32, littleEndian);
    if (header.length < NOTE_HEADER) return { cut: true };
    const [nameSize, size, type] = [header.u32(0), header.u32(4), header.u32(8)];
    const start = at + NOTE_HEADER + align4(nameSize);
    if (nameSize > NAME_LENGTH || size > LARGEST_NOTE || start + size > source.size) return { cut: true };
    const name = cString(source.read(at + NOTE_HEADER, nameSize));
    if (wants(name, type)) yield { name, type, bytes: source.read(start, size) };
    at = start + align4(size);
  }
  return { cut: false };
}

function align4(value: number): number {
  return (value + 3) & ~3;
}

/** Bytes of memory that a core holds, or that a program will have, at an address; undefined where they are not in the file. */
export function readMemory(
  source: ByteSource,
  elf: ElfFile,
  address: bigint,
  length: number,
): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let left = length; left > 0; ) {
    const at = address + BigInt(length - left);
    const found = elf.segments.find((each) => holds(each, at));
    if (!found) return undefined;
    const offset = Number(at - found.address);
    const bytes = source.read(found.offset + offset, Math.min(left, found.fileSize - offset));
    if (bytes.length === 0) return undefined;
    parts.push(bytes);
    left -= bytes.length;
  }
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}

/** Like `readMemory`, but what lies behind the mapping's end is left out. */
export function readMemoryUpTo(
  source: ByteSource,
  elf: ElfFile,
  address: bigint,
  most: number,
): Uint8Array | undefined {
  const found = elf.segments.find((each) => holds(each, address));
  if (!found) return undefined;
  const offset = Number(address - found.address);
  return source.read(found.offset + offset, Math.min(most, found.fileSize - offset));
}

function holds({ type, address, fileSize }: ElfSegment, at: bigint): boolean {
  return type === SegmentType.load && address <= at && at < address + BigInt(Math.trunc(fileSize) || 0);
}

/** Where in the file the byte of this address is; undefined where it is in none of its segments. */
export function offsetOf(elf: ElfFile, address: bigint): number | undefined {
  const found = elf.segments.find((each) => holds(each, address));
  return found && found.offset + Number(address - found.address);
}

const NT_GNU_BUILD_ID = 3;
const NT_GO_BUILD_ID = 4;
const LARGEST_NOTES = 1 << 20;

export interface BuildIds {
  readonly go?: string;
  /** Hexadecimal. Debug files are found by it. */
  readonly gnu?: string;
}

export function readBuildIds(source: ByteSource, elf: ElfFile): BuildIds {
  return buildIdsIn(noteParts(source, elf), elf.littleEndian);
}

/** The build IDs among the notes of these ranges; the first of each. */
export function buildIdsIn(parts: Iterable<ByteSource>, littleEndian: boolean): BuildIds {
  const ids: { go?: string; gnu?: string } = {};
  for (const part of parts) {
    for (const { name, type, bytes } of readNotes(part, littleEndian)) {
      if (bytes.length === 0) continue;
      if (name === "Go" && type === NT_GO_BUILD_ID) ids.go ??= cString(bytes);
      if (name === "GNU" && type === NT_GNU_BUILD_ID) ids.gnu ??= hex(bytes);
    }
  }
  return ids;
}

/** The GNU note's section is not always inside a note segment: Go's own linker leaves it out. */
function* noteParts(source: ByteSource, elf: ElfFile): Generator<ByteSource> {
  for (const each of elf.segments)
    if (each.type === SegmentType.note && each.fileSize < LARGEST_NOTES)
      yield partOf(source, each.offset, each.fileSize);
  for (const each of elf.sections)
    if (each.type === SECTION_NOTE && each.size < LARGEST_NOTES) yield sectionSource(source, each);
}

/** `/lib64/ld-linux-x86-64.so.2`: the loader the kernel starts. Undefined for static programs. */
export function interpreter(source: ByteSource, elf: ElfFile): string | undefined {
  const segment = elf.segments.find(({ type }) => type === SegmentType.interpreter);
  return segment && cString(source.read(segment.offset, Math.min(segment.fileSize, 4096)));
}

/** `.gnu_debuglink`: the name of the file with the symbols. */
export function debugLink(source: ByteSource, elf: ElfFile): string | undefined {
  const bytes = sectionBytes(source, sectionNamed(elf, ".gnu_debuglink"));
  return bytes.length > 0 ? cString(bytes.subarray(0, NAME_LENGTH)) : undefined;
}
