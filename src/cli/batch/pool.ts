/** Threads that read files at once, heard in the order of the files. */
import { Worker } from "node:worker_threads";
import type { CrashReport } from "../../trace/index.ts";
import type { ReadResult } from "../input/read.ts";
import {
  type Crash,
  type FromWorker,
  REPEATABLE,
  SMALL_DUMP,
  type ToWorker,
  type WorkerSetting,
} from "./protocol.ts";
import type { Entry } from "./tree.ts";

export type Heard =
  | { readonly kind: "report"; readonly report: CrashReport }
  /** All that has come so far is told: a moment to write it. */
  | { readonly kind: "pause" }
  | { readonly kind: "done"; readonly result: ReadResult; readonly refused: boolean };

interface Reading {
  readonly worker: Worker;
  job: number | undefined;
}

/** Messages of one job that wait for their turn. */
interface Waiting {
  readonly worker: Reading;
  readonly messages: FromWorker[];
}

export class Pool {
  private readonly workers: Reading[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private read = 0;
  private readonly partly = new Map<number, number>();
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly entries: readonly Entry[],
    jobs: number,
    private readonly setting: WorkerSetting,
    /** Files and bytes read so far. */
    private readonly progress: (files: number, bytes: number) => void,
  ) {
    for (let i = 0; i < Math.min(jobs, entries.length); i++) this.start();
  }

  /** What was read of each entry; the entries must be asked for in their order. */
  async *hear(job: number): AsyncGenerator<Heard> {
    const kept: CrashReport[] = [];
    for (;;) {
      const message = await this.message(job);
      if (message.kind === "crashes") {
        for (const crash of message.crashes)
          yield { kind: "report", report: restored(crash, kept, this.setting) };
        yield { kind: "pause" };
        this.say(this.waiting.get(job)!.worker, { kind: "taken", weight: message.weight });
      } else if (message.kind === "done") {
        this.waiting.delete(job);
        const { bytes, head, error, refused } = message;
        yield {
          kind: "done",
          result: { bytes, head, ...(error !== undefined && { error }) },
          refused: refused === true,
        };
        return;
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map(({ worker }) => worker.terminate()));
  }

  private async message(job: number): Promise<FromWorker> {
    for (;;) {
      if (this.failure) throw this.failure;
      const message = this.waiting.get(job)?.messages.shift();
      if (message) return message;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private start(): void {
    const reading: Reading = {
      worker: new Worker(workerFile(), { workerData: this.setting }),
      job: undefined,
    };
    this.workers.push(reading);
    reading.worker.on("message", (message: FromWorker) => this.take(reading, message));
    reading.worker.on("error", (failure) => {
      this.failure = failure instanceof Error ? failure : new Error(String(failure));
      this.wake?.();
    });
    this.assign(reading);
  }

  private assign(reading: Reading): void {
    const job = this.next;
    const entry = this.entries[job];
    if (!entry) return;
    this.next++;
    reading.job = job;
    this.waiting.set(job, { worker: reading, messages: [] });
    // Behind the last file there is nothing else for an idle core to do.
    this.say(reading, { kind: "read", job, name: entry.name, split: this.next === this.entries.length });
  }

  private take(reading: Reading, message: FromWorker): void {
    if (message.kind === "progress") {
      this.partly.set(message.job, message.read);
      this.tell();
      return;
    }
    this.waiting.get(message.job)!.messages.push(message);
    if (message.kind === "done") {
      this.partly.delete(message.job);
      this.read += this.entries[message.job]!.size ?? 0;
      this.assign(reading);
      this.tell();
    }
    this.wake?.();
  }

  private tell(): void {
    let bytes = this.read;
    for (const part of this.partly.values()) bytes += part;
    this.progress(this.next - this.partly.size, bytes);
  }

  private say({ worker }: Reading, message: ToWorker): void {
    worker.postMessage(message);
  }
}

function restored(crash: Crash, kept: CrashReport[], { collapses }: WorkerSetting): CrashReport {
  if ("like" in crash) return { ...kept[crash.like]!, at: crash.at, lines: crash.lines };
  // As the thread counts them: only those it may refer to.
  if (collapses && crash.report.goroutines.length <= SMALL_DUMP && kept.length < REPEATABLE)
    kept.push(crash.report);
  return crash.report;
}

/** Bundled beside cli.js, from wherever in dist/ this code stands. */
function workerFile(): URL {
  const inChunks = new URL(".", import.meta.url).pathname.endsWith("/chunks/");
  return new URL(inChunks ? "../batch-worker.js" : "./batch-worker.js", import.meta.url);
}
