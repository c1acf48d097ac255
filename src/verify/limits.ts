import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { BoundedOutput } from "./output.ts";

const MIB = 1 << 20;

/**
 * What a scenario's program may use. The figures leave room for the largest honest crash, a goroutine stack
 * of 1 GB (768 MiB at its peak), and keep two programs inside a small machine.
 */
export interface Limits {
  readonly seconds: number;
  /** Resident memory of the program and its children together. */
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly processes: number;
}

export const DEFAULT_LIMITS: Limits = {
  seconds: 20,
  memoryBytes: 3072 * MIB,
  outputBytes: 64 * MIB,
  processes: 64,
};

/** `-race` and `-asan` map a shadow of the whole heap, which counts as data long before it is touched. */
export type Instrumentation = "none" | "race" | "asan";

export interface RunRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly instrumentation: Instrumentation;
  /** Lets the kernel write a core into `cwd`, and files of any size. */
  readonly core?: boolean;
}

export interface RunOutcome {
  /** Both streams in the order they were written, bounded; the middle is left out first. */
  readonly output: Buffer;
  readonly truncated: boolean;
  readonly status?: number;
  readonly signal?: NodeJS.Signals;
  /** Which limit ended the program; absent when it ended by itself. */
  readonly stopped?: "time" | "memory" | "processes";
  readonly seconds: number;
}

/** The first executable of this name in PATH. */
export function findProgram(program: string): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder === "") continue;
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

/** What this machine cannot limit, as a sentence to print once; nothing on Linux with util-linux. */
export function missingLimits(): string | undefined {
  if (process.platform !== "linux") {
    return `On ${process.platform} only time, output and core size are limited, not memory or processes.`;
  }
  if (findProgram("prlimit") === undefined) {
    return "prlimit (util-linux) is missing: memory and processes are watched from outside only.";
  }
  return undefined;
}

/**
 * The kernel's limits, as arguments of prlimit. Address space stays free: Go reserves more than a gigabyte at
 * start and the race detector terabytes, neither of which is memory. `--data` counts writable private memory,
 * which is what Go's heap and malloc take. Descriptors and the C stack get one value on every machine, so that
 * scenarios about running out of them behave alike.
 */
function kernelLimits({ limits, instrumentation, core }: RunRequest): string[] {
  const data = { none: limits.memoryBytes, race: 8 * limits.memoryBytes, asan: undefined }[instrumentation];
  const wanted: [option: string, name: string, value: number | undefined][] = [
    ["core", "Max core file size", core ? undefined : 0],
    ["nofile", "Max open files", 4096],
    ["stack", "Max stack size", 8 * MIB],
    ["fsize", "Max file size", core ? undefined : 1024 * MIB],
    ["nproc", "Max processes", 20_000],
    ["data", "Max data size", data],
  ];
  return wanted.flatMap(([option, name, value]) => {
    if (value === undefined) return [];
    // Nobody but root may raise a hard limit, and asking for it would fail the run.
    return [`--${option}=${Math.min(value, hardLimits().get(name) ?? Number.POSITIVE_INFINITY)}`];
  });
}

let ownHardLimits: ReadonlyMap<string, number> | undefined;

/** This process's hard limits by the names of /proc/self/limits; unlimited ones are absent. */
function hardLimits(): ReadonlyMap<string, number> {
  if (!ownHardLimits) {
    const found = new Map<string, number>();
    for (const line of readOwnLimits().split("\n")) {
      const [, name, hard] = /^(Max [a-z ]+?) {2,}\S+ +(\d+)/.exec(line) ?? [];
      if (name !== undefined) found.set(name, Number(hard));
    }
    ownHardLimits = found;
  }
  return ownHardLimits;
}

function readOwnLimits(): string {
  try {
    return readFileSync("/proc/self/limits", "latin1");
  } catch {
    return "";
  }
}

/** `2>&1` in a shell gives both streams one pipe, which alone keeps their lines in order. */
function commandLine(request: RunRequest): string[] {
  const program = [request.command, ...request.args];
  const prlimit = process.platform === "linux" ? findProgram("prlimit") : undefined;
  const limited = prlimit === undefined ? program : [prlimit, ...kernelLimits(request), "--", ...program];
  const cores = request.core ? "ulimit -c unlimited" : "ulimit -c 0";
  return ["-c", `${cores}; exec "$@" 2>&1`, "sh", ...limited];
}

/** Resident bytes and number of the processes in a process group. Zero where /proc is missing. */
export async function groupUsage(group: number): Promise<{ bytes: number; processes: number }> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  let bytes = 0;
  let processes = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
    // The name in parentheses may hold anything; the fields after it are numbers.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (Number(fields[2]) !== group) continue;
    processes++;
    bytes += Number(fields[21]) * 4096;
  }
  return { bytes, processes };
}

/** Ends the group this module started. A group that is gone already is no error. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {}
}

/** Groups to end when this process is told to stop: detached, they would not hear of it. */
const runningGroups = new Set<number>();
let exitHooked = false;

/** For whoever removes at the end what these programs still write to. */
export function endRunningGroups(): void {
  for (const group of runningGroups) killGroup(group);
}

function rememberGroup(pid: number): void {
  runningGroups.add(pid);
  if (exitHooked) return;
  exitHooked = true;
  process.on("exit", endRunningGroups);
}

const WATCH_EVERY_MS = 200;
/** How long to read on after the end: a child that left the group may hold the pipe open for ever. */
const DRAIN_MS = 2000;

/**
 * Runs a program under limits and returns how it ended. Rejects only when the program cannot be started at
 * all; whatever the program does is an outcome. Every process of its group is gone when this returns.
 */
export function runLimited(request: RunRequest): Promise<RunOutcome> {
  const begun = performance.now();
  const { limits } = request;
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", commandLine(request), {
      cwd: request.cwd,
      env: { ...request.env },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    if (child.pid !== undefined) rememberGroup(child.pid);
    const output = new BoundedOutput(limits.outputBytes);
    let stopped: RunOutcome["stopped"];
    const stop = (why: NonNullable<RunOutcome["stopped"]>) => {
      stopped ??= why;
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const clock = setTimeout(() => stop("time"), limits.seconds * 1000);
    const watch = setInterval(async () => {
      const used = child.pid === undefined ? undefined : await groupUsage(child.pid);
      if (used && used.bytes > limits.memoryBytes) stop("memory");
      if (used && used.processes > limits.processes) stop("processes");
    }, WATCH_EVERY_MS);
    const quiet = () => {
      clearTimeout(clock);
      clearInterval(watch);
    };
    let drain: NodeJS.Timeout | undefined;
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", (error) => {
      quiet();
      reject(error);
    });
    child.on("exit", () => {
      quiet();
      if (child.pid !== undefined) {
        killGroup(child.pid);
        runningGroups.delete(child.pid);
      }
      drain = setTimeout(() => child.stdout.destroy(), DRAIN_MS);
    });
    child.on("close", (status, signal) => {
      clearTimeout(drain);
      resolve({
        output: output.bytes(),
        truncated: output.truncated,
        ...(status === null ? {} : { status }),
        ...(signal === null ? {} : { signal }),
        ...(stopped === undefined ? {} : { stopped }),
        seconds: (performance.now() - begun) / 1000,
      });
    });
  });
}
