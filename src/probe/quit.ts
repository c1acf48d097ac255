/** A dump through SIGQUIT, which ends the process: only where the dump comes to us. Linux alone. */
import { closeSync, fstatSync, openSync, readlinkSync, readSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Language } from "../faulttree/diagnosis.ts";
import { sampleOfText } from "./goroutine-sample.ts";
import type { Gathered } from "./goroutines.ts";
import { goroutineWords } from "./messages/goroutines.ts";
import { ProbeProblem } from "./problem.ts";
import type { ProcessFacts } from "./proc.ts";

const LARGEST_DUMP = 512 << 20;
const STEP = 100;

/**
 * Sends SIGQUIT and reads what the process adds to its standard error. Throws a ProbeProblem, without a signal sent,
 * where that is no file of ours to read. Whatever GOTRACEBACK says, SIGQUIT prints all: the runtime then counts as throwing.
 */
export async function gatherByQuit(
  facts: ProcessFacts,
  language: Language,
  timeoutSeconds: number,
): Promise<Gathered> {
  const w = goroutineWords(language);
  const { pid } = facts;
  if (facts.status.ignoresQuit) throw new ProbeProblem(w.quitIgnored(pid));
  const link = `/proc/${pid}/fd/2`;
  const target = linkOf(link);
  const file = openRegular(link);
  if (file === undefined) throw new ProbeProblem(w.quitNowhere(pid, target));
  try {
    const from = fstatSync(file).size;
    try {
      process.kill(pid, "SIGQUIT");
    } catch {
      throw new ProbeProblem(w.quitDenied(pid));
    }
    await ended(pid, timeoutSeconds);
    const sample = sampleOfText(readFrom(file, from));
    if (!sample) throw new ProbeProblem(w.quitNothing(pid, target));
    return { subject: `process ${pid}`, samples: [{ sample, at: 0 }], heaps: [], missing: [w.quitSent(pid)] };
  } finally {
    closeSync(file);
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "?";
  }
}

/** Undefined where it is a pipe, a terminal, a socket: to open one could wait for ever. */
function openRegular(path: string): number | undefined {
  try {
    return statSync(path).isFile() ? openSync(path, "r") : undefined;
  } catch {
    return undefined;
  }
}

async function ended(pid: number, timeoutSeconds: number): Promise<void> {
  for (let waited = 0; waited < timeoutSeconds * 1000; waited += STEP) {
    await sleep(STEP);
    try {
      if (/^State:\s+[ZX]/m.test(readStatus(pid))) return;
    } catch {
      return;
    }
  }
}

function readStatus(pid: number): string {
  const fd = openSync(`/proc/${pid}/status`, "r");
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, null));
  } finally {
    closeSync(fd);
  }
}

function readFrom(file: number, offset: number): Uint8Array {
  const size = Math.min(Math.max(0, fstatSync(file).size - offset), LARGEST_DUMP);
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, size === 0 ? 0 : readSync(file, bytes, 0, size, offset));
}
