/** Hover over the line of a crash: what, why, how often, and the way to the diagnosis. */
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
        return here.length === 0 ? undefined : new vscode.Hover(here.map(textOf));
      },
    },
  );
}

/** The words of a crash go in as text; of commands only this one may be linked, and its argument is a fingerprint. */
function textOf({ key, mark, entry }: ShownMark): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: ["golm.openDiagnosis", "golm.clearMark"] };
  text.appendMarkdown("$(flame) ").appendText(mark.headline);
  if (mark.cause !== undefined)
    text.appendMarkdown("\n\n").appendText(vscode.l10n.t("Likely cause: {0}", mark.cause));
  const seen =
    entry.count === 1
      ? vscode.l10n.t("Seen on {0}", timeText(entry.first))
      : vscode.l10n.t("Seen {0} times, last on {1}", entry.count, timeText(lastSeen(entry)));
  text.appendMarkdown("\n\n").appendText(seen);
  const link = (title: string, id: string) =>
    `[${title}](command:${id}?${encodeURIComponent(JSON.stringify([key]))})`;
  const links = [
    link(vscode.l10n.t("Open the diagnosis"), "golm.openDiagnosis"),
    link(vscode.l10n.t("Clear"), "golm.clearMark"),
  ];
  return text.appendMarkdown(`\n\n${links.join(" · ")}`);
}
