/**
 * The streaming front of the engine. Takes bytes in any cutting and yields the same reports for all of them.
 *
 * It has two gaits. Idle, it lets the scanner run to the next anchor and keeps only a window behind it. Once an anchor
 * is found it steps back a few lines and reads line by line until no report is open.
 */
import { Demux } from "./demux.ts";
import { Scanner } from "./lexer/scanner.ts";
import type { CrashReport } from "./report.ts";

export interface TraceReaderOptions {
  /** Called as soon as a crash is whole, in the order of their ends. The reader then keeps no report itself. */
  readonly onReport?: (report: CrashReport) => void;
  /** Bytes that will come at most: a small input then needs no large buffer. */
  readonly expectedBytes?: number;
}

/** Bytes and lines above an anchor that are read as lines: native output and test names stand there. */
const CONTEXT_BYTES = 32 << 10;
const CONTEXT_LINES = 160;
/** How far back the start of the anchor's own line is looked for. */
const LINE_BACK = 64 << 10;
/** A longer line is read in pieces of this size. */
const LINE_MAX = 4 << 20;
/** Bytes behind which nothing is read any more once an anchor is found. */
export const RETAINED = LINE_BACK + CONTEXT_BYTES;
/**
 * Bytes taken at a time. Together with what is retained they fit a core's second-level cache, so that what the system
 * just copied there is scanned there.
 */
const CHUNK = 256 << 10;
/** Text decoded at a time in line mode: small at first, because most anchors are false. */
const BLOCK_MIN = 4 << 10;
const BLOCK_MAX = 256 << 10;
const NEWLINE = 10;
const RETURN = 13;

export class TraceReader {
  private readonly scanner: Scanner;
  private readonly demux: Demux;
  private readonly reports: CrashReport[] = [];
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** Absolute offset of buffer[0]. */
  private base = 0;
  /** Valid bytes in the buffer. */
  private filled = 0;
  /** Buffer index of the first byte not yet read as a line or dropped. */
  private at = 0;
  /** Buffer index up to which no anchor stands. */
  private scanned = 0;
  /** Buffer index up to which, from `at` on, no newline stands. */
  private noNewlineTo = 0;
  /** Buffer index of the anchor being read towards, or -1. */
  private anchor = -1;
  /** Number of the line that starts at `at`. */
  private line = 1;
  /** Absolute offset behind the last line read, while `at` may have moved on. */
  private readUpTo = 0;
  private block = BLOCK_MIN;
  private ended = false;
  private final = false;

  constructor(options: TraceReaderOptions = {}) {
    const capacity = RETAINED + LINE_MAX + (2 << 20);
    const { expectedBytes = Number.POSITIVE_INFINITY } = options;
    this.scanner = Scanner.take(Math.min(capacity, expectedBytes + 1));
    this.demux = new Demux((found) => {
      const report = expectedBytes < SMALL_INPUT ? found : detach(found);
      // Who takes reports one by one reads logs without end: to keep them too would fill memory.
      if (options.onReport) options.onReport(report);
      else this.reports.push(report);
    });
  }

  /** Takes the next bytes, any number of them. */
  push(chunk: Uint8Array): void {
    if (this.ended) throw new Error("TraceReader.push after end");
    for (let from = 0; from < chunk.length; ) {
      const space = this.buffer(1);
      const part = chunk.subarray(from, from + Math.min(space.length, chunk.length - from));
      space.set(part);
      from += part.length;
      this.commit(part.length);
    }
  }

  /**
   * Free space to read the next bytes into, so that a file needs no copy: at least `minimum` bytes. Valid until
   * `commit`.
   */
  buffer(minimum = 1): Uint8Array {
    if (this.scanner.bytes.length - this.filled < minimum) this.compact();
    const end = Math.min(this.scanner.bytes.length, this.filled + Math.max(CHUNK, minimum));
    return this.scanner.bytes.subarray(this.filled, end);
  }

  /** Tells that `length` bytes stand in the space `buffer` gave. */
  commit(length: number): void {
    this.filled += length;
    this.advance(false);
    if (this.filled >= (this.idle ? CHUNK + RETAINED : this.scanner.bytes.length)) this.compact();
  }

  /**
   * No more bytes: closes what is open and returns all reports in the order they stand in the input; none of those
   * that went to `onReport`.
   */
  end(): CrashReport[] {
    if (!this.ended) {
      this.ended = true;
      this.advance(true);
      this.demux.end();
      Scanner.giveBack(this.scanner);
      this.reports.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
    }
    return this.reports;
  }

  /** True when no report is open and none begins: bytes that hold no anchor would change nothing. */
  get idle(): boolean {
    return this.anchor < 0 && !this.demux.open;
  }

  /**
   * Passes over bytes in which, together with the last ones pushed, no anchor stands (as a Scanner tells), with the
   * number of newlines in them. Only while `idle`; the next bytes pushed must begin no closer than RETAINED bytes before
   * the next anchor.
   */
  skip(bytes: number, newlines: number): void {
    if (!this.idle) throw new Error("TraceReader.skip while a report is open");
    if (bytes === 0) return;
    this.skipTo(this.filled);
    this.line += newlines;
    this.base += this.filled + bytes;
    this.filled = 0;
    this.at = 0;
    this.scanned = 0;
    this.noNewlineTo = 0;
  }

  private advance(final: boolean): void {
    this.final = final;
    for (;;) {
      if (this.anchor < 0 && !this.demux.open && !this.findAnchor()) return;
      if (!this.readBlock(final)) return;
    }
  }

  // ---- idle

  /** Looks for the next anchor and goes to the lines above it. False when there is none in what is there. */
  private findAnchor(): boolean {
    const from = Math.max(this.scanned, this.at);
    const anchor = this.scanner.find(from, this.filled);
    if (anchor < 0) {
      // An anchor may be cut by the end of what is there.
      this.scanned = this.final ? this.filled : Math.max(from, this.filled - Scanner.LONGEST + 1);
      this.block = BLOCK_MIN;
      return false;
    }
    this.anchor = anchor;
    this.scanned = anchor;
    const start = this.contextStart(anchor);
    if (this.base + start > this.readUpTo) this.demux.forget();
    if (start > this.at) {
      this.skipTo(start);
      this.block = BLOCK_MIN;
    }
    return true;
  }

  /** Start of the lines to read before an anchor; depends on the bytes alone and not on how they came. */
  private contextStart(anchor: number): number {
    const { bytes } = this.scanner;
    const floor = Math.max(this.at, anchor - LINE_BACK);
    let start = anchor;
    while (start > floor && bytes[start - 1] !== NEWLINE) start--;
    const limit = Math.max(this.at, start - CONTEXT_BYTES);
    for (let lines = 0, at = start; lines < CONTEXT_LINES && at > limit; lines++) {
      at--;
      while (at > limit && bytes[at - 1] !== NEWLINE) at--;
      if (at > limit || at === this.at || bytes[at - 1] === NEWLINE) start = at;
    }
    return start;
  }

  private skipTo(to: number): void {
    this.line += this.scanner.countNewlines(this.at, to);
    this.at = to;
  }

  // ---- line by line

  /** Reads the next lines. False when more bytes are needed. */
  private readBlock(final: boolean): boolean {
    const want = Math.min(this.filled, this.at + this.block);
    let end = this.lastLineEnd(want);
    if (end < 0) {
      const next = this.nextNewline();
      const length = next < 0 ? this.filled - this.at : next + 1 - this.at;
      if (next < 0 && length < LINE_MAX && !final) return false;
      if (length === 0) {
        this.anchor = -1;
        return false;
      }
      end = this.at + Math.min(length, LINE_MAX);
    }
    this.block = Math.min(BLOCK_MAX, this.block * 2);
    this.readLines(end);
    return true;
  }

  private lastLineEnd(before: number): number {
    const from = Math.max(this.at, this.noNewlineTo);
    if (from >= before) return -1;
    const found = this.scanner.bytes.subarray(from, before).lastIndexOf(NEWLINE);
    return found < 0 ? -1 : from + found + 1;
  }

  /** Index of the first newline behind `at`, or -1. What was searched is not searched again when more has come. */
  private nextNewline(): number {
    const from = Math.max(this.at, this.noNewlineTo);
    const found = this.scanner.bytes.subarray(from, this.filled).indexOf(NEWLINE);
    if (found < 0) this.noNewlineTo = this.filled;
    return found < 0 ? -1 : from + found;
  }

  private readLines(end: number): void {
    const { bytes } = this.scanner;
    const start = this.at;
    const text = this.decoder.decode(bytes.subarray(start, end));
    if (text.length !== end - start) {
      this.readUnicodeLines(end);
      return;
    }
    const plain = this.demux.plain.assembler;
    const offset = this.base + start;
    for (let at = 0; at < text.length; ) {
      if (plain.inPlainDump && this.demux.plainOnly && text.charCodeAt(text.length - 1) === NEWLINE) {
        const fast = plain.readDump(text, at, text.length, offset, this.line);
        this.demux.passed(this.line, fast.line);
        at = fast.at;
        this.line = fast.line;
        this.at = start + at;
        this.readUpTo = this.base + this.at;
        if (this.at > this.anchor) this.anchor = -1;
        if (at >= text.length) return;
      }
      const newline = text.indexOf("\n", at);
      const next = newline < 0 ? text.length : newline + 1;
      this.oneLine(text, at, newline < 0 ? next : newline, offset + at, offset + next, newline >= 0);
      at = next;
      this.at = start + at;
      if (this.leaveAfterLine()) return;
    }
  }

  private readUnicodeLines(end: number): void {
    const { bytes } = this.scanner;
    while (this.at < end) {
      const found = bytes.subarray(this.at, end).indexOf(NEWLINE);
      const next = found < 0 ? end : this.at + found + 1;
      const text = this.decoder.decode(bytes.subarray(this.at, found < 0 ? next : next - 1));
      this.oneLine(text, 0, text.length, this.base + this.at, this.base + next, found >= 0);
      this.at = next;
      if (this.leaveAfterLine()) return;
    }
  }

  private oneLine(text: string, from: number, to: number, start: number, end: number, whole: boolean): void {
    let last = to;
    while (last > from && text.charCodeAt(last - 1) === RETURN) last--;
    this.demux.line(text.substring(from, last), start, end, this.line);
    if (whole) this.line++;
  }

  /** A line is read. True when the next one does not follow it, because the scanner took over. */
  private leaveAfterLine(): boolean {
    const { at } = this;
    this.readUpTo = this.base + at;
    if (at > this.anchor) this.anchor = -1;
    if (this.anchor >= 0 || this.demux.open) return false;
    return !this.findAnchor() || this.at !== at;
  }

  // ---- memory

  /** Drops what is read, and in a scan all but the window behind it; grows never. */
  private compact(): void {
    if (this.anchor < 0 && !this.demux.open) {
      const keep = Math.max(this.at, this.scanned - RETAINED);
      if (keep > this.at) this.skipTo(keep);
    }
    const drop = this.at;
    if (drop === 0) return;
    this.scanner.bytes.copyWithin(0, drop, this.filled);
    this.base += drop;
    this.filled -= drop;
    this.scanned = Math.max(0, this.scanned - drop);
    this.noNewlineTo = Math.max(0, this.noNewlineTo - drop);
    if (this.anchor >= 0) this.anchor -= drop;
    this.at = 0;
  }
}

/** An input that may stay in memory as long as its reports. */
const SMALL_INPUT = 1 << 20;
/** Goroutines of a report that is small against the block of text it was read from. */
const SMALL = 64;

/**
 * Strings cut from a block keep the whole block in memory. A small report is copied, so that a log of many crashes
 * does not stay in memory; a large one is most of its block anyway.
 */
function detach(report: CrashReport): CrashReport {
  return report.goroutines.length <= SMALL ? JSON.parse(JSON.stringify(report)) : report;
}

/** Reads a whole input. Never throws on any bytes; what is no Go crash text gives no report. */
export function readTrace(input: Uint8Array | string): CrashReport[] {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const reader = new TraceReader({ expectedBytes: bytes.length });
  reader.push(bytes);
  return reader.end();
}
