/**
 * The editor extension: `dist/extension.cjs` where programs run, with `dist/adapter.cjs` for debug sessions and
 * `dist/lint-client.cjs` for when a Go file is open; `dist/web/extension.js` for a browser.
 */
import { join } from "node:path";
import { root } from "./setup.mjs";

const LINT_CLIENT = "src/extension/lint-client.ts";

/** A worker's host puts `.js` behind a name that has another ending. */
const TARGETS = [
  { entry: "src/adapter/inline.ts", out: "dist/adapter.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/node.ts", out: "dist/extension.cjs", platform: "node", target: "node20" },
  { entry: LINT_CLIENT, out: "dist/lint-client.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/web.ts", out: "dist/web/extension.js", platform: "browser", target: "es2022" },
];

/** What is loaded when it is first asked for stays a file of its own. */
const APART = { "/adapter/inline.ts": "./adapter.cjs", "/lint-client.ts": "./lint-client.cjs" };
const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/(?:adapter\/inline|lint-client)\.ts$/ }, ({ kind, path }) => {
      if (kind !== "dynamic-import") return undefined;
      const file = Object.entries(APART).find(([end]) => path.endsWith(end))?.[1];
      return file && { path: file, external: true };
    });
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
        plugins: [apart],
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
