/** Speaks to the linter's server. `dist/lint-client.cjs`, which is loaded when a Go file is first open. */
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import type { Ctx } from "./ctx.ts";
import type { LintClient } from "./lint.ts";

/** A server that ends this often in as many minutes is not started any more. */
const ENDINGS = 5;
const MINUTES = 3;

export async function startClient(ctx: Ctx): Promise<LintClient> {
  const module = vscode.Uri.joinPath(ctx.context.extensionUri, "dist", "server.js").fsPath;
  const server = { module, transport: TransportKind.ipc };
  const client = new LanguageClient("golm.lint", "GoLM lint", server, {
    documentSelector: [
      { language: "go", scheme: "file" },
      { language: "go", scheme: "untitled" },
    ],
    initializationOptions: () => ({ commands: true, gopls: hasGopls(), ...goSettings() }),
    // Of commands only this one may be linked, and its argument is the id of a page.
    markdown: { isTrusted: { enabledCommands: ["golm.openFinding"] } },
    diagnosticCollectionName: "golm-lint",
    outputChannel: ctx.log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: restarting(),
  });
  await client.start();
  const told = vscode.extensions.onDidChange(() => {
    void client.sendNotification("golm/gopls", { gopls: hasGopls() }).catch(() => {});
  });
  return {
    async lintWorkspace() {
      await client.sendRequest("workspace/executeCommand", { command: "golm.lintWorkspace" });
    },
    rulePage: (id) => client.sendRequest<string | null>("golm/rulePage", { id }),
    async stop() {
      told.dispose();
      await client.stop();
    },
  };
}

/** gopls runs the checks of vet, wherever the Go extension is there and lets it. */
function hasGopls(): boolean {
  const isThere = vscode.extensions.getExtension("golang.go") !== undefined;
  return isThere && vscode.workspace.getConfiguration("go").get<boolean>("useLanguageServer", true);
}

/** What the Go extension builds for: the linter takes the same files. */
function goSettings(): { env: Record<string, unknown>; buildTags: string[] } {
  const go = vscode.workspace.getConfiguration("go");
  const tags = go.get<string>("buildTags", "");
  return {
    env: go.get<Record<string, unknown>>("toolsEnvVars", {}) ?? {},
    buildTags: typeof tags === "string" ? tags.split(/[\s,]+/).filter((tag) => tag !== "") : [],
  };
}

/** Starts the server again when it ends by itself, and says so the first time. */
function restarting(): ErrorHandler {
  const endings: number[] = [];
  let said = false;
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      endings.push(now);
      const recent = endings.filter((at) => now - at < MINUTES * 60_000);
      if (recent.length >= ENDINGS) {
        void vscode.window.showErrorMessage(
          vscode.l10n.t(
            "The GoLM linter keeps ending and was not started again. Reload the window to try again.",
          ),
        );
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (!said) {
        said = true;
        void vscode.window.showWarningMessage(
          vscode.l10n.t("The GoLM linter ended unexpectedly and was started again."),
        );
      }
      return { action: CloseAction.Restart, handled: true };
    },
  };
}
