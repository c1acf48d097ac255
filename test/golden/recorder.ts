/** Builds and runs the catalogue's programs as verify does, and keeps what they print, in neutral paths. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Catalog } from "../../src/faulttree/catalog.ts";
import type { SourceReader } from "../../src/faulttree/diagnosis.ts";
import { diagnose } from "../../src/faulttree/index.ts";
import { compileCatalog } from "../../src/faulttree/load.ts";
import { readTrace } from "../../src/trace/index.ts";
import { buildProgram, instrumentationOf } from "../../src/verify/build.ts";
import { type Diagnosed, judgeRepro, terminalText } from "../../src/verify/judge.ts";
import { DEFAULT_LIMITS, type RunOutcome, runLimited } from "../../src/verify/limits.ts";
import { catalogSource, type Scenario } from "../../src/verify/scenario.ts";
import { programEnvironment, type Toolchain } from "../../src/verify/toolchain.ts";

/** Long enough for any crash; the middle of a flood of log lines tells nothing. */
const longest = 1024 * 1024;

/** A busy machine, or another release's collector, may delay a crash that verify sees at once. */
const leastTries = 3;

/** Everything the programs of one recording share. */
export interface Bench {
  readonly catalog: Catalog;
  readonly catalogDir: string;
  readonly toolchain: Toolchain;
  /** Further places of this machine, with what stands for them. */
  readonly places?: readonly (readonly [here: string, neutral: string])[];
}

export interface Ran {
  /** What it printed at last; absent when it had to be stopped, or printed too much to keep. */
  readonly text?: string;
  /** Whether verify would pass the last run of a repro. */
  readonly promised?: boolean;
  /** Why it was stopped at last. */
  readonly stopped?: NonNullable<RunOutcome["stopped"]>;
}

/** The compiler's words, in neutral paths. */
export class DoesNotBuild extends Error {}

export function readCatalog(catalogDir: string): Catalog {
  const { catalog } = compileCatalog(catalogDir);
  return new Catalog(catalog.index, () => catalog.pages);
}

/** Neutral paths: `/src/faults` for the catalogue, `/tmp/run` for the folder a program ran in, a module cache at home. */
function neutral(text: string, folder: string, { catalogDir, toolchain, places = [] }: Bench): string {
  return [
    ...places,
    [folder, "/tmp"],
    [catalogDir, "/src/faults"],
    [toolchain.env.GOMODCACHE || "\0", "/home/dev/go/pkg/mod"],
  ].reduce((done, [here, there]) => done.replaceAll(here!, there!), text);
}

/** The way back from neutral paths: the sources that a recorded text names. */
export function recordedSource(catalogDir: string): SourceReader {
  const source = catalogSource(catalogDir);
  return { find: (file, name) => source.find(file.replace(/^\/src\/faults(?=\/)/, catalogDir), name) };
}

/** Every crash of an output with its diagnosis, as verify makes them. */
export function diagnoseAll(output: Buffer, catalog: Catalog, source: SourceReader): Diagnosed[] {
  return readTrace(output).map((report) => ({
    report,
    diagnosis: diagnose(report, catalog, {
      source,
      text: output.subarray(report.at.start, report.at.end).toString("utf8"),
    }),
  }));
}

/** Whether verify would take the run for the crash promised: what depends on timing is tried again until then. */
function asPromised({ catalog, catalogDir }: Bench, scenario: Scenario, outcome: RunOutcome): boolean {
  const found = diagnoseAll(terminalText(outcome), catalog, catalogSource(catalogDir));
  return judgeRepro(scenario, outcome, found).length === 0;
}

/** Builds one program and runs it, a repro until it crashes as promised. Rejects with DoesNotBuild. */
async function runSide(
  bench: Bench,
  scenario: Scenario,
  side: "repro" | "fixed",
  folder: string,
): Promise<Ran> {
  const { toolchain } = bench;
  const output = join(folder, side);
  const flags = scenario.repro.buildFlags;
  const built = await buildProgram(toolchain, {
    module: bench.catalogDir,
    folder: `${scenario.id}/${side}`,
    as: scenario.repro.as,
    flags,
    env: scenario.repro.env,
    output,
  });
  if (!built.ok) throw new DoesNotBuild(neutral(built.message, folder, bench));
  const how = side === "repro" ? scenario.repro : scenario.fixed;
  const cwd = join(folder, "run");
  let ran: Ran = {};
  for (let tries = side === "repro" ? Math.max(leastTries, scenario.repro.tries) : 1; tries > 0; tries--) {
    await rm(cwd, { recursive: true, force: true });
    await mkdir(cwd, { recursive: true });
    const outcome = await runLimited({
      command: output,
      args: how.args,
      cwd,
      env: programEnvironment(toolchain, cwd, how.env),
      limits: { ...DEFAULT_LIMITS, seconds: scenario.repro.seconds },
      instrumentation: instrumentationOf(flags),
    });
    if (outcome.stopped) {
      ran = { ...ran, stopped: outcome.stopped };
      continue;
    }
    const text = neutral(terminalText(outcome).toString("utf8"), folder, bench);
    const promised = side === "repro" && asPromised(bench, scenario, outcome);
    ran = { ...(text.length <= longest && { text }), promised };
    if (side === "fixed" || promised) break;
  }
  return ran;
}

/** As runSide, in a temporary folder of its own. */
export async function runProgram(bench: Bench, scenario: Scenario, side: "repro" | "fixed"): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), "golm-record-"));
  try {
    return await runSide(bench, scenario, side, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Two at a time: builds want a core each. */
export async function twoAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all([worker(), worker()]);
}
