/** Makes cores: runs a program so that its crash leaves one, and dumps a process that runs. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, statfsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { corePattern, findCore } from "../recorder/core-file.ts";
import type { ApiDumpState } from "./api.ts";
import { type CoreSetup, readCoreSetup } from "./core-setup.ts";
import { DelveProblem } from "./problem.ts";
import { pause } from "./process.ts";
import { DelveServer } from "./server.ts";
import { type NoCore, whyNoCore } from "./why-no-core.ts";

export interface RunPlan {
  readonly command: string;
  readonly args: readonly string[];
  /** On top of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The file it will be, with PID for the number that is not known yet; absent where a program takes it. */
  readonly lands?: string;
  /** What is left in the way, after the limit and GOTRACEBACK are taken care of. */
  readonly obstacles: readonly NoCore[];
}

const PRLIMIT = ["/usr/bin/prlimit", "/bin/prlimit"];

/**
 * How to run a program so that it leaves a core: GOTRACEBACK=crash, and the limit raised by prlimit(1) without a shell
 * where it is too low.
 */
export function planRun(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, setup }: { cwd: string; env?: NodeJS.ProcessEnv; setup?: CoreSetup },
): RunPlan {
  const found = setup ?? readCoreSetup({ cwd, env });
  const raise = found.softLimit !== Number.POSITIVE_INFINITY && found.softLimit !== undefined;
  const tool = raise ? PRLIMIT.find((path) => existsSync(path)) : undefined;
  const hard = found.hardLimit ?? 0;
  const limit = hard === Number.POSITIVE_INFINITY ? "unlimited" : String(hard);
  const path = program.includes("/") ? resolve(cwd, program) : program;
  const after: CoreSetup = { ...found, gotraceback: "crash", ...(tool && { softLimit: hard }) };
  const lands = landing(found);
  return {
    command: tool ?? path,
    args: tool ? [`--core=${limit}:${limit}`, "--", path, ...args] : [...args],
    env: { GOTRACEBACK: "crash" },
    cwd,
    ...(lands !== undefined && { lands }),
    obstacles: whyNoCore(after),
  };
}

function landing({ pattern, folder, usesPid }: CoreSetup): string | undefined {
  if (pattern === undefined || folder === undefined) return undefined;
  const name = pattern.slice(pattern.lastIndexOf("/") + 1).replace(/%[pP]/g, "PID");
  return resolve(folder, usesPid && !/%[pP]/.test(pattern) ? `${name}.PID` : name);
}

export interface RanWithCore {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly core?: string;
}

/** Runs a plan; `onStart` is handed the process, with both outputs as pipes. Rejects when it cannot be started. */
export async function runWithCore(
  plan: RunPlan,
  onStart: (child: ChildProcess) => void,
): Promise<RanWithCore> {
  const begun = Date.now();
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    env: { ...process.env, ...plan.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const done = new Promise<{ status: number | null; signal: NodeJS.Signals | null }>((finish, reject) => {
    child.on("error", (failure) => {
      reject(
        new DelveProblem(
          "notStarted",
          plan.command,
          (failure as NodeJS.ErrnoException).code ?? failure.message,
        ),
      );
    });
    child.on("close", (status, signal) => finish({ status, signal }));
  });
  onStart(child);
  const end = await done;
  const pattern = corePattern();
  if (pattern === undefined || end.signal === null) return end;
  const core = await findCore(pattern, { pid: child.pid!, cwd: plan.cwd, begun });
  return { ...end, ...(core !== undefined && { core }) };
}

export interface DumpOptions {
  readonly delve: string;
  readonly pid: number;
  readonly destination: string;
  /** Bytes done and in all; 0 in all while threads are written. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const ASK_AGAIN_MS = 200;

/**
 * Writes a core of a process that goes on afterwards. It stands still meanwhile. The file appears under its name only
 * when it is whole. Throws a DelveProblem; when it was cancelled or failed, the process goes on and no file is left.
 */
export async function dumpProcess(options: DumpOptions): Promise<void> {
  const { delve, pid, destination, onProgress, signal } = options;
  await checkRoom(pid, destination);
  const draft = `${destination}.${process.pid}.part`;
  // Delve replaces what stands there; somebody else's file must not be lost.
  await (await open(draft, "wx")).close().catch(() => {});
  const server = await DelveServer.start({
    delve,
    target: { mode: "attach", pid },
    ...(signal && { signal }),
  }).catch(async (failure) => {
    await rm(draft, { force: true });
    throw failure;
  });
  try {
    let state = await server.rpc.dumpStart(draft);
    while (state.Dumping) {
      if (signal?.aborted) await cancelDump(server);
      onProgress?.(state.MemDone, state.MemTotal);
      state = await server.rpc.dumpWait(ASK_AGAIN_MS);
    }
    onProgress?.(state.MemDone, state.MemTotal);
    if (signal?.aborted || !state.AllDone) throw new DelveProblem("cancelled", "dump");
    if (state.Err) throw new DelveProblem("dumpFailed", pid, state.Err);
    await rename(draft, destination);
  } finally {
    await server.stop();
    await rm(draft, { force: true });
  }
}

async function cancelDump(server: DelveServer): Promise<never> {
  await server.rpc.dumpCancel();
  let state: ApiDumpState = await server.rpc.dumpWait(ASK_AGAIN_MS);
  for (let tries = 0; state.Dumping && tries < 100; tries++) {
    await pause(20);
    state = await server.rpc.dumpWait(ASK_AGAIN_MS);
  }
  throw new DelveProblem("cancelled", "dump");
}

/** Throws when the disk cannot hold what the process has in memory. */
async function checkRoom(pid: number, destination: string): Promise<void> {
  const folder = dirname(resolve(destination));
  const info = await stat(folder).catch(() => undefined);
  if (!info?.isDirectory()) throw new DelveProblem("fileMissing", folder);
  const needed = mappedBytes(pid);
  const { bavail, bsize } = statfsSync(folder);
  if (needed !== undefined && bavail * bsize < needed)
    throw new DelveProblem("noRoomForDump", folder, needed, bavail * bsize);
}

/** Readable memory, which is what Delve writes; undefined where /proc does not tell. */
function mappedBytes(pid: number): number | undefined {
  try {
    const maps = readFileSync(`/proc/${pid}/maps`, "latin1");
    let total = 0;
    for (const [, from, to, mode] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) (\S+)/gm))
      if (mode!.startsWith("r")) total += Number(BigInt(`0x${to}`) - BigInt(`0x${from}`));
    return total;
  } catch {
    return undefined;
  }
}
