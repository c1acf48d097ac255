/**
 * Takes the wrappers off each line and hands it to the assembler of whoever spoke it, so that two programs whose
 * lines interleave are read apart.
 */
import { Assembler } from "./assembler.ts";
import type { Line } from "./line.ts";
import type { CrashReport, Exit, Wrapper } from "./report.ts";
import { continuesCut, isCutOff } from "./unwrap/cut.ts";
import { learnPrefix, PrefixTemplate } from "./unwrap/example.ts";
import { type JsonContent, readJsonLine, readLogfmtLine, startsLogfmt } from "./unwrap/json.ts";
import { type Peeled, peel } from "./unwrap/prefix.ts";
import { cleanLine, splitEscaped, unflatten } from "./unwrap/text.ts";

/** Wrappers around wrappers: compose around a time stamp around klog. */
const MAX_LAYERS = 6;
/** Speakers read at once; beyond that the one that was silent longest is closed. */
const MAX_SPEAKERS = 256;
/** Lines of all speakers after which an open report of a silent one is closed. */
const MAX_SILENCE = 2000;
const MAX_TEMPLATES = 16;
/** A line put together from pieces (CRI, docker, test2json) is cut there. */
const MAX_JOINED = 4 << 20;

/** No line of a traceback is longer; of a longer panic value this much is kept. */
const MAX_TEXT = 16 << 10;

/** `err="exit status 2" stderr="panic: boom`, the first line of a text that a logger quoted behind its own words. */
const QUOTED_BEHIND = /^(.*[=:] ?)"([^"]*)$/;

interface Speaker {
  readonly assembler: Assembler;
  /** Pieces of a line that has not ended yet. */
  joined: string;
  joinedAt: { start: number; end: number } | undefined;
  /** A long line that was cut without a mark; its pieces but the last have this length. */
  cut: { readonly line: Line; readonly wrappers: readonly Wrapper[]; readonly length: number } | undefined;
  lastLine: number;
  /** Recent lines, for a prefix that is learned only at the first goroutine header. */
  recent: Line[];
}

export class Demux {
  private readonly speakers = new Map<string, Speaker>();
  private readonly templates: PrefixTemplate[] = [];
  private lines = 0;
  /** A goroutine header behind other text: the next line tells whether that text is a prefix or was glued on. */
  private candidate:
    | {
        readonly prefix: string;
        readonly line: Line;
        readonly key: string;
        readonly wrappers: readonly Wrapper[];
      }
    | undefined;
  /** The line read last, of whichever speaker. */
  private spoken: Line | undefined;
  /** The speaker whose lines carry no wrapper that names one. */
  readonly plain: Speaker;

  constructor(private readonly emit: (report: CrashReport) => void) {
    this.plain = this.speaker("");
  }

  /** True while some report is open. */
  get open(): boolean {
    if (this.candidate) return true;
    for (const speaker of this.speakers.values()) {
      if (speaker.assembler.open || speaker.assembler.atPanicFrame || speaker.joined !== "" || speaker.cut)
        return true;
    }
    return false;
  }

  /** True when a line without a wrapper goes to `plain` as it stands. */
  get plainOnly(): boolean {
    return this.templates.length === 0 && this.candidate === undefined;
  }

  /** Takes one line of the input. */
  line(text: string, start: number, end: number, number: number): void {
    this.lines = number;
    const line: Line = { text: cleanLine(text), at: { start, end }, number };
    this.unwrap(line, "", []);
    if ((number & 1023) === 0) this.closeSilent();
  }

  /** Lines were passed by the fast path. */
  passed(from: number, to: number): void {
    this.lines = to;
    this.plain.lastLine = to;
    if (from >> 10 !== to >> 10) this.closeSilent();
  }

  /** Bytes were skipped: what stood above them is no context of what follows. */
  forget(): void {
    for (const speaker of this.speakers.values()) {
      speaker.assembler.forget();
      speaker.recent = [];
    }
  }

  /** Closes every open report. */
  end(): void {
    this.settleCandidate(undefined);
    for (const [key, speaker] of this.speakers) {
      this.flushJoined(speaker, key, []);
      this.flushCut(speaker, key);
      speaker.assembler.end();
    }
  }

  private unwrap(line: Line, outerKey: string, outer: readonly Wrapper[]): void {
    let text = line.text;
    let key = outerKey;
    let wrappers = outer;
    let level = line.level;
    for (let layer = outer.length; layer < MAX_LAYERS; layer++) {
      const first = text.charCodeAt(0);
      if (first === 123) {
        const content = readJsonLine(text);
        if (content) {
          this.json(content, { ...line, text }, key, wrappers);
          return;
        }
      }
      if (this.goesOn({ ...line, text }, key, wrappers)) return;
      if ((first === 123 || startsLogfmt(text)) && this.holdCut({ ...line, text }, key, wrappers)) return;
      const logfmt = readLogfmtLine(text);
      if (logfmt) {
        this.json(logfmt, { ...line, text }, key, wrappers);
        return;
      }
      if (first === 9 || first === 32 || text === "") break;
      const peeled: Peeled | undefined = peel(text);
      if (!peeled) break;
      text = peeled.text;
      if (peeled.level) level = peeled.level;
      wrappers = [...wrappers, peeled.wrapper];
      if (peeled.key !== "") key = key === "" ? peeled.key : `${key}|${peeled.key}`;
      if (peeled.partial !== undefined && this.join(key, text, peeled.partial, line)) return;
      if (peeled.partial !== undefined) text = this.takeJoined(key, text);
    }
    const inner = { ...line, text, ...(level && { level }) };
    if (this.holdCut(inner, key, wrappers)) return;
    this.deliver(inner, key, wrappers);
  }

  // ---- lines in pieces

  /** Keeps a piece. True when the line goes on. */
  private join(key: string, text: string, partial: boolean, line: Line): boolean {
    if (!partial) return false;
    const speaker = this.speaker(key);
    speaker.joined = (speaker.joined + text).slice(0, MAX_JOINED);
    speaker.joinedAt ??= { ...line.at };
    speaker.joinedAt.end = line.at.end;
    return true;
  }

  private takeJoined(key: string, text: string): string {
    const speaker = this.speakers.get(key);
    if (!speaker || speaker.joined === "") return text;
    const whole = speaker.joined + text;
    speaker.joined = "";
    speaker.joinedAt = undefined;
    return whole;
  }

  private flushJoined(speaker: Speaker, key: string, wrappers: readonly Wrapper[]): void {
    if (speaker.joined === "") return;
    const text = speaker.joined;
    const at = speaker.joinedAt!;
    speaker.joined = "";
    speaker.joinedAt = undefined;
    this.deliver({ text, at, number: this.lines }, key, wrappers);
  }

  /** Keeps a line that ends where a collector cut it. */
  private holdCut(line: Line, key: string, wrappers: readonly Wrapper[]): boolean {
    if (!isCutOff(line.text)) return false;
    const speaker = this.speaker(key);
    this.flushCut(speaker, key);
    speaker.cut = { line, wrappers, length: line.text.length };
    return true;
  }

  /** Takes a piece that goes on where a line was cut, below as many wrappers; a shorter piece is the last. */
  private goesOn(line: Line, key: string, wrappers: readonly Wrapper[]): boolean {
    const speaker = this.speakers.get(key);
    const cut = speaker?.cut;
    if (!speaker || !cut || cut.wrappers.length !== wrappers.length) return false;
    if (!continuesCut(line.text, cut.length) || cut.line.text.length > MAX_JOINED) return false;
    const whole = {
      ...line,
      text: cut.line.text + line.text,
      at: { start: cut.line.at.start, end: line.at.end },
    };
    speaker.cut = line.text.length < cut.length ? undefined : { ...cut, line: whole };
    if (!speaker.cut) this.unwrap(whole, key, cut.wrappers);
    return true;
  }

  private flushCut(speaker: Speaker, key: string): void {
    const { cut } = speaker;
    speaker.cut = undefined;
    if (cut) this.deliver(cut.line, key, cut.wrappers);
  }

  private json(content: JsonContent, line: Line, outerKey: string, outer: readonly Wrapper[]): void {
    const wrappers = [...outer, content.wrapper];
    if (content.kind === "text") {
      this.embedded(content.text.split(/\r?\n/), line, wrappers, content.message);
      return;
    }
    const key = outerKey === "" ? content.key : `${outerKey}|${content.key}`;
    if (this.join(key, content.text, content.partial, line)) return;
    const text = this.takeJoined(key, content.text);
    const level = content.level && { level: content.level };
    this.unwrap({ ...line, text: cleanLine(text), ...level }, key, wrappers);
  }

  /** A text of many lines inside one line of the log stands for itself. */
  private embedded(
    texts: readonly string[],
    line: Line,
    wrappers: readonly Wrapper[],
    message?: string,
  ): void {
    const reports: CrashReport[] = [];
    const assembler = new Assembler((report) => reports.push(report));
    if (message !== undefined && !texts[0]!.startsWith("panic: ") && !texts.some((t) => t === message)) {
      assembler.line(
        { ...line, text: /\bpanic/i.test(message) ? message : `panic recovered: ${message}` },
        wrappers,
      );
    }
    for (const [index, raw] of texts.entries()) {
      const cleaned = cleanLine(raw);
      const quoted = index === 0 ? QUOTED_BEHIND.exec(cleaned) : null;
      if (quoted) assembler.line({ ...line, text: quoted[1]! }, wrappers);
      const text = quoted ? quoted[2]! : cleaned;
      const prefix = text.includes("goroutine ") ? learnPrefix(text) : undefined;
      if (prefix !== undefined) {
        assembler.line({ ...line, text: prefix }, wrappers);
        assembler.line({ ...line, text: text.slice(prefix.length), glued: true }, wrappers);
      } else assembler.line({ ...line, text }, wrappers);
    }
    assembler.end();
    for (const report of toldOnce(reports)) this.emit(report);
  }

  // ---- to the assembler

  private deliver(line: Line, key: string, wrappers: readonly Wrapper[]): void {
    const { text } = line;
    const held = this.speakers.get(key);
    if (held?.cut) this.flushCut(held, key);
    if (text.length > 40 && /\\n|#012/.test(text) && /goroutine \d|panic|\.go:\d/.test(text)) {
      const split = splitEscaped(text);
      if (split && split.length > 2) {
        this.embedded(split, line, [...wrappers, { kind: "escaped" }]);
        this.speaker(key).assembler.told(line.number);
        return;
      }
    }
    if (this.candidate && text.trim() !== "" && this.candidate.key === key) this.settleCandidate(text);
    for (const template of this.templates) {
      const length = template.match(text);
      if (length <= 0) continue;
      const inner = `${key}|${template.key}`;
      this.feed({ ...line, text: text.slice(length) }, inner, [...wrappers, { kind: "prefix" }]);
      return;
    }
    const teaches = text.includes("goroutine ") || text.endsWith("WARNING: DATA RACE");
    const prefix = teaches ? learnPrefix(text) : undefined;
    const rest = prefix === undefined ? text : text.slice(prefix.length);
    const flat = rest.includes("goroutine ") ? unflatten(text) : undefined;
    if (flat) {
      this.embedded(flat, line, [...wrappers, { kind: "flattened" }]);
      return;
    }
    if (prefix !== undefined && !/created by |originating from /.test(prefix)) {
      this.settleCandidate(undefined);
      this.candidate = { prefix, line: { ...line, text }, key, wrappers };
      return;
    }
    this.feed({ ...line, text }, key, wrappers);
  }

  /** Decides by the next line of the same speaker what stood before a goroutine header. */
  private settleCandidate(next: string | undefined): void {
    const candidate = this.candidate;
    if (!candidate) return;
    this.candidate = undefined;
    const { prefix, line, key, wrappers } = candidate;
    const template = new PrefixTemplate(prefix);
    if (next !== undefined && template.match(next) > 0) {
      this.learn(template, line, key, wrappers);
      return;
    }
    this.feed({ ...line, text: prefix.trimEnd() }, key, wrappers);
    this.feed({ ...line, text: line.text.slice(prefix.length), glued: true }, key, wrappers);
  }

  /** Reads the lines above once more, now that their prefix is known. */
  private learn(template: PrefixTemplate, line: Line, key: string, wrappers: readonly Wrapper[]): void {
    if (this.templates.length >= MAX_TEMPLATES) this.templates.shift();
    this.templates.push(template);
    const inner = `${key}|${template.key}`;
    const layers = [...wrappers, { kind: "prefix" }];
    const { assembler, recent } = this.speaker(key);
    const prefixed = recent.filter(({ text }) => template.match(text) > 0);
    assembler.dropLoneHeader(prefixed);
    for (const above of [...prefixed, line]) {
      this.feed({ ...above, text: above.text.slice(template.match(above.text)) }, inner, layers);
    }
  }

  private feed(whole: Line, key: string, wrappers: readonly Wrapper[]): void {
    const line =
      whole.text.length > MAX_TEXT ? { ...whole, text: detach(whole.text.slice(0, MAX_TEXT)) } : whole;
    const speaker = this.speaker(key);
    speaker.lastLine = line.number;
    if (!speaker.assembler.open || speaker.assembler.awaitsStack) {
      speaker.recent.push(line);
      if (speaker.recent.length > 80) speaker.recent.splice(0, 40);
    } else if (speaker.recent.length > 0) speaker.recent = [];
    speaker.assembler.line(line, wrappers);
    this.spoken = line;
  }

  private speaker(key: string): Speaker {
    let speaker = this.speakers.get(key);
    if (!speaker) {
      if (this.speakers.size >= MAX_SPEAKERS) this.dropOldest();
      speaker = {
        assembler: new Assembler(
          (report) => this.emit(report),
          (exit) => this.offerExit(exit),
          () => this.spoken,
        ),
        joined: "",
        joinedAt: undefined,
        cut: undefined,
        lastLine: this.lines,
        recent: [],
      };
      this.speakers.set(key, speaker);
    }
    return speaker;
  }

  /** `server-1 exited with code 2`, as compose says it on a line of its own, ends the crash of that speaker. */
  private offerExit(exit: Exit): boolean {
    const name = exit.text.split(/[\s:]/, 1)[0]!;
    for (const [key, speaker] of this.speakers) {
      if (key.split(/[:|]/).includes(name) && speaker.assembler.takeExit(exit)) return true;
    }
    return false;
  }

  private dropOldest(): void {
    let oldest: string | undefined;
    for (const [key, speaker] of this.speakers) {
      if (key === "") continue;
      if (oldest === undefined || speaker.lastLine < this.speakers.get(oldest)!.lastLine) oldest = key;
    }
    if (oldest === undefined) return;
    this.speakers.get(oldest)!.assembler.end();
    this.speakers.delete(oldest);
  }

  private closeSilent(): void {
    for (const speaker of this.speakers.values()) {
      if (speaker.assembler.open && this.lines - speaker.lastLine > MAX_SILENCE) speaker.assembler.end();
    }
  }
}

/**
 * A log line that carries a child's output says in its own words how it ended, too, and zap writes the stack twice: one
 * end and one crash, told once.
 */
function toldOnce(reports: readonly CrashReport[]): readonly CrashReport[] {
  const panicked = reports.find(({ kind, panics }) => kind === "panic" && panics.length > 0);
  const [first, ...others] = panicked ? reports.filter((report) => !isBareStack(report)) : reports;
  const last = others.at(-1);
  if (!last || first!.kind !== "exit-status") return first ? [first, ...others] : [];
  return [...others.slice(0, -1), first!.exit && !last.exit ? { ...last, exit: first!.exit } : last];
}

/** The stack of a panic without a word of it. */
function isBareStack({ kind, header, panics, goroutines }: CrashReport): boolean {
  return kind === "panic" && header === "" && panics.length === 0 && goroutines[0]?.state === "";
}

/** A copy that does not keep the text it was cut from in memory. */
function detach(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
