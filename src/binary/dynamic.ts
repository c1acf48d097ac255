/** What the dynamic loader is asked for: libraries, where to look, versions. */
import { type ByteSource, Fields } from "./byte-source.ts";
import { type ElfFile, offsetOf, SegmentType, sectionBytes, sectionNamed } from "./elf.ts";

/** A version another library must have: `GLIBC_2.34` of `libc.so.6`. */
export interface NeededVersion {
  readonly library: string;
  readonly version: string;
  /** The program starts without it. */
  readonly weak: boolean;
}

export interface Dynamic {
  /** DT_NEEDED, in their order. */
  readonly needed: readonly string[];
  readonly soname?: string;
  /** Folders of DT_RPATH and DT_RUNPATH, as written: `$ORIGIN` is not put in. */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
  /** All relocations are done before main: with PT_GNU_RELRO this is full RELRO. */
  readonly bindNow: boolean;
  readonly pie: boolean;
}

const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_STRSZ = 10;
const DT_SONAME = 14;
const DT_RPATH = 15;
const DT_BIND_NOW = 24;
const DT_RUNPATH = 29;
const DT_FLAGS = 30;
const DT_FLAGS_1 = 0x6ffffffb;
const DF_BIND_NOW = 8n;
const DF_1_NOW = 1n;
const DF_1_PIE = 0x08000000n;
const MOST_STRINGS = 64 << 20;

/** Undefined for a file without a dynamic section: a static program. */
export function readDynamic(file: ByteSource, elf: ElfFile): Dynamic | undefined {
  const segment = elf.segments.find(({ type }) => type === SegmentType.dynamic);
  if (!segment) return undefined;
  const tags = readTags(file.read(segment.offset, Math.min(segment.fileSize, 1 << 20)), elf);
  const one = (tag: number) => tags.find(([t]) => t === tag)?.[1];
  const has = (tag: number, flag: bigint) => ((one(tag) ?? 0n) & flag) !== 0n;
  const table = one(DT_STRTAB);
  const at = table === undefined ? undefined : offsetOf(elf, table);
  const strings = fieldsOf(
    at === undefined ? new Uint8Array(0) : file.read(at, Math.min(Number(one(DT_STRSZ) ?? 0), MOST_STRINGS)),
    elf,
  );
  const texts = (tag: number) =>
    tags.filter(([t]) => t === tag).map(([, value]) => strings.text(Number(value)));
  const folders = (tag: number) =>
    texts(tag).flatMap((list) => list.split(":").filter((folder) => folder !== ""));
  const soname = texts(DT_SONAME)[0];
  return {
    needed: texts(DT_NEEDED),
    ...(soname !== undefined && { soname }),
    rpath: folders(DT_RPATH),
    runpath: folders(DT_RUNPATH),
    bindNow: one(DT_BIND_NOW) !== undefined || has(DT_FLAGS, DF_BIND_NOW) || has(DT_FLAGS_1, DF_1_NOW),
    pie: has(DT_FLAGS_1, DF_1_PIE),
  };
}

function readTags(bytes: Uint8Array, elf: ElfFile): [number, bigint][] {
  const f = fieldsOf(bytes, elf);
  const word = elf.bits / 8;
  const out: [number, bigint][] = [];
  for (let at = 0; at + 2 * word <= f.length; at += 2 * word) {
    const tag = f.size(at);
    if (tag === 0) break;
    out.push([tag, f.word(at + word)]);
  }
  return out;
}

function fieldsOf(bytes: Uint8Array, { bits, littleEndian }: ElfFile): Fields {
  return new Fields(bytes, bits, littleEndian);
}

const VER_FLG_WEAK = 2;

/** `.gnu.version_r`: the versions the program cannot start without. */
export function neededVersions(file: ByteSource, elf: ElfFile): NeededVersion[] {
  const section = sectionNamed(elf, ".gnu.version_r");
  const v = fieldsOf(sectionBytes(file, section), elf);
  const strings = fieldsOf(sectionBytes(file, section && elf.sections[section.link]), elf);
  const out: NeededVersion[] = [];
  for (let at = 0, turns = 0; at < v.length && turns < 10_000; turns++) {
    const library = strings.text(v.u32(at + 4), 1024);
    let aux = at + v.u32(at + 8);
    for (let left = v.u16(at + 2); left > 0 && aux < v.length; left--) {
      out.push({
        library,
        version: strings.text(v.u32(aux + 8), 256),
        weak: (v.u16(aux + 4) & VER_FLG_WEAK) !== 0,
      });
      const step = v.u32(aux + 12);
      if (step === 0) break;
      aux += step;
    }
    const step = v.u32(at + 12);
    if (step === 0) break;
    at += step;
  }
  return out;
}

/** `.gnu.version_d`: the versions a library has. */
export function definedVersions(file: ByteSource, elf: ElfFile): string[] {
  const section = sectionNamed(elf, ".gnu.version_d");
  const v = fieldsOf(sectionBytes(file, section), elf);
  const strings = fieldsOf(sectionBytes(file, section && elf.sections[section.link]), elf);
  const out: string[] = [];
  for (let at = 0, turns = 0; at < v.length && turns < 10_000; turns++) {
    const aux = at + v.u32(at + 12);
    out.push(strings.text(v.u32(aux), 256));
    const step = v.u32(at + 16);
    if (step === 0) break;
    at += step;
  }
  return out;
}
