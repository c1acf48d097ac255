/** `watch`: follows logs, tells each new fault once, counts the rest, and serves the counts to Prometheus. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Before, Finding, Setting } from "../../export/finding.ts";
import { visibleLine } from "../../export/visible.ts";
import type { DiagnosisContext } from "../../faulttree/diagnosis.ts";
import { diagnose } from "../../faulttree/index.ts";
import type { CrashReport } from "../../trace/index.ts";
import { openCatalog } from "../catalog.ts";
import { contextOf } from "../commands/diagnose.ts";
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { Followed, type Listener } from "../input/followed.ts";
import { packingOf } from "../input/kinds.ts";
import { Places } from "../input/places.ts";
import { reason } from "../input/read.ts";
import { Output, OutputClosed } from "../output.ts";
import type { Context } from "../program.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import { type Fault, Faults } from "./faults.ts";
import { MetricsServer, parseAddress } from "./metrics-server.ts";
import { faultOf, jsonWatchReporter, textWatchReporter, type WatchReporter } from "./reports.ts";
import { loadState, type State, saveState } from "./state.ts";
import { type WatchWords, watchWords } from "./words.ts";

export interface WatchFlags {
  readonly format: "text" | "json";
  /** A time such as `30s`. */
  readonly every?: string;
  /** True where the option stands without an address. */
  readonly metrics?: string | true;
  readonly state?: string;
  readonly source?: readonly string[] | boolean;
}

const DEFAULT_EVERY = "60s";
/** How often the state is written while something changes. */
const SAVE_MS = 2000;

/** Follows until the inputs end or a signal comes. 0 nothing found, 1 found, 2 an input could not be read. */
export async function runWatch(
  files: readonly string[],
  flags: WatchFlags,
  context: Context,
): Promise<number> {
  const w = watchWords(context.language);
  const { every: given = DEFAULT_EVERY } = flags;
  const every = parseDuration(given);
  if (every === undefined) throw new UserError(w.badDuration(visibleLine(given)));
  const names = growing(files.length > 0 ? [...new Set(files)] : ["-"], w);
  if (names.length === 0) return EXIT_ERROR;
  const saved = flags.state === undefined ? undefined : loadState(flags.state, context.m, w);
  const watch = new Watch(flags, context, saved);
  const server = flags.metrics === undefined ? undefined : await serve(flags.metrics, watch, w);
  if (saved) say(w.resumed(watch.faults.crashes));
  try {
    return await watch.run(names, every);
  } finally {
    await server?.stop();
  }
}

async function serve(given: string | true, watch: Watch, w: WatchWords): Promise<MetricsServer> {
  const address = parseAddress(given);
  if (!address) throw new UserError(w.badAddress(visibleLine(String(given))));
  try {
    const server = await MetricsServer.start(address, () => watch.counts());
    say(w.serving(server.url));
    return server;
  } catch (failure) {
    const shown = `${address.host}:${address.port}`;
    throw new UserError(w.cannotListen(shown, visibleLine(listenReason(failure))));
  }
}

/** `address already in use` of `listen EADDRINUSE: address already in use 127.0.0.1:9477`. */
function listenReason(failure: unknown): string {
  const text = (failure as Error).message;
  return /E[A-Z]+: (.+?)(?: [\d.:[\]a-f]+)?$/.exec(text)?.[1] ?? reason(failure);
}

/** A shell's pattern also names the packed files of earlier days, which grow no more. */
function growing(names: readonly string[], w: WatchWords): string[] {
  return names.filter((name) => {
    if (name === "-" || !isPacked(name)) return true;
    say(w.packed(visibleLine(name)));
    return false;
  });
}

function isPacked(name: string): boolean {
  if (!statSync(name, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    const head = new Uint8Array(4);
    const descriptor = openSync(name, "r");
    try {
      const packing = packingOf(head.subarray(0, readSync(descriptor, head, 0, head.length, 0)));
      return packing === "gzip" || packing === "zstd";
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

function say(text: string): void {
  process.stderr.write(`golm-faultcheck: ${visibleLine(text)}\n`);
}

class Watch implements Listener {
  readonly faults = new Faults();
  private readonly bytes = new Map<string, number>();
  private readonly started = Date.now();
  private readonly places: Places;
  private readonly setting: Setting;
  private readonly diagnosis: DiagnosisContext;
  private readonly reporter: WatchReporter;
  private readonly output = new Output(process.stdout);
  private readonly w: WatchWords;
  /** Lines still to be written, and the writing that goes on. */
  private waiting: string[] = [];
  private turn: Promise<void> = Promise.resolve();
  /** Faults with crashes that were not told yet, and how many. */
  private readonly untold = new Map<Fault, number>();
  private goroutinesDropped = 0;
  private crashes = 0;
  private changed = false;
  private lost: string | undefined;

  constructor(
    private readonly flags: WatchFlags,
    private readonly context: Context,
    saved: State | undefined,
  ) {
    const { language, m } = context;
    this.w = watchWords(language);
    this.setting = { language, catalog: openCatalog(context.script, m), all: false, version: VERSION };
    const sources = Array.isArray(flags.source) ? flags.source : undefined;
    this.diagnosis = contextOf({ sources, source: flags.source !== false }, language, m);
    const style = styleOf(colored(context.color, process.stdout, process.env));
    this.reporter =
      flags.format === "json" ? jsonWatchReporter(this.setting) : textWatchReporter(this.setting, style);
    this.places = new Places(saved?.places);
    if (saved) this.restore(saved);
  }

  counts() {
    const { faults, bytes, goroutinesDropped, started } = this;
    return { faults, bytes, goroutinesDropped, started, version: VERSION };
  }

  async run(names: readonly string[], every: number): Promise<number> {
    const stop = new AbortController();
    const interrupt = () => stop.abort();
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    let failure: Error | undefined;
    const attempt = (work: Promise<void>) =>
      work.catch((error: Error) => {
        failure ??= error;
        stop.abort();
      });
    const telling = setInterval(() => attempt(this.tellAgain()), every);
    const saving = setInterval(() => this.save(), SAVE_MS);
    try {
      const options = { m: this.context.m, signal: stop.signal, listener: this, places: this.places };
      const inputs = await Promise.all(
        names.map(async (name) => {
          if (!this.bytes.has(name)) this.bytes.set(name, 0);
          const input = await new Followed(name, options).follow();
          if (input.error) say(input.error);
          return input;
        }),
      );
      if (failure) throw failure;
      await this.tellAgain();
      await this.write(this.reporter.end({ faults: this.faults, bytes: this.total() }));
      if (inputs.some((input) => input.error !== undefined)) return EXIT_ERROR;
      return this.status();
    } catch (thrown) {
      if (thrown instanceof OutputClosed) thrown.status = this.status();
      throw thrown;
    } finally {
      clearInterval(telling);
      clearInterval(saving);
      this.save();
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
  }

  crash(report: CrashReport, input: string, before: Before | undefined): void {
    const now = Date.now();
    this.crashes++;
    this.changed = true;
    this.goroutinesDropped += Math.max(0, report.goroutineCount - report.goroutines.length);
    const known = this.faults.again(report.fingerprint, now);
    if (known) {
      this.untold.set(known, (this.untold.get(known) ?? 0) + 1);
      return;
    }
    const diagnosis = diagnose(report, this.setting.catalog, this.diagnosis);
    const finding: Finding = { diagnosis, input, ...(before && { before }) };
    const fault = faultOf(finding, this.setting, now);
    const oldest = this.faults.add(fault);
    if (oldest) this.tellOne(oldest);
    this.waiting.push(this.reporter.fresh(fault, finding));
  }

  read(input: string, bytes: number): void {
    this.changed = true;
    this.bytes.set(input, (this.bytes.get(input) ?? 0) + bytes);
  }

  settle(): Promise<void> {
    return this.waiting.length === 0 ? this.turn : this.write("");
  }

  notice(text: string): void {
    say(text);
  }

  private tellAgain(): Promise<void> {
    for (const fault of [...this.untold.keys()]) this.tellOne(fault);
    return this.settle();
  }

  private tellOne(fault: Fault): void {
    const more = this.untold.get(fault);
    if (more !== undefined) this.waiting.push(this.reporter.again(fault, more));
    this.untold.delete(fault);
  }

  /** Inputs and timers take turns at the output. */
  private write(text: string): Promise<void> {
    if (text !== "") this.waiting.push(text);
    const lines = this.waiting;
    this.waiting = [];
    this.turn = this.turn.then(() => this.output.write(lines));
    return this.turn;
  }

  private status(): number {
    return this.crashes > 0 ? EXIT_FOUND : EXIT_NOTHING_FOUND;
  }

  private total(): number {
    return [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  private save(): void {
    if (this.flags.state === undefined || !this.changed) return;
    this.changed = false;
    const { faults, bytes, goroutinesDropped } = this;
    const state: State = {
      places: this.places.saved(),
      faults: [...faults.all()],
      folded: faults.folded,
      forgotten: faults.forgotten,
      bytes: Object.fromEntries(bytes),
      goroutinesDropped,
    };
    const lost = saveState(this.flags.state, state, this.w);
    if (lost !== undefined && lost !== this.lost) say(lost);
    this.lost = lost;
  }

  private restore(saved: State): void {
    for (const fault of saved.faults) this.faults.add({ ...fault });
    Object.assign(this.faults.folded, saved.folded);
    Object.assign(this.faults.forgotten, saved.forgotten);
    this.faults.crashes += saved.forgotten.count;
    for (const [input, bytes] of Object.entries(saved.bytes)) this.bytes.set(input, bytes);
    this.goroutinesDropped = saved.goroutinesDropped;
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s` as milliseconds, from 100 ms to a day; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  const milliseconds = match ? Number(match[1]) * UNITS[match[2]!]! : Number.NaN;
  return milliseconds >= 100 && milliseconds <= 24 * UNITS.h! ? milliseconds : undefined;
}
