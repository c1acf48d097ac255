/**
 * Reads and writes the recordings: one file for each release, packed plain text. A scenario is a line `== ID`, what it
 * printed follows with a tab before each line; `== ID: WHY` has no text.
 *
 * Gzip, so that `zcat` and `zdiff` show it anywhere, and a file for each release, so that recording one leaves the
 * others alone: 80 to 95 KB each for 300 scenarios. All texts of a scenario side by side in one file would save a quarter
 * of that: what is left after packing are addresses, which differ in every run.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** What one scenario did under one release: a text, or the reason why there is none. */
export type Cell = { readonly text: string } | { readonly why: string };

export interface Recording {
  /** The full version recorded with. */
  readonly version: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

const noNewline = "\\ no newline at the end";

function format(id: string, cell: Cell): string {
  if ("why" in cell) return `== ${id}: ${cell.why}\n`;
  if (cell.text === "") return `== ${id}\n`;
  const whole = cell.text.endsWith("\n");
  const lines = cell.text.slice(0, whole ? -1 : undefined).split("\n");
  return `== ${id}\n${lines.map((line) => `\t${line}\n`).join("")}${whole ? "" : `${noNewline}\n`}`;
}

export function formatRecording({ version, cells }: Recording): string {
  const sorted = [...cells].sort(([a], [b]) => (a < b ? -1 : 1));
  return `go ${version}\n${sorted.map(([id, cell]) => format(id, cell)).join("")}`;
}

function readCell(block: string): [string, Cell] {
  const [head = "", ...lines] = block.split("\n").slice(0, -1);
  const [, id, why] = /^([^:]+)(?:: (.*))?$/.exec(head) ?? [];
  if (id === undefined) throw new Error(`not a scenario of a recording: ${head}`);
  if (why !== undefined) return [id, { why }];
  const whole = lines.at(-1) !== noNewline;
  const text = lines.slice(0, whole ? undefined : -1).map((line) => line.slice(1));
  return [id, { text: text.join("\n") + (whole && text.length > 0 ? "\n" : "") }];
}

export function readRecording(plain: string): Recording {
  const [head = "", ...blocks] = plain.split(/^== /m);
  return { version: head.replace(/^go /, "").trim(), cells: new Map(blocks.map(readCell)) };
}

export const fileOf = (dir: string, release: string) => join(dir, `go${release}.txt.gz`);

/** The recording of a release; an empty one before the first. */
export function loadRelease(dir: string, release: string): Recording {
  const file = fileOf(dir, release);
  if (!existsSync(file)) return { version: "", cells: new Map() };
  return readRecording(gunzipSync(readFileSync(file)).toString("utf8"));
}

export function saveRelease(dir: string, release: string, recording: Recording): void {
  writeFileSync(fileOf(dir, release), gzipSync(formatRecording(recording), { level: 9 }));
}
