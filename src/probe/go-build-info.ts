/**
 * Go's build information, as the linker leaves it in every program since Go 1.18.
 * Source: debug/buildinfo and cmd/link's buildinfo, Go 1.26.
 */
import { type Bytes, indexOfBytes } from "./bytes.ts";

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

/** `\xff Go buildinf:`, then pointer size and flags, padded to 32 bytes; text behind it. */
const MAGIC = Uint8Array.of(0xff, ...new TextEncoder().encode(" Go buildinf:"));
const HEADER = 32;
const ALIGN = 16;
const FLAG_INLINE = 2;
const SENTINEL = 16;
/** The blob stands near the start of its section; a mature module graph is tens of kilobytes of text. */
const SEARCHED = 64 << 20;
const LONGEST = 32 << 20;
const PIECE = 1 << 20;

export type BuildInfoResult = { readonly build: GoBuild } | { readonly older: true } | undefined;

/**
 * Looks for it in these bytes of the file: the section `.go.buildinfo`, or the first writable data.
 * `older` where the program was linked by Go 1.17 or before; undefined where there is none: no Go program.
 */
export function findBuildInfo(file: Bytes, offset: number, size: number): BuildInfoResult {
  const end = Math.min(offset + Math.min(size, SEARCHED), file.size);
  for (let from = offset; from < end; from += PIECE) {
    // Pieces overlap by a header, so that none is cut.
    const bytes = file.read(from, Math.min(PIECE + HEADER, end - from));
    for (let at = indexOfBytes(bytes, MAGIC); at >= 0; at = indexOfBytes(bytes, MAGIC, at + 1)) {
      // Aligned in memory; sections are aligned in the file alike.
      if ((from - offset + at) % ALIGN !== 0 || at + HEADER > bytes.length) continue;
      if ((bytes[at + 15]! & FLAG_INLINE) === 0) return { older: true };
      const build = readInline(file, from + at + HEADER);
      if (build) return { build };
    }
  }
  return undefined;
}

function readInline(file: Bytes, offset: number): GoBuild | undefined {
  const version = readString(file, offset);
  if (!version || version.bytes.length === 0) return undefined;
  const info = readString(file, version.end);
  const framed =
    info && info.bytes.length > 2 * SENTINEL ? info.bytes.subarray(SENTINEL, -SENTINEL) : undefined;
  const text = framed ? new TextDecoder().decode(framed) : "";
  return { goVersion: new TextDecoder().decode(version.bytes), ...parseModuleInfo(text) };
}

function readString(file: Bytes, offset: number): { bytes: Uint8Array; end: number } | undefined {
  const head = file.read(offset, 10);
  let length = 0;
  let used = 0;
  for (let shift = 1; used < head.length; shift *= 128) {
    const byte = head[used++]!;
    length += (byte & 0x7f) * shift;
    if (byte < 0x80) break;
  }
  if (used === 0 || length > LONGEST) return undefined;
  const bytes = file.read(offset + used, length);
  return bytes.length === length ? { bytes, end: offset + used + length } : undefined;
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
    return text;
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
