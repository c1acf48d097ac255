/** `npm run verify [-- ID...]`: builds, then proves the catalogue with the installed Go. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, prepare, root } from "./setup.mjs";

prepare({ tools: ["go", "gcc", "g++"] });
// A fault in another scenario's folder fails the build; verify itself refuses only what it was asked for.
const ids = process.argv.slice(2);
if (!build() && ids.length === 0) process.exit(1);
const { status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "verify", ...ids], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
