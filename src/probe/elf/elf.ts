/**
 * What an ELF file says of itself. Bytes in, values out; a broken file gives what could be read, never an exception.
 * Source: System V ABI, gABI 4.1, and elf.h of glibc for the GNU parts.
 */
import { type Bytes, View } from "../bytes.ts";

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

export interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

/** A version another library must have: `GLIBC_2.34` of `libc.so.6`. */
export interface NeededVersion {
  readonly library: string;
  readonly version: string;
  /** The program starts without it. */
  readonly weak: boolean;
}

export interface Elf {
  readonly bits: 32 | 64;
  readonly little: boolean;
  /** e_type: 2 EXEC, 3 DYN, 4 CORE. */
  readonly type: number;
  readonly machine: number;
  readonly sections: readonly Section[];
  readonly segments: readonly Segment[];
}

export const ET_EXEC = 2;
export const ET_DYN = 3;
export const PT_LOAD = 1;
export const PT_DYNAMIC = 2;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const PT_GNU_STACK = 0x6474e551;
export const PT_GNU_RELRO = 0x6474e552;
const SHT_NOTE = 7;
const SHT_NOBITS = 8;
const SHN_XINDEX = 0xffff;
/** More than any linker writes; what says more is broken. */
const MOST_HEADERS = 65_536;
const MOST_READ = 16 << 20;

export function isElf(head: Uint8Array): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/** Undefined where the file is no ELF. */
export function readElf(file: Bytes): Elf | undefined {
  const head = file.read(0, 64);
  if (!isElf(head) || (head[4] !== 1 && head[4] !== 2) || (head[5] !== 1 && head[5] !== 2)) return undefined;
  const wide = head[4] === 2;
  const little = head[5] === 1;
  const view = new View(head, little);
  const sections = readSections(file, view, wide, little);
  return {
    bits: wide ? 64 : 32,
    little,
    type: view.u16(16),
    machine: view.u16(18),
    sections,
    segments: readSegments(file, view, wide, little),
  };
}

function readSections(file: Bytes, head: View, wide: boolean, little: boolean): Section[] {
  const offset = wide ? head.u64(40) : head.u32(32);
  const size = head.u16(wide ? 58 : 46);
  let count = head.u16(wide ? 60 : 48);
  let names = head.u16(wide ? 62 : 50);
  if (offset === 0 || size < (wide ? 64 : 40)) return [];
  const first = sectionAt(new View(file.read(offset, size), little), 0, wide);
  // Counts that do not fit 16 bits stand in the first header.
  if (count === 0) count = first.size;
  if (names === SHN_XINDEX) names = first.link;
  if (count > MOST_HEADERS) return [];
  const table = new View(file.read(offset, size * count), little);
  const headers = Array.from({ length: Math.floor(table.length / size) }, (_, i) =>
    sectionAt(table, i * size, wide),
  );
  const strings = headers[names];
  const texts = new View(
    strings ? file.read(strings.offset, Math.min(strings.size, MOST_READ)) : new Uint8Array(0),
    little,
  );
  return headers.map(({ nameAt, ...section }) => ({ ...section, name: texts.text(nameAt, 256) }));
}

function sectionAt(v: View, at: number, wide: boolean): Omit<Section, "name"> & { nameAt: number } {
  const word = (narrowAt: number, wideAt: number) => (wide ? v.u64(at + wideAt) : v.u32(at + narrowAt));
  return {
    nameAt: v.u32(at),
    type: v.u32(at + 4),
    flags: word(8, 8),
    address: word(12, 16),
    offset: word(16, 24),
    size: word(20, 32),
    link: v.u32(at + (wide ? 40 : 24)),
    info: v.u32(at + (wide ? 44 : 28)),
  };
}

function readSegments(file: Bytes, head: View, wide: boolean, little: boolean): Segment[] {
  const offset = wide ? head.u64(32) : head.u32(28);
  const size = head.u16(wide ? 54 : 42);
  const count = head.u16(wide ? 56 : 44);
  if (offset === 0 || size < (wide ? 56 : 32)) return [];
  const v = new View(file.read(offset, size * count), little);
  return Array.from({ length: Math.floor(v.length / size) }, (_, i) => {
    const at = i * size;
    return wide
      ? {
          type: v.u32(at),
          flags: v.u32(at + 4),
          offset: v.u64(at + 8),
          address: v.u64(at + 16),
          fileSize: v.u64(at + 32),
          memorySize: v.u64(at + 40),
        }
      : {
          type: v.u32(at),
          flags: v.u32(at + 24),
          offset: v.u32(at + 4),
          address: v.u32(at + 8),
          fileSize: v.u32(at + 16),
          memorySize: v.u32(at + 20),
        };
  });
}

export function sectionNamed(elf: Elf, name: string): Section | undefined {
  return elf.sections.find((section) => section.name === name);
}

/** The bytes of a section, at most 16 MiB; none for one that takes no room in the file. */
export function sectionBytes(file: Bytes, section: Section | undefined): Uint8Array {
  if (!section || section.type === SHT_NOBITS) return new Uint8Array(0);
  return file.read(section.offset, Math.min(section.size, MOST_READ));
}

/** Where in the file the byte of this address is, or -1. */
export function offsetOf(elf: Elf, address: number): number {
  for (const { type, address: from, fileSize, offset } of elf.segments) {
    if (type === PT_LOAD && address >= from && address < from + fileSize) return offset + address - from;
  }
  return -1;
}

/** `/lib64/ld-linux-x86-64.so.2`: the loader the kernel starts. Undefined for static programs. */
export function interpreter(file: Bytes, elf: Elf): string | undefined {
  const segment = elf.segments.find(({ type }) => type === PT_INTERP);
  if (!segment) return undefined;
  return new View(file.read(segment.offset, Math.min(segment.fileSize, 4096)), elf.little).text(0);
}

export interface Note {
  readonly owner: string;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Notes of the sections, or of the segments where there are no sections. */
export function notes(file: Bytes, elf: Elf): Note[] {
  const places: readonly { offset: number; size: number }[] =
    elf.sections.length > 0
      ? elf.sections.filter(({ type }) => type === SHT_NOTE)
      : elf.segments
          .filter(({ type }) => type === PT_NOTE)
          .map(({ offset, fileSize }) => ({ offset, size: fileSize }));
  return places.flatMap(({ offset, size }) =>
    notesIn(file.read(offset, Math.min(size, MOST_READ)), elf.little),
  );
}

function notesIn(bytes: Uint8Array, little: boolean): Note[] {
  const v = new View(bytes, little);
  const out: Note[] = [];
  for (let at = 0; at + 12 <= bytes.length && out.length < 1000; ) {
    const owner = v.u32(at);
    const size = v.u32(at + 4);
    const start = at + 12 + ((owner + 3) & ~3);
    if (owner > bytes.length || size > bytes.length) break;
    out.push({ owner: v.text(at + 12, owner), type: v.u32(at + 8), data: bytes.slice(start, start + size) });
    at = start + ((size + 3) & ~3);
  }
  return out;
}

const NT_GNU_BUILD_ID = 3;
const NT_GO_BUILD_ID = 4;

/** The GNU build ID in hexadecimal, which debug files are found by. */
export function gnuBuildId(file: Bytes, elf: Elf): string | undefined {
  const note = notes(file, elf).find(({ owner, type }) => owner === "GNU" && type === NT_GNU_BUILD_ID);
  if (!note || note.data.length === 0) return undefined;
  return [...note.data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function goBuildId(file: Bytes, elf: Elf): string | undefined {
  const note = notes(file, elf).find(({ owner, type }) => owner === "Go" && type === NT_GO_BUILD_ID);
  return note && new TextDecoder().decode(note.data);
}

/** `.gnu_debuglink`: the name of the file with the symbols. */
export function debugLink(file: Bytes, elf: Elf): string | undefined {
  const bytes = sectionBytes(file, sectionNamed(elf, ".gnu_debuglink"));
  return bytes.length > 0 ? new View(bytes, elf.little).text(0) : undefined;
}
