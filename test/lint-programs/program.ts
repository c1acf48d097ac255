/** A rule's bad program: how it says it fails, and what it becomes when its fixes are made. */
import { applyEdits, combine, type GoParser, lintPackage, PackageModel } from "../../src/golint/index.ts";

/** What the programs are written for: Go 1.24. */
export const MINOR = 24;

export type Fault =
  | { readonly kind: "run" | "386" | "asan" | "race" | "checkptr" | "vet"; readonly pattern: RegExp }
  | { readonly kind: "not shown"; readonly why: string };

/** The flags a kind is built with. */
export const BUILD_FLAGS: Readonly<Record<Fault["kind"], readonly string[]>> = {
  run: [],
  "386": [],
  vet: [],
  "not shown": [],
  asan: ["-asan"],
  race: ["-race"],
  checkptr: ["-gcflags=all=-d=checkptr"],
};

/** Reads the `// Fails: KIND: REGEXP` line; a sentence where there is none or it cannot be read. */
export function readFault(text: string): Fault | string {
  const said = /^\/\/ Fails: (.*)$/m.exec(text)?.[1];
  if (said === undefined) return "no line `// Fails: KIND: REGEXP`";
  const [, kind, rest] = /^(run|386|asan|race|checkptr|vet|not shown): (\S.*)$/.exec(said) ?? [];
  if (!kind || !rest)
    return `\`// Fails: ${said}\` is none of run:, 386:, asan:, race:, checkptr:, vet:, not shown:`;
  if (kind === "not shown") return { kind, why: rest };
  try {
    return { kind: kind as "run", pattern: new RegExp(rest, "m") };
  } catch (error) {
    return `\`${rest}\` is no regular expression: ${(error as Error).message}`;
  }
}

/** The program with its sure fixes made, round by round as `lint --fix` does; `all` when no finding is left. */
export function mend(parser: GoParser, name: string, text: string): { text: string; all: boolean } {
  let now = text;
  for (let round = 0; round < 5; round++) {
    const findings = lint(parser, name, now);
    const sure = findings.flatMap(({ fixes }) => fixes.filter(({ kind }) => kind === "fix").slice(0, 1));
    if (sure.length === 0) return { text: now, all: findings.length === 0 };
    const next = applyEdits(now, combine(sure).edits);
    if (next === undefined) break;
    now = next;
  }
  return { text: now, all: lint(parser, name, now).length === 0 };
}

function lint(parser: GoParser, name: string, text: string) {
  const pkg = new PackageModel(parser, [{ name, text }], { minor: MINOR });
  try {
    return lintPackage(pkg).findings;
  } finally {
    pkg.dispose();
  }
}
