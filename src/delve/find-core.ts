/** Cores on this machine, and the programs that wrote them. Looks at names and headers; runs coredumpctl at most. */
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { corePattern } from "../recorder/core-file.ts";
import { listRecords, recordsFolder } from "../recorder/record.ts";
import { isCore, type OpenCore, openBinary } from "./core-file.ts";
import { matchCore } from "./match.ts";
import { baseName } from "./minidump.ts";
import { apportFields } from "./packed-core.ts";
import { DelveProblem } from "./problem.ts";

export interface FoundCore {
  readonly from: "record" | "pattern" | "workspace" | "coredumpctl" | "apport";
  /** Absent where systemd keeps it packed: `extractCore` brings it out. */
  readonly path?: string;
  /** Path of the program, where whoever kept the core knows. */
  readonly program?: string;
  readonly pid?: number;
  readonly signal?: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Bytes on disk, holes left out. */
  readonly bytes?: number;
}

export interface WhereCores {
  /** Folders of the workspace, and the working directory. */
  readonly folders: readonly string[];
  /** The kernel's pattern; default: this machine's. */
  readonly pattern?: string;
  readonly records?: string;
  /** Default: from PATH. */
  readonly coredumpctl?: string;
  readonly apport?: string;
  /** Where systemd-coredump keeps its files; the journal may have forgotten them. */
  readonly systemd?: string;
  /** Where Apport keeps its reports. */
  readonly reports?: string;
}

const MOST_ENTRIES = 2000;
const MOST_FOUND = 100;
const CORE_NAME = /^(?:core(?:[.-].{1,200})?|.{1,200}\.(?:core|dmp|mdmp))$/;
/** Folders that are large and never hold a core. */
const SKIPPED = new Set(["node_modules", ".git", "vendor"]);

/** The newest first, each once, a hundred at most. What cannot be looked at is left out. */
export async function findCores(where: WhereCores): Promise<FoundCore[]> {
  const pattern = where.pattern ?? corePattern();
  const all = await Promise.all([
    fromRecords(where.records ?? recordsFolder()),
    pattern === undefined ? [] : fromPattern(pattern),
    ...where.folders.map((folder) => fromFolder(folder, "workspace")),
    ...where.folders.map((folder) => subfolders(folder)),
    fromCoredumpctl(where.coredumpctl ?? "coredumpctl"),
    fromFolder(where.apport ?? "/var/lib/apport/coredump", "apport"),
    fromSystemd(where.systemd ?? "/var/lib/systemd/coredump"),
    fromReports(where.reports ?? "/var/crash"),
  ]);
  const found = new Map<string, FoundCore>();
  for (const core of withFiles(all.flat())) {
    const key = core.path ?? `${core.pid} ${core.time}`;
    if (!found.has(key)) found.set(key, core);
  }
  return [...found.values()].sort((a, b) => b.time - a.time).slice(0, MOST_FOUND);
}

/**
 * coredumpctl names no files, and its time is when the core had been stored, at least as late as the one in the file's
 * name: of each process and file the next entry is the same core. The file stays, with what the entry knows.
 */
function withFiles(cores: readonly FoundCore[]): FoundCore[] {
  const listed = cores.filter(({ from, path }) => from === "coredumpctl" && path === undefined);
  const joined = cores.map((core) => {
    if (core.from !== "coredumpctl" || core.path === undefined) return core;
    const later = listed.filter(({ pid, time }) => pid === core.pid && time >= core.time);
    const entry = later.sort((a, b) => a.time - b.time)[0];
    if (!entry) return core;
    listed.splice(listed.indexOf(entry), 1);
    return { ...entry, ...core };
  });
  return joined.filter((core) => core.path !== undefined || listed.includes(core));
}

async function fromRecords(folder: string): Promise<FoundCore[]> {
  const found = (await listRecords(folder)).filter(({ record }) => record.core !== undefined);
  const cores = found.map(async ({ folder: at, record }): Promise<FoundCore | undefined> => {
    const path = record.core!.kept ? join(at, record.core!.kept) : record.core!.path;
    const info = await stat(path).catch(() => undefined);
    if (!info?.isFile()) return undefined;
    return {
      from: "record",
      path,
      program: record.program.kept ? join(at, record.program.kept) : record.program.path,
      pid: record.pid,
      ...(record.signal && { signal: record.signal }),
      time: record.ended,
      bytes: info.blocks * 512,
    };
  });
  return (await Promise.all(cores)).filter((each) => each !== undefined);
}

/** A pattern with a folder of its own, such as /var/crash/core.%e.%p. One without lies where the program ran. */
async function fromPattern(pattern: string): Promise<FoundCore[]> {
  const folder = dirname(pattern);
  if (!isAbsolute(pattern) || folder.includes("%")) return [];
  const parts = basename(pattern).match(/%.?|[^%]+/g) ?? [];
  const source = parts.map((part) =>
    part.startsWith("%") ? "[^/]*" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  const fits = new RegExp(`^${source.join("")}(?:\\.\\d+)?$`);
  return fromFolder(folder, "pattern", (name) => fits.test(name));
}

async function subfolders(folder: string): Promise<FoundCore[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((each) => each.isDirectory() && !SKIPPED.has(each.name)).slice(0, 50);
  return (await Promise.all(folders.map(({ name }) => fromFolder(join(folder, name), "workspace")))).flat();
}

async function fromFolder(
  folder: string,
  from: FoundCore["from"],
  fits: (name: string) => boolean = (name) => CORE_NAME.test(name),
): Promise<FoundCore[]> {
  const names = (await readdir(folder).catch(() => [])).slice(0, MOST_ENTRIES).filter(fits);
  const found: FoundCore[] = [];
  for (const name of names.slice(0, MOST_FOUND)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile() && isCore(path))
      found.push({ from, path, time: info.mtimeMs, bytes: info.blocks * 512 });
  }
  return found;
}

const COREDUMPCTL_TIMEOUT_MS = 10_000;

/** systemd's list. Source: coredumpctl(1), --json=short since systemd 248. */
async function fromCoredumpctl(program: string): Promise<FoundCore[]> {
  const text = await new Promise<string>((done) => {
    execFile(
      program,
      ["list", "--json=short", "--no-pager"],
      { timeout: COREDUMPCTL_TIMEOUT_MS, maxBuffer: 8 << 20 },
      (failure, stdout) => {
        done(failure ? "" : stdout);
      },
    );
  });
  return coredumpctlList(text);
}

/** `core.COMM.UID.BOOT.PID.MICROSECONDS.zst`. Source: coredump.c, make_filename. What xz packed only coredumpctl unpacks. */
const SYSTEMD_NAME = /^core\.(.+)\.\d+\.[0-9a-f]{32}\.(\d{1,10})\.(\d{1,20})(?:\.(?:zst|lz4))?$/;

/** What lies in systemd's folder, for machines whose journal has forgotten it or that have no coredumpctl. */
async function fromSystemd(folder: string): Promise<FoundCore[]> {
  const found = await fromFolder(folder, "coredumpctl", (name) => SYSTEMD_NAME.test(name));
  return found.map((core) => {
    const [, , pid, time] = SYSTEMD_NAME.exec(basename(core.path!))!;
    return { ...core, pid: Number(pid), time: Number(time) / 1000 };
  });
}

/** Apport's reports that hold a core. */
async function fromReports(folder: string): Promise<FoundCore[]> {
  const found = await fromFolder(folder, "apport", (name) => name.endsWith(".crash"));
  return found.map((core) => ({ ...core, ...apportFields(core.path!) }));
}

/** Entries whose core is still there; none for anything that is not such a list. */
export function coredumpctlList(text: string): FoundCore[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: Record<string, unknown>): FoundCore[] => {
    const { time, pid, exe, sig, corefile, size } = each ?? {};
    if (typeof pid !== "number" || typeof time !== "number" || !THERE.has(corefile)) return [];
    return [
      {
        from: "coredumpctl",
        pid,
        // Microseconds.
        time: time / 1000,
        ...(typeof exe === "string" && { program: exe }),
        ...(typeof sig === "number" && { signal: String(sig) }),
        ...(typeof size === "number" && { bytes: size }),
      },
    ];
  });
}

/** Of one that was cut Delve still reads the beginning. */
const THERE: ReadonlySet<unknown> = new Set(["present", "truncated"]);

/** Brings a core out of systemd's store into a file. Throws a DelveProblem. */
export function extractCore(pid: number, target: string, coredumpctl = "coredumpctl"): Promise<void> {
  return new Promise((done, reject) => {
    execFile(
      coredumpctl,
      ["dump", String(pid), `--output=${target}`],
      { timeout: 600_000 },
      (failure, _out, stderr) => {
        if (failure)
          reject(
            new DelveProblem(
              "fileUnreadable",
              `coredumpctl dump ${pid}`,
              stderr.trim().replace(/\.$/, "") || failure.message,
            ),
          );
        else done();
      },
    );
  });
}

/**
 * The program that wrote a core: the path the core names, what lies beside it, what the recorder kept. Only one that
 * was compared and fits is returned. Throws a DelveProblem that says where was looked.
 */
export async function findProgram(core: OpenCore, folders: readonly string[]): Promise<string> {
  const looked: string[] = [];
  for await (const path of candidates(core, folders)) {
    if (looked.includes(path)) continue;
    looked.push(path);
    if (fits(core, path)) return path;
  }
  const shown = looked.slice(0, 4).join(", ") || basename(core.path);
  throw new DelveProblem("binaryUnknown", core.path, shown);
}

async function* candidates({ path, info }: OpenCore, folders: readonly string[]): AsyncGenerator<string> {
  for (const { program, path: kept } of await fromRecords(recordsFolder()))
    if (kept !== undefined && program !== undefined && (await sameFile(kept, path))) yield program;
  // Of a minidump the program comes first, by a path of another machine.
  const files = info.windows ? info.files.slice(0, 1) : info.files;
  const mapped = files.map((each) => each.path.replace(/ \(deleted\)$/, ""));
  const names = [...new Set([...(info.startedAs ? [info.startedAs] : []), ...mapped])].filter((each) =>
    isAbsolute(each),
  );
  const programs = names.filter((each) => !/\.so(?:\.[\d.]+)?$/.test(each));
  yield* programs;
  const places = [dirname(path), ...folders];
  const called = new Set(
    [...programs, info.startedAs ?? "", info.process?.name ?? ""].map((each) =>
      info.windows ? baseName(each) : basename(each),
    ),
  );
  for (const place of places) {
    if (info.startedAs && !isAbsolute(info.startedAs)) yield resolve(place, info.startedAs);
    for (const name of called)
      if (name !== "") for (const sub of ["", "bin", "build", "dist"]) yield join(place, sub, name);
  }
  for (const place of places) yield* executables(place);
}

/** Programs of the folder under any name, as `go build -o` gives them. */
async function* executables(folder: string): AsyncGenerator<string> {
  for (const name of (await readdir(folder).catch(() => [])).slice(0, MOST_ENTRIES)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile() && ((info.mode & 0o111) !== 0 || /\.exe$/i.test(name)) && info.size > 1 << 16)
      yield path;
  }
}

async function sameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(a).catch(() => undefined), stat(b).catch(() => undefined)]);
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
}

function fits(core: OpenCore, path: string): boolean {
  try {
    const binary = openBinary(path);
    try {
      return matchCore(core, binary).verdict === "same";
    } finally {
      binary.source.close();
    }
  } catch {
    return false;
  }
}
