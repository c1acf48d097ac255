/** Fuzzes the trace engine for a while: `npm run fuzz -- --seconds 60 --seed 7`. Exit status 1 when something failed. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildWasm } from "./wasm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: "" } },
});
const seed = values.seed === "" ? Date.now() & 0x7fffffff : Number(values.seed);

await buildWasm();
const folder = join(root, ".cache", "fuzz");
await mkdir(folder, { recursive: true });
const bundle = join(folder, "target.mjs");
await build({
  entryPoints: [join(root, "test/fuzz/trace.ts")],
  bundle: true,
  format: "esm",
  platform: "neutral",
  outfile: bundle,
  logLevel: "error",
});
const { check, mutate, random } = await import(pathToFileURL(bundle).href);

const golden = join(root, "test/golden/trace");
const names = (await readdir(golden, { recursive: true })).filter((name) => name.endsWith(".txt")).sort();
const corpus = await Promise.all(
  names.map(async (name) => new Uint8Array(await readFile(join(golden, name)))),
);
const source = random(seed);
const until = Date.now() + Number(values.seconds) * 1000;
let inputs = 0;
const failures = new Set();
let slowest = 0;
while (Date.now() < until && failures.size < 10) {
  const bytes = mutate(source, corpus);
  const begin = performance.now();
  const reason = check(source, bytes);
  slowest = Math.max(slowest, performance.now() - begin);
  inputs++;
  if (reason === undefined) continue;
  const kind = reason.split("\n", 2).join(" ").replace(/\d+/g, "#");
  if (failures.has(kind)) continue;
  failures.add(kind);
  const file = join(folder, `failure-${seed}-${inputs}.txt`);
  await writeFile(file, bytes);
  console.log(`${reason}\n  input: ${file}`);
}
console.log(
  `${inputs} inputs, seed ${seed}, slowest ${slowest.toFixed(0)} ms, ${failures.size} kinds of failure`,
);
process.exitCode = failures.size > 0 ? 1 : 0;
