/** Finds Delve, says whether it can be used, and installs it on request. */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { readExecutable } from "../binary/executable.ts";
import { type FileSource, openSource } from "../binary/file-source.ts";
import { DelveProblem } from "./problem.ts";
import { delveFitness, OLDEST_DELVE, PINNED_DELVE, parseVersion, type Version } from "./versions.ts";

export interface DelveFound {
  readonly path: string;
  readonly version: Version;
  readonly from: "named" | "setting" | "gobin" | "gopath" | "path";
  /** Something to tell that stops nothing: a version nobody has tried. */
  readonly notice?: DelveProblem;
}

export interface WhereToLook {
  /** What the user named, on the command line or in a setting of ours: nothing else is tried. */
  readonly named?: string;
  /** What the Go extension's settings say: tried first, and passed over when it is not there. */
  readonly setting?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

const VERSION_TIMEOUT_MS = 15_000;
const INSTALL_TIMEOUT_MS = 600_000;

/** The command that installs the pinned Delve: for messages. */
export function installCommand(version = PINNED_DELVE): string {
  return `go install github.com/go-delve/delve/cmd/dlv@v${version}`;
}

/**
 * The Delve to use. Looks at the named path alone where there is one; else at the setting, GOBIN, GOPATH/bin (as the
 * environment and `go env` say) and PATH. Throws a DelveProblem when there is none, or when the first one found cannot
 * be executed, is no Delve, or is too old or too new.
 */
export async function findDelve(where: WhereToLook = {}): Promise<DelveFound> {
  const { named, setting, env = process.env, platform = process.platform } = where;
  if (named !== undefined) {
    if (!(await isFile(named))) throw new DelveProblem("delveNamedMissing", named, installCommand());
    return judge(named, "named");
  }
  const looked: string[] = [];
  for await (const { path, from } of places(setting, env, platform)) {
    if (looked.includes(path)) continue;
    if (await isFile(path)) return judge(path, from);
    looked.push(path);
  }
  throw new DelveProblem("delveMissing", placesShown(looked), installCommand());
}

type Place = Pick<DelveFound, "path" | "from">;

async function* places(
  setting: string | undefined,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): AsyncGenerator<Place> {
  const name = platform === "win32" ? "dlv.exe" : "dlv";
  if (setting) yield { path: setting, from: "setting" };
  if (env.GOBIN) yield { path: join(env.GOBIN, name), from: "gobin" };
  // An entry that is not absolute would run what lies in the current folder.
  const inPath = (env.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  const paths = env.GOPATH ? env.GOPATH.split(delimiter).filter(isAbsolute) : [join(homedir(), "go")];
  for (const path of paths) yield { path: join(path, "bin", name), from: "gopath" };
  for (const folder of inPath) yield { path: join(folder, name), from: "path" };
  // What `go env -w` wrote costs a process: asked last.
  const { GOBIN, GOPATH } = await goEnvironment(env);
  if (GOBIN && GOBIN !== env.GOBIN) yield { path: join(GOBIN, name), from: "gobin" };
  for (const path of (GOPATH ?? "").split(delimiter).filter(isAbsolute))
    if (!paths.includes(path)) yield { path: join(path, "bin", name), from: "gopath" };
}

const PLACES_SHOWN = 6;

function placesShown(looked: readonly string[]): string[] {
  const rest = looked.length - PLACES_SHOWN;
  return rest > 0 ? [...looked.slice(0, PLACES_SHOWN), `… (+${rest})`] : [...looked];
}

/** Versions that were asked, by file: a session asks again of the Delve that was found a moment ago. */
const known = new Map<string, Version>();

async function judge(path: string, from: DelveFound["from"]): Promise<DelveFound> {
  const { mtimeMs, size, ino } = await stat(path);
  const file = `${path}\n${ino} ${size} ${mtimeMs}`;
  await mayExecute(path);
  const version = known.get(file) ?? installedVersion(path) ?? (await delveVersion(path));
  known.set(file, version);
  const fitness = delveFitness(version);
  if (fitness === "old")
    throw new DelveProblem("delveTooOld", path, version.text, OLDEST_DELVE, installCommand());
  if (fitness === "new-generation")
    throw new DelveProblem("delveTooNew", path, version.text, PINNED_DELVE, installCommand());
  const notice =
    fitness === "untried" ? new DelveProblem("delveUntried", version.text, PINNED_DELVE) : undefined;
  return { path, version, from, ...(notice && { notice }) };
}

async function mayExecute(path: string): Promise<void> {
  try {
    await access(path, constants.X_OK);
  } catch (failure) {
    throw new DelveProblem("delveNotExecutable", path, (failure as NodeJS.ErrnoException).code ?? "EACCES");
  }
}

const MODULE = "github.com/go-delve/delve";

/**
 * The release that `go install` wrote into a Delve, which spares a session the process that `dlv version` is; undefined
 * for one that was built otherwise.
 */
export function installedVersion(path: string): Version | undefined {
  let file: FileSource | undefined;
  try {
    file = openSource(path);
    const { path: program, main } = readExecutable(file)?.go ?? {};
    const isRelease = program === `${MODULE}/cmd/dlv` && main?.path === MODULE && !main.replacedBy;
    return isRelease && /^v\d+\.\d+\.\d+$/.test(main.version) ? parseVersion(main.version) : undefined;
  } catch {
    return undefined;
  } finally {
    file?.close();
  }
}

/** What `dlv version` prints. Throws a DelveProblem when it cannot be run or prints something else. */
export async function delveVersion(path: string): Promise<Version> {
  await mayExecute(path);
  const output = await new Promise<string>((resolve, reject) => {
    execFile(path, ["version"], { timeout: VERSION_TIMEOUT_MS, killSignal: "SIGKILL" }, (failure, stdout) => {
      const code = failure && (failure as NodeJS.ErrnoException).code;
      if (typeof code === "string") reject(new DelveProblem("delveNotExecutable", path, code));
      else resolve(stdout);
    });
  });
  const version = parseVersion(/^Version:[ \t]*(\S{1,60})/m.exec(output)?.[1] ?? "");
  if (!version || !output.includes("Delve")) throw new DelveProblem("delveNotDelve", path);
  return version;
}

/**
 * Installs the pinned Delve into a folder and returns its path. Uses the network, as `go install` does: only on the
 * user's request. Throws a DelveProblem; what was half made is gone then.
 */
export async function installDelve(folder: string, options: { signal?: AbortSignal } = {}): Promise<string> {
  const command = installCommand();
  await mkdir(folder, { recursive: true });
  const [program, ...args] = command.split(" ");
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "", GOOS: "", GOARCH: "" };
  const path = join(folder, process.platform === "win32" ? "dlv.exe" : "dlv");
  const { signal } = options;
  return new Promise((resolve, reject) => {
    execFile(
      program!,
      args,
      { cwd: folder, env, timeout: INSTALL_TIMEOUT_MS, ...(signal && { signal }) },
      (failure, _stdout, stderr) => {
        if (!failure) return resolve(path);
        const { code, killed, name } = failure as NodeJS.ErrnoException & { killed?: boolean };
        void rm(path, { force: true });
        if (name === "AbortError") return reject(new DelveProblem("cancelled", command));
        if (code === "ENOENT") return reject(new DelveProblem("goMissing", command));
        if (killed) return reject(new DelveProblem("installTimeout", command, INSTALL_TIMEOUT_MS / 1000));
        reject(new DelveProblem("installFailed", command, lastLines(stderr) || failure.message));
      },
    );
  });
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join("\n");
}

async function goEnvironment(env: NodeJS.ProcessEnv): Promise<{ GOBIN?: string; GOPATH?: string }> {
  return new Promise((resolve) => {
    execFile(
      "go",
      ["env", "-json", "GOBIN", "GOPATH"],
      { env, timeout: VERSION_TIMEOUT_MS },
      (failure, stdout) => {
        if (failure) return resolve({});
        try {
          resolve(JSON.parse(stdout) as { GOBIN?: string; GOPATH?: string });
        } catch {
          resolve({});
        }
      },
    );
  });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}
