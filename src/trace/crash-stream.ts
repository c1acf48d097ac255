/**
 * Output as an editor hears it, piece by piece, into crashes with the text they were read from.
 *
 * A quiet program must cost next to nothing: text is encoded straight into the scanner's memory, and beside it only the
 * last bytes are kept, because the lines above a crash belong to it.
 */
import { RETAINED, TraceReader } from "./reader.ts";
import { RecentBytes } from "./recent-bytes.ts";
import type { CrashReport } from "./report.ts";

export interface FoundCrash {
  readonly report: CrashReport;
  /** The bytes of the input from byte `rawStart` on, at least those of the report unless it is very long. */
  readonly raw: Uint8Array;
  readonly rawStart: number;
}

/** Characters encoded at a time; three bytes each at most. */
const PIECE = 64 << 10;
/** Bytes of lines above a crash that are kept with it: native output stands there. */
const ABOVE = 2 << 10;

export class CrashStream {
  private reader: TraceReader | undefined;
  private recent: RecentBytes | undefined;
  private readonly encoder = new TextEncoder();
  private bytes = 0;
  private found = 0;

  /** `onCrash` is called as soon as a crash is whole. It must not push. */
  constructor(private readonly onCrash: (crash: FoundCrash) => void) {}

  /** Crashes found so far. */
  get crashes(): number {
    return this.found;
  }

  /** True while a report is being read: silence now means that it is whole. */
  get open(): boolean {
    return this.reader !== undefined && !this.reader.idle;
  }

  /** Takes text of any length. A surrogate pair must not be cut between two calls: its halves become U+FFFD. */
  push(text: string): void {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(text.length, from + PIECE);
      if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to--;
      const reader = this.ready();
      const space = reader.buffer(3 * (to - from));
      const piece = from === 0 && to === text.length ? text : text.slice(from, to);
      this.took(reader, space, this.encoder.encodeInto(piece, space).written);
      from = to;
    }
  }

  /** Takes bytes of any length. */
  pushBytes(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const reader = this.ready();
      const space = reader.buffer(1);
      const part = bytes.subarray(from, from + space.length);
      space.set(part);
      this.took(reader, space, part.length);
      from += part.length;
    }
  }

  /** No more text for now: what is open is whole. Offsets start anew. */
  flush(): void {
    const { reader } = this;
    if (!reader) return;
    this.reader = undefined;
    reader.end();
    this.recent?.clear();
    this.bytes = 0;
  }

  private ready(): TraceReader {
    this.reader ??= new TraceReader({ onReport: (report) => this.report(report) });
    this.recent ??= new RecentBytes(RETAINED);
    return this.reader;
  }

  /** Before the commit, because the report may be whole within it. */
  private took(reader: TraceReader, space: Uint8Array, length: number): void {
    this.recent!.append(space.subarray(0, length), !reader.idle);
    this.bytes += length;
    reader.commit(length);
  }

  private report(report: CrashReport): void {
    this.found++;
    const first = Math.min(report.at.start, ...report.nativeLines.map(({ at }) => at.start));
    this.onCrash({ report, ...this.recent!.slice(Math.max(0, first - ABOVE), report.at.end) });
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** All crashes of a whole input, with their text. Never throws on any bytes. */
export function crashesIn(bytes: Uint8Array): FoundCrash[] {
  const found: FoundCrash[] = [];
  const reader = new TraceReader({
    expectedBytes: bytes.length,
    onReport: (report) => found.push(withText(report, bytes)),
  });
  reader.push(bytes);
  reader.end();
  return found.sort((a, b) => a.report.at.start - b.report.at.start);
}

function withText(report: CrashReport, bytes: Uint8Array): FoundCrash {
  const first = Math.min(report.at.start, ...report.nativeLines.map(({ at }) => at.start));
  const rawStart = Math.max(0, first - ABOVE);
  return { report, raw: bytes.subarray(rawStart, report.at.end), rawStart };
}
