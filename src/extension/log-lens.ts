/** Over each crash in an open log: what it is, one click from its diagnosis. */
import * as vscode from "vscode";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { type Ctx, command, option } from "./ctx.ts";
import type { Panels } from "./panel.ts";

const LANGUAGES = ["go-crash", "log", "plaintext"];
const LARGEST = 64 << 20;
const LENSES = 500;

interface CrashLens extends vscode.CodeLens {
  readonly crash: FoundCrash;
  readonly document: vscode.TextDocument;
}

export function lensLogs(ctx: Ctx, panels: Panels): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider<CrashLens> = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!option("codeLens.logs", true, document)) return [];
      const text = document.getText();
      if (text.length > LARGEST) return [];
      const { crashesIn } = await ctx.knowledge.core();
      if (token.isCancellationRequested) return [];
      return crashesIn(new TextEncoder().encode(text))
        .slice(0, LENSES)
        .map((crash) => {
          const line = Math.min(document.lineCount, crash.report.lines.first) - 1;
          const lens = new vscode.CodeLens(new vscode.Range(line, 0, line, 0));
          return Object.assign(lens, { crash, document });
        });
    },
    async resolveCodeLens(lens) {
      const [core, setting] = await Promise.all([ctx.knowledge.core(), ctx.knowledge.setting()]);
      const { report } = lens.crash;
      const diagnosis = core.diagnose(report, setting.catalog, { language: ctx.language });
      const title = core.headline({ diagnosis, input: "" }, setting);
      lens.command = {
        title: `$(flame)\u00a0${title.replaceAll("$(", "$ (")}`,
        tooltip: vscode.l10n.t("Open the diagnosis"),
        command: "golm.openCrashAt",
        arguments: [lens.document.uri.toString(), lens.range.start.line],
      };
      return lens;
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(
      LANGUAGES.map((language) => ({ language })),
      provider,
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("golm.codeLens")) changed.fire();
    }),
    command(ctx, "golm.openCrashAt", async (uri, line) => {
      if (typeof uri !== "string" || typeof line !== "number") return;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      const { crashesIn } = await ctx.knowledge.core();
      const crashes = crashesIn(new TextEncoder().encode(document.getText()));
      const crash = crashes.find(({ report }) => report.lines.first - 1 === line);
      if (!crash) return;
      const label = vscode.workspace.asRelativePath(document.uri);
      await panels.open(await ctx.store.take(crash, { kind: "file", label, uri }, { asked: true }));
    }),
  );
}
