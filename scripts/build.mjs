/**
 * `npm run build`: everything the package ships, into dist/ and schema/.
 *
 *   dist/cli.js + dist/chunks/   the command line; verify, yaml and zod are chunks it loads when asked
 *   dist/server.js               the language server, as the editor starts it; lint-worker.js lints whole workspaces
 *   dist/*.wasm                  the parser of Go source, for lint
 *   dist/adapter.js + chunks     the debug adapter as a program; what no start needs are chunks
 *   dist/catalog*.json           the fault tree, checked and compiled
 *   dist/extension.cjs           the editor extension; dist/web/extension.js is the one for browsers
 *   dist/webview/                the page of the diagnosis panel
 *   schema/                      the JSON Schemas of event.yaml and cause.yaml
 *
 * Exit status 1 with `FILE:LINE: MESSAGE` lines when the sources or the catalogue are wrong.
 */
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { installPackages, root } from "./setup.mjs";

const dist = join(root, "dist");

/** CommonJS packages inside an ES module bundle still call `require` for Node's built-ins. */
const requireShim =
  'import{createRequire as golmRequire}from"node:module";const require=golmRequire(import.meta.url);';

/** Writes beside the target and renames, so that a program started meanwhile sees the old file or the new one. */
async function put(path, data, mode) {
  if (await holds(path, data)) {
    if (mode !== undefined) await chmod(path, mode);
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, data);
  if (mode !== undefined) await chmod(temporary, mode);
  await rename(temporary, path);
}

async function holds(path, data) {
  const old = await readFile(path).catch(() => undefined);
  return old?.equals(Buffer.from(data)) ?? false;
}

function bundleOptions(entryPoints, outdir) {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    write: false,
  };
}

/** esbuild prints its own errors; this gives them the one form all our errors have. */
function sourceErrors(failure) {
  if (!failure?.errors) throw failure;
  return failure.errors.map(({ location, text }) =>
    location ? `${location.file}:${location.line}: ${text}` : text,
  );
}

/** Threads share no file with the program: what both need would become files of its own, which the start pays for. */
const THREADS = {
  "prescan-worker": "src/cli/input/prescan-worker.ts",
  "batch-worker": "src/cli/batch/worker.ts",
  "lint-worker": "src/server/workspace-worker.ts",
};

/**
 * Keeps all that every start needs in one chunk. esbuild makes a chunk of each set of modules that the same entries
 * reach; so each module that is loaded when asked reaches the whole program, which is there by then.
 */
const oneStart = (program) => ({
  name: "one-start",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^\.{1,2}\// }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === "resolved") return undefined;
      const target = await resolve(path, { kind, resolveDir, importer, pluginData: "resolved" });
      return target.errors.length > 0 ? target : { path: target.path, namespace: "one-start" };
    });
    onLoad({ filter: /.*/, namespace: "one-start" }, ({ path }) => ({
      contents: `import ${JSON.stringify(join(root, program))};export * from ${JSON.stringify(path)};`,
      resolveDir: dirname(path),
    }));
  },
});

async function buildCli(esbuild) {
  const common = { minify: true, sourcemap: "linked" };
  const program = { js: `#!/usr/bin/env node\n${requireShim}` };
  const alone = (entries, banner) =>
    esbuild.build({ ...bundleOptions(entries, dist), ...common, splitting: false, banner });
  const inChunks = (entries, start) =>
    esbuild.build({
      ...bundleOptions(entries, dist),
      ...common,
      plugins: [oneStart(start)],
      banner: program,
    });
  const built = await Promise.all([
    inChunks({ cli: "src/cli/main.ts" }, "src/cli/program.ts"),
    inChunks({ adapter: "src/adapter/main.ts" }, "src/adapter/stdio.ts"),
    alone({ server: "src/server/main.ts" }, program),
    alone(THREADS, { js: requireShim }),
  ]);
  const outputFiles = built.flatMap((each) => each.outputFiles);
  const cli = join(dist, "cli.js");
  const programs = [cli, join(dist, "adapter.js"), join(dist, "server.js")];
  // Chunks first: the programs name them.
  for (const file of outputFiles) if (!programs.includes(file.path)) await put(file.path, file.contents);
  for (const file of outputFiles)
    if (programs.includes(file.path)) await put(file.path, file.contents, 0o755);
  await removeStale(join(dist, "chunks"), new Set(outputFiles.map((file) => file.path)));
  const code = outputFiles.filter((file) => file.path.endsWith(".js"));
  return code.reduce((sum, file) => sum + file.contents.length, 0);
}

async function removeStale(folder, keep) {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (!keep.has(path) && !path.endsWith(".tmp")) await rm(path, { force: true });
  }
}

/** Bundles a TypeScript module of ours and imports it, because Node 20 cannot read TypeScript. */
async function importSource(esbuild, entry) {
  const folder = join(root, ".cache", `build-${process.pid}`);
  try {
    const { outputFiles } = await esbuild.build({
      ...bundleOptions({ entry }, folder),
      banner: { js: requireShim },
    });
    for (const file of outputFiles) await put(file.path, file.contents);
    return await import(pathToFileURL(join(folder, "entry.js")).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The parser of Go source, as its packages bring it. */
async function copyParser() {
  for (const path of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-go/tree-sitter-go.wasm"]) {
    await put(join(dist, basename(path)), await readFile(join(root, "node_modules", path)));
  }
}

async function buildCatalog(esbuild) {
  const { compileCatalog } = await importSource(esbuild, "src/faulttree/load.ts");
  const { files, errors, causes } = compileCatalog(join(root, "catalog"));
  for (const [name, text] of Object.entries(files)) await put(join(dist, name), text);
  return { errors, causes };
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;

/** Returns the error lines; none when all is built. */
async function build() {
  if (!installPackages()) return ["The packages could not be installed."];
  // Only now are there packages to import.
  const esbuild = await import("esbuild");
  const { buildWasm } = await import("./wasm.mjs");
  const { buildRules } = await import("./rules.mjs");
  const { buildSchema } = await import("./schema.mjs");
  const { bundleWebview } = await import("./webview.mjs");
  const { bundleExtension } = await import("./extension.mjs");
  // First, because the sources import what it writes.
  await Promise.all([buildWasm(), buildRules()]);
  let size;
  try {
    size = await buildCli(esbuild);
    await buildSchema();
    await copyParser();
    const editor = [...(await bundleExtension(esbuild)), ...(await bundleWebview(esbuild))];
    for (const { path, contents } of editor) await put(path, contents);
    for (const { path, contents } of editor)
      if (/\.(?:cjs|js)$/.test(path)) console.log(`${relative(root, path)} ${kilobytes(contents.length)}`);
  } catch (failure) {
    return sourceErrors(failure);
  }
  const { errors, causes } = await buildCatalog(esbuild);
  console.log(`dist/cli.js and its chunks ${kilobytes(size)}, ${causes} causes in the catalogue`);
  return errors;
}

const begun = performance.now();
const errors = await build();
for (const error of errors) console.error(error);
if (errors.length > 0) console.error(`Build failed: ${errors.length} error(s).`);
else console.log(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
process.exitCode = errors.length > 0 ? 1 : 0;
