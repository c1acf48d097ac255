/** Opens the place a crash names. The text may name any file: what lies outside of the code is opened after a question. */
import * as vscode from "vscode";
import { visibleLine } from "../export/visible.ts";
import type { Place } from "../webview/places.ts";
import { type Ctx, foldersFor } from "./ctx.ts";
import { messageText } from "./message-text.ts";

export interface OpenOptions {
  /** Folder in which the program ran. */
  readonly folder?: string | undefined;
  readonly column?: vscode.ViewColumn | undefined;
}

/** Opens it; tells the user when it is not there. True when it is open. */
export async function openPlace(ctx: Ctx, place: Place, options: OpenOptions = {}): Promise<boolean> {
  const uri = await findPlace(ctx, place, options.folder);
  if (uri) {
    await show(uri, place.line, options.column);
    return true;
  }
  const outside = await outsideFile(place.file);
  if (!outside) {
    void vscode.window.showWarningMessage(
      messageText(
        vscode.l10n.t("{0} is neither in the workspace nor in the module cache or GOROOT.", place.file),
      ),
    );
    return false;
  }
  const open = vscode.l10n.t("Open");
  const detail = vscode.l10n.t("The path comes from the crash text: {0}", visibleLine(outside.fsPath));
  const question = vscode.l10n.t("Open a file outside of the workspace?");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, open);
  if (answer !== open) return false;
  await show(outside, place.line, options.column);
  return true;
}

/** The file of a place inside the roots; undefined when it is not there. */
export async function findPlace(
  ctx: Ctx,
  place: Pick<Place, "function" | "file">,
  folder?: string,
): Promise<vscode.Uri | undefined> {
  const folders = foldersFor(folder);
  for (const name of functionsFor(place)) {
    const uri = await ctx.platform.find({ function: name, file: place.file }, folders);
    if (uri) return uri;
  }
  return undefined;
}

/** Where the line alone is known, the standard library's package is read off the path: `.../src/net/http/x.go`. */
function functionsFor({ function: name, file }: Pick<Place, "function" | "file">): string[] {
  if (name !== "") return [name];
  const parts = file.replaceAll("\\", "/").split("/").slice(0, -1);
  const source = parts.lastIndexOf("src");
  return ["", `${parts.slice(source + 1).join("/")}.`];
}

async function outsideFile(file: string): Promise<vscode.Uri | undefined> {
  // Two slashes name another machine, which would hear of it by the question alone.
  if (!/^(?:\/(?![\\/])|[A-Za-z]:[\\/])/.test(file) || file.length > 4096 || file.includes("\0"))
    return undefined;
  if (!/\.(?:go|s|S|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|m|mm|rs)$/.test(file)) return undefined;
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri =
    workspace && workspace.scheme !== "file" ? workspace.with({ path: file }) : vscode.Uri.file(file);
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & vscode.FileType.File ? uri : undefined;
  } catch {
    return undefined;
  }
}

async function show(
  uri: vscode.Uri,
  line: number | undefined,
  column: vscode.ViewColumn | undefined,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new vscode.Position(Math.max(0, Math.min(document.lineCount, line ?? 1) - 1), 0);
  const text = document.lineAt(at).firstNonWhitespaceCharacterIndex;
  const selection = new vscode.Range(at.translate(0, text), at.translate(0, text));
  const editor = await vscode.window.showTextDocument(document, {
    selection,
    ...(column && { viewColumn: column }),
  });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
