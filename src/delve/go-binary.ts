/**
 * What a Go binary tells of its build, and where its parts lie. Sources: debug/buildinfo and internal/buildinfo of
 * Go 1.18 to 1.27 (both forms of the blob), cmd/link/internal/ld.
 */
import type { ByteSource } from "./byte-source.ts";
import {
  cString,
  type ElfFile,
  type ElfSection,
  type ElfSegment,
  Fields,
  partOf,
  readElf,
  readMemory,
  readNotes,
  SegmentType,
  sectionSource,
} from "./elf.ts";
import { isPe, peBuildId, readPe } from "./pe.ts";

export interface GoBuild {
  /** `go1.26.8` */
  readonly goVersion: string;
  /** Import path of the main package. */
  readonly path?: string;
  readonly main?: GoModule;
  readonly deps: readonly GoModule[];
  /** `-ldflags`, `-trimpath`, `CGO_ENABLED`, `GOOS`, `vcs.revision`, ... as `go version -m` prints them. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface GoModule {
  readonly path: string;
  readonly version: string;
  readonly replaced?: boolean;
}

export interface BuildIds {
  readonly go?: string;
  /** Hexadecimal. */
  readonly gnu?: string;
}

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
  const has = (...names: readonly string[]) =>
    elf.sections.some((section) => names.includes(section.name) && section.size > 0);
  const build = readBuild(source, elf);
  const tables = elf.format === "pe" ? [".rdata"] : [".gopclntab", ".data.rel.ro.gopclntab"];
  const pclntab = elf.sections.find(({ name }) => tables.includes(name));
  return {
    elf,
    ids: readBuildIds(source, elf),
    ...(build && { build }),
    hasDwarf: has(".debug_info", ".zdebug_info"),
    hasSymbols: has(".symtab"),
    ...(pclntab && { pclntab }),
  };
}

const NT_GNU_BUILD_ID = 3;
const NT_GO_BUILD_ID = 4;

/** From the note segments, which is where both linkers put them; of a Windows program from the beginning of its code. */
export function readBuildIds(source: ByteSource, elf: ElfFile): BuildIds {
  if (elf.format === "pe") {
    const go = peBuildId((address, length) => readMemory(source, elf, address, length), elf);
    return go === undefined ? {} : { go };
  }
  const ids: { go?: string; gnu?: string } = {};
  for (const part of noteParts(source, elf)) {
    for (const { name, type, bytes } of readNotes(part, elf.littleEndian)) {
      if (name === "Go" && type === NT_GO_BUILD_ID) ids.go ??= cString(bytes);
      if (name === "GNU" && type === NT_GNU_BUILD_ID) ids.gnu ??= Buffer.from(bytes).toString("hex");
    }
  }
  return ids;
}

/** The GNU note's section is not always inside a note segment: Go's own linker leaves it out. */
function* noteParts(source: ByteSource, elf: ElfFile): Generator<ByteSource> {
  const SHT_NOTE = 7;
  for (const each of elf.segments)
    if (each.type === SegmentType.note && each.fileSize < 1 << 20)
      yield partOf(source, each.offset, each.fileSize);
  for (const each of elf.sections)
    if (each.type === SHT_NOTE && each.size < 1 << 20) yield sectionSource(source, each);
}

const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
const HEADER = 32;
const ALIGNMENT = 16;
/** The blob lies at the beginning of the data segment; debug/buildinfo looks no further either. */
const SEARCHED = 1 << 20;
const LONGEST_STRING = 8 << 20;

export function readBuild(source: ByteSource, elf: ElfFile): GoBuild | undefined {
  const section = elf.sections.find(({ name }) => name === ".go.buildinfo");
  const writable = elf.segments.find((each) => each.type === SegmentType.load && (each.flags & 3) === 2);
  for (const address of [section?.address, ...dataAddresses(elf, writable)]) {
    if (address === undefined) continue;
    const build = readBuildAt(
      (at, length) => readMemory(source, elf, at, length),
      address,
      section ? HEADER : SEARCHED,
      elf,
    );
    if (build) return build;
  }
  return undefined;
}

function dataAddresses(elf: ElfFile, first: ElfSegment | undefined): bigint[] {
  const writable = elf.segments.filter(
    (each) => each.type === SegmentType.load && (each.flags & 2) !== 0 && each !== first,
  );
  return [...(first ? [first] : []), ...writable].map((each) => each.address);
}

type Memory = (address: bigint, length: number) => Uint8Array | undefined;

/**
 * The build information that begins within `searched` bytes from an address: of a file's memory as it will be, or of
 * a core's as it was, which holds it too.
 */
export function readBuildAt(
  memory: Memory,
  from: bigint,
  searched: number,
  elf: Pick<ElfFile, "bits" | "littleEndian">,
): GoBuild | undefined {
  const blob = findBlob(memory, from, searched);
  if (!blob) return undefined;
  const { address, header } = blob;
  const flags = header[15]!;
  const strings = flags & 2 ? inlineStrings(memory, address) : pointedStrings(memory, header, elf);
  if (!strings || !/^(go\d|devel)/.test(strings.version)) return undefined;
  return parseBuild(strings.version, strings.module);
}

function findBlob(
  memory: Memory,
  from: bigint,
  searched: number,
): { address: bigint; header: Uint8Array } | undefined {
  const PIECE = 1 << 16;
  for (let done = 0; done < searched; done += PIECE) {
    const piece =
      memory(from + BigInt(done), Math.min(PIECE + HEADER, searched - done + HEADER)) ??
      memory(from + BigInt(done), HEADER);
    if (!piece) return undefined;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    for (let at = bytes.indexOf(MAGIC); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
      if (at % ALIGNMENT === 0 && at + HEADER <= bytes.length)
        return { address: from + BigInt(done + at), header: bytes.subarray(at, at + HEADER) };
    }
  }
  return undefined;
}

/** Since Go 1.18: two strings behind the header, each with its length as a varint. */
function inlineStrings(memory: Memory, address: bigint): { version: string; module: Uint8Array } | undefined {
  const version = countedString(memory, address + BigInt(HEADER));
  const module = version && countedString(memory, version.end);
  return version && module && { version: Buffer.from(version.bytes).toString("utf8"), module: module.bytes };
}

function countedString(memory: Memory, address: bigint): { bytes: Uint8Array; end: bigint } | undefined {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = memory(address + BigInt(index), 1)?.[0];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte & 0x80) continue;
    const start = address + BigInt(index + 1);
    const bytes =
      length > LONGEST_STRING ? undefined : length === 0 ? new Uint8Array(0) : memory(start, length);
    return bytes && { bytes, end: start + BigInt(length) };
  }
  return undefined;
}

/** Before Go 1.18: two pointers to Go strings. */
function pointedStrings(
  memory: Memory,
  header: Uint8Array,
  elf: Pick<ElfFile, "bits" | "littleEndian">,
): { version: string; module: Uint8Array } | undefined {
  const size = header[14]!;
  if (size !== elf.bits / 8) return undefined;
  const little = (header[15]! & 1) === 0;
  const fields = new Fields(header, elf.bits, little);
  const string = (pointer: bigint) => {
    const words = memory(pointer, 2 * size);
    if (!words) return undefined;
    const at = new Fields(words, elf.bits, little);
    const length = Number(at.word(size));
    return length > LONGEST_STRING
      ? undefined
      : length === 0
        ? new Uint8Array(0)
        : memory(at.word(0), length);
  };
  const version = string(fields.word(16));
  const module = string(fields.word(16 + size));
  return version && { version: Buffer.from(version).toString("utf8"), module: module ?? new Uint8Array(0) };
}

/** 16 bytes on both sides mark the text, so that it is found in any binary. */
const SENTINEL = 16;

function parseBuild(goVersion: string, module: Uint8Array): GoBuild {
  const marked = module.length >= 2 * SENTINEL + 1 && module[module.length - SENTINEL - 1] === 10;
  const text = marked
    ? Buffer.from(module.subarray(SENTINEL, module.length - SENTINEL)).toString("utf8")
    : "";
  const deps: GoModule[] = [];
  const settings: Record<string, string> = {};
  let path: string | undefined;
  let main: GoModule | undefined;
  for (const line of text.split("\n")) {
    const [kind, ...words] = line.split("\t");
    if (kind === "path") path = words[0];
    else if (kind === "mod") main = { path: words[0] ?? "", version: words[1] ?? "" };
    else if (kind === "dep") deps.push({ path: words[0] ?? "", version: words[1] ?? "" });
    else if (kind === "=>" && deps.length > 0)
      deps[deps.length - 1] = { ...deps[deps.length - 1]!, replaced: true };
    else if (kind === "build") addSetting(settings, words.join("\t"));
  }
  return { goVersion, ...(path && { path }), ...(main && { main }), deps, settings };
}

/** `key=value`, either of them quoted as Go quotes where it must be. */
function addSetting(settings: Record<string, string>, text: string): void {
  const match = /^("(?:[^"\\]|\\.)*"|[^="]+)=(.*)$/s.exec(text);
  if (match) settings[unquote(match[1]!)] = unquote(match[2]!);
}

function unquote(text: string): string {
  if (text.startsWith("`") && text.endsWith("`") && text.length > 1) return text.slice(1, -1);
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
