/** Terminals with shell integration: what each command prints is read as it streams. */
import * as vscode from "vscode";
import { isNews, type Origin } from "../editor/history.ts";
import { shorten } from "../export/visible.ts";
import type { CrashStream, FoundCrash } from "../trace/crash-stream.ts";
import { type Ctx, option, unattended } from "./ctx.ts";

/** A runtime prints its traceback in one go: a second of silence is the end of it, though the program may go on. */
const QUIET_MS = 1000;
const LABEL_LONGEST = 120;

/** The keys of the crashes that each terminal printed, as far as it was read. */
export type HeardIn = (terminal: vscode.Terminal) => ReadonlySet<string>;

export interface TerminalReading extends vscode.Disposable {
  readonly heardIn: HeardIn;
}

export function watchTerminals(ctx: Ctx): TerminalReading {
  const heard = new WeakMap<vscode.Terminal, Set<string>>();
  const running = new Map<vscode.TerminalShellExecution, Listening>();
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ execution, terminal }) => {
      if (!option("watch.terminals", true)) return;
      const keys = heard.get(terminal) ?? new Set<string>();
      heard.set(terminal, keys);
      const listening = new Listening(ctx, execution, terminal, keys);
      running.set(execution, listening);
      unattended(ctx, listening.listen());
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      running.get(execution)?.ended(exitCode);
      running.delete(execution);
    }),
  );
  return {
    heardIn: (terminal) => heard.get(terminal) ?? new Set(),
    dispose: () => subscriptions.dispose(),
  };
}

/** One command that runs in a terminal. */
class Listening {
  private readonly origin: Origin;
  private stream: CrashStream | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private exit: number | undefined;
  private exited = false;
  private read = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly execution: vscode.TerminalShellExecution,
    terminal: vscode.Terminal,
    private readonly keys: Set<string>,
  ) {
    const label = shorten(execution.commandLine.value.trim() || terminal.name, LABEL_LONGEST);
    const folder = execution.cwd?.toString();
    this.origin = {
      kind: "terminal",
      label,
      scope: `terminal\n${folder ?? ""}\n${execution.commandLine.value.trim()}`,
      ...(folder !== undefined && { folder }),
    };
  }

  async listen(): Promise<void> {
    // Before anything is awaited: what is printed meanwhile would be lost.
    const output = this.execution.read();
    const { CrashStream } = await this.ctx.knowledge.core();
    const stream = new CrashStream((crash) => this.found(crash));
    this.stream = stream;
    for await (const text of output) {
      stream.push(text);
      this.afterData(stream);
    }
    clearTimeout(this.quiet);
    stream.flush();
    this.read = true;
    this.finish();
  }

  /** The command ended; its last output may still be on its way. */
  ended(status: number | undefined): void {
    this.exit = status;
    this.exited = true;
    this.finish();
  }

  private afterData(stream: CrashStream): void {
    if (this.quiet === undefined && !stream.open) return;
    clearTimeout(this.quiet);
    this.quiet = stream.open ? setTimeout(() => stream.flush(), QUIET_MS) : undefined;
  }

  private finish(): void {
    if (!this.exited || !this.read) return;
    if (this.exit === 0 && this.stream?.crashes === 0 && this.origin.scope)
      this.ctx.store.clean(this.origin.scope);
  }

  private found(crash: FoundCrash): void {
    if (!isNews(crash.report.kind, crash.report.exit)) return;
    this.keys.add(crash.report.fingerprint);
    unattended(this.ctx, this.ctx.store.take(crash, this.origin));
  }
}
