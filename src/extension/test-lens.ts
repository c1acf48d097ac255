/** Over each test, benchmark and fuzz function: run it, and diagnose what it dies of. */
import * as vscode from "vscode";
import { argumentsOf, type GoTest, goTestsIn } from "../editor/go-tests.ts";
import { type Ctx, command, option } from "./ctx.ts";
import type { Records } from "./records.ts";
import { goTask } from "./tasks.ts";

export function lensTests(ctx: Ctx, records: Records): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(
      { language: "go", pattern: "**/*_test.go", scheme: "file" },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          if (!option("codeLens.tests", true, document) || !vscode.workspace.isTrusted) return [];
          return goTestsIn(document.getText()).map((test) => {
            const title = vscode.l10n.t("run with diagnosis");
            const run = { title, command: "golm.runTest", arguments: [document.uri.toString(), test] };
            return new vscode.CodeLens(new vscode.Range(test.line, 0, test.line, 0), run);
          });
        },
      },
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("golm.codeLens")) changed.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    command(ctx, "golm.runTest", async (uri, test) => {
      if (typeof uri !== "string" || !isTest(test)) return;
      const file = vscode.Uri.parse(uri);
      await vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.save();
      const folder = vscode.Uri.joinPath(file, "..");
      await vscode.tasks.executeTask(
        goTask(ctx, records, { args: argumentsOf(test), folder, name: test.name, test: test.name }),
      );
    }),
  );
}

/** Arguments of a command may come from anywhere. */
function isTest(value: unknown): value is GoTest {
  const { kind, name } = (value ?? {}) as Partial<GoTest>;
  return (
    ["test", "benchmark", "fuzz"].includes(kind ?? "") &&
    /^(?:Test|Benchmark|Fuzz)[\p{L}\p{N}_]*$/u.test(name ?? "")
  );
}
