/**
 * The debug adapter: takes an editor's Debug Adapter Protocol, starts one headless Delve, and stands between the two.
 * Knows no stream: messages come by `handle` and go by `send`.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapMessage } from "../delve/dap.ts";
import { findDelve } from "../delve/find.ts";
import { DelveProblem, sayFailure } from "../delve/problem.ts";
import { DelveServer, type ServerEnd } from "../delve/server.ts";
import { lacking, parseVersion } from "../delve/versions.ts";
import { visible } from "../export/visible.ts";
import { BadArguments, readArguments, type Wish } from "./arguments.ts";
import { AT_FIRST, OF_A_CORE, ofDelve } from "./capabilities.ts";
import { checkCore } from "./core-check.ts";
import { CoreSession } from "./core-session.ts";
import { type Editor, type Knowledge, Refusal, say } from "./editor.ts";
import { LiveSession, recipeOf } from "./live-session.ts";
import { adapterWords } from "./messages/index.ts";
import { fitted } from "./recipe-fit.ts";
import { RecipeRun } from "./recipe-run.ts";
import { PATIENCE, type Patience, type Session } from "./session.ts";

export interface AdapterOptions {
  readonly knowledge: Knowledge;
  readonly send: (message: DebugProtocol.ProtocolMessage) => void;
  readonly patience?: Patience;
  /** The session is over, and nothing of it is left. */
  readonly onOver?: () => void;
}

/** How long Delve may take to take leave before it is ended. */
const LEAVE_MS = 3000;
/** Identifies our own refusals among Delve's errors. */
const REFUSED = 9001;

export class Adapter {
  private seq = 0;
  private initialized: Record<string, unknown> = {};
  private session: Session | undefined;
  private begun = false;
  private readonly starting = new AbortController();
  private start: Promise<void> | undefined;
  private server: DelveServer | undefined;
  private over = false;
  private leaving: Promise<void> | undefined;
  private readonly editor: Editor;

  constructor(private readonly options: AdapterOptions) {
    const { knowledge } = options;
    this.editor = {
      language: knowledge.language,
      m: adapterWords(knowledge.language),
      knowledge,
      event: (name, body) => this.event(name, body),
      fail: (sentence) => void this.fail(sentence),
    };
  }

  /** A message of the editor's. Never throws. */
  handle(message: DapMessage): void {
    if (message.type !== "request") return;
    const request = message as DebugProtocol.Request;
    this.answer(request).then(
      (body) => this.respond(request, { success: true, body }),
      (failure: unknown) => this.refuse(request, failure),
    );
  }

  /** Ends everything. Resolves when no process and no file is left. May be called any number of times. */
  dispose(): Promise<void> {
    this.leaving ??= this.leave(undefined);
    return this.leaving;
  }

  private async answer(request: DebugProtocol.Request): Promise<unknown> {
    const { command } = request;
    const args = (request.arguments ?? {}) as Record<string, unknown>;
    switch (command) {
      case "initialize":
        this.initialized = args;
        return AT_FIRST;
      case "launch":
      case "attach":
        return this.begin(command, args);
      case "configurationDone":
        return this.running().configured();
      case "disconnect":
      case "terminate":
        this.leaving ??= this.leave(args);
        await this.leaving;
        return undefined;
      default:
        return this.running().answer(command, args);
    }
  }

  private running(): Session {
    if (!this.session) throw new Refusal(this.editor.m.notStarted());
    return this.session;
  }

  private async begin(request: "launch" | "attach", args: Record<string, unknown>): Promise<void> {
    if (this.begun) throw new Refusal(this.editor.m.second(), true);
    this.begun = true;
    this.start = this.open(request, args);
    try {
      await this.start;
    } catch (failure) {
      await this.server?.stop();
      // The response says it; the event ends the editor's waiting.
      setImmediate(() => this.end());
      throw failure;
    }
  }

  private async open(request: "launch" | "attach", args: Record<string, unknown>): Promise<void> {
    const { editor } = this;
    const wish = readArguments(request, args, editor.m);
    const { target } = wish;
    const { twin } = wish;
    // Before Delve is looked for: that takes longer than to read a core's head.
    const notes = target.mode === "core" ? checkCore({ ...target, twin }, editor.m, editor.language) : [];
    const kind = target.mode === "core" ? "core" : "live";
    const wanted = wish.recipe && (await recipeOf(wish.recipe, kind, editor));
    const read = target.mode === "core" && twin !== undefined ? { ...target, program: twin } : target;
    const server = await this.startDelve({ ...wish, target: read });
    this.server = server;
    void server.ended.then((end) => this.delveEnded(end));
    const own = /\.ya?ml$/.test(wish.recipe?.id ?? "");
    const recipe = wanted && !own ? await fitted(wanted, server.rpc) : wanted;
    if (recipe?.filled && recipe.stops.length === 0) say(editor, editor.m.exampleOnly(), "stderr");
    const dap = await server.connectDap();
    const patience = this.options.patience ?? PATIENCE;
    const session =
      target.mode === "core"
        ? new CoreSession(
            editor,
            server,
            dap,
            patience,
            { core: target.core, program: twin ?? target.program, notes },
            recipe,
          )
        : new LiveSession(editor, server, dap, patience, wish, recipe);
    const capabilities = await dap.request<DebugProtocol.InitializeResponse>("initialize", this.initialized);
    const ready = dap.nextEvent("initialized");
    const stopOnEntry =
      target.mode === "core" || wish.stopOnEntry || (recipe !== undefined && RecipeRun.standsFirst(recipe));
    await dap.request("attach", { ...this.forDelve(args), mode: "remote", stopOnEntry });
    await ready;
    await session.prepare();
    this.session = session;
    const changed = { ...ofDelve(capabilities ?? {}), ...(target.mode === "core" && OF_A_CORE) };
    if (Object.keys(changed).length > 0) this.event("capabilities", { capabilities: changed });
    if (target.mode !== "core") this.tellLacking(server);
    this.event("initialized");
  }

  /** The editor hides what is not offered: why it is gone must be said. */
  private tellLacking(server: DelveServer): void {
    const version = parseVersion(/^Version: (\S+)/m.exec(server.version.DelveVersion)?.[1] ?? "");
    if (!version) return;
    const { features, since } = lacking(version);
    if (features.length > 0) say(this.editor, this.editor.m.delveLacks(version.text, features, since));
  }

  /** Settings of vscode-go's that Delve itself reads in an attach request. */
  private forDelve(args: Record<string, unknown>): Record<string, unknown> {
    const names = [
      "substitutePath",
      "stackTraceDepth",
      "showGlobalVariables",
      "showRegisters",
      "hideSystemGoroutines",
    ];
    return Object.fromEntries(
      names.flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
    );
  }

  private async startDelve(wish: Wish): Promise<DelveServer> {
    const { signal } = this.starting;
    const { path, notice } = await findDelve({
      ...(wish.delve !== undefined && { named: wish.delve }),
      ...(wish.delveHint !== undefined && { setting: wish.delveHint }),
    });
    if (notice) say(this.editor, notice.say(this.editor.language));
    const { target, cwd, env } = wish;
    return DelveServer.start({
      delve: path,
      target,
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      anyGo: wish.anyGo,
      onSpawned: () => this.options.knowledge.warm?.(),
      signal,
      onOutput: (stream, text) => this.printed(stream, text, target.mode === "core"),
    });
  }

  /** What the program prints is the program's; on a core only Delve prints, and says it over the protocol as well. */
  private printed(category: "stdout" | "stderr", output: string, quiet: boolean): void {
    if (quiet) return;
    this.session?.printed(output);
    this.event("output", { category, output });
  }

  private delveEnded({ status, signal }: ServerEnd): void {
    if (this.leaving || this.over) return;
    void this.fail(this.editor.m.ended(signal ?? `exit status ${status}`));
  }

  /** Says why, and ends. */
  private async fail(sentence: string): Promise<void> {
    if (this.over || this.leaving) return;
    say(this.editor, sentence, "important");
    this.leaving = this.leave(undefined);
    await this.leaving;
  }

  /** `args` is given when the editor takes leave. */
  private async leave(args: Record<string, unknown> | undefined): Promise<void> {
    this.starting.abort();
    await this.start?.catch(() => {});
    const { session, server } = this;
    if (session && args && server && !server.isStopped) await this.sayGoodbye(session, args);
    session?.close();
    await server?.stop();
    this.end();
    this.options.onOver?.();
  }

  private async sayGoodbye(session: Session, args: Record<string, unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, LEAVE_MS);
    });
    await Promise.race([session.goodbye(args).catch(() => {}), late]);
    clearTimeout(timer);
  }

  private end(): void {
    if (this.over) return;
    this.event("terminated", {});
    this.over = true;
  }

  private event(event: string, body?: unknown): void {
    if (this.over) return;
    if (event === "terminated") this.over = true;
    const message = { seq: ++this.seq, type: "event", event, ...(body !== undefined && { body }) };
    this.options.send(message as DebugProtocol.Event);
  }

  private respond(
    request: DebugProtocol.Request,
    rest: { success: boolean; body?: unknown; message?: string },
  ) {
    const { seq: request_seq, command } = request;
    const message = { seq: ++this.seq, type: "response", request_seq, command, ...rest };
    this.options.send(message as unknown as DebugProtocol.Response);
  }

  private refuse(request: DebugProtocol.Request, failure: unknown): void {
    if (failure instanceof Refusal && failure.body !== undefined) {
      this.respond(request, { success: false, message: failure.message, body: failure.body });
      return;
    }
    const says = visible(sayFailure(failure, this.editor.language));
    const isStart = request.command === "launch" || request.command === "attach";
    const showUser = isStart || (failure instanceof Refusal && failure.shown);
    if (!isExpected(failure)) say(this.editor, says, "stderr");
    // Braces in a format are places for variables.
    const error = { id: REFUSED, format: "{sentence}", variables: { sentence: says }, showUser };
    this.respond(request, { success: false, message: says, body: { error } });
  }
}

function isExpected(failure: unknown): boolean {
  return failure instanceof Refusal || failure instanceof DelveProblem || failure instanceof BadArguments;
}
