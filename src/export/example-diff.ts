/** The diff of a scenario's program before and after its fix. */
import type { FixFile } from "../faulttree/catalog.ts";

export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

export interface FileDiff {
  readonly path: string;
  readonly hunks: readonly { readonly lines: readonly DiffLine[] }[];
}

/** Lines of unchanged code around a change: enough to see the function, few enough to read at once. */
const CONTEXT = 2;

/** One diff per file that differs; files only one side has are shown whole. Empty when nothing differs. */
export async function exampleDiff(files: readonly FixFile[]): Promise<readonly FileDiff[]> {
  const { structuredPatch } = await import("diff");
  const diffs: FileDiff[] = [];
  for (const { path, before = "", after = "" } of files) {
    if (before === after) continue;
    const patch = structuredPatch(path, path, before, after, undefined, undefined, { context: CONTEXT });
    diffs.push({
      path,
      hunks: patch.hunks.map((hunk) => ({ lines: outdented(withoutEdges(hunk.lines.flatMap(diffLine))) })),
    });
  }
  return diffs;
}

/** Unchanged blank lines and lone braces at the edges belong to the code around, and say nothing. */
function withoutEdges(lines: DiffLine[]): DiffLine[] {
  const edge = (line: DiffLine | undefined, pattern: RegExp) => line?.sign === " " && pattern.test(line.text);
  let from = 0;
  let to = lines.length;
  while (from < to && edge(lines[from], /^\s*[})]*$/)) from++;
  while (to > from && edge(lines[to - 1], /^\s*$/)) to--;
  return lines.slice(from, to);
}

/** Without the indentation all lines have in common: a narrow screen needs the room. */
function outdented(lines: DiffLine[]): DiffLine[] {
  const indents = lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ text }) => /^\t*/.exec(text)![0].length);
  const common = Math.min(...indents);
  return lines.map(({ sign, text }) => ({ sign, text: text.slice(common) }));
}

function diffLine(line: string): DiffLine[] {
  const sign = line[0];
  if (sign === "+" || sign === "-" || sign === " ") return [{ sign, text: line.slice(1) }];
  return []; // "\ No newline at end of file" says nothing about the fault.
}

/** A unified diff as text, for Markdown and for `explain`. */
export function unified(diffs: readonly FileDiff[]): string {
  const out: string[] = [];
  for (const file of diffs) {
    if (diffs.length > 1) out.push(`--- ${file.path}`);
    for (const [index, hunk] of file.hunks.entries()) {
      if (index > 0) out.push("@@");
      for (const line of hunk.lines) out.push(line.sign + line.text);
    }
  }
  return out.join("\n");
}
