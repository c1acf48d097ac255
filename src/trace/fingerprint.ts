/** One name for one fault: stable over addresses, ids, line shifts and Go versions. */
import { isUserFrame } from "./packages.ts";
import type { CrashReport, Frame } from "./report.ts";

/** Goroutines of a dump that are looked at. */
const SAMPLE = 1000;
/** User frames that count. Deeper ones differ between callers of the same faulty code. */
const DEPTH = 6;

/** 16 hexadecimal digits over the kind, the message without its numbers, and the user functions of the faulting stack. */
export function fingerprint(report: CrashReport): string {
  return hash64([report.kind, message(report), ...functions(report)].join("\n"));
}

function message(report: CrashReport): string {
  const panic = report.panics[0];
  // Values of one type were printed in four forms over the versions; the type is in all of them.
  if (panic?.type !== undefined) return panic.type;
  const text = panic?.value ?? report.fatal?.message ?? report.signal?.name;
  return normaliseMessage(text ?? report.exit?.signal ?? (report.header || report.exit?.text) ?? "");
}

function functions(report: CrashReport): string[] {
  if (report.kind === "goroutine-dump") return dumpFunctions(report);
  const frames = faultFrames(report).filter((frame) => !WRAPPER.test(frame.function));
  const user = frames.filter(isUserFrame);
  const telling = user.length > 0 ? user : frames.filter((frame) => frame.package !== "runtime");
  return telling.slice(0, DEPTH).map((frame) => normaliseSymbol(frame.function));
}

/** A dump is known by the user code its goroutines stand in, whatever their number. */
function dumpFunctions(report: CrashReport): string[] {
  const seen = new Set<string>();
  // Few functions stand in many goroutines: each is judged once.
  const known = new Map<string, string | undefined>();
  for (const goroutine of report.goroutines.slice(0, SAMPLE)) {
    for (const frame of goroutine.frames) {
      if (!known.has(frame.function)) {
        known.set(frame.function, isUserFrame(frame) ? normaliseSymbol(frame.function) : undefined);
      }
      const symbol = known.get(frame.function);
      if (symbol === undefined) continue;
      seen.add(symbol);
      break;
    }
    if (seen.size >= 64) break;
  }
  return [...seen].sort();
}

function faultFrames(report: CrashReport): readonly Frame[] {
  if (report.race) return report.race.accesses.flatMap((access) => access.frames.slice(0, 3));
  const faulting = report.goroutines.find((goroutine) => goroutine.faulting) ?? report.goroutines[0];
  return faulting?.frames ?? [];
}

/** Calls the compiler puts between two others; each version has its own. */
const WRAPPER = /-fm$|\.(?:gowrap|deferwrap)\d+$/;

/** First line, without numbers, addresses, quoted text and the details whose wording changed over Go versions. */
export function normaliseMessage(text: string): string {
  const line = text.split("\n", 1)[0]!.slice(0, 300);
  if (line === "nil" || line.startsWith("panic called with nil argument")) return "nil";
  return line
    .replace(/0x[0-9a-fA-F]+/g, "#")
    .replace(/"[^"]*"/g, '"')
    .replace(/ \[[^\]]*\].*$/, "")
    .replace(/[-+]?\d+(?:\.\d+)?(?:e[-+]\d+)?/g, "#")
    .replace(/argument of cgo function|cgo argument/, "cgo argument")
    .replace(/unpinned /, "")
    .trim();
}

/** Closure numbers, type arguments and wrapper suffixes differ between compilers: they do not count. */
export function normaliseSymbol(symbol: string): string {
  return symbol
    .replace(/\[[^\]]*\]/g, "")
    .replace(/(?:\.func\d+(?:\.\d+)*|\.gowrap\d+|\.deferwrap\d+|-fm|-range\d+|\.\d+)+/g, "")
    .replace(/\.([A-Za-z_]\w*)\.\1$/, ".$1");
}

/** FNV-1a over UTF-16 units, in two 32-bit halves with different offsets. */
function hash64(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (i & 0xff), 0x01000193);
  }
  return hex32(high) + hex32(low);
}

function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
