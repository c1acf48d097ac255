/** Hover over the line of a crash: how often, and the way on. What and why stand in the problem's own hover. */
import * as vscode from "vscode";
import { lastSeen } from "../editor/history.ts";
import { timeText } from "./choose.ts";
import type { Marks, ShownMark } from "./marks.ts";

export function showHover(marks: Marks): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: "go" },
    {
      provideHover(document, position) {
        const here = marks.at(document.uri, position.line);
        if (here.length === 0) return undefined;
        const { text, firstNonWhitespaceCharacterIndex: first } = document.lineAt(position);
        // Left and right of the code the problem says nothing.
        const told = position.character >= first && position.character <= text.trimEnd().length;
        return new vscode.Hover(here.map((mark) => textOf(mark, told)));
      },
    },
  );
}

/** The words of a crash go in as text; of commands only these may be linked, and their argument is a fingerprint. */
function textOf({ key, mark, entry }: ShownMark, told: boolean): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: ["golm.openDiagnosis", "golm.clearMark"] };
  const seen =
    entry.count === 1
      ? vscode.l10n.t("Seen on {0}", timeText(entry.first))
      : vscode.l10n.t("Seen {0} times, last on {1}", entry.count, timeText(lastSeen(entry)));
  text.appendMarkdown("$(flame) ");
  if (!told) text.appendText(mark.headline).appendMarkdown("\n\n");
  if (!told && mark.cause !== undefined)
    text.appendText(vscode.l10n.t("Likely cause: {0}", mark.cause)).appendMarkdown("\n\n");
  text.appendText(seen);
  const link = (title: string, id: string) =>
    `[${title}](command:${id}?${encodeURIComponent(JSON.stringify([key]))})`;
  const links = [
    link(vscode.l10n.t("Open the diagnosis"), "golm.openDiagnosis"),
    link(vscode.l10n.t("Clear"), "golm.clearMark"),
  ];
  return text.appendMarkdown(`\n\n${links.join(" · ")}`);
}
