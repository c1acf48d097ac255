/** The walls between the folders, proven to stand: see docs/architecture.md. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** Folders that must run in a browser, a worker and a web extension. */
const PURE = [
  "src/trace",
  "src/faulttree",
  "src/recipe",
  "src/golint",
  "src/export",
  "src/editor",
  "src/probe",
  "src/binary",
];

/** Files in them for build time and the command line, which may use Node. Nothing pure may import one. */
const NODE_SIDE = new Set([
  "src/faulttree/load.ts",
  "src/faulttree/source.ts",
  "src/binary/file-source.ts",
  // The probes' thin parts, which fetch the bytes that the others read.
  "src/probe/binary-file.ts",
  "src/probe/fetch.ts",
  "src/probe/whole-file.ts",
  "src/probe/goroutines.ts",
  "src/probe/library-host.ts",
  "src/probe/pprof-host.ts",
  "src/probe/proc.ts",
  "src/probe/quit.ts",
]);

/** Pure files in folders that may use Node: readers of bytes, and what a core's findings become. */
const PURE_FILES = [
  ...["core-notes", "lz4", "minidump", "go-binary", "quoted", "versions", "why-no-core"],
  ...[
    "inspect/values",
    "inspect/frames",
    "inspect/crash-text",
    "inspect/crash-report",
    "inspect/signals",
    "inspect/windows",
    "inspect/sections",
  ],
].map((name) => `src/delve/${name}.ts`);

const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

function pureFiles(): string[] {
  return PURE.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter((file) => file.endsWith(".ts") && !file.includes("/lexer/assembly/"))
    .filter((file) => !NODE_SIDE.has(file))
    .concat(PURE_FILES);
}

/** Every import of a Node built-in or a Node-side file that these files reach, directly or through others. */
async function nodeImports(files: readonly string[], cwd = root): Promise<string[]> {
  const found: string[] = [];
  await build({
    absWorkingDir: cwd,
    entryPoints: [...files],
    bundle: true,
    write: false,
    outdir: "unused",
    platform: "browser",
    format: "esm",
    logLevel: "silent",
    loader: { ".wasm": "binary" },
    plugins: [
      {
        name: "walls",
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ path, importer, resolveDir, kind }) => {
            if (kind === "entry-point") return undefined;
            const target = path.startsWith(".") ? relative(cwd, resolve(resolveDir, path)) : path;
            if (builtins.has(path) || NODE_SIDE.has(target))
              found.push(`${relative(cwd, importer)}: ${target}`);
            // Packages and built-ins are not ours to follow.
            return path.startsWith(".") ? undefined : { path, external: true };
          });
        },
      },
    ],
  });
  return found;
}

describe("the pure folders", () => {
  it("import no Node built-in", async () => {
    expect(pureFiles().length).toBeGreaterThan(10);
    expect(await nodeImports(pureFiles())).toEqual([]);
  });

  it("would be caught doing it, even through another file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "golm-walls-"));
    try {
      writeFileSync(join(folder, "a.ts"), 'import "./b.ts";\n');
      writeFileSync(join(folder, "b.ts"), 'import { readFileSync } from "node:fs";\nreadFileSync("x");\n');
      expect(await nodeImports(["./a.ts"], folder)).toEqual(["b.ts: node:fs"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("list only Node-side files that exist", () => {
    for (const file of NODE_SIDE) expect(existsSync(join(root, file)), file).toBe(true);
  });
});

describe("the import of vscode", () => {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const text = 'import { window } from "vscode";\n\nwindow.showInformationMessage("");\n';

  /** Lints these files, each with the import, under our own configuration; returns the files refused for it. */
  function refused(files: readonly string[]): string[] {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-walls-")));
    try {
      cpSync(join(root, "biome.json"), join(folder, "biome.json"));
      writeFileSync(join(folder, ".gitignore"), "node_modules/\n");
      for (const file of files) {
        mkdirSync(join(folder, dirname(file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      const args = [biome, "lint", "--reporter=github", "."];
      const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
      return stdout
        .split("\n")
        .filter((line) => line.includes("Only src/extension/ may import vscode"))
        .map((line) => relative(folder, resolve(folder, /file=([^,]+)/.exec(line)?.[1] ?? line)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it("is refused everywhere but in src/extension/", () => {
    const outside = ["src/cli/a.ts", "src/server/a.ts", "src/trace/deep/a.ts", "test/unit/a.ts"];
    expect(refused([...outside, "src/extension/a.ts", "src/extension/deep/a.ts"]).sort()).toEqual(outside);
  });
});
