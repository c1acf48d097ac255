/** The crash text as the panel shows it, and where in it a range of bytes stands. */
import { visible } from "../export/visible.ts";
import type { ByteRange, CrashReport } from "../trace/report.ts";
import type { TextRange } from "./protocol.ts";

/** Bytes shown of each end of a longer text: enough for any panic, and a page stays quick. */
const HALF = 192 << 10;

/** The bytes a report was read from, with the native lines above it. Offsets count as the report's do. */
export function crashRange(crash: CrashReport): ByteRange {
  const starts = [crash.at.start, ...crash.nativeLines.map(({ at }) => at.start)];
  return { start: Math.min(...starts), end: crash.at.end };
}

export class RawText {
  readonly text: string;
  readonly cut: boolean;
  private readonly parts: readonly { readonly range: ByteRange; readonly at: number }[];

  /** `bytes` are those of the input from byte `start` on. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly start: number,
    cutMark: (left: number) => string,
  ) {
    const { length } = bytes;
    this.cut = length > 2 * HALF;
    if (!this.cut) {
      this.text = shown(bytes);
      this.parts = [{ range: { start: 0, end: length }, at: 0 }];
      return;
    }
    const head = lineEnd(bytes, HALF);
    const tail = lineEnd(bytes, length - HALF);
    const first = shown(bytes.subarray(0, head));
    const mark = `${cutMark(tail - head)}\n`;
    this.text = first + mark + shown(bytes.subarray(tail));
    this.parts = [
      { range: { start: 0, end: head }, at: 0 },
      { range: { start: tail, end: length }, at: first.length + mark.length },
    ];
  }

  /** Undefined for bytes that are not shown. */
  range(at: ByteRange | undefined): TextRange | undefined {
    if (!at) return undefined;
    const from = at.start - this.start;
    const to = at.end - this.start;
    const part = this.parts.find(({ range }) => from >= range.start && to <= range.end && from < to);
    if (!part) return undefined;
    const start = part.at + shown(this.bytes.subarray(part.range.start, from)).length;
    const text = shown(this.bytes.subarray(from, to)).replace(/\s+$/, "");
    return text === "" ? undefined : { start, end: start + text.length };
  }
}

/** Escapes are as long on the page as in the model, because both count in the text that is shown. */
function shown(bytes: Uint8Array): string {
  return visible(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** Index behind the first line feed at or after `from`, so that no line and no character is cut. */
function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(10, from);
  return at < 0 ? bytes.length : at + 1;
}
