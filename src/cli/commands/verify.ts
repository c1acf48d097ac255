/** `verify`: hands over to the runner of the catalogue's programs. */
import { visibleLine } from "../../export/visible.ts";
import type { RecipeKind } from "../../recipe/model.ts";
import { UserError } from "../fail.ts";
import { recipeMessages } from "../messages/recipe.ts";
import type { Context } from "../program.ts";
import { colored } from "../terminal/style.ts";

export interface VerifyFlags {
  readonly format: "text" | "json";
  readonly catalog?: string;
  readonly go?: string;
  readonly changed?: boolean;
  /** Run debuggers' recipes instead of the scenarios. */
  readonly recipes?: boolean;
  readonly kind?: string;
  readonly sample?: boolean;
  readonly table?: string;
  readonly dlv?: string;
  readonly gdb?: string;
}

/** Resolves to the runner's own status: 0 all passed, 1 one failed, 2 the catalogue, an id or Go is wrong. */
export async function verifyCommand(
  ids: readonly string[],
  flags: VerifyFlags,
  context: Context,
): Promise<number> {
  if (flags.recipes) return verifyRecipesCommand(ids, flags, context);
  const { runVerifyCommand } = await import("../../verify/command.ts");
  return runVerifyCommand(ids, {
    format: flags.format,
    color: colored(context.color, process.stdout, process.env),
    ...(flags.changed && { changed: true }),
    ...(flags.catalog !== undefined && { catalogDir: flags.catalog }),
    ...(flags.go !== undefined && { goBinary: flags.go }),
  });
}

async function verifyRecipesCommand(
  ids: readonly string[],
  flags: VerifyFlags,
  context: Context,
): Promise<number> {
  const { runRecipesCommand } = await import("../../verify/recipes/command.ts");
  return runRecipesCommand(ids, {
    color: colored(context.color, process.stdout, process.env),
    ...(flags.kind !== undefined && { kinds: kindsOf(flags.kind, context) }),
    ...(flags.sample && { sample: true }),
    ...(flags.table !== undefined && { table: flags.table }),
    ...(flags.catalog !== undefined && { catalogDir: flags.catalog }),
    ...(flags.go !== undefined && { goBinary: flags.go }),
    ...(flags.dlv !== undefined && { dlvBinary: flags.dlv }),
    ...(flags.gdb !== undefined && { gdbBinary: flags.gdb }),
  });
}

const KINDS: readonly RecipeKind[] = ["live", "core", "gdb"];

function kindsOf(given: string, { language }: Context): RecipeKind[] {
  return given.split(",").map((name) => {
    const kind = KINDS.find((known) => known === name);
    if (!kind) throw new UserError(recipeMessages(language).unknownRecipeKind(visibleLine(name)));
    return kind;
  });
}
