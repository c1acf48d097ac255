/** Finds the core a process left, by the kernel's pattern. Source: core(5), man-pages 6. */
import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";

/** The kernel's pattern; undefined where cores go to a program or the machine has no such file. */
export function corePattern(file = "/proc/sys/kernel/core_pattern"): string | undefined {
  try {
    const pattern = readFileSync(file, "utf8").trim();
    return pattern === "" || pattern.startsWith("|") ? undefined : pattern;
  } catch {
    return undefined;
  }
}

export interface Ended {
  readonly pid: number;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly begun: number;
}

/** The newest file that fits the pattern and was written since the process began. */
export async function findCore(pattern: string, ended: Ended): Promise<string | undefined> {
  const path = isAbsolute(pattern) ? pattern : join(ended.cwd, pattern);
  const folder = dirname(path);
  if (folder.includes("%")) return undefined; // A folder for each program: nothing to list.
  const names = await readdir(folder).catch(() => []);
  const fits = nameExpression(basename(path), ended.pid);
  let best: { path: string; at: number } | undefined;
  for (const name of names) {
    if (!fits.test(name)) continue;
    const found = join(folder, name);
    const info = await stat(found).catch(() => undefined);
    // File systems with whole seconds round down.
    if (!info?.isFile() || info.mtimeMs < ended.begun - 1000) continue;
    if (!best || info.mtimeMs > best.at) best = { path: found, at: info.mtimeMs };
  }
  return best?.path;
}

/** `core.%e.%p` as an expression; with kernel.core_uses_pid `.PID` follows a name without %p. */
function nameExpression(name: string, pid: number): RegExp {
  const parts = name.match(/%.?|[^%]+/g) ?? [];
  const source = parts.map((part) => {
    if (part === "%%") return "%";
    if (part === "%p" || part === "%P") return String(pid);
    // A percent sign with anything else behind it is a value we do not know.
    if (part.startsWith("%")) return part.length < 2 ? "" : "[^/]*";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  const withPid = /%[pP]/.test(name) ? "" : `(?:\\.${pid})?`;
  return new RegExp(`^${source.join("")}${withPid}$`);
}
