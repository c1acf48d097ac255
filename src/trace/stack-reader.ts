/**
 * Reads the goroutines of a report line by line: headers, function lines with their file lines, creators, ancestors.
 * Plain dumps go through the fast DumpReader instead.
 */
import type { Draft, OpenGoroutine } from "./draft.ts";
import { type CurrentGoroutine, DumpReader } from "./dump-reader.ts";
import { parseBareFunctionLine, parseCreatedBy, parseFileLine, parseFunctionLine } from "./frames.ts";
import { type HeaderDetails, parseHeaderDetails, parseLeakHeader } from "./header.ts";
import type { Line } from "./line.ts";
import type { ByteRange, CreatedBy, Frame } from "./report.ts";
import { completeFrame, type PendingFrame } from "./stack-builder.ts";

const GOROUTINE = /^\s*goroutine (\d{1,19})( .*|$)/;
const ELIDED = /^\s*\.{3}\s?(?:(\d+) frames elided|additional frames elided)\s?\.{3}\s*$/;
const ORIGIN = /^\s*\[originating from goroutine (\d+)\]:/;
const UNAVAILABLE = /^\s*goroutine running on other thread; stack unavailable\s*$/;
/** Header details are shared between goroutines; a dump has few different ones. */
const MAX_HEADERS = 5000;

export class StackReader {
  private draft: Draft | undefined;
  private goroutine: OpenGoroutine | undefined;
  private pending: PendingFrame | undefined;
  private section: "goroutine" | "runtime" | "ancestor" = "goroutine";
  /** A line that may go on in the next one. */
  private partial = "";
  private readonly headers = new Map<string, HeaderDetails | undefined>();
  private readonly dumpReader = new DumpReader({
    header: (rest) => this.headerDetails(rest),
    goroutine: (id, details, frames, createdBy, start, end) =>
      this.takeGoroutine(id, details, frames, createdBy, start, end),
  });

  /** Frames read from here on belong to this report. */
  begin(draft: Draft): void {
    this.draft = draft;
    this.section = "goroutine";
  }

  /** Closes what is open. */
  end(): void {
    this.close();
    this.draft = undefined;
    this.section = "goroutine";
  }

  get inGoroutine(): boolean {
    return this.goroutine !== undefined;
  }

  /** True where frames may come: inside a goroutine or below `runtime stack:`. */
  get inStack(): boolean {
    return this.goroutine !== undefined || this.section === "runtime";
  }

  /** True while nothing but plain frames is expected behind at least one whole goroutine. */
  get inPlainDump(): boolean {
    return (
      this.goroutine !== undefined &&
      this.draft !== undefined &&
      this.draft.goroutineCount > 0 &&
      this.section === "goroutine" &&
      this.partial === "" &&
      this.pending === undefined &&
      this.goroutine.ancestors.length === 0
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
    this.draft!.reach({ start: base + from, end: current.end }, reader.lastLine);
    return reader;
  }

  /** `runtime stack:` follows. */
  startRuntimeStack(): void {
    this.close();
    this.draft!.runtimeStack ??= [];
    this.section = "runtime";
  }

  /** A stack without a goroutine header: cut away, or printed by a logger. */
  openImplicit(line: Line): void {
    if (!this.goroutine) this.start(0, { state: "", lockedToThread: false }, line);
  }

  /** Adds a frame that was read elsewhere. */
  push(frame: Frame, at: ByteRange): void {
    this.goroutine!.frames.push(frame);
    this.goroutine!.at.end = at.end;
  }

  /** A function name without parentheses, whose file line comes next. */
  expectFileOf(name: string, at: ByteRange): void {
    this.pending = { kind: "bare", text: name, at };
  }

  /** Takes a line that says something about the stack and is no frame of it. */
  remark(text: string): boolean {
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
    if (!UNAVAILABLE.test(text)) return false;
    if (this.goroutine) this.goroutine.elided = -1;
    return true;
  }

  /** Reads a goroutine header, or tells that the line is none. */
  header(text: string): { id: number; details: HeaderDetails } | undefined {
    const match = text.includes("goroutine ") ? GOROUTINE.exec(text) : null;
    if (!match) return text.includes("Goroutine ") ? parseLeakHeader(text) : undefined;
    const details = this.headerDetails(match[2]!);
    return details && { id: Number(match[1]), details };
  }

  private headerDetails(rest: string): HeaderDetails | undefined {
    let details = this.headers.get(rest);
    if (details === undefined && !this.headers.has(rest)) {
      details = parseHeaderDetails(rest);
      if (this.headers.size > MAX_HEADERS) this.headers.clear();
      this.headers.set(rest, details);
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
      this.close();
    } else draft.addPlainGoroutine(id, details, frames, createdBy, start, end);
  }

  start(id: number, details: HeaderDetails, line: Line): void {
    this.close();
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

  /** Ends the open goroutine. */
  close(): void {
    this.flushPending();
    const open = this.goroutine;
    if (!open) return;
    this.goroutine = undefined;
    this.draft!.addGoroutine(open);
  }

  /** Takes a function line, a file line or a creator. */
  frameLine(line: Line): boolean {
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
  partialLine(line: Line, mayStart = true): boolean {
    if (!this.goroutine && this.section !== "runtime") return false;
    const { text } = line;
    if (this.partial !== "") {
      const joined = this.partial + text;
      const previous = this.partial;
      this.partial = "";
      const whole: Line = { ...line, text: joined };
      const header = this.header(joined);
      if (header) {
        this.start(header.id, header.details, line);
        return true;
      }
      if (joined.length < 4000 && this.frameLine(whole)) return true;
      const file = parseFileLine(text);
      if (file) return this.bareFrame(previous, line);
    }
    if (text.length > 2000 || !mayStart) return false;
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
    // Whatever stands behind `exit status 2` or `FAIL` is no frame that was cut.
    if (this.partial !== "" && this.goroutine && !this.draft?.ended) this.goroutine.dangling = true;
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
}
