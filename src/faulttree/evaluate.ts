/** Judges a condition on a report: true, false, or unknown and what it would need. */
import type { ByteRange, CrashReport, Panic } from "../trace/report.ts";
import type { Facts } from "./facts.ts";
import { compares, parseComparison, readNumber, relationHolds } from "./numbers.ts";
import type { Condition } from "./schema.ts";
import { frame, goroutineCount, goroutines } from "./stacks.ts";
import {
  captured,
  conjunction,
  disjunction,
  fails,
  found,
  holds,
  needs,
  negation,
  nothing,
  type Part,
  plain,
  run,
  runName,
  type Verdict,
} from "./verdict.ts";

/** Whether the condition holds for the report. Never throws on a report of any shape the reader makes. */
export function evaluate(condition: Condition, facts: Facts): Verdict {
  const verdicts: Verdict[] = [];
  for (const [field, judge] of planOf(condition)) {
    const verdict = judge(condition[field], facts);
    if (verdict.is === "false") return fails;
    if (verdict !== holds) verdicts.push(verdict);
  }
  return verdicts.length === 1 ? verdicts[0]! : conjunction(verdicts);
}

type Field = keyof Condition;

/** One judge per field. Cheap ones first: the first false ends the matter. */
const judges: { readonly [K in Field]-?: (wanted: Part<K>, facts: Facts) => Verdict } = {
  kind: (wanted, { report }) => plain(wanted.includes(report.kind)),
  recovered: (wanted, { report }) => plain(report.recovered === wanted),
  panic: (wanted, { report }) => message(wanted, panicTexts(report)),
  fatal: (wanted, { report }) => message(wanted, fatalTexts(report)),
  message: (wanted, { report }) =>
    message(wanted, [...panicTexts(report), ...fatalTexts(report), { text: report.header }]),
  panicType: (wanted, { report }) => panicType(wanted, report.panics),
  chain,
  signal,
  exit,
  runtimeLine: (wanted, { report }) => message(wanted, bare(report.runtimeLines)),
  native: (wanted, { report }) => message(wanted, report.nativeLines),
  race,
  test,
  serving: (wanted, { report }) => plain(!!report.serving && found(wanted, report.serving.server)),
  go: goVersion,
  build,
  frame,
  goroutineCount,
  goroutines,
  all: (wanted, facts) => conjunction(wanted.map((part) => evaluate(part, facts))),
  any: (wanted, facts) => disjunction(lazily(wanted, facts)),
  not: (wanted, facts) => negation(evaluate(wanted, facts)),
  text: (wanted, facts) => message(wanted, bare(facts.textLines)),
  source,
};

type Plan = readonly (readonly [Field, (wanted: unknown, facts: Facts) => Verdict])[];

const allJudges = Object.entries(judges) as unknown as Plan;
/** A condition has two or three fields; to ask it for each of thirty showed in the profile of a start. */
const placeOfJudge = new Map<string, number>(allJudges.map(([field], place) => [field, place]));
const plans = new WeakMap<Condition, Plan>();

/** The judges a condition needs, in the order of the table. */
function planOf(condition: Condition): Plan {
  let plan = plans.get(condition);
  if (!plan) {
    const places = Object.keys(condition).map((field) => placeOfJudge.get(field));
    plan = places
      .filter((place) => place !== undefined)
      .sort((a, b) => a - b)
      .map((place) => allJudges[place]!)
      .filter(([field]) => condition[field] !== undefined);
    plans.set(condition, plan);
  }
  return plan;
}

function* lazily(conditions: readonly Condition[], facts: Facts): Generator<Verdict> {
  for (const condition of conditions) yield evaluate(condition, facts);
}

interface Text {
  readonly text: string;
  readonly at?: ByteRange;
}

function panicTexts({ panics }: CrashReport): Text[] {
  return panics.map(({ value, at }) => ({ text: value, at }));
}

function fatalTexts({ fatal }: CrashReport): Text[] {
  return fatal ? [{ text: fatal.message, at: fatal.at }] : [];
}

function bare(lines: readonly string[]): Text[] {
  return lines.map((text) => ({ text }));
}

/** The first text that fits expression and relations. */
function message({ match: expression, where }: Part<"panic">, texts: readonly Text[]): Verdict {
  for (const { text, at } of texts) {
    const match = run(expression, text);
    if (!match) continue;
    const captures = captured(match);
    if (where && !where.every((relation) => relationHolds(relation, captures))) continue;
    return { is: "true", captures, ...(at && { at }) };
  }
  return fails;
}

function panicType(expression: string, panics: readonly Panic[]): Verdict {
  for (const { type, at } of panics) {
    const match = type === undefined ? null : run(expression, type);
    if (match) return { is: "true", captures: captured(match), at };
  }
  return fails;
}

function chain(wanted: Part<"chain">, { report: { panics } }: Facts): Verdict {
  if (wanted.length !== undefined) {
    const { operator, number } = parseComparison(wanted.length);
    if (!compares(BigInt(panics.length), operator, number)) return fails;
  }
  if (wanted.recovered !== undefined && wanted.recovered !== panics.some(({ recovered }) => recovered))
    return fails;
  const repanicked = panics.some((panic) => panic.repanicked);
  return plain(wanted.repanicked === undefined || wanted.repanicked === repanicked);
}

/** Equal as 64-bit numbers: `-6` is `18446744073709551610`. As texts where either is no number. */
function sameWord(left: string, right: string): boolean {
  const [a, b] = [readNumber(left), readNumber(right)];
  return a === undefined || b === undefined
    ? left === right
    : BigInt.asUintN(64, a) === BigInt.asUintN(64, b);
}

function signal(wanted: Part<"signal">, { report }: Facts): Verdict {
  const seen = report.signal;
  if (!seen) return fails;
  if (wanted.inCgo !== undefined && wanted.inCgo !== seen.inCgo) return fails;
  const parts: Verdict[] = [];
  if (wanted.name !== undefined) {
    const match = run(wanted.name, seen.name);
    if (!match) return fails;
    parts.push({ is: "true", captures: captured(match), at: seen.at });
  }
  const word = (value: string | undefined, test: (value: string) => boolean) =>
    parts.push(value === undefined ? needs("signal") : plain(test(value)));
  if (wanted.code !== undefined) word(seen.code, (code) => sameWord(code, wanted.code!));
  if (wanted.sigcode !== undefined) word(seen.sigcode, (code) => sameWord(code, wanted.sigcode!));
  if (wanted.addr !== undefined) {
    const { operator, number } = parseComparison(wanted.addr);
    word(seen.addr, (addr) => compares(readNumber(addr) ?? -1n, operator, number));
  }
  if (wanted.pcIsAddr !== undefined) {
    const both = seen.addr !== undefined && seen.pc !== undefined;
    word(both ? seen.addr : undefined, (addr) => sameWord(addr, seen.pc!) === wanted.pcIsAddr);
  }
  parts.push({ is: "true", captures: nothing, at: seen.at });
  return conjunction(parts);
}

function exit(wanted: Part<"exit">, { report: { exit: seen } }: Facts): Verdict {
  if (!seen) return needs("exit");
  if (wanted.status !== undefined && wanted.status !== seen.status) return fails;
  if (wanted.signal !== undefined && !(seen.signal && found(wanted.signal, seen.signal))) return fails;
  if (wanted.coreDumped !== undefined && wanted.coreDumped !== !!seen.coreDumped) return fails;
  if (wanted.oomKilled !== undefined && wanted.oomKilled !== !!seen.oomKilled) return fails;
  if (wanted.logged !== undefined && wanted.logged !== seen.logged) return fails;
  return { is: "true", captures: nothing, at: seen.at };
}

function race(wanted: Part<"race">, { report }: Facts): Verdict {
  const accesses = report.race?.accesses;
  if (!accesses) return fails;
  if (wanted.op !== undefined && !accesses.some(({ op }) => found(wanted.op!, op))) return fails;
  if (wanted.function === undefined) return holds;
  for (const { frames } of accesses) {
    for (const { function: name } of frames) {
      const match = runName(wanted.function, name);
      if (match) return { is: "true", captures: captured(match) };
    }
  }
  return fails;
}

function test(wanted: Part<"test">, { report }: Facts): Verdict {
  if (!report.test) return fails;
  if (wanted.name !== undefined && !(report.test.name && found(wanted.name, report.test.name))) return fails;
  const running = (report.test.running?.length ?? 0) > 0;
  return plain(wanted.running === undefined || wanted.running === running);
}

/** Major and minor of `1.24.3`, `go1.24rc1`, as one number. */
function version(text: string | undefined): number | undefined {
  const match = text === undefined ? null : /^(?:go)?(\d+)\.(\d+)/.exec(text);
  return match ? Number(match[1]) * 1000 + Number(match[2]) : undefined;
}

/** Whether the Go version is in a range such as `>=1.24` or `<1.22`; unknown where the text leaves it open. */
export function goVersion(range: string, { report, context }: Facts): Verdict {
  const exact = version(context.build?.goVersion) ?? version(report.goVersion?.exact);
  const min = exact ?? version(report.goVersion?.min);
  const max = exact ?? version(report.goVersion?.max);
  const bound = version(range.replace(/^\D+/, ""))!;
  const before = range.startsWith("<");
  if (min !== undefined && min >= bound) return plain(!before);
  if (max !== undefined && max < bound) return plain(before);
  return needs("version");
}

function build(wanted: Part<"build">, { context: { build: seen } }: Facts): Verdict {
  let unknown = false;
  for (const key of ["race", "stripped", "trimpath", "cgo"] as const) {
    if (wanted[key] === undefined) continue;
    if (seen?.[key] === undefined) unknown = true;
    else if (seen[key] !== wanted[key]) return fails;
  }
  return unknown ? needs("binary") : holds;
}

const ONE_LINE_FUNCTION = /^\s*func\b.{0,300}?\{\s(.*)\}\s*$/;

/** Of a function written in one line, what it does: its own name is no call, and its parameters are no values. */
function bodyOf(line: string): string {
  return ONE_LINE_FUNCTION.exec(line)?.[1]?.trim() ?? line;
}

/** Lines nearest to the location first, then all of them as one text, so that an expression may span lines. */
function source(wanted: Part<"source">, facts: Facts): Verdict {
  const text = facts.source;
  const line = facts.place?.frame?.line;
  if (!text || line === undefined || line < 1 || line > text.lines.length) return needs("source");
  const first = Math.max(1, line - wanted.around);
  const last = Math.min(text.lines.length, line + wanted.around);
  if (wanted.around === 0) return message(wanted, [{ text: bodyOf(text.lines[line - 1]!) }]);
  const near: { text: string }[] = [];
  for (let distance = 0; distance <= wanted.around; distance++) {
    if (line - distance >= first) near.push({ text: text.lines[line - distance - 1]! });
    if (distance > 0 && line + distance <= last) near.push({ text: text.lines[line + distance - 1]! });
  }
  if (near.length > 1) near.push({ text: text.lines.slice(first - 1, last).join("\n") });
  return message(wanted, near);
}
