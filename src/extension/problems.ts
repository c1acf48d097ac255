/** Entries of the Problems view: at the line of a crash, with the way to it, until a clean run or the user clears them. */
import * as vscode from "vscode";
import type { Marks, ShownMark } from "./marks.ts";
import { replaceMatched } from "./panic-matcher.ts";

export const SOURCE = "GoLM";

export function showProblems(marks: Marks): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("golm");
  const update = () => {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const mark of marks.list()) {
      const file = mark.uri.toString();
      const known = byFile.get(file) ?? [mark.uri, []];
      known[1].push(problemOf(mark));
      byFile.set(file, known);
    }
    // No clearing before: the lines would lose their underline for a moment with each edit above them.
    const gone: vscode.Uri[] = [];
    collection.forEach((uri) => {
      if (!byFile.has(uri.toString())) gone.push(uri);
    });
    collection.set([...gone.map((uri): [vscode.Uri, undefined] => [uri, undefined]), ...byFile.values()]);
  };
  const marked = (uri: vscode.Uri) => marks.list().some((mark) => mark.uri.toString() === uri.toString());
  return vscode.Disposable.from(
    collection,
    replaceMatched(marks),
    marks.onDidChange(update),
    // Only an open file tells where its lines begin.
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (marked(uri)) update();
    }),
  );
}

function problemOf({ key, line, mark, way, uri, entry }: ShownMark): vscode.Diagnostic {
  const says =
    mark.cause === undefined
      ? mark.headline
      : `${mark.headline}\n${vscode.l10n.t("Likely cause: {0}", mark.cause)}`;
  const problem = new vscode.Diagnostic(lineRange(uri, line), says, vscode.DiagnosticSeverity.Error);
  problem.source = SOURCE;
  problem.code = entry.verdict?.cause?.id ?? entry.verdict?.event ?? key;
  problem.relatedInformation = [...way];
  return problem;
}

/** The text of the line where its file is open; the editor fits the rest to the line itself. */
function lineRange(uri: vscode.Uri, line: number): vscode.Range {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (!document || line >= document.lineCount) return new vscode.Range(line, 0, line, 1000);
  const text = document.lineAt(line);
  return new vscode.Range(line, text.firstNonWhitespaceCharacterIndex, line, text.text.trimEnd().length);
}
