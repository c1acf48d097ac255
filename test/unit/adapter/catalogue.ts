/** Recipes of the catalogue through the adapter, on their causes' programs. */
import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openCatalog } from "../../../src/cli/catalog.ts";
import { cliMessages } from "../../../src/cli/messages/index.ts";
import { parseRecipe } from "../../../src/recipe/model.ts";
import { buildProgram, instrumentationOf } from "../../../src/verify/build.ts";
import { DEFAULT_LIMITS, runLimited } from "../../../src/verify/limits.ts";
import { selectScenarios } from "../../../src/verify/scenario.ts";
import { findToolchain, programEnvironment } from "../../../src/verify/toolchain.ts";
import { temporary } from "../delve/fixture.ts";
import { Session } from "./client.ts";

const CATALOG = resolve(import.meta.dirname, "../../../catalog");

export interface Told {
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
  /** How many the recipe has. */
  readonly expected: number;
  readonly heard: readonly string[];
}

let made = 0;

const DIST = pathToFileURL(resolve(import.meta.dirname, "../../../dist/cli.js")).href;

/** What the adapter says of a recipe, run on the program it was written for. */
export async function through(id: string, kind: "live" | "core"): Promise<Told> {
  const catalog = openCatalog(DIST, cliMessages("en"));
  const [scenario] = selectScenarios(catalog, [id]);
  const recipe = parseRecipe(id, kind, catalog.page(id)!.recipes[kind]!);
  const { repro } = scenario!;
  const toolchain = await findToolchain();
  const folder = join(temporary(), `recipe-${made++}`);
  mkdirSync(folder);
  const program = join(folder, "program");
  const flags = recipe.build === "debug" ? ["-gcflags=all=-N -l"] : [];
  const built = await buildProgram(toolchain, {
    module: CATALOG,
    folder: `${id}/repro`,
    as: repro.as,
    flags: [...repro.buildFlags, ...flags],
    env: repro.env,
    output: program,
    forDebugger: true,
  });
  if (!built.ok) throw new Error(built.message);
  const args = recipe.args ?? repro.args;
  const core = kind === "core";
  const env = programEnvironment(toolchain, folder, {
    ...repro.env,
    ...(core && { GOTRACEBACK: "crash" }),
  });
  const wish: Record<string, unknown> = core
    ? { mode: "core", program, core: await coreOf(program, args, folder, env, repro) }
    : { mode: "exec", program, args, cwd: folder, env };
  const session = await Session.open();
  try {
    await session.launch({ ...wish, recipe: id });
    const expected =
      recipe.stops.flatMap(({ set, looks }) => [...set, ...looks]).filter(({ sees }) => sees !== undefined)
        .length + (!core && recipe.sees !== undefined ? 1 : 0);
    await session.until((heard) => {
      const said = heard.filter((line) => /\| [✓✗] /.test(line)).length;
      return heard.some((line) => END.test(line)) || (core && said >= expected);
    });
    const told = (mark: string) => session.heard.filter((line) => line.includes(`| ${mark} `));
    return { seen: told("✓"), unseen: told("✗"), expected, heard: session.heard };
  } finally {
    await session.close();
  }
}

/** The recipe is done, or cannot be. */
const END = /The recipe is done|ended before it reached|^terminated$/;

async function coreOf(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  repro: { readonly seconds: number; readonly buildFlags: readonly string[] },
): Promise<string> {
  await runLimited({
    command: program,
    args,
    cwd,
    env,
    limits: { ...DEFAULT_LIMITS, seconds: repro.seconds },
    instrumentation: instrumentationOf(repro.buildFlags),
    core: true,
  });
  const core = (await readdir(cwd)).find((name) => /^core(?:\.\d+)?$/.test(name));
  if (core === undefined) throw new Error("the program left no core");
  return join(cwd, core);
}
