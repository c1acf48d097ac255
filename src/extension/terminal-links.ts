/** Links in terminals: a header opens the diagnosis, a frame its line. */
import * as vscode from "vscode";
import type { Entry, Origin } from "../editor/history.ts";
import { partsOf, type TerminalPart } from "../editor/links.ts";
import { chooseCrash } from "./choose.ts";
import { type Ctx, command, option } from "./ctx.ts";
import { mayDebug } from "./delve.ts";
import { openPlace } from "./open-location.ts";
import type { Panels } from "./panel.ts";

interface GolmLink extends vscode.TerminalLink {
  readonly part: TerminalPart;
  readonly text: string;
  readonly terminal: vscode.Terminal;
}

export function linkTerminals(ctx: Ctx, panels: Panels): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<GolmLink> = {
    provideTerminalLinks({ line, terminal }) {
      if (!option("terminalLinks", true)) return [];
      const parts = partsOf(line).filter(({ kind }) => kind !== "core" || mayDebug(ctx));
      return parts.map((part) => ({
        startIndex: part.start,
        length: part.length,
        tooltip: tooltipOf(part),
        part,
        text: line.slice(part.start, part.start + part.length),
        terminal,
      }));
    },
    async handleTerminalLink({ part, text, terminal }) {
      const folder = terminal.shellIntegration?.cwd?.toString();
      if (part.kind === "place")
        await openPlace(ctx, { function: "", file: part.file, line: part.line }, { folder });
      else if (part.kind === "core") await vscode.commands.executeCommand("golm.openCore", { folder });
      else await openHeader(ctx, panels, text.trim(), terminal);
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerTerminalLinkProvider(provider),
    command(ctx, "golm.diagnoseTerminal", async () => {
      const terminal = vscode.window.activeTerminal;
      if (terminal) await openHeader(ctx, panels, undefined, terminal);
    }),
  );
}

function tooltipOf({ kind }: TerminalPart): string {
  switch (kind) {
    case "crash":
      return vscode.l10n.t("Open the diagnosis");
    case "place":
      return vscode.l10n.t("Open the line");
    case "core":
      return vscode.l10n.t("Open the core dump in Delve");
  }
}

/** Opens the crash under this header; without one, the last crash the terminal shows. */
async function openHeader(
  ctx: Ctx,
  panels: Panels,
  header: string | undefined,
  terminal: vscode.Terminal,
): Promise<void> {
  const known = header === undefined ? [] : heardCrashes(ctx, header);
  if (known.length > 0) {
    const chosen = known.length === 1 ? known[0]! : await chooseCrash(ctx, known);
    if (chosen) await panels.open(chosen.key);
    return;
  }
  const { crashesIn } = await ctx.knowledge.core();
  const crashes = crashesIn(new TextEncoder().encode(await textOf(terminal)));
  const decoder = new TextDecoder();
  const crash =
    crashes.findLast(({ raw }) => header !== undefined && decoder.decode(raw).includes(header)) ??
    crashes.at(-1);
  if (!crash) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This terminal shows no Go crash."));
    return;
  }
  const folder = terminal.shellIntegration?.cwd?.toString();
  const origin: Origin = { kind: "terminal", label: terminal.name, ...(folder !== undefined && { folder }) };
  await panels.open(await ctx.store.take(crash, origin, { asked: true }));
}

/** Crashes with this header that were heard from a terminal or a task, newest first. */
function heardCrashes(ctx: Ctx, header: string): Entry[] {
  const heard = ctx.store.list().filter(({ origin }) => origin.kind === "terminal" || origin.kind === "task");
  return heard.filter((entry) => says(entry.header, header));
}

/** The terminal's line may be cut at its right edge, or say more behind the header. */
function says(header: string, shown: string): boolean {
  return header !== "" && (shown.startsWith(header) || header.startsWith(shown));
}

/**
 * What a terminal shows, by its own commands, because there is no API for it. They act on the active terminal and know
 * only the clipboard, which is given back as it was.
 */
async function textOf(terminal: vscode.Terminal): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  if (vscode.window.activeTerminal !== terminal) terminal.show(false);
  try {
    await vscode.commands.executeCommand("workbench.action.terminal.selectAll");
    await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
    await vscode.commands.executeCommand("workbench.action.terminal.clearSelection");
    return await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
}
