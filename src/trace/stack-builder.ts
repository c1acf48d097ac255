/**
 * Collects the frames of one goroutine after another.
 *
 * In a dump most stacks are alike, so a frame read once is remembered together with the frame that followed it.
 * The next stack is first compared with that prediction, which costs a memcmp a line, and parsed only where it
 * differs. Equal frames are one object: grouping and memory both live off it.
 */
import {
  type FileLine,
  isArgumentText,
  makeCreatedBy,
  makeFrame,
  packageOf,
  parseBareFunctionLine,
  parseCreatedBy,
  parseFileLine,
  parseFunctionLine,
} from "./frames.ts";
import type { CreatedBy, Frame } from "./report.ts";

interface Entry {
  /** Function line up to and with its opening parenthesis. */
  readonly head: string;
  /** File line, without its newline. */
  readonly fileText: string;
  readonly base: Frame;
  /** The frame built last, reused while the arguments stay the same. */
  frame: Frame;
  next: Entry | undefined;
}

/** Bounds the memory of the interner against a stream of ever-new frames. */
const MAX_ENTRIES = 50_000;

export class FrameInterner {
  private readonly entries = new Map<string, Entry>();
  private readonly creators = new Map<string, CreatedBy>();
  private readonly roots: (Entry | undefined)[] = [];

  /** Forgets the chain: the next frame starts a stack. */
  predictFirst(): Entry | undefined {
    return this.roots[0];
  }

  /** The entry of a function line and its file line; both as printed, `open` indexes the argument parenthesis. */
  entry(head: string, fileText: string, previous: Entry | undefined): Entry | undefined {
    const key = `${head}\n${fileText}`;
    let entry = this.entries.get(key);
    if (!entry) {
      const fn = parseFunctionLine(`${head})`);
      const file = parseFileLine(fileText);
      if (!fn || !file) return undefined;
      const base = makeFrame({ function: fn.function }, file, false);
      entry = { head, fileText, base, frame: { ...base, args: "" }, next: undefined };
      if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
      this.entries.set(key, entry);
    }
    if (previous) previous.next = entry;
    else this.roots[0] = entry;
    return entry;
  }

  /** The frame of an entry with these arguments. */
  withArguments(entry: Entry, args: string): Frame {
    if (entry.frame.args === args) return entry.frame;
    const frame: Frame = args === "..." ? { ...entry.base, inlined: true } : { ...entry.base, args };
    if (args !== "...") entry.frame = frame;
    return frame;
  }

  creator(text: string, make: () => CreatedBy): CreatedBy {
    let creator = this.creators.get(text);
    if (!creator) {
      creator = make();
      if (this.creators.size >= MAX_ENTRIES) this.creators.clear();
      this.creators.set(text, creator);
    }
    return creator;
  }
}

export type { Entry as FrameEntry };

/** Reads one frame at a time out of a block of plain text; the last result stands in its fields. */
export class FastFrames {
  frame: Frame | undefined;
  creator: CreatedBy | undefined;
  entry: Entry | undefined;
  /** Index behind the frame's two lines. */
  end = 0;

  constructor(
    private readonly text: string,
    private readonly to: number,
    private readonly interner: FrameInterner,
  ) {}

  /** Reads the function line at `at` and its file line. False when they are not plain: the slow path decides then. */
  read(at: number, previous: Entry | undefined): boolean {
    const { text } = this;
    this.creator = undefined;
    const lineEnd = text.indexOf("\n", at);
    const fileStart = lineEnd + 1;
    if (lineEnd < 0 || fileStart >= this.to || text.charCodeAt(fileStart) !== 9) return false;
    const expected = previous ? previous.next : this.interner.predictFirst();
    if (expected && text.startsWith(expected.head, at) && this.fits(expected, fileStart)) {
      this.end = fileStart + expected.fileText.length + 1;
      return this.accept(expected, at + expected.head.length, lineEnd);
    }
    const fileEnd = text.indexOf("\n", fileStart);
    if (fileEnd < 0 || fileEnd >= this.to) return false;
    this.end = fileEnd + 1;
    if (text.startsWith("created by ", at)) return this.readCreator(at, lineEnd, fileEnd);
    const open = text.lastIndexOf("(", lineEnd);
    if (open <= at) return false;
    const head = text.substring(at, open + 1);
    const entry = this.interner.entry(head, text.substring(fileStart, fileEnd), previous);
    return entry !== undefined && this.accept(entry, open + 1, lineEnd);
  }

  private fits(entry: Entry, fileStart: number): boolean {
    const end = fileStart + entry.fileText.length;
    return (
      end < this.to && this.text.charCodeAt(end) === 10 && this.text.startsWith(entry.fileText, fileStart)
    );
  }

  private accept(entry: Entry, argsStart: number, lineEnd: number): boolean {
    if (this.text.charCodeAt(lineEnd - 1) !== 41) return false;
    const args = this.text.substring(argsStart, lineEnd - 1);
    if (args !== entry.frame.args && args !== "..." && !isArgumentText(args)) return false;
    this.entry = entry;
    this.frame = this.interner.withArguments(entry, args);
    return true;
  }

  private readCreator(at: number, lineEnd: number, fileEnd: number): boolean {
    const text = this.text.substring(at, fileEnd);
    const created = parseCreatedBy(this.text.substring(at, lineEnd));
    const file = parseFileLine(this.text.substring(lineEnd + 1, fileEnd));
    if (!created || !file) return false;
    this.creator = this.interner.creator(text, () => makeCreatedBy(created, file));
    return true;
  }
}

/** End of a text without the blank lines behind it. */
export function trimBlank(text: string, from: number, to: number): number {
  let end = to;
  while (end > from + 1 && text.charCodeAt(end - 1) === 10 && text.charCodeAt(end - 2) === 10) end--;
  return end;
}

/** A function line whose file line has not come yet. */
export type PendingFrame =
  | { readonly kind: "call"; readonly text: string; readonly at: { start: number; end: number } }
  | { readonly kind: "bare"; readonly text: string; readonly at: { start: number; end: number } }
  | {
      readonly kind: "creator";
      readonly function: string;
      readonly goroutine?: number;
      readonly at: { start: number; end: number };
    };

/** Joins a pending function line with its file line, which may be missing where the text was cut. */
export function completeFrame(pending: PendingFrame, file: FileLine | undefined): Frame | CreatedBy {
  if (pending.kind === "creator") {
    return makeCreatedBy(
      {
        function: pending.function,
        ...(pending.goroutine !== undefined && { goroutine: pending.goroutine }),
      },
      file,
    );
  }
  if (pending.kind === "call") {
    const fn = parseFunctionLine(pending.text)!;
    return makeFrame(fn, file, isNative(fn.function, file));
  }
  const name = parseBareFunctionLine(pending.text) ?? pending.text.trim();
  return makeFrame({ function: name }, file, isNative(name, file));
}

const GO_FILE = /\.(?:go|s|S)$/;

function isNative(symbol: string, file: FileLine | undefined): boolean {
  if (symbol === "non-Go function") return true;
  if (file === undefined || file.file.startsWith("<")) return false;
  if (!GO_FILE.test(file.file)) return file.file.includes(".") || file.pc !== undefined;
  return packageOf(symbol) === "" && file.file.endsWith(".S");
}
