/** How this machine writes cores, read once: limits, pattern, room. Linux; elsewhere almost everything is absent. */
import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";

export interface CoreSetup {
  readonly platform: NodeJS.Platform;
  /** Bytes; Infinity for unlimited; undefined where unknown. */
  readonly softLimit?: number;
  readonly hardLimit?: number;
  /** The kernel's pattern, as it stands. */
  readonly pattern?: string;
  readonly usesPid: boolean;
  /** For a pattern that is a folder: where the core lands, and whether it can. */
  readonly folder?: string;
  readonly folderWritable?: boolean;
  readonly freeBytes?: number;
  readonly container: boolean;
  /** 0 to 3; absent without Yama. */
  readonly ptraceScope?: number;
  readonly gotraceback?: string;
  /** Bits of /proc/PID/coredump_filter. */
  readonly filter?: number;
}

export interface SetupPlaces {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For tests: another root than `/`. */
  readonly root?: string;
  readonly platform?: NodeJS.Platform;
}

/** Never throws: what cannot be read is absent. */
export function readCoreSetup({
  cwd,
  env = process.env,
  root = "/",
  platform = process.platform,
}: SetupPlaces): CoreSetup {
  const read = (path: string) => {
    try {
      return readFileSync(resolve(root, path), "utf8").trim();
    } catch {
      return undefined;
    }
  };
  const limits = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(read("proc/self/limits") ?? "");
  const pattern = read("proc/sys/kernel/core_pattern");
  const piped = pattern === undefined || pattern.startsWith("|");
  const folder = piped ? undefined : isAbsolute(pattern) ? dirname(pattern) : resolve(cwd, dirname(pattern));
  const scope = read("proc/sys/kernel/yama/ptrace_scope");
  const filter = read("proc/self/coredump_filter");
  const free = folder === undefined ? undefined : freeBytes(folder);
  return {
    platform,
    ...(limits && { softLimit: limitOf(limits[1]!), hardLimit: limitOf(limits[2]!) }),
    ...(pattern !== undefined && { pattern }),
    usesPid: read("proc/sys/kernel/core_uses_pid") === "1",
    ...(folder !== undefined && !folder.includes("%") && { folder, folderWritable: isWritable(folder) }),
    ...(free !== undefined && { freeBytes: free }),
    container: inContainer(root, read),
    ...(scope !== undefined && /^\d$/.test(scope) && { ptraceScope: Number(scope) }),
    ...(env.GOTRACEBACK !== undefined && { gotraceback: env.GOTRACEBACK }),
    ...(filter !== undefined && /^[0-9a-f]+$/.test(filter) && { filter: Number.parseInt(filter, 16) }),
  };
}

function limitOf(text: string): number {
  return text === "unlimited" ? Number.POSITIVE_INFINITY : Number(text);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

function inContainer(root: string, read: (path: string) => string | undefined): boolean {
  if (existsSync(resolve(root, ".dockerenv")) || existsSync(resolve(root, "run/.containerenv"))) return true;
  return /docker|kubepods|containerd|libpod|lxc/.test(read("proc/1/cgroup") ?? "");
}
