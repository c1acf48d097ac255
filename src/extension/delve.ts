/** Whether Delve may run here, where it is by the user's settings and the Go extension, and how to get it. */
import * as vscode from "vscode";
import { type Ctx, option } from "./ctx.ts";
import { messageText } from "./message-text.ts";
import type { Platform } from "./platform.ts";

export type Inline = Awaited<ReturnType<NonNullable<Platform["debugging"]>>>;

/** Debuggers run programs: only where that is possible, and only in a workspace that is trusted. */
export function mayDebug({ platform }: Ctx): boolean {
  return platform.debugging !== undefined && vscode.workspace.isTrusted;
}

/** The adapter's code. Throws where no program may be run. */
export async function inlineOf(ctx: Ctx): Promise<Inline> {
  const { platform } = ctx;
  if (!vscode.workspace.isTrusted)
    throw new Error(vscode.l10n.t("Nothing is run in a workspace that is not trusted."));
  if (!platform.debugging) throw new Error(vscode.l10n.t("No program can be run here."));
  return platform.debugging();
}

interface GoApi {
  readonly settings?: { getExecutionCommand?(tool: string): { binPath?: unknown } | undefined };
}

/** For the adapter's arguments: what is named must be there; a hint is tried first. */
export function delveSettings(): { readonly delve?: string; readonly delveHint?: string } {
  const named = option("delve.path", "").trim();
  if (named !== "") return { delve: named };
  const hint = goExtensionsDelve();
  return hint === undefined ? {} : { delveHint: hint };
}

function goExtensionsDelve(): string | undefined {
  const go = vscode.extensions.getExtension<GoApi>("golang.go");
  if (!go?.isActive) return undefined;
  try {
    const path = go.exports?.settings?.getExecutionCommand?.("dlv")?.binPath;
    return typeof path === "string" && path !== "" ? path : undefined;
  } catch {
    // Its interface is not ours to rely on.
    return undefined;
  }
}

/** True when there is a Delve to work with; else the user has been told, and offered the pinned one. */
export async function haveDelve(ctx: Ctx, inline: Inline): Promise<boolean> {
  const { delve, delveHint } = delveSettings();
  try {
    await inline.findDelve({
      ...(delve !== undefined && { named: delve }),
      ...(delveHint !== undefined && { setting: delveHint }),
    });
    return true;
  } catch (failure) {
    if (!inline.wantsDelve(failure)) throw failure;
    const install = vscode.l10n.t("Install Delve {0}", inline.PINNED_DELVE);
    const settings = vscode.l10n.t("Open Settings");
    void vscode.window
      .showErrorMessage(messageText(inline.sayFailure(failure, ctx.language)), install, settings)
      .then((answer) => {
        if (answer === install) installInTerminal(inline.installCommand());
        if (answer === settings)
          void vscode.commands.executeCommand("workbench.action.openSettings", "golm.delve.path");
      });
    return false;
  }
}

/** In the open, where the user sees what is fetched. */
function installInTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: "Delve" });
  terminal.show();
  terminal.sendText(command);
}
