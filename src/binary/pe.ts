/** PE headers, as far as a Go program needs. Source: Microsoft's PE Format. */
import { type ByteSource, Fields } from "./byte-source.ts";
import { type Executable, goOf } from "./executable.ts";
import { findBuildInFile } from "./go-build.ts";

const MACHINES: Readonly<Record<number, string>> = { 332: "386", 34404: "amd64", 448: "arm", 43620: "arm64" };
const PE32_PLUS = 0x20b;
const DYNAMIC_BASE = 0x40;
const WRITABLE_DATA = 0x80000040;

interface PeSection {
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly flags: number;
}

/** Undefined where the file is none. */
export function readPe(file: ByteSource): Executable | undefined {
  const dos = new Fields(file.read(0, 64), 32, true);
  if (dos.u16(0) !== 0x5a4d) return undefined;
  const at = dos.u32(60);
  const head = new Fields(file.read(at, 512), 32, true);
  if (head.u32(0) !== 0x4550) return undefined;
  const optional = 24;
  const plus = head.u16(optional) === PE32_PLUS;
  const strings = stringTable(file, head.u32(12), head.u32(16));
  const sections = readSections(file, at + optional + head.u16(20), head.u16(6), strings);
  const data = sections.find(
    ({ flags, size }) => ((flags >>> 0) & WRITABLE_DATA) >>> 0 === WRITABLE_DATA && size > 0,
  );
  const info = data && findBuildInFile(file, data.offset, data.size);
  return {
    format: "pe",
    arch: MACHINES[head.u16(4)] ?? `machine ${head.u16(4)}`,
    size: file.size,
    ...goOf(info),
    symbols: head.u32(16) > 0,
    dwarf: sections.some(({ name }) => name === ".debug_info" || name === ".zdebug_info"),
    // The table stands inside .rdata; a Go program always has it.
    lineTable: info !== undefined,
    libraries: imports(file, sections, head.u32(optional + (plus ? 120 : 104))),
    versions: [],
    pie: (head.u16(optional + 70) & DYNAMIC_BASE) !== 0,
    packed: sections.some(({ name }) => name.startsWith("UPX")),
  };
}

/** Long section names are `/OFFSET` into the COFF string table, which follows the symbols. */
function stringTable(file: ByteSource, symbols: number, count: number): Fields {
  return new Fields(symbols === 0 ? new Uint8Array(0) : file.read(symbols + count * 18, 1 << 20), 32, true);
}

function readSections(file: ByteSource, at: number, count: number, strings: Fields): PeSection[] {
  const v = new Fields(file.read(at, Math.min(count, 1000) * 40), 32, true);
  return Array.from({ length: Math.floor(v.length / 40) }, (_, i) => {
    const s = i * 40;
    const short = v.text(s, 8);
    return {
      name: short.startsWith("/") ? strings.text(Number(short.slice(1)) || 0, 256) : short,
      address: v.u32(s + 12),
      size: v.u32(s + 16),
      offset: v.u32(s + 20),
      flags: v.u32(s + 36),
    };
  });
}

function imports(file: ByteSource, sections: readonly PeSection[], address: number): string[] {
  const place = (rva: number) => {
    const section = sections.find((s) => rva >= s.address && rva < s.address + s.size);
    return section ? section.offset + rva - section.address : -1;
  };
  const start = address === 0 ? -1 : place(address);
  const v = new Fields(start < 0 ? new Uint8Array(0) : file.read(start, 20 * 500), 32, true);
  const names: string[] = [];
  for (let at = 0; at + 20 <= v.length && v.u32(at + 12) !== 0; at += 20) {
    const name = place(v.u32(at + 12));
    if (name >= 0) names.push(new Fields(file.read(name, 256), 32, true).text(0));
  }
  return names;
}
