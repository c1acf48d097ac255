/** Debug sessions of type `golm`: the adapter in this process, launch.json, and what a session tells of its crash. */
import * as vscode from "vscode";
import type { Explained, FoundRecipe, Knowledge } from "../adapter/editor.ts";
import { CONTEXT_KEYS } from "../editor/commands.ts";
import type { Origin } from "../editor/history.ts";
import { type Ctx, setContext, unattended } from "./ctx.ts";
import { delveSettings, type Inline, inlineOf } from "./delve.ts";
import { completeCore } from "./open-core.ts";
import type { Panels } from "./panel.ts";

const TYPE = "golm";

/**
 * What F5 in a Go file starts when there is no launch.json. Two debuggers for a language make the editor ask each time
 * which one is meant, so this one is there only without the Go extension. What it starts is of our type.
 */
const HERE = "golm-here";

export function offerDebugging(ctx: Ctx, panels: Panels): vscode.Disposable {
  if (!ctx.platform.debugging) return vscode.Disposable.from();
  const tell = () => {
    const alone = vscode.extensions.getExtension("golang.go") === undefined;
    void setContext(CONTEXT_KEYS.debugsGo, alone);
  };
  // The manifest asks for trust itself: activated by a view that was open already, we are told of it later, without an event.
  void setContext(CONTEXT_KEYS.canDebug, true);
  tell();
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(tell),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: async () =>
        new vscode.DebugAdapterInlineImplementation(new InlineAdapter(await inlineOf(ctx), knowledgeOf(ctx))),
    }),
    vscode.debug.registerDebugConfigurationProvider(TYPE, new Configurations(ctx)),
    vscode.debug.registerDebugConfigurationProvider(HERE, { resolveDebugConfiguration: packageAtHand }),
    vscode.debug.registerDebugConfigurationProvider(
      TYPE,
      { provideDebugConfigurations: dynamicConfigurations },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (session.type === TYPE && event === "golm.crash")
        unattended(ctx, showCrash(ctx, panels, session, body));
    }),
  );
}

/** The adapter as the editor wants it. */
class InlineAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;
  private readonly adapter: InstanceType<Inline["Adapter"]>;

  constructor({ Adapter }: Inline, knowledge: Knowledge) {
    this.adapter = new Adapter({ knowledge, send: (message) => this.sent.fire(message) });
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.adapter.handle(message as Parameters<InstanceType<Inline["Adapter"]>["handle"]>[0]);
  }

  dispose(): void {
    void this.adapter.dispose().then(() => this.sent.dispose());
  }
}

/** The fault tree for the adapter: the one that is loaded already. */
function knowledgeOf(ctx: Ctx): Knowledge {
  return {
    language: ctx.language,
    explain: async (crashText): Promise<Explained | undefined> => {
      const [core, setting] = await Promise.all([ctx.knowledge.core(), ctx.knowledge.setting()]);
      const [crash] = core.crashesIn(new TextEncoder().encode(crashText));
      if (!crash) return undefined;
      const diagnosis = core.diagnose(crash.report, setting.catalog, { language: ctx.language });
      const [cause] = diagnosis.causes;
      return {
        headline: core.headline({ diagnosis, input: "-" }, setting),
        ...(cause && { cause: { id: cause.id, title: cause.title, confidence: cause.confidence } }),
      };
    },
    recipe: async (id, kind): Promise<FoundRecipe> => {
      const inline = await inlineOf(ctx);
      if (/\.ya?ml$/.test(id)) return inline.ownRecipe(id);
      const page = (await ctx.knowledge.settingWithPages()).catalog.page(id);
      if (!page) return {};
      const recipe = page.recipes[kind];
      return recipe ? { recipe: inline.parseRecipe(id, kind, recipe) } : { kinds: Object.keys(page.recipes) };
    },
  };
}

class Configurations implements vscode.DebugConfigurationProvider {
  constructor(private readonly ctx: Ctx) {}

  /** For a launch.json that is made anew. */
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [CORE, packageConfiguration("debug")];
  }

  /** Without a launch.json the package of the file at hand is taken; a core that is not named is asked for. */
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (given.type) return given.mode === "core" ? completeCore(this.ctx, given) : given;
    return packageAtHand();
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    return { ...delveSettings(), ...given };
  }
}

/** For the list under "GoLM". */
function dynamicConfigurations(): vscode.DebugConfiguration[] {
  const here = packageAtHand();
  return [...(here ? [here] : []), CORE];
}

const CORE: vscode.DebugConfiguration = {
  type: TYPE,
  request: "launch",
  name: vscode.l10n.t("Open Core Dump"),
  mode: "core",
};

function packageAtHand(): vscode.DebugConfiguration | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "go") return undefined;
  return packageConfiguration(document.fileName.endsWith("_test.go") ? "test" : "debug");
}

function packageConfiguration(mode: "debug" | "test"): vscode.DebugConfiguration {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the editor puts the folder there.
  const program = "${fileDirname}";
  return { type: TYPE, request: "launch", name: vscode.l10n.t("Debug Package"), mode, program };
}

interface CrashBody {
  readonly crashText?: unknown;
  readonly core?: unknown;
  readonly program?: unknown;
}

/** The diagnosis of a session's core, beside the line it stands at. */
async function showCrash(
  ctx: Ctx,
  panels: Panels,
  session: vscode.DebugSession,
  { crashText, core, program }: CrashBody,
): Promise<void> {
  if (typeof crashText !== "string" || typeof core !== "string" || typeof program !== "string") return;
  const { configuration, workspaceFolder } = session;
  let key: string | undefined =
    typeof configuration.golmCrash === "string" ? configuration.golmCrash : undefined;
  if (key === undefined || !ctx.store.entry(key)) {
    const { crashesIn } = await ctx.knowledge.core();
    const [crash] = crashesIn(new TextEncoder().encode(crashText));
    if (!crash) return;
    const folder = workspaceFolder?.uri.toString();
    const origin: Origin = { kind: "debug", label: session.name, ...(folder !== undefined && { folder }) };
    const files = { core: vscode.Uri.file(core).toString(), program: vscode.Uri.file(program).toString() };
    const record = { folder: vscode.Uri.joinPath(vscode.Uri.file(core), "..").toString(), ...files };
    key = await ctx.store.take(crash, origin, { asked: true, record });
  }
  await lineShown();
  await panels.open(key, { quietly: true });
}

const SHOWN_MS = 3000;

/** Waits until the editor has opened the line: the panel opens beside it and not in its place. */
async function lineShown(): Promise<void> {
  const end = Date.now() + SHOWN_MS;
  while (Date.now() < end) {
    if (vscode.window.activeTextEditor && vscode.debug.activeStackItem) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}
