/** Runs the catalogue's recipes in real debuggers. */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../../faulttree/catalog.ts";
import { type ParsedRecipe, parseRecipe, type RecipeKind } from "../../recipe/model.ts";
import { buildProgram } from "../build.ts";
import { endRunningGroups } from "../limits.ts";
import { type Scenario, selectScenarios, unmetNeed } from "../scenario.ts";
import { findToolchain, type Toolchain } from "../toolchain.ts";
import { judgeRun } from "./judge.ts";
import { type Debuggers, endProgramsBelow, runRecipe } from "./run.ts";

export interface RecipeResult {
  readonly id: string;
  readonly kind: RecipeKind;
  readonly title: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly reason?: string;
  readonly problems: readonly string[];
  readonly stoppedAt?: string;
  /** Values were read from a program built without optimisation. */
  readonly debugBuild: boolean;
  readonly how: ParsedRecipe["how"];
  readonly tries: number;
  readonly seconds: number;
  readonly output: string;
}

export interface RecipesOptions {
  readonly catalog: Catalog;
  readonly catalogDir: string;
  readonly debuggers: Debuggers;
  readonly ids?: readonly string[];
  readonly kinds?: readonly RecipeKind[];
  /** Every recipe that this does not refuse. */
  readonly only?: (id: string, kind: RecipeKind) => boolean;
  readonly goBinary?: string;
  readonly parallel?: number;
  readonly onResult?: (result: RecipeResult, done: number, total: number) => void;
}

interface Job {
  readonly scenario: Scenario;
  readonly recipes: readonly ParsedRecipe[];
}

const KINDS: readonly RecipeKind[] = ["live", "core", "gdb"];
/** A fault of timing that a debugger did not meet in so many runs is not shown by it. Others are tried twice. */
const MOST_TRIES = 16;

/** Results in the catalogue's order. Rejects as verifyCatalog does. */
export async function verifyRecipes(options: RecipesOptions): Promise<RecipeResult[]> {
  const jobs = jobsOf(options);
  const total = jobs.reduce((sum, { recipes }) => sum + recipes.length, 0);
  const toolchain = await findToolchain(options.goBinary);
  const temporary = await mkdtemp(join(tmpdir(), "golm-recipes-"));
  const results: RecipeResult[][] = [];
  const removeNow = () => {
    endRunningGroups();
    endProgramsBelow(temporary);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once("exit", removeNow);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const index = next++;
      const folder = join(temporary, String(index));
      await mkdir(folder, { recursive: true });
      results[index] = await runJob(jobs[index]!, { ...options, toolchain, folder }, (result) =>
        options.onResult?.(result, ++done, total),
      );
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, options.parallel ?? 2) }, worker));
  } finally {
    process.off("exit", removeNow);
    await rm(temporary, { recursive: true, force: true });
  }
  return results.flat();
}

function jobsOf({ catalog, ids, kinds = KINDS, only }: RecipesOptions): Job[] {
  return selectScenarios(catalog, ids)
    .map((scenario) => {
      const { recipes } = catalog.page(scenario.id)!;
      const wanted = KINDS.filter(
        (kind) => recipes[kind] && kinds.includes(kind) && (only?.(scenario.id, kind) ?? true),
      );
      return { scenario, recipes: wanted.map((kind) => parseRecipe(scenario.id, kind, recipes[kind]!)) };
    })
    .filter(({ recipes }) => recipes.length > 0);
}

interface Bench extends RecipesOptions {
  readonly toolchain: Toolchain;
  readonly folder: string;
}

async function runJob(
  { scenario, recipes }: Job,
  bench: Bench,
  report: (result: RecipeResult) => void,
): Promise<RecipeResult[]> {
  const results: RecipeResult[] = [];
  const built = new Map<boolean, string | undefined>();
  for (const recipe of recipes) {
    const begun = performance.now();
    const { kind, how } = recipe;
    const debugBuild = recipe.build === "debug";
    const base = { id: scenario.id, kind, title: recipe.title.en, how, debugBuild };
    const end = (
      rest: Pick<RecipeResult, "status" | "problems" | "tries" | "output"> & Partial<RecipeResult>,
    ) => {
      const result = { ...base, ...rest, seconds: (performance.now() - begun) / 1000 };
      results.push(result);
      report(result);
    };
    const reason = unmetNeed(scenario, bench.toolchain);
    if (reason !== undefined) {
      end({ status: "skipped", reason, problems: [], tries: 0, output: "" });
      continue;
    }
    const program = join(bench.folder, debugBuild ? "debug" : "plain");
    if (!built.has(debugBuild)) built.set(debugBuild, await build(scenario, debugBuild, program, bench));
    const failure = built.get(debugBuild);
    if (failure !== undefined) {
      end({ status: "failed", problems: ["it does not build"], tries: 0, output: failure });
      continue;
    }
    end(await tryOften(recipe, scenario, program, bench));
  }
  return results;
}

async function tryOften(recipe: ParsedRecipe, scenario: Scenario, program: string, bench: Bench) {
  const most = scenario.repro.tries > 1 ? MOST_TRIES : 2;
  let last: Pick<RecipeResult, "status" | "problems" | "tries" | "output"> & { stoppedAt?: string } = {
    status: "failed",
    problems: [],
    tries: 0,
    output: "",
  };
  for (let tries = 1; tries <= most; tries++) {
    const folder = join(bench.folder, "run");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const { toolchain, debuggers } = bench;
    const shown = await runRecipe({ recipe, scenario, toolchain, debuggers, program, folder });
    if ("problem" in shown) {
      last = { status: "failed", problems: [shown.problem], tries, output: "" };
      continue;
    }
    const { problems, stoppedAt } = judgeRun(recipe, shown.output);
    const all = shown.stopped ? [...problems, `the debugger was ended (${shown.stopped})`] : problems;
    last = {
      status: all.length === 0 ? "passed" : "failed",
      problems: all,
      tries,
      output: shown.output,
      ...(stoppedAt !== undefined && { stoppedAt }),
    };
    if (all.length === 0) break;
  }
  return last;
}

async function build(scenario: Scenario, debug: boolean, output: string, bench: Bench) {
  const own = scenario.repro.buildFlags;
  const unoptimised = debug && !own.some((flag) => flag.startsWith("-gcflags")) ? ["-gcflags=all=-N -l"] : [];
  const outcome = await buildProgram(bench.toolchain, {
    module: bench.catalogDir,
    folder: `${scenario.id}/repro`,
    as: scenario.repro.as,
    flags: [...own, ...unoptimised],
    env: scenario.repro.env,
    output,
    forDebugger: true,
  });
  return outcome.ok ? undefined : outcome.message;
}
