/**
 * Remembers the lines that stood before a report opened. Native output, the test's name and the runtime's own remarks
 * stand there, and sometimes the header itself, glued to another program's line or told by a logger.
 */
import { Draft } from "./draft.ts";
import { parseBareFunctionLine, parseFileLine } from "./frames.ts";
import type { Line } from "./line.ts";
import { isNativeLine, isRuntimeLine, parsePanicValue, parseSignalBracket } from "./messages.ts";
import { continuesNotStarted, isNotStarted, isNotStartedStatus } from "./not-started.ts";
import type { CrashReport, Exit, Wrapper } from "./report.ts";

/** Lines searched for native output and test names; a sanitizer's report is long. */
const CONTEXT_LINES = 150;
/** Lines with text above a stack in which a glued header, or a logger's word of a panic, is looked for. */
const GLUED_LINES = 12;
const CAUGHT_LINES = 3;
/** Lines a fatal message may have. */
const FATAL_LINES = 12;
/** What `go run`, `go test` and scripts print for a process that ended with a status. */
const BARE_STATUS = /^exit status [1-9]\d{0,2}$/;
/** Lines after which no traceback is expected below a lone header. */
const LONE_HEADER_LINES = 12;
/** Lines of the frames that a remark of the runtime brings along. Source: runtime/proc.go badmorestackg0. */
const REMARK_LINES = 64;
const CALLED_FROM = /^runtime: .{1,200} called from$/;
/** Lines of one loader that misses many versions or symbols. */
const LOADER_LINES = 32;

/** What go.uber.org/goleak says above the goroutines a test left over. */
const LEAKS = /\bfound unexpected goroutines:$/;
const TEST_NAME = /^\s*(?:--- FAIL:|=== (?:RUN|CONT|NAME|PAUSE)) +(\S+)/;
/** Headers a program glued to its own output. */
const GLUED = /(?:^|[^A-Za-z_(])(panic|fatal error): (.*)$/;
/** The same behind a letter: a program that streams words ends in the middle of a line when it dies. */
const TIGHT = /[A-Za-z_](panic|fatal error): (.*)$/;
/** Headers so plain that they count inside another program's line even where no traceback follows. */
const STRONG =
  /(?:^|[^A-Za-z_"'`(])(?:panic: (?:runtime error: |assignment to entry in nil map|close of (?:closed|nil) channel|send on closed channel|interface conversion: |reflect(?:\.|: )|sync: |test timed out after \d)|fatal error: (?:all goroutines are asleep|no goroutines \(main called|concurrent map |unexpected signal|stack overflow|runtime: |sync: |checkptr: |fault$|found bad pointer|out of memory))/;
/** Three plain words in a row are prose about a panic and no prefix of one. */
const PROSE = /[A-Za-z]+ [a-z]+ [a-z]+|["'`(]$/;
/** The words of a logger that caught a panic, where `panic: ` alone would look like the runtime's own. */
const LOGGED = /\b(?:observed|recovered|recovering|caught|handled)(?: from)?(?: an?)? panic: /i;
const CAUGHT = /\b(?:panic(?:ked|king)?|recover(?:ed|y)?|crash(?:ed)?)\b/i;
/** The message itself, inside quotes or parentheses of a logger. */
const RUNTIME_ERROR =
  /(?:runtime error: |assignment to entry in nil map|close of (?:closed|nil) channel|send on closed channel|interface conversion: |net\/http: abort Handler)[^"\n]{0,500}/;
const LOGGED_VALUE =
  /(?:Observed a panic:? |\[PANIC RECOVER\] |panic(?:ked|king)?(?: recovered)?(?: from)?[:=] ?|recovered(?: from)?(?: panic)?[:=]? )(.*)$/i;

/** `panic in /v1/chat: boom`: who panicked stands between the word and the value. */
const LOGGED_BEHIND = /\b(?:panic|recover)\w*\b(?:(?!: ).){1,100}: (.*)$/i;

const LOGGED_PLACE = /^(?:in|while|at) (?:(?!: ).){1,100}: /;

/** The level as a word of the line, where no structure tells it. Postgres writes `FATAL:  ` of one of its sessions. */
const FATAL_WORD = /^(?:.{0,40}\s)?FATAL(?::(?! {2})|[\s\]])|^FATA\[/;

function isFatal({ level, text }: Line): boolean {
  return level === "fatal" || FATAL_WORD.test(text);
}

/** True for headers so plain that no traceback is needed to believe them. */
export function isStrongHeader(text: string): boolean {
  return STRONG.test(text);
}

export class LinesAbove {
  private readonly lines: Line[] = [];
  /** A header inside another line, whose traceback may still come. */
  private lone: { line: Line; wrappers: readonly Wrapper[]; age: number } | undefined;
  /** The words of a loader, behind which the status of the process may still come. */
  private unstarted: { lines: Line[]; wrappers: readonly Wrapper[]; age: number } | undefined;

  constructor(private readonly emit: (report: CrashReport) => void) {}

  /** The line directly above. */
  get last(): Line | undefined {
    return this.lines[this.lines.length - 1];
  }

  /** True when nothing but frames without parentheses stands between the line of that number and the last. */
  framesSince(number: number): boolean {
    const below = this.lines.filter((line) => line.number > number);
    return below.every(({ text }) => parseFileLine(text) || parseBareFunctionLine(text) !== undefined);
  }

  /** The lines directly above are frames of a remark, `runtime: morestack on g0, ..., called from`: no traceback. */
  get insideRemark(): boolean {
    const near = this.lines.slice(-REMARK_LINES).map(({ text }) => text);
    const start = near.findLastIndex((text) => CALLED_FROM.test(text));
    return start >= 0 && near.indexOf("", start) < 0;
  }

  /**
   * The log line that ended a process with this status: one of a fatal level a few lines above the line of that
   * `number`, or, for the status of `log.Fatal`, a line of the standard log package directly above. `spoken` may be of
   * another speaker: JSON logs and what `go run` says of the end have nothing in common.
   */
  fatalLine(exit: Exit, number: number, spoken: Line | undefined): Line | undefined {
    if (!BARE_STATUS.test(exit.text)) return undefined;
    const near = this.lines.filter((line) => number - line.number <= FATAL_LINES);
    const marked = near.findLast(isFatal);
    if (marked) return marked;
    if (spoken?.level === "fatal" && number - spoken.number <= 2) return spoken;
    const { last } = this;
    return exit.status === 1 && last?.level === "log" && last.number === number - 1 ? last : undefined;
  }

  /** The line directly above became part of a report. */
  dropLast(): void {
    this.lines.pop();
  }

  remember(line: Line, wrappers: readonly Wrapper[]): void {
    this.noteLoneHeader(line, wrappers);
    this.noteNotStarted(line, wrappers);
    this.lines.push(line);
    if (this.lines.length > CONTEXT_LINES * 2) this.lines.splice(0, CONTEXT_LINES);
  }

  /** What is remembered does not stand above what comes next. */
  clear(): void {
    this.settleLoneHeader();
    this.settleNotStarted();
    this.lines.length = 0;
  }

  /** The header turned out to stand behind a prefix and was read by another assembler. */
  dropLoneHeader(): void {
    this.lone = undefined;
  }

  /**
   * Gives the report what stood above it, and forgets it. With `findHeader`, a header is looked for that stands glued
   * to other text, or that a logger told in its own words.
   */
  giveTo(draft: Draft, findHeader: boolean): void {
    this.settleNotStarted();
    const above = this.lines.splice(0).slice(-CONTEXT_LINES);
    for (const line of above) {
      const test = TEST_NAME.exec(line.text);
      if (test) draft.test.name = test[1]!;
      if (isNativeLine(line.text)) draft.nativeLines.push({ text: line.text.trim(), at: line.at });
    }
    giveRuntimeLines(draft, above);
    if (findHeader) this.findHeader(draft, above);
  }

  private findHeader(draft: Draft, above: readonly Line[]): void {
    const near = above.filter((line) => line.text.trim() !== "").slice(-GLUED_LINES);
    const leaks = near.at(-1);
    if (leaks && LEAKS.test(leaks.text)) {
      draft.header = leaks.text.trim();
      draft.leaked = true;
      draft.reachBack(leaks.at, leaks.number);
      return;
    }
    const fatal = near.findLast(isFatal);
    if (fatal) draft.fatalLog = fatal;
    const glued = near.findLast((line) => GLUED.test(line.text) && !LOGGED.test(line.text));
    if (glued) {
      if (this.lone?.line.number === glued.number) this.lone = undefined;
      adoptGluedHeader(draft, above.slice(above.indexOf(glued)));
      return;
    }
    const tight = near.findLast((line) => parseSignalBracket(line.text, line.at) === undefined);
    if (tight && TIGHT.test(tight.text)) {
      adoptGluedHeader(draft, above.slice(above.indexOf(tight)), TIGHT);
      return;
    }
    const logged = near.slice(-CAUGHT_LINES).findLast((line) => CAUGHT.test(line.text));
    if (logged) adoptLoggedPanic(draft, logged);
  }

  /** How a process ended whose loader spoke just before. False when none did. */
  takeExit(exit: Exit, line: Line): boolean {
    if (!this.unstarted || !isNotStartedStatus(exit.status)) return false;
    this.settleNotStarted({ exit, line });
    return true;
  }

  private noteNotStarted(line: Line, wrappers: readonly Wrapper[]): void {
    const before = this.unstarted;
    if (!isNotStarted(line.text)) {
      if (before && ++before.age > LONE_HEADER_LINES) this.settleNotStarted();
      return;
    }
    const room = before?.age === 0 && before.lines.length < LOADER_LINES;
    if (room && before.lines.every(({ text }) => continuesNotStarted(text, line.text))) {
      before.lines.push(line);
      return;
    }
    this.settleNotStarted();
    this.unstarted = { lines: [line], wrappers, age: 0 };
  }

  private settleNotStarted(end?: { exit: Exit; line: Line }): void {
    const { unstarted } = this;
    if (!unstarted) return;
    this.unstarted = undefined;
    const first = unstarted.lines[0]!;
    const draft = new Draft(first.at.start, first.number, unstarted.wrappers);
    draft.header = first.text.trim();
    draft.headerByRuntime = true;
    draft.notStarted = true;
    for (const line of unstarted.lines) {
      draft.nativeLines.push({ text: line.text.trim(), at: line.at });
      draft.reach(line.at, line.number);
    }
    if (end) {
      draft.exit = end.exit;
      draft.reach(end.line.at, end.line.number);
    }
    const report = draft.finish();
    if (report) this.emit(report);
  }

  private noteLoneHeader(line: Line, wrappers: readonly Wrapper[]): void {
    if (this.lone && ++this.lone.age > LONE_HEADER_LINES) this.settleLoneHeader();
    if (!STRONG.test(line.text)) return;
    const glued = GLUED.exec(line.text);
    if (!glued || PROSE.test(line.text.slice(0, line.text.indexOf(`${glued[1]}: `)))) return;
    this.settleLoneHeader();
    this.lone = { line, wrappers, age: 0 };
  }

  /** No traceback came: the header alone is the report. */
  private settleLoneHeader(): void {
    const lone = this.lone;
    if (!lone) return;
    this.lone = undefined;
    const { line } = lone;
    const draft = new Draft(line.at.start, line.number, lone.wrappers);
    draft.reach(line.at, line.number);
    adoptGluedHeader(draft, [line]);
    const report = draft.finish();
    if (report) this.emit(report);
  }
}

/** What the runtime prints between a remark and its header: the objects of a span, or the words of a stack. */
const DUMP = /^(?:0x[0-9a-f]+ (?:alloc|free ) |stack: frame=\{|[0-9a-f]{16}: | +\^ | +7 6 5 4 {2}3 2 1 0 )/;
/** A frame that a remark brings along. */
const FRAME = /^(?:runtime\.[^\s]{1,200}\(.{0,500}\)|\t\S{1,500}\.(?:go|s):\d+ .*)$/;

/** The runtime's remarks stand directly above its header, or above a dump that does. */
function giveRuntimeLines(draft: Draft, above: readonly Line[]): void {
  for (const line of above.toReversed()) {
    if (line.text.trim() === "" || DUMP.test(line.text) || FRAME.test(line.text)) continue;
    if (!isRuntimeLine(line.text)) break;
    draft.runtimeLines.unshift(line.text.trim());
    draft.reachBack(line.at, line.number);
  }
}

/** The first line holds the header behind other text; the next ones may go on with its value. */
function adoptGluedHeader(draft: Draft, lines: readonly Line[], pattern = GLUED): void {
  const first = lines[0]!;
  const [, kind, text] = pattern.exec(first.text)!;
  draft.header = `${kind}: ${text}`.trim();
  draft.reachBack(first.at, first.number);
  if (kind === "fatal error") {
    draft.fatal = { message: text!.trim(), at: first.at };
    return;
  }
  let value = text!;
  for (const line of lines.slice(1)) {
    const signal = parseSignalBracket(line.text, line.at);
    if (signal) draft.signal = signal;
    if (signal || line.text.trim() === "") break;
    value += `\n${line.text.replace(/^\t/, "")}`;
  }
  draft.panics.push(parsePanicValue(value, first.at));
}

/** A logger's line such as `Observed a panic: boom` above a stack that runs through `panic`. */
function adoptLoggedPanic(draft: Draft, line: Line): void {
  draft.header = line.text.trim();
  draft.caught = true;
  const { text } = line;
  const value =
    RUNTIME_ERROR.exec(text)?.[0].replace(/[):\s]+$/, "") ??
    (LOGGED_VALUE.exec(text) ?? LOGGED_BEHIND.exec(text))?.[1]?.replace(LOGGED_PLACE, "");
  draft.loggedValue = { value: value?.trim() ?? "", at: line.at };
  draft.reachBack(line.at, line.number);
}
