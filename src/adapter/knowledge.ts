/** The fault tree beside the program, for an adapter that runs by itself. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Catalog, type CatalogIndex, type CatalogPages, type CausePage } from "../faulttree/catalog.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { parseRecipe } from "../recipe/model.ts";
import type { FoundRecipe, Knowledge } from "./editor.ts";

/** What an adapter knows of crashes, given how to open the catalogue. */
export function knowledgeOf(
  language: Language,
  open: {
    readonly catalog: () => Promise<Catalog>;
    readonly page: (cause: string) => Promise<CausePage | undefined>;
  },
): Knowledge {
  return {
    language,
    warm: () => {
      // Whoever needs them asks again, and is told then.
      open.catalog().catch(() => {});
      engine().catch(() => {});
    },
    explain: async (crashText) => {
      const [{ explain }, catalog] = await Promise.all([engine(), open.catalog()]);
      return explain(crashText, catalog, language);
    },
    recipe: async (id, kind) => {
      if (/\.ya?ml$/.test(id)) return ownRecipe(id);
      const page = await open.page(id);
      if (!page) return {};
      const recipe = page.recipes[kind];
      return recipe ? { recipe: parseRecipe(id, kind, recipe) } : { kinds: Object.keys(page.recipes) };
    },
  };
}

/** The reader of crash texts and the fault tree: half of the program, which no session needs before its first stop. */
function engine(): Promise<typeof import("./explain.ts")> {
  return import("./explain.ts");
}

async function ownRecipe(path: string): Promise<FoundRecipe> {
  // It loads a YAML parser and a checker of schemas, which only those need who write recipes.
  const { readOwnRecipe } = await import("../recipe/own.ts");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return {};
  }
  const { recipe, errors } = readOwnRecipe(path, text);
  return { ...(recipe && { recipe }), ...(errors.length > 0 && { errors }) };
}

/** The compiled catalogue in a folder, read when it is first asked for. */
export function catalogIn(folder: string): Parameters<typeof knowledgeOf>[1] {
  const read = async <T>(name: string) => JSON.parse(await readFile(join(folder, name), "utf8")) as T;
  let catalog: Promise<Catalog> | undefined;
  let pages: Promise<CatalogPages> | undefined;
  return {
    catalog: () => {
      catalog ??= read<CatalogIndex>("catalog.json").then((index) => new Catalog(index));
      return catalog;
    },
    page: async (cause) => {
      pages ??= read<CatalogPages>("catalog-pages.json");
      const { causes } = await pages;
      return Object.hasOwn(causes, cause) ? causes[cause] : undefined;
    },
  };
}
