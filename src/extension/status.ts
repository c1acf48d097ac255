/** The status bar after a crash: what happened, one click from its diagnosis. */
import * as vscode from "vscode";
import { lastSeen } from "../editor/history.ts";
import { shorten } from "../export/visible.ts";
import { titleOf } from "./choose.ts";
import type { Ctx } from "./ctx.ts";

const LONGEST = 48;
/** A crash of long ago is in the history, and not in the way. */
const RECENT_MS = 60 * 60_000;

export function showStatus(ctx: Ctx): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;
  const update = () => {
    const entry = ctx.store.list().find((each) => each.live && Date.now() - lastSeen(each) < RECENT_MS);
    if (!entry) {
      item?.hide();
      return;
    }
    item ??= vscode.window.createStatusBarItem("golm.crash", vscode.StatusBarAlignment.Left, 10);
    const title = titleOf(ctx, entry);
    item.name = "GoLM";
    item.text = `$(flame) ${shorten(title, LONGEST).replaceAll("$(", "$ (")}`;
    item.tooltip = vscode.l10n.t("{0}\nClick to open the diagnosis.", title);
    item.accessibilityInformation = { label: title, role: "button" };
    item.command = {
      command: "golm.openDiagnosis",
      title: vscode.l10n.t("Open the diagnosis"),
      arguments: [entry.key],
    };
    item.show();
  };
  return vscode.Disposable.from(ctx.store.onDidChange(update), { dispose: () => item?.dispose() });
}
