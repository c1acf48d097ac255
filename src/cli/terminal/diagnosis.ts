/** The diagnosis as a tired person reads it: what happened, where to look, why, what to do. */

import { exampleDiff, type FileDiff } from "../../export/example-diff.ts";
import {
  asPrinted,
  confidenceText,
  evidenceAgainst,
  evidenceFor,
  type Finding,
  frameName,
  furtherSteps,
  type GroupRow,
  groupRows,
  headline,
  inputLines,
  isOwnFrame,
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
  words,
} from "../../export/finding.ts";
import { inLanguage, type Messages } from "../../export/messages/index.ts";
import { percent } from "../../export/percent.ts";
import { visible, visibleLine } from "../../export/visible.ts";
import type { RankedCause } from "../../faulttree/diagnosis.ts";
import { tellingStack } from "../../faulttree/locate.ts";
import type { Frame } from "../../trace/report.ts";
import { padStart, truncate, width, wrap } from "./layout.ts";
import { type Canvas, commandLines, PageBuilder } from "./page.ts";
import type { Style } from "./style.ts";

const FRAMES_SHOWN = 6;
const MARKED_LINES_SHOWN = 4;
/** A diff longer than this is for `explain`, not for the moment of need. */
const DIFF_LINES_SHOWN = 24;
const TAB = "    ";

/** Renders one finding. Never throws on hostile text, and lets none of its control characters through. */
export async function renderDiagnosis(finding: Finding, setting: Setting, canvas: Canvas): Promise<string> {
  const m = words(setting);
  const page = new PageBuilder(canvas, labelWidth(m));
  heading(page, finding, setting);
  native(page, finding, setting);
  location(page, finding, setting);
  race(page, finding, setting);
  await causes(page, finding, setting);
  nextSteps(page, finding, setting);
  callStack(page, finding, setting);
  goroutines(page, finding, setting);
  return page.toString();
}

/** Columns of the labels, for what is printed below in the same column. */
export function labelWidth(m: Messages): number {
  const labels = [m.lookFirst, m.cause, m.what, m.why, m.evidence, m.runnersUp, m.fix, m.verify];
  labels.push(m.next, m.calledFrom, m.goroutines, m.native, m.race, m.proves, m.question);
  return Math.min(22, Math.max(...labels.map(width)) + 2);
}

function heading(page: PageBuilder, finding: Finding, setting: Setting): void {
  const { style } = page;
  const { crash } = finding.diagnosis;
  page.full(headline(finding, setting), style.title);
  for (const line of raisedLines(crash)) page.full(line, style.strong);
  const facts = [inputLines(finding, setting), ...surroundings(crash, setting)];
  page.full(facts.join(" · "), style.dim);
  for (const note of notes(finding, setting)) page.full(`! ${note}`, style.warn);
  page.blank();
}

/** Assertions and addresses are read, and searched for, as they were printed. */
function native(page: PageBuilder, finding: Finding, setting: Setting): void {
  const { crash } = finding.diagnosis;
  const lines = nativeLines(crash, setting.all);
  if (lines.length === 0) return;
  page.label(words(setting).native);
  page.wide(lines.flatMap((line) => wrap(line, page.wideRoom))).blank();
}

function location(page: PageBuilder, finding: Finding, setting: Setting): void {
  const m = words(setting);
  const { style } = page;
  const found = finding.diagnosis.location;
  if (!found) {
    page.block(m.lookFirst, page.prose(m.locationUnknown)).blank();
    return;
  }
  const name = visibleLine(found.function);
  const at = place(openable(found));
  const function_ = m.inFunction(name);
  const body =
    found.file === undefined || name === ""
      ? page.prose(at).map(style.place)
      : width(at) + width(function_) + 2 <= page.room
        ? [`${style.place(at)}  ${function_}`]
        : [...page.prose(at).map(style.place), ...page.prose(function_)];
  const printed = asPrinted(found);
  if (printed) body.push(...page.prose(m.printedAs(printed)).map(style.dim));
  if (found.basis !== "user") body.push(...page.prose(m.basis[found.basis]).map(style.dim));
  page.block(m.lookFirst, body);
  if (found.source) page.wide(sourceLines(page, found.source, found.line));
  page.blank();
}

function sourceLines(
  page: PageBuilder,
  source: { path: string; first: number; lines: readonly string[] },
  line: number | undefined,
): string[] {
  const { style } = page;
  const gutter = String(source.first + source.lines.length - 1).length;
  const room = page.wideRoom - gutter - 5;
  const code = source.lines.map((text) => visible(text).replaceAll("\t", TAB));
  const margin = commonIndent(code);
  return code.flatMap((text, index) => {
    const number = source.first + index;
    const bare = text.slice(margin).trimEnd();
    const gutterText = padStart(String(number), gutter);
    if (number !== line) return [`  ${style.dim(`${gutterText} │`)} ${truncate(bare, room)}`.trimEnd()];
    return markedLine(bare, room).map((part, row) => {
      const head = row === 0 ? `${style.bad(">")} ${style.strong(gutterText)}` : " ".repeat(gutter + 2);
      return `${head} ${style.dim("│")} ${style.strong(part)}`.trimEnd();
    });
  });
}

/** The line to look at is shown whole, however long it is; but a minified file is one line of a megabyte. */
function markedLine(text: string, room: number): string[] {
  if (width(text) <= room) return [text];
  const indent = `${/^ */.exec(text)![0]}${TAB}`;
  const [first, ...rest] = wrap(text, room);
  const more =
    rest.length === 0 ? [] : wrap(rest.join(" "), room - indent.length).map((part) => indent + part);
  return [first!, ...more].slice(0, MARKED_LINES_SHOWN);
}

function commonIndent(lines: readonly string[]): number {
  const indents = lines.filter((l) => l.trim() !== "").map((l) => l.length - l.trimStart().length);
  return indents.length === 0 ? 0 : Math.min(...indents);
}

function race(page: PageBuilder, finding: Finding, setting: Setting): void {
  const report = finding.diagnosis.crash.race;
  if (!report) return;
  const m = words(setting);
  const body = report.accesses.flatMap((access) => [
    ...page.prose(m.raceAccess(visibleLine(access.op), access.goroutine)).map(page.style.strong),
    ...access.frames.slice(0, 3).flatMap((frame) => page.prose(`  ${frameName(frame)}  ${place(frame)}`)),
  ]);
  page.block(m.race, body).blank();
}

async function causes(page: PageBuilder, finding: Finding, setting: Setting): Promise<void> {
  const m = words(setting);
  const { best } = splitCauses(finding, setting);
  if (!best) {
    const { event } = finding.diagnosis;
    page.block(m.cause, page.prose(event.proves ? m.ruledOut : m.unknownCauses));
    if (event.proves) page.block(m.proves, page.prose(visibleLine(event.proves)));
    page.blank();
    return;
  }
  bestCause(page, finding, best, setting);
  evidence(page, best, setting);
  others(page, finding, setting);
  await fix(page, best, setting);
  verify(page, best, setting);
}

function bestCause(page: PageBuilder, finding: Finding, best: RankedCause, setting: Setting): void {
  const m = words(setting);
  const { style } = page;
  const text = setting.catalog.page(best.id);
  const confidence = confidenceText(best.confidence, setting);
  const second =
    width(confidence) + width(best.id) + 3 <= page.room
      ? [`${style.strong(confidence)}${style.dim(` · ${best.id}`)}`]
      : [...page.prose(confidence).map(style.strong), ...page.prose(best.id).map(style.dim)];
  page.block(m.cause, [...page.prose(visibleLine(best.title)).map(style.strong), ...second]);
  if (undecided(finding)) page.block("", page.prose(m.undecided).map(style.warn));
  if (text) {
    page.block(m.what, page.prose(inLanguage(text.what, setting.language)));
    page.block(m.why, page.prose(inLanguage(text.why, setting.language)));
  }
  page.blank();
}

function evidence(page: PageBuilder, cause: RankedCause, setting: Setting): void {
  const m = words(setting);
  const { style } = page;
  const body = [
    ...evidenceFor(cause).flatMap((e) => page.item("+", visibleLine(e.says), style.good)),
    ...evidenceAgainst(cause).flatMap((e) => page.item("−", visibleLine(e.says), style.bad)),
    ...needs(cause, setting).flatMap((need) => page.item("?", need, style.dim)),
  ];
  if (cause.evidence.length === 0) body.unshift(...page.prose(m.noEvidence).map(style.dim));
  page.block(m.evidence, body).blank();
}

function others(page: PageBuilder, finding: Finding, setting: Setting): void {
  const { runnersUp, hidden } = splitCauses(finding, setting);
  const m = words(setting);
  const { style } = page;
  const body: string[] = [];
  for (const cause of runnersUp) {
    const share = padStart(m.percent(percent(cause.confidence)), 5);
    body.push(...page.item(share, visibleLine(cause.title), style.dim));
    const question = separatingQuestion(finding, cause, setting);
    if (question) body.push(...page.item("     ", question, style.dim));
    if (setting.all) {
      for (const e of evidenceFor(cause)) body.push(...page.item("     +", visibleLine(e.says), style.good));
      for (const e of evidenceAgainst(cause))
        body.push(...page.item("     −", visibleLine(e.says), style.bad));
    }
  }
  if (hidden > 0 && body.length > 0) body.push(...page.prose(m.moreCauses(hidden)).map(style.dim));
  page.block(m.runnersUp, body);
  const question = openQuestion(finding, setting);
  if (question) page.block(m.question, page.prose(question));
  page.blank();
}

async function fix(page: PageBuilder, best: RankedCause, setting: Setting): Promise<void> {
  const m = words(setting);
  const example = setting.catalog.page(best.id);
  if (!example) return;
  page.block(m.fix, page.prose(inLanguage(example.fix.says, setting.language)));
  const lines = diffLines(await exampleDiff(example.files), page.style, page.wideRoom);
  if (lines.length > 0) {
    page.block("", page.prose(m.fixExample).map(page.style.dim)).wide(lines.slice(0, DIFF_LINES_SHOWN));
    if (lines.length > DIFF_LINES_SHOWN) {
      page.block("", page.prose(m.moreDiff(lines.length - DIFF_LINES_SHOWN, best.id)).map(page.style.dim));
    }
  }
  page.blank();
}

/** Coloured lines of the diffs; a file's name stands above its diff where there are several. */
export function diffLines(diffs: readonly FileDiff[], style: Style, room: number): string[] {
  const out: string[] = [];
  for (const file of diffs) {
    if (diffs.length > 1) out.push(style.strong(`  ${visibleLine(file.path)}`));
    for (const [index, hunk] of file.hunks.entries()) {
      if (index > 0) out.push(style.dim("  ..."));
      for (const { sign, text } of hunk.lines) {
        const line = truncate(`${sign} ${visible(text).replaceAll("\t", TAB)}`.trimEnd(), room - 2);
        out.push(
          line === "" ? "" : `  ${sign === "+" ? style.good(line) : sign === "-" ? style.bad(line) : line}`,
        );
      }
    }
  }
  return out;
}

function verify(page: PageBuilder, best: RankedCause, setting: Setting): void {
  const m = words(setting);
  const text = setting.catalog.cause(best.id)?.verify;
  if (!text) return;
  const body = page.prose(inLanguage(text.says, setting.language));
  if (text.command) body.push(...commandLines(page, text.command));
  page.block(m.verify, body).blank();
}

function nextSteps(page: PageBuilder, finding: Finding, setting: Setting): void {
  const m = words(setting);
  const body = furtherSteps(finding, setting).flatMap((step, index) =>
    page.item(`${index + 1}.`, visibleLine(step), page.style.dim),
  );
  const best = finding.diagnosis.causes[0];
  if (
    best &&
    setting.catalog.cause(best.id) &&
    !finding.diagnosis.nextSteps.some((s) => s.includes(best.id))
  ) {
    body.push(...commandLines(page, m.explainHint(best.id)));
  }
  page.block(m.next, body).blank();
}

function callStack(page: PageBuilder, finding: Finding, setting: Setting): void {
  const m = words(setting);
  const { crash } = finding.diagnosis;
  const frames = tellingFrames(crash);
  const own = frames.filter(isOwnFrame);
  const chosen = setting.all ? frames : own.length > 0 ? own : frames;
  if (chosen.length < 2 && finding.diagnosis.location) return;
  const limit = setting.all ? 200 : FRAMES_SHOWN;
  const body = chosen.slice(0, limit).flatMap((frame) => frameLines(page, frame));
  if (chosen.length > limit) body.push(page.style.dim(m.moreFrames(chosen.length - limit)));
  if (crash.goroutines.find((g) => g.frames === frames)?.elided !== undefined) {
    body.push(page.style.dim(m.framesElided));
  }
  const createdBy = tellingStack(crash)?.createdBy;
  if (createdBy) body.push(...page.prose(m.createdBy(shortName(createdBy))).map(page.style.dim));
  page.block(m.calledFrom, body).blank();
}

function frameLines(page: PageBuilder, frame: Frame): string[] {
  const name = shortName(frame);
  if (frame.file === undefined) return page.prose(name);
  const at = place(frame);
  if (width(name) + width(at) + 2 <= page.room) return [`${name}  ${page.style.dim(at)}`];
  return [...page.prose(name), ...page.prose(`  ${at}`).map(page.style.dim)];
}

function goroutines(page: PageBuilder, finding: Finding, setting: Setting): void {
  const m = words(setting);
  const { rows, hidden, background } = groupRows(finding, setting);
  if (rows.length === 0) return;
  const { groups } = finding.diagnosis;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const body = page.prose(m.goroutineSummary(count, groups.length));
  page.block(m.goroutines, body);
  const digits = Math.max(...rows.map((row) => String(row.count).length));
  for (const row of rows) page.wide(groupLines(page, row, digits, m));
  const rest: string[] = [];
  if (hidden > 0) rest.push(m.moreGroups(hidden));
  if (background > 0) rest.push(m.background(background));
  const pad = " ".repeat(digits + 2);
  page.wide(rest.flatMap((text) => page.item(pad, text, plain, page.wideRoom)).map(page.style.dim)).blank();
}

const plain = (text: string) => text;

/** Count, state and top function in one line; where that is, and for how long, dimmed below. */
function groupLines(page: PageBuilder, row: GroupRow, digits: number, m: Messages): string[] {
  const { style } = page;
  const mark = `${padStart(String(row.count), digits)} ×`;
  const top = row.top ? shortName(row.top) : m.noFrames;
  const first = `${row.states} · ${top}${row.failing ? m.bracket(m.failing) : ""}`;
  const below: string[] = [];
  if (row.top?.file !== undefined) below.push(place(row.top));
  if (row.maxWaitMinutes !== undefined) below.push(m.waited(row.maxWaitMinutes));
  if (row.createdBy) below.push(m.createdBy(row.createdBy));
  const out = page.item(mark, first, style.strong, page.wideRoom);
  const pad = " ".repeat(width(mark));
  if (below.length > 0) {
    out.push(...page.item(pad, below.join(" · "), plain, page.wideRoom).map(style.dim));
  }
  return out;
}
