/**
 * Reads the unwrapped lines of one speaker and builds reports from them.
 *
 * A report opens at a header (`panic: `, `fatal error: `, a signal line, a goroutine header, a race banner, a frame)
 * and takes every line that continues it. Lines it does not know are passed over, because real logs interleave, until
 * too many stand in a row.
 */
import { Draft } from "./draft.ts";
import type { DumpReader } from "./dump-reader.ts";
import { parseBareFunctionLine, parseCreatedBy, parseFileLine, parseFunctionLine } from "./frames.ts";
import type { Line } from "./line.ts";
import { isStrongHeader, LinesAbove } from "./lines-above.ts";
import {
  isCgoSignalLine,
  isNativeLine,
  isRuntimeLine,
  parseExit,
  parsePcLine,
  parseRegisters,
  parseServing,
  parseSignalBracket,
  parseSignalLine,
} from "./messages.ts";
import { MiddlewareFrames } from "./middleware.ts";
import { PanicValue } from "./panic-value.ts";
import { RaceParser } from "./race.ts";
import type { CrashReport, Exit, Wrapper } from "./report.ts";
import { StackReader } from "./stack-reader.ts";

/** Unknown lines in a row that end a report. */
const MAX_FOREIGN_LINES = 40;

const PANIC = /^\s*panic: (.*)$/;
const FATAL = /^\s*fatal error: (.*)$/;
const THROW = /^\s*throw: (.*)$/;
const RUNTIME_STACK = /^\s*runtime stack:/;
/** The raw stack words that fatal signals printed up to Go 1.22. */
const STACK_WORDS = /^\s*(?:stack: frame=\{|[0-9a-f]{8,16}: [ <>!*]*[0-9a-f]{8,16})/;
const PACKAGE_FAIL = /^\s*FAIL\s+(\S+)\s+(?:\d[\d.]*s|\[.*\])\s*$/;
const PANIC_FUNCTION = /^(?:runtime\.gopanic|runtime\.sigpanic|runtime\.panic\w*|panic)$/;

export class Assembler {
  private readonly above: LinesAbove;
  private readonly stack = new StackReader();
  private readonly middleware = new MiddlewareFrames(this.stack);
  private readonly race = new RaceParser();
  private draft: Draft | undefined;
  private value: PanicValue | undefined;
  private foreign = 0;
  private toldAbove: number | undefined;
  private blankBefore = false;
  private wrappers: readonly Wrapper[] = [];

  /**
   * `offerExit` gives an exit that opens no report here to whoever else it may belong to; `spoken` tells the last line
   * of any speaker.
   */
  constructor(
    private readonly emit: (report: CrashReport) => void,
    private readonly offerExit: (exit: Exit) => boolean = () => false,
    private readonly spoken: () => Line | undefined = () => undefined,
  ) {
    this.above = new LinesAbove(emit);
  }

  /** True while a report is open: the reader must not skip lines. */
  get open(): boolean {
    return this.draft !== undefined;
  }

  /** True where the next line may open a report although no anchor stands in it: the file of a bare `runtime.gopanic`. */
  get atPanicFrame(): boolean {
    const text = this.above.last?.text;
    return (
      text !== undefined && text.length < 40 && text.includes("panic") && PANIC_FUNCTION.test(text.trim())
    );
  }

  /** True while only the head of a report was read. */
  get awaitsStack(): boolean {
    return this.draft !== undefined && !this.draft.hasBody && !this.stack.inStack && !this.race.open;
  }

  /** True while plain frames are expected: the reader may use `readDump`. */
  get inPlainDump(): boolean {
    return this.stack.inPlainDump && !this.race.open;
  }

  /** Reads many plain lines at once; see StackReader.readDump. */
  readDump(text: string, from: number, to: number, base: number, number: number): DumpReader {
    const reader = this.stack.readDump(text, from, to, base, number);
    if (reader.at > from) this.blankBefore = reader.lastLine < reader.line - 1;
    if (reader.lastLine > 0) this.foreign = 0;
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
      if (this.continueReport(this.draft, line)) {
        this.foreign = 0;
        this.draft?.reach(line.at, line.number);
        return;
      }
      if (++this.foreign > MAX_FOREIGN_LINES) this.close();
    }
    if (!this.startReport(line)) this.above.remember(line, wrappers);
  }

  /** No more lines will come from this speaker. */
  end(): void {
    if (this.race.open) this.finishRace();
    this.close();
    this.above.clear();
  }

  /** The exit of this speaker's process, told elsewhere. False when no report is open. */
  takeExit(exit: Exit): boolean {
    if (!this.draft || this.draft.exit) return false;
    this.draft.exit = exit;
    this.draft.ended = true;
    return true;
  }

  /** The line of that number told its crash by itself; the stack its logger adds below is the same one. */
  told(number: number): void {
    this.toldAbove = number;
  }

  /** Lines were left out: what was remembered does not stand above what comes next. */
  forget(): void {
    this.above.clear();
  }

  /** These lines turned out to stand behind a prefix, the header among them, and are read by another assembler. */
  dropLoneHeader(elsewhere: readonly Line[]): void {
    this.above.dropLoneHeader();
    if (!this.awaitsStack || !elsewhere.some(({ number }) => number === this.draft?.firstLine)) return;
    this.value = undefined;
    this.draft = undefined;
  }

  // ---- a report opens

  private startReport(line: Line): boolean {
    const { text } = line;
    const panic = PANIC.exec(text);
    if (panic) {
      const draft = this.openDraft(line, text.trim());
      // YAML and indented prose have lines that begin so; without a traceback they are no crash.
      draft.doubtful = /^\s/.test(text) && !isStrongHeader(text);
      this.startValue(draft, panic[1]!, line);
      const timeout = /test timed out after (\S+)/.exec(text);
      if (timeout) draft.test.timeout = timeout[1]!;
      return true;
    }
    const fatal = FATAL.exec(text) ?? THROW.exec(text);
    if (fatal) {
      this.openDraft(line, text.trim()).fatal = { message: fatal[1]!.trim(), at: line.at };
      return true;
    }
    return (
      this.startFromServer(line) ||
      this.startFromSignal(line) ||
      this.startFromStack(line) ||
      this.startFromExit(line)
    );
  }

  private startFromServer(line: Line): boolean {
    const { text } = line;
    if (MiddlewareFrames.startsBelow(text)) {
      this.openDraft(line, text.trim()).caught = true;
      this.value = new PanicValue("", line);
      return true;
    }
    const serving = parseServing(text);
    if (!serving) return false;
    const draft = this.openDraft(line, text.trim());
    draft.serving = serving.serving;
    this.startValue(draft, serving.value, line);
    return true;
  }

  private startFromSignal(line: Line): boolean {
    const block = parseSignalLine(line.text, line.at);
    if (block) {
      this.openDraft(line, line.text.trim()).signal = block;
      return true;
    }
    const bracket = parseSignalBracket(line.text, line.at);
    if (!bracket) return false;
    const draft = this.openWithoutHeader(line);
    draft.signal = bracket;
    draft.headerLost = true;
    return true;
  }

  private startFromStack(line: Line): boolean {
    const header = this.stack.header(line.text);
    if (header) {
      this.openWithoutHeader(line).logged = line.glued === true;
      this.stack.start(header.id, header.details, line);
      return true;
    }
    if (RUNTIME_STACK.test(line.text)) {
      this.openWithoutHeader(line);
      this.stack.startRuntimeStack();
      return true;
    }
    return this.startFromFrame(line);
  }

  /** A traceback whose head was cut away shows as a function line followed by its file line. */
  private startFromFrame(line: Line): boolean {
    if (!line.text.includes(":")) return false;
    const file = parseFileLine(line.text);
    const above = this.above.last;
    if (!file || !above || !/\.(?:go|s)$/.test(file.file) || this.above.insideRemark) return false;
    const hasOffset = file.offset !== undefined;
    const call = parseFunctionLine(above.text);
    if (parseCreatedBy(above.text) || (call && (hasOffset || call.inlined))) {
      const draft = this.openInsideStack(above);
      draft.cutInside = true;
      this.stack.frameLine(above);
      this.stack.frameLine(line);
      draft.reach(line.at, line.number);
      return true;
    }
    return !hasOffset && this.startFromBareFrame(line, above);
  }

  /** Stacks of zap and pkg/errors have no parentheses; only those that run through a panic are of interest. */
  private startFromBareFrame(line: Line, above: Line): boolean {
    const name = parseBareFunctionLine(above.text);
    if (name === undefined || !PANIC_FUNCTION.test(name)) return false;
    if (this.toldAbove !== undefined && this.above.framesSince(this.toldAbove)) return false;
    const draft = this.openInsideStack(above);
    draft.caught = true;
    this.stack.expectFileOf(above.text, above.at);
    this.stack.frameLine(line);
    draft.reach(line.at, line.number);
    return true;
  }

  private startFromExit(line: Line): boolean {
    const found = parseExit(line.text, line.at);
    if (!found) return false;
    if (this.above.takeExit(found.exit, line)) return true;
    // klog sets a child's output below the line that says how it ended.
    if (found.exit.status === 2 && line.text.endsWith("=<")) return false;
    if (!found.alone) return this.startFromFatalLog(line, found.exit);
    if (this.offerExit(found.exit)) return true;
    this.openDraft(line, line.text.trim()).exit = found.exit;
    this.close();
    return true;
  }

  /** `exit status 1` alone tells nothing; below a log line it tells that this line was the last. */
  private startFromFatalLog(line: Line, exit: Exit): boolean {
    const said = this.above.fatalLine(exit, line.number, this.spoken());
    if (!said) return false;
    const draft = this.openDraft(line, said.text.trim());
    draft.exit = { ...exit, logged: said.level ?? "fatal" };
    draft.reachBack(said.at, said.number);
    this.close();
    return true;
  }

  private openDraft(line: Line, header: string): Draft {
    const draft = this.begin(line, header);
    draft.headerByRuntime = true;
    this.above.giveTo(draft, false);
    return draft;
  }

  /** Opens at a stack. A header may stand glued to program output in the lines above it. */
  private openWithoutHeader(line: Line): Draft {
    const draft = this.begin(line, "");
    this.above.giveTo(draft, true);
    return draft;
  }

  private openInsideStack(first: Line): Draft {
    this.above.dropLast();
    const draft = this.openWithoutHeader(first);
    this.stack.openImplicit(first);
    return draft;
  }

  private begin(line: Line, header: string): Draft {
    this.close();
    const draft = new Draft(line.at.start, line.number, this.wrappers);
    draft.header = header;
    draft.reach(line.at, line.number);
    this.draft = draft;
    this.stack.begin(draft);
    this.foreign = 0;
    this.blankBefore = false;
    return draft;
  }

  // ---- a report goes on

  /** Blank lines separate; they neither end a report nor count as foreign. */
  private blankLine(text: string): boolean {
    if (text.trim() !== "" || (this.value && PanicValue.isInnerBlank(text))) return false;
    this.blankBefore = true;
    this.value?.blank();
    return true;
  }

  private continueReport(draft: Draft, line: Line): boolean {
    const afterBlank = this.blankBefore;
    this.blankBefore = false;
    if (this.middlewareLine(draft, line)) return true;
    if (this.value && this.continueValue(draft, this.value, line, afterBlank)) return true;
    const header = this.stack.header(line.text);
    if (header) {
      this.endValue(draft);
      this.stack.start(header.id, header.details, line);
      return true;
    }
    if (this.stack.inStack) {
      if (this.stack.frameLine(line) || this.stack.remark(line.text)) return true;
      // `Aborted` could be the name of a C function, but behind a stack it is the shell.
      if (this.ending(draft, line) || this.stack.partialLine(line, this.foreign === 0)) return true;
    }
    return this.signalLine(draft, line) || this.chainLine(draft, line) || this.surroundings(draft, line);
  }

  private middlewareLine(draft: Draft, line: Line): boolean {
    if (draft.caught && this.middleware.gin(line)) {
      this.endValue(draft);
      return true;
    }
    if ((!this.value && !this.stack.inGoroutine) || !this.middleware.chi(line)) return false;
    draft.caught = true;
    this.endValue(draft);
    return true;
  }

  /** A chained panic, or the fatal error that ended a panicking program. */
  private chainLine(draft: Draft, line: Line): boolean {
    if (draft.hasBody || this.stack.inGoroutine) return false;
    const fatal = FATAL.exec(line.text);
    if (fatal) {
      // Two threads that fail at once both print their line.
      draft.fatal ??= { message: fatal[1]!.trim(), at: line.at };
      if (draft.header === "" || draft.panics.length === 0) draft.header = line.text.trim();
      return true;
    }
    const panic = draft.panics.length > 0 ? PANIC.exec(line.text) : null;
    if (!panic) return false;
    this.startValue(draft, panic[1]!, line);
    return true;
  }

  private signalLine(draft: Draft, line: Line): boolean {
    const { text } = line;
    const bracket = parseSignalBracket(text, line.at);
    if (bracket) {
      draft.signal ??= bracket;
      return true;
    }
    if (draft.signal && this.signalDetail(draft, text)) return true;
    const signal = parseSignalLine(text, line.at);
    if (!signal) return /^\s*-----\s*$/.test(text) && draft.hasBody;
    // GOTRACEBACK=crash sends SIGQUIT to the other threads at last: the same crash goes on.
    const begun = draft.hasBody || this.stack.inGoroutine;
    const follows = draft.panics.length > 0 || draft.fatal !== undefined || draft.signal !== undefined;
    if (begun ? !follows || signal.name !== "SIGQUIT" : draft.signal !== undefined) return false;
    this.stack.close();
    draft.signal ??= signal;
    return true;
  }

  private signalDetail(draft: Draft, text: string): boolean {
    const signal = draft.signal!;
    const pc = parsePcLine(text);
    if (pc) {
      draft.signal = { ...pc, ...signal };
      return true;
    }
    if (isCgoSignalLine(text)) {
      signal.inCgo = true;
      return true;
    }
    const registers = parseRegisters(text);
    if (!registers) return false;
    this.stack.close();
    draft.registers ??= {};
    for (const [name, value] of registers) draft.registers[name] ??= value;
    return true;
  }

  /** What the runtime, `go test` and the shell say around a traceback. */
  private surroundings(draft: Draft, line: Line): boolean {
    const { text } = line;
    if (RUNTIME_STACK.test(text)) {
      this.stack.startRuntimeStack();
      return true;
    }
    const inHead = !draft.hasBody && !this.stack.inGoroutine;
    if (isRuntimeLine(text)) {
      if (inHead) draft.runtimeLines.push(text.trim());
      return inHead;
    }
    if (STACK_WORDS.test(text) || this.ending(draft, line)) return true;
    if (!inHead || !isNativeLine(text)) return false;
    draft.nativeLines.push({ text: text.trim(), at: line.at });
    return true;
  }

  private ending(draft: Draft, line: Line): boolean {
    const packageFail = PACKAGE_FAIL.exec(line.text);
    if (packageFail) draft.test.package = packageFail[1]!;
    if (packageFail || /^\s*FAIL\s*$/.test(line.text)) {
      draft.ended = true;
      return true;
    }
    const found = parseExit(line.text, line.at);
    if (!found || (draft.exit !== undefined && !found.exit.coreDumped)) return false;
    if (draft.exit?.status === undefined) draft.exit = found.exit;
    draft.ended = true;
    return true;
  }

  // ---- panic values

  private startValue(draft: Draft, text: string, line: Line): void {
    this.endValue(draft);
    this.value = new PanicValue(text, line);
  }

  private continueValue(draft: Draft, value: PanicValue, line: Line, afterBlank: boolean): boolean {
    if (!value.isEndedBy(line, (text) => this.stack.header(text) !== undefined)) {
      return value.add(line, afterBlank, draft);
    }
    this.value = undefined;
    draft.panics.push(value.finish(true));
    return false;
  }

  private endValue(draft: Draft): void {
    const { value } = this;
    this.value = undefined;
    if (value) draft.panics.push(value.finish(false));
  }

  // ---- races and endings

  private raceLine(line: Line): void {
    if (!this.race.open) this.openDraft(line, "WARNING: DATA RACE");
    if (!this.race.line(line.text)) {
      this.finishRace();
      this.line(line, this.wrappers);
      return;
    }
    this.draft?.reach(line.at, line.number);
    if (!this.race.open) this.finishRace();
  }

  private finishRace(): void {
    const { draft } = this;
    const race = this.race.finish();
    if (draft && race) draft.race = race;
    if (draft && this.race.wasCut) draft.cutInside = true;
  }

  private close(): void {
    const { draft } = this;
    if (!draft) return;
    this.endValue(draft);
    this.stack.end();
    this.middleware.reset();
    this.draft = undefined;
    const report = draft.finish();
    if (report) this.emit(report);
  }
}
