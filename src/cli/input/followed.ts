/** One input that grows, read into crashes: each is told once it is complete, or its text has been quiet for a moment. */
import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Before } from "../../export/finding.ts";
import type { InputSummary } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import { type CrashReport, RETAINED, TraceReader } from "../../trace/index.ts";
import type { CliMessages } from "../messages/index.ts";
import { packingOf } from "./kinds.ts";
import type { Place, Places } from "./places.ts";
import { openError } from "./read.ts";
import { type OpenedFile, tail } from "./tail.ts";

/** A runtime writes its traceback in one go: a second of silence is the end of it. */
const QUIET = 1000;
/** A writer that stopped in the middle of a line is more likely to be slow than to be done. */
const QUIET_IN_LINE = 3000;
const LINE_FEED = 10;

/** Who hears of the crashes. */
export interface Listener {
  /** Called while bytes are taken: must not wait. */
  crash(report: CrashReport, input: string, before: Before | undefined): void;
  /** Called after every piece; reading waits for it. */
  settle(): Promise<void>;
  notice(text: string): void;
  /** Bytes that were not read before. */
  read?(input: string, bytes: number): void;
}

export interface FollowOptions {
  readonly m: CliMessages;
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** How far files were read, over restarts and under other names. Absent: every file is read from its start. */
  readonly places?: Places;
}

export class Followed {
  private reader: TraceReader;
  private lines = 0;
  private before: Before | undefined;
  /** Bytes of the file as it is now, and of all files this name ever had. */
  private position = 0;
  private bytes = 0;
  private crashes = 0;
  private unread = false;
  private lastData = 0;
  private inLine = false;
  private place: Place | undefined;
  /** Up to this offset of the file, bytes are read again only to see a crash whole. */
  private replayTo = 0;
  /** End of the last crash that was told before this file was opened. */
  private toldTo = 0;

  constructor(
    private readonly name: string,
    private readonly options: FollowOptions,
  ) {
    this.reader = this.newReader();
  }

  /** Resolves when the input ends or the signal comes. Never rejects for what the system says of a file. */
  async follow(): Promise<InputSummary> {
    const shown = visibleLine(this.name === "-" ? "<stdin>" : this.name);
    let error: string | undefined;
    try {
      if (this.name === "-") await this.followStdin();
      else error = await this.followPath(shown);
    } catch (failure) {
      if (!(failure as NodeJS.ErrnoException).code) throw failure;
      error = openError(shown, failure, this.options.m);
    }
    await this.restart(false);
    this.release();
    return { name: shown, bytes: this.bytes, crashes: this.crashes, ...(error && { error }) };
  }

  private async followPath(shown: string): Promise<string | undefined> {
    const { m } = this.options;
    const stats = statSync(this.name, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return m.isDirectory(shown);
    if (stats && !stats.isFile()) {
      // A pipe with a name, such as a shell's <(...).
      await this.followStream(createReadStream(this.name));
      return undefined;
    }
    return this.followFile(shown);
  }

  private async followFile(shown: string): Promise<string | undefined> {
    const { m, signal, listener } = this.options;
    const begin = (file: OpenedFile) => this.begin(file);
    for await (const event of tail(this.name, signal, this.options.places ? { begin } : {})) {
      if (event.kind === "data") {
        const packing = this.position === 0 ? packingOf(event.chunk) : undefined;
        if (packing === "gzip" || packing === "zstd") return m.followCompressed(shown);
        await this.take(event.chunk);
      } else if (event.kind === "idle") {
        await this.idle();
      } else {
        const said = { waiting: m.waitingForFile, rotated: m.rotated, truncated: m.truncated };
        listener.notice(said[event.kind](shown));
        if (event.kind !== "waiting") await this.restart(false);
        if (event.kind === "rotated") this.release();
        if (event.kind === "truncated") this.place?.cut();
      }
    }
    return undefined;
  }

  private followStdin(): Promise<void> {
    if (process.stdin.isTTY) this.options.listener.notice(this.options.m.waitingForStdin);
    return this.followStream(process.stdin);
  }

  private async followStream(stream: Readable): Promise<void> {
    const { signal } = this.options;
    const abort = () => stream.destroy();
    signal.addEventListener("abort", abort, { once: true });
    // A timer and the data share one queue, so that no two of them work on the reader at once.
    let turn: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      turn = turn.then(() => this.idle());
      turn.catch((failure: Error) => stream.destroy(failure));
    }, QUIET / 4);
    try {
      for await (const chunk of stream) {
        turn = turn.then(() => this.take(chunk as Uint8Array));
        await turn;
      }
      await turn;
    } catch (failure) {
      if (!signal.aborted) throw failure;
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", abort);
    }
  }

  /** Where to go on in a file that was just opened. */
  private async begin(file: OpenedFile): Promise<number> {
    const places = this.options.places!;
    const { signal } = this.options;
    // Under its old name another input may be reading the rest of it.
    await places.claim(file.identity, signal);
    if (signal.aborted) return file.size;
    const left = places.leftBehind(this.name, file.identity);
    if (left) await this.catchUp(left);
    this.place = await places.open(this.name, file);
    return this.goOn(file);
  }

  /** Sets counters to a little before the place, because a crash may be open across it. Returns the offset. */
  private async goOn(file: OpenedFile): Promise<number> {
    const { offset, lines, counted } = this.place!;
    const window = await file.read(Math.max(0, offset - RETAINED), Math.min(offset, RETAINED));
    let from = offset - window.length;
    // Not from within a line: its end alone might look like a crash.
    let skip = 0;
    if (from > 0) skip = window.indexOf(LINE_FEED) + 1;
    from += skip;
    this.lines = lines - newlines(window.subarray(skip));
    this.position = from;
    this.replayTo = offset;
    this.toldTo = counted;
    this.before = from === 0 ? undefined : { lines: this.lines, bytes: from };
    this.reader.end();
    this.reader = this.newReader();
    return from;
  }

  /** Reads what was written to the file before it was rotated away while nobody watched. */
  private async catchUp(path: string): Promise<void> {
    const { places, signal, m, listener } = this.options;
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal.addEventListener("abort", abort, { once: true });
    let claimed: string | undefined;
    const begin = async (file: OpenedFile) => {
      // Somebody else follows it under this name.
      if (!places!.tryClaim(file.identity)) {
        stop.abort();
        return file.size;
      }
      claimed = file.identity;
      this.place = await places!.open(path, file);
      return this.goOn(file);
    };
    try {
      for await (const event of tail(path, stop.signal, { begin })) {
        if (event.kind === "data") await this.take(event.chunk);
        else break;
      }
      if (claimed !== undefined) listener.notice(m.rotated(visibleLine(this.name)));
      await this.restart(false);
    } finally {
      signal.removeEventListener("abort", abort);
      if (claimed !== undefined) places!.release(claimed);
      this.place = undefined;
    }
  }

  private release(): void {
    if (this.place) this.options.places?.release(this.place.identity);
    this.place = undefined;
  }

  private async take(chunk: Uint8Array): Promise<void> {
    this.reader.push(chunk);
    const fresh = this.place?.take(this.position, this.position + chunk.length) ?? chunk.length;
    this.bytes += fresh;
    this.options.listener.read?.(this.name, fresh);
    this.place?.head.add(chunk, this.position);
    this.position += chunk.length;
    this.unread = true;
    this.lastData = performance.now();
    this.inLine = chunk.at(-1) !== LINE_FEED;
    this.lines += newlines(chunk);
    const last = chunk.lastIndexOf(LINE_FEED);
    // Only between reports: what is open now must be seen whole by whoever goes on from here.
    if (last >= 0 && this.reader.idle) this.place?.reach(this.position - chunk.length + last + 1, this.lines);
    await this.options.listener.settle();
  }

  private async idle(): Promise<void> {
    const quiet = this.inLine ? QUIET_IN_LINE : QUIET;
    if (this.unread && performance.now() - this.lastData >= quiet) await this.restart(true);
  }

  /** Takes what has been read for complete and begins anew: further on in the same file, or in another one. */
  private async restart(sameFile: boolean): Promise<void> {
    this.reader.end();
    this.unread = false;
    if (this.position > this.replayTo) this.place?.reach(this.position, this.lines);
    if (!sameFile) {
      this.lines = 0;
      this.position = 0;
      this.replayTo = 0;
      this.toldTo = 0;
    }
    this.before = sameFile ? { lines: this.lines, bytes: this.position } : undefined;
    this.reader = this.newReader();
    await this.options.listener.settle();
  }

  private toldBefore(start: number, end: number): boolean {
    return start < this.replayTo && (end <= this.replayTo || start < this.toldTo);
  }

  private newReader(): TraceReader {
    const { before } = this;
    return new TraceReader({
      onReport: (report: CrashReport) => {
        const base = before?.bytes ?? 0;
        if (this.toldBefore(base + report.at.start, base + report.at.end)) return;
        this.place?.count(base + report.at.end);
        this.crashes++;
        this.options.listener.crash(report, this.name, before);
      },
    });
  }
}

function newlines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
