/**
 * What the debug adapter costs beside a bare `dlv dap`: from the start to the first stop on the same core, inside the editor's
 * process and as a program of its own, and the adapter's memory over many stops of one program. Run it after `npm run build`:
 *
 *     node scripts/ts.mjs bench/core/measure.ts [RUNS] [ROUNDS]
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Adapter } from "../../src/adapter/adapter.ts";
import { catalogIn, knowledgeOf } from "../../src/adapter/knowledge.ts";
import { DapClient, DapReader, dapFrame } from "../../src/delve/dap.ts";
import { findDelve } from "../../src/delve/find.ts";

const RUNS = Number(process.argv[2] ?? 10);
const ROUNDS = Number(process.argv[3] ?? 200);

const knowledge = knowledgeOf("en", catalogIn("dist"));

const CRASHING = `package main

import (
	"sync"
	"time"
)

type batch struct{ logits []float32 }

func (b *batch) at(i int) float32 { return b.logits[i] }

func main() {
	var wait sync.WaitGroup
	for range 100 {
		wait.Add(1)
		go func() { time.Sleep(time.Hour); wait.Done() }()
	}
	time.Sleep(50 * time.Millisecond)
	b := &batch{logits: []float32{1, 2, 3}}
	println(b.at(len(b.logits)))
}
`;

const RUNNING = `package main

import "time"

var count int

func step() {
	count++
}

func main() {
	for {
		step()
		time.Sleep(time.Millisecond)
	}
}
`;

interface Side {
  readonly dap: DapClient;
  readonly pid: number;
  end(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), "golm-bench-core-"));
try {
  const { path: delve } = await findDelve(process.env.DLV ? { named: process.env.DLV } : {});
  const core = crashed();
  const sides = { "dlv dap": () => bare(delve), before: () => adapter("/tmp/adw/dist-before/adapter.js"), adapter };
  const names = Object.keys(sides) as (keyof typeof sides)[];
  const stops = new Map(names.map((name) => [name, [] as FirstStop[]]));
  console.log(`load before: ${loadText()}`);
  // They take turns, so that a busy moment hits all; the first round only warms the files up.
  for (let run = 0; run <= RUNS; run++)
    for (const name of names) {
      const given = { ...core, delve, isBare: name === "dlv dap" };
      const stop = await firstStop(sides[name], given);
      if (run > 0) stops.get(name)!.push(stop);
    }
  const times = (name: (typeof names)[number], what: keyof FirstStop) =>
    stops.get(name)!.map((each) => each[what]);
  for (const what of ["stopped", "frames"] as const)
    for (const name of names) {
      const [own, other] = [median(times(name, what)), median(times("dlv dap", what))];
      const all = times(name, what).map(Math.round).join(" ");
      // The shortest is what other work on the machine disturbed least.
      const [least, otherLeast] = [Math.min(...times(name, what)), Math.min(...times("dlv dap", what))];
      console.log(
        `${what}, median of ${RUNS}: ${name} ${own} ms, ratio ${(own / other).toFixed(2)}; ` +
          `shortest ${Math.round(least)} ms, ratio ${(least / otherLeast).toFixed(2)} (${all})`,
      );
    }
  console.log(`load between: ${loadText()}`);
  console.log(`load after: ${loadText()}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function crashed(): { readonly program: string; readonly core: string } {
  const program = built("crash", CRASHING);
  spawnSync("prlimit", ["--core=unlimited", program], {
    cwd: folder,
    env: { ...process.env, GOTRACEBACK: "crash" },
    stdio: "ignore",
  });
  const core = readdirSync(folder).find((name) => /^core(\.\d+)?$/.test(name));
  if (core === undefined) throw new Error('The program left no core: kernel.core_pattern must be "core".');
  return { program, core: join(folder, core) };
}

function built(name: string, source: string): string {
  const program = join(folder, name);
  writeFileSync(`${program}.go`, source);
  const flags = ["build", "-gcflags=all=-N -l", "-o", program, `${program}.go`];
  execFileSync("go", flags, { cwd: folder, env: { ...process.env, GOFLAGS: "", GO111MODULE: "off" } });
  return program;
}

async function adapter(script = "dist/adapter.js"): Promise<Side> {
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "ignore"] });
  return sideOf(child, new DapClient(child.stdin, child.stdout));
}

/** As in VS Code, which has the adapter in its own process. */
async function inline(): Promise<Side> {
  const [toAdapter, toEditor] = [new PassThrough(), new PassThrough()];
  const adapter = new Adapter({ knowledge, send: (message) => toEditor.write(dapFrame(message)) });
  const reader = new DapReader(
    (message) => adapter.handle(message),
    () => {},
  );
  toAdapter.on("data", (chunk: Buffer) => reader.push(chunk));
  const dap = new DapClient(toAdapter, toEditor);
  const end = async () => {
    await dap.send("disconnect", { terminateDebuggee: true }).catch(() => {});
    await adapter.dispose();
    dap.close();
  };
  return { dap, pid: process.pid, end };
}

async function bare(delve: string): Promise<Side> {
  const child = spawn(delve, ["dap", "--listen=127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise<number>((found, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk;
      const match = /listening at: \S+:(\d+)/.exec(text);
      if (match) found(Number(match[1]));
    });
    child.once("exit", () => reject(new Error(`dlv dap ended: ${text}`)));
  });
  return sideOf(child, await DapClient.connect("127.0.0.1", port));
}

function sideOf(child: ChildProcess, dap: DapClient): Side {
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const end = async () => {
    await dap.send("disconnect", { terminateDebuggee: true }).catch(() => {});
    dap.close();
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(timer);
  };
  return { dap, pid: child.pid!, end };
}

/** Milliseconds from the click. */
interface FirstStop {
  readonly stopped: number;
  /** Threads, the first frames and their scopes are there as well. */
  readonly frames: number;
}

async function firstStop(
  start: () => Promise<Side>,
  given: { program: string; core: string; delve: string; isBare: boolean },
): Promise<FirstStop> {
  const begun = performance.now();
  const side = await start();
  const { program, core, delve, isBare } = given;
  const wish = isBare
    ? { program, coreFilePath: core, mode: "core" }
    : { program, core, delve, mode: "core" };
  try {
    const threadId = await launched(side, wish);
    const stop = performance.now() - begun;
    await frames(side, threadId);
    return { stopped: stop, frames: performance.now() - begun };
  } finally {
    await side.end();
  }
}

async function launched({ dap }: Side, wish: Record<string, unknown>, breakpoint?: string): Promise<number> {
  await dap.request("initialize", { adapterID: "golm", linesStartAt1: true, pathFormat: "path" });
  const ready = dap.nextEvent("initialized");
  const stop = stopped(dap);
  await dap.request("launch", wish);
  await ready;
  if (breakpoint !== undefined)
    await dap.request("setFunctionBreakpoints", { breakpoints: [{ name: breakpoint }] });
  await dap.request("configurationDone");
  return stop;
}

async function stopped(dap: DapClient): Promise<number> {
  const { body } = await dap.nextEvent("stopped");
  return (body as { threadId?: number }).threadId ?? 1;
}

async function frames({ dap }: Side, threadId: number): Promise<void> {
  await dap.request("threads");
  const body = (await dap.request("stackTrace", { threadId, startFrame: 0, levels: 20 })) as {
    stackFrames: { id: number }[];
  };
  await dap.request("scopes", { frameId: body.stackFrames[0]!.id });
}

async function memory(delve: string): Promise<void> {
  const program = built("run", RUNNING);
  const side = await adapter();
  try {
    let threadId = await launched(side, { mode: "exec", program, delve, cwd: folder }, "main.step");
    const seen: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      await frames(side, threadId);
      if (round % Math.max(1, Math.round(ROUNDS / 8)) === 0) seen.push(resident(side.pid));
      const next = stopped(side.dap);
      await side.dap.request("continue", { threadId });
      threadId = await next;
    }
    console.log(
      `adapter's memory over ${ROUNDS} stops, MB: ${seen.map((each) => each.toFixed(0)).join(" ")}`,
    );
  } finally {
    await side.end();
  }
}

function resident(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(
    (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2,
  );
}

function loadText(): string {
  return loadavg()[0]!.toFixed(1);
}
