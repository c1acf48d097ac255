/**
 * `npm run verify [-- ID...]`: builds, then proves the catalogue with the installed Go.
 * `npm run verify -- --lint [RULE...]`: runs the bad programs of the linter's rules, and what their fixes make of them.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, prepare, root } from "./setup.mjs";

prepare({ tools: ["go", "gcc", "g++"] });
// A fault in another scenario's folder fails the build; verify itself refuses only what it was asked for.
const ids = process.argv.slice(2);
if (ids[0] === "--lint") {
  const programs = [join(root, "scripts/ts.mjs"), "test/lint-programs/main.ts", ...ids.slice(1)];
  process.exit(spawnSync(process.execPath, programs, { cwd: root, stdio: "inherit" }).status ?? 1);
}
if (!build() && ids.length === 0) process.exit(1);
const { status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "verify", ...ids], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
