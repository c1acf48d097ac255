/** One session with one Delve: what a core and a running program have in common. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { type DapClient, responseError } from "../delve/dap.ts";
import { DelveProblem } from "../delve/problem.ts";
import type { DelveServer } from "../delve/server.ts";
import { type Editor, Refusal, say } from "./editor.ts";
import { firstUserFrame, presented } from "./frames.ts";
import { type FirstThread, type Threads, threadsOf } from "./goroutines.ts";

export interface Patience {
  /** How long Delve may be silent before it is asked whether it lives. */
  readonly silenceMs: number;
  readonly goroutinesMs: number;
}

export const PATIENCE: Patience = { silenceMs: 60_000, goroutinesMs: 4000 };

/** Answers to this come within a moment from a Delve that is well, whatever the program does. */
const SIGN_OF_LIFE_MS = 5000;
/** The frames an editor asks for first are 20; those that lead to the user's line may be more. */
const FRAMES_SEARCHED = 120;

export abstract class Session {
  /** The goroutine that is shown first. */
  protected first: FirstThread | undefined;
  private noticed: string | undefined;

  constructor(
    protected readonly editor: Editor,
    readonly server: DelveServer,
    protected readonly dap: DapClient,
    private readonly patience: Patience,
  ) {
    dap.on("event", (event) => {
      void this.heard(event).catch((failure: unknown) => this.broken(failure));
    });
    // What Delve asks of an editor concerns programs that it starts itself in a terminal.
    dap.on("request", (request) => dap.respond(request, {}, false));
  }

  /** Before the editor hears that it may set breakpoints. */
  async prepare(): Promise<void> {}

  /** The program printed something. */
  printed(_text: string): void {}

  /** What the editor sent last before the program runs. */
  configured(): Promise<unknown> {
    return this.pass("configurationDone");
  }

  /** Takes leave of Delve; a program that was attached to goes on unless the editor wants its end. */
  async goodbye(args: Record<string, unknown>): Promise<void> {
    await this.dap.send("disconnect", args);
  }

  close(): void {
    this.dap.close();
  }

  protected abstract heard(event: DebugProtocol.Event): Promise<void>;

  /** The body of the answer. Rejects with a Refusal or a DelveProblem. */
  async answer(command: string, args: Record<string, unknown>): Promise<unknown> {
    switch (command) {
      case "threads":
        return this.threads();
      case "stackTrace":
        return this.stackTrace(args);
      default:
        return this.pass(command, args);
    }
  }

  /** Hands a request on to Delve. */
  protected async pass<T = unknown>(command: string, args: unknown = {}): Promise<T> {
    const { silenceMs } = this.patience;
    try {
      const response = await this.dap.send(command, args, { timeoutMs: silenceMs });
      if (response.success) return response.body as T;
      throw new Refusal(responseError(response), false, response.body);
    } catch (failure) {
      await this.broken(failure);
      throw failure;
    }
  }

  /** A Delve that does not answer any more ends the session; a long question alone does not. */
  protected async broken(failure: unknown): Promise<void> {
    if (!(failure instanceof DelveProblem) || failure.code !== "delveSilent") return;
    const { silenceMs } = this.patience;
    const alive = await this.server.rpc.state({ timeoutMs: Math.min(SIGN_OF_LIFE_MS, silenceMs) }).then(
      () => true,
      () => false,
    );
    if (!alive) this.editor.fail(this.editor.m.silent(Math.round(silenceMs / 1000)));
  }

  private async threads(): Promise<{ threads: Threads["threads"] }> {
    const rpc = await this.server.connectRpc();
    try {
      const { threads, notice } = await threadsOf(rpc, {
        m: this.editor.m,
        patienceMs: this.patience.goroutinesMs,
        ...(this.first && { first: this.first }),
      });
      if (notice !== undefined && notice !== this.noticed) {
        this.noticed = notice;
        say(this.editor, notice);
      }
      return { threads };
    } catch {
      // A stripped program, or one that runs: Delve's own answer is the better one.
      return this.pass("threads");
    } finally {
      rpc.close();
    }
  }

  private async stackTrace(args: Record<string, unknown>): Promise<DebugProtocol.StackTraceResponse["body"]> {
    const { startFrame = 0, levels = 0 } = args as { startFrame?: number; levels?: number };
    if (startFrame > 0) {
      const rest = await this.pass<DebugProtocol.StackTraceResponse["body"]>("stackTrace", args);
      return { ...rest, stackFrames: presented(rest.stackFrames) };
    }
    const wanted = levels > 0 ? Math.max(levels, FRAMES_SEARCHED) : 0;
    const body = await this.pass<DebugProtocol.StackTraceResponse["body"]>("stackTrace", {
      ...args,
      levels: wanted,
    });
    const { stackFrames, totalFrames } = body;
    // So many that the user's first frame is among them; the editor asks for the rest from there.
    const enough = levels > 0 ? Math.max(levels, firstUserFrame(stackFrames) + 1) : stackFrames.length;
    return {
      stackFrames: presented(stackFrames).slice(0, enough),
      totalFrames: totalFrames ?? stackFrames.length,
    };
  }
}
