/** docs/recipes.md's table: every recipe and where it stopped, made from a run of all of them. Pure. */
import type { RecipeKind } from "../../recipe/model.ts";
import type { RecipeResult } from "./verify.ts";

export const TABLE_BEGINS = "<!-- recipes: made by verify, from here on -->";

export interface TableHead {
  /** Versions of Go, Delve and gdb, as they call themselves. */
  readonly versions: readonly string[];
  /** Every recipe of the catalogue, in its order: what is no longer there leaves the table. */
  readonly all: readonly { readonly id: string; readonly kind: RecipeKind }[];
}

/**
 * The page with the rows of these results made anew; what stands above the mark, and the rows of recipes that were not
 * run, stay. Throws when there is no mark.
 */
export function withTable(page: string, results: readonly RecipeResult[], head: TableHead): string {
  const at = page.indexOf(TABLE_BEGINS);
  if (at < 0) throw new Error(`the page holds no line ${TABLE_BEGINS}`);
  const rows = rowsOf(page.slice(at));
  for (const result of results) rows.set(`${result.id} ${result.kind}`, row(result));
  return `${page.slice(0, at)}${TABLE_BEGINS}\n\n${tableLines(rows, head).join("\n")}\n`;
}

const ROW = /^\| ([a-z0-9-]+) \| .+ \((live|core|gdb)(?:, \w+)?\) \|/;

/** The rows of a table that was made before, by `ID KIND`. */
function rowsOf(table: string): Map<string, string> {
  const rows = new Map<string, string>();
  let event = "";
  for (const line of table.split("\n")) {
    if (line.startsWith("## ")) event = line.slice(3);
    const match = ROW.exec(line);
    if (match) rows.set(`${event}/${match[1]} ${match[2]}`, line);
  }
  return rows;
}

function tableLines(rows: ReadonlyMap<string, string>, { versions, all }: TableHead): string[] {
  const listed = all.flatMap(({ id, kind }) => {
    const line = rows.get(`${id} ${kind}`);
    return line === undefined ? [] : [{ event: id.slice(0, id.lastIndexOf("/")), kind, line }];
  });
  const lines = [`Run with ${versions.join(", ")}.`, "", ...countLines(listed)];
  let current = "";
  for (const { event, line } of listed) {
    if (event !== current) {
      current = event;
      lines.push("", `## ${event}`, "", "| cause | recipe | build | stood at |", "|---|---|---|---|");
    }
    lines.push(line);
  }
  return lines;
}

function countLines(listed: readonly { readonly kind: RecipeKind; readonly line: string }[]): string[] {
  const kinds: readonly RecipeKind[] = ["live", "core", "gdb"];
  const rows = kinds.map((kind) => {
    const lines = listed.filter((each) => each.kind === kind).map((each) => each.line);
    const failed = lines.filter((line) => line.includes(FAILED)).length;
    const skipped = lines.filter((line) => line.includes(SKIPPED)).length;
    return `| ${kind} | ${lines.length - failed - skipped} | ${failed} | ${skipped} |`;
  });
  return ["| recipes | stop and show what they say | do not | not run here |", "|---|---|---|---|", ...rows];
}

const FAILED = "| **failed**: ";
const SKIPPED = "| not run: ";

function row({
  id,
  kind,
  title,
  debugBuild,
  how,
  status,
  reason,
  stoppedAt,
  problems,
}: RecipeResult): string {
  const cause = id.slice(id.lastIndexOf("/") + 1);
  const place =
    status === "passed"
      ? code(stoppedAt ?? "—")
      : status === "skipped"
        ? `not run: ${reason}`
        : `**failed**: ${problems[0]}`;
  const ways = how === "attach" ? `${kind}, attached` : kind === "gdb" ? `gdb, ${how}` : kind;
  return `| ${cause} | ${cell(title)} (${ways}) | ${debugBuild ? "debug" : "plain"} | ${cell(place)} |`;
}

const code = (text: string) => (text === "—" ? text : `\`${text.replaceAll("`", "'")}\``);
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
