/** Runs in a thread of its own: reads one file after the other into crash reports. */
import { parentPort, workerData } from "node:worker_threads";
import { type CrashReport, TraceReader } from "../../trace/index.ts";
import { textKey } from "../commands/text-key.ts";
import { UserError } from "../fail.ts";
import { type ReadResult, readInput } from "../input/read.ts";
import { cliMessages } from "../messages/index.ts";
import {
  type Crash,
  type FromWorker,
  REPEATABLE,
  SMALL_DUMP,
  type ToWorker,
  type WorkerSetting,
} from "./protocol.ts";

const { language, collapses } = workerData as WorkerSetting;
const m = cliMessages(language);

/** Bytes of crash text that may wait for the program: it writes files in their order, whatever is read first. */
const AHEAD = 32 << 20;
/** What a report weighs besides its text. */
const OVERHEAD = 1 << 10;
const PROGRESS_MS = 200;

let ahead = 0;
let wake: (() => void) | undefined;

parentPort!.on("message", (message: ToWorker) => {
  if (message.kind === "read") void read(message);
  else {
    ahead -= message.weight;
    wake?.();
  }
});

const post = (message: FromWorker) => parentPort!.postMessage(message);

async function read({ job, name, split }: Extract<ToWorker, { kind: "read" }>): Promise<void> {
  const gathered = new Gathered();
  const reader = new TraceReader({ onReport: (report) => gathered.add(report) });
  const send = () => {
    const { crashes, weight } = gathered.take();
    if (crashes.length === 0) return;
    ahead += weight;
    post({ kind: "crashes", job, crashes, weight });
  };
  let told = 0;
  const after = async () => {
    send();
    while (ahead > AHEAD) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const progress = (bytes: number) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    post({ kind: "progress", job, read: bytes });
  };
  let result: ReadResult;
  try {
    result = await readInput(name, reader, {
      m,
      split,
      progress,
      after: () => (gathered.empty ? undefined : after()),
    });
  } catch (failure) {
    if (!(failure instanceof UserError)) throw failure;
    const head = new Uint8Array(0);
    post({ kind: "done", job, bytes: 0, head, error: failure.message, refused: true });
    return;
  }
  reader.end();
  send();
  post({ kind: "done", job, ...result });
}

/** Reports on their way, repeats without their text. */
class Gathered {
  private crashes: Crash[] = [];
  private weight = 0;
  private readonly known = new Map<string, number>();

  get empty(): boolean {
    return this.crashes.length === 0;
  }

  add(report: CrashReport): void {
    this.weight += OVERHEAD;
    const like = this.like(report);
    if (like !== undefined) {
      this.crashes.push({ like, at: report.at, lines: report.lines });
      return;
    }
    this.crashes.push({ report });
    this.weight += report.at.end - report.at.start;
  }

  take(): { crashes: Crash[]; weight: number } {
    const { crashes, weight } = this;
    this.crashes = [];
    this.weight = 0;
    return { crashes, weight };
  }

  /** The number of an equal report among those that the program keeps; it counts them in the same way. */
  private like(report: CrashReport): number | undefined {
    if (!collapses || report.goroutines.length > SMALL_DUMP) return undefined;
    const key = textKey(report);
    const known = this.known.get(key);
    if (known === undefined && this.known.size < REPEATABLE) this.known.set(key, this.known.size);
    return known;
  }
}
