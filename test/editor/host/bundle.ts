/** Makes the one CommonJS file of a suite that an extension host can load. */
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../setup/store.ts";

export async function bundleSuite(
  suite: string,
  outfile: string,
  platform: "node" | "browser" = "node",
): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, suite)],
    outfile,
    bundle: true,
    format: "cjs",
    platform,
    target: "node20",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "error",
  });
}
