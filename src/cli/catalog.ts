/** The compiled catalogue beside the program. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Catalog, type CatalogIndex, type CatalogPages, type CausePage } from "../faulttree/catalog.ts";
import { UserError } from "./fail.ts";
import type { CliMessages } from "./messages/index.ts";

/**
 * Bundled into a chunk or not, this file ends up in dist/ or one folder below: the catalogue is found from the
 * program's own path. GOLM_CATALOG names another folder, for those who try out a catalogue of their own.
 */
function folderOf(script: string): string {
  return process.env.GOLM_CATALOG ?? fileURLToPath(new URL(".", script));
}

/** Opens the catalogue. Throws a UserError when it is missing, unreadable or of another version. */
export function openCatalog(script: string, m: CliMessages): Catalog {
  const folder = folderOf(script);
  const read = <T>(name: string, parse: (text: string) => T): T => {
    const path = `${folder.replace(/[\\/]$/, "")}/${name}`;
    try {
      return parse(readFileSync(path, "utf8"));
    } catch {
      throw new UserError(m.noCatalog(path));
    }
  };
  const index = read("catalog.json", (text) => JSON.parse(text) as CatalogIndex);
  return new Catalog(index, () => read("catalog-pages.json", parsePages));
}

/**
 * The pages, each parsed when it is asked for: to parse them all would be a tenth of a small diagnosis. Relies on
 * the loader's layout, one page a line; a file laid out otherwise is parsed whole.
 */
export function parsePages(text: string): CatalogPages {
  const lines = text.split("\n");
  const [head, foot] = [lines[0]!, lines.at(-1)!];
  if (!head.endsWith(',"causes":{') || foot !== "}}") return JSON.parse(text) as CatalogPages;
  const causes: Record<string, CausePage> = {};
  for (const line of lines.slice(1, -1)) {
    const colon = line.indexOf('":{');
    const id = line.slice(1, colon);
    if (colon < 0 || !/^[a-z0-9/-]+$/.test(id)) return JSON.parse(text) as CatalogPages;
    Object.defineProperty(causes, id, {
      enumerable: true,
      configurable: true,
      get: () => pageOf(line, colon),
    });
  }
  return { ...(JSON.parse(`${head}}}`) as CatalogPages), causes };
}

function pageOf(line: string, colon: number): CausePage {
  return JSON.parse(line.slice(colon + 2, line.endsWith(",") ? -1 : undefined)) as CausePage;
}
