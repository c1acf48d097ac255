import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_LIMITS, type Instrumentation, runLimited } from "./limits.ts";
import type { Toolchain } from "./toolchain.ts";

/** One program to build: a folder of the catalogue's Go module. */
export interface BuildRequest {
  /** The folder of the module's `go.mod`. */
  readonly module: string;
  /** The package folder below it, in slashes: `runtime/deadlock/self-lock/repro`. */
  readonly folder: string;
  readonly as: "run" | "test";
  readonly flags: readonly string[];
  /** The scenario's own settings; only those about building are used. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the program goes. */
  readonly output: string;
  /** Keeps what a debugger reads, where the flags do not ask for it by themselves. */
  readonly forDebugger?: boolean;
}

export type BuildOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** A cold cache compiles the standard library anew, with -race a second time. */
const BUILD_SECONDS = 600;

/** Without DWARF a program links in two thirds of the time; Go's traces do not need it, AddressSanitizer's do. */
const NO_DWARF = "-ldflags=-w";

const keepsDwarf = (flags: readonly string[]) =>
  flags.some((flag) => flag.startsWith("-ldflags") || flag === "-asan");

/** The `go` command's arguments; the package path starts with `./`, so no folder name can pass for a flag. */
export function buildArguments(request: BuildRequest): string[] {
  const verb = request.as === "test" ? ["test", "-c"] : ["build"];
  const linker = request.forDebugger || keepsDwarf(request.flags) ? [] : [NO_DWARF];
  return [
    ...verb,
    "-buildvcs=false",
    ...linker,
    ...request.flags,
    "-o",
    request.output,
    `./${request.folder}`,
  ];
}

/** GODEBUG and its like are for the program: the go command, written in Go, would obey them too. */
function buildSettings(env: Readonly<Record<string, string>>): Record<string, string> {
  const forBuild = /^(CGO_\w+|CC|CXX|GOOS|GOARCH|GOAMD64|GOARM64|GOEXPERIMENT|GOTOOLCHAIN)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => forBuild.test(name)));
}

/** Builds one program. A build that fails is an outcome with the compiler's words. */
export async function buildProgram(toolchain: Toolchain, request: BuildRequest): Promise<BuildOutcome> {
  const outcome = await runLimited({
    command: toolchain.go,
    args: buildArguments(request),
    cwd: request.module,
    env: { ...toolchain.env, ...buildSettings(request.env) },
    limits: { ...DEFAULT_LIMITS, seconds: BUILD_SECONDS, memoryBytes: 2 * DEFAULT_LIMITS.memoryBytes },
    instrumentation: "asan",
  });
  if (outcome.status === 0) return { ok: true };
  const why = outcome.stopped ? `stopped after ${outcome.seconds.toFixed(0)} s (${outcome.stopped})\n` : "";
  return { ok: false, message: why + outcome.output.toString("utf8").trim() };
}

export function instrumentationOf(flags: readonly string[]): Instrumentation {
  if (flags.includes("-asan")) return "asan";
  return flags.includes("-race") ? "race" : "none";
}

/** One way the fixed program is built and run. */
export interface FixedBuild {
  readonly name: string;
  readonly flags: readonly string[];
}

const CHECKPTR = "-gcflags=all=-d=checkptr";

/**
 * The builds a fix must survive: the repro's own flags, so that the fix alone makes the difference, and the
 * detectors that apply. -race turns checkptr on by itself, so one build stands for both.
 */
export function fixedBuilds(
  reproFlags: readonly string[],
  fixed: { readonly race: boolean; readonly checkptr: boolean },
  canRace: boolean,
): FixedBuild[] {
  const own = reproFlags.filter((flag) => flag !== "-race" && flag !== "-asan");
  const hasCheckptr = reproFlags.some((flag) => flag.includes("checkptr"));
  const race = fixed.race && canRace;
  const builds: FixedBuild[] = [];
  // A repro built with -race and a fix run with -race would be the same program twice.
  if (!(race && reproFlags.includes("-race"))) builds.push({ name: "fixed", flags: reproFlags });
  if (race) {
    const off = fixed.checkptr || hasCheckptr ? [] : ["-gcflags=-d=checkptr=0"];
    builds.push({ name: "fixed with -race", flags: [...own, "-race", ...off] });
  } else if (fixed.checkptr && !hasCheckptr && !reproFlags.includes("-asan")) {
    builds.push({ name: "fixed with checkptr", flags: [...own, CHECKPTR] });
  }
  return builds;
}

/** Frees a program's megabytes as soon as it has run. */
export function removeProgram(folder: string, name: string): Promise<void> {
  return rm(join(folder, name), { force: true });
}
