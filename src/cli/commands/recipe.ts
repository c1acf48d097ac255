/** `recipe ID`: a cause's recipe as a script or as requests for a debugger. `recipe --check FILE`: one's own. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { visibleLine } from "../../export/visible.ts";
import { type Catalog, diagnose } from "../../faulttree/index.ts";
import {
  crashPlace,
  dapRecipe,
  dlvCommand,
  dlvScript,
  fillRecipe,
  gdbCommand,
  gdbScript,
  type ParsedRecipe,
  parseRecipe,
  type RecipeKind,
  type RenderOptions,
} from "../../recipe/index.ts";
import { TraceReader } from "../../trace/index.ts";
import type { CrashReport, Frame } from "../../trace/report.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_ERROR, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { readInput, reason } from "../input/read.ts";
import { type RecipeMessages, recipeMessages } from "../messages/recipe.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { suggest } from "../suggest.ts";

export interface RecipeFlags {
  readonly for?: string;
  readonly kind?: string;
  readonly crash?: string;
  readonly output?: string;
  readonly check?: boolean;
}

const TOOLS = ["dlv", "dap", "gdb"] as const;
type Tool = (typeof TOOLS)[number];
const KINDS = ["live", "core", "gdb"] as const;

/** A workspace's own recipes. */
const OWN_FOLDER = ".golm/recipes";

/**
 * Prints a recipe, or checks files. Throws a UserError with what there is instead when the cause has none, and
 * when files cannot be read; resolves to 2 when a checked file has faults.
 */
export async function recipeCommand(
  names: readonly string[],
  flags: RecipeFlags,
  context: Context,
): Promise<number> {
  const r = recipeMessages(context.language);
  if (flags.check) return checkFiles(names, r);
  const [wanted, ...more] = names;
  if (wanted === undefined || more.length > 0) throw new UserError(r.needsId);
  const tool = toolOf(flags.for, r);
  const found = await findRecipe(wanted, tool, kindOf(flags.kind, r), context, r);
  const file = flags.output ?? (tool === "gdb" ? "golm.gdb" : tool === "dap" ? "golm.json" : "golm.star");
  const filled = flags.crash === undefined ? { recipe: found } : await fill(found, flags.crash, context, r);
  const options: RenderOptions = {
    language: context.language,
    file,
    ...(filled.notes && { notes: filled.notes }),
  };
  const text = render(filled.recipe, tool, options);
  if (flags.output === undefined) {
    await new Output(process.stdout).write([text]);
    return EXIT_NOTHING_FOUND;
  }
  if (tool === "dlv" && text.includes("\nsource ") && !file.endsWith(".star"))
    throw new UserError(r.starName(visibleLine(file)));
  write(file, text, r);
  const run = tool === "gdb" ? gdbCommand(found, file) : tool === "dlv" ? dlvCommand(found, file) : "";
  if (run) process.stderr.write(`golm-faultcheck: ${r.written(visibleLine(file), visibleLine(run))}\n`);
  return EXIT_NOTHING_FOUND;
}

function render(recipe: ParsedRecipe, tool: Tool, options: RenderOptions): string {
  switch (tool) {
    case "dlv":
      return dlvScript(recipe, options);
    case "gdb":
      return gdbScript(recipe, options);
    case "dap":
      return `${JSON.stringify(dapRecipe(recipe, options), null, 2)}\n`;
  }
}

function toolOf(given: string | undefined, r: RecipeMessages): Tool {
  const tool = TOOLS.find((known) => known === (given ?? "dlv"));
  if (!tool) throw new UserError(r.unknownTool(visibleLine(given!)));
  return tool;
}

function kindOf(given: string | undefined, r: RecipeMessages): "live" | "core" | undefined {
  if (given === undefined || given === "live" || given === "core") return given;
  throw new UserError(r.unknownKind(visibleLine(given)));
}

/** Kinds that a debugger can do, best first: Delve's commands mean nothing to gdb, and the other way round. */
const FITTING: Readonly<Record<Tool, readonly RecipeKind[]>> = {
  dlv: ["live", "core"],
  dap: ["live", "core"],
  gdb: ["gdb"],
};

async function findRecipe(
  wanted: string,
  tool: Tool,
  kind: "live" | "core" | undefined,
  context: Context,
  r: RecipeMessages,
): Promise<ParsedRecipe> {
  const own = ownFile(wanted);
  if (own !== undefined) return readOwn(own, tool, r);
  const catalog = openCatalog(context.script, context.m);
  const id = causeId(wanted, catalog, context, r);
  const recipes = catalog.page(id)!.recipes;
  const kinds = tool === "gdb" || kind === undefined ? FITTING[tool] : [kind];
  const fits = kinds.find((each) => recipes[each] !== undefined);
  if (fits) return parseRecipe(id, fits, recipes[fits]!);
  throw new UserError(noneOf(id, catalog, kinds, r));
}

/** What the cause has instead; where it has nothing, its siblings that do. */
function noneOf(id: string, catalog: Catalog, kinds: readonly RecipeKind[], r: RecipeMessages): string {
  const recipes = catalog.page(id)!.recipes;
  const has = KINDS.filter((kind) => recipes[kind]).map((kind) =>
    kind === "gdb" ? "--for gdb" : `--for dlv --kind ${kind}`,
  );
  if (has.length > 0) return r.noRecipe(id, has);
  const event = id.slice(0, id.lastIndexOf("/"));
  const near = catalog
    .causesOf(event)
    .map((cause) => cause.id)
    .filter((other) => kinds.some((kind) => catalog.page(other)!.recipes[kind]))
    .slice(0, 3);
  return `${r.noRecipe(id, has)}${near.length > 0 ? ` ${r.near(near)}` : ""}`;
}

/** A full id, or its end where only one ends so; an event is no cause. */
function causeId(wanted: string, catalog: Catalog, { m }: Context, r: RecipeMessages): string {
  const id = wanted.replace(/^\/+|\/+$/g, "");
  const ids = catalog.causes.map((cause) => cause.id);
  if (ids.includes(id)) return id;
  const event = catalog.events.find((each) => each.id === id || each.id.endsWith(`/${id}`));
  const ending = ids.filter((known) => known.endsWith(`/${id}`));
  if (event) {
    const causes = catalog.causesOf(event.id).map((cause) => cause.id);
    const having = causes.filter((cause) => Object.keys(catalog.page(cause)!.recipes).length > 0);
    throw new UserError(r.isEvent(event.id, having.slice(0, 5)));
  }
  if (ending.length === 1) return ending[0]!;
  const near = ending.length > 1 ? ending : suggest(id, ids);
  throw new UserError(
    `${m.unknownId(visibleLine(wanted))} ${near.length > 0 ? m.didYouMean(near) : m.seeList}`,
  );
}

/** `.golm/recipes/NAME.yaml` below the working directory, or a path that ends in .yaml. */
function ownFile(wanted: string): string | undefined {
  if (/\.ya?ml$/.test(wanted)) return wanted;
  if (!/^[\w.-]+$/.test(wanted)) return undefined;
  return [".yaml", ".yml"].map((end) => join(OWN_FOLDER, wanted + end)).find((path) => existsSync(path));
}

async function readOwn(path: string, tool: Tool, r: RecipeMessages): Promise<ParsedRecipe> {
  const { readOwnRecipe } = await import("../../recipe/own.ts");
  const { recipe, errors } = readOwnRecipe(path, readText(path, r));
  if (!recipe) throw new UserError(errors.join(" "));
  if (FITTING[tool].includes(recipe.kind)) return recipe;
  throw new UserError(r.noRecipe(recipe.id, [recipe.kind === "gdb" ? "--for gdb" : "--for dlv"]));
}

async function checkFiles(names: readonly string[], r: RecipeMessages): Promise<number> {
  if (names.length === 0) throw new UserError(r.needsId);
  const { readOwnRecipe } = await import("../../recipe/own.ts");
  let faults = 0;
  for (const name of names) {
    const { recipe, errors } = readOwnRecipe(name, readText(name, r));
    faults += errors.length;
    const lines = recipe ? [r.checkedFine(name, recipe.stops.length)] : errors;
    process.stdout.write(lines.map((line) => `${visibleLine(line)}\n`).join(""));
  }
  return faults > 0 ? EXIT_ERROR : EXIT_NOTHING_FOUND;
}

const MOST_BYTES = 1 << 20;

function readText(path: string, r: RecipeMessages): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new UserError(r.notReadable(visibleLine(path), `${size} bytes`));
    return readFileSync(path, "utf8");
  } catch (failure) {
    if (failure instanceof UserError) throw failure;
    throw new UserError(r.notReadable(visibleLine(path), reason(failure)));
  }
}

function write(file: string, text: string, r: RecipeMessages): void {
  try {
    writeFileSync(file, text);
  } catch (failure) {
    throw new UserError(r.cannotWrite(visibleLine(file), reason(failure)));
  }
}

async function fill(
  recipe: ParsedRecipe,
  name: string,
  context: Context,
  r: RecipeMessages,
): Promise<{ recipe: ParsedRecipe; notes?: string[] }> {
  const report = await firstCrash(name, context);
  if (!report) throw new UserError(r.noCrash(visibleLine(name)));
  const { location } = diagnose(report, openCatalog(context.script, context.m));
  const frame = location && frameAt(report, location.function, location.line);
  if (frame?.line === undefined) {
    process.stderr.write(`golm-faultcheck: ${r.noPlace(visibleLine(name))}\n`);
    return { recipe };
  }
  const place = crashPlace(frame, report);
  const offset = place.offset === undefined ? "" : `+0x${place.offset.toString(16)}`;
  const note = `${place.function}${offset} ${place.file}:${place.line}${place.pc ? ` pc=${place.pc}` : ""}`;
  return { recipe: fillRecipe(recipe, place), notes: [note] };
}

/** The frame that a location was taken from: it alone has the pc's offset. */
function frameAt(report: CrashReport, name: string, line: number | undefined): Frame | undefined {
  for (const { frames } of report.goroutines) {
    const frame = frames.find((each) => each.function === name && each.line === line);
    if (frame) return frame;
  }
  return undefined;
}

/** The first crash of a file or of standard input. */
export async function firstCrash(name: string, { m }: Context): Promise<CrashReport | undefined> {
  let first: CrashReport | undefined;
  const reader = new TraceReader({
    onReport: (report) => {
      first ??= report;
    },
  });
  await readInput(name, reader, { m, progress: () => {}, after: () => {} });
  reader.end();
  return first;
}
