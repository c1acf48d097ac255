/** Finds source files named in a crash text on this machine. */
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { SourceReader } from "../faulttree/diagnosis.ts";

/** A crash text is hostile: it may name any file. Only source code is ever read and shown. */
const SOURCE_FILE = /\.(?:go|s|S|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|m|mm|rs)$/;
const LARGEST = 4 << 20;

interface Found {
  readonly path: string;
  readonly text: string;
}

/**
 * Looks first at the path as printed, then below each root by ever shorter ends of it, then in the module
 * cache. A file found by its bare name alone must hold the function the frame names.
 */
export function sourceReader(roots: readonly string[]): SourceReader {
  const cache = new Map<string, Found | undefined>();
  return {
    find(file, functionName) {
      const key = `${file}\n${functionName}`;
      if (!cache.has(key)) cache.set(key, find(file, functionName, roots));
      return cache.get(key);
    },
  };
}

function find(file: string, functionName: string, roots: readonly string[]): Found | undefined {
  const path = file.replaceAll("\\", "/");
  if (!SOURCE_FILE.test(path) || path.startsWith("//") || path.includes("\0")) return undefined;
  if (isAbsolute(file)) {
    const found = read(file);
    if (found) return found;
  }
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return undefined;
  for (let from = 0; from < parts.length; from++) {
    const bare = from === parts.length - 1;
    for (const root of roots) {
      const found = read(join(root, ...parts.slice(from)));
      if (found && (!bare || declares(found.text, functionName))) return found;
    }
  }
  return path.includes("@v") ? read(join(moduleCache(), ...parts)) : undefined;
}

/** Whether a file declares what `main.(*Server).handle.func1` names: `handle`. */
function declares(text: string, functionName: string): boolean {
  const names = functionName
    .replace(/\[\.\.\.\]/g, "")
    .slice(functionName.lastIndexOf("/") + 1)
    .split(".")
    .slice(1)
    .filter((part) => !/^(?:func\d+|\d+|gowrap\d+|\(.*\))$/.test(part));
  const name = names.at(-1)?.replace(/-(?:fm|range\d+)$/, "");
  if (!name) return true;
  const at = text.indexOf(`${name}(`);
  return at >= 0 || text.includes(`${name}[`);
}

function read(path: string): Found | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > LARGEST) return undefined;
    const text = readFileSync(path, "utf8");
    return text.includes("\0") ? undefined : { path, text };
  } catch {
    return undefined;
  }
}

function moduleCache(): string {
  return (
    process.env.GOMODCACHE ?? join(process.env.GOPATH?.split(":")[0] || join(homedir(), "go"), "pkg", "mod")
  );
}
