/** Activation: a list of registrations. What they need is read when a crash, a view or a command first asks for it. */
import * as vscode from "vscode";
import { version } from "../../package.json";
import type { Entry } from "../editor/history.ts";
import type { FoundCrash } from "../trace/crash-stream.ts";
import { CrashStore } from "./crash-store.ts";
import { type Ctx, Knowledge } from "./ctx.ts";
import { watchDebugging } from "./debug-output.ts";
import { offerDebugging } from "./debugging.ts";
import { diagnoseOnDemand } from "./diagnose-files.ts";
import { foldGoroutines } from "./folding.ts";
import { showHistory } from "./history-view.ts";
import { showHover } from "./hover.ts";
import { showInlineText } from "./inline-text.ts";
import { offerTools } from "./language-model-tools.ts";
import { offerLint } from "./lint.ts";
import { lensLogs } from "./log-lens.ts";
import { offerMakingCores } from "./make-cores.ts";
import { Marks } from "./marks.ts";
import { notify } from "./notify.ts";
import { offerCores } from "./open-core.ts";
import { Panels } from "./panel.ts";
import type { Platform } from "./platform.ts";
import { showProblems } from "./problems.ts";
import { offerQuickFixes } from "./quick-fix.ts";
import { offerRecorder } from "./recorder.ts";
import { Records } from "./records.ts";
import { showStatus } from "./status.ts";
import { provideTasks } from "./tasks.ts";
import { linkTerminals } from "./terminal-links.ts";
import { watchTerminals } from "./terminal-output.ts";
import { lensTests } from "./test-lens.ts";
import { showTree } from "./tree-view.ts";
import { watchLogs } from "./watch-files.ts";

/** For other extensions. */
export interface Api {
  /** Milliseconds that activation took. */
  readonly activation: number;
  /** The crashes of this workspace, newest first. */
  crashes(): Promise<readonly Entry[]>;
  readonly onDidChange: vscode.Event<void>;
  /** Takes the crashes of a text into the history. Returns their keys. */
  diagnose(text: string, label: string): Promise<readonly string[]>;
}

export function start(context: vscode.ExtensionContext, platform: Platform): Api {
  const begun = performance.now();
  const log = vscode.window.createOutputChannel("GoLM Fault Tree", { log: true });
  context.subscriptions.push(log);
  try {
    const ctx = contextOf(context, platform, log);
    const panels = new Panels(ctx);
    const marks = new Marks(ctx);
    const records = new Records(ctx);
    const lint = offerLint(ctx);
    const terminals = watchTerminals(ctx);
    context.subscriptions.push(
      ctx.store,
      panels,
      marks,
      records,
      lint,
      terminals,
      linkTerminals(ctx, panels, terminals.heardIn),
      watchDebugging(ctx),
      offerDebugging(ctx, panels),
      offerCores(ctx),
      offerMakingCores(ctx, records),
      watchLogs(ctx),
      provideTasks(ctx, records),
      lensTests(ctx, records),
      lensLogs(ctx, panels),
      foldGoroutines(ctx),
      diagnoseOnDemand(ctx, panels),
      showHistory(ctx, panels),
      showTree(ctx, lint),
      showStatus(ctx),
      notify(ctx, panels),
      showProblems(marks),
      showInlineText(marks),
      showHover(marks),
      offerQuickFixes(marks),
      offerRecorder(ctx, records),
      offerTools(ctx),
    );
    const activation = performance.now() - begun;
    log.info(`active after ${activation.toFixed(1)} ms`);
    return apiOf(ctx, activation);
  } catch (failure) {
    log.error(failure instanceof Error ? failure : String(failure));
    void vscode.window.showErrorMessage(
      vscode.l10n.t("GoLM Fault Tree could not start: {0}", String(failure)),
    );
    throw failure;
  }
}

export function stop(): void {}

function contextOf(context: vscode.ExtensionContext, platform: Platform, log: vscode.LogOutputChannel): Ctx {
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh-cn" : "en";
  const knowledge = new Knowledge(context.extensionUri, language, version);
  const store = new CrashStore(context, platform, knowledge, log);
  return { context, platform, language, log, store, knowledge };
}

function apiOf({ store, knowledge }: Ctx, activation: number): Api {
  return {
    activation,
    onDidChange: store.onDidChange,
    crashes: async () => {
      await store.ready;
      return store.list();
    },
    diagnose: async (text, label) => {
      const { crashesIn } = await knowledge.core();
      const found: FoundCrash[] = crashesIn(new TextEncoder().encode(text));
      const keys: string[] = [];
      for (const crash of found) keys.push(await store.take(crash, { kind: "text", label }, { asked: true }));
      return keys;
    },
  };
}
