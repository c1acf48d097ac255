/**
 * `npm run verify [-- ID...]`: builds, then proves the catalogue with the installed Go.
 * `npm run verify -- --recipes [ID...]`: runs recipes in Delve and gdb, and makes their rows of
 * docs/recipes.md anew.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { debuggerOptions, findDebuggers } from "./debuggers.mjs";
import { build, prepare, root } from "./setup.mjs";

prepare({ tools: ["go", "gcc", "g++"] });
const args = process.argv.slice(2);
// A fault in another scenario's folder fails the build; verify itself refuses only what it was asked for.
if (!build() && args.length === 0) process.exit(1);
const { status } = spawnSync(
  process.execPath,
  [join(root, "dist/cli.js"), "verify", ...args, ...(args.includes("--recipes") ? forRecipes() : [])],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;

function forRecipes() {
  const debuggers = findDebuggers();
  for (const problem of debuggers.problems) console.error(problem);
  if (debuggers.problems.length > 0) process.exit(2);
  const table = args.some((arg) => arg.startsWith("--table")) ? [] : ["--table=docs/recipes.md"];
  return [...debuggerOptions(debuggers), ...table];
}
