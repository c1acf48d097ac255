/** Speaks JSON-RPC with Delve, in the dialect of Go's net/rpc/jsonrpc: one JSON object a line. */
import { connect, type Socket } from "node:net";
import type * as api from "./api.ts";
import { DelveProblem } from "./problem.ts";

export interface CallOptions {
  /** Default 30 s; 0 waits for ever, as a program that runs may. */
  readonly timeoutMs?: number;
  /** Gives the call up. Delve itself works on: only its answer is dropped. */
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: Error) => void;
  readonly release: () => void;
}

const TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const LINE_FEED = 10;
/** A longer answer cannot become a JavaScript string. */
const LONGEST_ANSWER = 400 * 2 ** 20;

/**
 * One connection. Delve works on the requests of a connection in their order, so what must not wait behind a long one
 * needs a connection of its own. Every failure is a DelveProblem.
 */
export class RpcClient {
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();
  private pieces: Buffer[] = [];
  private held = 0;
  private closed = false;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.take(chunk));
    socket.on("error", () => this.lose());
    socket.on("close", () => this.lose());
  }

  /** Rejects with a DelveProblem when nobody listens there. */
  static async connect(host: string, port: number): Promise<RpcClient> {
    return new RpcClient(await openSocket(host, port));
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Ends the connection; what is still waiting is rejected. */
  close(): void {
    this.socket.destroy();
    this.lose();
  }

  /** Calls `RPCServer.METHOD`. */
  call<T>(method: string, argument: unknown = {}, options: CallOptions = {}): Promise<T> {
    const { timeoutMs = TIMEOUT_MS, signal } = options;
    if (this.closed) return Promise.reject(new DelveProblem("delveEnded", method));
    if (signal?.aborted) return Promise.reject(new DelveProblem("cancelled", method));
    const id = ++this.last;
    return new Promise<T>((resolve, reject) => {
      const giveUp = (failure: DelveProblem) => {
        this.settle(id)?.reject(failure);
      };
      const timer =
        timeoutMs > 0
          ? setTimeout(() => giveUp(new DelveProblem("delveSilent", method, timeoutMs / 1000)), timeoutMs)
          : undefined;
      const onAbort = () => giveUp(new DelveProblem("cancelled", method));
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.set(id, {
        method,
        resolve: resolve as (value: unknown) => void,
        reject,
        release: () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", onAbort);
        },
      });
      this.socket.write(`${JSON.stringify({ method: `RPCServer.${method}`, params: [argument], id })}\n`);
    });
  }

  private settle(id: number): Waiting | undefined {
    const entry = this.waiting.get(id);
    this.waiting.delete(id);
    entry?.release();
    return entry;
  }

  private take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      this.pieces.push(chunk.subarray(from, end));
      const line = Buffer.concat(this.pieces);
      this.pieces = [];
      this.held = 0;
      from = end + 1;
      this.answer(line);
    }
    if (from >= chunk.length) return;
    this.pieces.push(chunk.subarray(from));
    this.held += chunk.length - from;
    if (this.held > LONGEST_ANSWER) this.close();
  }

  private answer(line: Buffer): void {
    let message: { id?: unknown; result?: unknown; error?: unknown };
    try {
      message = JSON.parse(line.toString("utf8"));
    } catch {
      // Nothing after a broken line can be trusted.
      this.close();
      return;
    }
    const entry = typeof message?.id === "number" ? this.settle(message.id) : undefined;
    if (!entry) return; // Given up meanwhile, or never asked.
    if (message.error === null || message.error === undefined) entry.resolve(message.result);
    else entry.reject(new DelveProblem("delveRefused", entry.method, String(message.error)));
  }

  private lose(): void {
    if (this.closed) return;
    this.closed = true;
    this.pieces = [];
    for (const id of [...this.waiting.keys()]) {
      const entry = this.settle(id);
      entry?.reject(new DelveProblem("delveEnded", entry.method));
    }
  }

  // The calls by name.

  version(options?: CallOptions): Promise<api.ApiVersion> {
    return this.call("GetVersion", {}, options);
  }

  async state(options?: CallOptions): Promise<api.ApiState> {
    // Answers at once even while the program runs.
    return (await this.call<{ State: api.ApiState }>("State", { NonBlocking: true }, options)).State;
  }

  /**
   * One page of goroutines from `start`, at most `count` (0: all). Delve takes about 0.4 ms for each. Groups count
   * within the page only.
   */
  goroutines(
    page: {
      readonly start?: number;
      readonly count?: number;
      readonly filters?: readonly api.GoroutineFilter[];
      readonly grouping?: api.GoroutineGrouping;
    } = {},
    options?: CallOptions,
  ): Promise<api.GoroutineList> {
    const { start = 0, count = 0, filters = [], grouping } = page;
    return this.call(
      "ListGoroutines",
      { Start: start, Count: count, Filters: filters, ...grouping },
      options,
    );
  }

  /** Frames of a goroutine (-1: the one selected), innermost first; variables with `load`. `skip` counts within `depth`. */
  async stacktrace(
    goroutine: number,
    depth: number,
    { load, skip = 0, ...options }: CallOptions & { load?: api.ApiLoadConfig; skip?: number } = {},
  ): Promise<readonly api.ApiStackframe[]> {
    const argument = {
      Id: goroutine,
      Depth: depth,
      Full: false,
      Skip: skip,
      ...(load && { Cfg: load, Full: true }),
    };
    return (
      (await this.call<{ Locations: api.ApiStackframe[] | null }>("Stacktrace", argument, options))
        .Locations ?? []
    );
  }

  /** As `stacktrace`, but from where the scheduler last saw the goroutine: of one that is in C, the Go side. */
  async savedStacktrace(
    goroutine: number,
    depth: number,
    options?: CallOptions,
  ): Promise<readonly api.ApiStackframe[]> {
    const argument = { Id: goroutine, Depth: depth, Opts: FROM_SAVED };
    return (
      (await this.call<{ Locations: api.ApiStackframe[] | null }>("Stacktrace", argument, options))
        .Locations ?? []
    );
  }

  async evaluate(
    expression: string,
    scope: api.EvalScope,
    load: api.ApiLoadConfig,
    options?: CallOptions,
  ): Promise<api.ApiVariable> {
    const argument = { Scope: scope, Expr: expression, Cfg: load };
    return (await this.call<{ Variable: api.ApiVariable }>("Eval", argument, options)).Variable;
  }

  async locals(
    scope: api.EvalScope,
    load: api.ApiLoadConfig,
    options?: CallOptions,
  ): Promise<readonly api.ApiVariable[]> {
    const argument = { Scope: scope, Cfg: load };
    return (
      (await this.call<{ Variables: api.ApiVariable[] | null }>("ListLocalVars", argument, options))
        .Variables ?? []
    );
  }

  async functionArguments(
    scope: api.EvalScope,
    load: api.ApiLoadConfig,
    options?: CallOptions,
  ): Promise<readonly api.ApiVariable[]> {
    const argument = { Scope: scope, Cfg: load };
    return (
      (await this.call<{ Args: api.ApiVariable[] | null }>("ListFunctionArgs", argument, options)).Args ?? []
    );
  }

  async packageVariables(
    filter: string,
    load: api.ApiLoadConfig,
    options?: CallOptions,
  ): Promise<readonly api.ApiVariable[]> {
    const argument = { Filter: filter, Cfg: load };
    return (
      (await this.call<{ Variables: api.ApiVariable[] | null }>("ListPackageVars", argument, options))
        .Variables ?? []
    );
  }

  async createBreakpoint(wish: api.BreakpointWish, options?: CallOptions): Promise<api.ApiBreakpoint> {
    return (
      await this.call<{ Breakpoint: api.ApiBreakpoint }>("CreateBreakpoint", { Breakpoint: wish }, options)
    ).Breakpoint;
  }

  async amendBreakpoint(wish: api.BreakpointWish, options?: CallOptions): Promise<void> {
    await this.call("AmendBreakpoint", { Breakpoint: wish }, options);
  }

  async clearBreakpoint(id: number, options?: CallOptions): Promise<void> {
    await this.call("ClearBreakpoint", { Id: id }, options);
  }

  async breakpoints(options?: CallOptions): Promise<readonly api.ApiBreakpoint[]> {
    return (
      (await this.call<{ Breakpoints: api.ApiBreakpoint[] | null }>("ListBreakpoints", {}, options))
        .Breakpoints ?? []
    );
  }

  /** `type` is a sum of `Watch`. amd64 has no read-only watchpoints. */
  createWatchpoint(
    scope: api.EvalScope,
    expression: string,
    type: number,
    options?: CallOptions,
  ): Promise<api.ApiBreakpoint> {
    return this.call("CreateWatchpoint", { Scope: scope, Expr: expression, Type: type }, options);
  }

  /** `continue`, `next`, `step`, `stepOut`, `switchGoroutine`, `halt`, ...: resolves when the program stopped again. */
  async command(
    name: string,
    more: {
      goroutineID?: number;
      threadID?: number;
      expr?: string;
      ReturnInfoLoadConfig?: api.ApiLoadConfig;
    } = {},
    options: CallOptions = {},
  ): Promise<api.ApiState> {
    const waits = { timeoutMs: 0, ...options };
    return (await this.call<{ State: api.ApiState }>("Command", { name, ...more }, waits)).State;
  }

  /** Bytes of memory; Delve gives at most 1,000 at once, so longer ranges are read in pieces. */
  async memory(address: number, length: number, options?: CallOptions): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let read = 0; read < length; read += MEMORY_PIECE) {
      const argument = { Address: address + read, Length: Math.min(MEMORY_PIECE, length - read) };
      const { Mem } = await this.call<{ Mem: string | null }>("ExamineMemory", argument, options);
      parts.push(Buffer.from(Mem ?? "", "base64"));
    }
    return Buffer.concat(parts);
  }

  async threads(options?: CallOptions): Promise<readonly api.ApiThread[]> {
    return (await this.call<{ Threads: api.ApiThread[] | null }>("ListThreads", {}, options)).Threads ?? [];
  }

  async registers(
    where: { thread: number } | { scope: api.EvalScope },
    options?: CallOptions,
  ): Promise<readonly api.ApiRegister[]> {
    const argument =
      "thread" in where
        ? { ThreadID: where.thread, IncludeFp: false }
        : { ThreadID: 0, IncludeFp: false, Scope: where.scope };
    return (
      (await this.call<{ Regs: api.ApiRegister[] | null }>("ListRegisters", argument, options)).Regs ?? []
    );
  }

  async buildId(options?: CallOptions): Promise<string> {
    return (await this.call<{ BuildID: string }>("BuildID", {}, options)).BuildID;
  }

  async packages(filter: string, options?: CallOptions): Promise<readonly api.ApiPackage[]> {
    const argument = { IncludeFiles: false, Filter: filter };
    return (
      (await this.call<{ List: api.ApiPackage[] | null }>("ListPackagesBuildInfo", argument, options)).List ??
      []
    );
  }

  async functions(filter: string, options?: CallOptions): Promise<readonly string[]> {
    return (
      (
        await this.call<{ Funcs: string[] | null }>(
          "ListFunctions",
          { Filter: filter, FollowCalls: 0 },
          options,
        )
      ).Funcs ?? []
    );
  }

  async findLocation(
    scope: api.EvalScope,
    location: string,
    options?: CallOptions,
  ): Promise<readonly api.ApiLocation[]> {
    const argument = { Scope: scope, Loc: location, IncludeNonExecutableLines: false };
    return (
      (await this.call<{ Locations: api.ApiLocation[] | null }>("FindLocation", argument, options))
        .Locations ?? []
    );
  }

  async typeInfo(name: string, options?: CallOptions): Promise<api.ApiTypeInfo> {
    return (await this.call<{ TypeInfo: api.ApiTypeInfo }>("TypeInfo", { Name: name }, options)).TypeInfo;
  }

  /** The function around `start`, or the range up to `end`. */
  async disassemble(
    scope: api.EvalScope,
    range: { start: number; end?: number },
    options?: CallOptions,
  ): Promise<readonly api.ApiInstruction[]> {
    const argument = { Scope: scope, StartPC: range.start, EndPC: range.end ?? 0, Flavour: INTEL };
    return (
      (await this.call<{ Disassemble: api.ApiInstruction[] | null }>("Disassemble", argument, options))
        .Disassemble ?? []
    );
  }

  async dumpStart(destination: string, options?: CallOptions): Promise<api.ApiDumpState> {
    return (await this.call<{ State: api.ApiDumpState }>("DumpStart", { Destination: destination }, options))
      .State;
  }

  /** Waits at most `wait` milliseconds for the dump to end and tells how far it is. */
  async dumpWait(wait: number, options?: CallOptions): Promise<api.ApiDumpState> {
    return (await this.call<{ State: api.ApiDumpState }>("DumpWait", { Wait: wait }, options)).State;
  }

  async dumpCancel(options?: CallOptions): Promise<void> {
    await this.call("DumpCancel", {}, options);
  }

  async detach(kill: boolean, options?: CallOptions): Promise<void> {
    await this.call("Detach", { Kill: kill }, options);
  }
}

/** Source: service/rpc2/server.go ExamineMemory. */
const MEMORY_PIECE = 1000;
/** StacktraceG: begin with the registers the scheduler saved. */
const FROM_SAVED = 4;
const INTEL = 1;

/** Opens a connection or rejects with a DelveProblem. */
export function openSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (why: string) => {
      socket.destroy();
      reject(new DelveProblem("notReachable", `${host}:${port}`, why));
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => fail("ETIMEDOUT"));
    socket.once("error", (failure) => fail((failure as NodeJS.ErrnoException).code ?? failure.message));
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.removeAllListeners("error");
      socket.on("error", () => {});
      resolve(socket);
    });
  });
}
