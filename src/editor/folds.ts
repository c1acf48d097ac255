/** What can be folded in a crash text: the stack below each goroutine's header. Pure. */
import { readTrace } from "../trace/index.ts";

/** Lines from 0, both of them included. The first stays to be seen. */
export interface Fold {
  readonly first: number;
  readonly last: number;
}

/** Goroutines with a stack, in the order of the text. Never throws on any text. */
export function foldsOf(text: string): Fold[] {
  const bytes = new TextEncoder().encode(text);
  const ranges = readTrace(bytes)
    .flatMap(({ goroutines }) => goroutines.map(({ at }) => at))
    .sort((a, b) => a.start - b.start);
  const folds: Fold[] = [];
  let line = 0;
  let at = 0;
  const lineAt = (offset: number) => {
    for (; at < offset; at++) if (bytes[at] === 0x0a) line++;
    return line;
  };
  for (const { start, end } of ranges) {
    // A goroutine inside of another's range would fold what is folded already.
    if (start < at) continue;
    const first = lineAt(start);
    const last = lineAt(endOfText(bytes, start, end));
    if (last > first) folds.push({ first, last });
  }
  return folds;
}

/** Without the line ends and blanks that follow: the last line of a fold says something. */
function endOfText(bytes: Uint8Array, start: number, end: number): number {
  let to = Math.min(end, bytes.length);
  while (to > start && bytes[to - 1]! <= 0x20) to--;
  return to;
}
