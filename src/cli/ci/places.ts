/** Where the source files of Go packages lie, read from go.mod and go.work. Nothing is run. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

interface Module {
  readonly path: string;
  readonly folder: string;
}

/** Modules in reach of a folder, as `go` would find them. */
export function modulesAround(folder: string): Module[] {
  const workspace = above(folder, "go.work");
  const folders = workspace ? usedFolders(workspace) : [];
  const own = above(folder, "go.mod");
  if (own) folders.push(dirname(own));
  const modules = [...new Set(folders)].flatMap((each) => {
    const path = /^\s*module\s+"?([^\s"]+)/m.exec(text(join(each, "go.mod")))?.[1];
    return path === undefined ? [] : [{ path, folder: each }];
  });
  return modules.sort((a, b) => b.path.length - a.path.length);
}

/** The folder of a package; undefined when no module holds it. */
export function folderOfPackage(path: string, modules: readonly Module[]): string | undefined {
  // `pkg [pkg.test]` and `pkg_test` lie where pkg lies.
  const plain = path.replace(/ \[.*$/, "").replace(/_test$/, "");
  for (const module of modules) {
    if (plain === module.path) return module.folder;
    if (plain.startsWith(`${module.path}/`)) {
      const folder = resolve(module.folder, plain.slice(module.path.length + 1));
      return folder.startsWith(module.folder) ? folder : undefined;
    }
  }
  return undefined;
}

function above(folder: string, name: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, name);
    if (existsSync(file)) return file;
    if (at === dirname(at)) return undefined;
  }
}

function usedFolders(workspace: string): string[] {
  const source = text(workspace).replace(/\/\/.*$/gm, "");
  const blocks = [...source.matchAll(/^\s*use\s*\(([^)]*)\)/gm)].flatMap(([, block]) => block!.split("\n"));
  const lines = [...source.matchAll(/^\s*use\s+([^\s(]+)\s*$/gm)].map(([, path]) => path!);
  return [...blocks, ...lines]
    .map((path) => path.trim().replace(/^"|"$/g, ""))
    .filter((path) => path !== "")
    .map((path) => resolve(dirname(workspace), path));
}

function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
