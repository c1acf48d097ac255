/** Links in terminals: a header opens the diagnosis, a frame its line. */
import * as vscode from "vscode";
import type { Entry, Origin } from "../editor/history.ts";
import { partsOf, type TerminalPart } from "../editor/links.ts";
import { chooseCrash } from "./choose.ts";
import { type Ctx, command, option } from "./ctx.ts";
import { mayDebug } from "./delve.ts";
import { openPlace } from "./open-location.ts";
import type { Panels } from "./panel.ts";
import type { HeardIn } from "./terminal-output.ts";

interface GolmLink extends vscode.TerminalLink {
  readonly part: TerminalPart;
  readonly text: string;
  readonly terminal: vscode.Terminal;
}

export function linkTerminals(ctx: Ctx, panels: Panels, heardIn: HeardIn): vscode.Disposable {
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
      else await openHeader(ctx, panels, { terminal, header: text.trim(), heard: heardIn(terminal) });
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerTerminalLinkProvider(provider),
    command(ctx, "golm.diagnoseTerminal", async () => {
      const terminal = vscode.window.activeTerminal;
      if (terminal) await openHeader(ctx, panels, { terminal });
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

interface Shown {
  readonly terminal: vscode.Terminal;
  /** The line that was clicked. */
  readonly header?: string;
  /** Keys of what this terminal printed and was read of. */
  readonly heard?: ReadonlySet<string>;
}

/**
 * Opens the crash under this header; without one, the last crash the terminal shows. Crashes of other terminals may have
 * the very same header: theirs are taken only where the terminal's text does not hold the crash any more.
 */
async function openHeader(ctx: Ctx, panels: Panels, shown: Shown): Promise<void> {
  const { terminal, header } = shown;
  const fitting = header === undefined ? [] : heardCrashes(ctx, header);
  const own = fitting.filter((entry) => shown.heard?.has(entry.key) || isTaskOf(entry, terminal));
  if (own.length > 0) return openOne(ctx, panels, own);
  const { crashesIn } = await ctx.knowledge.core();
  const text = await textSoon(ctx, terminal);
  const crashes = crashesIn(new TextEncoder().encode(text ?? ""));
  const decoder = new TextDecoder();
  const crash =
    header === undefined
      ? crashes.at(-1)
      : crashes.findLast(({ raw }) => decoder.decode(raw).includes(header));
  const last = crash ?? (fitting.length > 0 ? undefined : crashes.at(-1));
  if (last) {
    const folder = terminal.shellIntegration?.cwd?.toString();
    const origin: Origin = { kind: "terminal", label: terminal.name, ...(folder && { folder }) };
    await panels.open(await ctx.store.take(last, origin, { asked: true }));
  } else if (fitting.length > 0) await openOne(ctx, panels, fitting);
  else if (text === undefined)
    void vscode.window.showWarningMessage(
      vscode.l10n.t("This terminal could not be read: the clipboard did not answer. Try again."),
    );
  else void vscode.window.showInformationMessage(vscode.l10n.t("This terminal shows no Go crash."));
}

async function openOne(ctx: Ctx, panels: Panels, entries: readonly Entry[]): Promise<void> {
  const chosen = entries.length === 1 ? entries[0] : await chooseCrash(ctx, entries);
  if (chosen) await panels.open(chosen.key);
}

/** Crashes with this header that were heard from a terminal or a task, newest first. */
function heardCrashes(ctx: Ctx, header: string): Entry[] {
  const heard = ctx.store.list().filter(({ origin }) => ["terminal", "task", "test"].includes(origin.kind));
  return heard.filter((entry) => says(entry.header, header));
}

/** Our own tasks tell what they print; their terminals have their names. */
function isTaskOf({ origin }: Entry, terminal: vscode.Terminal): boolean {
  return (origin.kind === "task" || origin.kind === "test") && terminal.name.endsWith(origin.label);
}

/** The terminal's line may be cut at its right edge, or say more behind the header. */
function says(header: string, shown: string): boolean {
  return header !== "" && (shown.startsWith(header) || header.startsWith(shown));
}

/** The clipboard is another's: it may refuse, or let one wait. */
const CLIPBOARD_MS = 5000;

/** What the terminal shows; undefined where the clipboard does not give it. */
async function textSoon(ctx: Ctx, terminal: vscode.Terminal): Promise<string | undefined> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<undefined>((resolve) => {
    late = setTimeout(() => resolve(undefined), CLIPBOARD_MS);
  });
  const read = textOf(terminal).catch((failure: unknown) => {
    ctx.log.warn("terminal text", String(failure));
    return undefined;
  });
  return Promise.race([read, waited]).finally(() => clearTimeout(late));
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
