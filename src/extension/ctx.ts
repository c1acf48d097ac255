/** What every surface is given: the editor's side of the extension, built once at activation. */
import * as vscode from "vscode";
import type { CommandId } from "../editor/commands.ts";
import type { Setting } from "../export/finding.ts";
import type { CatalogIndex, CatalogPages } from "../faulttree/catalog.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { CrashStore } from "./crash-store.ts";
import { messageText } from "./message-text.ts";
import type { Platform } from "./platform.ts";

export type Core = typeof import("./core.ts");

export interface Ctx {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  readonly language: Language;
  readonly log: vscode.LogOutputChannel;
  readonly store: CrashStore;
  readonly knowledge: Knowledge;
}

/** The engine and the catalogue, each read when it is first asked for, and only once. */
export class Knowledge {
  private loadedCore: Promise<Core> | undefined;
  private loadedSetting: Promise<Setting> | undefined;
  private loadedPages: Promise<void> | undefined;
  private pages: CatalogPages | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly language: Language,
    private readonly version: string,
  ) {}

  core(): Promise<Core> {
    this.loadedCore ??= import("./core.ts");
    return this.loadedCore;
  }

  /** The catalogue without its pages: enough for a diagnosis. */
  setting(): Promise<Setting> {
    this.loadedSetting ??= this.openCatalog();
    return this.loadedSetting;
  }

  /** The catalogue with its pages: prose, fixes, recipes. */
  async settingWithPages(): Promise<Setting> {
    const setting = await this.setting();
    this.loadedPages ??= this.read<CatalogPages>("catalog-pages.json").then((pages) => {
      this.pages = pages;
    });
    await this.loadedPages;
    return setting;
  }

  private async openCatalog(): Promise<Setting> {
    const [core, index] = await Promise.all([this.core(), this.read<CatalogIndex>("catalog.json")]);
    const catalog = new core.Catalog(index, () => {
      if (!this.pages) throw new Error("The pages of the catalogue are not loaded.");
      return this.pages;
    });
    return { language: this.language, catalog, all: false, version: this.version };
  }

  private async read<T>(name: string): Promise<T> {
    const uri = vscode.Uri.joinPath(this.extensionUri, "dist", name);
    return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) as T;
  }
}

/** Registers a command of the table. What it throws is told to the user, because the editor's own words help nobody. */
export function command(ctx: Ctx, id: CommandId, run: (...args: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...args);
    } catch (failure) {
      ctx.log.error(id, failure instanceof Error ? failure : String(failure));
      const says = failure instanceof Error ? failure.message : String(failure);
      void vscode.window.showErrorMessage(messageText(vscode.l10n.t("GoLM could not do this: {0}", says)));
      return undefined;
    }
  });
}

/** A setting below `golm.`. */
export function option<T>(name: string, otherwise: T, scope?: vscode.ConfigurationScope): T {
  return vscode.workspace.getConfiguration("golm", scope).get<T>(name, otherwise);
}

/** Goes on without waiting, and writes what goes wrong into the log. */
export function unattended(ctx: Ctx, work: Promise<unknown>): void {
  work.catch((failure: unknown) => ctx.log.error(failure instanceof Error ? failure : String(failure)));
}

export function setContext(key: string, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", key, value);
}

/** The folders in which the sources of a crash are looked for: where it ran, then the workspace's. */
export function foldersFor(folder?: string): vscode.Uri[] {
  const workspace = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  if (folder === undefined) return workspace;
  const ran = vscode.Uri.parse(folder);
  return [ran, ...workspace.filter((uri) => uri.toString() !== ran.toString())];
}
