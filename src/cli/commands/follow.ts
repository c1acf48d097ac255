/** `diagnose --follow`: each crash is reported once it is complete, or its text has been quiet for a moment. */
import { statSync } from "node:fs";
import type { Before } from "../../export/finding.ts";
import type { InputSummary } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import { type CrashReport, TraceReader } from "../../trace/index.ts";
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND } from "../fail.ts";
import { packingOf } from "../input/kinds.ts";
import { openError } from "../input/read.ts";
import { tail } from "../input/tail.ts";
import { type CliMessages, cliMessages } from "../messages/index.ts";
import { contextOf, type DiagnoseOptions, type Run, Session } from "./diagnose.ts";

/** A runtime writes its traceback in one go: a second of silence is the end of it. */
const QUIET = 1000;
/** A writer that stopped in the middle of a line is more likely to be slow than to be done. */
const QUIET_IN_LINE = 3000;
const LINE_FEED = 10;

/** Follows all inputs at once until they end or the user interrupts. Returns the exit status. */
export async function followInputs(options: DiagnoseOptions, run: Run): Promise<number> {
  const m = cliMessages(run.setting.language);
  const session = new Session(run, contextOf(options, run.setting.language, m));
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    await run.output.write(run.reporter.begin());
    const inputs = await Promise.all(
      options.files.map((name) => new Followed(name, session, run, m, stop.signal).follow()),
    );
    await run.output.write(run.reporter.end({ inputs, repeats: session.repeats }));
    if (inputs.some((input) => input.error !== undefined)) return EXIT_ERROR;
    return session.crashes > 0 ? EXIT_FOUND : EXIT_NOTHING_FOUND;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** One input that grows. */
class Followed {
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

  constructor(
    private readonly name: string,
    private readonly session: Session,
    private readonly run: Run,
    private readonly m: CliMessages,
    private readonly signal: AbortSignal,
  ) {
    this.reader = this.newReader();
  }

  async follow(): Promise<InputSummary> {
    const shown = visibleLine(this.name === "-" ? "<stdin>" : this.name);
    let error: string | undefined;
    try {
      if (this.name === "-") await this.followStdin();
      else error = await this.followFile(shown);
    } catch (failure) {
      if (!(failure as NodeJS.ErrnoException).code) throw failure;
      error = openError(shown, failure, this.m);
    }
    await this.restart(false);
    if (error) this.run.say("error", error);
    return { name: shown, bytes: this.bytes, crashes: this.crashes, ...(error && { error }) };
  }

  private async followFile(shown: string): Promise<string | undefined> {
    if (statSync(this.name, { throwIfNoEntry: false })?.isDirectory()) return this.m.isDirectory(shown);
    for await (const event of tail(this.name, this.signal)) {
      if (event.kind === "data") {
        const packing = this.bytes === 0 ? packingOf(event.chunk) : undefined;
        if (packing === "gzip" || packing === "zstd") return this.m.followCompressed(shown);
        await this.take(event.chunk);
      } else if (event.kind === "idle") {
        await this.idle();
      } else {
        const said = { waiting: this.m.waitingForFile, rotated: this.m.rotated, truncated: this.m.truncated };
        this.run.say("notice", said[event.kind](shown));
        if (event.kind !== "waiting") await this.restart(false);
      }
    }
    return undefined;
  }

  private async followStdin(): Promise<void> {
    if (process.stdin.isTTY) this.run.say("notice", this.m.waitingForStdin);
    const stdin = process.stdin;
    const abort = () => stdin.destroy();
    this.signal.addEventListener("abort", abort, { once: true });
    // A timer and the data share one queue, so that no two of them work on the reader at once.
    let turn: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      turn = turn.then(() => this.idle());
      turn.catch((failure: Error) => stdin.destroy(failure));
    }, QUIET / 4);
    try {
      for await (const chunk of stdin) {
        turn = turn.then(() => this.take(chunk as Uint8Array));
        await turn;
      }
      await turn;
    } catch (failure) {
      if (!this.signal.aborted) throw failure;
    } finally {
      clearInterval(timer);
      this.signal.removeEventListener("abort", abort);
    }
  }

  private async take(chunk: Uint8Array): Promise<void> {
    this.reader.push(chunk);
    this.bytes += chunk.length;
    this.position += chunk.length;
    this.unread = true;
    this.lastData = performance.now();
    this.inLine = chunk.at(-1) !== LINE_FEED;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) this.lines++;
    await this.session.drain();
  }

  private async idle(): Promise<void> {
    const quiet = this.inLine ? QUIET_IN_LINE : QUIET;
    if (this.unread && performance.now() - this.lastData >= quiet) await this.restart(true);
  }

  /** Takes what has been read for complete and begins anew: further on in the same file, or in another one. */
  private async restart(sameFile: boolean): Promise<void> {
    this.reader.end();
    this.unread = false;
    if (!sameFile) {
      this.lines = 0;
      this.position = 0;
    }
    this.before = sameFile ? { lines: this.lines, bytes: this.position } : undefined;
    this.reader = this.newReader();
    await this.session.drain();
  }

  private newReader(): TraceReader {
    const { before } = this;
    return new TraceReader({
      onReport: (report: CrashReport) => {
        this.crashes++;
        this.session.queue(report, this.name, before);
      },
    });
  }
}
