/**
 * Headers and sections of a Windows program, in the shape the ELF reader gives. Pure. Sources: Microsoft's PE format
 * (COFF header, optional header, section table, string table), cmd/link/internal/ld/pe.go.
 */
import { type ByteSource, cString, Fields } from "./byte-source.ts";
import { ElfError, type ElfFile, type ElfSection, type ElfSegment, SegmentType } from "./elf.ts";

/** IMAGE_FILE_MACHINE to ELF's number and Go's name. */
const MACHINES: Readonly<Record<number, readonly [elf: number, arch: string]>> = {
  332: [3, "386"],
  452: [40, "arm"],
  34404: [62, "amd64"],
  43620: [183, "arm64"],
};

const COFF = 24;
const SECTION = 40;
const SYMBOL = 18;
const IS_LIBRARY = 0x2000;
const PE32_PLUS = 0x20b;
const DYNAMIC_BASE = 0x40;
const MOST_SECTIONS = 96;
const NAME_LENGTH = 256;

export function isPe(source: ByteSource): boolean {
  const head = source.read(0, 2);
  return head[0] === 0x4d && head[1] === 0x5a;
}

/**
 * Reads the headers of a file, or of a program in memory from its first byte on: addresses are those the file asks to
 * be loaded at. Throws an ElfError, the readers' common one.
 */
export function readPe(source: ByteSource): ElfFile {
  if (!isPe(source)) throw new ElfError("not-elf", "magic");
  const dos = new Fields(source.read(0, 64), 64, true);
  if (dos.length < 64) throw new ElfError("cut", "header");
  const at = dos.u32(60);
  const head = source.read(at, COFF + 72);
  const f = new Fields(head, 64, true);
  if (f.u32(0) !== 0x4550) throw new ElfError("not-elf", "signature");
  if (head.length < COFF + 72) throw new ElfError("cut", "header");
  const wide = f.u16(COFF) === PE32_PLUS;
  const imageBase = wide ? f.u64(COFF + 24) : BigInt(f.u32(COFF + 28));
  const sections = readSections(source, f, at, imageBase);
  const [machine, arch] = MACHINES[f.u16(4)] ?? [f.u16(4), undefined];
  const headers = {
    flags: 4,
    offset: 0,
    address: imageBase,
    size: f.u32(COFF + 60),
    memory: f.u32(COFF + 60),
  };
  return {
    format: "pe",
    bits: wide ? 64 : 32,
    littleEndian: true,
    type: (f.u16(22) & IS_LIBRARY) !== 0 ? "other" : "executable",
    machine,
    arch,
    entry: imageBase + BigInt(f.u32(COFF + 16)),
    segments: [headers, ...sections].map(segment),
    sections: sections.map(
      ({ name, flags, address, offset, size }): ElfSection => ({
        name,
        type: 1,
        flags,
        link: 0,
        address,
        offset,
        size,
      }),
    ),
    windows: {
      imageBase,
      imageSize: f.u32(COFF + 56),
      timeStamp: f.u32(8),
      isRelocatable: (f.u16(COFF + 70) & DYNAMIC_BASE) !== 0,
      imports: directory(source, at, wide),
      hasSymbols: f.u32(16) > 0,
    },
  };
}

/** Address of the import table: the second of the optional header's directories. */
function directory(source: ByteSource, at: number, wide: boolean): number {
  return new Fields(source.read(at + COFF + (wide ? 120 : 104), 4), 64, true).u32(0);
}

interface Part {
  readonly flags: number;
  readonly offset: number;
  readonly address: bigint;
  readonly size: number;
  readonly memory: number;
}

function segment({ flags, offset, address, size, memory }: Part): ElfSegment {
  return { type: SegmentType.load, flags, offset, address, fileSize: size, memorySize: BigInt(memory) };
}

function readSections(
  source: ByteSource,
  f: Fields,
  at: number,
  imageBase: bigint,
): (Part & { readonly name: string })[] {
  const count = f.u16(6);
  if (count > MOST_SECTIONS) throw new ElfError("malformed", "section table");
  const table = source.read(at + COFF + f.u16(20), count * SECTION);
  if (table.length < count * SECTION) throw new ElfError("cut", "section table");
  // Absent in memory; then long names stay numbers.
  const strings = f.u32(12) === 0 ? undefined : f.u32(12) + f.u32(16) * SYMBOL;
  return Array.from({ length: count }, (_, index) => {
    const bytes = table.subarray(index * SECTION, (index + 1) * SECTION);
    const part = new Fields(bytes, 64, true);
    const kind = part.u32(36);
    const memory = part.u32(8);
    return {
      name: nameOf(source, cString(bytes.subarray(0, 8)), strings),
      // As ELF has them: execute 1, write 2, read 4.
      flags: ((kind >>> 29) & 1) | ((kind >>> 30) & 2) | ((kind >>> 28) & 4),
      address: imageBase + BigInt(part.u32(12)),
      offset: part.u32(20),
      size: Math.min(part.u32(16), memory || part.u32(16)),
      memory,
    };
  });
}

/** A name longer than eight bytes is `/` and its place in the string table. */
function nameOf(source: ByteSource, name: string, strings: number | undefined): string {
  const long = /^\/(\d{1,7})$/.exec(name);
  if (!long || strings === undefined) return name;
  return cString(source.read(strings + Number(long[1]), NAME_LENGTH)) || name;
}

const ID_LENGTH = 512;

/** Go's build ID as its linker writes it at the beginning of the code. Source: cmd/internal/buildid. */
export function peBuildId(
  read: (address: bigint, length: number) => Uint8Array | undefined,
  { sections }: ElfFile,
) {
  const text = sections.find(({ name }) => name === ".text");
  const bytes = text && read(text.address, Math.min(ID_LENGTH, text.size));
  if (!bytes) return undefined;
  return /^\xff Go build ID: "([^"\xff]{1,400})"\n \xff/.exec(Buffer.from(bytes).toString("latin1"))?.[1];
}
