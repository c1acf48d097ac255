/** Log files of the user's choice, watched: what is appended to them is read for crashes. */
import * as vscode from "vscode";
import { isNews, type Origin } from "../editor/history.ts";
import type { CrashStream } from "../trace/crash-stream.ts";
import { type Ctx, option, unattended } from "./ctx.ts";

/** The end of a crash text: a second without more. */
const QUIET_MS = 1000;
/** A log that grew by more since the last look is read from here on. */
const AT_ONCE = 64 << 20;
/** Files whose place is remembered. */
const FILES = 200;

export function watchLogs(ctx: Ctx): vscode.Disposable {
  let watching: vscode.Disposable | undefined;
  const begin = () => {
    watching?.dispose();
    watching = undefined;
    const patterns = patternsOfAll();
    if (patterns.length > 0) watching = new LogWatcher(ctx, patterns);
  };
  begin();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("golm.watch.logs")) begin();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(begin),
    { dispose: () => watching?.dispose() },
  );
}

/** Each folder has settings of its own. Absolute patterns count without a folder as well, and once for them all. */
function patternsOfAll(): vscode.RelativePattern[] {
  const folders: readonly (vscode.WorkspaceFolder | undefined)[] = vscode.workspace.workspaceFolders ?? [
    undefined,
  ];
  const patterns = new Map<string, vscode.RelativePattern>();
  for (const folder of folders) {
    const globs = option<unknown>("watch.logs", [], folder);
    if (!Array.isArray(globs)) continue;
    for (const glob of globs) {
      const pattern = typeof glob === "string" && glob !== "" ? patternOf(folder, glob) : undefined;
      if (pattern) patterns.set(`${pattern.baseUri}\n${pattern.pattern}`, pattern);
    }
  }
  return [...patterns.values()];
}

class LogWatcher implements vscode.Disposable {
  private readonly files = new Map<string, LogFile>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly ctx: Ctx,
    patterns: readonly vscode.RelativePattern[],
  ) {
    for (const pattern of patterns) this.watch(pattern);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    for (const file of this.files.values()) file.dispose();
  }

  private watch(pattern: vscode.RelativePattern): void {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidCreate((uri) => this.file(uri, 0)?.changed());
    watcher.onDidChange((uri) => this.file(uri, undefined)?.changed());
    watcher.onDidDelete((uri) => this.drop(uri));
    this.subscriptions.push(watcher);
    unattended(this.ctx, this.remember(pattern));
  }

  /** What stands in a log already is history: its end is where we begin. */
  private async remember(pattern: vscode.RelativePattern): Promise<void> {
    for (const uri of await vscode.workspace.findFiles(pattern, undefined, FILES)) {
      const { size } = await vscode.workspace.fs.stat(uri);
      this.file(uri, size);
    }
  }

  private file(uri: vscode.Uri, from: number | undefined): LogFile | undefined {
    const key = uri.toString();
    let file = this.files.get(key);
    if (!file && this.files.size < FILES) {
      file = new LogFile(this.ctx, uri, from);
      this.files.set(key, file);
    }
    return file;
  }

  private drop(uri: vscode.Uri): void {
    this.files.get(uri.toString())?.dispose();
    this.files.delete(uri.toString());
  }
}

/** A pattern may name a folder outside of the workspace: `/var/log/pods/**`. Others need a folder to begin at. */
function patternOf(
  folder: vscode.WorkspaceFolder | undefined,
  pattern: string,
): vscode.RelativePattern | undefined {
  const glob = pattern.replaceAll("\\", "/");
  if (!/^(?:\/|[A-Za-z]:\/)/.test(glob)) return folder && new vscode.RelativePattern(folder, glob);
  const parts = glob.split("/");
  const first = parts.findIndex((part) => /[*?{[]/.test(part));
  const base = parts.slice(0, first < 0 ? -1 : first).join("/") || "/";
  return new vscode.RelativePattern(vscode.Uri.file(base), parts.slice(first < 0 ? -1 : first).join("/"));
}

/** One log and how far it was read. */
class LogFile implements vscode.Disposable {
  private stream: CrashStream | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private reading = false;
  private again = false;
  private readonly origin: Origin;

  constructor(
    private readonly ctx: Ctx,
    private readonly uri: vscode.Uri,
    /** Undefined: it was not seen before, and only what comes after this change is news. */
    private position: number | undefined,
  ) {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    const label = vscode.workspace.asRelativePath(uri);
    this.origin = { kind: "file", label, uri: uri.toString(), ...(folder !== undefined && { folder }) };
  }

  dispose(): void {
    clearTimeout(this.quiet);
  }

  changed(): void {
    this.again = true;
    if (!this.reading) unattended(this.ctx, this.read());
  }

  private async read(): Promise<void> {
    this.reading = true;
    try {
      while (this.again) {
        this.again = false;
        await this.readOn();
      }
    } finally {
      this.reading = false;
    }
  }

  private async readOn(): Promise<void> {
    const { ctx, uri } = this;
    const { size } = await vscode.workspace.fs.stat(uri);
    // A rotated log begins again.
    if (this.position === undefined || size < this.position) this.position = 0;
    if (size - this.position > AT_ONCE) this.position = size - AT_ONCE;
    const bytes = await ctx.platform.readFrom(uri, this.position);
    this.position += bytes.length;
    const { CrashStream } = await ctx.knowledge.core();
    this.stream ??= new CrashStream((crash) => {
      if (isNews(crash.report.kind, crash.report.exit)) unattended(ctx, ctx.store.take(crash, this.origin));
    });
    this.stream.pushBytes(bytes);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.stream?.flush(), QUIET_MS);
  }
}
