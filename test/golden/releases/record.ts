/** Keeps what the catalogue's programs print with each Go release. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../../../src/faulttree/catalog.ts";
import { type Scenario, selectScenarios, unmetNeed } from "../../../src/verify/scenario.ts";
import { findToolchain, type Toolchain } from "../../../src/verify/toolchain.ts";
import {
  type Bench,
  DoesNotBuild,
  type Ran,
  readCatalog,
  recordedSource,
  runProgram,
  twoAtATime,
} from "../recorder.ts";
import { writeOutLoops } from "./loops.ts";
import { moduleFor } from "./module.ts";
import { verdictOn } from "./outcome.ts";
import { type Release, releases } from "./releases.ts";
import { type Cell, loadRelease, saveRelease } from "./store.ts";

export interface Options {
  readonly catalogDir: string;
  /** Where the recordings are. */
  readonly dir: string;
  /** GOROOT of a version, fetched where it is missing. */
  readonly goroot: (version: string) => string;
  readonly only: readonly string[];
  readonly ids: readonly string[];
  /** Leaves out what has been recorded with the version of the table. */
  readonly missing: boolean;
  /** Runs only what lies outside its `go:` range, and keeps nothing: shows whether the range is right. */
  readonly outside: boolean;
}

/** The release's toolchain; `-modfile` gives the catalogue another go.mod without a copy of its programs. */
async function toolchainOf(
  release: Release,
  home: string,
  catalogDir: string,
  folder: string,
): Promise<Toolchain> {
  const found = await findToolchain(join(home, "bin/go"));
  const modfile = join(folder, "go.mod");
  writeFileSync(modfile, moduleFor(readFileSync(join(catalogDir, "go.mod"), "utf8"), release));
  const env = {
    ...found.env,
    GOTOOLCHAIN: "local",
    GOCACHE: join(folder, "cache"),
    GOTMPDIR: join(folder, "tmp"),
    GOFLAGS: `-modfile=${modfile}`,
  };
  mkdirSync(env.GOTMPDIR);
  // Fills in the requirements of requirements and go.sum once, so that builds only read them.
  execFileSync(found.go, ["list", "-e", "-mod=mod", "-deps", "-test", "./..."], {
    cwd: catalogDir,
    env,
    stdio: "ignore",
  });
  return { ...found, env };
}

/** The compiler's first complaint about this program, without its place. */
function firstComplaint(message: string): string {
  const lines = message
    .split("\n")
    .filter((line) => line !== "" && !/^(#|go: (downloading|finding))/.test(line));
  return (lines[0] ?? "no reason given").replace(/^\S+\.go:\d+(:\d+)?: /, "").trim();
}

const tooLong = "as promised, and too long to keep";

/** The same bench with the loops of a program written out that its compiler does not know. */
async function withLoops(bench: Bench, message: string, folder: string): Promise<Bench | undefined> {
  const files = writeOutLoops(message, (file) => readFileSync(join(bench.catalogDir, file), "utf8"));
  if (!files) return undefined;
  const own = await mkdtemp(join(folder, "loops-"));
  const replaced = [...files].map(([file, text], at) => {
    const copy = join(own, `${at}.go`);
    writeFileSync(copy, text);
    return [join(bench.catalogDir, file), copy];
  });
  const overlay = join(own, "overlay.json");
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(replaced) }));
  const { env } = bench.toolchain;
  const toolchain = { ...bench.toolchain, env: { ...env, GOFLAGS: `${env.GOFLAGS} -overlay=${overlay}` } };
  return { ...bench, toolchain };
}

async function runWhatBuilds(bench: Bench, scenario: Scenario, folder: string): Promise<Ran> {
  try {
    return await runProgram(bench, scenario, "repro");
  } catch (error) {
    const other = error instanceof DoesNotBuild ? await withLoops(bench, error.message, folder) : undefined;
    if (!other) throw error;
    return runProgram(other, scenario, "repro");
  }
}

async function recordCell(bench: Bench, scenario: Scenario, folder: string): Promise<Cell> {
  try {
    const { text, stopped, promised } = await runWhatBuilds(bench, scenario, folder);
    if (text !== undefined) return { text };
    if (stopped) return { why: `stopped by the limit of ${stopped}` };
    return { why: promised ? tooLong : "not as promised, and too long to keep" };
  } catch (error) {
    if (error instanceof DoesNotBuild) return { why: `does not build: ${firstComplaint(error.message)}` };
    throw error;
  }
}

const tell = (line: string) => process.stdout.write(`${line}\n`);

async function recordRelease(
  release: Release,
  catalog: Catalog,
  folder: string,
  options: Options,
): Promise<void> {
  const { catalogDir, dir } = options;
  const begun = performance.now();
  const home = options.goroot(release.version);
  const toolchain = await toolchainOf(release, home, catalogDir, folder);
  const places = [
    [home, "/usr/local/go"],
    [folder, "/tmp"],
  ] as const;
  const bench = { catalog, catalogDir, toolchain, places };
  const before = loadRelease(dir, release.release);
  const cells = new Map(before.cells);
  const known = (id: string) => before.version === release.version && cells.has(id);
  const scenarios = selectScenarios(catalog, options.ids).filter((scenario) => {
    const outside = unmetNeed(scenario, toolchain) !== undefined;
    return outside === options.outside && !(options.missing && known(scenario.id));
  });
  await twoAtATime(scenarios, async (scenario) => {
    const cell = await recordCell(bench, scenario, folder);
    const { word, problems } =
      "text" in cell
        ? verdictOn(scenario, cell.text, catalog, recordedSource(catalogDir))
        : { word: cell.why, problems: [] };
    if (!word.startsWith("as promised") || options.outside)
      tell(`go${release.release} ${scenario.id}: ${word}${problems.map((each) => `\n\t${each}`).join("")}`);
    if (options.outside) return;
    cells.set(scenario.id, cell);
    saveRelease(dir, release.release, { version: release.version, cells });
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  tell(`go${release.version}: ${scenarios.length} scenarios in ${seconds} s`);
}

/** Records one release after the other; each has a build cache of its own, which goes when it is done. */
export async function record(options: Options): Promise<void> {
  const catalog = readCatalog(options.catalogDir);
  const wanted = releases.filter(
    ({ release }) => options.only.length === 0 || options.only.includes(release),
  );
  for (const release of wanted) {
    const folder = await mkdtemp(join(tmpdir(), "golm-release-"));
    try {
      await recordRelease(release, catalog, folder, options);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
