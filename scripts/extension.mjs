/**
 * The editor extension: `dist/extension.cjs` where programs run, with `dist/lint-client.cjs` for when a Go file is open;
 * `dist/web/extension.js` for a browser.
 */
import { join } from "node:path";
import { root } from "./setup.mjs";

const LINT_CLIENT = "src/extension/lint-client.ts";

/** A worker's host puts `.js` behind a name that has another ending. */
const TARGETS = [
  { entry: "src/extension/node.ts", out: "dist/extension.cjs", platform: "node", target: "node20" },
  { entry: LINT_CLIENT, out: "dist/lint-client.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/web.ts", out: "dist/web/extension.js", platform: "browser", target: "es2022" },
];

/** The linter's client is loaded when it is needed, out of a file of its own. */
const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/lint-client\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./lint-client.cjs", external: true } : undefined,
    );
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
