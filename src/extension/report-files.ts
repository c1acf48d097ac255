/** A diagnosis as text: on the clipboard, and in files. */
import * as vscode from "vscode";
import type { Entry } from "../editor/history.ts";
import { lastSeen } from "../editor/history.ts";
import type { Finding, Setting } from "../export/finding.ts";
import type { Reporter } from "../export/reporter.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import type { CopyWhat, PanelModel } from "../webview/protocol.ts";
import { timeText } from "./choose.ts";
import type { Ctx } from "./ctx.ts";

interface Copied {
  readonly model: PanelModel;
  readonly finding: Finding;
  readonly setting: Setting;
  readonly crash: FoundCrash | undefined;
}

/** Puts a part of the diagnosis on the clipboard. */
export async function copyText(ctx: Ctx, what: CopyWhat, from: Copied): Promise<void> {
  await vscode.env.clipboard.writeText(await partOf(ctx, what, from));
}

async function partOf(ctx: Ctx, what: CopyWhat, { model, finding, setting, crash }: Copied): Promise<string> {
  const { page } = model;
  switch (what) {
    case "fix":
      return (page?.fix.diffs ?? [])
        .flatMap(({ lines }) => lines.map(({ sign, text }) => (sign === "@" ? "@@" : sign + text)))
        .join("\n");
    case "verify":
      return page?.verify.command ?? page?.verify.says ?? "";
    case "watch":
      return page?.watch?.promql ?? "";
    case "raw":
      return crash ? new TextDecoder().decode(crash.raw) : model.raw.text;
    case "header":
      return (await ctx.knowledge.core()).headerLine(finding.diagnosis.crash) ?? "";
    case "markdown":
      return markdownOf(ctx, finding, setting);
  }
}

export async function markdownOf(ctx: Ctx, finding: Finding, setting: Setting): Promise<string> {
  const { findingMarkdown } = await ctx.knowledge.core();
  return findingMarkdown(finding, setting);
}

export type ExportFormat = "html" | "markdown" | "json" | "pdf";

const SUFFIX: Readonly<Record<ExportFormat, string>> = {
  html: "html",
  pdf: "html",
  markdown: "md",
  json: "json",
};

/** Asks which form; undefined when the user thought better of it. */
export async function askFormat(): Promise<ExportFormat | undefined> {
  const forms: (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: "HTML", description: vscode.l10n.t("one file, opens anywhere"), format: "html" },
    { label: "PDF", description: vscode.l10n.t("the same page, printed by the browser"), format: "pdf" },
    { label: "Markdown", description: vscode.l10n.t("for an issue"), format: "markdown" },
    { label: "JSON", description: vscode.l10n.t("for programs"), format: "json" },
  ];
  const placeHolder = vscode.l10n.t("Export the diagnosis as");
  return (await vscode.window.showQuickPick(forms, { placeHolder }))?.format;
}

/** Writes a report where the user says. Returns the sentence to show; undefined when he thought better of it. */
export async function exportReport(
  ctx: Ctx,
  format: ExportFormat,
  finding: Finding,
  setting: Setting,
  entry: Entry | undefined,
): Promise<string | undefined> {
  const now = Date.now();
  const name = `crash-${finding.diagnosis.crash.fingerprint.slice(0, 8)}-${stamp(now)}.${SUFFIX[format]}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return undefined;
  const text = await reportText(ctx, format, finding, setting, entry, now);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  if (format !== "pdf") return vscode.l10n.t("Written to {0}.", vscode.workspace.asRelativePath(target));
  await vscode.env.openExternal(target);
  return vscode.l10n.t(
    "Written to {0}. Print it to PDF in the browser.",
    vscode.workspace.asRelativePath(target),
  );
}

export async function reportText(
  ctx: Ctx,
  format: ExportFormat,
  finding: Finding,
  setting: Setting,
  entry: Entry | undefined,
  now: number,
): Promise<string> {
  const core = await ctx.knowledge.core();
  if (format === "json") return written(core.jsonReporter(setting), finding);
  const seen = whenText(entry, now);
  if (format === "markdown")
    return `${await markdownOf(ctx, finding, setting)}\n<sub>${core.escapeHtml(seen)}</sub>\n`;
  const page = await written(core.htmlReporter(setting), finding);
  return page.replace(
    "<main>\n",
    () => `<main>\n<p class="facts"><span>${core.escapeHtml(seen)}</span></p>\n`,
  );
}

/** When it was seen, and when this was written. */
function whenText(entry: Entry | undefined, now: number): string {
  const written = vscode.l10n.t("Report of {0}", timeText(now));
  if (!entry) return written;
  const seen =
    entry.count === 1
      ? vscode.l10n.t("seen on {0}", timeText(entry.first))
      : vscode.l10n.t(
          "seen {0} times, {1} to {2}",
          entry.count,
          timeText(entry.first),
          timeText(lastSeen(entry)),
        );
  return `${written} · ${seen}`;
}

async function written(reporter: Reporter, finding: Finding): Promise<string> {
  let text = "";
  const take = async (pieces: ReturnType<Reporter["begin"]>) => {
    for await (const piece of pieces) text += piece;
  };
  await take(reporter.begin());
  await take(reporter.finding(finding));
  await take(reporter.end({ inputs: [{ name: finding.input, bytes: 0, crashes: 1 }], repeats: [] }));
  return text;
}

/** `2026-11-25T16-20-07`, in local time. */
function stamp(time: number): string {
  const at = new Date(time);
  const local = new Date(time - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(":", "-");
}
