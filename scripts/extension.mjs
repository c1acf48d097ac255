/**
 * The editor extension: `dist/extension.cjs` where programs run, with `dist/core.cjs` for when there is something to
 * diagnose, `dist/adapter.cjs` for debug sessions and `dist/lint-client.cjs` for when a Go file is open;
 * `dist/web/extension.js` for a browser, which can load one file only.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./setup.mjs";

/** A worker's host puts `.js` behind a name that has another ending. */
const TARGETS = [
  { entry: "src/adapter/inline.ts", out: "dist/adapter.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/node.ts", out: "dist/extension.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/core.ts", out: "dist/core.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/lint-client.ts", out: "dist/lint-client.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/web.ts", out: "dist/web/extension.js", platform: "browser", target: "es2022" },
];

/** What is loaded when it is first asked for stays a file of its own. */
const APART = {
  "/adapter/inline.ts": "./adapter.cjs",
  "/lint-client.ts": "./lint-client.cjs",
  "/core.ts": "./core.cjs",
};
const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/(?:adapter\/inline|lint-client|core)\.ts$/ }, ({ kind, path }) => {
      if (kind !== "dynamic-import") return undefined;
      const file = Object.entries(APART).find(([end]) => path.endsWith(end))?.[1];
      return file && { path: file, external: true };
    });
  },
};

/**
 * `import * as vscode` gives each module a copy of the editor's whole API, some hundred properties made one by one: with
 * forty modules more than half of the time to load. Ours read the object itself.
 */
const oneApi = {
  name: "one-api",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]extension[\\/][^\\/]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        /^import \* as vscode from "vscode";$/m,
        'import vscode = require("vscode");',
      ),
      loader: "ts",
    }));
  },
};

/** Returns the files with their contents, for the caller to write. `esbuild` is the package. */
export async function bundleExtension(esbuild) {
  const built = await Promise.all(
    TARGETS.map(({ entry, out, platform, target }) =>
      esbuild.build({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: join(root, out),
        bundle: true,
        minify: true,
        sourcemap: "linked",
        sourcesContent: false,
        format: "cjs",
        platform,
        target,
        external: ["vscode"],
        plugins: platform === "node" ? [apart, oneApi] : [oneApi],
        // Of package.json only the version is wanted.
        treeShaking: true,
        charset: "utf8",
        legalComments: "none",
        logLevel: "silent",
        write: false,
      }),
    ),
  );
  return built.flatMap(({ outputFiles }) => outputFiles.map(({ path, contents }) => ({ path, contents })));
}
