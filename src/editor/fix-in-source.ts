/** The catalogue's fix put into a user's own file, where that file holds the very code it mends. */
import type { FixFile } from "../faulttree/catalog.ts";

/** Lines that differ in nothing but how far they are indented are the same. */
interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const CONTEXT = 2;
/** Fewer known lines prove nothing. */
const LEAST = 3;
/** Lines between the crash and the nearest change: the same code elsewhere in the file may be right. */
const NEAR = 30;

/**
 * The mended text; undefined unless every change of exactly one file of the fix, with the lines around it, stands in
 * `source` word for word and once, and one of them near `line`, which counts from 1.
 */
export async function applyFix(
  source: string,
  line: number,
  files: readonly FixFile[],
): Promise<string | undefined> {
  const changed = files.filter(({ before, after }) => before !== after);
  const [only] = changed;
  if (changed.length !== 1 || only?.before === undefined || only.after === undefined) return undefined;
  const { structuredPatch } = await import("diff");
  const patch = structuredPatch("", "", only.before, only.after, undefined, undefined, { context: CONTEXT });
  let lines: readonly string[] = source.split("\n");
  let near = false;
  for (const { lines: hunk } of patch.hunks) {
    const mended = replaced(lines, {
      before: hunk.filter((text) => /^[ -]/.test(text)).map((text) => text.slice(1)),
      after: hunk.filter((text) => /^[ +]/.test(text)).map((text) => text.slice(1)),
    });
    if (!mended) return undefined;
    near ||= line > mended.from - NEAR && line <= mended.to + NEAR;
    lines = mended.lines;
  }
  const text = lines.join("\n");
  return near && text !== source ? text : undefined;
}

interface Replaced {
  readonly lines: readonly string[];
  /** The lines that were replaced, as indexes: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

function replaced(lines: readonly string[], { before, after }: Hunk): Replaced | undefined {
  if (before.filter((line) => line.trim() !== "").length < LEAST) return undefined;
  const found: { at: number; indent: string }[] = [];
  for (let at = 0; at + before.length <= lines.length; at++) {
    const indent = commonIndent(lines, at, before);
    if (indent !== undefined) found.push({ at, indent });
  }
  const [place] = found;
  if (!place || found.length > 1) return undefined;
  const end = lines[place.at]!.endsWith("\r") ? "\r" : "";
  const put = after.map((line) => (line.trim() === "" ? end : place.indent + line.trimEnd() + end));
  const to = place.at + before.length;
  return { lines: [...lines.slice(0, place.at), ...put, ...lines.slice(to)], from: place.at, to };
}

/** What stands before each of these lines in the source; undefined when they do not stand there. */
function commonIndent(lines: readonly string[], at: number, wanted: readonly string[]): string | undefined {
  let indent: string | undefined;
  for (const [index, want] of wanted.entries()) {
    const line = lines[at + index]!.trimEnd();
    const plain = want.trimEnd();
    if (plain === "" && line === "") continue;
    if (!line.endsWith(plain)) return undefined;
    const before = line.slice(0, line.length - plain.length);
    if (!/^\t*$/.test(before) || before !== (indent ?? before)) return undefined;
    indent = before;
  }
  return indent;
}
