/** The diagnosis panel's page: `dist/webview/panel.js`, `panel.css` and the icon font. */
import { join } from "node:path";
import { root } from "./setup.mjs";

/** Returns the files with their contents, for the caller to write. `esbuild` is the package. */
export async function bundleWebview(esbuild) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { panel: "src/webview/page/main.ts", "panel-style": "src/webview/page/panel.css" },
    outdir: join(root, "dist/webview"),
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    loader: { ".ttf": "copy" },
    assetNames: "[name]",
    logLevel: "silent",
    write: false,
  });
  return outputFiles.map(({ path, contents }) => ({
    path: path.replace(/panel-style\.css$/, "panel.css"),
    contents,
  }));
}
