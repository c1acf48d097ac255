/** Lets a second core look through the second half of a large file. Nothing depends on it but time. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Quiet } from "./scan-range.ts";

/** Smaller files are through before a thread has started. */
const WORTH_A_THREAD = 256 << 20;

/** What the first thread reads while the second one starts. */
const HEAD_START = 96 << 20;

export interface Prescan {
  /** Where the other thread began. */
  readonly from: number;
  /** What it found; undefined when it failed, which costs nothing but time. */
  readonly quiet: Promise<Quiet | undefined>;
  /** Ends the thread. */
  stop(): void;
}

/** Starts a thread for the second half of a file, where that pays. */
export function startPrescan(path: string, size: number): Prescan | undefined {
  if (size < WORTH_A_THREAD || availableParallelism() < 2) return undefined;
  const from = Math.floor((size + HEAD_START) / 2);
  let worker: Worker;
  try {
    worker = new Worker(workerFile(), { workerData: { path, from, to: size } });
  } catch {
    return undefined;
  }
  const quiet = new Promise<Quiet | undefined>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return { from, quiet, stop: () => void worker.terminate() };
}

/** Bundled beside cli.js, from wherever in dist/ this code stands. */
function workerFile(): URL {
  const inChunks = new URL(".", import.meta.url).pathname.endsWith("/chunks/");
  return new URL(inChunks ? "../prescan-worker.js" : "./prescan-worker.js", import.meta.url);
}
