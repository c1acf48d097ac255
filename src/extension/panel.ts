/** Diagnosis panels: one for each crash, kept over reloads, brought up to date when the crash recurs. */
import * as vscode from "vscode";
import { type Entry, isKey, lastSeen } from "../editor/history.ts";
import type { Finding, Setting } from "../export/finding.ts";
import { panelHtml } from "../webview/html.ts";
import type { HostAbilities, Panel } from "../webview/model.ts";
import {
  parseToHost,
  type RecipeView,
  type Recurrence,
  type ToHost,
  type ToPage,
} from "../webview/protocol.ts";
import { chooseCrash, titleOf } from "./choose.ts";
import { type Ctx, command, unattended } from "./ctx.ts";
import { canRunWithCore } from "./make-cores.ts";
import { canOpenCore } from "./open-core.ts";
import { openPlace } from "./open-location.ts";
import { askModel, mendedText, mendSource, showCommand } from "./panel-actions.ts";
import { askFormat, copyText, exportReport, markdownOf } from "./report-files.ts";
import { reproduce } from "./reproduce.ts";

const VIEW_TYPE = "golm.diagnosis";
/** Rows of the goroutine list in one message. */
const ROWS = 5000;

export class Panels implements vscode.Disposable {
  private readonly open_ = new Map<string, DiagnosisPanel>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly ctx: Ctx) {
    this.subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const key = (state as { key?: unknown } | undefined)?.key;
          if (isKey(key)) this.keep(panel, key);
          else panel.dispose();
        },
      }),
      ctx.store.onDidTake(({ entry }) => this.open_.get(entry.key)?.recurred()),
      command(ctx, "golm.openDiagnosis", (key) => this.openFor(key)),
      command(ctx, "golm.openLastDiagnosis", async () => {
        await ctx.store.ready;
        const [last] = ctx.store.list();
        if (last) await this.open(last.key);
      }),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const panel of this.open_.values()) panel.dispose();
  }

  /** Opens the panel of a crash, or shows the one there is. `quietly` leaves the cursor where it is. */
  async open(key: string, { quietly = false } = {}): Promise<void> {
    await this.ctx.store.ready;
    const open = this.open_.get(key);
    if (open) {
      open.reveal(quietly);
      return;
    }
    const entry = this.ctx.store.entry(key);
    if (!entry) return;
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const title = titleOf(this.ctx, entry);
    const where = { viewColumn: column, preserveFocus: quietly };
    this.keep(vscode.window.createWebviewPanel(VIEW_TYPE, title, where, { enableFindWidget: true }), key);
  }

  /** An argument comes from a link, a view or a keybinding: a key, an entry, or nothing. */
  private async openFor(argument: unknown): Promise<void> {
    await this.ctx.store.ready;
    const given =
      typeof argument === "object" && argument !== null ? (argument as Partial<Entry>).key : argument;
    if (isKey(given)) return this.open(given);
    const chosen = await chooseCrash(this.ctx, this.ctx.store.list());
    if (chosen) await this.open(chosen.key);
  }

  private keep(panel: vscode.WebviewPanel, key: string): void {
    this.open_.set(key, new DiagnosisPanel(this.ctx, panel, key));
    panel.onDidDispose(() => this.open_.delete(key));
  }
}

/** One panel and what its page was given. */
class DiagnosisPanel {
  private shown: { readonly panel: Panel; readonly finding: Finding; readonly setting: Setting } | undefined;
  private pageReady = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly view: vscode.WebviewPanel,
    private readonly key: string,
  ) {
    const folder = vscode.Uri.joinPath(ctx.context.extensionUri, "dist", "webview");
    view.webview.options = { enableScripts: true, localResourceRoots: [folder], enableForms: false };
    const icon = (theme: string) =>
      vscode.Uri.joinPath(ctx.context.extensionUri, "media", `panel-${theme}.svg`);
    view.iconPath = { light: icon("light"), dark: icon("dark") };
    view.webview.onDidReceiveMessage((message: unknown) => {
      const said = parseToHost(message);
      if (said) unattended(ctx, this.answer(said));
    });
    const file = (name: string) => view.webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    view.webview.html = panelHtml({
      nonce: nonce(),
      cspSource: view.webview.cspSource,
      script: file("panel.js"),
      style: file("panel.css"),
      language: ctx.language,
      title: view.title,
    });
  }

  dispose(): void {
    this.view.dispose();
  }

  reveal(quietly: boolean): void {
    this.view.reveal(undefined, quietly);
  }

  /** The crash came again: its text is newer, and its source may have changed. */
  recurred(): void {
    if (this.pageReady) unattended(this.ctx, this.show());
  }

  private post(message: ToPage): void {
    void this.view.webview.postMessage(message);
  }

  private done(what: Extract<ToPage, { type: "done" }>["what"], says: string): void {
    this.post({ type: "done", what, says });
  }

  private async show(): Promise<void> {
    const { ctx, key } = this;
    await ctx.store.ready;
    const [core, setting, finding, crash] = await Promise.all([
      ctx.knowledge.core(),
      ctx.knowledge.settingWithPages(),
      ctx.store.finding(key),
      ctx.store.crash(key),
    ]);
    const entry = ctx.store.entry(key);
    if (!finding || !crash || !entry) {
      // Its text is gone from the history: there is nothing left to show.
      this.view.dispose();
      return;
    }
    this.view.title = titleOf(ctx, entry);
    const host = await this.abilities(finding, setting);
    const { raw, rawStart } = crash;
    const panel = await core.panelModel({ finding, setting, raw, rawStart, seen: seenOf(entry), host });
    this.shown = { panel, finding, setting };
    this.post({ type: "show", model: { ...panel.model, key } });
  }

  private async abilities(finding: Finding, setting: Setting): Promise<HostAbilities> {
    const { ctx } = this;
    const commands = await vscode.commands.getCommands(true);
    return {
      can: {
        openEditor: true,
        askModel: commands.includes("workbench.action.chat.open"),
        openCore: canOpenCore(ctx, ctx.store.entry(this.key)),
        runWithCore: canRunWithCore(ctx, ctx.store.entry(this.key)),
        run: ctx.platform.runs && vscode.workspace.isTrusted,
        exportFile: true,
      },
      canApply: (await mendedText(ctx, finding, setting, this.folder())) !== undefined,
    };
  }

  private folder(): string | undefined {
    return this.ctx.store.entry(this.key)?.origin.folder;
  }

  private async answer(said: ToHost): Promise<void> {
    if (said.type === "ready") {
      this.pageReady = true;
      await this.show();
      return;
    }
    const { shown } = this;
    if (!shown) return;
    try {
      await this.act(said, shown);
    } catch (failure) {
      this.ctx.log.error(said.type, failure instanceof Error ? failure : String(failure));
      this.done("failed", failure instanceof Error ? failure.message : String(failure));
    }
  }

  private async act(
    said: ToHost,
    { panel, finding, setting }: NonNullable<DiagnosisPanel["shown"]>,
  ): Promise<void> {
    const { ctx } = this;
    const { page } = panel.model;
    switch (said.type) {
      case "openFrame": {
        const place = panel.frames.at(said.open);
        if (place) await openPlace(ctx, place, { folder: this.folder(), column: this.editorColumn() });
        break;
      }
      case "openNode": {
        const { nodeView } = await ctx.knowledge.core();
        const node = await nodeView(said.id, setting, await this.abilities(finding, setting));
        if (node) this.post({ type: "node", node });
        break;
      }
      case "goroutines":
        await this.sendGoroutines(finding);
        break;
      case "copy":
        await copyText(ctx, said.what, {
          model: panel.model,
          finding,
          setting,
          crash: await ctx.store.crash(this.key),
        });
        this.done("copied", vscode.l10n.t("Copied."));
        break;
      case "export": {
        const format = await askFormat();
        if (format === undefined) break;
        const saved = await exportReport(ctx, format, finding, setting, ctx.store.entry(this.key));
        if (saved) this.done("exported", saved);
        break;
      }
      case "applyFix":
        if (await mendSource(ctx, finding, setting, { folder: this.folder(), column: this.editorColumn() })) {
          this.done("applied", vscode.l10n.t("The fix is in the editor, not saved yet."));
        } else {
          this.done("failed", vscode.l10n.t("The source has changed: copy the fix instead."));
        }
        break;
      case "runVerify":
        if (page?.verify.command !== undefined && page.verify.canRun)
          await showCommand(page.verify.command, this.folder());
        break;
      case "runRecipe": {
        await this.runRecipe(page?.recipes[said.index], finding, setting);
        break;
      }
      case "openCore":
        await vscode.commands.executeCommand("golm.openCore", ctx.store.entry(this.key));
        break;
      case "runWithCore":
        await vscode.commands.executeCommand("golm.runWithCore", ctx.store.entry(this.key));
        break;
      case "openRaw":
        await this.openRaw();
        break;
      case "askModel":
        await askModel(await markdownOf(ctx, finding, setting));
        break;
    }
  }

  private async runRecipe(view: RecipeView | undefined, finding: Finding, setting: Setting): Promise<void> {
    const entry = this.ctx.store.entry(this.key);
    const cause = finding.diagnosis.causes[0]?.id;
    const page = cause === undefined ? undefined : setting.catalog.page(cause);
    if (!view || !entry || cause === undefined || !page) return;
    const column = this.editorColumn() ?? vscode.ViewColumn.Active;
    await reproduce(this.ctx, { cause, page, entry, view, column });
  }

  private async sendGoroutines(finding: Finding): Promise<void> {
    const { goroutineRows } = await this.ctx.knowledge.core();
    const rows = goroutineRows(finding);
    for (let from = 0; from < Math.max(1, rows.length); from += ROWS) {
      this.post({ type: "goroutines", from, rows: rows.slice(from, from + ROWS), total: rows.length });
    }
  }

  /** The text as it stands, in an editor that colours it. */
  private async openRaw(): Promise<void> {
    const crash = await this.ctx.store.crash(this.key);
    if (!crash) return;
    const content = new TextDecoder().decode(crash.raw);
    const document = await vscode.workspace.openTextDocument({ language: "go-crash", content });
    await vscode.window.showTextDocument(document, {
      viewColumn: this.editorColumn() ?? vscode.ViewColumn.Active,
    });
  }

  /** Beside the panel rather than over it. */
  private editorColumn(): vscode.ViewColumn | undefined {
    const column = this.view.viewColumn;
    if (column === undefined) return undefined;
    return column === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  }
}

function seenOf(entry: Entry): Recurrence {
  return { count: entry.count, first: entry.first, last: lastSeen(entry) };
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
