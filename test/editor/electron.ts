/**
 * `npm run test:electron [-- VERSION]`: the suites of the extension host in a desktop VS Code, which @vscode/test-electron
 * downloads. Needs a display (`xvfb-run -a` on a server). `stable` when no version is named.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { makeWorkspace } from "./driver/workspace.ts";
import { bundleSuite } from "./host/bundle.ts";
import { ROOT } from "./setup/store.ts";

/** What each suite is run with; those not named are the product's own. */
const EXTENSION: Readonly<Record<string, string>> = { "fixture-suite.ts": "test/editor/fixture-extension" };

const version = process.argv[2] ?? "stable";
const folder = mkdtempSync(join(tmpdir(), "golm-electron-"));
const workspace = makeWorkspace({ "main.go": "package main\n\nfunc main() {}\n" });
let failed = 0;
try {
  for (const name of readdirSync(join(ROOT, "test/editor/host")).filter((file) =>
    file.endsWith("-suite.ts"),
  )) {
    const suite = join(folder, `${name}.cjs`);
    await bundleSuite(`test/editor/host/${name}`, suite);
    try {
      await runTests({
        version,
        cachePath: join(ROOT, ".cache/vscode-test"),
        extensionDevelopmentPath: join(ROOT, EXTENSION[name] ?? "."),
        extensionTestsPath: suite,
        launchArgs: [
          workspace.folder,
          "--disable-extensions",
          "--disable-workspace-trust",
          "--user-data-dir",
          join(folder, "user"),
        ],
      });
      console.log(`${name}: passed`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${(error as Error).message}`);
    }
  }
} finally {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
