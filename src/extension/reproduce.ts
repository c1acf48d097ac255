/** "Start with this recipe": the program or test of a crash once more, in Delve, with the recipe's stops in place. */
import * as vscode from "vscode";
import type { Entry } from "../editor/history.ts";
import type { CausePage } from "../faulttree/catalog.ts";
import type { Recipe } from "../faulttree/schema.ts";
import type { CrashPlace } from "../recipe/crash.ts";
import type { RecipeView } from "../webview/protocol.ts";
import type { Ctx } from "./ctx.ts";
import { haveDelve, inlineOf, mayDebug } from "./delve.ts";
import { findPlace } from "./open-location.ts";
import { openRecipe } from "./panel-actions.ts";

export interface Reproduction {
  readonly cause: string;
  readonly page: CausePage;
  readonly entry: Entry;
  readonly view: RecipeView;
  /** Where a recipe to read is opened. */
  readonly column: vscode.ViewColumn;
}

/** Starts what can be started; a recipe for gdb, or one that nothing here can run, opens as a text to follow. */
export async function reproduce(ctx: Ctx, reproduction: Reproduction): Promise<void> {
  const { cause, page, entry, view, column } = reproduction;
  if (view.kind === "core" && mayDebug(ctx) && entry.record?.core !== undefined) {
    // The session runs the recipe of the likely cause by itself.
    await vscode.commands.executeCommand("golm.openCore", entry);
    return;
  }
  if (view.kind === "live" && mayDebug(ctx) && page.recipes.live?.how !== "attach") {
    const launch = await launchOf(ctx, entry);
    if (launch) {
      const inline = await inlineOf(ctx);
      if (!(await haveDelve(ctx, inline))) return;
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(launch.program));
      await vscode.debug.startDebugging(folder, {
        type: "golm",
        request: "launch",
        name: view.title,
        recipe: cause,
        ...launch,
        ...placeOf(entry),
      });
      return;
    }
  }
  if (view.kind === "gdb" && page.recipes.gdb && mayDebug(ctx))
    await openScript(ctx, page.recipes.gdb, reproduction);
  else await openRecipe(view, column);
}

/** A script with its command in its head: gdb runs in the user's terminal, on the user's word. */
async function openScript(ctx: Ctx, recipe: Recipe, { cause, entry, column }: Reproduction): Promise<void> {
  const { parseRecipe, fillRecipe, gdbScript } = await inlineOf(ctx);
  const parsed = parseRecipe(cause, "gdb", recipe);
  const { recipeAt } = placeOf(entry);
  const content = gdbScript(recipeAt ? fillRecipe(parsed, recipeAt) : parsed, {
    language: ctx.language,
    file: "golm.gdb",
  });
  const document = await vscode.workspace.openTextDocument({ language: "plaintext", content });
  await vscode.window.showTextDocument(document, { viewColumn: column });
}

export interface Launch {
  readonly mode: "debug" | "test" | "exec";
  readonly program: string;
  readonly args?: readonly string[];
}

/**
 * The package of the crash's line: its test when one crashed, its program when it is a main package. Another package
 * has no way to be started, so the recorded program is taken where there is one.
 */
export async function launchOf(ctx: Ctx, entry: Entry): Promise<Launch | undefined> {
  const { verdict, origin, test, record } = entry;
  const place = verdict?.place;
  const found =
    place?.file === undefined
      ? undefined
      : await findPlace(ctx, { function: place.function, file: place.file }, origin.folder);
  if (found && vscode.workspace.getWorkspaceFolder(found)) {
    const folder = vscode.Uri.joinPath(found, "..").fsPath;
    if (test !== undefined) return { mode: "test", program: folder, args: ["-test.run", patternOf(test)] };
    if (/^main\./.test(place!.function)) return { mode: "debug", program: folder };
  }
  return record?.program === undefined
    ? undefined
    : { mode: "exec", program: vscode.Uri.parse(record.program).fsPath };
}

/** `TestSum/long` as the pattern that runs it alone. */
function patternOf(test: string): string {
  return test
    .split("/")
    .map((part) => `^${part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`)
    .join("/");
}

/** Where the recipe speaks of its example, the crash's own line is put. */
function placeOf({ verdict }: Entry): { readonly recipeAt?: CrashPlace } {
  const place = verdict?.place;
  if (!place) return {};
  const { function: name, file, line, path } = place;
  const own = path === undefined ? file : vscode.Uri.parse(path).fsPath;
  return {
    recipeAt: {
      function: name,
      ...(own !== undefined && { file: own }),
      ...(line !== undefined && { line }),
    },
  };
}
