/**
 * The limits of a control group, version 1 and 2, from the texts of /proc and the group's own files.
 * Sources: cgroups(7), Documentation/admin-guide/cgroup-v2.rst of Linux.
 */

/** Reads a small file; undefined where it is not there or may not be read. */
export type ReadText = (path: string) => string | undefined;

export interface MemoryGroup {
  /** Bytes; the tightest of the group and those around it. Absent: no limit. */
  readonly limit?: number;
  /** The folder whose limit it is. */
  readonly path?: string;
  readonly usage?: number;
  /** Processes of this group the kernel has killed for memory. */
  readonly oomKills?: number;
}

export interface CpuGroup {
  /** CPUs; the tightest of the group and those around it. Absent: no limit. */
  readonly cpus?: number;
  readonly path?: string;
  /** What Go 1.25 and later reads: the group's own limit, not that of those around it. */
  readonly own?: number;
  /** Periods in which the group was stopped, of all. */
  readonly throttled?: { readonly periods: number; readonly of: number };
}

export interface Groups {
  readonly memory?: MemoryGroup;
  readonly cpu?: CpuGroup;
  /** pids.max. */
  readonly pids?: { readonly limit: number; readonly current?: number };
}

interface Mount {
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
  readonly root: string;
  readonly at: string;
}

/** `mountinfo` is that of the reader, in whose eyes the paths are; `cgroup` is /proc/PID/cgroup. */
export function readGroups(cgroup: string, mountinfo: string, read: ReadText): Groups {
  const mounts = parseMounts(mountinfo);
  const memory = folders(cgroup, mounts, "memory", read);
  const cpu = folders(cgroup, mounts, "cpu", read);
  const pids = folders(cgroup, mounts, "pids", read);
  const groups = {
    memory: memory && memoryGroup(memory.paths, memory.version, read),
    cpu: cpu && cpuGroup(cpu.paths, cpu.version, read),
    pids: pids && pidsGroup(pids.paths, read),
  };
  return Object.fromEntries(Object.entries(groups).filter(([, group]) => group !== undefined));
}

function parseMounts(mountinfo: string): Mount[] {
  return mountinfo.split("\n").flatMap((line): Mount[] => {
    const [left, right] = line.split(" - ");
    const fields = left?.split(" ") ?? [];
    const [type, , options] = right?.split(" ") ?? [];
    if (type !== "cgroup" && type !== "cgroup2") return [];
    const root = unescaped(fields[3] ?? "/");
    const at = unescaped(fields[4] ?? "");
    return [{ version: type === "cgroup" ? 1 : 2, controllers: options?.split(",") ?? [], root, at }];
  });
}

/** Spaces and the like stand as octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The group's folder and those around it, innermost first. */
function folders(
  cgroup: string,
  mounts: readonly Mount[],
  controller: string,
  read: ReadText,
): { version: 1 | 2; paths: string[] } | undefined {
  const lines = cgroup.split("\n").map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  const one = lines.find((match) => match?.[1]?.split(",").includes(controller));
  const two = lines.find((match) => match?.[1] === "");
  const line = one ?? two;
  if (!line) return undefined;
  const version = one ? 1 : 2;
  const mount = mounts.find(
    (m) => m.version === version && (version === 2 || m.controllers.includes(controller)),
  );
  if (!mount) return undefined;
  if (version === 2 && !hasController(mount.at, controller, read)) return undefined;
  return { version, paths: upward(mount, line[2]!) };
}

/** On machines that mount both versions, the second has no controllers. */
function hasController(at: string, controller: string, read: ReadText): boolean {
  const list = read(`${at}/cgroup.controllers`);
  return list === undefined || list.trim().split(/\s+/).includes(controller);
}

function upward(mount: Mount, path: string): string[] {
  // Inside a container the path may be the host's, of which the mount shows the part below its root.
  const inside =
    mount.root !== "/" && (path === mount.root || path.startsWith(`${mount.root}/`))
      ? path.slice(mount.root.length)
      : path;
  const parts = inside.split("/").filter((part) => part !== "" && part !== "..");
  return Array.from({ length: parts.length + 1 }, (_, i) =>
    [mount.at, ...parts.slice(0, parts.length - i)].join("/"),
  );
}

/** Version 1 writes "no limit" as the largest number of pages. */
const NO_LIMIT = 2 ** 62;

function number(text: string | undefined): number | undefined {
  const match = /^\s*(-?\d+)\s*$/.exec(text ?? "");
  return match ? Number(match[1]) : undefined;
}

/** The number behind a word in a file of `word number` lines. */
function field(text: string | undefined, word: string): number | undefined {
  const match = new RegExp(`^${word} (\\d+)$`, "m").exec(text ?? "");
  return match ? Number(match[1]) : undefined;
}

function tightest(paths: readonly string[], limitAt: (path: string) => number | undefined) {
  let best: { limit: number; path: string } | undefined;
  for (const path of paths) {
    const limit = limitAt(path);
    if (limit !== undefined && (!best || limit < best.limit)) best = { limit, path };
  }
  return best;
}

function memoryGroup(paths: readonly string[], version: 1 | 2, read: ReadText): MemoryGroup {
  const best = tightest(paths, (path) => {
    const limit = number(read(`${path}/${version === 2 ? "memory.max" : "memory.limit_in_bytes"}`));
    return limit !== undefined && limit > 0 && limit < NO_LIMIT ? limit : undefined;
  });
  const at = best?.path ?? paths[0]!;
  const usage = number(read(`${at}/${version === 2 ? "memory.current" : "memory.usage_in_bytes"}`));
  const oomKills = field(
    read(`${paths[0]}/${version === 2 ? "memory.events" : "memory.oom_control"}`),
    "oom_kill",
  );
  return {
    ...best,
    ...(usage !== undefined && { usage }),
    ...(oomKills !== undefined && { oomKills }),
  };
}

function cpuGroup(paths: readonly string[], version: 1 | 2, read: ReadText): CpuGroup {
  const quota = (path: string) => (version === 2 ? quotaTwo(read(`${path}/cpu.max`)) : quotaOne(path, read));
  const best = tightest(paths, quota);
  const own = quota(paths[0]!);
  const stat = read(`${best?.path ?? paths[0]}/cpu.stat`);
  const periods = field(stat, "nr_throttled");
  const of = field(stat, "nr_periods");
  return {
    ...(best && { cpus: best.limit, path: best.path }),
    ...(own !== undefined && { own }),
    ...(periods !== undefined && of !== undefined && { throttled: { periods, of } }),
  };
}

function quotaTwo(text: string | undefined): number | undefined {
  const match = /^(\d+) (\d+)\s*$/.exec(text ?? "");
  return match && Number(match[2]) > 0 ? Number(match[1]) / Number(match[2]) : undefined;
}

function quotaOne(path: string, read: ReadText): number | undefined {
  const quota = number(read(`${path}/cpu.cfs_quota_us`));
  const period = number(read(`${path}/cpu.cfs_period_us`));
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
}

function pidsGroup(paths: readonly string[], read: ReadText): Groups["pids"] {
  const best = tightest(paths, (path) => number(read(`${path}/pids.max`)));
  if (!best) return undefined;
  const current = number(read(`${best.path}/pids.current`));
  return { limit: best.limit, ...(current !== undefined && { current }) };
}
