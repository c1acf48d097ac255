/** Quick fixes of our problems: open the diagnosis, or take the problem away. */
import * as vscode from "vscode";
import { isKey } from "../editor/history.ts";
import { SOURCE } from "./problems.ts";

export function offerQuickFixes(): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    [{ language: "go" }, { language: "c" }, { language: "cpp" }],
    {
      provideCodeActions(_document, _range, { diagnostics }) {
        return diagnostics
          .filter(({ source, code }) => source === SOURCE && isKey(code))
          .flatMap((problem) => [
            action(problem, vscode.l10n.t("Open the diagnosis"), "golm.openDiagnosis"),
            action(problem, vscode.l10n.t("Clear this crash's marks"), "golm.clearMark"),
          ]);
      },
    },
    { providedCodeActionKinds: [kind] },
  );

  function action(problem: vscode.Diagnostic, title: string, command: string): vscode.CodeAction {
    const made = new vscode.CodeAction(title, kind);
    made.command = { title, command, arguments: [problem.code] };
    made.diagnostics = [problem];
    return made;
  }
}
