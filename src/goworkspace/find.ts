/**
 * The Go files below folders, grouped as the go command would: modules, packages, the active configuration. Reads
 * names first and texts when they are asked for, so that a large tree never stands in memory.
 */
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import {
  type BuildContext,
  type GoMod,
  isBuilt,
  isGenerated,
  readGoMod,
  readGoWork,
} from "../golint/index.ts";

/** Of larger files nothing is read: no one wrote them. */
export const LARGEST_FILE = 16 << 20;
/** Links are followed to files only; folders deeper than this are a mistake. */
const DEEPEST = 64;

export interface Problem {
  readonly path: string;
  readonly kind: "missing" | "denied" | "large" | "unreadable" | "not-go";
}

export interface FindOptions {
  readonly context: BuildContext;
  /** What cannot be read is told here and left out. */
  readonly onProblem: (problem: Problem) => void;
}

/** A source text as it was read; bytes that are no UTF-8 become U+FFFD, as many as they were. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Resolves what the command line names: `./...`, `dir/...`, a folder, a file. `onlyFiles` holds the files named one by
 * one, where only those are to be checked.
 */
export function resolvePatterns(
  patterns: readonly string[],
  cwd: string,
  options: FindOptions,
): { folders: string[]; onlyFiles: Set<string> } {
  const folders = new Set<string>();
  const whole = new Set<string>();
  const onlyFiles = new Set<string>();
  for (const pattern of patterns) {
    const recursive = /(?:^|[\\/])\.\.\.$/.test(pattern);
    const path = resolve(cwd, recursive ? pattern.slice(0, -3) || "." : pattern);
    const kind = kindOf(path);
    if (kind === undefined) options.onProblem({ path: pattern, kind: "missing" });
    else if (kind === "file") {
      if (!path.endsWith(".go")) options.onProblem({ path: pattern, kind: "not-go" });
      else onlyFiles.add(path);
    } else
      for (const folder of recursive ? below(path, options) : [path]) {
        folders.add(folder);
        whole.add(folder);
      }
  }
  // A file that is named beside its whole folder is checked with it.
  for (const file of [...onlyFiles]) {
    if (whole.has(dirname(file))) onlyFiles.delete(file);
    else folders.add(dirname(file));
  }
  return { folders: [...folders].sort(), onlyFiles };
}

function kindOf(path: string): "file" | "folder" | undefined {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return undefined;
  }
}

/** As `...` means it: nested modules, vendor, testdata and folders beginning with . or _ are left out; go.work's modules are not. */
function below(root: string, options: FindOptions): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const used = new Set(workspaceModules(root));
  const visit = (folder: string, depth: number): void => {
    const real = realOf(folder);
    if (depth > DEEPEST || real === undefined || seen.has(real)) return;
    seen.add(real);
    const entries = entriesOf(folder, options);
    if (depth > 0 && entries.some((e) => e.name === "go.mod") && !used.has(folder)) return;
    if (entries.some((e) => e.name.endsWith(".go"))) found.push(folder);
    for (const entry of entries) {
      if (entry.isDirectory() && !isLeftOut(entry.name)) visit(join(folder, entry.name), depth + 1);
    }
  };
  for (const folder of [root, ...used]) visit(folder, 0);
  return found;
}

const isLeftOut = (name: string): boolean =>
  name.startsWith(".") ||
  name.startsWith("_") ||
  name === "testdata" ||
  name === "vendor" ||
  name === "node_modules";

/** The modules of a go.work in this folder, that lie below it. */
function workspaceModules(root: string): string[] {
  const text = quietly(() => readFileSync(join(root, "go.work"), "utf8"));
  if (text === undefined) return [];
  return readGoWork(text)
    .map((folder) => resolve(root, folder))
    .filter((folder) => folder.startsWith(root + sep) && kindOf(folder) === "folder");
}

function entriesOf(folder: string, options: FindOptions): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (failure) {
    options.onProblem({ path: folder, kind: problemOf(failure) });
    return [];
  }
}

const realOf = (path: string): string | undefined => quietly(() => realpathSync(path));

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function problemOf(failure: unknown): Problem["kind"] {
  const { code } = failure as NodeJS.ErrnoException;
  return code === "ENOENT" ? "missing" : code === "EACCES" || code === "EPERM" ? "denied" : "unreadable";
}

/** The texts of a folder's Go files that the configuration builds, by package; generated ones tell names but are not checked. */
export function* packagesIn(
  folder: string,
  options: FindOptions,
): Generator<{
  readonly minor: number;
  readonly files: readonly ReadFile[];
  readonly checked: ReadonlySet<string>;
}> {
  const byName = new Map<string, ReadFile[]>();
  const checked = new Set<string>();
  for (const entry of entriesOf(folder, options)) {
    if (!entry.name.endsWith(".go") || entry.isDirectory()) continue;
    const file = readSource(join(folder, entry.name), options);
    if (!file) continue;
    const head = headOf(file.text);
    if (!isBuilt(entry.name, head, options.context)) continue;
    const name = /^package\s+(\w+)/m.exec(head)?.[1] ?? "";
    byName.set(name, [...(byName.get(name) ?? []), file]);
    if (!isGenerated(file.text.slice(0, 1 << 14))) checked.add(file.path);
  }
  const minor = moduleOf(folder)?.minor ?? options.context.minor;
  for (const files of byName.values()) yield { minor, files, checked };
}

/** The text of one Go file; undefined, and a problem, where it cannot be had. It may have gone since it was listed. */
export function readSource(
  path: string,
  { onProblem }: Pick<FindOptions, "onProblem">,
): ReadFile | undefined {
  try {
    const stat = statSync(path);
    // Reading a pipe or a device would never end.
    if (!stat.isFile()) {
      onProblem({ path, kind: "unreadable" });
      return undefined;
    }
    if (stat.size > LARGEST_FILE) {
      onProblem({ path, kind: "large" });
      return undefined;
    }
    return { path, text: readFileSync(path, "utf8") };
  } catch (failure) {
    // A file that vanished while we worked is no fault.
    const kind = problemOf(failure);
    if (kind !== "missing") onProblem({ path, kind });
    return undefined;
  }
}

/** Enough to see the build line, the package clause and the imports. */
export function headOf(text: string): string {
  const end = text.search(/^(?:func|type|var|const)\b/m);
  return end < 0 ? text.slice(0, 1 << 16) : text.slice(0, end);
}

const modules = new Map<string, GoMod | undefined>();

/** The module a folder belongs to; undefined outside of modules. Read once: see `forgetModules`. */
export function moduleOf(folder: string): GoMod | undefined {
  if (modules.has(folder)) return modules.get(folder);
  const text = quietly(() => readFileSync(join(folder, "go.mod"), "utf8"));
  const parent = dirname(folder);
  const found = text !== undefined ? readGoMod(text) : parent === folder ? undefined : moduleOf(parent);
  modules.set(folder, found);
  return found;
}

/** To be called when a go.mod may have changed. */
export function forgetModules(): void {
  modules.clear();
}
