/** One name for one fault: stable over addresses, ids, line shifts and Go versions. */
import { isUserFrame } from "./packages.ts";
import type { CrashReport, Frame } from "./report.ts";

/** User frames that count. Deeper ones differ between callers of the same faulty code. */
const DEPTH = 6;

/** 16 hexadecimal digits over the kind, the message without its numbers, and the user functions of the faulting stack. */
export function fingerprint(report: CrashReport): string {
  const parts: string[] = [report.kind, normaliseMessage(message(report))];
  for (const frame of faultFrames(report).filter(isUserFrame).slice(0, DEPTH)) {
    parts.push(normaliseSymbol(frame.function));
  }
  if (parts.length === 2) {
    for (const frame of faultFrames(report).slice(0, DEPTH)) parts.push(normaliseSymbol(frame.function));
  }
  return hash64(parts.join("\n"));
}

function message(report: CrashReport): string {
  if (report.panics.length > 0) return report.panics[0]!.value;
  return report.fatal?.message ?? report.signal?.name ?? report.exit?.signal ?? report.exit?.text ?? "";
}

function faultFrames(report: CrashReport): readonly Frame[] {
  if (report.race) return report.race.accesses.flatMap((access) => access.frames.slice(0, 3));
  const faulting = report.goroutines.find((goroutine) => goroutine.faulting) ?? report.goroutines[0];
  return faulting?.frames ?? [];
}

/** First line, without numbers, addresses, quoted text and the bracketed details that grew over Go versions. */
export function normaliseMessage(text: string): string {
  const line = text.split("\n", 1)[0]!.slice(0, 300);
  return line
    .replace(/0x[0-9a-fA-F]+/g, "#")
    .replace(/"[^"]*"/g, '"')
    .replace(/ \[[^\]]*\].*$/, "")
    .replace(/\d+/g, "#")
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
