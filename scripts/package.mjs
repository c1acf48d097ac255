/**
 * `npm run package`: builds, and packs what an editor needs into golm-faultcheck-VERSION.vsix. It is packed from a folder
 * of its own, so that nothing gets in by being there.
 *
 * Of the command line the editor starts the recorder alone, which is bundled for it as dist/cli.js.
 */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build, root } from "./setup.mjs";

const stage = join(root, ".cache/vsix");

/** Beside the bundles of the extension and its page. The pictures of the README are not shown from a package. */
const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "package.nls.json",
  "package.nls.zh-cn.json",
  "l10n",
  "media/example-crash.txt",
  "media/golm.svg",
  "media/icon.png",
  "media/panel-dark.svg",
  "media/panel-light.svg",
  "media/walkthrough",
  "snippets",
  "syntaxes",
  "dist/catalog.json",
  "dist/catalog-pages.json",
  "dist/server.js",
  "dist/lint-worker.js",
  "dist/web-tree-sitter.wasm",
  "dist/tree-sitter-go.wasm",
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
  for (const name of FILES) await cp(join(root, name), join(stage, name), { recursive: true });
  for (const { path, contents } of await bundles()) {
    const place = join(stage, relative(root, path));
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, contents);
  }
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  for (const field of [...DEVELOPMENT, TYPE]) delete manifest[field];
  await writeFile(join(stage, "dist/package.json"), '{ "type": "module" }\n');
  manifest.engines = { vscode: manifest.engines.vscode };
  await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(stage, "README.md"), readme(await readFile(join(root, "README.md"), "utf8")));
  return manifest;
}

/** The bundles alone, less their source maps: dist/ may hold files of older builds. */
async function bundles() {
  const esbuild = await import("esbuild");
  const { bundleExtension } = await import("./extension.mjs");
  const { bundleWebview } = await import("./webview.mjs");
  const made = await Promise.all([bundleExtension(esbuild), bundleWebview(esbuild), bundleRecorder(esbuild)]);
  return made.flat().filter(({ path }) => !path.endsWith(".map"));
}

async function bundleRecorder(esbuild) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/cli/recorder.ts"],
    outfile: join(root, "dist/cli.js"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return outputFiles;
}

/** An editor shows pictures and follows links of the web only. Those to files of the repository lead nowhere there. */
function readme(text) {
  const pictures = /[:：]?\n\n!\[[^\]]*\]\((?!https:)[^)]*\)/g;
  const other = /^\[[^\]]*\]\([^)]*\.md\)\n\n/m;
  const links = /\[([^\]]*)\]\((?!https:)[^)]*\)/g;
  return text.replaceAll(pictures, ".").replace(other, "").replaceAll(links, "$1");
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
