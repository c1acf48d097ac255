/** Tools for the editor's agents: what the panels show, as Markdown. Nothing runs; files are read after a question. */
import * as vscode from "vscode";
import { visibleLine } from "../export/visible.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { type Ctx, foldersFor } from "./ctx.ts";

interface DiagnoseInput {
  /** A crash text. */
  readonly text?: string;
  /** A log file of the workspace. */
  readonly path?: string;
}

interface ExplainInput {
  readonly id: string;
}

const CRASHES = 5;
const LARGEST = 64 << 20;

export function offerTools(ctx: Ctx): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.lm.registerTool<DiagnoseInput>("golm_diagnose", {
      prepareInvocation({ input }) {
        if (input.path === undefined) return { invocationMessage: vscode.l10n.t("Diagnosing a Go crash") };
        const path = visibleLine(input.path);
        return {
          invocationMessage: vscode.l10n.t("Diagnosing {0}", path),
          confirmationMessages: {
            title: vscode.l10n.t("Read a log file"),
            message: vscode.l10n.t("Read {0} and diagnose the Go crashes in it?", path),
          },
        };
      },
      invoke: async ({ input }) => resultOf(await diagnosed(ctx, input)),
    }),
    vscode.lm.registerTool<ExplainInput>("golm_explain", {
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Reading the fault tree") }),
      invoke: async ({ input }) => resultOf(await explained(ctx, input.id)),
    }),
  );
}

function resultOf(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

/** Without an input: the last crash this window saw. */
async function diagnosed(ctx: Ctx, { text, path }: DiagnoseInput): Promise<string> {
  const setting = await ctx.knowledge.settingWithPages();
  const core = await ctx.knowledge.core();
  await ctx.store.ready;
  const [last] = ctx.store.list();
  if (text === undefined && path === undefined) {
    const finding = last && (await ctx.store.finding(last.key));
    return finding ? core.findingMarkdown(finding, setting) : "No crash has been seen in this workspace.";
  }
  const bytes = text === undefined ? await fileOf(path!) : new TextEncoder().encode(text);
  const crashes = core.crashesIn(bytes);
  if (crashes.length === 0) return "The text holds no Go crash.";
  const different = [...new Map(crashes.map((crash) => [crash.report.fingerprint, crash])).values()];
  const parts = await Promise.all(
    different.slice(0, CRASHES).map((crash) => markdown(ctx, crash, path ?? "text")),
  );
  if (different.length > CRASHES) parts.push(`${different.length - CRASHES} further crashes are left out.`);
  return parts.join("\n---\n\n");
}

async function markdown(ctx: Ctx, { report }: FoundCrash, input: string): Promise<string> {
  const [core, setting] = await Promise.all([ctx.knowledge.core(), ctx.knowledge.settingWithPages()]);
  const source = await ctx.platform.sources(report, foldersFor());
  const diagnosis = core.diagnose(report, setting.catalog, { language: ctx.language, source });
  return core.findingMarkdown({ diagnosis, input }, setting);
}

/** A file below the workspace, and no other: a model may have been told what to read by a stranger. */
async function fileOf(path: string): Promise<Uint8Array> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const { uri } of folders) {
    const absolute = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
    const file = absolute ? uri.with({ path: vscode.Uri.file(path).path }) : vscode.Uri.joinPath(uri, path);
    if (vscode.workspace.getWorkspaceFolder(file) === undefined) continue;
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > LARGEST) throw new Error("The file is too large. Pass the crash text alone.");
    return vscode.workspace.fs.readFile(file);
  }
  throw new Error("Only files of the workspace are read.");
}

async function explained(ctx: Ctx, id: string): Promise<string> {
  const [core, setting] = await Promise.all([ctx.knowledge.core(), ctx.knowledge.settingWithPages()]);
  const { catalog } = setting;
  if (catalog.cause(id) ?? catalog.event(id)) return core.pageMarkdown(id, setting);
  const word = id.toLowerCase();
  const near = [...catalog.events, ...catalog.causes].filter((each) => each.id.includes(word)).slice(0, 20);
  return [
    `The catalogue has no "${visibleLine(id)}".`,
    ...near.map((each) => `- ${each.id}: ${each.title.en}`),
  ].join("\n");
}
