/**
 * `node scripts/ts.mjs FILE.ts [ARGS...]`: runs a TypeScript program of ours, which Node 20 cannot read. Packages
 * stay packages; only our own files are bundled.
 */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { installPackages, root } from "./setup.mjs";

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error("Usage: node scripts/ts.mjs FILE.ts [ARGS...]");
  process.exit(2);
}
if (!installPackages()) process.exit(2);
const { build } = await import("esbuild");
// Inside the repository, so that packages are found from there.
const folder = join(root, `.cache/ts-${process.pid}`);
mkdirSync(folder, { recursive: true });
const outfile = join(folder, "main.mjs");
try {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "error",
  });
  const child = spawn(process.execPath, ["--enable-source-maps", outfile, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = await new Promise((done) => child.on("close", (status) => done(status ?? 1)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
