/** Looks through a part of a file for the next place where a crash may be. */
import { closeSync, openSync, readSync } from "node:fs";
import { RETAINED, Scanner } from "../../trace/index.ts";

export interface Range {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** What may be passed over: from the range's start up to `upTo`, with that many newlines in it. */
export interface Quiet {
  readonly upTo: number;
  readonly newlines: number;
}

const CHUNK = 256 << 10;

/**
 * The quiet bytes at the start of a range: no anchor of the trace engine stands in them, and what the engine reads
 * above the first anchor lies behind them. An anchor that straddles the start counts as inside.
 */
export function scanRange({ path, from, to }: Range): Quiet {
  const overlap = Scanner.LONGEST - 1;
  const scanner = new Scanner(overlap + CHUNK);
  const marks: Quiet[] = [{ upTo: from, newlines: 0 }];
  const descriptor = openSync(path, "r");
  try {
    let at = from;
    let carried = Math.min(overlap, from);
    readSync(descriptor, scanner.bytes, 0, carried, from - carried);
    while (at < to) {
      const length = readSync(descriptor, scanner.bytes, carried, Math.min(CHUNK, to - at), at);
      if (length === 0) break;
      const end = carried + length;
      const anchor = scanner.find(0, end);
      if (anchor >= 0) return lastBefore(marks, at - carried + anchor - RETAINED);
      const newlines = marks[marks.length - 1]!.newlines + scanner.countNewlines(carried, end);
      at += length;
      marks.push({ upTo: at, newlines });
      scanner.bytes.copyWithin(0, end - Math.min(overlap, end), end);
      carried = Math.min(overlap, end);
    }
    return marks[marks.length - 1]!;
  } finally {
    closeSync(descriptor);
  }
}

function lastBefore(marks: readonly Quiet[], limit: number): Quiet {
  return marks.findLast((mark) => mark.upTo <= limit) ?? marks[0]!;
}
