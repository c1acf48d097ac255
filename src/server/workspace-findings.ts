/** Findings of files that are not open: of the last run over the workspace, kept true when files change. */
import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  MessageType,
  type PreviousResultId,
  type ResultProgressReporter,
  ShowMessageNotification,
  type WorkDoneProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import type { LintFinding } from "../golint/index.ts";
import type { Scope } from "./checker.ts";
import { uriOf } from "./diagnostics.ts";
import { quietly } from "./quietly.ts";
import type { Scopes } from "./scopes.ts";
import type { ServerWords } from "./words.ts";
import { runWorkspace, type WorkspaceResult } from "./workspace-run.ts";

export interface Surroundings {
  readonly scopes: Scopes;
  isOpen(path: string): boolean;
  diagnostics(findings: readonly LintFinding[], uri: string, scope: Scope): Diagnostic[];
  failed(file: string, why: string): void;
}

export interface Setting {
  readonly script: string;
  readonly words: ServerWords;
  readonly capabilities: ClientCapabilities;
}

/** What `golm.lintWorkspace` answers. */
export interface WorkspaceSummary {
  readonly findings: number;
  /** Files with findings. */
  readonly files: number;
  readonly checked: number;
  readonly cancelled: boolean;
}

interface Known {
  readonly findings: readonly LintFinding[];
  readonly resultId: string;
}

export class WorkspaceFindings {
  private known = new Map<string, Known>();
  private readonly published = new Set<string>();
  private results = 0;
  /** Files changed since the last run, or there was none. */
  private stale = true;
  private hasRun = false;
  private running: Promise<WorkspaceResult> | undefined;
  private rerun: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly setting: Setting,
    private readonly around: Surroundings,
  ) {}

  /** The command: runs, publishes what is found and says how much it was. */
  async lint(token: CancellationToken, given: WorkDoneProgressReporter): Promise<WorkspaceSummary | null> {
    const { words } = this.setting;
    if (this.around.scopes.roots.length === 0) {
      this.tell(MessageType.Info, words.noFolder);
      return null;
    }
    if (this.tasks().length === 0) {
      this.tell(MessageType.Info, words.isOff);
      return null;
    }
    try {
      const result = await this.run(token, given, true);
      this.publishAll();
      const summary = this.summary(result);
      const text = summary.cancelled
        ? words.cancelled
        : words.done(summary.findings, summary.files, summary.checked);
      this.tell(MessageType.Info, text);
      return summary;
    } catch (failure) {
      this.tell(MessageType.Error, words.workerFailed(reason(failure)));
      return null;
    }
  }

  private tell(type: MessageType, message: string): void {
    quietly(this.connection.sendNotification(ShowMessageNotification.type, { type, message }));
  }

  private summary({ checked }: WorkspaceResult): WorkspaceSummary {
    let findings = 0;
    let files = 0;
    for (const [path, { findings: own }] of this.known) {
      const count = this.diagnosticsOf(path, own).length;
      findings += count;
      if (count > 0) files++;
    }
    return { findings, files, checked: checked ?? 0, cancelled: checked === undefined };
  }

  private tasks() {
    return this.around.scopes.roots.flatMap((path) => {
      const { settings, context } = this.around.scopes.of(path);
      const off = Object.entries(settings.rules).flatMap(([id, as]) => (as === "off" ? [id] : []));
      return settings.enable ? [{ path, context, off }] : [];
    });
  }

  /** Two at a time would only be slower: the second gets the first one's result. */
  private run(
    token: CancellationToken,
    given: WorkDoneProgressReporter | undefined,
    visibly: boolean,
  ): Promise<WorkspaceResult> {
    this.running ??= this.runOnce(token, given, visibly).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async runOnce(
    token: CancellationToken,
    given: WorkDoneProgressReporter | undefined,
    visibly: boolean,
  ): Promise<WorkspaceResult> {
    const { words, capabilities, script } = this.setting;
    const own = visibly && capabilities.window?.workDoneProgress === true;
    const progress = own ? await this.connection.window.createWorkDoneProgress() : given;
    progress?.begin(words.linting, 0, undefined, true);
    this.stale = false;
    try {
      const result = await runWorkspace(
        { folders: this.tasks(), script },
        {
          progress: (done, all) =>
            progress?.report(Math.round((100 * done) / all), words.progress(done, all)),
          failure: (file, why) => this.around.failed(file, why),
          onCancel: (end) => {
            token.onCancellationRequested(end);
            if (own) (progress as { token?: CancellationToken }).token?.onCancellationRequested(end);
            if (token.isCancellationRequested) end();
          },
        },
      );
      this.take(result);
      return result;
    } finally {
      progress?.done();
    }
  }

  private take({ files, checked }: WorkspaceResult): void {
    // A cancelled run saw a part: what was known of the rest may still be true.
    if (checked === undefined) this.stale = true;
    else for (const path of this.known.keys()) if (!files.has(path)) this.known.delete(path);
    for (const [path, findings] of files) this.remember(path, findings);
    this.hasRun = true;
  }

  private remember(path: string, findings: readonly LintFinding[]): void {
    this.known.set(path, { findings, resultId: `w${++this.results}` });
  }

  private diagnosticsOf(path: string, findings: readonly LintFinding[]): Diagnostic[] {
    return this.around.diagnostics(findings, uriOf(path), this.around.scopes.of(path));
  }

  private publishAll(): void {
    for (const path of [...this.published]) if (!this.known.has(path)) this.hide(path);
    for (const path of this.known.keys()) this.publish(path);
  }

  private publish(path: string): void {
    const known = this.known.get(path);
    if (!known || this.around.isOpen(path)) return;
    const diagnostics = this.diagnosticsOf(path, known.findings);
    this.published.add(path);
    quietly(this.connection.sendDiagnostics({ uri: uriOf(path), diagnostics }));
  }

  /** Takes away what was published for a file, which is open now and answered for by itself. */
  hide(path: string): void {
    if (!this.published.delete(path)) return;
    quietly(this.connection.sendDiagnostics({ uri: uriOf(path), diagnostics: [] }));
  }

  /** Findings of an open file are newer than those of a run. */
  update(path: string, findings: readonly LintFinding[]): void {
    if (!this.hasRun) return;
    if (findings.length > 0) this.remember(path, findings);
    else this.known.delete(path);
  }

  /** A file was closed. Where it was not saved, its findings are those of a text that is gone. */
  show(path: string, saved: boolean): void {
    if (!this.hasRun) return;
    if (saved) this.publish(path);
    else this.changedOnDisk([path], false);
  }

  /** Files changed that are not open: what a run found in them is no longer true, and neither for those beside them. */
  changedOnDisk(paths: readonly string[], isModule: boolean): void {
    const own = paths.filter((path) => !this.around.isOpen(path));
    if (own.length === 0 && !isModule) return;
    this.stale = true;
    if (!this.hasRun || this.published.size + this.known.size === 0) return;
    clearTimeout(this.rerun);
    this.rerun = setTimeout(() => void this.again(), RERUN_MS);
    this.rerun.unref();
  }

  private async again(): Promise<void> {
    try {
      await this.run(NEVER, undefined, false);
      this.publishAll();
    } catch (failure) {
      this.connection.console.warn(this.setting.words.workerFailed(reason(failure)));
    }
  }

  /** `workspace/diagnostic`: a run where one is due, and then what differs from what the client has. */
  async pull(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
    partial: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    if (this.stale && this.tasks().length > 0) await this.run(token, progress, false);
    const had = new Map(previous.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const [path, { findings, resultId }] of this.known) {
      if (this.around.isOpen(path)) continue;
      const uri = uriOf(path);
      if (had.get(uri) === resultId) items.push({ kind: "unchanged", uri, version: null, resultId });
      else {
        const found = this.diagnosticsOf(path, findings);
        items.push({ kind: "full", uri, version: null, resultId, items: found });
      }
      had.delete(uri);
    }
    for (const uri of had.keys()) items.push({ kind: "full", uri, version: null, items: [] });
    if (!partial) return { items };
    partial.report({ items });
    return { items: [] };
  }
}

/** After a change on disk; a checkout changes many files, one after the other. */
const RERUN_MS = 1500;

const NEVER: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => {} }),
};

const reason = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
