import type { Diagnosis } from "../faulttree/diagnosis.ts";
import type { Failure, ScenarioResult } from "./verify.ts";

/** Colours as the caller has them; each a function from text to text. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const HEAD_LINES = 24;

/** One line per scenario; below a failed one, what was expected, what came, and why it was judged so. */
export function resultLines(result: ScenarioResult, paint: Paint): string[] {
  const time = paint.faint(`${result.seconds.toFixed(1)} s`);
  const alone = result.alone ? paint.faint(", by itself") : "";
  if (result.status === "skipped") return [`${paint.faint("skip")}  ${result.id}  ${result.reason}`];
  if (result.status === "passed") {
    const tries = result.tries > 1 ? paint.faint(`, ${result.tries} tries`) : "";
    const end = `${paint.faint(result.ended ?? "")}  ${time}${tries}${alone}`;
    return [`${paint.good("pass")}  ${result.id}  ${end}`];
  }
  const head = `${paint.bad("FAIL")}  ${result.id}  ${time}${alone}`;
  return [head, ...result.failures.flatMap((failure) => failureLines(failure, paint))];
}

function failureLines(failure: Failure, paint: Paint): string[] {
  const lines = failure.problems.map((problem) => `      ${paint.bad(failure.part)}: ${problem}`);
  if (failure.diagnosed) lines.push(...rankingLines(failure.diagnosed.diagnosis));
  if (failure.output) lines.push(...outputLines(failure.output, paint));
  return lines;
}

function rankingLines(diagnosis: Diagnosis): string[] {
  const where = diagnosis.location ? ` at ${diagnosis.location.function}` : "";
  const lines = [`      diagnosed: ${diagnosis.event.id}${where}`];
  for (const [index, cause] of diagnosis.causes.slice(0, 5).entries()) {
    const evidence = cause.evidence.map(({ id, weight }) => `${weight > 0 ? "+" : ""}${weight} ${id}`);
    const unknown = cause.unknown.map(({ id, needs }) => `? ${id} (${needs})`);
    const why = [...evidence, ...unknown].join(", ");
    lines.push(`        ${index + 1}. ${cause.id}  ${cause.confidence.toFixed(2)}  ${why}`);
  }
  return lines;
}

/** Programs print what they like: control characters other than the tab never reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}

function outputLines(output: Buffer, paint: Paint): string[] {
  const text = output
    .subarray(0, 64 * 1024)
    .toString("utf8")
    .trimEnd();
  if (text === "") return [`      ${paint.faint("(it printed nothing)")}`];
  const all = text.split("\n");
  const shown = all
    .slice(0, HEAD_LINES)
    .map((line) => `      ${paint.faint("|")} ${printable(line.slice(0, 200))}`);
  const left = all.length - shown.length;
  return left > 0 ? [...shown, `      ${paint.faint(`| ... ${left} more lines`)}`] : shown;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function totals(results: readonly ScenarioResult[]): Totals {
  const count = (status: ScenarioResult["status"]) => results.filter((r) => r.status === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** The closing lines. The last one is read by scripts/test.mjs. */
export function summaryLines(results: readonly ScenarioResult[], seconds: number): string[] {
  const ended = new Map<string, number>();
  for (const { ended: kind } of results) if (kind) ended.set(kind, (ended.get(kind) ?? 0) + 1);
  const silent = ended.get("silent") ?? 0;
  ended.delete("silent");
  const texts = [...ended.values()].reduce((sum, n) => sum + n, 0);
  const kinds = [...ended]
    .sort()
    .map(([kind, n]) => `${n} ${kind}`)
    .join(", ");
  const { passed, failed, skipped } = totals(results);
  const each = results.length > 0 ? `, ${(seconds / results.length).toFixed(1)} s each` : "";
  const named = (title: string, of: readonly ScenarioResult[]) =>
    of.length > 0 ? [`${title}: ${of.map(({ id }) => id).join(", ")}`] : [];
  return [
    "",
    ...named(
      "Failed beside another scenario, passed by itself",
      results.filter(({ status, alone }) => alone && status === "passed"),
    ),
    ...named(
      "Failed",
      results.filter(({ status }) => status === "failed"),
    ),
    `${results.length} scenarios: ${texts} end in a crash text${kinds ? ` (${kinds})` : ""}, ${silent} silent.`,
    `Took ${seconds.toFixed(0)} s${each}.`,
    `Scenarios: ${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}
