/** Builds and runs the catalogue's programs as verify does, and keeps what they print. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Catalog } from "../../../src/faulttree/catalog.ts";
import { diagnose } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { buildProgram, instrumentationOf } from "../../../src/verify/build.ts";
import { judgeRepro, terminalText } from "../../../src/verify/judge.ts";
import { DEFAULT_LIMITS, type RunOutcome, runLimited } from "../../../src/verify/limits.ts";
import { catalogSource, type Scenario, selectScenarios, unmetNeed } from "../../../src/verify/scenario.ts";
import { findToolchain, programEnvironment, type Toolchain } from "../../../src/verify/toolchain.ts";

/** What one scenario printed, in the places of this test and not of the machine it ran on. */
export interface Recorded {
  repro?: string;
  fixed?: string;
}

/** Texts by cause; empty before the first recording. */
export function readTexts(file: string): Record<string, Recorded> {
  return existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) : {};
}

function writeTexts(file: string, texts: Record<string, Recorded>): void {
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, gzipSync(JSON.stringify(sorted), { level: 9 }));
}

/** Long enough for any crash; the middle of a flood of log lines tells nothing. */
const longest = 1024 * 1024;

interface Place {
  readonly catalogDir: string;
  readonly folder: string;
  readonly toolchain: Toolchain;
}

/** Neutral paths: `/src/faults` for the catalogue, `/tmp/run` for the folder a program ran in, a module cache at home. */
function neutral(text: string, { catalogDir, folder, toolchain }: Place): string {
  return text
    .replaceAll(folder, "/tmp")
    .replaceAll(catalogDir, "/src/faults")
    .replaceAll(toolchain.env.GOMODCACHE || "\0", "/home/dev/go/pkg/mod");
}

async function runSide(place: Place, scenario: Scenario, side: "repro" | "fixed"): Promise<string | undefined> {
  const output = join(place.folder, side);
  const flags = scenario.repro.buildFlags;
  const built = await buildProgram(place.toolchain, {
    module: place.catalogDir,
    folder: `${scenario.id}/${side}`,
    as: scenario.repro.as,
    flags,
    env: scenario.repro.env,
    output,
  });
  if (!built.ok) throw new Error(`${scenario.id}/${side} does not build: ${built.message}`);
  const how = side === "repro" ? scenario.repro : scenario.fixed;
  const cwd = join(place.folder, "run");
  let text: string | undefined;
  for (let tries = side === "repro" ? scenario.repro.tries : 1; tries > 0; tries--) {
    await rm(cwd, { recursive: true, force: true });
    await mkdir(cwd, { recursive: true });
    const outcome = await runLimited({
      command: output,
      args: how.args,
      cwd,
      env: programEnvironment(place.toolchain, cwd, how.env),
      limits: { ...DEFAULT_LIMITS, seconds: scenario.repro.seconds },
      instrumentation: instrumentationOf(flags),
    });
    if (outcome.stopped) continue;
    text = neutral(terminalText(outcome).toString("utf8"), place);
    if (side === "fixed" || asPromised(place, scenario, outcome)) break;
  }
  await rm(output, { force: true });
  return text === undefined || text.length > longest ? undefined : text;
}

let catalog: Catalog;

/** Whether verify would take the run for the crash promised: what depends on timing is tried again until then. */
function asPromised(place: Place, scenario: Scenario, outcome: RunOutcome): boolean {
  const output = terminalText(outcome);
  const text = output.toString("utf8");
  const source = catalogSource(place.catalogDir);
  const found = readTrace(output).map((report) => ({
    report,
    diagnosis: diagnose(report, catalog, { text, source }),
  }));
  return judgeRepro(scenario, outcome, found).length === 0;
}

/** Records the scenarios named, or all, two at a time; writes after each, so that a stopped recording is kept. */
export async function record(catalogDir: string, file: string, ids: readonly string[]): Promise<void> {
  const { catalog: compiled } = compileCatalog(catalogDir);
  catalog = new Catalog(compiled.index, () => compiled.pages);
  const toolchain = await findToolchain();
  const onlyMissing = ids.includes("--missing");
  const sides = ids.includes("--repro") ? (["repro"] as const) : (["repro", "fixed"] as const);
  const scenarios = selectScenarios(catalog, ids.filter((id) => !id.startsWith("--"))).filter(
    (scenario) => unmetNeed(scenario, toolchain) === undefined,
  );
  const texts = readTexts(file);
  let next = 0;
  const worker = async () => {
    while (next < scenarios.length) {
      const scenario = scenarios[next++]!;
      const folder = await mkdtemp(join(tmpdir(), "golm-record-"));
      for (const side of sides) {
        if (onlyMissing && texts[scenario.id]?.[side] !== undefined) continue;
        try {
          const text = await runSide({ catalogDir, folder, toolchain }, scenario, side);
          if (text === undefined) process.stdout.write(`nothing kept: ${scenario.id} ${side}\n`);
          else texts[scenario.id] = { ...texts[scenario.id], [side]: text };
        } catch (error) {
          process.stdout.write(`${(error as Error).message}\n`);
        }
      }
      await rm(folder, { recursive: true, force: true });
      writeTexts(file, texts);
    }
  };
  await Promise.all([worker(), worker()]);
}
