/** Cores made on request: a crash run again so that it leaves one, a process dumped, and why there was none. */
import * as vscode from "vscode";
import type { GoProcess } from "../delve/go-processes.ts";
import type { Entry } from "../editor/history.ts";
import { visibleLine } from "../export/visible.ts";
import { chooseCrash, timeText } from "./choose.ts";
import { type Ctx, command } from "./ctx.ts";
import { delveSettings, haveDelve, type Inline, inlineOf, mayDebug } from "./delve.ts";
import { messageText } from "./message-text.ts";
import type { Records } from "./records.ts";
import { type Launch, launchOf } from "./reproduce.ts";
import { sizeText } from "./size-text.ts";
import { goTask } from "./tasks.ts";

export function offerMakingCores(ctx: Ctx, records: Records): vscode.Disposable {
  return vscode.Disposable.from(
    command(ctx, "golm.runWithCore", async (argument) => {
      const inline = await inlineOf(ctx);
      const entry = await entryOf(ctx, argument);
      if (entry) await runWithCore(ctx, records, inline, entry);
    }),
    command(ctx, "golm.dumpProcess", async (argument) => dump(ctx, await inlineOf(ctx), argument)),
    command(ctx, "golm.whyNoCore", async (argument) => {
      const inline = await inlineOf(ctx);
      await ctx.store.ready;
      const key = (argument as Partial<Entry> | undefined)?.key;
      await explain(ctx, inline, key === undefined ? undefined : ctx.store.entry(key));
    }),
  );
}

/** Whether enough is known of a crash to start its program again. What is missing still shows when it is tried. */
export function canRunAgain({ test, record, verdict }: Entry): boolean {
  return (
    test !== undefined || record?.program !== undefined || /^main\./.test(verdict?.place?.function ?? "")
  );
}

/** A crash that has no core, where a debugger may be used. */
export function canRunWithCore(ctx: Ctx, entry: Entry | undefined): boolean {
  return mayDebug(ctx) && entry !== undefined && entry.record?.core === undefined && canRunAgain(entry);
}

async function entryOf(ctx: Ctx, argument: unknown): Promise<Entry | undefined> {
  await ctx.store.ready;
  const key = (argument as Partial<Entry> | undefined)?.key;
  if (key !== undefined) return ctx.store.entry(key);
  return chooseCrash(ctx, ctx.store.list().filter(canRunAgain));
}

async function runWithCore(ctx: Ctx, records: Records, inline: Inline, entry: Entry): Promise<void> {
  const launch = await launchOf(ctx, entry);
  const recorder = await records.program();
  if (!launch || recorder === undefined)
    throw new Error(vscode.l10n.t("It is not known how this crash was started."));
  const start = await startOf(launch, recorder, entry);
  if (!start) return;
  const { command: program, args, cwd } = start;
  const { plan, lines, stopped } = inline.planCore(program, args, cwd, ctx.language);
  const title = vscode.l10n.t("Run again with a core?");
  if (stopped) {
    await vscode.window.showErrorMessage(vscode.l10n.t("This run would leave no core."), {
      modal: true,
      detail: lines.join("\n"),
    });
    return;
  }
  const run = vscode.l10n.t("Run");
  const detail = [[plan.command, ...plan.args].join(" "), "", ...lines].join("\n");
  if ((await vscode.window.showInformationMessage(title, { modal: true, detail }, run)) !== run) return;
  const task = goTask(ctx, records, {
    args: args.slice(0, 1),
    folder: vscode.Uri.file(cwd),
    name: vscode.l10n.t("Run with a core"),
    start: plan,
    env: plan.env,
    ...(entry.test !== undefined && { test: entry.test }),
  });
  await vscode.tasks.executeTask(task);
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** `go` runs programs under the recorder by GOFLAGS, which keeps core and binary; a program alone is put under it here. */
async function startOf(launch: Launch, recorder: string, entry: Entry): Promise<Start | undefined> {
  const { mode, program } = launch;
  if (mode === "debug") return { command: "go", args: ["run", "."], cwd: program };
  if (mode === "test") {
    const pattern = launch.args?.[1] ?? "";
    return { command: "go", args: ["test", "-count=1", "-run", pattern, "."], cwd: program };
  }
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Arguments of {0}", visibleLine(program)),
    prompt: vscode.l10n.t("The recorder does not keep arguments. Separate them by spaces."),
  });
  if (typed === undefined) return undefined;
  const { folder } = entry.origin;
  const cwd = folder === undefined ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.parse(folder);
  const words = typed.split(/\s+/).filter((word) => word !== "");
  return { command: recorder, args: [program, ...words], cwd: (cwd ?? vscode.Uri.file("/")).fsPath };
}

async function explain(ctx: Ctx, inline: Inline, entry: Entry | undefined): Promise<void> {
  const origin = entry?.origin.folder;
  const folder =
    origin === undefined ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.parse(origin);
  const { lines, stopped } = inline.whyNone(folder?.fsPath ?? "/", ctx.language);
  const again = vscode.l10n.t("Run Again with a Core");
  const title = stopped
    ? vscode.l10n.t("A Go program started here leaves no core.")
    : vscode.l10n.t("Nothing here keeps a Go program from leaving a core.");
  const answer = await vscode.window.showInformationMessage(
    title,
    { modal: true, detail: lines.join("\n\n") },
    ...(entry && canRunAgain(entry) ? [again] : []),
  );
  if (answer === again) await vscode.commands.executeCommand("golm.runWithCore", entry);
}

interface ProcessItem extends vscode.QuickPickItem {
  readonly pid: number;
}

/** An argument may name the process, as `{ processId }`. */
async function dump(ctx: Ctx, inline: Inline, argument: unknown): Promise<void> {
  if (!(await haveDelve(ctx, inline))) return;
  const given = (argument as { processId?: unknown } | undefined)?.processId;
  const pid = typeof given === "number" ? given : await chooseProcess(inline);
  if (pid === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
  const destination = await freeName(folder ?? ctx.context.globalStorageUri, pid);
  const title = vscode.l10n.t("Dumping process {0}, which stands still meanwhile", pid);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const done = await vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    let told = 0;
    try {
      const { path } = await inline.findDelve(delveQuestion());
      await inline.dumpProcess({
        delve: path,
        pid,
        destination: destination.fsPath,
        signal: stop.signal,
        onProgress: (bytes, total) => {
          if (total === 0) return;
          const percent = Math.floor((100 * bytes) / total);
          progress.report({
            increment: percent - told,
            message: vscode.l10n.t("{0} of {1}", sizeText(bytes), sizeText(total)),
          });
          told = percent;
        },
      });
      return true;
    } catch (failure) {
      if (token.isCancellationRequested) return false;
      throw new Error(
        [inline.sayFailure(failure, ctx.language), ...inline.whyNoDumps(ctx.language)].join("\n"),
      );
    }
  });
  if (!done) return;
  const open = vscode.l10n.t("Open in Delve");
  const says = vscode.l10n.t("Process {0} was dumped to {1} and goes on.", pid, destination.fsPath);
  void vscode.window.showInformationMessage(messageText(says), open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand("golm.openCore", destination);
  });
}

function delveQuestion() {
  const { delve, delveHint } = delveSettings();
  return {
    ...(delve !== undefined && { named: delve }),
    ...(delveHint !== undefined && { setting: delveHint }),
  };
}

async function chooseProcess(inline: Inline): Promise<number | undefined> {
  const items = inline.goProcesses().then((all) => {
    if (all.length === 0) throw new Error(vscode.l10n.t("No Go program of yours runs here."));
    return all.map(itemOf);
  });
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t("Which process?"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.pid;
}

function itemOf({ pid, name, command: words, main, resident, started }: GoProcess): ProcessItem {
  const size = resident === undefined ? [] : [sizeText(resident)];
  return {
    label: visibleLine(main?.split("/").at(-1) ?? name),
    description: [String(pid), ...size, timeText(started)].join(" · "),
    detail: visibleLine(words.join(" ")).slice(0, 300),
    pid,
  };
}

/** `core.PID` in the folder, or with a number behind it: what is there is not replaced. */
async function freeName(folder: vscode.Uri, pid: number): Promise<vscode.Uri> {
  await vscode.workspace.fs.createDirectory(folder);
  for (let n = 1; ; n++) {
    const uri = vscode.Uri.joinPath(folder, n === 1 ? `core.${pid}` : `core.${pid}-${n}`);
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) return uri;
  }
}
