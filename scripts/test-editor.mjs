/** `npm run test:editor [-- FILTER]`: builds, sets up and runs the editor tests alone; FILTER names test files. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, prepare, root } from "./setup.mjs";

prepare({ tools: ["go"] });
if (!build()) process.exit(1);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [vitest, "run", "--config", "test/editor/vitest.config.ts", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
