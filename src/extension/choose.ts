/** How crashes are named to people, in lists and everywhere else. */
import * as vscode from "vscode";
import { type Both, type Entry, lastSeen } from "../editor/history.ts";
import { shorten, visibleLine } from "../export/visible.ts";
import type { Ctx } from "./ctx.ts";

export function inEditorLanguage(ctx: Ctx, text: Both): string {
  return visibleLine(ctx.language === "zh-cn" ? text.zh : text.en);
}

const TITLE_LONGEST = 160;

/** What happened, in one line. */
export function titleOf(ctx: Ctx, entry: Entry): string {
  const { verdict, header } = entry;
  const title = verdict ? inEditorLanguage(ctx, verdict.title) : visibleLine(header);
  return shorten(title || vscode.l10n.t("Go crash"), TITLE_LONGEST);
}

/** `decode.go:42`, or the function where no file is named. */
export function placeOf(entry: Entry): string | undefined {
  const place = entry.verdict?.place;
  if (!place) return undefined;
  if (place.file === undefined) return shorten(visibleLine(place.function), 80);
  const name = place.file.split(/[\\/]/).at(-1)!;
  return visibleLine(place.line === undefined ? name : `${name}:${place.line}`);
}

export function timeText(time: number): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "short", timeStyle: "medium" };
  return new Date(time).toLocaleString(vscode.env.language, options);
}

export async function chooseCrash(ctx: Ctx, entries: readonly Entry[]): Promise<Entry | undefined> {
  const items = entries.map((entry) => ({
    label: titleOf(ctx, entry),
    description: placeOf(entry) ?? "",
    detail: `${visibleLine(entry.origin.label)} · ${timeText(lastSeen(entry))}`,
    entry,
  }));
  const placeHolder = vscode.l10n.t("Which crash?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.entry;
}
