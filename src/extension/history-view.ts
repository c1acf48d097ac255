/** The view of crashes that were seen here, newest first. Logs, folders and archives can be dropped on it. */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { type Entry, lastSeen } from "../editor/history.ts";
import { visible, visibleLine } from "../export/visible.ts";
import { inEditorLanguage, placeOf, timeText, titleOf } from "./choose.ts";
import { type Ctx, command, setContext } from "./ctx.ts";
import { diagnoseUris } from "./diagnose-files.ts";
import { canRunAgain } from "./make-cores.ts";
import { openPlace } from "./open-location.ts";
import type { Panels } from "./panel.ts";
import { markdownOf } from "./report-files.ts";

export function showHistory(ctx: Ctx, panels: Panels): vscode.Disposable {
  const items = new HistoryItems(ctx);
  const view = vscode.window.createTreeView("golm.history", {
    treeDataProvider: items,
    dragAndDropController: {
      dragMimeTypes: [],
      dropMimeTypes: ["text/uri-list", "files"],
      handleDrop: async (_target, data) => {
        const { uris, files } = await dropped(data);
        await diagnoseUris(ctx, panels, uris, files);
      },
    },
  });
  const update = () => {
    items.refresh();
    const entries = ctx.store.list();
    void setContext(CONTEXT_KEYS.hasCrashes, entries.length > 0);
    const live = entries.filter((entry) => entry.live).length;
    view.badge =
      live > 0 ? { value: live, tooltip: vscode.l10n.t("Crashes not mended yet: {0}", live) } : undefined;
  };
  const entryOf = (argument: unknown) => ctx.store.entry((argument as Partial<Entry> | undefined)?.key ?? "");
  return vscode.Disposable.from(
    view,
    items,
    ctx.store.onDidChange(update),
    command(ctx, "golm.goToCrashLine", async (argument) => {
      const entry = entryOf(argument);
      const place = entry?.verdict?.place;
      if (place?.file === undefined) return;
      const { function: name, file, line } = place;
      await openPlace(
        ctx,
        { function: name, file, ...(line !== undefined && { line }) },
        { folder: entry?.origin.folder },
      );
    }),
    command(ctx, "golm.copyDiagnosis", async (argument) => {
      const entry = entryOf(argument);
      const finding = entry && (await ctx.store.finding(entry.key));
      if (finding)
        await vscode.env.clipboard.writeText(
          await markdownOf(ctx, finding, await ctx.knowledge.settingWithPages()),
        );
    }),
    command(ctx, "golm.forgetCrash", (argument) => {
      const entry = entryOf(argument);
      if (entry) ctx.store.forget([entry.key]);
    }),
    command(ctx, "golm.clearHistory", async () => {
      const forget = vscode.l10n.t("Forget All");
      const question = vscode.l10n.t("Forget all crashes of this workspace?");
      const answer = await vscode.window.showWarningMessage(question, { modal: true }, forget);
      if (answer === forget) ctx.store.forget(ctx.store.list().map(({ key }) => key));
    }),
  );
}

class HistoryItems implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly ctx: Ctx) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    await this.ctx.store.ready;
    return entry ? [] : this.ctx.store.list();
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const { ctx } = this;
    const title = titleOf(ctx, entry);
    const place = placeOf(entry);
    const { event, numbers } = split(title, entry);
    const times = entry.count > 1 ? `×${entry.count}` : undefined;
    const color = entry.live ? new vscode.ThemeColor("list.errorForeground") : undefined;
    return {
      id: entry.key,
      label: event,
      description: [times, place, entry.record?.core && "core", numbers]
        .filter((part) => part !== undefined)
        .join(" · "),
      tooltip: this.tooltip(entry, title),
      iconPath: new vscode.ThemeIcon(entry.live ? "flame" : "history", color),
      contextValue: [
        "crash",
        ...(entry.verdict?.place?.file === undefined ? [] : ["line"]),
        ...(entry.record ? ["record"] : []),
        ...(entry.record?.core && entry.record.program ? ["core"] : []),
        ...(canRunAgain(entry) ? ["again"] : []),
      ].join(" "),
      command: {
        command: "golm.openDiagnosis",
        title: vscode.l10n.t("Open the diagnosis"),
        arguments: [entry.key],
      },
      accessibilityInformation: {
        label: [title, times, place].filter((part) => part !== undefined).join(", "),
      },
    };
  }

  /** Plain text: a crash may hold Markdown. */
  private tooltip(entry: Entry, title: string): string {
    const cause = entry.verdict?.cause;
    const lines = [
      title,
      cause && vscode.l10n.t("Likely cause: {0}", inEditorLanguage(this.ctx, cause.title)),
      entry.header && visible(entry.header).slice(0, 300),
      visibleLine(entry.origin.label),
      entry.count === 1
        ? vscode.l10n.t("Seen on {0}", timeText(entry.first))
        : vscode.l10n.t("Seen {0} times, last on {1}", entry.count, timeText(lastSeen(entry))),
      ...keptOf(entry),
    ];
    return lines.filter(Boolean).join("\n");
  }
}

/** A side bar is narrow: where it happened comes before the numbers that the title ends with. */
function split(title: string, { verdict }: Entry): { event: string; numbers?: string } {
  const parts = verdict && /^([^:：]+)(?:: |：)(.+)$/.exec(title);
  return parts ? { event: parts[1]!, numbers: parts[2]! } : { event: title };
}

/** The files of a record, by their paths. */
function keptOf({ record }: Entry): string[] {
  const path = (uri: string) => visibleLine(vscode.Uri.parse(uri).fsPath);
  return [
    ...(record?.program === undefined ? [] : [vscode.l10n.t("Program: {0}", path(record.program))]),
    ...(record?.core === undefined ? [] : [vscode.l10n.t("Core: {0}", path(record.core))]),
  ];
}

/** Files of the explorer come as a list, those of the desktop as files, which have no address in a browser. */
async function dropped(
  data: vscode.DataTransfer,
): Promise<{ uris: vscode.Uri[]; files: vscode.DataTransferFile[] }> {
  const list = await data.get("text/uri-list")?.asString();
  const uris = (list ?? "")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => vscode.Uri.parse(line));
  const files: vscode.DataTransferFile[] = [];
  for (const [, item] of data) {
    const file = item.asFile();
    const uri = file?.uri;
    if (file && !uri) files.push(file);
    if (uri && !uris.some((known) => known.toString() === uri.toString())) uris.push(uri);
  }
  return { uris, files };
}
