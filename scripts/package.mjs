/**
 * `npm run package`: builds, and packs what an editor needs into golm-faultcheck-VERSION.vsix. It is packed from a folder
 * of its own, so that nothing gets in by being there.
 */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, root } from "./setup.mjs";

const stage = join(root, ".cache/vsix");

const FILES = [
  "README.md",
  "README.zh-cn.md",
  "CHANGELOG.md",
  "LICENSE",
  "package.nls.json",
  "package.nls.zh-cn.json",
  "dist",
  "l10n",
  "media",
  "snippets",
  "syntaxes",
];

/** Fields of the manifest that only development needs. */
const DEVELOPMENT = ["scripts", "devDependencies", "dependencies", "bin", "files", "private"];

/**
 * A browser's host takes the entry of a manifest of this type for an ES module, which it cannot load. What Node starts
 * in dist/ is one, and says so there.
 */
const TYPE = "type";

async function fill() {
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  const filter = (path) => !/\.(?:map|tmp)$/.test(path);
  for (const name of FILES) await cp(join(root, name), join(stage, name), { recursive: true, filter });
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  for (const field of [...DEVELOPMENT, TYPE]) delete manifest[field];
  await writeFile(join(stage, "dist/package.json"), '{ "type": "module" }\n');
  manifest.engines = { vscode: manifest.engines.vscode };
  await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function sizes(folder) {
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += (await stat(join(entry.parentPath ?? entry.path, entry.name))).size;
  }
  return { files, bytes };
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;

if (!build()) process.exit(1);
const { name, version } = await fill();
const { createVSIX } = await import("@vscode/vsce");
const packagePath = join(root, `${name}-${version}.vsix`);
await createVSIX({
  cwd: stage,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
const { files, bytes } = await sizes(stage);
const packed = (await stat(packagePath)).size;
console.log(
  `${relative(root, packagePath)}: ${files} files, ${kilobytes(bytes)}, packed ${kilobytes(packed)}`,
);
await rm(stage, { recursive: true });
