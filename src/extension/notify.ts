/** A message for each crash, for those who asked for it. */
import * as vscode from "vscode";
import { titleOf } from "./choose.ts";
import { type Ctx, option, unattended } from "./ctx.ts";
import { messageText } from "./message-text.ts";
import type { Panels } from "./panel.ts";

export function notify(ctx: Ctx, panels: Panels): vscode.Disposable {
  return ctx.store.onDidTake(({ entry, crashed }) => {
    if (!crashed || !option("notify", false)) return;
    const open = vscode.l10n.t("Open the diagnosis");
    const shown = vscode.window.showWarningMessage(messageText(titleOf(ctx, entry)), open);
    unattended(
      ctx,
      Promise.resolve(shown.then((answer) => (answer === open ? panels.open(entry.key) : undefined))),
    );
  });
}
