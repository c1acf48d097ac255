/**
 * `npm run test:electron [-- VERSION]`: the suites of the extension host in a desktop VS Code, which @vscode/test-electron
 * downloads. Needs a display (`xvfb-run -a` on a server). `stable` when no version is named.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { makeWorkspace, type Workspace } from "./driver/workspace.ts";
import { bundleSuite } from "./host/bundle.ts";
import { ROOT } from "./setup/store.ts";
import { suiteWorkspace } from "./suite/workspace.ts";

interface Suite {
  readonly file: string;
  readonly extension: string;
  readonly workspace: () => Workspace;
}

const SUITES: readonly Suite[] = [
  {
    file: "test/editor/host/fixture-suite.ts",
    extension: "test/editor/fixture-extension",
    workspace: () => makeWorkspace({ "main.go": "package main\n\nfunc main() {}\n" }),
  },
  { file: "test/editor/suite/extension-suite.ts", extension: ".", workspace: suiteWorkspace },
];

const version = process.argv[2] ?? "stable";

async function runOne({ file, extension, workspace }: Suite, folder: string): Promise<boolean> {
  const suite = join(folder, "suite.cjs");
  await bundleSuite(file, suite);
  const opened = workspace();
  try {
    await runTests({
      version,
      cachePath: join(ROOT, ".cache/vscode-test"),
      extensionDevelopmentPath: join(ROOT, extension),
      extensionTestsPath: suite,
      launchArgs: [
        opened.folder,
        "--disable-extensions",
        "--disable-workspace-trust",
        ...["--user-data-dir", join(folder, "user")],
      ],
    });
    console.log(`${file}: passed`);
    return true;
  } catch (error) {
    console.error(`${file}: ${(error as Error).message}`);
    return false;
  } finally {
    opened.remove();
  }
}

for (const suite of SUITES) {
  const folder = mkdtempSync(join(tmpdir(), "golm-electron-"));
  try {
    if (!(await runOne(suite, folder))) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
