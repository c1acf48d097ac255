/** Runs one recipe in its real debugger: builds what it needs, makes a core or starts the program, keeps what is shown. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dlvScript } from "../../recipe/dlv.ts";
import { gdbScript } from "../../recipe/gdb.ts";
import type { ParsedRecipe } from "../../recipe/model.ts";
import { instrumentationOf } from "../build.ts";
import { DEFAULT_LIMITS, type RunOutcome, runLimited } from "../limits.ts";
import type { Scenario } from "../scenario.ts";
import { programEnvironment, type Toolchain } from "../toolchain.ts";

export interface Debuggers {
  readonly dlv: string;
  readonly gdb: string;
}

export interface RecipeRun {
  readonly recipe: ParsedRecipe;
  readonly scenario: Scenario;
  readonly toolchain: Toolchain;
  readonly debuggers: Debuggers;
  /** The program as it was built for this recipe. */
  readonly program: string;
  /** Empty; removed by the caller. */
  readonly folder: string;
}

/** What the debugger showed, or why it never came to that. */
export type Shown =
  | { readonly output: string; readonly stopped?: RunOutcome["stopped"] }
  | { readonly problem: string };

const DEBUGGER_SECONDS = 60;
/** A program that is attached to has to be where it hangs by then. */
const SETTLE_MS = 1500;

/** Never rejects for what a program or a debugger does. */
export async function runRecipe(run: RecipeRun): Promise<Shown> {
  const script = join(run.folder, run.recipe.kind === "gdb" ? "golm.gdb" : "golm.star");
  const options = { language: "en", file: script, marks: true } as const;
  const text = run.recipe.kind === "gdb" ? gdbScript(run.recipe, options) : dlvScript(run.recipe, options);
  await writeFile(script, text);
  try {
    switch (run.recipe.how) {
      case "exec":
        return await debug(run, execArguments(run, script));
      case "core":
        return await onCore(run, script);
      case "attach":
        return await attached(run, script);
    }
  } finally {
    endProgramsBelow(dirname(run.program));
  }
}

function execArguments({ recipe, program, scenario }: RecipeRun, script: string): string[] {
  const args = recipe.args ?? scenario.repro.args;
  if (recipe.kind === "gdb") return ["-nx", "-batch", "-x", script, "--args", program, ...args];
  return ["exec", program, ...INIT(script), "--", ...args];
}

const INIT = (script: string) => ["--init", script, "--allow-non-terminal-interactive=true"];

async function debug(run: RecipeRun, args: readonly string[]): Promise<Shown> {
  const { recipe, debuggers, folder, scenario } = run;
  const outcome = await runLimited({
    command: recipe.kind === "gdb" ? debuggers.gdb : debuggers.dlv,
    args,
    cwd: folder,
    env: { ...environment(run), TERM: "dumb" },
    limits: {
      ...DEFAULT_LIMITS,
      seconds: DEBUGGER_SECONDS,
      memoryBytes: 2 * DEFAULT_LIMITS.memoryBytes,
      outputBytes: 8 << 20,
    },
    // The debugger maps whatever the program maps.
    instrumentation: scenario.repro.buildFlags.includes("-race") ? "race" : "asan",
  });
  const output = outcome.output.toString("utf8").replace(/\u001b\[[\d;]*m/g, "");
  return { output, ...(outcome.stopped && { stopped: outcome.stopped }) };
}

function environment({ toolchain, folder, scenario, recipe }: RecipeRun): Record<string, string> {
  const core = recipe.how === "core" ? { GOTRACEBACK: "crash" } : {};
  return programEnvironment(toolchain, folder, { ...scenario.repro.env, ...core });
}

async function onCore(run: RecipeRun, script: string): Promise<Shown> {
  const { scenario, recipe, program, folder } = run;
  const outcome = await runLimited({
    command: program,
    args: recipe.args ?? scenario.repro.args,
    cwd: folder,
    env: environment(run),
    limits: { ...DEFAULT_LIMITS, seconds: scenario.repro.seconds },
    instrumentation: instrumentationOf(scenario.repro.buildFlags),
    core: true,
  });
  const core = (await readdir(folder)).find((name) => /^core(?:\.\d+)?$/.test(name));
  if (core === undefined) {
    const pattern = (await readFile("/proc/sys/kernel/core_pattern", "utf8").catch(() => "?")).trim();
    const ended = outcome.signal ?? outcome.status ?? outcome.stopped;
    return { problem: `the program left no core (ended with ${ended}; core_pattern is ${pattern})` };
  }
  const path = join(folder, core);
  const args =
    recipe.kind === "gdb"
      ? ["-nx", "-batch", "-x", script, program, path]
      : ["core", program, path, ...INIT(script)];
  const shown = await debug(run, args);
  await rm(path, { force: true });
  return shown;
}

async function attached(run: RecipeRun, script: string): Promise<Shown> {
  const { program, recipe, scenario, folder } = run;
  const child: ChildProcess = spawn(program, recipe.args ?? scenario.repro.args, {
    cwd: folder,
    env: environment(run),
    stdio: "ignore",
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    return { problem: "the program had ended before the debugger came" };
  const pid = String(child.pid);
  const args =
    recipe.kind === "gdb"
      ? ["-nx", "-batch", "-x", script, "-p", pid]
      : ["attach", pid, program, ...INIT(script)];
  const shown = await debug(run, args);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {}
  return shown;
}

/**
 * Ends what runs from a folder. A debugger puts its program into a group of its own; killed itself, it leaves it
 * behind. Synchronous, for the end of our own process.
 */
export function endProgramsBelow(folder: string): void {
  for (const name of list("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/exe`).startsWith(`${folder}/`)) process.kill(Number(name), "SIGKILL");
    } catch {}
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
