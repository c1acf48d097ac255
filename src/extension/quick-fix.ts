/** Quick fixes of our problems: open the diagnosis, or take the problem away. */
import * as vscode from "vscode";
import type { Marks } from "./marks.ts";
import { SOURCE } from "./problems.ts";

export function offerQuickFixes(marks: Marks): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    [{ language: "go" }, { language: "c" }, { language: "cpp" }],
    {
      provideCodeActions(document, _range, { diagnostics }) {
        const ours = diagnostics.filter(({ source }) => source === SOURCE);
        return ours.flatMap((problem) =>
          marks
            .at(document.uri, problem.range.start.line)
            .filter(({ mark }) => problem.message.startsWith(mark.headline))
            .flatMap(({ key }) => [
              action(problem, vscode.l10n.t("Open the diagnosis"), "golm.openDiagnosis", key),
              action(problem, vscode.l10n.t("Clear this crash's marks"), "golm.clearMark", key),
            ]),
        );
      },
    },
    { providedCodeActionKinds: [kind] },
  );

  function action(
    problem: vscode.Diagnostic,
    title: string,
    command: string,
    key: string,
  ): vscode.CodeAction {
    const made = new vscode.CodeAction(title, kind);
    made.command = { title, command, arguments: [key] };
    made.diagnostics = [problem];
    return made;
  }
}
