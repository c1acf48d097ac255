/** `npm run verify [-- ID...]`: builds, then proves the catalogue with the installed Go. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./setup.mjs";

await prepare({ tools: ["go", "gcc"] });
const cli = join(root, "dist/cli.js");
const { status } = spawnSync(process.execPath, [cli, "verify", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
