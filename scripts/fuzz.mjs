/**
 * Fuzzes the trace engine, or the linter, for a while: `npm run fuzz -- [--target trace|lint] [--seconds 60] [--seed 7]`.
 * Exit status 1 when something failed.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildRules } from "./rules.mjs";
import { buildWasm } from "./wasm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "" },
    target: { type: "string", default: "trace" },
  },
});
const seed = values.seed === "" ? Date.now() & 0x7fffffff : Number(values.seed);
const targets = {
  trace: { entry: "test/fuzz/trace.ts", corpus: "test/golden/trace", suffix: ".txt" },
  lint: { entry: "test/fuzz/lint.ts", corpus: "test/unit/golint", suffix: ".go" },
};
if (!Object.hasOwn(targets, values.target)) {
  console.error(`--target is one of: ${Object.keys(targets).join(", ")}`);
  process.exit(2);
}
const target = targets[values.target];

if (values.target === "trace") await Promise.all([buildWasm(), buildRules()]);
const folder = join(root, ".cache", "fuzz");
await mkdir(folder, { recursive: true });
const bundle = join(folder, `${values.target}-${process.pid}.mjs`);
await build({
  entryPoints: [join(root, target.entry)],
  bundle: true,
  format: "esm",
  platform: values.target === "trace" ? "neutral" : "node",
  packages: values.target === "trace" ? "bundle" : "external",
  outfile: bundle,
  logLevel: "error",
});
const loaded = await import(pathToFileURL(bundle).href);
await rm(bundle);
const { random } = loaded;
const { check, mutate } = values.target === "trace" ? loaded : await loaded.lintTarget(await parserBytes());

const golden = join(root, target.corpus);
const names = (await readdir(golden, { recursive: true }))
  .filter((name) => name.endsWith(target.suffix))
  .sort();
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
  const file = join(folder, `failure-${seed}-${inputs}${target.suffix}`);
  await writeFile(file, bytes);
  console.log(`${reason}\n  input: ${file}`);
}
console.log(
  `${inputs} inputs, seed ${seed}, slowest ${slowest.toFixed(0)} ms, ${failures.size} kinds of failure`,
);
process.exitCode = failures.size > 0 ? 1 : 0;

async function parserBytes() {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, grammar] = await Promise.all(
    ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-go/tree-sitter-go.wasm"].map((name) =>
      readFile(resolve(name)),
    ),
  );
  return { runtime, grammar };
}
