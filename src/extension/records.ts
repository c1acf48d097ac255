/** What the recorder kept of this workspace's runs, taken into the history when it appears, or after the next start. */
import * as vscode from "vscode";
import { isNews, type Origin } from "../editor/history.ts";
import { type Kept, parseRecord, type RecordRead, untaken } from "../editor/records.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { type Ctx, command, unattended } from "./ctx.ts";

/** In the workspace's state: the names of records that were taken and are still there. */
const STATE = "golm.records";

export class Records implements vscode.Disposable {
  /** Where this workspace's launcher and records are. */
  readonly home: vscode.Uri;
  readonly folder: vscode.Uri;
  private watcher: vscode.Disposable | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly reveal: vscode.Disposable;

  constructor(private readonly ctx: Ctx) {
    const { storageUri, globalStorageUri } = ctx.context;
    this.home = storageUri ?? globalStorageUri;
    this.folder = vscode.Uri.joinPath(this.home, "records");
    this.reveal = command(ctx, "golm.revealRecord", (entry) => this.show(entry));
  }

  dispose(): void {
    this.watcher?.dispose();
    this.reveal.dispose();
  }

  /** The path of the program that records; undefined where none can be made. From now on records are taken. */
  async program(): Promise<string | undefined> {
    const { platform } = this.ctx;
    if (!platform.recorderProgram) return undefined;
    await this.watch();
    return platform.recorderProgram(this.home, this.folder);
  }

  private async watch(): Promise<void> {
    if (this.watcher) return;
    // A folder that is not there cannot be watched.
    await vscode.workspace.fs.createDirectory(this.folder);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(this.folder, "*"),
      false,
      true,
      true,
    );
    watcher.onDidCreate(() => this.look());
    this.watcher = watcher;
    this.look();
  }

  /** Takes what is new, one look after the other. */
  private look(): void {
    this.turn = this.turn.then(() => this.takeNew());
    unattended(this.ctx, this.turn);
    this.turn = this.turn.catch(() => {});
  }

  private async takeNew(): Promise<void> {
    const { workspaceState } = this.ctx.context;
    const names = (await vscode.workspace.fs.readDirectory(this.folder)).map(([name]) => name);
    const taken = new Set(workspaceState.get<string[]>(STATE, []));
    const fresh = untaken(names, taken);
    if (fresh.length === 0) return;
    for (const name of fresh) {
      await this.take(vscode.Uri.joinPath(this.folder, name));
      taken.add(name);
    }
    await workspaceState.update(
      STATE,
      names.filter((name) => taken.has(name)),
    );
  }

  private async take(folder: vscode.Uri): Promise<void> {
    const { ctx } = this;
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "record.json"));
    const record = parseRecord(new TextDecoder().decode(bytes));
    if (!record) {
      ctx.log.warn("record", folder.fsPath);
      return;
    }
    const kept: Kept = {
      folder: folder.toString(),
      ...addressed(folder, "program", record.program),
      ...addressed(folder, "core", record.core),
    };
    const cwd = vscode.Uri.file(record.cwd).toString();
    const origin: Origin = { kind: "recorder", label: record.label, folder: cwd };
    for (const crash of await this.crashes(folder, record)) {
      const { kind, exit } = crash.report;
      if (isNews(kind, exit)) await ctx.store.take(crash, origin, { record: kept, since: record.begun });
    }
  }

  private async crashes(folder: vscode.Uri, { texts, said }: RecordRead): Promise<FoundCrash[]> {
    const { crashesIn } = await this.ctx.knowledge.core();
    const files = texts.map((name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
    const inputs: Uint8Array[] = await Promise.all(files);
    if (said !== undefined) inputs.push(new TextEncoder().encode(said));
    return inputs.flatMap((bytes) => crashesIn(bytes));
  }

  /** In the desktop's file manager; elsewhere the record opens, and names its files. */
  private async show(argument: unknown): Promise<void> {
    const entry = this.ctx.store.entry((argument as { key?: string } | undefined)?.key ?? "");
    if (!entry?.record) return;
    const record = vscode.Uri.joinPath(vscode.Uri.parse(entry.record.folder), "record.json");
    try {
      await vscode.workspace.fs.stat(record);
    } catch {
      throw new Error(vscode.l10n.t("The record is gone: the recorder keeps the last ones only."));
    }
    const here = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    if (here) await vscode.commands.executeCommand("revealFileInOS", record);
    else await vscode.window.showTextDocument(record);
  }
}

function addressed(folder: vscode.Uri, what: "program" | "core", name: string | undefined): Partial<Kept> {
  return name === undefined ? {} : { [what]: vscode.Uri.joinPath(folder, name).toString() };
}
