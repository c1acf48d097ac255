/** Fetches what /proc and the control groups say of a process. Linux alone. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { defined, type Executable, readExecutable } from "../binary/executable.ts";
import { openSource } from "../binary/file-source.ts";
import { type Groups, readGroups } from "./cgroup.ts";
import {
  type Bound,
  type LimitName,
  type MemoryMap,
  nulSeparated,
  parseEnvironment,
  parseLimits,
  parseSmaps,
  parseStatus,
  type Status,
} from "./proc-text.ts";

/** Parts of a process that may be closed to us. */
export type Part = "environ" | "exe" | "fd" | "smaps" | "limits";

export interface ProcessFacts {
  readonly pid: number;
  readonly status: Status;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly exe?: string;
  /** The program file was replaced or removed since the start. */
  readonly exeDeleted: boolean;
  readonly executable?: Executable;
  readonly limits: Partial<Record<LimitName, Bound>>;
  readonly groups: Groups;
  readonly openFiles?: number;
  readonly memory?: MemoryMap;
  readonly corePattern?: string;
  readonly workingFolder?: string;
  readonly denied: readonly Part[];
}

export type ProcessResult = ProcessFacts | { readonly problem: "gone" | "kernel" | "zombie" };

/** `root` is `/` but in tests: a folder that holds `proc` and `sys` of another machine. */
export function readProcess(pid: number, root = "/"): ProcessResult {
  const base = root === "/" ? "" : root;
  const at = `${base}/proc/${pid}`;
  const denied: Part[] = [];
  const read = (path: string, part?: Part): string | undefined => {
    try {
      return readFileSync(path, "utf8");
    } catch (failure) {
      if (part && isDenied(failure)) denied.push(part);
      return undefined;
    }
  };
  const statusText = read(`${at}/status`);
  if (statusText === undefined) return { problem: "gone" };
  const status = parseStatus(statusText);
  if (status.state === "Z" || status.state === "X") return { problem: "zombie" };
  const args = nulSeparated(read(`${at}/cmdline`) ?? "");
  if (args.length === 0 && status.rss === undefined) return { problem: "kernel" };
  const environ = read(`${at}/environ`, "environ");
  const smaps = read(`${at}/smaps`, "smaps");
  const groupText = (path: string) => read(base + path);
  const facts = {
    pid,
    status,
    arguments: args,
    limits: parseLimits(read(`${at}/limits`, "limits") ?? ""),
    groups: readGroups(read(`${at}/cgroup`) ?? "", read(`${base}/proc/self/mountinfo`) ?? "", groupText),
    ...readExe(at, denied),
    ...defined({
      environment: environ === undefined ? undefined : parseEnvironment(environ),
      openFiles: countFiles(`${at}/fd`, denied),
      memory: smaps ? parseSmaps(smaps) : undefined,
      corePattern: read(`${base}/proc/sys/kernel/core_pattern`)?.trim(),
      workingFolder: link(`${at}/cwd`),
    }),
  };
  // What vanishes while it is read leaves empty files behind.
  if (read(`${at}/status`) === undefined) return { problem: "gone" };
  return { ...facts, denied };
}

function isDenied(failure: unknown): boolean {
  const { code } = failure as NodeJS.ErrnoException;
  return code === "EACCES" || code === "EPERM";
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function countFiles(path: string, denied: Part[]): number | undefined {
  try {
    return readdirSync(path).length;
  } catch (failure) {
    if (isDenied(failure)) denied.push("fd");
    return undefined;
  }
}

const DELETED = " (deleted)";

/** Through /proc/PID/exe the program is read that runs, not what stands at its path today. */
function readExe(at: string, denied: Part[]): Pick<ProcessFacts, "exe" | "exeDeleted" | "executable"> {
  const name = link(`${at}/exe`);
  const exeDeleted = name?.endsWith(DELETED) ?? false;
  const named = name === undefined ? {} : { exe: exeDeleted ? name.slice(0, -DELETED.length) : name };
  try {
    const file = openSource(`${at}/exe`);
    try {
      const executable = readExecutable(file);
      return { ...named, exeDeleted, ...(executable && { executable }) };
    } finally {
      file.close();
    }
  } catch (failure) {
    if (isDenied(failure)) denied.push("exe");
    return { ...named, exeDeleted };
  }
}
