/**
 * Reads the unwrapped lines of one speaker and builds reports from them.
 *
 * A report opens at a header (`panic: `, `fatal error: `, a signal line, a goroutine header, a race banner, a frame)
 * and takes every line that continues it. Lines it does not know are passed over, because real logs interleave, until
 * too many stand in a row. What stood above the header is remembered for a while: native lines and test names there
 * belong to the crash.
 */
import { Draft, type OpenGoroutine } from "./draft.ts";
import { type CurrentGoroutine, DumpReader } from "./dump-reader.ts";
import { parseBareFunctionLine, parseCreatedBy, parseFileLine, parseFunctionLine } from "./frames.ts";
import { type HeaderDetails, parseHeaderDetails } from "./header.ts";
import {
  isCgoSignalLine,
  isNativeLine,
  parseExit,
  parsePanicValue,
  parsePcLine,
  parseRegisters,
  parseServing,
  parseSignalBracket,
  parseSignalLine,
} from "./messages.ts";
import { RaceParser } from "./race.ts";
import type { ByteRange, CrashReport, CreatedBy, Frame, Wrapper } from "./report.ts";
import { completeFrame, type PendingFrame } from "./stack-builder.ts";

/** One unwrapped line. */
export interface Line {
  readonly text: string;
  readonly at: ByteRange;
  /** Line number in the input, from 1. */
  readonly number: number;
  /** Stood behind other text on its line. */
  readonly glued?: boolean;
}

/** Lines above a header that are searched for native output and test names; a sanitizer's report is long. */
const CONTEXT_LINES = 150;
/** Unknown lines in a row that end a report. */
const MAX_FOREIGN_LINES = 40;
/** Lines of one panic value; a longer one is cut, not lost. */
const MAX_VALUE_LINES = 400;
const MAX_VALUE_LENGTH = 64 << 10;

const GOROUTINE = /^\s*goroutine (\d{1,19})( .*|$)/;
const FATAL = /^\s*fatal error: (.*)$/;
const THROW = /^\s*throw: (.*)$/;
const RUNTIME_LINE =
  /^\s*(?:runtime: |runtime\/cgo: |unexpected fault address |fatal: |checkptr: |cgocheck |acquirem: |sweep |instruction bytes: |object=0x|\*\(object\+|runtime stack:|stack=\[|sp=0x)/;
/** The raw stack words that fatal signals printed up to Go 1.22. */
const STACK_WORDS = /^\s*(?:stack: frame=\{|[0-9a-f]{8,16}: [ <>!*]*[0-9a-f]{8,16})/;
const ELIDED = /^\s*\.{3}\s?(?:(\d+) frames elided|additional frames elided)\s?\.{3}\s*$/;
const ORIGIN = /^\s*\[originating from goroutine (\d+)\]:/;
const TEST_FAIL = /^\s*--- FAIL: (\S+)/;
const TEST_RUN = /^\s*=== (?:RUN|CONT|NAME|PAUSE)\s+(\S+)/;
const PACKAGE_FAIL = /^\s*FAIL\s+(\S+)\s+(?:\d[\d.]*s|\[.*\])\s*$/;
const RUNNING_TEST = /^\s*(\S.*? \([\dhmsµun.]+\))\s*$/;
/** Headers a program glued to its own output, looked for in the lines above a traceback. */
const GLUED = /(?:^|[^A-Za-z_(])(panic|fatal error): (.*)$/;
/** Headers so plain that they count inside another program's line even where no traceback follows. */
const STRONG =
  /(?:^|[^A-Za-z_"'`(])(?:panic: (?:runtime error: |assignment to entry in nil map|close of (?:closed|nil) channel|send on closed channel|interface conversion: |reflect(?:\.|: )|sync: |test timed out after \d)|fatal error: (?:all goroutines are asleep|concurrent map |unexpected signal|stack overflow|runtime: |sync: |checkptr: |fault$|found bad pointer|out of memory))/;
/** Three plain words in a row are prose about a panic and no prefix of one. */
const PROSE = /[A-Za-z]+ [a-z]+ [a-z]+|["'`(]$/;
/** Lines after which no traceback is expected below a lone header. */
const LONE_HEADER_LINES = 12;
/** gin's middleware: the value and then frames of its own form follow. */
const RECOVERED_BELOW = /\[Recovery\].* panic recovered:\s*$/;
/** `FILE:LINE (0xPC)`, followed by `\tFUNCTION: SOURCE`. */
const GIN_FILE = /^(\S.{0,1000}\.(?:go|s)):(\d{1,7}) \((0x[0-9a-f]{1,16})\)$/;
const GIN_FUNCTION = /^\t((?:\(\*?[\w.]+\)\.)?[\w.]+): /;
/** The words of a logger that caught a panic, where `panic: ` alone would look like the runtime's own. */
const LOGGED = /\b(?:observed|recovered|recovering|caught|handled)(?: from)?(?: an?)? panic: /i;
/** The message itself, inside quotes or parentheses of a logger. */
const RUNTIME_ERROR = /runtime error: [^"\n]{1,500}/;
const LOGGED_VALUE =
  /(?:Observed a panic:? |\[PANIC RECOVER\] |panic(?:ked|king)?(?: recovered)?(?: from)?[:=] ?|recovered(?: from)?(?: panic)?[:=]? )(.*)$/i;
/** Lines with text above a stack in which a glued header, or a logger's word of a panic, is looked for. */
const GLUED_LINES = 12;
const CAUGHT_LINES = 3;
const CAUGHT = /\b(?:panic(?:ked|king)?|recover(?:ed|y)?|crash(?:ed)?)\b/i;

export class Assembler {
  private readonly context: Line[] = [];
  private draft: Draft | undefined;
  private goroutine: OpenGoroutine | undefined;
  private pending: PendingFrame | undefined;
  private section: "goroutine" | "runtime" | "ancestor" = "goroutine";
  private value:
    | { text: string; at: { start: number; end: number }; lines: number; tail: string[] }
    | undefined;
  private readonly race = new RaceParser();
  private foreign = 0;
  private blankBefore = false;
  private partial = "";
  /** A header inside another line, whose traceback may still come. */
  private lone: { line: Line; wrappers: readonly Wrapper[]; age: number } | undefined;
  private wrappers: readonly Wrapper[] = [];
  private readonly headerCache = new Map<string, HeaderDetails | undefined>();
  private readonly dumpReader = new DumpReader({
    header: (rest) => this.headerDetails(rest),
    goroutine: (id, details, frames, createdBy, start, end) =>
      this.takeGoroutine(id, details, frames, createdBy, start, end),
  });

  constructor(private readonly emit: (report: CrashReport) => void) {}

  /** True while a report is open: the reader must not skip lines. */
  get open(): boolean {
    return this.draft !== undefined || this.race.open;
  }

  /** True while plain frames are expected: the reader may use its fast path. */
  get inGoroutine(): boolean {
    return (
      this.goroutine !== undefined &&
      this.draft !== undefined &&
      this.draft.goroutineCount > 0 &&
      this.section === "goroutine" &&
      this.partial === "" &&
      this.pending === undefined &&
      this.goroutine.ancestors.length === 0 &&
      !this.race.open
    );
  }

  /**
   * Reads as many plain lines as it can from `text[from, to)`, which ends at a newline and is pure ASCII, so that index
   * plus `base` is the byte offset. Does to the report what `line` would do, faster.
   */
  readDump(text: string, from: number, to: number, base: number, number: number): DumpReader {
    const reader = this.dumpReader;
    const open = this.goroutine!;
    const current: CurrentGoroutine = {
      id: open.id,
      details: open.details,
      frames: open.frames,
      createdBy: open.createdBy,
      start: open.at.start,
      end: open.at.end,
    };
    reader.read(text, from, to, base, number, current);
    if (reader.at > from) this.blankBefore = reader.lastLine < reader.line - 1;
    if (reader.lastLine === 0) return reader;
    if (current.start !== open.at.start) {
      const { id, details, frames } = current;
      this.goroutine = { id, details, frames, ancestors: [], at: { start: 0, end: 0 }, dangling: false };
    }
    const now = this.goroutine!;
    now.at.start = current.start;
    now.at.end = current.end;
    if (current.createdBy) now.createdBy = current.createdBy;
    now.dangling = false;
    this.foreign = 0;
    this.draft!.reach({ start: base + from, end: current.end }, reader.lastLine);
    return reader;
  }

  /** Takes the next line of this speaker. */
  line(line: Line, wrappers: readonly Wrapper[]): void {
    this.wrappers = wrappers;
    if (this.race.open || RaceParser.starts(line.text)) {
      this.raceLine(line);
      return;
    }
    if (this.draft) {
      if (this.blankLine(line.text)) return;
      if (this.continueReport(line)) {
        this.foreign = 0;
        this.draft?.reach(line.at, line.number);
        return;
      }
      if (this.draft && ++this.foreign > MAX_FOREIGN_LINES) this.close();
    }
    if (!this.startReport(line)) {
      this.noteLoneHeader(line);
      this.remember(line);
    }
  }

  /** No more lines will come from this speaker. */
  end(): void {
    if (this.race.open) this.finishRace();
    this.close();
    this.settleLoneHeader();
    this.context.length = 0;
  }

  /** What was remembered does not stand above what comes next. */
  forget(): void {
    this.settleLoneHeader();
    this.context.length = 0;
  }

  /** The header turned out to stand behind a prefix and was read by another assembler. */
  dropLoneHeader(): void {
    this.lone = undefined;
  }

  private noteLoneHeader(line: Line): void {
    if (this.lone && ++this.lone.age > LONE_HEADER_LINES) this.settleLoneHeader();
    if (!STRONG.test(line.text)) return;
    const glued = GLUED.exec(line.text);
    if (!glued || PROSE.test(line.text.slice(0, line.text.indexOf(`${glued[1]}: `)))) return;
    this.settleLoneHeader();
    this.lone = { line, wrappers: this.wrappers, age: 0 };
  }

  /** No traceback came: the header alone is the report. */
  private settleLoneHeader(): void {
    const lone = this.lone;
    if (!lone) return;
    this.lone = undefined;
    const { line } = lone;
    const draft = new Draft(line.at.start, line.number, lone.wrappers);
    draft.reach(line.at, line.number);
    this.adoptHeader(draft, [line], GLUED.exec(line.text)!);
    const report = draft.finish();
    if (report) this.emit(report);
  }

  private remember(line: Line): void {
    this.context.push(line);
    if (this.context.length > CONTEXT_LINES * 2) this.context.splice(0, CONTEXT_LINES);
  }

  // ---- a report opens

  private startReport(line: Line): boolean {
    const { text } = line;
    const panic = /^\s*panic: (.*)$/.exec(text);
    if (panic) {
      const draft = this.openDraft(line, text.trim(), true);
      this.startValue(panic[1]!, line);
      if (text.includes("test timed out after ")) this.readTimeout(draft, text);
      return true;
    }
    const fatal = FATAL.exec(text) ?? THROW.exec(text);
    if (fatal) {
      this.openDraft(line, text.trim(), true).fatal = { message: fatal[1]!.trim(), at: line.at };
      return true;
    }
    if (RECOVERED_BELOW.test(text)) {
      this.openDraft(line, text.trim(), true).caught = true;
      this.value = { text: "", at: { ...line.at }, lines: 0, tail: [] };
      return true;
    }
    const serving = parseServing(text);
    if (serving) {
      const draft = this.openDraft(line, text.trim(), true);
      draft.serving = serving.serving;
      this.startValue(serving.value, line);
      return true;
    }
    return this.startFromSignal(line) || this.startFromStack(line) || this.startFromExit(line);
  }

  private startFromSignal(line: Line): boolean {
    const signal = parseSignalLine(line.text, line.at) ?? parseSignalBracket(line.text, line.at);
    if (!signal) return false;
    const draft = line.text.includes("[signal ")
      ? this.openWithoutHeader(line)
      : this.openDraft(line, line.text.trim(), true);
    draft.signal = signal;
    return true;
  }

  private startFromStack(line: Line): boolean {
    const header = this.goroutineHeader(line.text);
    if (header) {
      this.openWithoutHeader(line).logged = line.glued === true;
      this.startGoroutine(header.id, header.details, line);
      return true;
    }
    if (/^\s*runtime stack:/.test(line.text)) {
      const draft = this.openWithoutHeader(line);
      draft.runtimeStack = [];
      this.section = "runtime";
      return true;
    }
    return this.startFromFrame(line);
  }

  /** A traceback whose head was cut away shows as a function line followed by its file line. */
  private startFromFrame(line: Line): boolean {
    if (!line.text.includes(":")) return false;
    const file = parseFileLine(line.text);
    const above = this.context[this.context.length - 1];
    if (!file || !above || !/\.(?:go|s)$/.test(file.file)) return false;
    const created = parseCreatedBy(above.text);
    const call = parseFunctionLine(above.text);
    if (!created && !(call && (file.offset !== undefined || call.inlined))) {
      return this.startFromBareFrame(line, above, file.offset !== undefined);
    }
    this.context.pop();
    const draft = this.openWithoutHeader(above);
    this.startGoroutine(0, { state: "", lockedToThread: false }, above);
    draft.cutInside = true;
    this.frameLine(above);
    this.frameLine(line);
    draft.reach(line.at, line.number);
    return true;
  }

  /** Stacks of zap and pkg/errors have no parentheses; only those that run through a panic are of interest. */
  private startFromBareFrame(line: Line, above: Line, hasOffset: boolean): boolean {
    const name = parseBareFunctionLine(above.text);
    if (name === undefined || hasOffset) return false;
    if (!/^(?:runtime\.gopanic|runtime\.sigpanic|runtime\.panic\w*|panic)$/.test(name)) return false;
    this.context.pop();
    const draft = this.openWithoutHeader(above);
    draft.caught = true;
    this.startGoroutine(0, { state: "", lockedToThread: false }, above);
    this.pending = { kind: "bare", text: above.text, at: above.at };
    this.frameLine(line);
    draft.reach(line.at, line.number);
    return true;
  }

  private startFromExit(line: Line): boolean {
    const found = parseExit(line.text, line.at);
    if (!found?.alone) return false;
    const draft = this.openDraft(line, line.text.trim(), true);
    draft.exit = found.exit;
    this.close();
    return true;
  }

  private openDraft(line: Line, header: string, byRuntime: boolean): Draft {
    this.close();
    const draft = new Draft(line.at.start, line.number, this.wrappers);
    draft.header = header;
    draft.headerByRuntime = byRuntime;
    draft.reach(line.at, line.number);
    this.draft = draft;
    this.section = "goroutine";
    this.foreign = 0;
    this.blankBefore = false;
    this.takeContext(draft);
    return draft;
  }

  /** Opens at a stack. A header may stand glued to program output in the lines above it. */
  private openWithoutHeader(line: Line): Draft {
    const above = this.context.slice(-CONTEXT_LINES);
    const draft = this.openDraft(line, "", false);
    const near = above.filter((line) => line.text.trim() !== "").slice(-GLUED_LINES);
    const glued = near.findLast((line) => GLUED.test(line.text) && !LOGGED.test(line.text));
    if (glued) {
      this.adoptHeader(draft, above.slice(above.indexOf(glued)), GLUED.exec(glued.text)!);
      return draft;
    }
    const logged = near.slice(-CAUGHT_LINES).findLast((line) => CAUGHT.test(line.text));
    if (logged) this.adoptLoggedPanic(draft, logged);
    return draft;
  }

  private adoptHeader(draft: Draft, lines: readonly Line[], glued: RegExpExecArray): void {
    const first = lines[0]!;
    if (this.lone?.line.number === first.number) this.lone = undefined;
    draft.header = `${glued[1]}: ${glued[2]}`.trim();
    if (glued[1] === "fatal error") {
      draft.fatal = { message: glued[2]!.trim(), at: first.at };
    } else {
      let value = glued[2]!;
      for (const line of lines.slice(1)) {
        const signal = parseSignalBracket(line.text, line.at);
        if (signal) draft.signal = signal;
        if (signal || line.text.trim() === "") break;
        value += `\n${line.text.replace(/^\t/, "")}`;
      }
      draft.panics.push(parsePanicValue(value, first.at));
    }
    this.pullBack(draft, first);
  }

  /** A logger's line such as `Observed a panic: boom` above a stack that runs through `panic`. */
  private adoptLoggedPanic(draft: Draft, line: Line): void {
    draft.header = line.text.trim();
    draft.caught = true;
    const value =
      RUNTIME_ERROR.exec(line.text)?.[0].replace(/[):\s]+$/, "") ?? LOGGED_VALUE.exec(line.text)?.[1];
    draft.loggedValue = { value: value?.trim() ?? "", at: line.at };
    this.pullBack(draft, line);
  }

  private pullBack(draft: Draft, line: Line): void {
    draft.start = Math.min(draft.start, line.at.start);
    draft.firstLine = Math.min(draft.firstLine, line.number);
  }

  /** What stood above: runtime lines at once, native lines and the test's name within reach. */
  private takeContext(draft: Draft): void {
    const above = this.context.slice(-CONTEXT_LINES);
    this.context.length = 0;
    for (const line of above) {
      const failed = TEST_FAIL.exec(line.text) ?? TEST_RUN.exec(line.text);
      if (failed) draft.test.name = failed[1]!;
      if (isNativeLine(line.text)) draft.nativeLines.push({ text: line.text.trim(), at: line.at });
    }
    for (let i = above.length - 1; i >= 0; i--) {
      const line = above[i]!;
      if (line.text.trim() === "") continue;
      if (!RUNTIME_LINE.test(line.text)) break;
      draft.runtimeLines.unshift(line.text.trim());
      this.pullBack(draft, line);
    }
  }

  // ---- a report goes on

  /** Blank lines separate; they neither end a report nor count as foreign. */
  private blankLine(text: string): boolean {
    // A blank line inside a value carries the tab that the runtime adds to every line of it (since Go 1.18).
    if (text.trim() !== "" || (this.value && text === "\t")) return false;
    this.blankBefore = true;
    this.value?.tail.push("");
    return true;
  }

  private continueReport(line: Line): boolean {
    const { text } = line;
    const draft = this.draft!;
    const wasBlank = this.blankBefore;
    this.blankBefore = false;
    if (this.foreignFrame(line)) return true;
    if (this.value && this.continueValue(line, wasBlank)) return true;
    const header = this.goroutineHeader(text);
    if (header) {
      this.startGoroutine(header.id, header.details, line);
      return true;
    }
    if ((this.goroutine || this.section === "runtime") && this.frameLine(line)) return true;
    if (this.partialLine(line)) return true;
    return this.detailLine(draft, line);
  }

  /** Signals, chains, exits and the other single lines around a traceback. */
  private detailLine(draft: Draft, line: Line): boolean {
    const { text } = line;
    const bracket = parseSignalBracket(text, line.at);
    if (bracket) {
      draft.signal ??= bracket;
      return true;
    }
    if (this.signalBlock(draft, line)) return true;
    const fatal = FATAL.exec(text);
    if (fatal && !draft.hasBody && !this.goroutine) {
      // Two threads that fail at once both print their line.
      draft.fatal ??= { message: fatal[1]!.trim(), at: line.at };
      if (draft.header === "" || draft.panics.length === 0) draft.header = text.trim();
      return true;
    }
    if (/^\s*panic: /.test(text) && !this.goroutine && !draft.hasBody && draft.panics.length > 0) {
      this.startValue(text.replace(/^\s*panic: /, ""), line);
      return true;
    }
    const origin = ORIGIN.exec(text);
    if (origin && this.goroutine) {
      this.flushPending();
      this.goroutine.ancestors.push({ goroutine: Number(origin[1]), frames: [] });
      this.section = "ancestor";
      return true;
    }
    const elided = ELIDED.exec(text);
    if (elided) {
      this.flushPending();
      if (this.goroutine) this.goroutine.elided = elided[1] ? Number(elided[1]) : -1;
      return true;
    }
    return this.surroundings(draft, line);
  }

  private signalBlock(draft: Draft, line: Line): boolean {
    const pc = parsePcLine(line.text);
    if (pc && draft.signal) {
      draft.signal = { ...pc, ...draft.signal, ...(draft.signal.pc ? {} : { pc: pc.pc! }) };
      return true;
    }
    if (isCgoSignalLine(line.text) && draft.signal) {
      draft.signal.inCgo = true;
      return true;
    }
    const registers = draft.signal ? parseRegisters(line.text) : undefined;
    if (registers) {
      this.closeGoroutine();
      draft.registers ??= {};
      for (const [name, value] of registers) draft.registers[name] ??= value;
      return true;
    }
    // GOTRACEBACK=crash sends SIGQUIT to the other threads at last: the same crash goes on.
    const signal = parseSignalLine(line.text, line.at);
    if (!signal) return /^\s*-----\s*$/.test(line.text) && draft.hasBody;
    const begun = draft.hasBody || this.goroutine !== undefined;
    const follows = draft.panics.length > 0 || draft.fatal !== undefined || draft.signal !== undefined;
    if (begun ? follows && signal.name === "SIGQUIT" : draft.signal === undefined) {
      this.closeGoroutine();
      draft.signal ??= signal;
      return true;
    }
    return false;
  }

  private surroundings(draft: Draft, line: Line): boolean {
    const { text } = line;
    if (/^\s*runtime stack:/.test(text)) {
      this.closeGoroutine();
      draft.runtimeStack ??= [];
      this.section = "runtime";
      return true;
    }
    if (RUNTIME_LINE.test(text)) {
      if (draft.hasBody || this.goroutine) return false;
      draft.runtimeLines.push(text.trim());
      return true;
    }
    if (STACK_WORDS.test(text)) return true;
    const packageFail = PACKAGE_FAIL.exec(text);
    if (packageFail) {
      draft.test.package = packageFail[1]!;
      draft.ended = true;
      return true;
    }
    if (/^\s*FAIL\s*$/.test(text)) {
      draft.ended = true;
      return true;
    }
    if (/^\s*goroutine running on other thread; stack unavailable\s*$/.test(text)) {
      if (this.goroutine) this.goroutine.elided = -1;
      return true;
    }
    const exit = parseExit(text, line.at);
    if (exit && (draft.exit === undefined || exit.exit.coreDumped)) {
      if (draft.exit === undefined || draft.exit.status === undefined) draft.exit = exit.exit;
      draft.ended = true;
      return true;
    }
    if (!draft.hasBody && !this.goroutine && isNativeLine(text)) {
      draft.nativeLines.push({ text: text.trim(), at: line.at });
      return true;
    }
    return false;
  }

  // ---- frames of middleware

  private ginFile: { file: string; line: number; pc: string } | undefined;

  /** Stacks as gin and chi print them: the runtime's frames in another form. */
  private foreignFrame(line: Line): boolean {
    const { text } = line;
    if (this.ginFile) {
      const { file, line: number, pc } = this.ginFile;
      this.ginFile = undefined;
      const name = GIN_FUNCTION.exec(text)?.[1];
      this.goroutine!.frames.push({ function: name ?? "?", package: "", file, line: number, pc });
      this.goroutine!.at.end = line.at.end;
      if (name !== undefined) return true;
    }
    const gin = this.draft!.caught ? GIN_FILE.exec(text) : null;
    if (gin) {
      this.openImplicitGoroutine(line);
      this.ginFile = { file: gin[1]!, line: Number(gin[2]), pc: gin[3]! };
      return true;
    }
    const chi = /^\s*-> +(\S.*)$/.exec(text);
    if (!chi || (!this.value && !this.goroutine)) return false;
    this.draft!.caught = true;
    this.openImplicitGoroutine(line);
    const stripped = { ...line, text: chi[1]! };
    return this.frameLine(stripped) || this.partialLine(stripped);
  }

  private openImplicitGoroutine(line: Line): void {
    if (!this.goroutine) this.startGoroutine(0, { state: "", lockedToThread: false }, line);
  }

  // ---- panic values

  private startValue(text: string, line: Line): void {
    if (this.value) this.endValue();
    this.value = { text, at: { ...line.at }, lines: 1, tail: [] };
  }

  /**
   * The value goes on until a signal, a chained panic or a traceback. Lines behind a blank one belong to it only if a
   * traceback follows them, so they wait in its tail.
   */
  private continueValue(line: Line, wasBlank: boolean): boolean {
    const { text } = line;
    const value = this.value!;
    if (this.endsValue(line)) {
      this.endValue(true);
      return false;
    }
    if (value.lines >= MAX_VALUE_LINES || value.text.length > MAX_VALUE_LENGTH)
      return value.lines++ < MAX_VALUE_LINES * 2;
    value.lines++;
    const content = text.startsWith("\t") ? text.slice(1) : text;
    if (wasBlank || value.tail.length > 0) {
      value.tail.push(content);
      return false;
    }
    this.readRunningTest(value.text, text);
    value.text = value.text === "" ? content : `${value.text}\n${content}`;
    value.at.end = line.at.end;
    return true;
  }

  private endsValue(line: Line): boolean {
    const { text } = line;
    if (/^\s*(?:panic: |fatal error: |runtime stack:|\[signal )/.test(text)) return true;
    // An error that holds a stack in its message prints it with a tab before every line.
    if (GOROUTINE.test(text) && (!text.startsWith("\t") || this.value!.lines > 3)) {
      return this.goroutineHeader(text) !== undefined;
    }
    return /^(?:FAIL|exit status \d+|ok {2}\t)/.test(text) || parseExit(text, line.at)?.alone === true;
  }

  private readRunningTest(value: string, text: string): void {
    if (!value.startsWith("test timed out after ") || text.includes("running tests:")) return;
    const running = RUNNING_TEST.exec(text);
    const test = this.draft!.test;
    if (running) test.running = [...(test.running ?? []), running[1]!];
  }

  private endValue(withTail = false): void {
    const { text, at, tail } = this.value!;
    this.value = undefined;
    const whole = withTail ? [text, ...tail].join("\n").trimEnd() : text;
    this.draft!.panics.push(parsePanicValue(whole, at));
  }

  private readTimeout(draft: Draft, text: string): void {
    const timeout = /test timed out after (\S+)/.exec(text);
    if (timeout) draft.test.timeout = timeout[1]!;
  }

  // ---- goroutines and frames

  private goroutineHeader(text: string): { id: number; details: HeaderDetails } | undefined {
    const match = text.includes("goroutine ") ? GOROUTINE.exec(text) : null;
    if (!match) return undefined;
    const details = this.headerDetails(match[2]!);
    return details && { id: Number(match[1]), details };
  }

  private headerDetails(rest: string): HeaderDetails | undefined {
    let details = this.headerCache.get(rest);
    if (details === undefined && !this.headerCache.has(rest)) {
      details = parseHeaderDetails(rest);
      if (this.headerCache.size > 5000) this.headerCache.clear();
      this.headerCache.set(rest, details);
    }
    return details;
  }

  /** A goroutine that the dump reader has read to its end; the first may be the one the slow path began. */
  private takeGoroutine(
    id: number,
    details: HeaderDetails,
    frames: readonly Frame[],
    createdBy: CreatedBy | undefined,
    start: number,
    end: number,
  ): void {
    const draft = this.draft!;
    const begun = this.goroutine;
    if (begun && begun.at.start === start) {
      begun.at.end = end;
      if (createdBy) begun.createdBy = createdBy;
      this.closeGoroutine();
    } else draft.addPlainGoroutine(id, details, frames, createdBy, start, end);
  }

  private startGoroutine(id: number, details: HeaderDetails, line: Line): void {
    if (this.value) this.endValue();
    this.closeGoroutine();
    this.section = "goroutine";
    this.goroutine = {
      id,
      details,
      frames: [],
      ancestors: [],
      at: { start: line.at.start, end: line.at.end },
      dangling: false,
    };
  }

  private closeGoroutine(): void {
    this.flushPending();
    const open = this.goroutine;
    if (!open) return;
    this.goroutine = undefined;
    this.draft!.addGoroutine(open);
  }

  private frameLine(line: Line): boolean {
    const { text } = line;
    if (this.pending) {
      const file = parseFileLine(text);
      if (file) {
        const pending = this.pending;
        this.pending = undefined;
        this.addFrame(pending, completeFrame(pending, file), { start: pending.at.start, end: line.at.end });
        return true;
      }
    }
    const call = parseFunctionLine(text);
    if (call) {
      this.flushPending();
      this.pending = { kind: "call", text, at: line.at };
      return true;
    }
    const created = text.includes("created by ") ? parseCreatedBy(text) : undefined;
    if (created) {
      this.flushPending();
      this.pending = { kind: "creator", ...created, at: line.at };
      return true;
    }
    return false;
  }

  /**
   * Lines broken in two by a terminal or a mail program, and names without parentheses, are kept until the next line
   * shows what they are.
   */
  private partialLine(line: Line): boolean {
    if (!this.goroutine && this.section !== "runtime") return false;
    const { text } = line;
    if (this.partial !== "") {
      const joined = this.partial + text;
      const previous = this.partial;
      this.partial = "";
      const whole: Line = { ...line, text: joined };
      const header = this.goroutineHeader(joined);
      if (header) {
        this.startGoroutine(header.id, header.details, line);
        return true;
      }
      if (joined.length < 4000 && this.frameLine(whole)) return true;
      const file = parseFileLine(text);
      if (file) return this.bareFrame(previous, line);
    }
    if (text.length > 2000 || this.foreign > 0) return false;
    const mayBreak = /^\s*(?:[\w.\-/~%]+[./(]\S*|\/\S*|goroutine \d.*|created by .*|[A-Za-z]:\\.*)$/.test(
      text,
    );
    if (!mayBreak && parseBareFunctionLine(text) === undefined) return false;
    this.partial = text;
    return true;
  }

  private bareFrame(name: string, line: Line): boolean {
    if (parseBareFunctionLine(name) === undefined && !/pc=0x/.test(line.text)) return false;
    this.flushPending();
    this.pending = { kind: "bare", text: name, at: line.at };
    // A Go function without parentheses below a goroutine header: gccgo prints no arguments.
    if (this.goroutine && this.goroutine.details.state !== "" && /\.go:\d+\s*$/.test(line.text))
      this.draft!.gccgo = true;
    return this.frameLine(line);
  }

  private flushPending(): void {
    if (this.partial !== "" && this.goroutine) this.goroutine.dangling = true;
    this.partial = "";
    const pending = this.pending;
    if (!pending) return;
    this.pending = undefined;
    this.addFrame(pending, completeFrame(pending, undefined), pending.at);
    if (this.goroutine) this.goroutine.dangling = true;
  }

  private addFrame(pending: PendingFrame, frame: Frame | CreatedBy, at: ByteRange): void {
    const draft = this.draft!;
    if (this.section === "runtime") {
      draft.runtimeStack!.push({ ...frame, at });
      return;
    }
    const open = this.goroutine;
    if (!open) return;
    open.at.end = at.end;
    open.dangling = false;
    const ancestor = this.section === "ancestor" ? open.ancestors[open.ancestors.length - 1] : undefined;
    const withPlace = draft.goroutineCount === 0 ? { ...frame, at } : frame;
    if (pending.kind === "creator") {
      if (ancestor) ancestor.createdBy = withPlace;
      else open.createdBy = withPlace;
    } else if (ancestor) ancestor.frames.push(withPlace);
    else open.frames.push(withPlace);
  }

  // ---- races and endings

  private raceLine(line: Line): void {
    if (!this.race.open) {
      this.openDraft(line, "WARNING: DATA RACE", true);
    }
    if (!this.race.line(line.text)) {
      this.finishRace();
      this.line(line, this.wrappers);
      return;
    }
    this.draft?.reach(line.at, line.number);
    if (!this.race.open) this.finishRace();
  }

  private finishRace(): void {
    const draft = this.draft;
    const race = this.race.finish();
    if (draft && race) draft.race = race;
    if (draft && this.race.wasCut) draft.cutInside = true;
  }

  private close(): void {
    const draft = this.draft;
    if (!draft) return;
    if (this.value) this.endValue();
    this.closeGoroutine();
    this.draft = undefined;
    this.section = "goroutine";
    const report = draft.finish();
    if (report) this.emit(report);
  }
}
