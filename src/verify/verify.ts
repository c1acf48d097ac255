/**
 * Proves the catalogue: builds each cause's programs with the installed Go, runs them under limits, and
 * compares what really happened with what cause.yaml promises.
 */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../faulttree/catalog.ts";
import type { SourceReader } from "../faulttree/diagnosis.ts";
import { diagnose } from "../faulttree/index.ts";
import { readTrace } from "../trace/index.ts";
import type { CrashKind } from "../trace/report.ts";
import { buildProgram, fixedBuilds, instrumentationOf, removeProgram } from "./build.ts";
import {
  type Diagnosed,
  judgedReport,
  judgeFixed,
  judgeRepro,
  needsDiagnosis,
  terminalText,
} from "./judge.ts";
import { DEFAULT_LIMITS, type RunOutcome, runLimited } from "./limits.ts";
import { catalogSource, type Scenario, selectScenarios, unmetNeed } from "./scenario.ts";
import { findToolchain, programEnvironment, type Toolchain } from "./toolchain.ts";

/** What did not hold, of which program, and what that program printed. */
export interface Failure {
  /** `repro`, `fixed`, `fixed with -race`, `fixed with checkptr`. */
  readonly part: string;
  readonly problems: readonly string[];
  readonly output?: Buffer;
  readonly diagnosed?: Diagnosed;
}

export interface ScenarioResult {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  /** Why it was skipped: the need this machine does not meet. */
  readonly reason?: string;
  readonly failures: readonly Failure[];
  /** What the repro ended in, as the engine read it; `silent` without a crash text. */
  readonly ended?: CrashKind | "silent";
  /** Runs of the repro until it crashed as promised. */
  readonly tries: number;
  readonly seconds: number;
  /** It failed beside another scenario and was judged again by itself; this is what came then. */
  readonly alone?: boolean;
}

/** More failures than this are no accident of timing: they are not looked at again. */
const MOST_SECOND_LOOKS = 10;

export interface VerifyOptions {
  readonly catalog: Catalog;
  /** The folder with the catalogue's go.mod. */
  readonly catalogDir: string;
  /** Causes, events or layers; everything without them. */
  readonly ids?: readonly string[];
  readonly goBinary?: string;
  /** Scenarios at a time. */
  readonly parallel?: number;
  /** Called once per scenario, in the order they end; again for one that failed and is judged alone. */
  readonly onResult?: (result: ScenarioResult, done: number, total: number) => void;
  /** Leaves scenarios out before they are counted. */
  readonly only?: (scenario: Scenario) => boolean;
}

/** Everything the steps of one scenario share. */
interface Bench {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly catalogDir: string;
  readonly source: SourceReader;
  readonly toolchain: Toolchain;
  readonly folder: string;
}

/**
 * Runs the scenarios and returns their results in the catalogue's order. Rejects when there is no Go command
 * (see findToolchain) and with UnknownScenario; a scenario that cannot be built or run is a failed result.
 */
export async function verifyCatalog(options: VerifyOptions): Promise<ScenarioResult[]> {
  const scenarios = selectScenarios(options.catalog, options.ids).filter(options.only ?? (() => true));
  const toolchain = await findToolchain(options.goBinary);
  const source = catalogSource(options.catalogDir);
  const temporary = await mkdtemp(join(tmpdir(), "golm-verify-"));
  const results: ScenarioResult[] = new Array(scenarios.length);
  const removeNow = () => rmSync(temporary, { recursive: true, force: true });
  process.once("exit", removeNow);
  let next = 0;
  let done = 0;
  const judge = async (index: number, alone: boolean) => {
    const folder = join(temporary, String(index));
    const result = await verifyScenario({
      scenario: scenarios[index]!,
      toolchain,
      source,
      folder,
      ...options,
    });
    results[index] = alone ? { ...result, alone } : result;
    await rm(folder, { recursive: true, force: true });
    options.onResult?.(results[index], alone ? done : ++done, scenarios.length);
  };
  const worker = async () => {
    while (next < scenarios.length) await judge(next++, false);
  };
  try {
    const parallel = Math.max(1, options.parallel ?? 2);
    await Promise.all(Array.from({ length: parallel }, worker));
    const failed = results.flatMap(({ status }, index) => (status === "failed" ? [index] : []));
    // A scenario that takes the machine's last thread or memory can fail its neighbour.
    if (parallel > 1 && scenarios.length > 1 && failed.length <= MOST_SECOND_LOOKS)
      for (const index of failed) await judge(index, true);
  } finally {
    process.off("exit", removeNow);
    await rm(temporary, { recursive: true, force: true });
  }
  return results;
}

async function verifyScenario(bench: Bench): Promise<ScenarioResult> {
  const begun = performance.now();
  const { id } = bench.scenario;
  const seconds = () => (performance.now() - begun) / 1000;
  const reason = unmetNeed(bench.scenario, bench.toolchain);
  if (reason !== undefined) {
    return { id, status: "skipped", reason, failures: [], tries: 0, seconds: seconds() };
  }
  try {
    await mkdir(join(bench.folder, "run"), { recursive: true });
    const repro = await verifyRepro(bench);
    const failures = [...repro.failures, ...(await verifyFixed(bench))];
    const status = failures.length === 0 ? "passed" : "failed";
    const ended = repro.ended === undefined ? {} : { ended: repro.ended };
    return { id, status, failures, tries: repro.tries, seconds: seconds(), ...ended };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const failures = [{ part: "verify itself", problems: [problem] }];
    return { id, status: "failed", failures, tries: 0, seconds: seconds() };
  }
}

interface ReproResult {
  readonly failures: readonly Failure[];
  readonly ended?: CrashKind | "silent";
  readonly tries: number;
}

async function verifyRepro(bench: Bench): Promise<ReproResult> {
  const { scenario } = bench;
  const built = await build(bench, "repro", "repro", scenario.repro.buildFlags);
  if (built) return { failures: [built], tries: 0 };
  let last: ReproResult = { failures: [], tries: 0 };
  for (let tries = 1; tries <= scenario.repro.tries; tries++) {
    const outcome = await run(bench, "repro", scenario.repro, scenario.repro.buildFlags);
    const text = terminalText(outcome);
    const found = diagnoseAll(bench, text);
    const problems = judgeRepro(scenario, outcome, found);
    const shown = judgedReport(scenario, found);
    const ended = needsDiagnosis(scenario) ? shown?.report.kind : "silent";
    const failure = { part: "repro", problems, output: text, ...(shown && { diagnosed: shown }) };
    last = { failures: problems.length > 0 ? [failure] : [], tries, ...(ended && { ended }) };
    if (problems.length === 0) break;
  }
  await removeProgram(bench.folder, "repro");
  return last;
}

async function verifyFixed(bench: Bench): Promise<Failure[]> {
  const { scenario, toolchain } = bench;
  const failures: Failure[] = [];
  const canRace = toolchain.race && scenario.repro.env.CGO_ENABLED !== "0";
  const builds = fixedBuilds(scenario.repro.buildFlags, scenario.fixed, canRace);
  for (const [index, { name, flags }] of builds.entries()) {
    const program = `fixed${index}`;
    const failed =
      (await build(bench, "fixed", program, flags, name)) ?? (await runFixed(bench, program, name, flags));
    if (failed) failures.push(failed);
    await removeProgram(bench.folder, program);
  }
  return failures;
}

async function runFixed(
  bench: Bench,
  program: string,
  part: string,
  flags: readonly string[],
): Promise<Failure | undefined> {
  const { scenario } = bench;
  // The race runtime waits a second at exit for reports of other goroutines; a fifth is enough and is what two
  // hundred scenarios can afford.
  const env = flags.includes("-race")
    ? { GORACE: "atexit_sleep_ms=200", ...scenario.fixed.env }
    : scenario.fixed.env;
  const outcome = await run(bench, program, { args: scenario.fixed.args, env }, flags);
  const text = terminalText(outcome);
  const problems = judgeFixed(scenario, scenario.fixed.output, outcome, readTrace(text));
  if (problems.length === 0) return undefined;
  const shown = diagnoseAll(bench, text)[0];
  return { part, problems, output: text, ...(shown && { diagnosed: shown }) };
}

async function build(
  bench: Bench,
  side: "repro" | "fixed",
  program: string,
  flags: readonly string[],
  part: string = side,
): Promise<Failure | undefined> {
  const { scenario } = bench;
  const outcome = await buildProgram(bench.toolchain, {
    module: bench.catalogDir,
    folder: `${scenario.id}/${side}`,
    as: scenario.repro.as,
    flags,
    env: scenario.repro.env,
    output: join(bench.folder, program),
  });
  if (outcome.ok) return undefined;
  return { part, problems: ["it does not build"], output: Buffer.from(outcome.message) };
}

/** A scenario's figures come from its folder; every run starts in the same empty folder of its own. */
async function run(
  bench: Bench,
  program: string,
  how: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> },
  flags: readonly string[],
): Promise<RunOutcome> {
  const cwd = join(bench.folder, "run");
  await rm(cwd, { recursive: true, force: true });
  await mkdir(cwd, { recursive: true });
  return runLimited({
    command: join(bench.folder, program),
    args: how.args,
    cwd,
    env: programEnvironment(bench.toolchain, cwd, how.env),
    limits: { ...DEFAULT_LIMITS, seconds: bench.scenario.repro.seconds },
    instrumentation: instrumentationOf(flags),
  });
}

function diagnoseAll(bench: Bench, text: Buffer): Diagnosed[] {
  return readTrace(text).map((report) => ({
    report,
    diagnosis: diagnose(report, bench.catalog, {
      source: bench.source,
      language: "en",
      text: text.subarray(report.at.start, report.at.end).toString("utf8"),
    }),
  }));
}
