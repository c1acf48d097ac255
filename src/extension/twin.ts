/** "Build a Twin": a stripped binary's program once more with debug information, so that its core shows variables. */
import * as vscode from "vscode";
import { visibleLine } from "../export/visible.ts";
import type { Ctx } from "./ctx.ts";
import type { Inline } from "./delve.ts";
import { messageText } from "./message-text.ts";

const SKIPPED = "**/{node_modules,.git,vendor}/**";
const MODULES = 64;

/** The twin to read a core with; undefined where none is needed or wanted. What fails is told, and asked again. */
export async function twinFor(
  ctx: Ctx,
  inline: Inline,
  core: vscode.Uri,
  program: vscode.Uri,
): Promise<vscode.Uri | undefined | "given up"> {
  if (!inline.compare(core.fsPath, program.fsPath, ctx.language).stripped) return undefined;
  const known = twinPath(ctx, program, (await vscode.workspace.fs.stat(program)).mtime);
  if (await exists(known)) return known;
  const build = vscode.l10n.t("Build a Twin");
  const without = vscode.l10n.t("Open Without");
  let says = vscode.l10n.t(
    "{0} was stripped (-s or -w): Delve shows no variables and no goroutines. A twin is built from the same source with debug information.",
    visibleLine(program.fsPath),
  );
  for (;;) {
    const answer = await vscode.window.showWarningMessage(messageText(says), build, without);
    if (answer === without) return undefined;
    if (answer !== build) return "given up";
    const source = await sourceOf(inline, program);
    if (!source) return "given up";
    try {
      if (await built(inline, program, source, known)) return known;
      return "given up";
    } catch (failure) {
      says = inline.sayFailure(failure, ctx.language);
    }
  }
}

/** A binary that was built again has another time, and so another twin. */
function twinPath(ctx: Ctx, program: vscode.Uri, mtime: number): vscode.Uri {
  const name = `${program.path.split("/").at(-1)}-${Math.round(mtime)}.twin`;
  return vscode.Uri.joinPath(ctx.context.globalStorageUri, "twins", name);
}

/** False when it was cancelled. */
async function built(
  inline: Inline,
  program: vscode.Uri,
  source: vscode.Uri,
  output: vscode.Uri,
): Promise<boolean> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(output, ".."));
  const title = vscode.l10n.t("Building the twin in {0}", visibleLine(source.fsPath));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      await inline.twinOf(program.fsPath, {
        source: source.fsPath,
        output: output.fsPath,
        signal: stop.signal,
      });
      return true;
    } catch (failure) {
      if (token.isCancellationRequested) return false;
      throw failure;
    }
  });
}

/** The main package's folder: in the workspace's module of that name, else chosen. */
async function sourceOf(inline: Inline, program: vscode.Uri): Promise<vscode.Uri | undefined> {
  const main = inline.mainPackage(program.fsPath);
  const found = main && (await moduleFolder(main.module));
  if (found) return vscode.Uri.joinPath(found, main.folder);
  const title = vscode.l10n.t("Folder of the main package");
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: title,
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder;
}

async function moduleFolder(module: string): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles("**/go.mod", SKIPPED, MODULES);
  for (const uri of files.filter(({ scheme }) => scheme === "file")) {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const name = /^\s*module\s+(?:"([^"]+)"|(\S+))/m.exec(text);
    if ((name?.[1] ?? name?.[2]) === module) return vscode.Uri.joinPath(uri, "..");
  }
  return undefined;
}

function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    ),
  );
}
