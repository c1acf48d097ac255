/** docs/recipes.md's table: every recipe and where it stopped, made from a run of all of them. Pure. */
import type { RecipeKind } from "../../recipe/model.ts";
import type { RecipeResult } from "./verify.ts";

export const TABLE_BEGINS = "<!-- recipes: made by verify, from here on -->";

export interface TableHead {
  /** Versions of Go, Delve and gdb, as they call themselves. */
  readonly versions: readonly string[];
}

/** The page with its table made anew; what stands above the mark stays. Throws when there is no mark. */
export function withTable(page: string, results: readonly RecipeResult[], head: TableHead): string {
  const at = page.indexOf(TABLE_BEGINS);
  if (at < 0) throw new Error(`the page holds no line ${TABLE_BEGINS}`);
  return `${page.slice(0, at)}${TABLE_BEGINS}\n\n${tableLines(results, head).join("\n")}\n`;
}

function tableLines(results: readonly RecipeResult[], head: TableHead): string[] {
  const lines = [`Run with ${head.versions.join(", ")}.`, "", ...countLines(results)];
  let event = "";
  for (const result of results) {
    const own = result.id.split("/").slice(0, 2).join("/");
    if (own !== event) {
      event = own;
      lines.push("", `## ${event}`, "", "| cause | recipe | build | stood at |", "|---|---|---|---|");
    }
    lines.push(row(result));
  }
  return lines;
}

function countLines(results: readonly RecipeResult[]): string[] {
  const kinds: readonly RecipeKind[] = ["live", "core", "gdb"];
  const count = (kind: RecipeKind, status: RecipeResult["status"]) =>
    results.filter((result) => result.kind === kind && result.status === status).length;
  const rows = kinds.map(
    (kind) => `| ${kind} | ${count(kind, "passed")} | ${count(kind, "failed")} | ${count(kind, "skipped")} |`,
  );
  return ["| recipes | stop and show what they say | do not | not run here |", "|---|---|---|---|", ...rows];
}

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
