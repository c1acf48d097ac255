/** Vector's expressions under Rust's regular expressions, by way of ripgrep, which runs the same library. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { kinds } from "../../src/export/fleet/kinds.ts";
import type { RuleSet } from "../../src/export/fleet/rules.ts";
import type { Ask } from "../../src/export/fleet/tests.ts";
import { rust } from "../../src/export/fleet/vector.ts";
import { compileRe2 } from "../../src/faulttree/re2.ts";

export interface Compared {
  readonly expressions: number;
  readonly records: number;
  /** Expressions that Rust refuses, or that find something in other records than ours. */
  readonly differ: readonly string[];
}

/** Puts every expression of the rules to every record with both engines. Throws where ripgrep is missing. */
export function comparedInRust(set: RuleSet, records: readonly string[], folder: string): Compared {
  const logs = join(folder, "records");
  mkdirSync(logs, { recursive: true });
  for (const [i, text] of records.entries()) writeFileSync(join(logs, String(i)), text);
  const expressions = [
    ...new Set([...kinds.map(([, ask]) => ask), ...set.rules.map(({ ask }) => ask)].flatMap(expressionsOf)),
  ];
  const differ = expressions.filter((expression) => {
    const ours = records.flatMap((text, i) => (compileRe2(expression).test(text) ? [i] : []));
    return ours.join() !== foundBy(rust(expression), logs)?.join();
  });
  return { expressions: expressions.length, records: records.length, differ };
}

/** Indexes of the files in which Rust finds the expression; undefined where it refuses it. */
function foundBy(expression: string, folder: string): number[] | undefined {
  const args = [
    "--no-config",
    "--multiline",
    "--files-with-matches",
    "--text",
    "--regexp",
    expression,
    folder,
  ];
  const { status, stdout, error } = spawnSync("rg", args, { encoding: "utf8", timeout: 60_000 });
  if (error)
    throw new Error(
      "ripgrep is missing. Install it, such as Debian's package ripgrep, so that rg is in PATH.",
    );
  if (status === 2) return undefined;
  const names = stdout.split("\n").filter((name) => name !== "");
  return names.map((name) => Number(basename(name))).sort((a, b) => a - b);
}

function expressionsOf(ask: Ask): string[] {
  if ("find" in ask) return [ask.find];
  if ("all" in ask) return ask.all.flatMap(expressionsOf);
  if ("any" in ask) return ask.any.flatMap(expressionsOf);
  return "not" in ask ? expressionsOf(ask.not) : [];
}
