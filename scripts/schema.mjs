/** Writes schema/*.schema.json from src/faulttree/schema.ts, so that editors complete what the loader accepts. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** The text of each schema file by its path below the project. */
export async function schemaFiles() {
  const { Cause, Event, OwnRecipe, z } = await importSchema();
  const files = {};
  for (const [name, title, schema] of [
    ["event", "An event of the fault tree: what a crash text proves", Event],
    ["cause", "A cause of the fault tree: why the event happened", Cause],
    [
      "recipe",
      "A recipe of a workspace's own, in .golm/recipes: where a debugger stops and what it shows",
      OwnRecipe,
    ],
  ]) {
    // What an author writes: fields with a default may be left out.
    const json = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
    files[`schema/${name}.schema.json`] = `${JSON.stringify({ title, ...json }, null, 2)}\n`;
  }
  return files;
}

/** Writes the files that differ. */
export async function buildSchema() {
  for (const [name, text] of Object.entries(await schemaFiles())) {
    const path = join(root, name);
    if ((await readFile(path, "utf8").catch(() => "")) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** Node 20 reads no TypeScript: the schema is bundled to a file of its own, imported, and removed. */
async function importSchema() {
  const outfile = join(root, ".cache", `schema-${process.pid}-${performance.now()}.mjs`);
  try {
    await build({
      stdin: {
        contents: 'export * from "./src/faulttree/schema.ts"; export { z } from "zod";',
        resolveDir: root,
        loader: "ts",
      },
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildSchema();
