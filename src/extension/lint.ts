/**
 * The linter in the editor. What speaks to its server is a file of its own, loaded when a Go file is first open: most
 * windows never need it.
 */
import * as vscode from "vscode";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import { type Ctx, command, option, setContext, unattended } from "./ctx.ts";

/** A running linter. */
export interface LintClient {
  /** Lints all folders; the server shows progress and says what it found. */
  lintWorkspace(): Promise<void>;
  /** The page of a rule as Markdown; null where there is no such rule. */
  rulePage(id: string): Promise<string | null>;
  stop(): Promise<void>;
}

export interface Lint extends vscode.Disposable {
  page(rule: string): Promise<string | undefined>;
}

/** `source` of its diagnostics. */
const SOURCE = "GoLM lint";

export function offerLint(ctx: Ctx): Lint {
  const { lintClient } = ctx.platform;
  let client: Promise<LintClient> | undefined;
  const start = (): Promise<LintClient> => {
    client ??= lintClient!(ctx).catch((failure: unknown) => {
      client = undefined;
      throw failure;
    });
    return client;
  };
  const watch = watchFor(
    () => lintClient !== undefined && client === undefined && isWanted(),
    () => unattended(ctx, start()),
  );
  void setContext(CONTEXT_KEYS.canLint, lintClient !== undefined);
  const commands = vscode.Disposable.from(
    command(ctx, "golm.lintWorkspace", async () => {
      if (lintClient) await (await start()).lintWorkspace();
    }),
    command(ctx, "golm.openFinding", async (argument) => {
      const id = typeof argument === "string" ? argument : findingAtCursor();
      if (id !== undefined) await vscode.commands.executeCommand("golm.openPage", id);
      else void vscode.window.showInformationMessage(vscode.l10n.t("There is no finding at the cursor."));
    }),
  );
  return {
    page: async (rule) => (lintClient ? ((await (await start()).rulePage(rule)) ?? undefined) : undefined),
    dispose: () => {
      commands.dispose();
      watch.dispose();
      if (client)
        unattended(
          ctx,
          client.then((running) => running.stop()),
        );
    },
  };
}

/** Starts once a Go file is open and the setting allows it. */
function watchFor(due: () => boolean, start: () => void): vscode.Disposable {
  const look = () => {
    if (due()) start();
  };
  look();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("golm.lint.enable")) look();
    }),
  );
}

function isWanted(): boolean {
  const isGo = ({ languageId, uri }: vscode.TextDocument) =>
    languageId === "go" && (uri.scheme === "file" || uri.scheme === "untitled");
  return option("lint.enable", true) && vscode.workspace.textDocuments.some(isGo);
}

/** Id of the cause that the finding at the cursor leads to; of its rule's page where it leads to none. */
function findingAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const found = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find(({ source, range }) => source === SOURCE && range.contains(editor.selection.active));
  if (!found) return undefined;
  const { data } = found as { readonly data?: { readonly rule?: unknown; readonly cause?: unknown } };
  if (typeof data?.cause === "string") return data.cause;
  return typeof data?.rule === "string" ? `lint/${data.rule}` : undefined;
}
