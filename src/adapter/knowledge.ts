/** The fault tree beside the program, for an adapter that runs by itself. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { headline } from "../export/finding.ts";
import type { CatalogIndex, CatalogPages, CausePage } from "../faulttree/catalog.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { Catalog, diagnose } from "../faulttree/index.ts";
import { parseRecipe } from "../recipe/model.ts";
import { crashesIn } from "../trace/crash-stream.ts";
import type { Explained, FoundRecipe, Knowledge } from "./editor.ts";

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
    explain: async (crashText) => explain(crashText, await open.catalog(), language),
    recipe: async (id, kind) => {
      if (/\.ya?ml$/.test(id)) return ownRecipe(id);
      const page = await open.page(id);
      if (!page) return {};
      const recipe = page.recipes[kind];
      return recipe ? { recipe: parseRecipe(id, kind, recipe) } : { kinds: Object.keys(page.recipes) };
    },
  };
}

function explain(crashText: string, catalog: Catalog, language: Language): Explained | undefined {
  const [crash] = crashesIn(new TextEncoder().encode(crashText));
  if (!crash) return undefined;
  const diagnosis = diagnose(crash.report, catalog, { language });
  const [cause] = diagnosis.causes;
  return {
    headline: headline({ diagnosis, input: "-" }, { language, catalog, all: false, version: "" }),
    ...(cause && { cause: { id: cause.id, title: cause.title, confidence: cause.confidence } }),
  };
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
