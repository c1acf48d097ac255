/** A workspace's own recipes: `.golm/recipes/NAME.yaml`. */
import { YamlFile } from "../faulttree/document.ts";
import { checkRecipe } from "../faulttree/recipe-check.ts";
import { OwnRecipe, type Recipe } from "../faulttree/schema.ts";
import { type ParsedRecipe, parseRecipe, type Said } from "./model.ts";

export interface OwnRecipeFile {
  /** Absent when there are errors. */
  readonly recipe?: ParsedRecipe;
  /** Id of the cause it says it belongs to. */
  readonly cause?: string;
  /** `NAME:LINE:COLUMN: what is wrong, what to do`. */
  readonly errors: readonly string[];
}

/** Larger than any recipe a person wrote. */
const MOST_CHARACTERS = 256 * 1024;

/** Reads and checks a file. Never throws: what is wrong with it is said in `errors`. `name` is shown in them. */
export function readOwnRecipe(name: string, text: string): OwnRecipeFile {
  if (text.length > MOST_CHARACTERS) return { errors: [`${name}:1:1: This is too large for a recipe.`] };
  const file = new YamlFile(name, text);
  const own = file.read(OwnRecipe);
  if (!own) return { errors: file.errors };
  checkRecipe(own, own.kind, [], file);
  if (file.errors.length > 0) return { errors: file.errors };
  const { cause, kind, title, proves, refutes, steps, ...rest } = own;
  const recipe: Recipe = {
    ...rest,
    title: said(title),
    steps: steps.map(({ says, ...step }) => ({ ...step, ...(says !== undefined && { says: said(says) }) })),
    ...(proves !== undefined && { proves: said(proves) }),
    ...(refutes !== undefined && { refutes: said(refutes) }),
  };
  return { recipe: parseRecipe(idOf(name), kind, recipe), ...(cause !== undefined && { cause }), errors: [] };
}

/** A sentence in one language is shown in both. */
function said(text: string | Said): Said {
  return typeof text === "string" ? { en: text, zh: text } : text;
}

function idOf(name: string): string {
  return name.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");
}
