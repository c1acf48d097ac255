/** What a core tells beyond a crash text, as labelled lines for any renderer. Pure; nothing is escaped yet. */
import type { Language } from "../../faulttree/diagnosis.ts";
import { type Match, type Reason, sayReason } from "../match.ts";
import { type DelveWords, delveWords } from "../messages/index.ts";
import {
  type CoreFindings,
  type CoreFrame,
  type CoreGroup,
  type CoreValue,
  type LockHolder,
  type LookFrame,
  livingIn,
  type WaitedFor,
} from "./findings.ts";
import { isUser } from "./frames.ts";
import { ringsOf } from "./rings.ts";

export interface Line {
  readonly text: string;
  /** Belongs to the line above. */
  readonly below?: boolean;
}

export interface Section {
  readonly label: string;
  readonly lines: readonly Line[];
}

export interface ReportOptions {
  readonly language: Language;
  readonly all: boolean;
  readonly match?: Match;
  readonly twin?: string;
  /** How many goroutines a diagnosis counts that stands above, with stack and groups; absent where none does. */
  readonly diagnosed?: number;
}

const GROUPS_SHOWN = 8;
const WAITS_SHOWN = 8;
const VALUES_SHOWN = 24;
const FRAMES_SHOWN = 12;
const IDS_SHOWN = 8;
const HOLDERS_SHOWN = 4;

export function coreSections(findings: CoreFindings, options: ReportOptions): Section[] {
  const m = delveWords(options.language).report;
  const sections: Section[] = [
    { label: m.core, lines: coreLines(findings, options, m) },
    { label: m.values, lines: valueLines(findings, m) },
    { label: m.native, lines: nativeLines(findings) },
    // The thread of a healthy program that stands in the runtime does nothing worth telling.
    ...(options.diagnosed !== undefined || (findings.reason.kind === "none" && !findings.stack.some(isUser))
      ? []
      : [{ label: m.stack, lines: findings.stack.slice(0, FRAMES_SHOWN).flatMap(frameLine) }]),
    { label: m.groups, lines: areTold(findings, options) ? [] : groupLines(findings, options, m) },
    { label: m.waits, lines: waitLines(findings.waits, options, m) },
    { label: m.memory, lines: memoryLines(findings, m) },
    { label: m.notRead, lines: gapsTold(findings.gaps).map((gap) => ({ text: m.gaps[gap] })) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** That goroutines are missing is told with the reason. */
function gapsTold(gaps: CoreFindings["gaps"]): CoreFindings["gaps"] {
  return gaps.includes("stripped") || gaps.includes("go-in-library")
    ? gaps.filter((gap) => gap !== "no-goroutines")
    : gaps;
}

type Words = DelveWords["report"];

function coreLines(findings: CoreFindings, { match, twin, language }: ReportOptions, m: Words): Line[] {
  const { pid, commandLine, build, goroutine, thread, reason } = findings;
  const lines: Line[] = [];
  if (reason.kind === "none") lines.push({ text: m.noFailure() });
  if (reason.kind === "unread") lines.push({ text: m.unreadFailure() });
  // The runtime would have printed nothing but its address.
  for (const panic of reason.kind === "panic" ? reason.panics : [])
    if (panic.address !== undefined) lines.push({ text: m.panicValue(panic.type ?? "", panic.value) });
  if (pid !== undefined) lines.push({ text: m.process(pid, commandLine ?? "") });
  if (goroutine !== undefined || thread !== undefined) lines.push({ text: m.thread(goroutine, thread) });
  if (build)
    lines.push({ text: m.built(build.goVersion, build.path ?? "", build.settings["vcs.revision"] ?? "") });
  if (match) lines.push({ text: matchText(match, language, m) });
  if (twin !== undefined) lines.push({ text: m.twin(twin) });
  return lines;
}

function matchText({ verdict, reasons }: Match, language: Language, m: Words): string {
  const speaks = (each: Reason) => each.speaks === "same" || (verdict !== "same" && each.speaks !== "for");
  const why = reasons
    .filter(speaks)
    // One proof is enough; what is not certain deserves a second look.
    .slice(0, verdict === "same" ? 1 : 2)
    .map((each) => sayReason(each, language))
    .join(language === "zh-cn" ? "" : " ");
  return verdict === "same" ? m.belongs(why) : m.unsure(why);
}

/** Below each frame its variables. A value that a frame above has shown already is not shown again. */
function valueLines({ look, callers }: CoreFindings, m: Words): Line[] {
  const frames = [look, ...callers].filter((each): each is LookFrame => each !== undefined);
  const shown = new Map<string, string>();
  return frames.flatMap(({ frame, args, locals }) => {
    const values = [...args, ...locals].slice(0, VALUES_SHOWN);
    if (values.length === 0) return [];
    const lost = values.filter(({ unreadable }) => unreadable !== undefined);
    const lines = values
      .filter((each) => !lost.includes(each))
      .map((each) => valueLine(each, frame.function, shown, m));
    if (lost.length > 0) lines.push(m.unreadable(lost.map(({ name, type }) => `${name} ${type}`).join(", ")));
    return [frameLine(frame)[0]!, ...lines.map((text) => ({ text, below: true }))];
  });
}

const WORTH_SHORTENING = 40;

function valueLine(
  { name, type, text }: CoreValue,
  frame: string,
  shown: Map<string, string>,
  m: Words,
): string {
  const key = `${type} ${text}`;
  const before = shown.get(key);
  if (before !== undefined && text.length > WORTH_SHORTENING) return `${name} ${type} = ${m.asIn(before)}`;
  if (before === undefined) shown.set(key, `${name}, ${frame}`);
  return `${name} ${type} = ${text}`;
}

function frameLine({ function: name, file, line }: CoreFrame): Line[] {
  return [{ text: file === undefined ? name : `${name}  ${file}:${line ?? 0}` }];
}

function nativeLines({ native, stack, aborted }: CoreFindings): Line[] {
  const frames = native ?? stack.filter((frame) => frame.native);
  const words = aborted === undefined ? [] : [{ text: aborted }];
  const lines = frames.slice(0, FRAMES_SHOWN).map(({ function: name, file, line, ...more }) => {
    const args = "args" in more && more.args ? `(${more.args})` : "";
    // A name that the library does not tell is found by its place: `nm`, or a build of it with debug information.
    const at = name === "??" && more.pc !== undefined ? ` ${more.pc}` : "";
    const library = "library" in more ? more.library : undefined;
    const place = file === undefined ? library : `${file}:${line ?? 0}`;
    return { text: `${name}${at}${args}${place === undefined ? "" : `  ${place}`}` };
  });
  return [...words, ...lines];
}

/** Whether the diagnosis above counts them all: not where a log is diagnosed that printed one goroutine alone. */
function areTold({ goroutines, gaps }: CoreFindings, { diagnosed }: ReportOptions): boolean {
  // The runtime counts records that it keeps for threads of C, which nobody lists.
  return diagnosed !== undefined && diagnosed >= livingIn(goroutines) && !gaps.includes("survey-cut");
}

/** As a diagnosis prints them. */
function groupLines({ goroutines, gaps }: CoreFindings, options: ReportOptions, m: Words): Line[] {
  const { groups, listed, total } = goroutines;
  if (listed === 0) return [];
  const isWhole = !gaps.includes("survey-cut");
  const lines: Line[] = [{ text: isWhole ? m.surveyed(livingIn(goroutines)) : m.surveyed(listed, total) }];
  const own = groups.filter((group) => options.all || !group.system);
  const shown = options.all ? own : own.slice(0, GROUPS_SHOWN);
  for (const group of shown) {
    const { function: name, file, line } = groupPlace(group) ?? { function: "?" };
    lines.push({ text: `${group.count} × ${group.state} · ${name}` });
    const details = [
      ...(file === undefined ? [] : [`${file}:${line ?? 0}`]),
      ...(group.createdBy ? [m.createdBy(group.createdBy.function)] : []),
    ];
    if (details.length > 0) lines.push({ text: details.join(" · "), below: true });
  }
  if (own.length > shown.length) lines.push({ text: m.moreGroups(own.length - shown.length) });
  return lines;
}

/** The user's first frame; else the first that is not the runtime's waiting. */
function groupPlace({ stack }: CoreGroup): CoreFrame | undefined {
  return (
    stack.find(isUser) ??
    stack.find(({ function: name }) => !/^(?:runtime|internal\/|sync\.)/.test(name)) ??
    stack[0]
  );
}

function waitLines(waits: readonly WaitedFor[], { all }: ReportOptions, m: Words): Line[] {
  const rings = ringsOf(waits).map((ring): Line => ({ text: m.ring(ring) }));
  const shown = (all ? waits : waits.slice(0, WAITS_SHOWN)).flatMap((wait): Line[] => {
    const { kind, state, ids, name, address, holders = [] } = wait;
    const waiting = `${wait.atLeast ? "≥ " : ""}${wait.waiting}`;
    const what = name ? m.named(name.path, name.function, address) : m.unnamed(kind, address);
    const listed = m.goroutines(ids.slice(0, IDS_SHOWN), Math.max(0, ids.length - IDS_SHOWN));
    const detail = detailText(wait, m);
    return [
      { text: m.waitsOn(waiting, state, what) },
      { text: [listed, detail].filter(Boolean).join(m.stop), below: true },
      ...holders.slice(0, HOLDERS_SHOWN).map((each) => ({ text: holderText(each, m), below: true })),
    ];
  });
  return [...rings, ...shown];
}

function holderText({ goroutine, mode, function: name, file, line }: LockHolder, m: Words): string {
  const place = file === undefined ? name : `${name}  ${file}:${line ?? 0}`;
  return m.heldBy(goroutine, mode === "read", place);
}

function detailText({ detail, waiting, atLeast, holders }: WaitedFor, m: Words): string {
  if (!detail) return "";
  if ("locked" in detail) {
    const told = !atLeast && detail.waiters === waiting;
    return m.mutexState(
      detail.locked,
      told ? undefined : detail.waiters,
      detail.starving,
      holders !== undefined,
    );
  }
  if ("readers" in detail) return m.rwState(detail.readers, detail.writerHolds, detail.writerWaits);
  return m.channelState(detail.length, detail.capacity, detail.closed);
}

function memoryLines({ memory }: CoreFindings, m: Words): Line[] {
  const {
    heapLive,
    heapInUse,
    heapFree,
    heapReleased,
    memoryLimit,
    gcPercent,
    collections,
    gcRunning,
    threads,
    maxProcs,
  } = memory;
  const lines: Line[] = [];
  if (heapLive !== undefined && heapInUse !== undefined)
    lines.push({ text: m.heap(bytes(heapLive), bytes(heapInUse)) });
  if (heapFree !== undefined && heapReleased !== undefined)
    lines.push({ text: m.released(bytes(heapFree), bytes(heapReleased)) });
  if (gcPercent !== undefined)
    lines.push({
      text: m.limit(
        memoryLimit === undefined ? undefined : bytes(memoryLimit),
        gcPercent < 0 ? "off" : String(gcPercent),
      ),
    });
  if (collections !== undefined) lines.push({ text: m.collector(collections, gcRunning === true) });
  if (threads !== undefined && maxProcs !== undefined) lines.push({ text: m.threads(threads, maxProcs) });
  return lines;
}

function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = value < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  const shown = value / 1024 ** power;
  return `${shown < 10 && power > 0 ? shown.toFixed(1) : Math.round(shown)} ${units[power]}`;
}
