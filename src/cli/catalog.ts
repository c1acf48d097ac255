/** The compiled catalogue beside the program. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Catalog, type CatalogIndex, type CatalogPages } from "../faulttree/catalog.ts";
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
  const read = <T>(name: string): T => {
    const path = `${folder.replace(/[\\/]$/, "")}/${name}`;
    try {
      return JSON.parse(readFileSync(path, "utf8")) as T;
    } catch {
      throw new UserError(m.noCatalog(path));
    }
  };
  return new Catalog(read<CatalogIndex>("catalog.json"), () => read<CatalogPages>("catalog-pages.json"));
}
