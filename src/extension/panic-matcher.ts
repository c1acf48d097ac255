/**
 * The problem matcher `$go-panic` marks the frames of a crash in tasks, for where nothing of ours reads along. Where a
 * crash is marked by us, its frames stand in that entry, and the matcher's of the same lines go.
 */
import * as vscode from "vscode";
import type { Marks } from "./marks.ts";

/** Owner and source of the matcher in the manifest. The editor lets a collection of this name speak for the owner. */
const MATCHER = "go-panic";

export function replaceMatched(marks: Marks): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(MATCHER);
  // The editor does not tell an extension that another's last entry of a file is gone, and goes on listing it here.
  const taken = new WeakSet<vscode.Diagnostic>();
  const look = (uris: readonly vscode.Uri[]) => {
    const ours = linesOf(marks);
    if (ours.size === 0) return;
    for (const uri of uris) {
      const lines = ours.get(uri.toString());
      if (!lines) continue;
      const matched = vscode.languages
        .getDiagnostics(uri)
        .filter((each) => each.source === MATCHER && !taken.has(each));
      const left = matched.filter(({ range }) => !lines.has(range.start.line));
      if (left.length === matched.length) continue;
      for (const each of matched) taken.add(each);
      collection.set(uri, distinct(left).map(copyOf));
    }
  };
  return vscode.Disposable.from(
    collection,
    // A task hands its last matches over when it has ended, which may be before the diagnosis or after it.
    vscode.languages.onDidChangeDiagnostics(({ uris }) => look(uris)),
    marks.onDidChange(() => look([...linesOf(marks).keys()].map((uri) => vscode.Uri.parse(uri)))),
  );
}

/** The matcher's own and what is left of them in our collection are two of the same. */
function distinct(entries: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const key = ({ range, message }: vscode.Diagnostic) => `${range.start.line} ${message}`;
  return [...new Map(entries.map((each) => [key(each), each])).values()];
}

function copyOf({ range, message, severity, source }: vscode.Diagnostic): vscode.Diagnostic {
  const copy = new vscode.Diagnostic(range, message, severity);
  if (source !== undefined) copy.source = source;
  return copy;
}

/** Lines of our marks and of the ways to them, by file. */
function linesOf(marks: Marks): Map<string, Set<number>> {
  const lines = new Map<string, Set<number>>();
  const add = (uri: vscode.Uri, line: number) => {
    const file = uri.toString();
    lines.set(file, (lines.get(file) ?? new Set()).add(line));
  };
  for (const { uri, line, way } of marks.list()) {
    add(uri, line);
    for (const { location } of way) add(location.uri, location.range.start.line);
  }
  return lines;
}
