/** "Open Core Dump in Delve": from a file, a crash, a terminal's words or nothing at all. Asks only when it must. */
import * as vscode from "vscode";
import type { FoundCore } from "../delve/find-core.ts";
import type { Entry } from "../editor/history.ts";
import { visibleLine } from "../export/visible.ts";
import { timeText, titleOf } from "./choose.ts";
import { type Ctx, command } from "./ctx.ts";
import { haveDelve, type Inline, inlineOf, mayDebug } from "./delve.ts";
import { messageText } from "./message-text.ts";
import { sizeText } from "./size-text.ts";
import { twinFor } from "./twin.ts";

/** Names the kernel, systemd, gcore, Delve and people give to cores. */
const CORE_GLOB = "**/{core,core.*,*.core,*.dmp,*.mdmp,*.coredump,vgcore.*}";
const SEARCHED = 200;
const SKIPPED = "**/{node_modules,.git,vendor}/**";

interface Wanted {
  readonly core: vscode.Uri;
  readonly program?: vscode.Uri;
  /** The crash it is of, where that is known. */
  readonly key?: string;
}

/** Whether a crash has a core and its program here. */
export function canOpenCore(ctx: Ctx, entry: Entry | undefined): boolean {
  return mayDebug(ctx) && entry?.record?.core !== undefined;
}

export function offerCores(ctx: Ctx): vscode.Disposable {
  return command(ctx, "golm.openCore", async (argument) => {
    const inline = await inlineOf(ctx);
    const wanted = await coreWanted(ctx, inline, argument);
    if (wanted) await openCore(ctx, inline, wanted);
  });
}

/** A configuration that names no core, or no program: what is missing is found or asked for. Undefined: given up. */
export async function completeCore(
  ctx: Ctx,
  given: vscode.DebugConfiguration,
): Promise<vscode.DebugConfiguration | undefined> {
  const named = (name: string) => typeof given[name] === "string" && given[name] !== "";
  if ((named("core") || named("coreFilePath")) && named("program")) return given;
  const inline = await inlineOf(ctx);
  // Variables in a path are filled in later, so only a core that is not named at all can be searched for here.
  if (named("core") || named("coreFilePath")) return given;
  const wanted = await coreWanted(ctx, inline, undefined);
  if (!wanted || !(await haveDelve(ctx, inline))) return undefined;
  const program = await programFor(ctx, inline, wanted);
  return program && { ...given, core: wanted.core.fsPath, program: program.fsPath };
}

/** An argument is a file, a crash, a terminal's folder, or nothing. */
async function coreWanted(ctx: Ctx, inline: Inline, argument: unknown): Promise<Wanted | undefined> {
  if (argument instanceof vscode.Uri) return { core: argument, ...programKnown(ctx, argument) };
  const given = (argument ?? {}) as Partial<Entry> & { folder?: unknown };
  await ctx.store.ready;
  const entry = typeof given.key === "string" ? ctx.store.entry(given.key) : undefined;
  if (entry?.record?.core !== undefined) return ofEntry(entry);
  // A terminal's words mean the newest core of its folder.
  const [newest] = typeof given.folder === "string" ? await coresOf(inline, given.folder) : [];
  return newest ? { core: newest, ...programKnown(ctx, newest) } : chooseCore(ctx, inline);
}

function ofEntry(entry: Entry): Wanted {
  const { core, program } = entry.record!;
  return {
    core: vscode.Uri.parse(core!),
    ...(program !== undefined && { program: vscode.Uri.parse(program) }),
    key: entry.key,
  };
}

function programKnown(ctx: Ctx, core: vscode.Uri): Partial<Wanted> {
  const entry = ctx.store.list().find(({ record }) => record?.core === core.toString());
  return entry ? { ...ofEntry(entry) } : {};
}

/** Cores of a folder, the newest first; without one, of the whole workspace. */
async function coresOf(inline: Inline, folder?: string): Promise<vscode.Uri[]> {
  const include =
    folder === undefined
      ? CORE_GLOB
      : new vscode.RelativePattern(vscode.Uri.parse(folder), CORE_GLOB.replace("**/", ""));
  const named = await vscode.workspace.findFiles(include, SKIPPED, SEARCHED);
  const files = named.filter(({ scheme }) => scheme === "file");
  const cores = files.filter(({ fsPath }) => inline.isCore(fsPath));
  const dated = await Promise.all(
    cores.map(async (uri) => ({ uri, time: (await vscode.workspace.fs.stat(uri)).mtime })),
  );
  return dated.sort((a, b) => b.time - a.time).map(({ uri }) => uri);
}

type CoreItem = vscode.QuickPickItem & { readonly wanted?: () => Promise<Wanted> };

/** Cores of recorded crashes, and those of this machine: kept by the recorder, the kernel, systemd, Apport. */
async function chooseCore(ctx: Ctx, inline: Inline): Promise<Wanted | undefined> {
  const kept = ctx.store.list().filter(({ record }) => record?.core !== undefined);
  const items: CoreItem[] = kept.map((entry) => ({
    label: `$(flame) ${titleOf(ctx, entry)}`,
    description: entry.origin.label,
    wanted: async () => ofEntry(entry),
  }));
  const known = new Set(kept.map(({ record }) => vscode.Uri.parse(record!.core!).fsPath));
  for (const found of await machinesCores(inline))
    if (found.path === undefined || !known.has(found.path)) items.push(coreItem(ctx, inline, found));
  items.push({ label: `$(folder-opened) ${vscode.l10n.t("Choose a File…")}` });
  const chosen =
    items.length === 1
      ? items[0]
      : await vscode.window.showQuickPick(items, {
          placeHolder: vscode.l10n.t("Which core dump?"),
          matchOnDescription: true,
          matchOnDetail: true,
        });
  if (!chosen) return undefined;
  if (chosen.wanted) return chosen.wanted();
  const core = await chooseFile(vscode.l10n.t("Open Core Dump"));
  return core && { core, ...programKnown(ctx, core) };
}

/** The newest first. Deep in the workspace the editor looks, which knows what is excluded. */
async function machinesCores(inline: Inline): Promise<FoundCore[]> {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
  const [found, deep] = await Promise.all([inline.findCores({ folders }), coresOf(inline)]);
  const known = new Set(found.map(({ path }) => path));
  for (const uri of deep) {
    if (known.has(uri.fsPath)) continue;
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    found.push({ from: "workspace", path: uri.fsPath, time: mtime, bytes: size });
  }
  return found.sort((a, b) => b.time - a.time);
}

function coreItem(ctx: Ctx, inline: Inline, found: FoundCore): CoreItem {
  const { path, pid, time, bytes } = found;
  const program = found.program ?? (path === undefined ? undefined : programNamed(inline, path));
  const where = path === undefined ? `coredumpctl · ${pid}` : vscode.workspace.asRelativePath(path);
  const size = bytes === undefined ? [] : [sizeText(bytes)];
  return {
    label: `$(file-binary) ${visibleLine(program?.split("/").at(-1) ?? vscode.l10n.t("unknown program"))}`,
    description: [timeText(time), ...size].join(" · "),
    detail: visibleLine(where),
    wanted: async () => {
      const core = path === undefined ? await unpacked(ctx, inline, pid!) : vscode.Uri.file(path);
      const own = found.program === undefined ? {} : { program: vscode.Uri.file(found.program) };
      return { core, ...own, ...programKnown(ctx, core) };
    },
  };
}

function programNamed(inline: Inline, core: string): string | undefined {
  try {
    return inline.programOf(core);
  } catch {
    return undefined;
  }
}

/** systemd keeps its cores packed. */
function unpacked(ctx: Ctx, inline: Inline, pid: number): Promise<vscode.Uri> {
  return unpackedAs(ctx, `core.${pid}`, (target) => inline.extractCore(pid, target));
}

/** A packed core by itself; one that was unpacked before is taken again. */
async function unpackedFile(ctx: Ctx, inline: Inline, { fsPath }: vscode.Uri): Promise<vscode.Uri> {
  return unpackedAs(ctx, inline.unpackedName(fsPath), (target) =>
    inline.isCore(target) ? Promise.resolve() : inline.unpackCore(fsPath, target),
  );
}

async function unpackedAs(
  ctx: Ctx,
  name: string,
  unpack: (target: string) => Promise<void>,
): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(ctx.context.globalStorageUri, "cores");
  await vscode.workspace.fs.createDirectory(folder);
  const core = vscode.Uri.joinPath(folder, name);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Unpacking the core dump") },
    () => unpack(core.fsPath),
  );
  return core;
}

async function chooseFile(title: string, near?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: title,
      canSelectMany: false,
      ...(near && { defaultUri: vscode.Uri.joinPath(near, "..") }),
    })) ?? [];
  return file;
}

async function openCore(ctx: Ctx, inline: Inline, given: Wanted): Promise<void> {
  if (!(await haveDelve(ctx, inline))) return;
  const packed = inline.isPacked(given.core.fsPath);
  const wanted = packed ? { ...given, core: await unpackedFile(ctx, inline, given.core) } : given;
  const { core, key } = wanted;
  const program = await programFor(ctx, inline, wanted);
  if (!program) return;
  const twin = await twinFor(ctx, inline, core, program);
  if (twin === "given up") return;
  const folder = vscode.workspace.getWorkspaceFolder(core) ?? vscode.workspace.workspaceFolders?.[0];
  await vscode.debug.startDebugging(folder, {
    type: "golm",
    request: "launch",
    name: `core ${vscode.workspace.asRelativePath(core)}`,
    mode: "core",
    program: program.fsPath,
    core: core.fsPath,
    ...(twin && { twin: twin.fsPath }),
    ...(key !== undefined && { golmCrash: key }),
  });
}

/** The binary a core belongs to: recorded, named in the core, lying beside it, or chosen. Undefined when given up. */
async function programFor(ctx: Ctx, inline: Inline, wanted: Wanted): Promise<vscode.Uri | undefined> {
  const core = wanted.core.fsPath;
  const refused: string[] = [];
  const fits = (path: string) => {
    try {
      const { verdict, says } = inline.compare(core, path, ctx.language);
      if (verdict === "different") refused.push(says);
      return verdict;
    } catch {
      return "different";
    }
  };
  const named = inline.programOf(core);
  const sure = [wanted.program?.fsPath, named].filter((path): path is string => path !== undefined);
  const known = sure.find((path) => fits(path) !== "different");
  if (known !== undefined) return vscode.Uri.file(known);
  for (const uri of await neighbours(wanted.core, named)) if (fits(uri.fsPath) === "same") return uri;
  // What lies at the path the core names was built again: that is worth a sentence; strangers are not.
  return askForProgram(ctx, inline, wanted.core, sure.length > 0 ? refused[0] : undefined);
}

const NEIGHBOURS = 64;

/** Programs that may be the one: beside the core, and of its name in the workspace. */
async function neighbours(core: vscode.Uri, named: string | undefined): Promise<vscode.Uri[]> {
  const beside = vscode.Uri.joinPath(core, "..");
  const names = await vscode.workspace.fs.readDirectory(beside).then(
    (entries) => entries,
    () => [],
  );
  const files = names
    .filter(([name, type]) => type === vscode.FileType.File && /^[^.]+(?:\.exe|\.test)?$/.test(name))
    .slice(0, NEIGHBOURS)
    .map(([name]) => vscode.Uri.joinPath(beside, name));
  const base = named?.split("/").at(-1);
  if (base === undefined || /[*?{}[\]]/.test(base)) return files;
  const same = await vscode.workspace.findFiles(`**/${base}`, SKIPPED, NEIGHBOURS);
  return [...files, ...same.filter(({ scheme }) => scheme === "file")];
}

async function askForProgram(
  ctx: Ctx,
  inline: Inline,
  core: vscode.Uri,
  why: string | undefined,
): Promise<vscode.Uri | undefined> {
  const choose = vscode.l10n.t("Choose the Binary…");
  const sentence = why ?? vscode.l10n.t("No binary was found that wrote this core dump.");
  let says: string | undefined = sentence;
  while (says !== undefined) {
    if ((await vscode.window.showErrorMessage(messageText(says), choose)) !== choose) return undefined;
    const program = await chooseFile(vscode.l10n.t("Choose the Binary"), core);
    if (!program) return undefined;
    try {
      const compared = inline.compare(core.fsPath, program.fsPath, ctx.language);
      if (compared.verdict !== "different") return program;
      says = compared.says;
    } catch (failure) {
      says = inline.sayFailure(failure, ctx.language);
    }
  }
  return undefined;
}
