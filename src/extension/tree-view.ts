/** The fault tree to browse and to search: layers, events, causes. */
import * as vscode from "vscode";
import type { Setting } from "../export/finding.ts";
import { panelMessages } from "../webview/messages/index.ts";
import { type Ctx, command } from "./ctx.ts";
import type { Lint } from "./lint.ts";

interface Node {
  readonly id: string;
  readonly kind: "layer" | "event" | "cause";
}

/** The order a crash is looked into, as in the panel. */
const LAYERS = Object.keys(panelMessages("en").layers);
const SCHEME = "golm-page";
const LINT = "lint/";
const ID = /^[a-z0-9-]+(?:\/[a-z0-9-]+){1,2}$/;

export function showTree(ctx: Ctx, lint: Lint): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerTreeDataProvider("golm.tree", new TreeItems(ctx)),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => pageText(ctx, lint, idOf(uri)),
    }),
    command(ctx, "golm.openPage", async (argument) => {
      const id = typeof argument === "string" ? argument : (argument as Partial<Node> | undefined)?.id;
      if (id !== undefined && ID.test(id)) await openPage(id);
    }),
    command(ctx, "golm.searchTree", async () => {
      const id = await searchTree(ctx);
      if (id !== undefined) await openPage(id);
    }),
  );
}

class TreeItems implements vscode.TreeDataProvider<Node> {
  constructor(private readonly ctx: Ctx) {}

  async getChildren(node?: Node): Promise<Node[]> {
    const { catalog } = await this.ctx.knowledge.setting();
    if (node?.kind === "cause") return [];
    if (node?.kind === "event") return catalog.causesOf(node.id).map(({ id }) => ({ id, kind: "cause" }));
    if (node) {
      const inside = catalog.events.filter(({ id }) => layerOf(id) === node.id);
      return inside.map(({ id }) => ({ id, kind: "event" }));
    }
    const layers = [...new Set(catalog.events.map(({ id }) => layerOf(id)))];
    layers.sort((a, b) => LAYERS.indexOf(a) - LAYERS.indexOf(b));
    return layers.map((id) => ({ id, kind: "layer" }));
  }

  async getTreeItem({ id, kind }: Node): Promise<vscode.TreeItem> {
    const setting = await this.ctx.knowledge.setting();
    const { catalog } = setting;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    if (kind === "layer") {
      return {
        id,
        label: panelMessages(setting.language).layers[id] ?? id,
        collapsibleState: Collapsed,
        iconPath: new vscode.ThemeIcon("layers"),
      };
    }
    const named = kind === "event" ? catalog.event(id) : catalog.cause(id);
    const label = named ? titleIn(setting, named.title) : id;
    const open = { command: "golm.openPage", title: vscode.l10n.t("Open the page"), arguments: [id] };
    return {
      id,
      label,
      tooltip: id,
      collapsibleState: kind === "event" ? Collapsed : None,
      iconPath: new vscode.ThemeIcon(kind === "event" ? "symbol-event" : "lightbulb"),
      contextValue: kind,
      ...(kind === "cause" && { command: open }),
    };
  }
}

async function searchTree(ctx: Ctx): Promise<string | undefined> {
  const setting = await ctx.knowledge.setting();
  const { catalog } = setting;
  const items = catalog.events.flatMap((event) => [
    { label: `$(symbol-event) ${titleIn(setting, event.title)}`, description: event.id, id: event.id },
    ...catalog.causesOf(event.id).map((cause) => ({
      label: `$(lightbulb) ${titleIn(setting, cause.title)}`,
      description: cause.id,
      id: cause.id,
    })),
  ]);
  const placeHolder = vscode.l10n.t("Words of a title or an id");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.id;
}

async function openPage(id: string): Promise<void> {
  await vscode.commands.executeCommand("markdown.showPreview", uriOf(id));
}

/** The last part names the preview. */
function uriOf(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` });
}

function idOf(uri: vscode.Uri): string {
  return uri.path.replace(/^\//, "").replace(/\.md$/, "");
}

/** Pages of the catalogue, and below `lint/` those of the linter's rules. */
async function pageText(ctx: Ctx, lint: Lint, id: string): Promise<string> {
  const missing = vscode.l10n.t("The catalogue has no {0}.", id);
  if (id.startsWith(LINT)) return (await lint.page(id.slice(LINT.length))) ?? missing;
  const [core, setting] = await Promise.all([ctx.knowledge.core(), ctx.knowledge.settingWithPages()]);
  const known = setting.catalog.cause(id) ?? setting.catalog.event(id);
  return known ? core.pageMarkdown(id, setting) : missing;
}

function layerOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}

function titleIn(setting: Setting, title: { readonly en: string; readonly zh: string }): string {
  return setting.language === "zh-cn" ? title.zh : title.en;
}
