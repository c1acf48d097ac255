/**
 * Finds source files named in a crash text on this machine. Needs Node.
 *
 * A crash text comes from anywhere and may name any path: only regular files with a source suffix are read, and
 * only below the roots given, the module cache, or the src folder of GOROOT, symbolic links resolved.
 */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve, sep } from "node:path";
import type { SourceReader } from "./diagnosis.ts";

export interface SourcePlaces {
  /** Folders that hold the user's code, usually the working directory. Searched in this order. */
  readonly roots: readonly string[];
  /** Default: the environment's GOROOT, else /usr/local/go. */
  readonly goroot?: string;
  /** Default: GOMODCACHE, else pkg/mod below the first GOPATH or ~/go. */
  readonly moduleCache?: string;
}

interface Found {
  readonly path: string;
  readonly text: string;
}

const sourceName = /\.(?:go|s|S|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|m|mm|rs)$/;
const largestFile = 2 << 20;
/**
 * A search stops after so many entries: a root may be a home folder or a disk, and 20,000 entries would cost a quarter of
 * the time of a whole diagnosis.
 */
const mostEntries = 1_500;
/** Files of one name that are opened: a large repository has hundreds of main.go. */
const mostRead = 24;
const deepest = 12;
const skipped = /^(?:\..*|node_modules|__pycache__)$/;

/** A reader for these places. Its `find` never throws and answers undefined for all it may not or cannot read. */
export function createSourceReader(places: SourcePlaces): SourceReader {
  const finder = new Finder(places);
  const known = new Map<string, Found | undefined>();
  return {
    find(file, functionName) {
      const key = `${file}\n${functionName}`;
      if (!known.has(key)) known.set(key, finder.find(file, functionName));
      return known.get(key);
    },
  };
}

class Finder {
  private readonly roots: readonly string[];
  private readonly goroot: string | undefined;
  private readonly moduleCache: string | undefined;
  private index: ReadonlyMap<string, readonly string[]> | undefined;

  constructor({ roots, goroot, moduleCache }: SourcePlaces) {
    this.roots = roots.map(real).filter((root) => root !== undefined);
    this.goroot = real(join(goroot ?? (process.env.GOROOT || "/usr/local/go"), "src"));
    this.moduleCache = real(moduleCache ?? defaultModuleCache());
  }

  find(file: string, functionName: string): Found | undefined {
    const path = file.replaceAll("\\", "/");
    if (path.length > 4096 || path.includes("\0") || !sourceName.test(path)) return undefined;
    const parts = path.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.includes("..")) return undefined;
    return (
      this.asPrinted(file) ??
      this.inModuleCache(parts) ??
      this.inStandardLibrary(parts, functionName) ??
      this.belowRoots(parts, functionName)
    );
  }

  private asPrinted(file: string): Found | undefined {
    if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file)) return undefined;
    // To look for a file of another machine is to speak to that machine.
    const far = /^\/[\\/]/.test(file);
    for (const base of [...this.roots, this.moduleCache, this.goroot]) {
      if (far && (base === undefined || !inside(resolve(file), base))) continue;
      const found = base !== undefined && read(file, base);
      if (found) return found;
    }
    return undefined;
  }

  /** `/any/where/pkg/mod/M@v1.2.3/x.go`, or `M@v1.2.3/x.go` of a -trimpath build. */
  private inModuleCache(parts: readonly string[]): Found | undefined {
    const versioned = parts.findIndex((part) => /@v\d/.test(part));
    if (versioned < 0 || this.moduleCache === undefined) return undefined;
    const cache = parts.findIndex((part, i) => part === "pkg" && parts[i + 1] === "mod" && i < versioned);
    const module = parts.slice(cache < 0 ? 0 : cache + 2);
    // The cache spells capitals `!c`; a -trimpath name does not.
    const escaped = module.map((part) => part.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`));
    return (
      read(join(this.moduleCache, ...module), this.moduleCache) ??
      read(join(this.moduleCache, ...escaped), this.moduleCache)
    );
  }

  /** `GOROOT/src/net/http/server.go` of any machine, or `net/http/server.go`, where the function is of that package. */
  private inStandardLibrary(parts: readonly string[], functionName: string): Found | undefined {
    if (this.goroot === undefined) return undefined;
    const folder = parts.slice(0, -1).join("/");
    const owner = packageOf(functionName);
    if (owner === "main" || !(folder === owner || folder.endsWith(`src/${owner}`))) return undefined;
    return read(join(this.goroot, ...owner.split("/"), parts.at(-1)!), this.goroot);
  }

  /**
   * The file whose path ends most like the one printed: a container's /app/server/x.go is ROOT/server/x.go. A
   * name alone proves little, so that such a file must hold the function as well.
   */
  private belowRoots(parts: readonly string[], functionName: string): Found | undefined {
    for (let from = 0; from < parts.length; from++) {
      const nameAlone = from === parts.length - 1;
      for (const root of this.roots) {
        const found = read(join(root, ...parts.slice(from)), root);
        if (found && (!nameAlone || declares(found.text, functionName))) return found;
      }
    }
    return this.searched(parts, functionName);
  }

  /** Nothing where two files fit equally well: the wrong source would be worse than none. */
  private searched(parts: readonly string[], functionName: string): Found | undefined {
    this.index ??= indexFiles(this.roots);
    const named = (this.index.get(parts.at(-1)!) ?? []).map((path) => ({
      path,
      common: commonEnd(path.split(sep), parts),
    }));
    named.sort((a, b) => b.common - a.common);
    let best: Found | undefined;
    let bestCommon = 0;
    for (const { path, common } of named.slice(0, mostRead)) {
      if (common < bestCommon) break;
      const found = read(path, this.roots.find((base) => inside(path, base))!);
      if (!found || !declares(found.text, functionName)) continue;
      if (best) return undefined;
      best = found;
      bestCommon = common;
    }
    return best;
  }
}

function defaultModuleCache(): string {
  const gopath = process.env.GOPATH?.split(delimiter)[0] || join(homedir(), "go");
  return process.env.GOMODCACHE || join(gopath, "pkg", "mod");
}

function real(path: string): string | undefined {
  try {
    return realpathSync(resolve(path));
  } catch {
    return undefined;
  }
}

function inside(path: string, base: string): boolean {
  return path.startsWith(base.endsWith(sep) ? base : base + sep);
}

/** A source file below `base` once links are resolved; undefined for anything else. */
function read(path: string, base: string): Found | undefined {
  const target = real(path);
  if (target === undefined || !inside(target, base) || !sourceName.test(target)) return undefined;
  try {
    const stat = statSync(target);
    if (!stat.isFile() || stat.size > largestFile) return undefined;
    const text = readFileSync(target, "utf8");
    return text.includes("\0") ? undefined : { path: target, text };
  } catch {
    return undefined;
  }
}

/** Source files below the roots by their last name, in a fixed order. Folders that cannot be read are left out. */
function indexFiles(roots: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  let left = mostEntries;
  let level = roots.map((root) => root);
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      for (const entry of entriesOf(folder)) {
        if (left-- <= 0) return byName;
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !skipped.test(entry.name)) below.push(path);
        else if (entry.isFile() && sourceName.test(entry.name))
          byName.set(entry.name, [...(byName.get(entry.name) ?? []), path]);
      }
    }
    level = below;
  }
  return byName;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}

function packageOf(functionName: string): string {
  const slash = functionName.lastIndexOf("/");
  const dot = functionName.indexOf(".", slash + 1);
  return dot < 0 ? functionName : functionName.slice(0, dot);
}

/** Whether a file holds what `main.(*Server).handle[...].func1` names: `handle`. */
function declares(text: string, functionName: string): boolean {
  const plain = functionName.replace(/\[[^\]]*\]/g, "");
  const names = plain
    .slice(packageOf(plain).length + 1)
    .split(".")
    .map((part) => part.replace(/-(?:fm|range\d+)$/, ""))
    .filter((part) => !/^(?:func\d+|\d+|gowrap\d+|deferwrap\d+|init|glob|\(.*\)|)$/.test(part));
  const name = names.at(-1);
  return name === undefined || text.includes(`${name}(`) || text.includes(`${name}[`);
}
