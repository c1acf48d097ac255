/** A client of the built server over standard input and output, as any editor is one. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const root = resolve(import.meta.dirname, "../../..");
const PROGRAM = join(root, "dist/cli.js");

export interface ClientOptions {
  /** Asks for diagnostics itself. */
  readonly pulls?: boolean;
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` answers for `golm.lint`. */
  readonly settings?: () => unknown;
  readonly locale?: string;
  readonly folders?: readonly string[];
}

/** A folder of Go files for one test file. */
export function workFolder(files: Readonly<Record<string, string>> = {}) {
  const path = mkdtempSync(join(tmpdir(), "golm-lsp-"));
  const write = (name: string, text: string | Uint8Array): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const uriOf = (path: string): string => pathToFileURL(path).href;

export class Client {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  /** What was published last, by URI. */
  readonly published = new Map<string, Diagnostic[]>();
  /** How often anything was. */
  publications = 0;
  readonly messages: string[] = [];
  readonly progress: { token: unknown; value: { kind: string; percentage?: number } }[] = [];
  stderr = "";
  abilities: InitializeResult["capabilities"] = {};
  private readonly documents = new Map<string, TextDocument>();
  private watchers: (() => void)[] = [];

  private constructor(options: ClientOptions) {
    this.process = spawn(process.execPath, [PROGRAM, "lsp", "--stdio"], { stdio: "pipe" });
    this.process.stderr!.on("data", (chunk) => {
      this.stderr += chunk;
    });
    this.process.stdin!.on("error", () => {});
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.published.set(uri, diagnostics);
      this.publications++;
      this.changed();
    });
    this.connection.onNotification("window/showMessage", ({ message }) => {
      this.messages.push(message);
      this.changed();
    });
    this.connection.onNotification("$/progress", (params) => {
      this.progress.push(params);
      this.changed();
    });
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("workspace/diagnostic/refresh", () => null);
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => options.settings?.() ?? null),
    );
    this.connection.listen();
  }

  static async start(options: ClientOptions = {}): Promise<Client> {
    const client = new Client(options);
    const { pulls, initializationOptions, locale, folders = [] } = options;
    const result = await client.connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        textDocument: {
          publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
          ...(pulls && { diagnostic: {} }),
        },
        workspace: {
          workspaceFolders: true,
          configuration: options.settings !== undefined,
          workspaceEdit: { documentChanges: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
          ...(pulls && { diagnostics: { refreshSupport: true } }),
        },
        window: { workDoneProgress: true },
      },
      ...(locale && { locale }),
      initializationOptions,
      workspaceFolders: folders.map((path) => ({ uri: uriOf(path), name: "test" })),
    });
    client.abilities = result.capabilities;
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }

  /** Waits for a condition that what the server sends may make true. */
  async until(holds: () => boolean, what: string, milliseconds = 10_000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((done, fail) => {
      const end = () => {
        clearTimeout(timer);
        this.watchers = this.watchers.filter((other) => other !== watcher);
      };
      const timer = setTimeout(() => {
        end();
        fail(new Error(`Not seen: ${what}\n${this.stderr}`));
      }, milliseconds);
      const watcher = () => {
        if (!holds()) return;
        end();
        done();
      };
      this.watchers.push(watcher);
    });
  }

  open(path: string, text: string): Promise<void> {
    const uri = uriOf(path);
    this.documents.set(uri, TextDocument.create(uri, "go", 1, text));
    const textDocument = { uri, languageId: "go", version: 1, text };
    return this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  text(path: string): string {
    return this.documents.get(uriOf(path))!.getText();
  }

  /** Replaces the first `before`, as somebody who types it. */
  change(path: string, before: string, after: string): Promise<void> {
    const document = this.documents.get(uriOf(path))!;
    const from = document.getText().indexOf(before);
    if (from < 0) throw new Error(`There is no ${JSON.stringify(before)} in ${path}.`);
    const range = { start: document.positionAt(from), end: document.positionAt(from + before.length) };
    const contentChanges = [{ range, text: after }];
    const { uri, version } = TextDocument.update(document, contentChanges, document.version + 1);
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  notify(method: string, path: string): Promise<void> {
    return this.connection.sendNotification(`textDocument/${method}`, {
      textDocument: { uri: uriOf(path) },
    });
  }

  diskChanged(...paths: string[]): Promise<void> {
    const changes = paths.map((path) => ({ uri: uriOf(path), type: 2 }));
    return this.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  }

  /** `LINE RULE`, as last published. */
  found(path: string): string[] {
    return (this.published.get(uriOf(path)) ?? []).map(lineAndRule);
  }

  async untilFound(path: string, wanted: readonly string[]): Promise<void> {
    const sorted = JSON.stringify([...wanted].sort());
    try {
      await this.until(() => {
        return this.published.has(uriOf(path)) && JSON.stringify(this.found(path).sort()) === sorted;
      }, `${sorted} in ${path}`);
    } catch (failure) {
      throw new Error(`${(failure as Error).message}\nlast: ${JSON.stringify(this.found(path))}`);
    }
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const textDocument = { uri: uriOf(path) };
    return this.connection.sendRequest("textDocument/diagnostic", { textDocument, previousResultId });
  }

  /** Position of a text, for requests. */
  at(path: string, text: string, offset = 0) {
    const document = this.documents.get(uriOf(path))!;
    return document.positionAt(document.getText().indexOf(text) + offset);
  }

  async actions(path: string, text: string, only?: readonly string[]): Promise<Action[]> {
    const at = this.at(path, text);
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: uriOf(path) },
      range: { start: at, end: at },
      context: { diagnostics: [], ...(only && { only }) },
    });
  }

  /** The text after an action's edit, which must be for the version that is open. */
  applied(path: string, action: Action): string {
    const document = this.documents.get(uriOf(path))!;
    const change = action.edit!.documentChanges![0] as {
      textDocument: { uri: string; version: number };
      edits: TextEdit[];
    };
    if (change.textDocument.version !== document.version) throw new Error("an edit for another version");
    return TextDocument.applyEdits(document, change.edits);
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.process.once("exit", done));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const status = await ended;
    this.connection.dispose();
    return status;
  }

  kill(): Promise<void> {
    const ended = new Promise<void>((done) => this.process.once("exit", () => done()));
    this.process.kill("SIGKILL");
    return ended;
  }
}

export interface Action {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

export const lineAndRule = ({ range, code }: Diagnostic): string => `${range.start.line + 1} ${code}`;
