/** The extension where programs run: on a desktop, and on a server. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { mkdir, open, rename, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import * as vscode from "vscode";
import { createSourceReader } from "../faulttree/source.ts";
import type { Ctx } from "./ctx.ts";
import { start, stop } from "./extension.ts";
import type { LintClient } from "./lint.ts";
import type { Platform, Running, RunRequest } from "./platform.ts";

export function activate(context: vscode.ExtensionContext) {
  return start(context, new NodePlatform(context));
}

export const deactivate = stop;

interface GoEnv {
  readonly GOROOT?: string;
  readonly GOMODCACHE?: string;
  readonly GOFLAGS?: string;
}

const GO_ENV_MS = 5000;

class NodePlatform implements Platform {
  readonly runs = true;
  /** On Windows, Go would start it through cmd.exe, which changes arguments such as -test.run=^TestSum$. */
  readonly recorderProgram =
    process.platform === "win32"
      ? undefined
      : (folder: vscode.Uri, records: vscode.Uri) => this.writeLauncher(folder, records);
  private goEnv: Promise<GoEnv> | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {}

  async lintClient(ctx: Ctx): Promise<LintClient> {
    const { startClient } = await import("./lint-client.ts");
    return startClient(ctx);
  }

  async sources(_report: unknown, folders: readonly vscode.Uri[]) {
    const reader = await this.reader(folders);
    return {
      find(file: string, functionName: string) {
        const found = reader.find(file, functionName);
        return found && { ...found, path: vscode.workspace.asRelativePath(asOpened(found.path), false) };
      },
    };
  }

  async find(place: { readonly function: string; readonly file: string }, folders: readonly vscode.Uri[]) {
    const reader = await this.reader(folders);
    const found = reader.find(place.file, place.function);
    return found && vscode.Uri.file(asOpened(found.path));
  }

  private async reader(folders: readonly vscode.Uri[]) {
    const { GOROOT, GOMODCACHE } = await this.go();
    return createSourceReader({
      roots: folders.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath),
      ...(GOROOT && { goroot: GOROOT }),
      ...(GOMODCACHE && { moduleCache: GOMODCACHE }),
    });
  }

  async readFrom(uri: vscode.Uri, offset: number): Promise<Uint8Array> {
    if (uri.scheme !== "file") return (await vscode.workspace.fs.readFile(uri)).subarray(offset);
    const file = await open(uri.fsPath, "r");
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.max(0, size - offset));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  run({ command, args, folder, env, output }: RunRequest): Running {
    // A group of its own, so that what `go test` started ends with it.
    const detached = process.platform !== "win32";
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, detached });
    child.stdout.on("data", output);
    child.stderr.on("data", output);
    // A program may have ended before it read what was typed.
    child.stdin.on("error", () => {});
    return { write: (text) => child.stdin.write(text), stop: () => end(child, detached), done: ended(child) };
  }

  /** Ours runs this build's command line. Where the extension is gone, programs still run, and nothing is recorded. */
  private async writeLauncher(folder: vscode.Uri, records: vscode.Uri): Promise<string> {
    await mkdir(folder.fsPath, { recursive: true });
    const path = join(folder.fsPath, "golm-record");
    const script = vscode.Uri.joinPath(this.context.extensionUri, "dist", "cli.js").fsPath;
    const [node, cli] = [process.execPath, script].map(shellWord);
    // The editor's own program runs scripts when it is told to.
    const env = `ELECTRON_RUN_AS_NODE=1 GOLM_RECORDS=${shellWord(records.fsPath)}`;
    const text = [
      "#!/bin/sh",
      `if [ -x ${node} ] && [ -f ${cli} ]; then`,
      `  ${env} exec ${node} ${cli} exec -- "$@"`,
      "fi",
      'exec "$@"',
      "",
    ].join("\n");
    // Under another name first: a program may be starting by it just now.
    await writeFile(`${path}.tmp`, text, { mode: 0o755 });
    await rename(`${path}.tmp`, path);
    return path;
  }

  /** A file of its own: most windows never debug. */
  debugging() {
    return import("../adapter/inline.ts");
  }

  async goFlags(): Promise<string> {
    this.goEnv = undefined;
    return (await this.go()).GOFLAGS ?? "";
  }

  /** Asks `go` where its files are. Nothing is run in a workspace that is not trusted: then the usual places count. */
  private go(): Promise<GoEnv> {
    if (!vscode.workspace.isTrusted) return Promise.resolve({});
    this.goEnv ??= new Promise((resolve) => {
      const goroot = vscode.workspace.getConfiguration("go").get<string>("goroot");
      const go = goroot ? join(goroot, "bin", "go") : "go";
      const cwd = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath;
      const args = ["env", "-json", "GOROOT", "GOMODCACHE", "GOFLAGS"];
      execFile(go, args, { timeout: GO_ENV_MS, ...(cwd && { cwd }) }, (error, stdout) => {
        try {
          resolve(error ? {} : (JSON.parse(stdout) as GoEnv));
        } catch {
          resolve({});
        }
      });
    });
    return this.goEnv;
  }
}

/**
 * The path by which the editor knows a file. A folder may be open by a link: what is found there has its links resolved,
 * and would be a file outside of the workspace.
 */
function asOpened(path: string): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const paths = folders.map(({ uri }) => uri.fsPath);
  if (paths.some((folder) => path.startsWith(folder + sep))) return path;
  for (const folder of paths) {
    const real = realPath(folder);
    if (real !== undefined && path.startsWith(real + sep)) return join(folder, path.slice(real.length));
  }
  return path;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function end(child: ChildProcess, group: boolean): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (group) process.kill(-child.pid, "SIGTERM");
    else child.kill();
  } catch {
    // It ended by itself meanwhile.
  }
}

function ended(child: ChildProcess): Running["done"] {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ status: undefined, says: error.message }));
    child.on("close", (status, signal) =>
      resolve({ status: status ?? undefined, ...(signal && { says: signal }) }),
    );
  });
}

function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
