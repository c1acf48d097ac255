/** Tasks of type `golm`: `go run` and `go test` under the recorder, their output diagnosed as it comes. */
import * as vscode from "vscode";
import { withExec } from "../editor/go-flags.ts";
import { isNews, type Origin } from "../editor/history.ts";
import { type Ctx, unattended } from "./ctx.ts";
import type { Running } from "./platform.ts";
import type { Records } from "./records.ts";

interface GolmTask extends vscode.TaskDefinition {
  readonly type: "golm";
  /** Arguments of `go`: `["test", "./..."]`. */
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface GoTaskOptions {
  readonly args: readonly string[];
  readonly folder: vscode.Uri;
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The one test that it runs. */
  readonly test?: string;
  /** What is started in place of `go` and its arguments. */
  readonly start?: { readonly command: string; readonly args: readonly string[] };
  readonly definition?: vscode.TaskDefinition;
  readonly scope?: vscode.WorkspaceFolder | vscode.TaskScope;
}

/** Modules looked for in a folder, and offered: the topmost. */
const MODULES = 1000;
const OFFERED = 20;
const OTHERS_MODULES = "**/{node_modules,vendor,testdata}/**";

export function provideTasks(ctx: Ctx, records: Records): vscode.Disposable {
  return vscode.tasks.registerTaskProvider("golm", {
    async provideTasks() {
      const folders = vscode.workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === "file") ?? [];
      const ofEach = await Promise.all(folders.map((folder) => testTasks(ctx, records, folder)));
      return ofEach.flat();
    },
    resolveTask(task) {
      const definition = task.definition as GolmTask;
      if (!isDefinition(definition)) return undefined;
      const scope = typeof task.scope === "object" ? task.scope : vscode.workspace.workspaceFolders?.[0];
      if (!scope) return undefined;
      const folder = definition.cwd === undefined ? scope.uri : folderIn(scope.uri, definition.cwd);
      const { args, env } = definition;
      return goTask(ctx, records, { args, folder, scope, name: task.name, definition, ...(env && { env }) });
    },
  });
}

function isDefinition({ args, cwd, env }: Partial<GolmTask>): boolean {
  const texts = (values: readonly unknown[]) => values.every((value) => typeof value === "string");
  return (
    Array.isArray(args) &&
    args.length > 0 &&
    texts(args) &&
    (cwd === undefined || typeof cwd === "string") &&
    (env === undefined || (typeof env === "object" && texts(Object.values(env))))
  );
}

/** `cwd` of a task: absolute, with `${workspaceFolder}`, or below the folder. */
function folderIn(folder: vscode.Uri, cwd: string): vscode.Uri {
  const path = cwd.replaceAll(/\$\{workspaceFolder\}/g, folder.fsPath);
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path) ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder, path);
}

/** The tests of each module of a folder. What is in the folder itself needs no name. */
async function testTasks(ctx: Ctx, records: Records, scope: vscode.WorkspaceFolder): Promise<vscode.Task[]> {
  const pattern = new vscode.RelativePattern(scope, "**/go.mod");
  const files = await vscode.workspace.findFiles(pattern, OTHERS_MODULES, MODULES);
  const modules = files.map((file) => vscode.Uri.joinPath(file, ".."));
  const depth = ({ path }: vscode.Uri) => path.split("/").length;
  modules.sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1));
  return modules.slice(0, OFFERED).map((folder) => {
    const below = folder.path.slice(scope.uri.path.length + 1);
    const name = below === "" ? "go test ./..." : `go test ./... (${below})`;
    return goTask(ctx, records, { args: ["test", "./..."], folder, scope, name });
  });
}

export function goTask(ctx: Ctx, records: Records, options: GoTaskOptions): vscode.Task {
  const { args, folder, name } = options;
  const definition = options.definition ?? { type: "golm", args, cwd: folder.fsPath };
  const scope = options.scope ?? vscode.workspace.getWorkspaceFolder(folder) ?? vscode.TaskScope.Workspace;
  const execution = new vscode.CustomExecution(async () => new GoTerminal(ctx, records, options));
  const task = new vscode.Task(definition, scope, name, "golm", execution);
  if (args[0] === "test") task.group = vscode.TaskGroup.Test;
  task.detail = ["go", ...args].join(" ");
  return task;
}

/** The terminal of one run: shows what the program writes as it is, and reads along. */
class GoTerminal implements vscode.Pseudoterminal {
  private readonly wrote = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.wrote.event;
  readonly onDidClose = this.closed.event;
  private running: Running | undefined;

  constructor(
    private readonly ctx: Ctx,
    private readonly records: Records,
    private readonly options: GoTaskOptions,
  ) {}

  open(): void {
    unattended(
      this.ctx,
      this.run().catch((failure: unknown) => {
        this.say(failure instanceof Error ? failure.message : String(failure));
        this.closed.fire(1);
      }),
    );
  }

  close(): void {
    this.running?.stop();
  }

  handleInput(text: string): void {
    if (text === "\x03") this.running?.stop();
    else this.running?.write(text.replaceAll("\r", "\n"));
  }

  private async run(): Promise<void> {
    const { ctx, options } = this;
    if (!ctx.platform.run) throw new Error(vscode.l10n.t("No program can be run here."));
    if (!vscode.workspace.isTrusted)
      throw new Error(vscode.l10n.t("Nothing is run in a workspace that is not trusted."));
    const core = await ctx.knowledge.core();
    const origin = originOf(options);
    const taken: Promise<unknown>[] = [];
    const stream = new core.CrashStream((crash) => {
      if (isNews(crash.report.kind, crash.report.exit)) taken.push(ctx.store.take(crash, origin));
    });
    const decoder = new TextDecoder();
    const env = await this.environment();
    const { command, args } = options.start ?? { command: "go", args: options.args };
    this.say([command, ...args].join(" "));
    this.running = ctx.platform.run({
      command,
      args,
      folder: options.folder.fsPath,
      env,
      output: (bytes) => {
        stream.pushBytes(bytes);
        this.wrote.fire(decoder.decode(bytes, { stream: true }).replaceAll(/\r?\n/g, "\r\n"));
      },
    });
    const { status, says } = await this.running.done;
    stream.flush();
    if (says !== undefined) this.say(says);
    await Promise.allSettled(taken);
    if (status === 0 && taken.length === 0) ctx.store.clean(origin.scope!, options.test);
    this.closed.fire(status ?? 1);
  }

  /** Under the recorder, unless the user runs programs under something of their own. */
  private async environment(): Promise<Readonly<Record<string, string>>> {
    const { options, ctx } = this;
    const program = await this.records.program();
    if (program === undefined) return options.env ?? {};
    const flags = options.env?.GOFLAGS ?? (await ctx.platform.goFlags?.()) ?? "";
    const GOFLAGS = withExec(flags, program);
    return { ...options.env, ...(GOFLAGS !== undefined && { GOFLAGS }) };
  }

  private say(text: string): void {
    this.wrote.fire(`\x1b[2m${text}\x1b[0m\r\n`);
  }
}

function originOf({ args, folder, name, test }: GoTaskOptions): Origin {
  return {
    kind: test === undefined ? "task" : "test",
    label: test ?? name,
    scope: `go\n${folder.toString()}\n${args.join("\0")}`,
    folder: folder.toString(),
  };
}
