/** Files, folders, archives, selections and the clipboard, diagnosed because somebody asked. */
import * as vscode from "vscode";
import type { Origin } from "../editor/history.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { chooseCrash } from "./choose.ts";
import { type Ctx, command } from "./ctx.ts";
import { messageText } from "./message-text.ts";
import type { Panels } from "./panel.ts";

/** What is read of one file, of one archive unpacked, and of one folder. */
const LARGEST = 512 << 20;
const LIMITS = { bytes: 1 << 30, members: 5000 };
const FILES_OF_FOLDER = 2000;
/** Crashes taken from one command; a log may hold thousands of the same. */
const CRASHES = 200;
const SKIPPED = /^(?:\.git|node_modules)$/;

export function diagnoseOnDemand(ctx: Ctx, panels: Panels): vscode.Disposable {
  return vscode.Disposable.from(
    command(ctx, "golm.diagnoseActiveFile", async (argument) => {
      const document = vscode.window.activeTextEditor?.document;
      if (argument instanceof vscode.Uri) await diagnoseUris(ctx, panels, [argument]);
      else if (document) await diagnoseText(ctx, panels, document.getText(), originOf(document));
    }),
    command(ctx, "golm.diagnoseSelection", async () => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) return;
      const text = editor.selections.map((selection) => editor.document.getText(selection)).join("\n");
      await diagnoseText(ctx, panels, text, originOf(editor.document));
    }),
    command(ctx, "golm.diagnoseClipboard", async () => {
      const text = await vscode.env.clipboard.readText();
      await diagnoseText(ctx, panels, text, { kind: "text", label: vscode.l10n.t("Clipboard") });
    }),
    command(ctx, "golm.diagnosePath", async (argument, all) => {
      const given = Array.isArray(all) ? all : [argument];
      const uris = given.filter((uri): uri is vscode.Uri => uri instanceof vscode.Uri);
      const chosen = uris.length > 0 ? uris : await askForPaths();
      if (chosen) await diagnoseUris(ctx, panels, chosen);
    }),
    command(ctx, "golm.showExample", async () => {
      const uri = vscode.Uri.joinPath(ctx.context.extensionUri, "media", "example-crash.txt");
      await diagnoseUris(ctx, panels, [uri]);
    }),
  );
}

function askForPaths(): Thenable<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: vscode.l10n.t("Diagnose"),
  });
}

function originOf(document: vscode.TextDocument): Origin {
  return { kind: "file", label: vscode.workspace.asRelativePath(document.uri), uri: document.uri.toString() };
}

async function diagnoseText(ctx: Ctx, panels: Panels, text: string, origin: Origin): Promise<void> {
  const { crashesIn } = await ctx.knowledge.core();
  const crashes = crashesIn(new TextEncoder().encode(text));
  await takeAll(
    ctx,
    panels,
    crashes.map((crash) => ({ crash, origin })),
  );
}

interface CrashOf {
  readonly crash: FoundCrash;
  readonly origin: Origin;
}

/** A file to read: one of the workspace or the disk, or what a browser was handed, which has a name alone. */
interface ToRead {
  readonly name: string;
  readonly uri?: vscode.Uri;
  read(): Thenable<Uint8Array>;
}

/** Diagnoses files, and everything inside folders and archives; opens the one crash, or lets the user choose. */
export async function diagnoseUris(
  ctx: Ctx,
  panels: Panels,
  uris: readonly vscode.Uri[],
  handed: readonly vscode.DataTransferFile[] = [],
): Promise<void> {
  if (uris.length + handed.length === 0) return;
  const options = { location: { viewId: "golm.history" }, cancellable: true };
  const { found, unread } = await vscode.window.withProgress(options, (_progress, token) =>
    crashesOf(ctx, uris, handed, token),
  );
  if (unread.length > 0) {
    ctx.log.warn("unread", ...unread.map(({ name, why }) => `${name}: ${why}`));
    void vscode.window.showWarningMessage(messageText(saysUnread(unread, handed)));
  }
  // Of what was not read nobody knows that it holds none.
  if (found.length > 0 || unread.length === 0) await takeAll(ctx, panels, found);
}

interface Looked {
  readonly found: readonly CrashOf[];
  readonly unread: readonly Unread[];
}

interface Unread {
  readonly name: string;
  readonly why: string;
}

/** A folder that is dropped in a browser comes as a file that cannot be read. */
function saysUnread(unread: readonly Unread[], handed: readonly vscode.DataTransferFile[]): string {
  const some = unread.slice(0, 3);
  if (handed.length === 0)
    return vscode.l10n.t("Could not be read: {0}", some.map(({ name, why }) => `${name}: ${why}`).join("; "));
  return vscode.l10n.t(
    "Could not be read: {0}. A browser hands over single files: drop the files of a folder, or an archive of it.",
    some.map(({ name }) => name).join(", "),
  );
}

async function crashesOf(
  ctx: Ctx,
  uris: readonly vscode.Uri[],
  handed: readonly vscode.DataTransferFile[],
  token: vscode.CancellationToken,
): Promise<Looked> {
  const { crashesIn, membersOf } = await ctx.knowledge.core();
  const found: CrashOf[] = [];
  const unread: Unread[] = [];
  const couldNot = (name: string, failure: unknown) =>
    unread.push({ name, why: failure instanceof Error ? failure.message : String(failure) });
  const files: ToRead[] = handed.map((file) => ({ name: file.name, read: () => file.data() }));
  for (const uri of uris) {
    try {
      for (const file of await filesOf(uri, FILES_OF_FOLDER - files.length)) files.push(fileAt(file));
    } catch (failure) {
      couldNot(vscode.workspace.asRelativePath(uri), failure);
    }
  }
  for (const { name, uri, read } of files) {
    if (token.isCancellationRequested || found.length >= CRASHES) break;
    try {
      for await (const member of membersOf(name, await read(), LIMITS)) {
        if (token.isCancellationRequested) break;
        const origin: Origin = { kind: "file", label: member.name, ...(uri && { uri: uri.toString() }) };
        for (const crash of crashesIn(member.bytes)) found.push({ crash: detached(crash), origin });
      }
    } catch (failure) {
      couldNot(name, failure);
    }
  }
  return { found: found.slice(0, CRASHES), unread };
}

/** The text alone: a crash must not keep a whole log in memory. */
function detached(crash: FoundCrash): FoundCrash {
  return { ...crash, raw: crash.raw.slice() };
}

function fileAt(uri: vscode.Uri): ToRead {
  const read = async () => {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST) throw new Error(vscode.l10n.t("it is too large"));
    return vscode.workspace.fs.readFile(uri);
  };
  return { name: vscode.workspace.asRelativePath(uri), uri, read };
}

/** The file, or what a folder holds: `most` of it. Throws when it is not there. */
async function filesOf(whole: vscode.Uri, most: number): Promise<vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const waiting = [whole];
  while (waiting.length > 0 && files.length < most) {
    const uri = waiting.shift()!;
    const { type } = await vscode.workspace.fs.stat(uri);
    if (!(type & vscode.FileType.Directory)) {
      files.push(uri);
      continue;
    }
    for (const [name, kind] of await vscode.workspace.fs.readDirectory(uri)) {
      // A link in a folder may lead back to it.
      if (SKIPPED.test(name) || kind & vscode.FileType.SymbolicLink) continue;
      waiting.push(vscode.Uri.joinPath(uri, name));
    }
  }
  return files;
}

/** Of equal crashes one is taken, and counts as often as it stands there. */
async function takeAll(ctx: Ctx, panels: Panels, found: readonly CrashOf[]): Promise<void> {
  const keys: string[] = [];
  for (const { crash, origin } of found) {
    if (keys.includes(crash.report.fingerprint)) continue;
    keys.push(await ctx.store.take(crash, origin, { asked: true }));
  }
  if (keys.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No Go crash was found there."));
    return;
  }
  const entries = keys.flatMap((key) => ctx.store.entry(key) ?? []);
  const chosen = entries.length === 1 ? entries[0] : await chooseCrash(ctx, entries);
  if (chosen) await panels.open(chosen.key);
}
