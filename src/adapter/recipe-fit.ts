/** A recipe of the catalogue's in a program that is not the example it was written for. */
import type { RpcClient } from "../delve/rpc.ts";
import { fillRecipe } from "../recipe/crash.ts";
import type { Action, ParsedRecipe } from "../recipe/model.ts";

/**
 * The recipe as it is in its example. Elsewhere what only the example's functions and variables would show is not
 * asked for, and no verdict is said: a name that is not seen, or a stop in the runtime that is not reached, would rule out
 * what it knows nothing of.
 */
export async function fitted(recipe: ParsedRecipe, rpc: Pick<RpcClient, "functions">): Promise<ParsedRecipe> {
  if (recipe.filled) return recipe;
  const names = exampleFunctions(recipe);
  if (names.length === 0) return recipe;
  const there = await rpc.functions("^main\\.").catch(() => undefined);
  if (!there || names.some((name) => there.includes(name))) return recipe;
  return fillRecipe(recipe, { function: "" });
}

/** The functions of package main that a recipe names, in a stop, a rule or what must be seen. */
function exampleFunctions({ stops, sees }: ParsedRecipe): string[] {
  const actions: readonly Action<unknown>[] = stops.flatMap(({ set, looks }) => [...set, ...looks]);
  const texts = [
    sees,
    ...actions.map((action) => action.sees),
    ...stops.flatMap(({ set }) => set.map(({ act }) => (act.is === "breakpoint" ? act.at : undefined))),
    ...stops.flatMap(({ looks }) =>
      looks.map(({ act }) =>
        (act.is === "frame" || act.is === "goroutine") && "name" in act.rule ? act.rule.name : undefined,
      ),
    ),
  ];
  const found = texts.flatMap((text) => text?.replaceAll("\\", "").match(FUNCTION) ?? []);
  return [...new Set(found)].filter((name) => name !== "main.main" && name !== "main.init");
}

const FUNCTION = /\bmain\.(?:\(\*?\w+\)\.|[A-Za-z]\w*\.)?[A-Za-z_]\w*/g;
