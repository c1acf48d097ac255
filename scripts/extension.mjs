/** The editor extension: `dist/extension.cjs`, with `dist/adapter.cjs`, where programs run, `dist/web/extension.js` for a browser. */
import { join } from "node:path";
import { root } from "./setup.mjs";

/** A worker's host puts `.js` behind a name that has another ending. */
const TARGETS = [
  { entry: "src/adapter/inline.ts", out: "dist/adapter.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/node.ts", out: "dist/extension.cjs", platform: "node", target: "node20" },
  { entry: "src/extension/web.ts", out: "dist/web/extension.js", platform: "browser", target: "es2022" },
];

/** What is loaded when it is first asked for stays a file of its own: `dist/adapter.cjs`. */
const adapterApart = {
  name: "adapter-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/adapter\/inline\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./adapter.cjs", external: true } : undefined,
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
        plugins: [adapterApart],
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
