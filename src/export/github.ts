/** Workflow commands of GitHub Actions: one annotation for each crash, at the line to look at first. */

import {
  confidenceText,
  evidenceFor,
  type Finding,
  headerLine,
  headline,
  inputLines,
  notes,
  openable,
  place,
  type Setting,
  splitCauses,
  words,
} from "./finding.ts";
import { inLanguage } from "./messages/index.ts";
import { inRepository } from "./paths.ts";
import { percent } from "./percent.ts";
import type { Reporter } from "./reporter.ts";
import { maskText } from "./secrets.ts";
import { shorten, visible, visibleLine } from "./visible.ts";

/** GitHub cuts longer messages without a word. */
const LONGEST_MESSAGE = 4000;

export interface RepositoryOptions {
  /** Folder of the checkout: paths below it are written relative to it. */
  readonly root: string;
  /** The working directory, from which files found on this machine are named. */
  readonly folder?: string;
}

export function githubReporter(setting: Setting, options: RepositoryOptions): Reporter {
  return {
    collapses: true,
    begin: () => [],
    finding: (finding) => [`${annotation(finding, setting, options)}\n`],
    end: () => [],
  };
}

/** One `::error` command. Nothing in the crash text can end the line or begin another command. */
export function annotation(finding: Finding, setting: Setting, options: RepositoryOptions): string {
  const { location, crash } = finding.diagnosis;
  const level = crash.recovered || crash.kind === "goroutine-dump" ? "warning" : "error";
  const properties: string[] = [];
  const file = location && openable(location).file;
  const path = file && inRepository(file, location.source !== undefined, options);
  if (path && location?.basis !== "runtime") {
    properties.push(`file=${escapeProperty(path)}`);
    if (location?.line !== undefined) properties.push(`line=${location.line}`);
  }
  properties.push(`title=${escapeProperty(headline(finding, setting))}`);
  const message = shorten(messageText(finding, setting), LONGEST_MESSAGE);
  return maskText(`::${level} ${properties.join(",")}::${escapeData(message)}`);
}

function messageText(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { crash, location } = finding.diagnosis;
  const { best, runnersUp } = splitCauses(finding, setting);
  const lines: string[] = [];
  const header = headerLine(crash);
  if (header) lines.push(header);
  if (location)
    lines.push(
      `${m.lookFirst}${m.colon}${place(openable(location))} ${m.inFunction(visibleLine(location.function))}`,
    );
  if (best) {
    lines.push(
      `${m.cause}${m.colon}${visibleLine(best.title)}${m.bracket(confidenceText(best.confidence, setting))}`,
    );
    for (const e of evidenceFor(best)) lines.push(`+ ${visibleLine(e.says)}`);
    const page = setting.catalog.page(best.id);
    if (page) lines.push(`${m.fix}${m.colon}${inLanguage(page.fix.says, setting.language)}`);
    for (const other of runnersUp) {
      lines.push(
        `${m.runnersUp}${m.colon}${visibleLine(other.title)} ${m.percent(percent(other.confidence))}`,
      );
    }
    lines.push(m.explainHint(best.id));
  }
  lines.push(...notes(finding, setting), inputLines(finding, setting));
  return lines.map(visible).join("\n");
}

/** Escaping of a message, as actions/toolkit defines it. */
export function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Escaping of a property value, as actions/toolkit defines it. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
