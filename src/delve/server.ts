/** One headless Delve: started, asked on one port over both protocols, and surely ended. */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiVersion } from "./api.ts";
import { DapClient } from "./dap.ts";
import { DelveProblem } from "./problem.ts";
import { ended, endSurely, type Guard, guard, identify, type ProcessIdentity, spawnTied } from "./process.ts";
import { RpcClient } from "./rpc.ts";
import { explainStart } from "./start-failure.ts";

/** What Delve is started on. Arguments are the program's own. */
export type DelveTarget =
  | { readonly mode: "core"; readonly program: string; readonly core: string }
  | { readonly mode: "exec"; readonly program: string; readonly args?: readonly string[] }
  | {
      readonly mode: "debug" | "test";
      /** A package as `go build` takes it; default: the one in `cwd`. */
      readonly package?: string;
      readonly args?: readonly string[];
      /** As one string, as Delve reads it: `-tags=integration -race`. */
      readonly buildFlags?: string;
    }
  | { readonly mode: "attach"; readonly pid: number; readonly program?: string };

export interface ServerOptions {
  /** Path of dlv; see findDelve. */
  readonly delve: string;
  readonly target: DelveTarget;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `host:port`; default `127.0.0.1:0`, any free port. */
  readonly listen?: string;
  /** How long it may take to be ready, building included. Default 120 s. */
  readonly readyMs?: number;
  /** Let it read programs of Go releases it does not know; what it then says may be wrong. */
  readonly anyGo?: boolean;
  /** What Delve and the program print, but for the line with the address. */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
  /** Delve runs, and has work to do before it speaks. */
  readonly onSpawned?: () => void;
  readonly signal?: AbortSignal;
}

const READY_MS = 120_000;
/** Enough for a compiler's first errors. */
const TEXT_KEPT = 16_384;
/** How long Delve may take to let go of the program before it is killed. An attached program must be left whole. */
const GRACE_MS: Readonly<Record<DelveTarget["mode"], number>> = {
  core: 400,
  exec: 2000,
  debug: 2000,
  test: 2000,
  attach: 10_000,
};

/** How a server ended that nobody told to. */
export interface ServerEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it printed. */
  readonly text: string;
}

export class DelveServer {
  private stopping: Promise<void> | undefined;
  private debuggee: ProcessIdentity | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly target: DelveTarget,
    private readonly scratch: string | undefined,
    private readonly guarding: Guard | undefined,
    readonly host: string,
    readonly port: number,
    /** A connection for short questions. */
    readonly rpc: RpcClient,
    readonly version: ApiVersion,
    /** Resolves when the process has ended, told to or not. */
    readonly ended: Promise<ServerEnd>,
  ) {
    // Killed by others, it leaves its program behind.
    void ended.then(() => this.stop());
  }

  /** Resolves when Delve answers questions. Rejects with a DelveProblem; nothing is left running then. */
  static async start(options: ServerOptions): Promise<DelveServer> {
    const { target, signal } = options;
    if (signal?.aborted) throw new DelveProblem("cancelled", "dlv");
    // Behind setpriv, a program that is not there would look like one that failed.
    await access(options.delve, constants.X_OK).catch((failure: NodeJS.ErrnoException) => {
      throw new DelveProblem("notStarted", options.delve, failure.code ?? failure.message);
    });
    const env = programEnvironment(options.env ?? process.env);
    const scratch = buildsBinary(target) ? scratchPath(env) : undefined;
    // Before there is anything to leave behind.
    const guarding = scratch === undefined ? undefined : guard(scratch);
    if (scratch !== undefined)
      await mkdir(scratch, { mode: 0o700 }).catch((failure: unknown) => {
        guarding?.release();
        throw failure;
      });
    const child = spawnTied(options.delve, commandLine(options, scratch), {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: scratch === undefined ? env : { ...env, GOTMPDIR: scratch },
    });
    if (child.pid !== undefined) guarding?.watch(child.pid);
    const launch = new Launch(child, options);
    options.onSpawned?.();
    try {
      const { host, port } = await launch.until(launch.address);
      const rpc = await launch.until(RpcClient.connect(host, port));
      const version = await launch.until(rpc.version({ timeoutMs: 0 }));
      launch.done();
      const server = new DelveServer(
        child,
        target,
        scratch,
        guarding,
        host,
        port,
        rpc,
        version,
        launch.ended,
      );
      await server.rememberProgram();
      return server;
    } catch (failure) {
      launch.done();
      await endSurely(child, { grace: GRACE_MS[target.mode] });
      await removeFolder(scratch);
      guarding?.release();
      throw failure;
    }
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isStopped(): boolean {
    return this.stopping !== undefined;
  }

  /** Another connection, so that a long question holds nothing up. */
  connectRpc(): Promise<RpcClient> {
    return RpcClient.connect(this.host, this.port);
  }

  /** For an editor's protocol: send `initialize`, then `attach` with `mode: "remote"`. */
  connectDap(): Promise<DapClient> {
    return DapClient.connect(this.host, this.port);
  }

  /** Notes which process the program is, so that it can be ended even if Delve dies. Call it after a restart. */
  async rememberProgram(): Promise<void> {
    if (this.target.mode === "core" || this.target.mode === "attach") return;
    const state = await this.rpc.state().catch(() => undefined);
    if (state?.Pid) this.debuggee = identify(state.Pid);
  }

  /**
   * Ends Delve and the program it started; a program it was attached to goes on. Resolves when all is gone, processes
   * and files. May be called any number of times, and never throws.
   */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    this.rpc.close();
    await endSurely(this.child, {
      grace: GRACE_MS[this.target.mode],
      others: this.debuggee ? [this.debuggee] : [],
    });
    await removeFolder(this.scratch);
    this.guarding?.release();
  }
}

/** An editor starts us by its own program with this set; no program under Delve must become a Node by it. */
function programEnvironment({ ELECTRON_RUN_AS_NODE: _ours, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

function buildsBinary(target: DelveTarget): boolean {
  return target.mode === "debug" || target.mode === "test";
}

/** For the program and all that go writes while it builds: a go that is killed leaves its own folder behind. */
function scratchPath({ GOTMPDIR }: NodeJS.ProcessEnv): string {
  const base = GOTMPDIR && existsSync(GOTMPDIR) ? GOTMPDIR : tmpdir();
  return join(base, `golm-debug-${process.pid}-${randomBytes(6).toString("hex")}`);
}

/** Never throws. */
async function removeFolder(folder: string | undefined): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

function commandLine({ target, listen, anyGo }: ServerOptions, scratch: string | undefined): string[] {
  const common = [
    "--headless",
    "--accept-multiclient",
    "--api-version=2",
    `--listen=${listen ?? "127.0.0.1:0"}`,
    ...(anyGo ? ["--check-go-version=false"] : []),
  ];
  switch (target.mode) {
    case "core":
      return ["core", ...common, "--", target.program, target.core];
    case "attach":
      return ["attach", ...common, String(target.pid), ...(target.program ? [target.program] : [])];
    case "exec":
      return ["exec", ...common, target.program, "--", ...(target.args ?? [])];
    case "debug":
    case "test":
      return [
        target.mode,
        ...common,
        ...(target.buildFlags ? [`--build-flags=${target.buildFlags}`] : []),
        `--output=${join(scratch!, process.platform === "win32" ? "program.exe" : "program")}`,
        ...(target.package ? [target.package] : []),
        "--",
        ...(target.args ?? []),
      ];
  }
}

const ADDRESS = /^API server listening at: (?:\[([^\]]+)\]|([^\s:]+)):(\d{1,5})\r?$/;

/** The time between the start and the first answer. */
class Launch {
  readonly address: Promise<{ host: string; port: number }>;
  readonly ended: Promise<ServerEnd>;
  private text = "";
  private timer: NodeJS.Timeout | undefined;
  private readonly failed: Promise<never>;
  private fail!: (failure: Error) => void;
  private readonly onAbort = () => this.fail(new DelveProblem("cancelled", "dlv"));

  constructor(
    private readonly child: ChildProcess,
    private readonly options: ServerOptions,
  ) {
    this.failed = new Promise((_resolve, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => {});
    this.address = this.readOutput();
    this.ended = this.watchEnd();
    const ready = options.readyMs ?? READY_MS;
    this.timer = setTimeout(() => this.fail(new DelveProblem("startTimeout", ready / 1000)), ready);
    options.signal?.addEventListener("abort", this.onAbort, { once: true });
    // Given up while the program was looked at: nobody tells a listener that came later.
    if (options.signal?.aborted) this.onAbort();
  }

  /** The step, unless Delve ends, time is up or the user gives up before. */
  async until<T>(step: Promise<T>): Promise<T> {
    step.catch(() => {});
    try {
      return await Promise.race([step, this.failed]);
    } catch (failure) {
      // The connection breaks a little before the process is seen to end: its own words are the better ones.
      if (
        failure instanceof DelveProblem &&
        (failure.code === "delveEnded" || failure.code === "notReachable")
      )
        await Promise.race([this.failed, new Promise((resolve) => setTimeout(resolve, 1000))]);
      throw failure;
    }
  }

  done(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener("abort", this.onAbort);
  }

  private readOutput(): Promise<{ host: string; port: number }> {
    const { stdout, stderr } = this.child;
    stderr!.setEncoding("utf8").on("data", (text: string) => this.say("stderr", text));
    stdout!.setEncoding("utf8");
    return new Promise((resolve) => {
      let begun = "";
      let found = false;
      stdout!.on("data", (text: string) => {
        if (found) return this.say("stdout", text);
        begun += text;
        // Line by line, because `go` may print before it.
        for (let end = begun.indexOf("\n"); end >= 0 && !found; end = begun.indexOf("\n")) {
          const line = begun.slice(0, end);
          begun = begun.slice(end + 1);
          const match = ADDRESS.exec(line);
          found = match !== null;
          if (match) resolve({ host: match[1] ?? match[2]!, port: Number(match[3]) });
          else this.say("stdout", `${line}\n`);
        }
        if (found ? begun !== "" : begun.length > TEXT_KEPT) {
          this.say("stdout", begun);
          begun = "";
        }
      });
      stdout!.on("end", () => {
        if (begun !== "") this.say("stdout", begun);
      });
    });
  }

  private say(stream: "stdout" | "stderr", text: string): void {
    this.text = (this.text + text).slice(-TEXT_KEPT);
    this.options.onOutput?.(stream, text);
  }

  private watchEnd(): Promise<ServerEnd> {
    const { child, options } = this;
    child.on("error", (failure) => {
      this.fail(
        new DelveProblem(
          "notStarted",
          options.delve,
          (failure as NodeJS.ErrnoException).code ?? failure.message,
        ),
      );
    });
    return ended(child).then(async () => {
      // What it printed last may still be on its way.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const end = { status: child.exitCode, signal: child.signalCode, text: this.text };
      this.fail(explainStart(end, options));
      return end;
    });
  }
}
