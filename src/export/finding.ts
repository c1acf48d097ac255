/** A diagnosis on its way to a reader, and the questions every renderer asks of it. */

import type { Catalog } from "../faulttree/catalog.ts";
import type {
  Diagnosis,
  EvidenceFound,
  GoroutineGroup,
  Language,
  Location,
  RankedCause,
} from "../faulttree/diagnosis.ts";
import { tellingStack } from "../faulttree/locate.ts";
import { isUserFrame } from "../trace/packages.ts";
import type { CrashReport, Frame, Goroutine } from "../trace/report.ts";
import { decisiveNumbers } from "./decisive.ts";
import { inLanguage, type Messages, messagesOf } from "./messages/index.ts";
import { percent } from "./percent.ts";
import { visible, visibleLine } from "./visible.ts";

export interface Finding {
  readonly diagnosis: Diagnosis;
  /** Name of the input as the user gave it; `-` for standard input. */
  readonly input: string;
  /** Present for followed inputs, which are read in parts. */
  readonly before?: Before;
  /** The input is no text, such as a core: its lines mean nothing to a reader. */
  readonly whole?: boolean;
}

/** What was read of an input before the part this report's offsets and lines count in. */
export interface Before {
  readonly lines: number;
  readonly bytes: number;
}

/** What all reports of a run share. */
export interface Setting {
  readonly language: Language;
  readonly catalog: Catalog;
  /** Show every cause and every group. */
  readonly all: boolean;
  readonly version: string;
}

/** Causes shown without `--all`. Below the third place a cause has never been the one to look at first. */
const CAUSES_SHOWN = 4;
const CAUSE_WORTH_SHOWING = 0.02;
const GROUPS_SHOWN = 5;
const NATIVE_LINES_SHOWN = 6;

export function words(setting: Setting): Messages {
  return messagesOf(setting.language);
}

/** Name of the input for people. */
export function inputName(finding: Finding): string {
  return nameOf(finding.input);
}

function nameOf(input: string): string {
  return input === "-" ? "<stdin>" : visibleLine(input);
}

/** The event's title, from the catalogue for unknown events too. */
export function eventTitle(finding: Finding, setting: Setting): string {
  const { event, crash } = finding.diagnosis;
  if (event.id.startsWith("unknown/")) return words(setting).unknownEvent[crash.kind];
  return visibleLine(event.title);
}

/** Title and decisive numbers: `Index out of range: index 3, but the length is 3`. */
export function headline(finding: Finding, setting: Setting): string {
  const title = eventTitle(finding, setting);
  const numbers = decisiveNumbers(finding.diagnosis.crash, setting.language);
  if (!numbers) return title;
  const m = words(setting);
  const said = visibleLine(numbers);
  // Two colons in one sentence read like a stutter.
  return /[:：]/.test(title) ? `${title}${m.bracket(said)}` : `${title}${m.colon}${said}`;
}

/** The line that says what happened, as the program printed it; undefined when it is cut away. */
export function headerLine(crash: CrashReport): string | undefined {
  const header = crash.header || crash.panics[0]?.value || crash.fatal?.message || crash.exit?.text;
  return header ? visibleLine(header.trim()) : undefined;
}

const RAISED_SHOWN = 8;

/** What the program printed of the failure itself: the header, all lines of its value, the whole panic chain. */
export function raisedLines(crash: CrashReport): readonly string[] {
  const header = headerLine(crash);
  const links = crash.panics.map(linkText);
  // The header is the first link as printed; where it is another line, such as `http: panic serving`, both count.
  const repeats =
    header !== undefined && links[0] !== undefined && saysTheSame(header, crash.panics[0]!.value);
  if (header !== undefined && repeats && !links[0]!.startsWith(header)) {
    links[0] = [header, ...links[0]!.split("\n").slice(1)].join("\n");
  }
  const all = repeats || header === undefined ? links : [header, ...links];
  const lines = all.flatMap((text) => visible(text).replaceAll("\t", "  ").split("\n"));
  return lines.length <= RAISED_SHOWN ? lines : [...lines.slice(0, RAISED_SHOWN - 1), "…"];
}

function linkText(link: CrashReport["panics"][number]): string {
  const mark = link.repanicked ? " [recovered, repanicked]" : link.recovered ? " [recovered]" : "";
  return `panic: ${link.value.replaceAll("\n", "\n  ")}${mark}`;
}

function saysTheSame(header: string, value: string): boolean {
  return header.includes(visibleLine(value.split("\n", 1)[0]!).trim());
}

export interface CauseSplit {
  readonly best: RankedCause | undefined;
  readonly runnersUp: readonly RankedCause[];
  /** Causes left out of this report. */
  readonly hidden: number;
}

/** The best cause and those worth a line. */
export function splitCauses(finding: Finding, setting: Setting): CauseSplit {
  const [best, ...rest] = finding.diagnosis.causes;
  if (setting.all) return { best, runnersUp: rest, hidden: 0 };
  const worth = rest.slice(0, CAUSES_SHOWN - 1).filter((cause) => cause.confidence >= CAUSE_WORTH_SHOWING);
  return { best, runnersUp: worth, hidden: rest.length - worth.length };
}

export function evidenceFor(cause: RankedCause): readonly EvidenceFound[] {
  return cause.evidence.filter((e) => e.weight >= 0).sort((a, b) => b.weight - a.weight);
}

export function evidenceAgainst(cause: RankedCause): readonly EvidenceFound[] {
  return cause.evidence.filter((e) => e.weight < 0).sort((a, b) => a.weight - b.weight);
}

/** Differences in confidence below this are no answer. */
const TIE = 0.1;

/** Whether the best cause leads too little to be taken for the answer. */
export function undecided(finding: Finding): boolean {
  const [best, second] = finding.diagnosis.causes;
  if (!best || !second || finding.diagnosis.event.gate === "and") return false;
  return best.confidence - second.confidence < TIE;
}

/** What the unjudged evidence would need, each need once, as a sentence; none where all was judged. */
export function needs(cause: RankedCause, setting: Setting): readonly string[] {
  const m = words(setting);
  const all = cause.unknown.flatMap((u) => u.needs.split(/[, ]+/));
  const wanted = [...new Set(all)].map((need) => m.needWords[need] ?? visibleLine(need));
  return wanted.length === 0 ? [] : [m.needs(wanted.map((need) => need.trim()).join(m.list))];
}

export function confidenceWord(confidence: number, setting: Setting): string {
  const m = words(setting).confidenceWords;
  if (confidence >= 0.95) return m.certain;
  if (confidence >= 0.75) return m.high;
  if (confidence >= 0.45) return m.likely;
  if (confidence >= 0.1) return m.possible;
  return m.low;
}

/** `very likely, 83 %`. */
export function confidenceText(confidence: number, setting: Setting): string {
  const m = words(setting);
  return `${confidenceWord(confidence, setting)}${m.comma}${m.percent(percent(confidence))}`;
}

/**
 * The question that separates a runner-up from the best cause, where the catalogue knows one. For the first of
 * them the diagnosis has chosen it.
 */
export function separatingQuestion(
  finding: Finding,
  other: RankedCause,
  setting: Setting,
): string | undefined {
  const { causes, question } = finding.diagnosis;
  const best = causes[0];
  if (!best) return undefined;
  if (other === causes[1] && question) return visibleLine(question);
  return saysOfSeparation(other.id, best.id, setting) ?? saysOfSeparation(best.id, other.id, setting);
}

function saysOfSeparation(of: string, from: string, setting: Setting): string | undefined {
  const said = setting.catalog.cause(of)?.separates.find((s) => s.from === from || s.from === lastPart(from));
  return said && visibleLine(inLanguage(said.says, setting.language));
}

/** The diagnosis' own question, where the cause it is about is not shown. */
export function openQuestion(finding: Finding, setting: Setting): string | undefined {
  const { question } = finding.diagnosis;
  return question && splitCauses(finding, setting).runnersUp.length === 0 ? visibleLine(question) : undefined;
}

export function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** `file:line`, `file`, or the function where no file stands. */
export function place(location: { function: string; file?: string; line?: number }): string {
  if (location.file === undefined) return visibleLine(location.function);
  const file = visibleLine(location.file);
  return location.line === undefined ? file : `${file}:${location.line}`;
}

/** A location as a reader opens it: the file found on this machine, else the one in the crash text. */
export function openable(location: Location): { function: string; file?: string; line?: number } {
  return location.source ? { ...location, file: location.source.path } : location;
}

/** How the crash text names the place, where the file found here is known by another path than an end of it. */
export function asPrinted(location: Location): string | undefined {
  const { source, file } = location;
  if (!source || file === undefined) return undefined;
  const [here, printed] = [source.path, file].map((path) => `/${path.replaceAll("\\", "/")}`);
  return printed!.endsWith(here!) || here!.endsWith(printed!) ? undefined : place(location);
}

/** The stack worth showing: of the goroutine that tells most, else the runtime's own. */
export function tellingFrames(crash: CrashReport): readonly Frame[] {
  return tellingStack(crash)?.frames ?? crash.runtimeStack ?? [];
}

/** What a frame is to a reader: own code first. C frames of the user's libraries count as such. */
export function isOwnFrame(frame: Frame): boolean {
  return frame.native === true || isUserFrame(frame);
}

export function frameName(frame: Frame): string {
  return visibleLine(frame.function);
}

/** The function with the last part of its package: `engine.(*Engine).decode`. The file beside it tells the rest. */
export function shortName(frame: Frame): string {
  const slash = frame.package.lastIndexOf("/");
  return visibleLine(slash < 0 || frame.native ? frame.function : frame.function.slice(slash + 1));
}

export interface GroupRow {
  readonly count: number;
  /** `chan receive`, or `chan receive 3, select 1` where a group has several. */
  readonly states: string;
  readonly top: Frame | undefined;
  readonly createdBy: string | undefined;
  readonly maxWaitMinutes: number | undefined;
  readonly failing: boolean;
  readonly ids: readonly number[];
  readonly sample: Goroutine | undefined;
}

export interface GroupTable {
  readonly rows: readonly GroupRow[];
  /** Groups of the user's own code left out. */
  readonly hidden: number;
  /** Goroutines that run no code of the user's: the runtime's own and idle library workers. */
  readonly background: number;
}

/**
 * The groups worth reading: those with code of the user's, in the order of the diagnosis. Where none has any,
 * and with `--all`, every group. Empty for a single goroutine.
 */
export function groupRows(finding: Finding, setting: Setting): GroupTable {
  const { groups, crash } = finding.diagnosis;
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  if (total < 2) return { rows: [], hidden: 0, background: 0 };
  const own = setting.all ? groups : groups.filter((group) => hasOwnCode(crash.goroutines[group.sample]));
  const chosen = own.length > 0 ? own : groups;
  const shown = setting.all ? chosen : chosen.slice(0, GROUPS_SHOWN);
  return {
    rows: shown.map((group) => groupRow(group, crash)),
    hidden: chosen.length - shown.length,
    background: total - chosen.reduce((sum, group) => sum + group.count, 0),
  };
}

function hasOwnCode(goroutine: Goroutine | undefined): boolean {
  if (!goroutine) return false;
  return goroutine.faulting === true || goroutine.frames.some(isUserFrame);
}

function groupRow(group: GoroutineGroup, crash: CrashReport): GroupRow {
  const sample = crash.goroutines[group.sample];
  const states = Object.entries(group.states).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    count: group.count,
    states: visibleLine(
      states.length === 1 ? states[0]![0] : states.map(([state, count]) => `${state} ${count}`).join(", "),
    ),
    top: sample && topFrame(sample),
    createdBy: sample?.createdBy && shortName(sample.createdBy),
    maxWaitMinutes: group.maxWaitMinutes,
    failing: sample?.faulting === true,
    ids: group.ids,
    sample,
  };
}

/** The first frame of the user's own code, else the first of all. */
export function topFrame(goroutine: Goroutine): Frame | undefined {
  return goroutine.frames.find(isUserFrame) ?? goroutine.frames[0];
}

/** The native lines worth showing. */
export function nativeLines(crash: CrashReport, all: boolean): readonly string[] {
  const lines = crash.nativeLines.map((line) => visibleLine(line.text));
  return all ? lines : lines.slice(0, NATIVE_LINES_SHOWN);
}

/** Everything a reader must know before he trusts the answer. */
export function notes(finding: Finding, setting: Setting): readonly string[] {
  const { crash } = finding.diagnosis;
  const m = words(setting);
  const out: string[] = [];
  if (crash.recovered) {
    const server = crash.serving?.server;
    out.push(server ? m.recoveredBy(visibleLine(server)) : m.recovered);
  }
  if (crash.panics.some((p) => p.recovered && p.repanicked) || repeatsRecovered(crash))
    out.push(m.repanicked);
  else if (raisedByCarrier(crash)) out.push(m.raisedElsewhere);
  if (crash.completeness !== "whole") out.push(m.complete[crash.completeness]);
  if (crash.goroutineCount > crash.goroutines.length) {
    out.push(`${m.goroutinesUnread(crash.goroutines.length, crash.goroutineCount)}${m.stop.trim()}`);
  }
  if (crash.compiler === "gccgo") out.push(m.gccgo);
  if (crash.exit?.oomKilled) out.push(m.exitOom);
  return out;
}

function repeatsRecovered(crash: CrashReport): boolean {
  return crash.panics.length > 1 && crash.panics[0]!.recovered && !crash.recovered;
}

/** iter.Pull and sync.OnceFunc catch what their function panics with and raise it again in their caller. */
function raisedByCarrier(crash: CrashReport): boolean {
  const top = crash.kind === "panic" ? crash.goroutines[0]?.frames[0] : undefined;
  return top?.file !== undefined && /(?:^|\/)(?:iter\/iter|sync\/oncefunc)\.go$/.test(top.file);
}

/** How the process ended, where that is not what its kind of crash always ends in. */
function exitFacts(crash: CrashReport, m: Messages): string[] {
  const exit = crash.exit;
  if (!exit) return [];
  const out: string[] = [];
  if (exit.signal) out.push(m.exitSignal(visibleLine(exit.signal)));
  else if (exit.status !== undefined && exit.status > 2) out.push(m.exitStatus(exit.status));
  if (exit.coreDumped) out.push(m.coreDumped);
  return out;
}

/** One line of facts about where the text came from: test, Go version, wrappers. */
export function surroundings(crash: CrashReport, setting: Setting): readonly string[] {
  const m = words(setting);
  const out: string[] = [];
  if (crash.test?.name) out.push(m.test(visibleLine(crash.test.name)));
  if (crash.test?.package) out.push(m.testPackage(visibleLine(crash.test.package)));
  if (crash.test?.running?.length) out.push(m.testsRunning(crash.test.running.map(visibleLine).join(m.list)));
  const go = crash.goVersion;
  if (go?.exact) out.push(m.goVersion(visibleLine(go.exact)));
  // A lower bound alone is true of nearly every text and tells nobody anything.
  else if (go?.max) out.push(m.goVersionRange(go.min, go.max));
  out.push(...exitFacts(crash, m));
  if (crash.wrappers.length > 0) {
    out.push(
      m.from(
        crash.wrappers.map((w) => visibleLine(w.source ? `${w.kind} ${w.source}` : w.kind)).join(m.list),
      ),
    );
  }
  return out;
}

/** The next steps that say more than the sections on where to look and how to check already do. */
export function furtherSteps(finding: Finding, setting: Setting): readonly string[] {
  const { nextSteps, location, causes } = finding.diagnosis;
  const verify = causes[0] && setting.catalog.cause(causes[0].id)?.verify;
  const checked = verify && inLanguage(verify.says, setting.language);
  const where =
    location && (location.file === undefined ? location.function : `${location.file}:${location.line ?? 0}`);
  return nextSteps.filter((step, index) => {
    if (index === 0 && where && step.includes(where)) return false;
    return !(checked && step.startsWith(checked));
  });
}

/** Where a crash stands in what was read. */
export interface Where {
  readonly input: string;
  readonly before?: Before | undefined;
  readonly lines: CrashReport["lines"];
}

/** The input and its lines, counted from the start of what was read. */
export function inputLines(finding: Finding, setting: Setting): string {
  if (finding.whole) return nameOf(finding.input);
  return whereText({ ...finding, lines: finding.diagnosis.crash.lines }, setting);
}

export function whereText({ input, before, lines }: Where, setting: Setting): string {
  const above = before?.lines ?? 0;
  return words(setting).inputLines(nameOf(input), lines.first + above, lines.last + above);
}
