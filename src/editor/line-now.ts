/** Where the line of a crash stands after its file was edited: a mark belongs on the code that crashed, or nowhere. */

export interface Lines {
  readonly count: number;
  at(index: number): string;
}

export interface Edit {
  /** Lines that were replaced, from 0: the first and the last. */
  readonly from: number;
  readonly to: number;
  /** Column in the last of them up to which it was replaced. */
  readonly column: number;
  readonly text: string;
}

/** Shorter ones, such as a brace, stand everywhere. */
const TELLING = 4;

/**
 * The line that says `text` now: `line` itself, else the nearest of those that say the same. Blanks do not count, since
 * a formatter moves them. Undefined when no line says it. Where the text was never known, `line` is believed.
 */
export function lineNow(lines: Lines, line: number, text: string | undefined): number | undefined {
  const says = (index: number) => plain(lines.at(index)) === wanted;
  if (text === undefined) return line < lines.count ? line : undefined;
  const wanted = plain(text);
  if (line < lines.count && says(line)) return line;
  if (wanted.length < TELLING) return undefined;
  for (let away = 1; away <= Math.max(line, lines.count); away++)
    for (const index of [line - away, line + away])
      if (index >= 0 && index < lines.count && says(index)) return index;
  return undefined;
}

/** Where a line is after an edit above it. */
export function lineAfter(line: number, { from, to, column, text }: Edit): number {
  if (to > line || (to === line && column > 0)) return line;
  return Math.max(0, line + text.split("\n").length - 1 - (to - from));
}

function plain(text: string): string {
  return text.replace(/\s+/g, "");
}
