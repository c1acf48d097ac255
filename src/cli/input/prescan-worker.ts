/** Runs in a thread of its own: the second half of a large log is looked through while the first half is read. */
import { parentPort, workerData } from "node:worker_threads";
import { type Range, scanRange } from "./scan-range.ts";

parentPort!.postMessage(scanRange(workerData as Range));
