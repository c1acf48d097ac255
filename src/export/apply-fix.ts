/**
 * Whether a scenario's fix can be applied to a source as it stands. A fix is written for the catalogue's own program;
 * it fits another source only where that holds the very lines it changes.
 */
import type { DiffLine, FileDiff } from "./example-diff.ts";

/** Lines of the source to replace, from 1. */
export interface SourceEdit {
  readonly first: number;
  readonly count: number;
  readonly lines: readonly string[];
}

/** The fix must touch the surroundings of the faulting line: the same lines elsewhere may be right. */
const NEAR = 30;
/** Fewer lines than these stand in any program by chance. */
const FEWEST_LINES = 2;

/**
 * The edits that apply a fix, in the order of the source. Undefined unless every hunk of exactly one file is found
 * once, and one of them near the line.
 */
export function fixEdits(
  source: string,
  line: number,
  diffs: readonly FileDiff[],
): readonly SourceEdit[] | undefined {
  const [file, ...others] = diffs;
  if (!file || others.length > 0) return undefined;
  const lines = source.split(/\r?\n/);
  const edits: SourceEdit[] = [];
  for (const { lines: hunk } of file.hunks) {
    const edit = hunkEdit(lines, hunk);
    if (!edit) return undefined;
    edits.push(edit);
  }
  edits.sort((a, b) => a.first - b.first);
  const apart = edits.every(
    (edit, index) => index === 0 || edits[index - 1]!.first + edits[index - 1]!.count <= edit.first,
  );
  const near = edits.some(({ first, count }) => line >= first - NEAR && line < first + count + NEAR);
  return edits.length > 0 && apart && near ? edits : undefined;
}

function hunkEdit(source: readonly string[], hunk: readonly DiffLine[]): SourceEdit | undefined {
  const old = hunk.filter(({ sign }) => sign !== "+").map(({ text }) => text);
  if (old.filter((text) => text.trim() !== "").length < FEWEST_LINES) return undefined;
  let found: { readonly at: number; readonly indent: string } | undefined;
  for (let at = 0; at + old.length <= source.length; at++) {
    const indent = indentAt(source, at, old);
    if (indent === undefined) continue;
    if (found) return undefined;
    found = { at, indent };
  }
  if (!found) return undefined;
  const { at, indent } = found;
  const lines = hunk
    .filter(({ sign }) => sign !== "-")
    .map(({ text }) => (text.trim() === "" ? "" : indent + text));
  return { first: at + 1, count: old.length, lines };
}

/** What stands before every line of `old` in the source at `at`; undefined where the lines differ. */
function indentAt(source: readonly string[], at: number, old: readonly string[]): string | undefined {
  let indent: string | undefined;
  for (const [index, text] of old.entries()) {
    const line = source[at + index]!;
    if (text.trim() === "") {
      if (line.trim() !== "") return undefined;
      continue;
    }
    if (!line.endsWith(text)) return undefined;
    const before = line.slice(0, line.length - text.length);
    if (!/^[\t ]*$/.test(before) || (indent !== undefined && before !== indent)) return undefined;
    indent = before;
  }
  return indent;
}
