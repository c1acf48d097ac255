/** Processes that end when they are told to, with all they started, and that do not outlive us. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process by its number and its start, because numbers are given out again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot; undefined where the system does not tell. */
  readonly begun?: string;
}

export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** util-linux; part of every usual distribution. */
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"];

/**
 * Starts a program at the head of a process group of its own, without a shell, with both outputs piped. On Linux with
 * setpriv(1) the kernel sends it SIGTERM when we die, however we die; elsewhere it is told only when we can tell it.
 */
export function spawnTied(path: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const tie = process.platform === "linux" ? SETPRIV.find((each) => existsSync(each)) : undefined;
  const [command, words] = tie ? [tie, ["--pdeathsig", "TERM", "--", path, ...args]] : [path, [...args]];
  return spawn(command, words, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env && { env: options.env }),
  });
}

/** What waits for our end; `release` ends it when its work has been done. */
export interface Guard {
  /** Names the group that works in the folder. */
  watch(group: number): void;
  release(): void;
}

/** Our end closes its input. What the head of the group started, such as a linker, may still write there. */
const GUARD = `read -r group
if [ -n "$group" ]; then
read -r _
n=0
while kill -0 "$group" 2>/dev/null && [ $n -lt 30 ]; do sleep 0.1; n=$((n + 1)); done
kill -KILL -- "-$group" 2>/dev/null
sleep 0.1
fi
rm -rf -- "$1"`;

/**
 * Sees to it that a folder, which need not be there yet, and a group of processes go when we are killed: the group gets
 * 3 s to end by itself. Does nothing on Windows.
 */
export function guard(path: string): Guard {
  if (process.platform === "win32") return { watch: () => {}, release: () => {} };
  const child = spawn("/bin/sh", ["-c", GUARD, "sh", path], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  return {
    watch: (group) => child.stdin.write(`${group}\n`),
    release: () => {
      child.kill("SIGKILL");
      child.stdin.destroy();
    },
  };
}

/** Resolves when a child has ended; at once where it has already. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}

const GRACE_MS = 1500;

/**
 * Ends a child of `spawnTied` and everything below it: politely first, for good after the grace. `others` are processes
 * it may have left in groups of their own. Resolves when all are gone; what even SIGKILL does not end at once is waited for a second. Never throws.
 */
export async function endSurely(
  child: ChildProcess,
  { grace = GRACE_MS, others = [] }: { grace?: number; others?: readonly ProcessIdentity[] } = {},
): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const below = [...descendants(pid), ...others];
  if (child.exitCode === null && child.signalCode === null) {
    signalGroup(pid, "SIGTERM");
    await within(ended(child), grace);
    below.push(...descendants(pid));
    if (child.exitCode === null && child.signalCode === null) {
      signalGroup(pid, "SIGKILL");
      child.kill("SIGKILL");
      await within(ended(child), grace);
    }
  }
  // What was below it gets a moment to end by itself.
  for (let tries = 0; tries < 20 && below.some(isSame); tries++) await pause(10);
  for (const each of below) if (isSame(each)) kill(each.pid);
  for (let tries = 0; tries < 100 && below.some(isSame); tries++) await pause(10);
}

/** A process as it is now; undefined where there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readStat(pid);
  if (stat) return stat.state === "Z" ? undefined : { pid, begun: stat.begun };
  if (process.platform === "linux") return undefined;
  try {
    process.kill(pid, 0);
    return { pid };
  } catch {
    return undefined;
  }
}

function isSame(known: ProcessIdentity): boolean {
  const now = identify(known.pid);
  return now !== undefined && now.begun === known.begun;
}

/** All below a process, whatever group they went to. Empty where there is no /proc. */
export function descendants(pid: number): ProcessIdentity[] {
  const children = new Map<number, ProcessIdentity[]>();
  for (const name of procNames()) {
    const stat = readStat(Number(name));
    if (!stat) continue;
    const siblings = children.get(stat.parent) ?? [];
    siblings.push({ pid: Number(name), begun: stat.begun });
    children.set(stat.parent, siblings);
  }
  const found: ProcessIdentity[] = [];
  const queue = [pid];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      queue.push(child.pid);
    }
  }
  return found;
}

function procNames(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Fields 3, 4 and 22 of /proc/PID/stat. The name in field 2 may hold anything, blanks and brackets too. */
function readStat(pid: number): { state: string; parent: number; begun: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0]!, parent: Number(fields[1]), begun: fields[19]! };
  } catch {
    return undefined;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // Gone already, or its group is: the caller looks.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}

async function within(done: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
