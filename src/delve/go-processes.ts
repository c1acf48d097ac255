/** Go programs that run on this machine under this user. Linux: elsewhere the list is empty. */
import { readdir, readFile, stat } from "node:fs/promises";
import { openBinary } from "./core-file.ts";

export interface GoProcess {
  readonly pid: number;
  /** As in /proc: at most 15 bytes. */
  readonly name: string;
  readonly command: readonly string[];
  /** Import path of the main package. */
  readonly main?: string;
  /** Bytes in memory. */
  readonly resident?: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

/** The youngest first. Kernel threads, other programs and what may not be read are left out; never rejects. */
export async function goProcesses(): Promise<GoProcess[]> {
  const uid = process.getuid?.();
  const names = await readdir("/proc").catch(() => [] as string[]);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found: GoProcess[] = [];
  for (const pid of pids) {
    if (pid === process.pid) continue;
    const each = await goProcess(pid, uid).catch(() => undefined);
    if (each) found.push(each);
  }
  return found.sort((a, b) => b.started - a.started);
}

async function goProcess(pid: number, uid: number | undefined): Promise<GoProcess | undefined> {
  const folder = await stat(`/proc/${pid}`);
  if (uid !== undefined && folder.uid !== uid) return undefined;
  const binary = openBinary(`/proc/${pid}/exe`);
  try {
    const { build } = binary.binary;
    if (!build) return undefined;
    const [comm, command, status] = await Promise.all([
      readFile(`/proc/${pid}/comm`, "utf8"),
      readFile(`/proc/${pid}/cmdline`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return {
      pid,
      name: comm.trim(),
      command: command.split("\0").filter((word) => word !== ""),
      ...(build.path !== undefined && { main: build.path }),
      ...(resident !== undefined && { resident: Number(resident) * 1024 }),
      started: folder.ctimeMs,
    };
  } finally {
    binary.source.close();
  }
}
