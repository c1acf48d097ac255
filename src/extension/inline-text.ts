/** What happened, after the line where it did. */
import * as vscode from "vscode";
import { shorten } from "../export/visible.ts";
import { option } from "./ctx.ts";
import type { Marks } from "./marks.ts";

const LONGEST = 100;

export function showInlineText(marks: Marks): vscode.Disposable {
  const decoration = vscode.window.createTextEditorDecorationType({
    after: {
      margin: "0 0 0 2em",
      color: new vscode.ThemeColor("editorError.foreground"),
      fontStyle: "italic",
    },
    overviewRulerColor: new vscode.ThemeColor("editorError.foreground"),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const draw = (editor: vscode.TextEditor) =>
    editor.setDecorations(decoration, decorationsFor(editor, marks));
  const drawAll = () => vscode.window.visibleTextEditors.forEach(draw);
  return vscode.Disposable.from(
    decoration,
    marks.onDidChange(drawAll),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("golm.inlineText")) drawAll();
    }),
  );
}

function decorationsFor(editor: vscode.TextEditor, marks: Marks): vscode.DecorationOptions[] {
  if (!option("inlineText", true, editor.document)) return [];
  const { document } = editor;
  const here = marks.list().filter((mark) => mark.uri.toString() === document.uri.toString());
  return here
    .filter(({ line }) => line < document.lineCount)
    .map(({ line, mark }) => ({
      range: new vscode.Range(
        line,
        document.lineAt(line).text.length,
        line,
        document.lineAt(line).text.length,
      ),
      renderOptions: { after: { contentText: shorten(mark.headline, LONGEST) } },
    }));
}
