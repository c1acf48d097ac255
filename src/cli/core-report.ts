/** The report of a core in each format: the diagnosis as everywhere, and what only a core can tell. */

import type { CoreAnswer } from "../delve/diagnose-core.ts";
import { coreSections, type ReportOptions, type Section } from "../delve/inspect/sections.ts";
import { sayReason } from "../delve/match.ts";
import { type Setting, words } from "../export/finding.ts";
import { diagnosisJson, safeJson } from "../export/json.ts";
import { findingMarkdown } from "../export/markdown.ts";
import { visibleLine } from "../export/visible.ts";
import { labelWidth, renderDiagnosis } from "./terminal/diagnosis.ts";
import { width } from "./terminal/layout.ts";
import { type Canvas, PageBuilder } from "./terminal/page.ts";

const LABEL_MOST = 22;

export async function coreText(
  core: string,
  answer: CoreAnswer,
  setting: Setting,
  canvas: Canvas,
): Promise<string> {
  const sections = coreSections(answer.findings, optionsOf(answer, setting));
  // Below a diagnosis in its columns.
  const own = Math.max(...sections.map(({ label }) => width(label))) + 2;
  const labels = answer.diagnosis ? labelWidth(words(setting)) : Math.min(LABEL_MOST, own);
  const page = new PageBuilder(canvas, labels);
  for (const { label, lines } of sections) {
    const body = lines.flatMap(({ text, below }) =>
      below ? page.item(" ", visibleLine(text), (mark) => mark) : page.prose(visibleLine(text)),
    );
    page.section(label, body);
  }
  const { diagnosis } = answer;
  const above = diagnosis
    ? `${await renderDiagnosis({ diagnosis, input: core, whole: true }, setting, canvas)}\n`
    : "";
  return above + page.toString();
}

export async function coreMarkdown(core: string, answer: CoreAnswer, setting: Setting): Promise<string> {
  const { diagnosis } = answer;
  const above = diagnosis
    ? `${await findingMarkdown({ diagnosis, input: core, whole: true }, setting)}\n`
    : "";
  return above + coreSections(answer.findings, optionsOf(answer, setting)).map(sectionMarkdown).join("\n");
}

/** Values are hostile: they stand in a fence longer than any run of backticks in them. */
function sectionMarkdown({ label, lines }: Section): string {
  const body = lines.map(({ text, below }) => `${below ? "  " : ""}${visibleLine(text)}`).join("\n");
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `### ${label}\n\n${fence}text\n${body}\n${fence}\n`;
}

/** `diagnoses` as of `diagnose --format json`, and beside it all that was read. */
export function* coreJson(core: string, answer: CoreAnswer, setting: Setting): Generator<string> {
  const { diagnosis, findings, match, binary, twin } = answer;
  yield '{"diagnoses":[';
  if (diagnosis) {
    yield "\n";
    yield* diagnosisJson({ diagnosis, input: core, whole: true });
  }
  const reasons = match.reasons.map((each) => ({ ...each, says: sayReason(each, setting.language) }));
  const read = {
    path: visibleLine(core),
    binary,
    twin,
    match: { verdict: match.verdict, reasons },
    ...findings,
  };
  yield `\n],"core":${safeJson(read)},"tool":${safeJson({ name: "golm-faultcheck", version: setting.version })}}\n`;
}

function optionsOf(
  { match, twin, binary, diagnosis }: CoreAnswer,
  { language, all }: Setting,
): ReportOptions {
  const diagnosed = diagnosis && { diagnosed: diagnosis.crash.goroutineCount };
  return { language, all, match, ...diagnosed, ...(twin && { twin: binary }) };
}
