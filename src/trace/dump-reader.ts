/**
 * Reads plain goroutines out of a block of text, fast: what a dump of 100,000 goroutines is made of.
 *
 * Most stacks of a dump are alike, so a frame read once is kept together with the frames that followed it. The next
 * stack is first compared with that prediction, which costs one memory comparison a frame, and parsed only where it
 * differs. Equal frames are one object and equal stacks one array: grouping and memory both live off it.
 */
import { makeCreatedBy, makeFrame, parseCreatedBy, parseFileLine, parseFunctionLine } from "./frames.ts";
import type { HeaderDetails } from "./header.ts";
import type { CreatedBy, Frame } from "./report.ts";

/** One function line and its file line, without the arguments. */
interface Entry {
  /** Function line up to and with its opening parenthesis. */
  readonly head: string;
  /** From the closing parenthesis to the newline behind the file line. */
  readonly tail: string;
  readonly base: Frame;
  /** The frame read last, and the whole text it was read from; empty once arguments prove to change each time. */
  frame: Frame | undefined;
  whole: string;
  /** How often the arguments were other than last time. */
  changes: number;
  /** Entries seen behind this one, the latest first. */
  readonly next: Successors;
  /** The creator seen behind this one. */
  creator: CreatorEntry | undefined;
  /** The last stack that ended here. */
  stack: readonly Frame[];
}

interface CreatorEntry {
  readonly text: string;
  readonly creator: CreatedBy;
}

type Successors = Entry[];

/** Predictions tried before a frame is looked up. */
const MAX_SUCCESSORS = 6;
const MAX_HEADERS = 8;
/** Bounds the memory against a stream of ever-new frames. */
const MAX_ENTRIES = 50_000;
/** Changes after which the whole text is not compared any more. */
const MANY_CHANGES = 16;
const TAB = 9;
const NEWLINE = 10;
const CLOSE = 41;
const LETTER_G = 103;
const LETTER_C = 99;

/** A goroutine while its frames are being read. */
export interface CurrentGoroutine {
  id: number;
  details: HeaderDetails;
  frames: Frame[];
  createdBy: CreatedBy | undefined;
  start: number;
  end: number;
}

export interface DumpSink {
  /** Details of the text behind `goroutine N`, or undefined when it is no header. */
  header(rest: string): HeaderDetails | undefined;
  /** Takes a goroutine whose successor has begun. `frames` may be shared. */
  goroutine(
    id: number,
    details: HeaderDetails,
    frames: readonly Frame[],
    createdBy: CreatedBy | undefined,
    start: number,
    end: number,
  ): void;
}

export class DumpReader {
  /** Index behind the last line taken, and its number. */
  at = 0;
  line = 0;
  /** Number of the last line taken that is not blank, 0 when there was none. */
  lastLine = 0;
  private text = "";
  private to = 0;
  private readonly entries = new Map<string, Entry>();
  private readonly roots: Successors = [];
  private readonly creators = new Map<string, CreatorEntry>();
  /** What stood behind `goroutine N` lately, with its newline. */
  private readonly headers: { readonly rest: string; readonly details: HeaderDetails }[] = [];
  /** The frames of the goroutine being read; reused, because arrays that grow are large. */
  private readonly frames: Frame[] = [];
  private depth = 0;
  private entry: Entry | undefined;
  private frame: Frame | undefined;

  constructor(private readonly sink: DumpSink) {}

  /**
   * Reads from `text[from, to)` as long as lines are plain; `to` is the end of a line. `current` is the goroutine that
   * is open, and holds the one that is open afterwards. Offsets are indexes plus `base`.
   */
  read(text: string, from: number, to: number, base: number, line: number, current: CurrentGoroutine): void {
    this.text = text;
    this.to = to;
    this.at = from;
    this.line = line;
    this.lastLine = 0;
    let previous: Entry | undefined;
    // Whatever the slow path put into the open goroutine has no entry: its stack is not shared.
    let shareable = false;
    while (this.at < to) {
      const first = text.charCodeAt(this.at);
      if (first === NEWLINE) {
        this.at++;
        this.line++;
      } else if (first === LETTER_G && standsAt(text, "goroutine ", this.at)) {
        const start = this.at;
        const header = this.header(start);
        if (header === undefined) break;
        this.finish(current, shareable, previous);
        current.id = this.id;
        current.details = header;
        this.depth = 0;
        current.createdBy = undefined;
        current.start = base + start;
        current.end = base + this.at;
        previous = undefined;
        shareable = true;
      } else {
        const creator = first === LETTER_C ? this.creator(previous) : undefined;
        if (creator) current.createdBy = creator;
        else if (this.next(previous)) {
          if (shareable) this.frames[this.depth++] = this.frame!;
          else current.frames.push(this.frame!);
          previous = this.entry;
        } else break;
        this.line += 2;
        this.lastLine = this.line - 1;
        current.end = base + this.at;
      }
    }
    if (shareable) current.frames = this.frames.slice(0, this.depth);
    this.text = "";
  }

  private id = 0;

  private header(start: number): HeaderDetails | undefined {
    const { text } = this;
    let at = start + 10;
    let id = 0;
    for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) {
      id = id * 10 + code - 48;
    }
    if (at === start + 10 || at > start + 25) return undefined;
    const header = this.headers.find((known) => standsAt(text, known.rest, at)) ?? this.newHeader(at);
    if (!header) return undefined;
    this.id = id;
    this.at = at + header.rest.length;
    this.lastLine = this.line++;
    return header.details;
  }

  private newHeader(at: number): { rest: string; details: HeaderDetails } | undefined {
    const end = this.text.indexOf("\n", at);
    const rest = this.text.substring(at, end + 1);
    const details = NEEDS_UNWRAPPING.test(`g${rest.slice(0, -1)}`)
      ? undefined
      : this.sink.header(rest.slice(0, -1));
    if (!details) return undefined;
    const header = { rest, details };
    if (this.headers.length >= MAX_HEADERS) this.headers.pop();
    this.headers.unshift(header);
    return header;
  }

  private finish(current: CurrentGoroutine, shareable: boolean, last: Entry | undefined): void {
    const frames = shareable ? this.takeFrames(last) : current.frames;
    this.sink.goroutine(current.id, current.details, frames, current.createdBy, current.start, current.end);
  }

  /** The frames read since the header: the array of the last equal stack, or a new one of just their number. */
  private takeFrames(last: Entry | undefined): readonly Frame[] {
    const { frames, depth } = this;
    if (last && sameFrames(last.stack, frames, depth)) return last.stack;
    const stack = frames.slice(0, depth);
    if (last) last.stack = stack;
    return stack;
  }

  /** Reads the frame at `at` into `frame` and `entry`. */
  private next(previous: Entry | undefined): boolean {
    const { text, at } = this;
    const successors = previous ? previous.next : this.roots;
    for (let i = 0; i < successors.length; i++) {
      const entry = successors[i]!;
      if (entry.whole !== "" && standsAt(text, entry.whole, at)) {
        this.at = at + entry.whole.length;
        this.entry = entry;
        this.frame = entry.frame;
        if (i > 0) promote(successors, i);
        return true;
      }
      if (standsAt(text, entry.head, at) && this.withNewArguments(entry, at)) {
        if (i > 0) promote(successors, i);
        return true;
      }
    }
    return this.lookUp(at, successors);
  }

  private withNewArguments(entry: Entry, at: number): boolean {
    const { text } = this;
    const argsStart = at + entry.head.length;
    const close = text.indexOf(")\n", argsStart);
    if (close < 0 || !standsAt(text, entry.tail, close) || close + entry.tail.length > this.to) return false;
    if (!areArguments(text, argsStart, close)) return false;
    const args = text.substring(argsStart, close);
    entry.changes++;
    if (entry.frame?.args === args) {
      this.entry = entry;
      this.frame = entry.frame;
      this.at = close + entry.tail.length;
    } else this.accept(entry, args, at, close + entry.tail.length);
    return true;
  }

  private accept(entry: Entry, args: string, at: number, end: number): void {
    const { base } = entry;
    entry.frame =
      args === "..."
        ? { ...base, inlined: true }
        : base.offset === undefined || base.pc !== undefined
          ? { ...base, args }
          : {
              function: base.function,
              package: base.package,
              file: base.file!,
              line: base.line!,
              offset: base.offset,
              args,
            };
    entry.whole = entry.changes < MANY_CHANGES ? this.text.substring(at, end) : "";
    this.entry = entry;
    this.frame = entry.frame;
    this.at = end;
  }

  /** Parses the two lines at `at`, or finds them parsed before. */
  private lookUp(at: number, successors: Successors): boolean {
    const { text } = this;
    const lineEnd = text.indexOf("\n", at);
    const fileStart = lineEnd + 1;
    if (lineEnd < 0 || fileStart >= this.to || text.charCodeAt(fileStart) !== TAB) return false;
    if (text.charCodeAt(lineEnd - 1) !== CLOSE) return false;
    const fileEnd = text.indexOf("\n", fileStart);
    const open = text.lastIndexOf("(", lineEnd);
    if (fileEnd < 0 || fileEnd >= this.to || open <= at) return false;
    if (!areArguments(text, open + 1, lineEnd - 1)) return false;
    const args = text.substring(open + 1, lineEnd - 1);
    const head = text.substring(at, open + 1);
    const entry = this.makeEntry(head, text.substring(lineEnd - 1, fileEnd + 1));
    if (!entry) return false;
    if (successors.length >= MAX_SUCCESSORS) successors.pop();
    if (!successors.includes(entry)) successors.unshift(entry);
    this.accept(entry, args, at, fileEnd + 1);
    return true;
  }

  private makeEntry(head: string, tail: string): Entry | undefined {
    const key = head + tail;
    const known = this.entries.get(key);
    if (known) return known;
    if (NEEDS_UNWRAPPING.test(head) || NEEDS_UNWRAPPING.test(`f${tail.slice(3, -1)}`)) return undefined;
    const fn = parseFunctionLine(`${head})`);
    const file = parseFileLine(tail.slice(2, -1));
    if (!fn || !file || !/\.(?:go|s)$/.test(file.file)) return undefined;
    const base = makeFrame({ function: fn.function }, file, false);
    const entry: Entry = {
      head,
      tail,
      base,
      frame: undefined,
      whole: "",
      changes: 0,
      next: [],
      creator: undefined,
      stack: [],
    };
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    this.entries.set(key, entry);
    return entry;
  }

  private creator(previous: Entry | undefined): CreatedBy | undefined {
    const { text, at } = this;
    const expected = previous?.creator;
    if (expected && standsAt(text, expected.text, at)) {
      this.at = at + expected.text.length;
      return expected.creator;
    }
    if (!standsAt(text, "created by ", at)) return undefined;
    const lineEnd = text.indexOf("\n", at);
    const fileEnd = lineEnd < 0 ? -1 : text.indexOf("\n", lineEnd + 1);
    if (fileEnd < 0 || fileEnd >= this.to || text.charCodeAt(lineEnd + 1) !== TAB) return undefined;
    const whole = text.substring(at, fileEnd + 1);
    const known = this.creators.get(whole) ?? this.makeCreator(whole, lineEnd - at);
    if (!known) return undefined;
    if (previous) previous.creator = known;
    this.at = fileEnd + 1;
    return known.creator;
  }

  private makeCreator(whole: string, lineEnd: number): CreatorEntry | undefined {
    const plain =
      !NEEDS_UNWRAPPING.test(whole.slice(0, lineEnd)) &&
      !NEEDS_UNWRAPPING.test(`f${whole.slice(lineEnd + 2, -1)}`);
    const created = plain ? parseCreatedBy(whole.slice(0, lineEnd)) : undefined;
    const file = parseFileLine(whole.slice(lineEnd + 1, -1));
    if (!created || !file) return undefined;
    const entry: CreatorEntry = { text: whole, creator: makeCreatedBy(created, file) };
    if (this.creators.size >= MAX_ENTRIES) this.creators.clear();
    this.creators.set(whole, entry);
    return entry;
  }
}

/**
 * `text.startsWith(part, at)`, several times faster: comparing a slice is one block comparison in V8, startsWith goes
 * character by character. The last character is looked at first, because most wrong predictions differ there.
 */
function standsAt(text: string, part: string, at: number): boolean {
  const end = at + part.length;
  return (
    text.charCodeAt(end - 1) === part.charCodeAt(part.length - 1) &&
    text.charCodeAt(at) === part.charCodeAt(0) &&
    text.substring(at, end) === part
  );
}

/** Characters between a frame's parentheses; `...` is made of them too. */
const ARGUMENT_CHARACTERS = new Uint8Array(128);
for (const character of "-0123456789abcdefx{}.,?_ ") ARGUMENT_CHARACTERS[character.charCodeAt(0)] = 1;

function areArguments(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (ARGUMENT_CHARACTERS[text.charCodeAt(i)] !== 1) return false;
  return true;
}

function promote(successors: Successors, index: number): void {
  const entry = successors[index]!;
  successors[index] = successors[0]!;
  successors[0] = entry;
}

/**
 * Characters and words that the slow path treats before it reads a line (colours, entities, escapes, texts of several
 * lines in one), and first characters that may begin a wrapper.
 */
const NEEDS_UNWRAPPING = /[\x00-\x08\x0b-\x1f\x7f&\\]|<[^a]|<.*<|#01[12]|goroutine \d+ .*\[|^[^A-Za-z_]/;

function sameFrames(stack: readonly Frame[], frames: readonly Frame[], depth: number): boolean {
  if (stack.length !== depth) return false;
  for (let i = 0; i < depth; i++) if (stack[i] !== frames[i]) return false;
  return true;
}
