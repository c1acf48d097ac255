/** Debug sessions: their output, and stops at a panic or a fatal error, which come before anything is printed. */
import * as vscode from "vscode";
import { isNews, type Origin } from "../editor/history.ts";
import { isFaultStop, type StopFrame, stopText } from "../editor/stop-text.ts";
import type { CrashStream } from "../trace/crash-stream.ts";
import { type Ctx, option, unattended } from "./ctx.ts";

const TYPES = ["go", "golm"];
const FRAMES = 60;

export function watchDebugging(ctx: Ctx): vscode.Disposable {
  const factory: vscode.DebugAdapterTrackerFactory = {
    createDebugAdapterTracker: (session) =>
      option("watch.debugging", true) && !isCoreSession(session) ? new Tracker(ctx, session) : undefined,
  };
  return vscode.Disposable.from(
    ...TYPES.map((type) => vscode.debug.registerDebugAdapterTrackerFactory(type, factory)),
  );
}

/** A core is of a crash that was before: opening it is no news. */
function isCoreSession({ type, configuration }: vscode.DebugSession): boolean {
  return type === "golm" && configuration.mode === "core";
}

class Tracker implements vscode.DebugAdapterTracker {
  private readonly stream: Promise<CrashStream>;
  private turn: Promise<unknown>;
  private readonly origin: Origin;
  private crashes = 0;
  /** Where it stopped at a crash that is not printed yet. */
  private readonly stopped = new Set<string>();
  private exit: number | undefined;

  constructor(
    private readonly ctx: Ctx,
    private readonly session: vscode.DebugSession,
  ) {
    const folder = session.workspaceFolder?.uri.toString();
    this.origin = {
      kind: "debug",
      label: session.name,
      scope: `debug\n${folder ?? ""}\n${session.name}`,
      ...(folder !== undefined && { folder }),
    };
    this.stream = ctx.knowledge.core().then(
      ({ CrashStream }) =>
        new CrashStream((crash) => {
          if (!isNews(crash.report.kind, crash.report.exit)) return;
          this.crashes++;
          // However long the user looked on, it is the crash it stopped at, in the program's own words now.
          const asked = this.stopped.delete(crash.report.fingerprint);
          unattended(ctx, ctx.store.take(crash, this.origin, { asked }));
        }),
    );
    this.turn = this.stream;
  }

  onDidSendMessage(message: unknown): void {
    const { type, event, body } = (message ?? {}) as {
      type?: string;
      event?: string;
      body?: Record<string, unknown>;
    };
    if (type !== "event" || !body) return;
    if (event === "output" && typeof body.output === "string" && body.category !== "telemetry") {
      const { output } = body;
      this.inTurn((stream) => stream.push(output));
    } else if (event === "exited" && typeof body.exitCode === "number") {
      this.exit = body.exitCode;
    } else if (event === "stopped" && isFaultStop(body)) {
      const stop = body;
      unattended(this.ctx, this.stoppedAt(stop));
    }
  }

  onWillStopSession(): void {
    this.inTurn((stream) => {
      stream.flush();
      if (this.exit === 0 && this.crashes === 0) this.ctx.store.clean(this.origin.scope!);
    });
  }

  private inTurn(work: (stream: CrashStream) => void): void {
    this.turn = this.turn.then(() => this.stream).then(work);
    unattended(this.ctx, this.turn);
  }

  private async stoppedAt(stop: { description: string; text?: string; threadId?: number }): Promise<void> {
    const threadId = stop.threadId ?? 1;
    const answer: unknown = await this.session.customRequest("stackTrace", {
      threadId,
      startFrame: 0,
      levels: FRAMES,
    });
    const { stackFrames } = (answer ?? {}) as {
      stackFrames?: { name: string; line: number; source?: { path?: string } }[];
    };
    const frames = (stackFrames ?? []).map(
      ({ name, line, source }): StopFrame => ({
        name,
        line,
        ...(source?.path !== undefined && { file: source.path }),
      }),
    );
    const text = stopText({
      description: stop.description,
      text: stop.text ?? "",
      goroutine: threadId,
      frames,
    });
    const { crashesIn } = await this.ctx.knowledge.core();
    const [crash] = crashesIn(new TextEncoder().encode(text));
    if (!crash) return;
    this.crashes++;
    this.stopped.add(crash.report.fingerprint);
    await this.ctx.store.take(crash, this.origin);
  }
}
