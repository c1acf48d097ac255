/** What the scripts that write a page of docs/ share: the engine, the catalogue as it stands, and a table's cells. */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = resolve(import.meta.dirname, "..");

/** The engine, bundled: Node 20 reads no TypeScript. */
export async function engine() {
  const outfile = join(root, ".cache", `engine-${process.pid}-${performance.now()}.mjs`);
  await build({
    stdin: {
      contents: `
        export { Catalog } from "./src/faulttree/catalog.ts";
        export { diagnose } from "./src/faulttree/index.ts";
        export { compileCatalog } from "./src/faulttree/load.ts";
        export { readTrace } from "./src/trace/index.ts";`,
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** The catalogue below catalog/. What is wrong with it is printed and left out. */
export function openCatalogue({ Catalog, compileCatalog }) {
  const { catalog, errors } = compileCatalog(join(root, "catalog"));
  for (const error of errors) process.stderr.write(`${error}\n`);
  return new Catalog(catalog.index, () => catalog.pages);
}

/** Text that stays inside one cell of a Markdown table. */
export const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
