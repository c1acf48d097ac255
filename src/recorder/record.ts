/**
 * What is kept of a run that crashed: a folder of its own with the crash text, the program and its core.
 *
 * `go test` and `go run` delete the program they built, and a core without its program is worth little. So the program
 * is linked, not copied: that takes no time and no room while the original is there.
 */
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, isAbsolute, join } from "node:path";

/** `record.json`. Times are milliseconds since the epoch; paths are absolute, but for a command looked up in PATH. */
export interface RunRecord {
  readonly format: 1;
  /** The program that was started, and the name it has in this folder; a command looked up in PATH is not kept. */
  readonly program: { readonly path: string; readonly kept?: string };
  readonly core?: { readonly path: string; readonly kept?: string };
  readonly cwd: string;
  readonly pid: number;
  readonly begun: number;
  readonly ended: number;
  readonly status?: number;
  readonly signal?: string;
  /** Crash texts in this folder, in the order they were printed. */
  readonly texts: readonly string[];
}

export interface ToKeep {
  readonly program: string;
  readonly core?: string;
  readonly cwd: string;
  readonly pid: number;
  readonly begun: number;
  readonly status?: number;
  readonly signal?: string;
  readonly texts: readonly Uint8Array[];
}

/** Kept at most: the oldest go first. */
export interface Bounds {
  readonly records: number;
  readonly bytes: number;
}

export const DEFAULT_BOUNDS: Bounds = { records: 20, bytes: 4 * 2 ** 30 };

/** Where records go: GOLM_RECORDS, else the user's state folder. */
export function recordsFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.GOLM_RECORDS) return env.GOLM_RECORDS;
  const state = env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "golm-faultcheck", "records");
}

/**
 * Writes a record and returns its folder. The folder appears under its name only when it is whole, so that a watcher
 * never reads half of one. Rejects when the text cannot be written; a program or core that cannot be kept is left out.
 */
export async function keepRecord(folder: string, found: ToKeep, bounds = DEFAULT_BOUNDS): Promise<string> {
  const time = new Date(found.begun).toISOString().replace(/\D/g, "").slice(0, 14);
  const name = `${time}-${found.pid}`;
  const draft = join(folder, `.${name}.tmp`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const texts: string[] = [];
  for (const [index, text] of found.texts.entries()) {
    texts.push(`crash-${index + 1}.txt`);
    await writeFile(join(draft, texts[index]!), text);
  }
  const program = isAbsolute(found.program)
    ? await keepFile(found.program, join(draft, programName(found.program)))
    : undefined;
  const core = found.core === undefined ? undefined : await keepFile(found.core, join(draft, "core"));
  const record: RunRecord = {
    format: 1,
    program: { path: found.program, ...(program && { kept: basename(program) }) },
    ...(found.core !== undefined && { core: { path: found.core, ...(core && { kept: basename(core) }) } }),
    cwd: found.cwd,
    pid: found.pid,
    begun: found.begun,
    ended: Date.now(),
    ...(found.status !== undefined && { status: found.status }),
    ...(found.signal !== undefined && { signal: found.signal }),
    texts,
  };
  await writeFile(join(draft, "record.json"), `${JSON.stringify(record, undefined, 2)}\n`);
  const whole = join(folder, name);
  await rm(whole, { recursive: true, force: true });
  await rename(draft, whole);
  await prune(folder, bounds);
  return whole;
}

/** Never a name that means something else in the folder. */
function programName(path: string): string {
  return `program-${basename(path)}`;
}

/** A hard link, or a copy where the file system has none or the file lies on another one. */
async function keepFile(from: string, to: string): Promise<string | undefined> {
  try {
    await link(from, to).catch(() => copyFile(from, to));
    return to;
  } catch {
    return undefined;
  }
}

const RECORD_NAME = /^\d{14}-\d+$/;

/** The records of a folder, newest first; what is not one of ours is left out. */
export async function listRecords(folder: string): Promise<{ folder: string; record: RunRecord }[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => RECORD_NAME.test(name));
  const found = await Promise.all(
    names
      .sort()
      .reverse()
      .map((name) => readRecord(join(folder, name))),
  );
  return found.filter((each) => each !== undefined);
}

async function readRecord(folder: string): Promise<{ folder: string; record: RunRecord } | undefined> {
  try {
    const record = JSON.parse(await readFile(join(folder, "record.json"), "utf8")) as RunRecord;
    return record.format === 1 && Array.isArray(record.texts) ? { folder, record } : undefined;
  } catch {
    return undefined;
  }
}

async function prune(folder: string, { records, bytes }: Bounds): Promise<void> {
  const names = (await readdir(folder))
    .filter((name) => RECORD_NAME.test(name))
    .sort()
    .reverse();
  let total = 0;
  for (const [index, name] of names.entries()) {
    total += await sizeOf(join(folder, name));
    // The newest stays, however large its core is.
    if (index > 0 && (index >= records || total > bytes))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Bytes on disk, because cores are sparse. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ blocks }) => blocks * 512,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
