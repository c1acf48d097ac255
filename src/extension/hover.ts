/** Hover over the line of a crash. What and why the problem's own hover says: here stand how often, and the way on. */
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

/** No word of the crash is in it; of commands only these may be linked, and their argument is a fingerprint. */
function textOf({ key, entry }: ShownMark): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: ["golm.openDiagnosis", "golm.clearMark"] };
  const seen =
    entry.count === 1
      ? vscode.l10n.t("Seen on {0}", timeText(entry.first))
      : vscode.l10n.t("Seen {0} times, last on {1}", entry.count, timeText(lastSeen(entry)));
  text.appendMarkdown("$(flame) ").appendText(seen);
  const link = (title: string, id: string) =>
    `[${title}](command:${id}?${encodeURIComponent(JSON.stringify([key]))})`;
  const links = [
    link(vscode.l10n.t("Open the diagnosis"), "golm.openDiagnosis"),
    link(vscode.l10n.t("Clear"), "golm.clearMark"),
  ];
  return text.appendMarkdown(`\n\n${links.join(" · ")}`);
}
