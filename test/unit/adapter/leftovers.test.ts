/** Whatever dies, and whenever: no process and no file is left. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, it, vi } from "vitest";
import { dapFrame } from "../../../src/delve/dap.ts";
import { delve, temporary } from "../delve/fixture.ts";
import { ADAPTER, crashed, source } from "./client.ts";
import { processes, processesBelow } from "./processes.ts";

vi.setConfig({ testTimeout: 150_000 });

const KILLS = 30;
const AT_ONCE = 3;
/** From the build of a program to its first stop. */
const LONGEST_MS = 2500;

/** Repeatable: the same numbers on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WAYS = ["adapter killed", "adapter told to end", "editor gone", "delve killed"] as const;

it(`leaves nothing behind after ${KILLS} kills`, async () => {
  const next = random(7);
  const { program, core } = crashed("live");
  const folder = source("live");
  const path = await delve();
  // Of their own: what go leaves where it is killed has names that others use too.
  const scratch = join(temporary(), "scratch");
  mkdirSync(scratch);
  const pids = new Set<number>();
  const jobs = Array.from({ length: KILLS }, (_, n) => ({
    launch: n % 2 === 0 ? { mode: "core", program, core } : { mode: "debug", program: folder },
    way: WAYS[n % WAYS.length]!,
    after: next() * LONGEST_MS,
  }));
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await killOne(job, path, scratch, pids);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await vi.waitFor(
    () => {
      expect(leftOf(pids, folder)).toEqual([]);
      expect(readdirSync(scratch)).toEqual([]);
    },
    { timeout: 15_000, interval: 250 },
  );
});

/** Our processes, by number and by what they work on. */
function leftOf(pids: ReadonlySet<number>, folder: string): string[] {
  return processes()
    .filter(({ pid, args }) => pids.has(pid) || args.includes(folder))
    .map(({ pid, args }) => `${pid} ${args}`);
}

async function killOne(
  job: { readonly launch: object; readonly way: (typeof WAYS)[number]; readonly after: number },
  path: string,
  scratch: string,
  pids: Set<number>,
): Promise<void> {
  const child = spawn(process.execPath, [ADAPTER], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, TMPDIR: scratch },
  });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.stdout!.resume();
  child.stdin!.on("error", () => {});
  request(child, 1, "initialize", { adapterID: "golm" });
  request(child, 2, "launch", { delve: path, ...job.launch });
  request(child, 3, "configurationDone", {});
  await new Promise((done) => setTimeout(done, job.after));
  for (const each of [child.pid!, ...processesBelow(child.pid!).map(({ pid }) => pid)]) pids.add(each);
  switch (job.way) {
    case "adapter killed":
      child.kill("SIGKILL");
      break;
    case "adapter told to end":
      child.kill("SIGTERM");
      break;
    case "editor gone":
      child.stdin!.end();
      break;
    case "delve killed": {
      const below = processesBelow(child.pid!).find(({ args }) => args.startsWith(path));
      try {
        if (below) process.kill(below.pid, "SIGKILL");
      } catch {
        // It ended by itself meanwhile, as `dlv version` does.
      }
      await new Promise((done) => setTimeout(done, 200));
      child.stdin!.end();
    }
  }
  await gone;
}

function request(child: ChildProcess, seq: number, command: string, args: object): void {
  child.stdin!.write(dapFrame({ seq, type: "request", command, arguments: args } as DebugProtocol.Request));
}
