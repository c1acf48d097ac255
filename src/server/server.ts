/** The language server: what the protocol asks, handed to the parts that answer. */
import { dirname } from "node:path";
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import type { Language } from "../faulttree/diagnosis.ts";
import type { GoParser } from "../golint/index.ts";
import { Checker } from "./checker.ts";
import { CodeActions, FIX_ALL, touches } from "./code-actions.ts";
import { diagnosticsOf, rangeOf, type Showing } from "./diagnostics.ts";
import { OpenFile, pathOf } from "./open-file.ts";
import { Packages } from "./packages.ts";
import { Pages, pageLink } from "./pages.ts";
import { quietly } from "./quietly.ts";
import { Scheduler } from "./scheduler.ts";
import { Scopes } from "./scopes.ts";
import { readClientOptions } from "./settings.ts";
import { type ServerWords, serverWords } from "./words.ts";
import { WorkspaceFindings } from "./workspace-findings.ts";

export /** C that preambles include. */
const HEADERS = "**/*.{h,hh,hpp,hxx,inc}";
const LINT_WORKSPACE = "golm.lintWorkspace";
/** A request of our own: the page of a rule as Markdown, or null. */
export const RULE_PAGE = "golm/rulePage";
/** A notification of our own extension: whether gopls is there now. */
export const GOPLS = "golm/gopls";

export interface ServerOptions {
  readonly parser: GoParser;
  /** URL of the program file, beside which the catalogue, the parser and the worker lie. */
  readonly script: string;
  /** For clients that name no language of ours. */
  readonly language: Language;
  readonly version: string;
}

/** Answers on this connection until it is closed. */
export function serve(connection: Connection, options: ServerOptions): void {
  let server: Server | undefined;
  connection.onInitialize((params) => {
    server = new Server(connection, options, params);
    return server.abilities();
  });
  connection.onInitialized(() => void server?.begin());
  connection.listen();
}

class Server {
  private readonly open = new Map<string, OpenFile>();
  private readonly capabilities: ClientCapabilities;
  private readonly commands: boolean;
  private readonly language: Language;
  private readonly words: ServerWords;
  private readonly packages: Packages;
  private readonly checker: Checker;
  private readonly actions: CodeActions;
  private readonly pages: Pages;
  private readonly scopes: Scopes;
  private readonly scheduler = new Scheduler();
  private readonly idle = new Scheduler();
  private readonly workspace: WorkspaceFindings;
  private readonly told = new Set<string>();
  /** The settings are known: before that nothing is said that they may take back. */
  private begun = false;
  private started: () => void = () => {};
  private readonly start = new Promise<void>((done) => {
    this.started = done;
  });

  constructor(
    private readonly connection: Connection,
    private readonly options: ServerOptions,
    params: InitializeParams,
  ) {
    this.capabilities = params.capabilities ?? {};
    const client = readClientOptions(params.initializationOptions);
    this.commands = client.commands;
    this.language = languageOf(params.locale) ?? options.language;
    this.words = serverWords(this.language);
    this.packages = new Packages(options.parser);
    this.checker = new Checker(options.parser, this.packages, this.open, (file, why) =>
      this.failed(file, why),
    );
    const versioned = this.capabilities.workspace?.workspaceEdit?.documentChanges === true;
    this.actions = new CodeActions(this.checker, this.words, this.language, versioned, this.commands);
    this.pages = new Pages(options.script, this.language, this.words, this.commands);
    this.scopes = new Scopes(connection, this.capabilities, client, params);
    this.workspace = new WorkspaceFindings(
      connection,
      { script: options.script, words: this.words, capabilities: this.capabilities },
      {
        scopes: this.scopes,
        isOpen: (path) => this.openAt(path) !== undefined,
        diagnostics: (findings, uri, scope) => diagnosticsOf(findings, uri, this.showing(scope.settings)),
        failed: (file, why) => this.failed(file, why),
      },
    );
    this.listen();
  }

  private get pulls(): boolean {
    return this.capabilities.textDocument?.diagnostic !== undefined;
  }

  abilities(): InitializeResult {
    return {
      serverInfo: { name: "golm-faultcheck", version: this.options.version },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, CodeActionKind.RefactorRewrite],
        },
        // Our extension has the command itself, and two of one name do not get along.
        ...(!this.commands && { executeCommandProvider: { commands: [LINT_WORKSPACE] } }),
        ...(this.pulls && {
          diagnosticProvider: {
            identifier: "golm",
            interFileDependencies: true,
            // Our extension runs it when it is told to, and not all the time.
            workspaceDiagnostics: !this.commands,
          },
        }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  /** What can only be asked once the client is ready. */
  async begin(): Promise<void> {
    const { workspace } = this.capabilities;
    const { client } = this.connection;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      await quietly(client.register(DidChangeConfigurationNotification.type, { section: "golm.lint" }));
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [
        { globPattern: "**/*.go" },
        { globPattern: "**/go.{mod,work}" },
        { globPattern: HEADERS },
      ];
      await quietly(client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (workspace?.workspaceFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.scopes.changeFolders(added, removed);
        this.changedAll();
      });
    }
    // A client that does not answer gets what we have by then.
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, SETTINGS_MS);
    });
    await Promise.race([this.scopes.read(), late]);
    clearTimeout(timer);
    this.begun = true;
    this.started();
    this.changedAll();
  }

  private listen(): void {
    const { connection } = this;
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      if (typeof uri !== "string" || typeof text !== "string") return;
      this.close(uri);
      const file = new OpenFile(uri, pathOf(uri), this.options.parser, version, text);
      this.open.set(uri, file);
      if (file.path !== undefined) this.packages.refresh(dirname(file.path));
      if (this.pulls && file.path !== undefined) this.workspace.hide(file.path);
      this.changed(file);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const file = this.open.get(textDocument.uri);
      if (!file || !Array.isArray(contentChanges)) return;
      file.change(contentChanges, textDocument.version);
      if (this.followsTyping(file)) this.changed(file);
    });
    connection.onDidSaveTextDocument(({ textDocument }) => {
      const file = this.open.get(textDocument.uri);
      if (!file) return;
      file.savedVersion = file.version;
      if (file.path !== undefined) this.packages.refresh(dirname(file.path));
      this.changed(file);
    });
    connection.onDidCloseTextDocument(({ textDocument }) => this.closed(textDocument.uri));
    connection.onDidChangeWatchedFiles(({ changes }) => this.changedOnDisk(changes.map(({ uri }) => uri)));
    connection.onDidChangeConfiguration(async ({ settings }) => {
      await this.scopes.read(settings);
      this.changedAll();
    });
    connection.onHover(({ textDocument, position }) => this.hover(textDocument.uri, position));
    connection.onCodeAction(({ textDocument, range, context }) => {
      const file = this.open.get(textDocument.uri);
      if (!file) return [];
      const scope = this.scopes.of(file.path);
      return this.actions.at({ file, range, only: context?.only }, scope, this.showing(scope.settings));
    });
    connection.onExecuteCommand(async ({ command }, token, progress) => {
      if (command !== LINT_WORKSPACE)
        throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command ${command}.`);
      return this.workspace.lint(token, progress);
    });
    connection.onRequest(RULE_PAGE, (params: { readonly id?: unknown } | undefined) =>
      typeof params?.id === "string" ? (this.pages.rule(params.id) ?? null) : null,
    );
    connection.onNotification(GOPLS, async (params: { readonly gopls?: unknown } | undefined) => {
      await this.scopes.setGopls(params?.gopls === true);
      this.changedAll();
    });
    if (this.pulls) this.listenForPulls();
    connection.onShutdown(() => {
      this.scheduler.dispose();
      this.idle.dispose();
    });
  }

  private listenForPulls(): void {
    const { diagnostics } = this.connection.languages;
    diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      const file = this.open.get(textDocument.uri);
      if (!file) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const isDirty = file.version !== file.savedVersion;
      if (isDirty && previousResultId !== undefined && !this.followsTyping(file))
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };
      await this.start;
      await this.scheduler.ready(file);
      if (token.isCancellationRequested || this.open.get(file.uri) !== file) throw CANCELLED;
      const { resultId, items } = this.checked(file);
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    });
    diagnostics.onWorkspace(({ previousResultIds }, token, progress, partial) =>
      this.workspace.pull(previousResultIds ?? [], token, progress, partial),
    );
  }

  private checked(file: OpenFile): { resultId: string; items: Diagnostic[] } {
    const scope = this.scopes.of(file.path);
    const { resultId, findings, quick } = this.checker.quick(file, scope);
    if (quick) this.idle.schedule(file, () => this.settle(file, resultId), IDLE_MS);
    else if (file.path !== undefined) this.workspace.update(file.path, findings);
    return { resultId, items: diagnosticsOf(findings, file.uri, this.showing(scope.settings)) };
  }

  /** The whole check behind a quick one, once the typing pauses; told where it found something else. */
  private settle(file: OpenFile, told: string): void {
    if (this.open.get(file.uri) !== file) return;
    const { resultId } = this.checker.check(file, this.scopes.of(file.path));
    if (resultId === told) return;
    if (this.pulls) this.changedAll();
    else this.publish(file);
  }

  private showing(settings: Showing["settings"]): Showing {
    return {
      language: this.language,
      settings,
      besideGopls: this.scopes.besideGopls(settings),
      related: this.capabilities.textDocument?.publishDiagnostics?.relatedInformation === true,
      ruleLink:
        this.commands && this.capabilities.textDocument?.publishDiagnostics?.codeDescriptionSupport
          ? pageLink
          : undefined,
    };
  }

  private followsTyping({ path, text }: OpenFile): boolean {
    return this.scopes.of(path).settings.onType && text.length <= LARGE;
  }

  /** Has a file checked that was opened, typed in or saved, and those that see its declarations. */
  private changed(file: OpenFile): void {
    if (this.pulls || !this.begun) return;
    this.scheduler.schedule(file, () => this.publish(file));
    this.changedBeside(file);
  }

  private changedBeside(file: OpenFile): void {
    if (this.pulls || !this.begun) return;
    const folder = file.path && dirname(file.path);
    for (const other of this.open.values()) {
      if (other !== file && other.path && dirname(other.path) === folder)
        this.scheduler.schedule(other, () => this.publish(other), BESIDE_MS);
    }
  }

  private publish(file: OpenFile): void {
    if (this.open.get(file.uri) !== file) return;
    const { version } = file;
    const { items } = this.checked(file);
    quietly(this.connection.sendDiagnostics({ uri: file.uri, version, diagnostics: items }));
  }

  private changedAll(): void {
    if (this.pulls) {
      if (this.capabilities.workspace?.diagnostics?.refreshSupport)
        quietly(this.connection.sendRequest(DiagnosticRefreshRequest.type));
    } else for (const file of this.open.values()) this.scheduler.schedule(file, () => this.publish(file));
  }

  private close(uri: string): OpenFile | undefined {
    const file = this.open.get(uri);
    if (!file) return undefined;
    this.open.delete(uri);
    this.scheduler.forget(file);
    this.idle.forget(file);
    this.checker.forget(file);
    file.forgetTree();
    return file;
  }

  private closed(uri: string): void {
    const file = this.close(uri);
    if (!file) return;
    const folders = [...this.open.values()].flatMap(({ path }) =>
      path === undefined ? [] : [dirname(path)],
    );
    this.packages.keep(new Set(folders));
    if (!this.pulls) quietly(this.connection.sendDiagnostics({ uri, diagnostics: [] }));
    if (file.path === undefined) return;
    this.workspace.show(file.path, file.version === file.savedVersion);
    // Those beside it see what is on disk again.
    this.changedBeside(file);
  }

  private changedOnDisk(uris: readonly string[]): void {
    const paths = uris.flatMap((uri) => pathOf(uri) ?? []);
    const isModule = paths.some((path) => /[\\/]go\.(?:mod|work)$/.test(path));
    if (isModule) this.packages.forgetModules();
    const isHeader = paths.some((path) => /\.(?:h|hh|hpp|hxx|inc)$/i.test(path));
    if (isHeader) this.packages.renew();
    const folders = new Set(paths.map((path) => dirname(path)));
    const changed = [...folders].map((folder) => this.packages.refresh(folder)).some(Boolean);
    this.workspace.changedOnDisk(paths, isModule);
    if (changed || isModule || isHeader) this.changedAll();
  }

  private hover(uri: string, position: { readonly line: number; readonly character: number }) {
    const file = this.open.get(uri);
    if (!file) return null;
    const { findings } = this.checker.quick(file, this.scopes.of(file.path));
    const at = { start: position, end: position };
    const here = findings.filter((finding) => touches(rangeOf(finding.range), at));
    const value = this.pages.hover(here);
    if (value === "") return null;
    return { contents: { kind: "markdown" as const, value }, range: rangeOf(here[0]!.range) };
  }

  private openAt(path: string): OpenFile | undefined {
    for (const file of this.open.values()) if (file.path === path) return file;
    return undefined;
  }

  /** Said once for each file and reason. */
  private failed(file: string, why: string): void {
    const text = this.words.failed(file, why);
    if (this.told.has(text)) return;
    this.told.add(text);
    this.connection.console.warn(text);
  }
}

const SETTINGS_MS = 2000;

/** A pause in typing. */
const IDLE_MS = 300;

/** Characters. A megabyte is read in about half a second: longer files are checked when opened and saved. */
const LARGE = 1 << 20;

/** Files that see a changed one's declarations can wait a little. */
const BESIDE_MS = 250;

const CANCELLED = new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");

function languageOf(locale: string | undefined): Language | undefined {
  if (typeof locale !== "string") return undefined;
  if (/^zh(?:$|[-_])/i.test(locale)) return "zh-cn";
  return /^en(?:$|[-_])/i.test(locale) ? "en" : undefined;
}
