/** The settings and the configuration that hold for a file: those of the workspace folder it lies in. */
import { sep } from "node:path";
import type {
  ClientCapabilities,
  Connection,
  InitializeParams,
  WorkspaceFolder,
} from "vscode-languageserver/node";
import { activeConfiguration } from "../goworkspace/configuration.ts";
import type { Scope } from "./checker.ts";
import { pathOf } from "./open-file.ts";
import { type ClientOptions, type LintSettings, readSettings, settingsIn } from "./settings.ts";

export class Scopes {
  private folders: readonly WorkspaceFolder[];
  private readonly byFolder = new Map<string, Scope>();
  private everywhere: Scope;
  private stamps = 0;

  constructor(
    private readonly connection: Connection,
    private readonly capabilities: ClientCapabilities,
    private client: ClientOptions,
    params: InitializeParams,
  ) {
    const root = params.rootUri ? [{ uri: params.rootUri, name: "" }] : [];
    this.folders = params.workspaceFolders ?? root;
    this.everywhere = this.scope(params.initializationOptions);
  }

  /** Paths of the workspace folders that are on this machine. */
  get roots(): readonly string[] {
    return this.folders.flatMap(({ uri }) => pathOf(uri) ?? []);
  }

  changeFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.folders = [...this.folders.filter(({ uri }) => !gone.has(uri)), ...added];
  }

  /** Asks the client for the settings, folder by folder; a client that cannot be asked may have sent them. */
  async read(sent?: unknown): Promise<void> {
    if (!this.capabilities.workspace?.configuration) {
      if (sent !== undefined && sent !== null) this.everywhere = this.scope(sent);
      return;
    }
    const section = "golm.lint";
    const { folders } = this;
    const items = [{ section }, ...folders.map(({ uri }) => ({ scopeUri: uri, section }))];
    const answers: unknown[] = await this.connection.workspace.getConfiguration(items).catch(() => []);
    // What was given at the start stands where the client has no answer.
    if (answers[0] !== null && answers[0] !== undefined) this.everywhere = this.scope(answers[0]);
    this.byFolder.clear();
    for (const [at, { uri }] of folders.entries()) {
      const [path, answer] = [pathOf(uri), answers[at + 1]];
      if (path !== undefined && answer !== null && answer !== undefined)
        this.byFolder.set(path, this.scope(answer));
    }
  }

  private scope(given: unknown): Scope {
    const settings = readSettings(settingsIn(given));
    const tags = settings.buildTags.length > 0 ? settings.buildTags : this.client.buildTags;
    const env = { ...process.env, ...this.client.env };
    const context = activeConfiguration(env, tags.length > 0 ? tags : undefined);
    return { settings, context, stamp: ++this.stamps };
  }

  /** Of the innermost workspace folder that holds the path. */
  of(path: string | undefined): Scope {
    let found = this.everywhere;
    let longest = -1;
    for (const [folder, scope] of this.byFolder) {
      const isInside = path !== undefined && (path === folder || path.startsWith(withEnd(folder)));
      if (isInside && folder.length > longest) [found, longest] = [scope, folder.length];
    }
    return found;
  }

  async setGopls(gopls: boolean): Promise<void> {
    if (gopls === this.client.gopls) return;
    this.client = { ...this.client, gopls };
    await this.read();
  }

  besideGopls({ besideGopls }: LintSettings): boolean {
    return besideGopls === "auto" ? this.client.gopls : besideGopls === "on";
  }
}

const withEnd = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep);
