/**
 * Runs a program as if it had been started without us: its output, its order, its exit status and its signals are
 * passed on unchanged, and what it says of a crash is kept.
 *
 * Standard output is handed over as it is where that is a terminal or a file. Standard error goes through us, because
 * there the crash text comes. Where both are one pipe, as under `go test`, both go through us as one, so that their
 * lines keep their order.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fstatSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import { isatty } from "node:tty";
import { CrashStream } from "../trace/crash-stream.ts";
import { corePattern, findCore } from "./core-file.ts";
import { keepRecord, recordsFolder, type ToKeep } from "./record.ts";

/** Signals that somebody sends to us and means for the program. */
const PASSED_ON = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"] as const;
/** Signals that end a program because of a fault in it. */
const FAULTS = new Set(["SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV", "SIGSYS", "SIGTRAP"]);
/** A program may write many crashes that it recovers from: the first and the last ones are kept. */
const TEXTS_KEPT = 16;

export interface RunEnd {
  readonly status?: number;
  readonly signal?: NodeJS.Signals;
  /** The record that was written, where the run crashed. */
  readonly record?: string;
  /** One sentence where the record could not be written. */
  readonly lost?: string;
}

/** Resolves when the program has ended and its output is passed on. Rejects when it cannot be started. */
export async function runRecorded(command: string, args: readonly string[]): Promise<RunEnd> {
  const texts: Uint8Array[] = [];
  const crashes = new CrashStream(({ raw }) => {
    if (texts.length >= TEXTS_KEPT) texts.splice(TEXTS_KEPT / 2, 1);
    texts.push(raw);
  });
  const begun = Date.now();
  const { child, target } = start(command, args);
  const source = target === 1 ? child.stdout! : child.stderr!;
  const stopPassing = passSignals(child);
  source.on("data", (chunk: Buffer) => {
    crashes.pushBytes(chunk);
    // A program whose reader left is told so, as it would be without us.
    if (!writeAll(target, chunk)) source.destroy();
  });
  const { status, signal } = await ended(child);
  stopPassing();
  crashes.flush();
  const end = { ...(status !== null && { status }), ...(signal !== null && { signal }) };
  if (texts.length === 0 && !(signal && FAULTS.has(signal))) return end;
  return {
    ...end,
    ...(await keep({
      program: programPath(command),
      cwd: process.cwd(),
      pid: child.pid!,
      begun,
      texts,
      ...end,
    })),
  };
}

/** A command looked up in PATH is a tool such as `go`: the program that crashed is one that it started. */
function programPath(command: string): string {
  return command.includes("/") ? resolve(command) : command;
}

async function keep(found: ToKeep): Promise<Pick<RunEnd, "record" | "lost">> {
  try {
    const pattern = corePattern();
    const core = pattern === undefined ? undefined : await findCore(pattern, found);
    const record = await keepRecord(recordsFolder(), { ...found, ...(core !== undefined && { core }) });
    return { record };
  } catch (failure) {
    return { lost: (failure as Error).message };
  }
}

interface Started {
  readonly child: ChildProcess;
  /** The descriptor of ours that its output is passed on to. */
  readonly target: 1 | 2;
}

function start(command: string, args: readonly string[]): Started {
  // An editor starts us by its own program with this set; the program we run must not become a Node by it.
  const { ELECTRON_RUN_AS_NODE: _ours, ...env } = process.env;
  if (sameFile() && process.platform !== "win32") {
    // Only a shell can give both descriptors one pipe. The words stay words: none is read by it.
    const child = spawn("/bin/sh", ["-c", 'exec "$@" 2>&1', "sh", command, ...args], {
      stdio: ["inherit", "pipe", "inherit"],
      env,
    });
    return { child, target: 1 };
  }
  return { child: spawn(command, args, { stdio: ["inherit", "inherit", "pipe"], env }), target: 2 };
}

/** Whether both outputs are one pipe or file. A terminal is left to standard output, so that the program still sees it. */
function sameFile(): boolean {
  if (isatty(1) || isatty(2)) return false;
  try {
    const [out, err] = [fstatSync(1), fstatSync(2)];
    return out.dev === err.dev && out.ino === err.ino;
  } catch {
    return false;
  }
}

/** In order and at once: what is written stands there even if we are killed next. False when nobody reads any more. */
function writeAll(target: 1 | 2, chunk: Buffer): boolean {
  for (let from = 0; from < chunk.length; ) {
    try {
      from += writeSync(target, chunk, from);
    } catch (failure) {
      // A descriptor that does not block is full: its reader needs a moment.
      if ((failure as NodeJS.ErrnoException).code !== "EAGAIN") return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
  return true;
}

/**
 * A terminal sends its interrupt to the program as well, which must hear it once: so that one is waited out. SIGQUIT is
 * always passed on, because `go test` sends it to us alone when time is up, and a second one changes no dump.
 */
function passSignals(child: ChildProcess): () => void {
  const fromTerminal = (signal: string) => isatty(0) && signal === "SIGINT";
  const listeners = PASSED_ON.map((signal) => {
    const listener = () => {
      if (!fromTerminal(signal)) child.kill(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}

function ended(child: ChildProcess): Promise<{ status: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    // What it started may hold its output open for ever: that is not waited for.
    child.on("exit", (status, signal) => setTimeout(() => resolve({ status, signal }), DRAIN_MS));
    child.on("close", (status, signal) => resolve({ status, signal }));
  });
}

const DRAIN_MS = 2000;

/** Ends this process as the program ended: with its status, or by its signal. */
export function endLike({ status, signal }: RunEnd): never {
  if (signal) {
    const number = constants.signals[signal];
    // Our own death must leave no core, least of all in the place of the program's.
    const quiet =
      process.platform === "linux" &&
      spawnSync("prlimit", ["--core=0", `--pid=${process.pid}`], { stdio: "ignore" }).status === 0;
    process.removeAllListeners(signal);
    if (quiet) process.kill(process.pid, signal);
    process.exit(128 + number);
  }
  process.exit(status ?? 1);
}
