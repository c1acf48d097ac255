/** `golm-faultcheck verify --recipes [ID...]`: runs recipes in real debuggers and prints as it goes. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { RecipeKind } from "../../recipe/model.ts";
import { exitOnSignals, findCatalogDir, openCatalog, painter, Refused } from "../command.ts";
import { findProgram } from "../limits.ts";
import { type Paint, printable } from "../print.ts";
import { findToolchain } from "../toolchain.ts";
import { sampleOf } from "./sample.ts";
import { withTable } from "./table.ts";
import { type RecipeResult, verifyRecipes } from "./verify.ts";

const run = promisify(execFile);

export interface RecipesCommandOptions {
  readonly catalogDir?: string;
  readonly goBinary?: string;
  readonly dlvBinary?: string;
  readonly gdbBinary?: string;
  readonly kinds?: readonly RecipeKind[];
  /** The few that `npm test` runs. */
  readonly sample?: boolean;
  /** A page in whose table the rows of what was run are made anew. */
  readonly table?: string;
  readonly color?: boolean;
}

const KINDS: readonly RecipeKind[] = ["live", "core", "gdb"];

/** Resolves to 0 when all passed, 1 when one failed, 2 when a debugger is missing or an id is wrong. */
export async function runRecipesCommand(
  ids: readonly string[],
  options: RecipesCommandOptions,
): Promise<number> {
  try {
    return await runAndPrint(ids, options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`golm-faultcheck verify: ${error.message}\n`);
    return 2;
  }
}

async function runAndPrint(ids: readonly string[], options: RecipesCommandOptions): Promise<number> {
  if (process.platform !== "linux") throw new Refused("Recipes are run on Linux: cores and gdb are needed.");
  const catalogDir = findCatalogDir(options.catalogDir);
  const catalog = openCatalog(catalogDir, ids);
  const debuggers = {
    dlv: find(options.dlvBinary, "dlv", "go install github.com/go-delve/delve/cmd/dlv@latest"),
    gdb: find(options.gdbBinary, "gdb", "sudo apt-get install gdb, or sudo dnf install gdb"),
  };
  const versions = await versionsOf(debuggers, options.goBinary);
  const paint = painter(options.color ?? process.stdout.isTTY === true);
  const sample = options.sample ? sampleOf(catalog) : undefined;
  const begun = performance.now();
  const stopListening = exitOnSignals();
  let results: RecipeResult[];
  try {
    results = await verifyRecipes({
      catalog,
      catalogDir,
      debuggers,
      ids,
      ...(options.kinds && { kinds: options.kinds }),
      ...(sample && { only: (id: string, kind: RecipeKind) => sample.has(`${id} ${kind}`) }),
      ...(options.goBinary !== undefined && { goBinary: options.goBinary }),
      onResult: (result) => process.stdout.write(`${resultLines(result, paint).join("\n")}\n`),
    });
  } finally {
    stopListening();
  }
  const seconds = (performance.now() - begun) / 1000;
  if (options.table !== undefined) {
    const all = catalog.causes.flatMap(({ id }) =>
      KINDS.filter((kind) => catalog.page(id)!.recipes[kind]).map((kind) => ({ id, kind })),
    );
    const page = readFileSync(options.table, "utf8");
    writeFileSync(options.table, withTable(page, results, { versions, all }));
  }
  const count = (status: RecipeResult["status"]) => results.filter((each) => each.status === status).length;
  const kinds = KINDS.map((kind) => `${results.filter((each) => each.kind === kind).length} ${kind}`).join(
    ", ",
  );
  process.stdout.write(
    `\n${results.length} recipes: ${kinds}.\nTook ${seconds.toFixed(0)} s.\n` +
      `Recipes: ${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped\n`,
  );
  return count("failed") > 0 ? 1 : 0;
}

function find(named: string | undefined, name: string, install: string): string {
  const found = named ?? findProgram(name);
  if (found === undefined) throw new Refused(`${name} is missing, and recipes are run in it: ${install}.`);
  return found;
}

const TAIL_LINES = 30;

function resultLines(result: RecipeResult, paint: Paint): string[] {
  const { id, kind, status, seconds, tries } = result;
  const time = paint.faint(`${seconds.toFixed(1)} s${tries > 1 ? `, ${tries} tries` : ""}`);
  const name = `${id} [${kind}]`;
  if (status === "skipped") return [`${paint.faint("skip")}  ${name}  ${result.reason}`];
  if (status === "passed")
    return [`${paint.good("pass")}  ${name}  ${paint.faint(printable(result.stoppedAt ?? ""))}  ${time}`];
  const tail = result.output.trimEnd().split("\n").slice(-TAIL_LINES);
  return [
    `${paint.bad("FAIL")}  ${name}  ${time}`,
    ...result.problems.map((problem) => `      ${printable(problem.slice(0, 300))}`),
    ...tail.map((line) => `      ${paint.faint("|")} ${printable(line.slice(0, 200))}`),
  ];
}

/** Rejects with a sentence when one of them does not run at all. */
async function versionsOf(debuggers: { readonly dlv: string; readonly gdb: string }, go?: string) {
  const { version } = await findToolchain(go);
  const ask = async (program: string, argument: string, pattern: RegExp) => {
    const { stdout } = await run(program, [argument], { timeout: 20_000 }).catch((error: Error) => {
      throw new Refused(`${program} cannot be run: ${error.message.split("\n")[0]}`);
    });
    return pattern.exec(stdout)?.[1] ?? "?";
  };
  const dlv = await ask(debuggers.dlv, "version", /Version: (\S+)/);
  const gdb = await ask(debuggers.gdb, "--version", /(\d+\.\d+)/);
  return [`Go ${version}`, `Delve ${dlv}`, `gdb ${gdb}`];
}
