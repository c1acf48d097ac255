/** What two recordings print differently, in normalised form; equal changes of many scenarios are told once. */
import { structuredPatch } from "diff";
import { normalised } from "./normal.ts";
import type { Cell, Recording } from "./store.ts";

export interface Change {
  /** Lines that follow each other, with `-` and `+`, and a line of context around them. */
  readonly lines: string;
  readonly ids: readonly string[];
}

export interface Comparison {
  readonly equal: number;
  readonly changed: number;
  /** The most frequent first. */
  readonly changes: readonly Change[];
  /** Scenarios that only one of the two holds. */
  readonly alone: readonly string[];
}

const summary = (cell: Cell) => ("text" in cell ? "(a text)" : `(${cell.why})`);

function changedParts(before: Cell, after: Cell): string[] {
  if ("why" in before || "why" in after) {
    const [old, now] = [summary(before), summary(after)];
    return old === now ? [] : [`-${old}\n+${now}`];
  }
  const { hunks } = structuredPatch("", "", normalised(before.text), normalised(after.text), "", "", {
    context: 1,
  });
  return [...new Set(hunks.map(({ lines }) => lines.join("\n")))];
}

export function compare(before: Recording, after: Recording): Comparison {
  const groups = new Map<string, string[]>();
  const alone: string[] = [];
  let [equal, changed] = [0, 0];
  for (const id of [...new Set([...before.cells.keys(), ...after.cells.keys()])].sort()) {
    const [old, now] = [before.cells.get(id), after.cells.get(id)];
    if (!old || !now) {
      alone.push(id);
      continue;
    }
    const parts = changedParts(old, now);
    if (parts.length === 0) equal++;
    else changed++;
    for (const lines of parts) groups.set(lines, [...(groups.get(lines) ?? []), id]);
  }
  const changes = [...groups].map(([lines, ids]) => ({ lines, ids }));
  changes.sort((a, b) => b.ids.length - a.ids.length || (a.ids[0]! < b.ids[0]! ? -1 : 1));
  return { equal, changed, changes, alone };
}

/** A comparison as text; `only` keeps the scenarios below these ids. */
export function renderComparison(
  { equal, changed, changes, alone }: Comparison,
  only: readonly string[] = [],
): string {
  const wanted = (id: string) =>
    only.length === 0 || only.some((each) => id === each || id.startsWith(`${each}/`));
  const parts = changes
    .filter(({ ids }) => ids.some(wanted))
    .map(({ lines, ids }) => `${ids.join("\n")}\n${lines}\n`);
  const lonely = alone.filter(wanted);
  if (lonely.length > 0) parts.push(`only in one of the two:\n${lonely.map((id) => `  ${id}\n`).join("")}`);
  return [
    ...parts,
    `${equal} equal, ${changed} changed in ${changes.length} ways, ${alone.length} alone\n`,
  ].join("\n");
}
