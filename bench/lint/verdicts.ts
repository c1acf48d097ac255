/** The sample of findings, the verdicts of readers on it, and the tables made of both. */
import { createHash } from "node:crypto";
import type { Severity } from "../../src/golint/index.ts";

/** Findings of one rule in one module that are read; where there are more, these many. */
const MOST = 10;

export interface Sampled {
  /** `path@version`. */
  readonly module: string;
  /** In the module, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
}

export const VERDICTS = ["right", "debatable", "wrong"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A finding with what a reader of its source says of it. */
export type Judged = Sampled & { readonly verdict: Verdict };

const keyOf = ({ module, file, line, rule }: Omit<Sampled, "severity">): string =>
  [module, file, line, rule].join("\t");

/**
 * At most `MOST` findings of a rule in a module: those whose key has the smallest hash, so that a finding that comes or
 * goes moves no more than one other. One finding is read for a line and a rule.
 */
export function sample<T extends Sampled>(found: readonly T[]): T[] {
  const groups = new Map<string, Map<string, T>>();
  for (const finding of found) {
    const name = `${finding.module}\t${finding.rule}`;
    const group = groups.get(name) ?? new Map<string, T>();
    groups.set(name, group);
    if (!group.has(keyOf(finding))) group.set(keyOf(finding), finding);
  }
  const hash = (key: string) => createHash("sha256").update(key).digest("hex");
  const taken = new Set<T>();
  for (const group of groups.values()) {
    const order = [...group].map(([key, finding]) => ({ rank: hash(key), finding }));
    order.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    for (const { finding } of order.slice(0, MOST)) taken.add(finding);
  }
  return found.filter((finding) => taken.has(finding));
}

/** Reads `module, file, line, rule, verdict, reason`, separated by tabs; `#` begins a line of comment. */
export function readVerdicts(text: string): Readers {
  const verdicts = new Map<string, Verdict>();
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [module, file, number, rule, said, reason, ...more] = line.split("\t");
    const verdict = VERDICTS.find((one) => one === said);
    if (!verdict || !reason || more.length > 0) throw new Error(`verdicts.tsv:${at + 1}: not a verdict`);
    const key = keyOf({ module: module!, file: file!, line: Number(number), rule: rule! });
    if (verdicts.has(key)) throw new Error(`verdicts.tsv:${at + 1}: a second verdict`);
    verdicts.set(key, verdict);
  }
  return new Readers(verdicts);
}

export class Readers {
  constructor(private readonly verdicts: ReadonlyMap<string, Verdict>) {}

  /** `stale`: keys of verdicts on what is not, or no longer, in the sample. */
  join<T extends Sampled>(sampled: readonly T[]): { judged: Judged[]; missing: T[]; stale: string[] } {
    const judged: Judged[] = [];
    const missing: T[] = [];
    const seen = new Set<string>();
    for (const finding of sampled) {
      const key = keyOf(finding);
      seen.add(key);
      const verdict = this.verdicts.get(key);
      if (verdict) judged.push({ ...finding, verdict });
      else missing.push(finding);
    }
    return { judged, missing, stale: [...this.verdicts.keys()].filter((key) => !seen.has(key)) };
  }
}

const count = (judged: readonly Judged[], verdict: Verdict): number =>
  judged.filter((one) => one.verdict === verdict).length;

function cells(all: number, judged: readonly Judged[]): string {
  const counts = VERDICTS.map((verdict) => count(judged, verdict));
  const right = judged.length === 0 ? "–" : `${((100 * counts[0]!) / judged.length).toFixed(0)} %`;
  return [all, judged.length, ...counts, right].join(" | ");
}

export function totals(found: readonly Sampled[], judged: readonly Judged[]): string {
  const [right, debatable, wrong] = VERDICTS.map((verdict) => count(judged, verdict)) as [
    number,
    number,
    number,
  ];
  const share = judged.length === 0 ? 0 : (100 * right) / judged.length;
  const errors = judged.filter(({ severity }) => severity === "error");
  return `${found.length} findings, ${judged.length} of them read: ${right} right (${share.toFixed(1)} %), ${debatable} debatable, ${wrong} wrong. At level error: ${errors.length} read, ${count(errors, "wrong")} wrong.`;
}

const HEAD = ["findings", "read", ...VERDICTS, "right of the read"].join(" | ");
const LINE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: |";

export function byRule(found: readonly Sampled[], judged: readonly Judged[]): string {
  const rules = [...new Set(found.map(({ rule }) => rule))];
  const of = (list: readonly Sampled[], rule: string) => list.filter((one) => one.rule === rule).length;
  rules.sort((a, b) => of(found, b) - of(found, a) || (a < b ? -1 : 1));
  const rows = rules.map((rule) => {
    const level = found.find((one) => one.rule === rule)!.severity;
    return `| ${rule} (${level}) | ${cells(
      of(found, rule),
      judged.filter((one) => one.rule === rule),
    )} |`;
  });
  return [`| rule | ${HEAD} |`, LINE, ...rows].join("\n");
}

export function byModule(
  modules: readonly string[],
  files: ReadonlyMap<string, number>,
  found: readonly Sampled[],
  judged: readonly Judged[],
): string {
  const rows = modules.map((module) => {
    const own = found.filter((one) => one.module === module);
    return `| ${module} | ${files.get(module)} | ${cells(
      own.length,
      judged.filter((one) => one.module === module),
    )} |`;
  });
  return [`| module | files | ${HEAD} |`, LINE.replace("| ---: |", "| ---: | ---: |"), ...rows].join("\n");
}
