/** Markdown for an issue: readable at a glance, the long parts folded, and nothing in the text can break out. */
import { exampleDiff, unified } from "./example-diff.ts";
import {
  asPrinted,
  confidenceText,
  eventTitle,
  evidenceAgainst,
  evidenceFor,
  type Finding,
  frameName,
  furtherSteps,
  groupRows,
  headline,
  inputLines,
  nativeLines,
  needs,
  notes,
  openable,
  openQuestion,
  place,
  raisedLines,
  type Setting,
  separatingQuestion,
  shortName,
  splitCauses,
  surroundings,
  tellingFrames,
  undecided,
  whereText,
  words,
} from "./finding.ts";
import { inLanguage } from "./messages/index.ts";
import { percent } from "./percent.ts";
import type { Reporter, RunSummary } from "./reporter.ts";
import { maskText } from "./secrets.ts";
import { visible, visibleLine } from "./visible.ts";

const FRAMES_SHOWN = 60;

export function markdownReporter(setting: Setting): Reporter {
  let first = true;
  return {
    collapses: true,
    begin: () => [],
    async *finding(finding) {
      if (!first) yield "\n---\n\n";
      first = false;
      yield await findingMarkdown(finding, setting);
    },
    end: (run) => [endMarkdown(run, setting)],
  };
}

/** One finding as Markdown, ending in a line feed. */
export async function findingMarkdown(finding: Finding, setting: Setting): Promise<string> {
  const parts = [
    ...heading(finding, setting),
    ...location(finding, setting),
    ...(await cause(finding, setting)),
    ...others(finding, setting),
    ...steps(finding, setting),
    ...stack(finding, setting),
    ...groups(finding, setting),
    `<sub>${surroundingsText(finding, setting)}</sub>`,
  ];
  return maskText(`${parts.join("\n\n")}\n`);
}

function heading(finding: Finding, setting: Setting): string[] {
  const { crash } = finding.diagnosis;
  const out = [`## ${prose(headline(finding, setting))}`];
  const raised = raisedLines(crash);
  if (raised.length > 0) out.push(fence(raised.join("\n"), "text"));
  for (const note of notes(finding, setting)) out.push(`> ${prose(note)}`);
  const native = nativeLines(crash, setting.all);
  if (native.length > 0) out.push(`**${words(setting).native}**`, fence(native.join("\n"), "text"));
  return out;
}

function location(finding: Finding, setting: Setting): string[] {
  const m = words(setting);
  const found = finding.diagnosis.location;
  if (!found) return [`**${m.lookFirst}**${m.colon}${m.locationUnknown}`];
  const out = [
    `**${m.lookFirst}**${m.colon}${code(place(openable(found)))} ${m.inFunction(code(visibleLine(found.function)))}`,
  ];
  const printed = asPrinted(found);
  if (printed) out.push(m.printedAs(code(printed)));
  if (found.basis !== "user") out.push(`_${m.basis[found.basis]}_`);
  if (found.source) {
    const digits = String(found.source.first + found.source.lines.length).length;
    const lines = found.source.lines.map((text, index) => {
      const number = found.source!.first + index;
      const mark = number === found.line ? ">" : " ";
      return `${mark} ${String(number).padStart(digits)} | ${visible(text)}`.trimEnd();
    });
    out.push(fence(lines.join("\n"), "text"));
  }
  return out;
}

async function cause(finding: Finding, setting: Setting): Promise<string[]> {
  const m = words(setting);
  const { best } = splitCauses(finding, setting);
  if (!best) {
    const { proves } = finding.diagnosis.event;
    const said = `**${m.cause}**${m.colon}${proves ? m.ruledOut : m.unknownCauses}`;
    return proves ? [said, `**${m.proves}**${m.colon}${prose(visibleLine(proves))}`] : [said];
  }
  const out = [
    `### ${m.cause}${m.colon}${prose(visibleLine(best.title))}${m.bracket(confidenceText(best.confidence, setting))}`,
  ];
  if (undecided(finding)) out.push(`_${m.undecided}_`);
  const page = setting.catalog.page(best.id);
  if (page)
    out.push(prose(inLanguage(page.what, setting.language)), prose(inLanguage(page.why, setting.language)));
  const evidence = [
    ...evidenceFor(best).map((e) => `- ➕ ${prose(visibleLine(e.says))}`),
    ...evidenceAgainst(best).map((e) => `- ➖ ${prose(visibleLine(e.says))}`),
    ...needs(best, setting).map((need) => `- ❔ ${prose(need)}`),
  ];
  if (best.evidence.length === 0) evidence.unshift(`- ${m.noEvidence}`);
  if (evidence.length > 0) out.push(`**${m.evidence}**`, evidence.join("\n"));
  if (!page) return out;
  out.push(`**${m.fix}**${m.colon}${prose(inLanguage(page.fix.says, setting.language))}`);
  const diff = unified(await exampleDiff(page.files));
  if (diff !== "") out.push(details(m.fixExample.replace(/[:：]$/, ""), fence(visible(diff), "diff")));
  return out;
}

function others(finding: Finding, setting: Setting): string[] {
  const m = words(setting);
  const { best, runnersUp, hidden } = splitCauses(finding, setting);
  if (!best) return [];
  const out: string[] = [];
  if (runnersUp.length > 0) {
    const rows = runnersUp.map((other) => {
      const question = separatingQuestion(finding, other, setting);
      const share = m.percent(percent(other.confidence));
      return `- ${prose(visibleLine(other.title))}${m.bracket(share)}${question ? `${m.colon}${prose(question)}` : ""}`;
    });
    if (hidden > 0) rows.push(`- ${m.moreCauses(hidden)}`);
    out.push(`**${m.runnersUp}**`, rows.join("\n"));
  }
  const question = openQuestion(finding, setting);
  if (question) out.push(`**${m.question}**${m.colon}${prose(question)}`);
  return out;
}

function steps(finding: Finding, setting: Setting): string[] {
  const m = words(setting);
  const out: string[] = [];
  const best = finding.diagnosis.causes[0];
  const verify = best && setting.catalog.cause(best.id)?.verify;
  if (verify) {
    out.push(`**${m.verify}**${m.colon}${prose(inLanguage(verify.says, setting.language))}`);
    if (verify.command) out.push(fence(visible(verify.command.trimEnd()), "sh"));
  }
  const nextSteps = furtherSteps(finding, setting);
  if (nextSteps.length > 0) {
    out.push(`**${m.next}**`, nextSteps.map((step, i) => `${i + 1}. ${prose(visibleLine(step))}`).join("\n"));
  }
  return out;
}

function stack(finding: Finding, setting: Setting): string[] {
  const m = words(setting);
  const frames = tellingFrames(finding.diagnosis.crash);
  if (frames.length === 0) return [];
  const lines = frames.slice(0, FRAMES_SHOWN).map((frame) => {
    const at = frame.file === undefined ? "" : `\n    ${place(frame)}`;
    return frameName(frame) + at;
  });
  if (frames.length > FRAMES_SHOWN) lines.push(m.moreFrames(frames.length - FRAMES_SHOWN));
  return [details(m.stack, fence(lines.join("\n"), "text"))];
}

function groups(finding: Finding, setting: Setting): string[] {
  const m = words(setting);
  const { rows, hidden, background } = groupRows(finding, setting);
  if (rows.length === 0) return [];
  const all = finding.diagnosis.groups;
  const count = all.reduce((sum, group) => sum + group.count, 0);
  const lines = rows.map((row) => {
    const top = row.top ? `${shortName(row.top)}${row.top.file ? ` ${place(row.top)}` : ""}` : m.noFrames;
    return `- ${row.count} × ${code(row.states)} ${code(top)}${row.failing ? m.bracket(m.failing) : ""}`;
  });
  if (hidden > 0) lines.push(`- ${m.moreGroups(hidden)}`);
  if (background > 0) lines.push(`- ${m.background(background)}`);
  return [details(`${m.goroutines}${m.colon}${m.goroutineSummary(count, all.length)}`, lines.join("\n"))];
}

function surroundingsText(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { crash, event, causes } = finding.diagnosis;
  const facts = [inputLines(finding, setting), ...surroundings(crash, setting)].map(prose);
  const ids = [code(causes[0]?.id ?? event.id), `${m.fingerprint} ${code(crash.fingerprint)}`];
  return [...facts, ...ids, m.readBy(setting.version)].join(" · ");
}

function endMarkdown(run: RunSummary, setting: Setting): string {
  const m = words(setting);
  const crashes = run.inputs.reduce((sum, input) => sum + input.crashes, 0);
  if (crashes === 0) return `${m.nothingFound}\n`;
  if (run.repeats.length === 0) return "";
  const rows = run.repeats.map(
    ({ finding, times, last }) =>
      `- ${prose(eventTitle(finding, setting))}${m.colon}${prose(m.repeated(times, whereText(last, setting)))}`,
  );
  return `\n---\n\n${rows.join("\n")}\n`;
}

/** A fence longer than any run of backticks in the text, so that nothing in it can end the block. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** A code span that holds any text, backticks too. */
export function code(text: string): string {
  if (text === "") return "";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** Prose with `code` spans kept and everything else made inert: no HTML, links, emphasis, mentions or tables. */
export function prose(text: string): string {
  return visible(text)
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : inert(part)))
    .join("");
}

function inert(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~&]/g, (c) =>
      c === "<" ? "&lt;" : c === ">" ? "&gt;" : c === "&" ? "&amp;" : `\\${c}`,
    )
    .replace(/@(?=\w)/g, "@<!-- -->")
    .replace(/(#|GH-)(?=\d)/gi, "$1<!-- -->")
    .replace(/:(?=\/\/)/g, ":<!-- -->")
    .replace(/\bwww\./gi, "www<!-- -->.")
    .replace(/^(\s*)([-+#=]|\d+[.)])/gm, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`,
    );
}

function details(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
