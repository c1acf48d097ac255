/**
 * Whether a core and a binary belong together. Delve does not look: with a wrong binary it shows frames that never
 * were. Compared is what the core itself holds of its program: the first page with its headers and build IDs, which
 * the kernel dumps by default, the runtime's table of the module, and the build information in its data.
 */
import { type ByteSource, Fields, memorySource } from "../binary/byte-source.ts";
import {
  type BuildIds,
  buildIdsIn,
  type ElfFile,
  type ElfSegment,
  readElf,
  readMemory,
  SegmentType,
  sectionNamed,
} from "../binary/elf.ts";
import { findBuild, type GoBuild } from "../binary/go-build.ts";
import { peBuildId, readPe } from "../binary/pe.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { OpenBinary, OpenCore } from "./core-file.ts";
import { Auxv, type CoreInfo, type MappedFile } from "./core-notes.ts";
import type { GoBinary } from "./go-binary.ts";
import { type DelveWords, delveWords } from "./messages/index.ts";
import { DelveProblem } from "./problem.ts";

type Reasons = DelveWords["reasons"];

/** One thing compared; the words are in the table of messages. */
export type Reason = {
  [K in keyof Reasons]: { readonly code: K; readonly args: Parameters<Reasons[K]>; readonly speaks: Speaks };
}[keyof Reasons];

/** `same` and `different` decide; the others only lean. */
type Speaks = "same" | "different" | "for" | "against" | "neither";

export interface Match {
  readonly verdict: "same" | "different" | "unknown";
  /** The deciding ones first. */
  readonly reasons: readonly Reason[];
  /** What the core says of its program. */
  readonly program: CoreProgram;
}

/** What a core tells of the program that wrote it, without that program at hand. */
export interface CoreProgram {
  /** As the process saw it; may be of another machine, or deleted since. */
  readonly path?: string;
  /** Address of the first byte of the file. */
  readonly base?: bigint;
  /** Headers in its first page, where that was dumped. */
  readonly header?: ElfFile;
  readonly ids: BuildIds;
  readonly build?: GoBuild;
}

const AT_PAGE = 4096;
const SEARCHED = 1 << 20;

/** Reads off a core what its program was. Never throws. */
export function coreProgram(source: ByteSource, info: CoreInfo): CoreProgram {
  const mapped = programMapping(info);
  if (!mapped) return { ids: {}, ...(info.startedAs && { path: info.startedAs }) };
  const base = mapped.start - mapped.offset;
  const header = headerInMemory(source, info, base);
  const build = header && buildInMemory(source, info, header, base);
  return {
    path: mapped.path.replace(/ \(deleted\)$/, ""),
    base,
    ...(header && { header }),
    ids: header ? idsInMemory(source, info, header, base) : {},
    ...(build && { build }),
  };
}

/** The file whose mapping holds the program headers the kernel told the process of. */
function programMapping(info: CoreInfo): MappedFile | undefined {
  // The loader of Windows lists the program before its libraries.
  if (info.writer === "windows") return info.files[0];
  const phdr = info.auxv.get(Auxv.phdr);
  const entry = info.auxv.get(Auxv.entry);
  const holding = (address: bigint | undefined) =>
    address === undefined
      ? undefined
      : info.files.find(({ start, end }) => start <= address && address < end);
  return holding(phdr) ?? holding(entry);
}

/** The memory of the core as a file that begins at an address. */
function memoryAt(source: ByteSource, info: CoreInfo, base: bigint): ByteSource {
  return {
    size: Number.MAX_SAFE_INTEGER,
    read: (offset, length) =>
      readMemory(source, info.elf, base + BigInt(offset), length) ?? new Uint8Array(0),
  };
}

function headerInMemory(source: ByteSource, info: CoreInfo, base: bigint): ElfFile | undefined {
  try {
    const memory = memoryAt(source, info, base);
    return info.writer === "windows" ? readPe(memory) : readElf(memory);
  } catch {
    return undefined;
  }
}

/** How far the program was moved from the addresses in its headers: 0 for what is not position-independent. */
function biasOf(header: ElfFile, base: bigint): bigint {
  const first = header.segments.find((each) => each.type === SegmentType.load);
  return first ? base - (first.address - BigInt(first.offset)) : 0n;
}

function idsInMemory(source: ByteSource, info: CoreInfo, header: ElfFile, base: bigint): BuildIds {
  const bias = biasOf(header, base);
  if (header.format === "pe") {
    const go = peBuildId((address, size) => readMemory(source, info.elf, bias + address, size), header);
    return go === undefined ? {} : { go };
  }
  const part = (at: bigint, size: number): ByteSource =>
    memorySource(readMemory(source, info.elf, at, size) ?? new Uint8Array(0));
  const notes = header.segments.filter((each) => each.type === SegmentType.note && each.fileSize < AT_PAGE);
  const parts = notes.flatMap((note) => {
    const at = bias + note.address;
    // Go's own linker puts the GNU note right behind its own and outside of the segment.
    const rest = AT_PAGE - (note.offset + note.fileSize);
    const behind = rest > 16 ? [part(at + BigInt(note.fileSize), Math.min(rest, GNU_NOTE))] : [];
    return [part(at, note.fileSize), ...behind];
  });
  return buildIdsIn(parts, header.littleEndian);
}

/** Header, name and a SHA-1. */
const GNU_NOTE = 36;

function buildInMemory(
  source: ByteSource,
  info: CoreInfo,
  header: ElfFile,
  base: bigint,
): GoBuild | undefined {
  const bias = biasOf(header, base);
  const memory = (address: bigint, length: number) => readMemory(source, info.elf, address, length);
  const searched = (segment: ElfSegment) => Math.min(SEARCHED, segment.fileSize);
  for (const each of header.segments) {
    if (each.type !== SegmentType.load || (each.flags & 2) === 0) continue;
    const found = findBuild(memory, bias + each.address, searched(each), header);
    if (found?.build) return found.build;
  }
  return undefined;
}

/** Compares. Reads a few pages of both files, however large they are. */
export function matchCore(core: OpenCore, { path, source, binary }: OpenBinary): Match {
  const program = coreProgram(core.source, core.info);
  const reasons: Reason[] = [
    ...compareMachines(core.info, binary),
    ...compareModules(core.info, binary),
    ...compareIds(program.ids, binary.ids),
    ...compareHeaders(core, program, binary),
    ...compareLayout(core, program, source, binary),
    ...compareBuilds(program.build ?? buildByBinary(core, program, binary), binary.build),
  ];
  if (program.path !== undefined)
    reasons.push(reason(program.path === path ? "pathSame" : "pathOther", "neither", program.path));
  if (source.modified > core.source.modified) reasons.push(reason("newer", "neither"));
  const decided = reasons.filter(({ speaks }) => speaks === "different" || speaks === "same");
  if (decided.length === 0 && !reasons.some(({ speaks }) => speaks === "for" || speaks === "against"))
    reasons.unshift(reason("nothing", "neither"));
  return { verdict: verdictOf(reasons), reasons: reasons.sort(byWeight), program };
}

/** What contradicts outweighs what agrees. Two leanings against, such as another module, decide as well. */
function verdictOf(reasons: readonly Reason[]): Match["verdict"] {
  if (reasons.some(({ speaks }) => speaks === "different")) return "different";
  return reasons.some(({ speaks }) => speaks === "same") ? "same" : "unknown";
}

const ORDER: readonly Speaks[] = ["different", "same", "against", "for", "neither"];

function byWeight(a: Reason, b: Reason): number {
  return ORDER.indexOf(a.speaks) - ORDER.indexOf(b.speaks);
}

function reason<K extends keyof Reasons>(code: K, speaks: Speaks, ...args: Parameters<Reasons[K]>): Reason {
  return { code, speaks, args } as unknown as Reason;
}

function compareMachines({ elf, delve }: CoreInfo, binary: GoBinary): Reason[] {
  const found: Reason[] = [];
  const system = elf.format === "minidump" ? "windows" : (delve?.goos ?? "linux");
  if (system !== (binary.elf.format === "pe" ? "windows" : "linux"))
    found.push(reason("system", "different", system));
  if (elf.machine !== binary.elf.machine || elf.bits !== binary.elf.bits) {
    const name = (each: ElfFile) => each.arch ?? `machine ${each.machine}`;
    found.push(reason("architecture", "different", name(elf), name(binary.elf)));
  }
  if (binary.elf.type !== "executable" && binary.elf.type !== "shared")
    found.push(reason("notRunnable", "different", binary.elf.type));
  return found;
}

/** What Windows' list of modules tells of the program. Go's linker writes no time: two builds may agree in both. */
function compareModules({ files, writer }: CoreInfo, { elf: { windows } }: GoBinary): Reason[] {
  const [program] = files;
  if (writer !== "windows" || !program || !windows) return [];
  const size = Number(program.end - program.start);
  if (size !== windows.imageSize) return [reason("imageSizeOther", "different", size, windows.imageSize)];
  const time = program.timeStamp ?? 0;
  if (time !== windows.timeStamp) return [reason("timeStampOther", "different", time, windows.timeStamp)];
  return [reason("imageSizeSame", "for", size)];
}

function compareIds(core: BuildIds, binary: BuildIds): Reason[] {
  const found: Reason[] = [];
  if (core.gnu && binary.gnu) {
    if (core.gnu === binary.gnu) found.push(reason("gnuIdSame", "same", core.gnu));
    else found.push(reason("gnuIdOther", "different", core.gnu, binary.gnu));
  }
  if (core.go && binary.go) {
    if (core.go === binary.go) found.push(reason("goIdSame", "same", core.go));
    else found.push(reason("goIdOther", "different", core.go, binary.go));
  }
  return found;
}

/** The segments the loader used. Section headers are left out: strip removes them, and the program stays the same. */
function compareHeaders(core: OpenCore, { header, base }: CoreProgram, { elf }: GoBinary): Reason[] {
  const entry = core.info.delve?.entry ?? core.info.auxv.get(Auxv.entry);
  if (!header || base === undefined) {
    if (elf.format === "pe") return [];
    if (entry === undefined || elf.type !== "executable" || entry === elf.entry) return [];
    return [reason("entryOther", "different", `0x${entry.toString(16)}`, `0x${elf.entry.toString(16)}`)];
  }
  if (ownAddress(header, header.entry) !== ownAddress(elf, elf.entry))
    return [
      reason("entryOther", "different", `0x${header.entry.toString(16)}`, `0x${elf.entry.toString(16)}`),
    ];
  // strip(1) may move parts within the file; what the loader maps stays.
  const text = (each: ElfFile) =>
    each.segments
      .filter(({ type }) => type === SegmentType.load)
      .map(({ flags, address, memorySize }) => [flags, ownAddress(each, address), memorySize].join(" "))
      .join("\n");
  if (text(header) === text(elf)) return [reason("headerSame", "for")];
  return [reason("headerOther", "different")];
}

/** Windows writes into the headers where it loaded the program, so that only distances from there can be compared. */
function ownAddress({ windows }: ElfFile, address: bigint): bigint {
  return address - (windows?.imageBase ?? 0n);
}

/**
 * Words of runtime.moduledata that the linker writes and nobody changes: pcHeader to enoptrbss. Source: Go 1.18 to
 * 1.27 runtime/symtab.go. They hold where each section begins and ends, and how long each table of functions is.
 */
const MODULE_WORDS = 34;

function compareLayout(core: OpenCore, program: CoreProgram, source: ByteSource, binary: GoBinary): Reason[] {
  const { elf, pclntab } = binary;
  // Of a position-independent program the words are made at start.
  if (elf.format !== "elf" || elf.type !== "executable" || !pclntab || elf.bits !== 64) return [];
  const address = moduleAddress(source, elf, pclntab.address);
  if (address === undefined) return [];
  const length = MODULE_WORDS * 8;
  const inFile = readMemory(source, elf, address, length);
  const inCore = readMemory(core.source, core.info.elf, address, length);
  if (!inFile || !inCore) return [];
  const equal = Buffer.compare(inFile, inCore) === 0;
  // With build IDs at hand these have the last word: a twin has the same layout.
  const decides = program.ids.go === undefined && program.ids.gnu === undefined;
  if (equal) return [reason("layoutSame", decides ? "same" : "for")];
  return [reason("layoutOther", "different")];
}

/** The module's table begins with the address of the function table. */
function moduleAddress(source: ByteSource, elf: ElfFile, pclntab: bigint): bigint | undefined {
  const named = sectionNamed(elf, ".go.module");
  const holding = elf.segments.filter((each) => each.type === SegmentType.load && (each.flags & 2) !== 0);
  const ranges = named
    ? [{ address: named.address, size: 8 }]
    : holding.map((each) => ({ address: each.address, size: Math.min(each.fileSize, 64 * SEARCHED) }));
  for (const { address, size } of ranges) {
    const bytes = readMemory(source, elf, address, size);
    if (!bytes) continue;
    const fields = new Fields(bytes, 64, elf.littleEndian);
    for (let at = 0; at + 8 <= size; at += 8) if (fields.u64(at) === pclntab) return address + BigInt(at);
  }
  return undefined;
}

/** Where the core does not tell where the program's data are, the binary does. */
function buildByBinary(core: OpenCore, program: CoreProgram, { elf }: GoBinary): GoBuild | undefined {
  const section = sectionNamed(elf, ".go.buildinfo");
  if (!section || (elf.type !== "executable" && program.base === undefined)) return undefined;
  const bias = elf.type === "executable" ? 0n : biasOf(elf, program.base!);
  const memory = (address: bigint, length: number) => readMemory(core.source, core.info.elf, address, length);
  return findBuild(memory, bias + section.address, 32, elf)?.build;
}

function compareBuilds(core: GoBuild | undefined, binary: GoBuild | undefined): Reason[] {
  if (!core || !binary) return [];
  const found: Reason[] = [];
  if (core.goVersion !== binary.goVersion)
    found.push(reason("goVersionOther", "different", core.goVersion, binary.goVersion));
  if (core.path && binary.path && core.path !== binary.path)
    found.push(reason("moduleOther", "different", core.path, binary.path));
  const revision = "vcs.revision";
  const [a, b] = [core.settings[revision], binary.settings[revision]];
  if (a && b && a !== b) found.push(reason("revisionOther", "different", a, b));
  const names = new Set([...Object.keys(core.settings), ...Object.keys(binary.settings)]);
  const others = [...names].filter(
    (name) => name !== revision && core.settings[name] !== binary.settings[name],
  );
  // Equal words of two builds prove nothing, but a twin may differ by its flags.
  if (others.length > 0) found.push(reason("settingsOther", "against", others));
  else if (found.length === 0) found.push(reason("buildSame", "for", core.goVersion));
  return found;
}

/** The words of a reason. */
export function sayReason({ code, args }: Reason, language: Language): string {
  const words = delveWords(language).reasons[code] as (...args: readonly unknown[]) => string;
  return words(...(args as readonly unknown[]));
}

/** The sentence for core and binary that do not belong together, with the way out. */
export function mismatch(core: string, binary: string, { reasons, program }: Match): Mismatch {
  return new Mismatch(core, binary, reasons.find(({ speaks }) => speaks === "different")!, program);
}

/** A DelveProblem whose parts speak the language asked. */
export class Mismatch extends DelveProblem<"coreOfOtherBinary"> {
  constructor(
    private readonly core: string,
    private readonly binary: string,
    readonly why: Reason,
    private readonly program: CoreProgram,
  ) {
    super("coreOfOtherBinary", core, binary, sayReason(why, "en"), wayOut(program, "en"));
  }

  override say(language: Language): string {
    const args = [
      this.core,
      this.binary,
      sayReason(this.why, language),
      wayOut(this.program, language),
    ] as const;
    return delveWords(language).problems.coreOfOtherBinary(...args);
  }
}

function wayOut({ ids, build }: CoreProgram, language: Language): string {
  const { wayOut: words } = delveWords(language);
  const revision = build?.settings["vcs.revision"];
  if (build && revision) return words.build(build.goVersion.replace(/^go/, ""), revision);
  const id = ids.gnu ?? ids.go;
  return id ? words.find(id) : words.deployed();
}
