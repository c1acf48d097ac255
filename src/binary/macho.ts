/** Mach-O headers, as far as a Go program needs. Source: mach-o/loader.h, mach-o/fat.h. */
import { type ByteSource, Fields, hex } from "./byte-source.ts";
import { type Executable, goOf } from "./executable.ts";
import { type FoundBuild, findBuildInFile } from "./go-build.ts";

const CPUS: Readonly<Record<number, string>> = { 7: "386", 16777223: "amd64", 12: "arm", 16777228: "arm64" };
const LC_SEGMENT = 1;
const LC_SYMTAB = 2;
const LC_SEGMENT_64 = 0x19;
const LC_UUID = 0x1b;
/** LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB. */
const LIBRARIES = new Set([0xc, 0x80000018, 0x8000001f]);
const MH_PIE = 0x200000;

/** Undefined where the file is none. A universal file is read at its first part. */
export function readMachO(file: ByteSource): Executable | undefined {
  const head = file.read(0, 4096);
  const magic = new Fields(head, 64, false).u32(0);
  if (magic === 0xcafebabe || magic === 0xcafebabf) return readFat(file, head, magic === 0xcafebabf);
  return readThin(file, 0);
}

function readFat(file: ByteSource, head: Uint8Array, wide: boolean): Executable | undefined {
  const v = new Fields(head, 64, false);
  const count = v.u32(4);
  // Java's class files begin with the same four bytes; their version reads as a large count.
  if (count === 0 || count > 20) return undefined;
  const size = wide ? 32 : 20;
  const arches = Array.from({ length: count }, (_, i) => CPUS[v.u32(8 + i * size)] ?? "?");
  const first = readThin(file, wide ? v.size(16) : v.u32(16));
  return first && { ...first, arches };
}

function readThin(file: ByteSource, base: number): Executable | undefined {
  const head = file.read(base, 32);
  const magic = new Fields(head, 64, true).u32(0);
  if (magic !== 0xfeedface && magic !== 0xfeedfacf) return undefined;
  const wide = magic === 0xfeedfacf;
  const v = new Fields(head, 64, true);
  const loaded = readCommands(file, base, wide, v.u32(16), v.u32(20));
  const { info } = loaded;
  return {
    format: "mach-o",
    arch: CPUS[v.u32(4)] ?? `cpu ${v.u32(4)}`,
    size: file.size,
    ...goOf(info),
    symbols: loaded.symbols > 0,
    dwarf: loaded.sections.has("__debug_info") || loaded.sections.has("__zdebug_info"),
    lineTable: loaded.sections.has("__gopclntab"),
    ...(loaded.uuid !== undefined && { buildId: loaded.uuid }),
    libraries: loaded.libraries,
    versions: [],
    pie: (v.u32(24) & MH_PIE) !== 0,
    packed: false,
  };
}

interface Loaded {
  readonly libraries: string[];
  readonly sections: Set<string>;
  symbols: number;
  uuid?: string;
  info: FoundBuild | undefined;
}

function readCommands(file: ByteSource, base: number, wide: boolean, count: number, size: number): Loaded {
  const start = base + (wide ? 32 : 28);
  const v = new Fields(file.read(start, Math.min(size, 1 << 20)), 64, true);
  const out: Loaded = { libraries: [], sections: new Set(), symbols: 0, info: undefined };
  for (let at = 0, left = count; left > 0 && at + 8 <= v.length; left--) {
    const command = v.u32(at);
    const length = v.u32(at + 4);
    if (length < 8) break;
    if (command === LC_SEGMENT || command === LC_SEGMENT_64) readSegment(file, base, v, at, command, out);
    else if (command === LC_SYMTAB) out.symbols = v.u32(at + 12);
    else if (command === LC_UUID) out.uuid = hex(file.read(start + at + 8, 16));
    else if (LIBRARIES.has(command)) out.libraries.push(v.text(at + v.u32(at + 8), length));
    at += length;
  }
  return out;
}

function readSegment(
  file: ByteSource,
  base: number,
  v: Fields,
  at: number,
  command: number,
  out: Loaded,
): void {
  const wide = command === LC_SEGMENT_64;
  const count = v.u32(at + (wide ? 64 : 48));
  const size = wide ? 80 : 68;
  for (let i = 0; i < Math.min(count, 1000); i++) {
    const s = at + (wide ? 72 : 56) + i * size;
    const name = v.text(s, 16);
    out.sections.add(name);
    const bytes = wide ? v.size(s + 40) : v.u32(s + 36);
    const offset = v.u32(s + (wide ? 48 : 40));
    if (name === "__go_buildinfo") out.info = findBuildInFile(file, base + offset, bytes);
  }
}
