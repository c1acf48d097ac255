/**
 * Go's build information, as the linker leaves it in every program. Pure. Sources: debug/buildinfo and
 * internal/buildinfo of Go 1.18 to 1.27 (both forms of the blob), cmd/link/internal/ld.
 */
import { type ByteSource, Fields, indexOfBytes } from "./byte-source.ts";
import { type ElfFile, type ElfSegment, readMemory, SegmentType, sectionNamed } from "./elf.ts";

export interface GoModule {
  readonly path: string;
  readonly version: string;
  readonly replacedBy?: string;
}

export interface GoBuild {
  /** `go1.26.8`; experiments stand behind a space: `go1.26.8 X:goroutineleakprofile`. */
  readonly goVersion: string;
  /** Import path of package main; `command-line-arguments` for files given by name. */
  readonly path?: string;
  readonly main?: GoModule;
  readonly modules: readonly GoModule[];
  /** `-ldflags`, `CGO_ENABLED`, `GOAMD64`, `vcs.revision`, `DefaultGODEBUG`... as `go version -m` shows them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** `older`: linked by Go 1.13 to 1.17, which wrote pointers to text; nothing but the version is sure to be there. */
export interface FoundBuild {
  readonly build?: GoBuild;
  readonly older: boolean;
}

/** Bytes at an address, of a file as it will be mapped or of a core as it was; fewer, or undefined, where there are none. */
export type Memory = (address: bigint, length: number) => Uint8Array | undefined;

/** `\xff Go buildinf:`, then pointer size and flags, padded to 32 bytes; text behind it. */
const MAGIC = Uint8Array.of(0xff, ...new TextEncoder().encode(" Go buildinf:"));
const HEADER = 32;
const ALIGNMENT = 16;
const FLAG_BIG_ENDIAN = 1;
const FLAG_INLINE = 2;
/** 16 bytes on both sides mark the text, so that it is found in any binary. */
const SENTINEL = 16;
/** Without a section that names the place, it lies near the beginning of the data; debug/buildinfo looks no further either. */
const SEARCHED = 1 << 20;
/** A mature module graph is tens of kilobytes of text. */
const LONGEST = 32 << 20;
const PIECE = 1 << 16;

/** Of an ELF program; undefined where there is none: not built by Go, or not by one that tells (before 1.13). */
export function readBuild(source: ByteSource, elf: ElfFile): FoundBuild | undefined {
  const memory: Memory = (address, length) => readMemory(source, elf, address, length);
  const section = sectionNamed(elf, ".go.buildinfo");
  const searched = section ? HEADER : SEARCHED;
  for (const address of [...(section ? [section.address] : []), ...dataAddresses(elf)]) {
    const found = findBuild(memory, address, searched, elf);
    if (found) return found;
  }
  return undefined;
}

/** Data that is not code comes first. */
function dataAddresses({ segments }: ElfFile): bigint[] {
  const writable = segments.filter(({ type, flags }) => type === SegmentType.load && (flags & 2) !== 0);
  const isCode = ({ flags }: ElfSegment) => Number((flags & 1) !== 0);
  return writable.sort((a, b) => isCode(a) - isCode(b)).map(({ address }) => address);
}

/** Looks for it in a range of the file: formats that are not mapped here, whose sections name the place. */
export function findBuildInFile(source: ByteSource, offset: number, size: number): FoundBuild | undefined {
  const memory: Memory = (address, length) => source.read(offset + Number(address), length);
  return findBuild(memory, 0n, Math.min(size, 64 * SEARCHED));
}

/**
 * The build information that begins within `searched` bytes from an address. Without a `layout` the pointers of older
 * releases are not followed.
 */
export function findBuild(
  memory: Memory,
  from: bigint,
  searched: number,
  layout?: Pick<ElfFile, "bits">,
): FoundBuild | undefined {
  for (const { address, header } of blobs(memory, from, searched)) {
    const older = (header[15]! & FLAG_INLINE) === 0;
    const strings = older ? layout && pointedStrings(memory, header, layout) : inlineStrings(memory, address);
    if (!strings || !/^(go\d|devel)/.test(strings.version)) {
      if (older) return { older };
      continue;
    }
    return { older, build: { goVersion: strings.version, ...parseModuleInfo(textOf(strings.module)) } };
  }
  return undefined;
}

function* blobs(
  memory: Memory,
  from: bigint,
  searched: number,
): Generator<{ readonly address: bigint; readonly header: Uint8Array }> {
  for (let done = 0; done < searched; done += PIECE) {
    // Pieces overlap by a header, so that none is cut.
    const piece =
      memory(from + BigInt(done), Math.min(PIECE, searched - done) + HEADER) ??
      memory(from + BigInt(done), HEADER);
    if (!piece || piece.length === 0) return;
    for (let at = indexOfBytes(piece, MAGIC); at >= 0; at = indexOfBytes(piece, MAGIC, at + 1)) {
      if (at % ALIGNMENT === 0 && at + HEADER <= piece.length)
        yield { address: from + BigInt(done + at), header: piece.subarray(at, at + HEADER) };
    }
  }
}

interface Strings {
  readonly version: string;
  readonly module: Uint8Array;
}

/** Since Go 1.18: two strings behind the header, each with its length as a varint. */
function inlineStrings(memory: Memory, address: bigint): Strings | undefined {
  const version = countedString(memory, address + BigInt(HEADER));
  const module = version && countedString(memory, version.end);
  return version && { version: new TextDecoder().decode(version.bytes), module: module?.bytes ?? NOTHING };
}

function countedString(memory: Memory, address: bigint): { bytes: Uint8Array; end: bigint } | undefined {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = memory(address + BigInt(index), 1)?.[0];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte & 0x80) continue;
    const start = address + BigInt(index + 1);
    const bytes = wholly(memory, start, length);
    return bytes && { bytes, end: start + BigInt(length) };
  }
  return undefined;
}

/** Before Go 1.18: two pointers to Go strings. */
function pointedStrings(
  memory: Memory,
  header: Uint8Array,
  { bits }: Pick<ElfFile, "bits">,
): Strings | undefined {
  const size = header[14]!;
  if (size !== bits / 8) return undefined;
  const little = (header[15]! & FLAG_BIG_ENDIAN) === 0;
  const fields = new Fields(header, bits, little);
  const string = (pointer: bigint) => {
    const words = memory(pointer, 2 * size);
    const at = words && new Fields(words, bits, little);
    return at && wholly(memory, at.word(0), at.size(size));
  };
  const version = string(fields.word(16));
  const module = string(fields.word(16 + size));
  return version && { version: new TextDecoder().decode(version), module: module ?? NOTHING };
}

const NOTHING = new Uint8Array(0);

function wholly(memory: Memory, address: bigint, length: number): Uint8Array | undefined {
  if (length === 0) return NOTHING;
  const bytes = length > LONGEST ? undefined : memory(address, length);
  return bytes?.length === length ? bytes : undefined;
}

function textOf(module: Uint8Array): string {
  const marked = module.length >= 2 * SENTINEL + 1 && module[module.length - SENTINEL - 1] === 10;
  return marked ? new TextDecoder().decode(module.subarray(SENTINEL, -SENTINEL)) : "";
}

/** The lines of `runtime/debug.BuildInfo`. Lines it does not know are left out. */
export function parseModuleInfo(text: string): Omit<GoBuild, "goVersion"> {
  const settings: Record<string, string> = Object.create(null);
  const modules: GoModule[] = [];
  let path: string | undefined;
  let main: GoModule | undefined;
  let last: "main" | "dep" | undefined;
  for (const line of text.split("\n")) {
    const [kind, ...fields] = line.split("\t");
    if (kind === "path") path = fields[0];
    else if (kind === "build") addSetting(settings, fields.join("\t"));
    else if (kind === "mod" || kind === "dep") {
      last = kind === "mod" ? "main" : "dep";
      const module = { path: fields[0] ?? "", version: fields[1] ?? "" };
      if (kind === "mod") main = module;
      else modules.push(module);
    } else if (kind === "=>" && last) {
      const replacedBy = [fields[0], fields[1]].filter(Boolean).join(" ");
      if (last === "main" && main) main = { ...main, replacedBy };
      else if (modules.length > 0) modules.push({ ...modules.pop()!, replacedBy });
    }
  }
  return { ...(path !== undefined && { path }), ...(main && { main }), modules, settings };
}

/** Keys and values that hold special characters are quoted as Go strings. */
function addSetting(settings: Record<string, string>, text: string): void {
  const match = /^("(?:[^"\\]|\\.)*"|[^=]*)=([\s\S]*)$/.exec(text);
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

/** `[1, 26]` of `go1.26.8`, `go1.27rc1`, `devel go1.28-abc`; undefined where no number is found. */
export function goRelease(goVersion: string | undefined): readonly [number, number] | undefined {
  const match = /\bgo(\d+)\.(\d+)/.exec(goVersion ?? "");
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** True where the version is known and is this one or a later one. */
export function atLeast(goVersion: string | undefined, minor: number): boolean {
  const release = goRelease(goVersion);
  return release !== undefined && (release[0] > 1 || release[1] >= minor);
}

/** Experiments the toolchain was set to: `goroutineleakprofile`. */
export function experiments(build: GoBuild): string[] {
  const written = /\bX:(\S+)/.exec(build.goVersion)?.[1] ?? build.settings.GOEXPERIMENT ?? "";
  return written.split(",").filter((name) => name !== "");
}
