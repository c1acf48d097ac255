/** `golm-faultcheck verify [ID...]`: prints as it goes. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import picocolors from "picocolors";
import { Catalog } from "../faulttree/catalog.ts";
import { compileCatalog } from "../faulttree/load.ts";
import { hashFiles, PassedBefore } from "./changed.ts";
import { missingLimits } from "./limits.ts";
import { type Paint, resultLines, summaryLines, totals } from "./print.ts";
import type { Scenario } from "./scenario.ts";
import { findToolchain } from "./toolchain.ts";
import { type ScenarioResult, verifyCatalog } from "./verify.ts";

export interface VerifyCommandOptions {
  /** The catalogue's folder; without it, the one beside the program or below the working directory. */
  readonly catalogDir?: string;
  readonly goBinary?: string;
  /** Scenarios at a time, 2 unless told. */
  readonly parallel?: number;
  /** Only scenarios that did not pass as they stand; remembered in .cache/verify.json. */
  readonly changed?: boolean;
  readonly format?: "text" | "json";
  readonly color?: boolean;
  readonly write?: (text: string) => void;
  readonly writeError?: (text: string) => void;
}

/**
 * Runs the scenarios named, or all, and prints a line for each. Resolves to the exit status: 0 when all
 * passed, 1 when one failed, 2 when the catalogue, an id or the Go command is wrong. Skipped scenarios
 * name what they need and change no status.
 */
export async function runVerifyCommand(
  ids: readonly string[],
  options: VerifyCommandOptions = {},
): Promise<number> {
  const writeError = options.writeError ?? ((text) => process.stderr.write(text));
  try {
    return await verifyAndPrint(ids, options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    writeError(`golm-faultcheck verify: ${error.message}\n`);
    return 2;
  }
}

/** A sentence for the user; anything else that is thrown is printed the same way but is a fault of ours. */
export class Refused extends Error {}

async function verifyAndPrint(ids: readonly string[], options: VerifyCommandOptions): Promise<number> {
  if (process.platform === "win32") {
    throw new Refused("Programs are run under a POSIX shell and process groups: use Linux, macOS or WSL.");
  }
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const catalogDir = findCatalogDir(options.catalogDir);
  const catalog = openCatalog(catalogDir, ids);
  const text = options.format !== "json";
  const paint = painter(options.color ?? process.stdout.isTTY === true);
  const before = options.changed ? await openCache(catalogDir, options.goBinary) : undefined;
  const passedBefore = new Set<string>();
  if (before) for (const { id } of catalog.causes) if (await before.has(id)) passedBefore.add(id);
  let leftOut = 0;
  const limits = missingLimits();
  if (text && limits) write(`${limits}\n`);

  const begun = performance.now();
  const stopListening = exitOnSignals();
  let results: ScenarioResult[];
  try {
    results = await verifyCatalog({
      catalog,
      catalogDir,
      ids,
      only: (scenario: Scenario) => {
        if (passedBefore.has(scenario.id)) leftOut++;
        return !passedBefore.has(scenario.id);
      },
      ...(options.goBinary === undefined ? {} : { goBinary: options.goBinary }),
      ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
      onResult: (result) => text && write(`${resultLines(result, paint).join("\n")}\n`),
    });
  } finally {
    stopListening();
  }
  await before?.record(results);
  const seconds = (performance.now() - begun) / 1000;
  if (text) {
    if (leftOut > 0) write(`${leftOut} scenarios passed before and are unchanged.\n`);
    write(`${summaryLines(results, seconds).join("\n")}\n`);
  } else {
    write(`${JSON.stringify({ scenarios: results.map(plain), ...totals(results), seconds }, null, 2)}\n`);
  }
  return totals(results).failed > 0 ? 1 : 0;
}

/** A result as JSON: the output as text, the diagnosis without the crash it came from. */
function plain(result: ScenarioResult): unknown {
  const failures = result.failures.map(({ part, problems, output, diagnosed }) => {
    const { crash: _, ...diagnosis } = diagnosed?.diagnosis ?? {};
    return {
      part,
      problems,
      ...(output && { output: output.subarray(0, 64 * 1024).toString("utf8") }),
      ...(diagnosed && { diagnosis }),
    };
  });
  return { ...result, failures };
}

export function painter(color: boolean): Paint {
  const c = picocolors.createColors(color);
  return { good: c.green, bad: c.red, faint: c.dim };
}

/** The bundle lies in dist/ or dist/chunks/, the catalogue beside dist/. */
export function findCatalogDir(named: string | undefined): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places =
    named === undefined
      ? [join(here, "../catalog"), join(here, "../../catalog"), resolve("catalog")]
      : [resolve(named)];
  const found = places.find((place) => existsSync(join(place, "go.mod")));
  if (found === undefined) {
    throw new Refused(
      named === undefined
        ? "There is no catalogue with programs here. Name its folder, or run in a checkout."
        : `${named} holds no go.mod: it is no catalogue with programs.`,
    );
  }
  return resolve(found);
}

/** Errors in folders that were not asked for stop nobody: their authors may be at work on them. */
export function openCatalog(catalogDir: string, ids: readonly string[]): Catalog {
  const { catalog, errors } = compileCatalog(catalogDir);
  // Errors name files from the working directory on, ids from the catalogue on.
  const shown = `${relative(process.cwd(), catalogDir) || "."}/`.length;
  const ours = errors.filter(
    (error) => ids.length === 0 || ids.some((id) => concerns(error.slice(shown), id)),
  );
  if (ours.length > 0) {
    throw new Refused(`The catalogue has errors:\n${ours.map((error) => `  ${error}`).join("\n")}`);
  }
  return new Catalog(catalog.index, () => catalog.pages);
}

/** Whether an error line lies in a scenario's folder or in its event's own file. */
function concerns(error: string, id: string): boolean {
  const event = id.split("/").slice(0, 2).join("/");
  return [`${id}/`, `${id}:`, `${event}/event.yaml`].some((start) => error.startsWith(start));
}

async function openCache(catalogDir: string, goBinary: string | undefined): Promise<PassedBefore> {
  const { version } = await findToolchain(goBinary);
  const engine = await engineHash();
  const file = join(catalogDir, "..", ".cache", "verify.json");
  return PassedBefore.open(file, catalogDir, `${version} ${engine} `);
}

/** The code that judges: in the bundle, every chunk. */
async function engineHash(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  return hashFiles(here, (path) => /\.(js|ts)$/.test(path));
}

/** Leaves through process.exit, whose handlers end the running programs and remove their folders. */
export function exitOnSignals(): () => void {
  const onSignal = (signal: NodeJS.Signals) => process.exit(signal === "SIGINT" ? 130 : 143);
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  return () => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
}
