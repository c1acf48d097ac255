/** A running program in Delve: the user's breakpoints, and a recipe's beside them. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapClient } from "../delve/dap.ts";
import type { DelveServer } from "../delve/server.ts";
import { stopText } from "../editor/stop-text.ts";
import { fillRecipe } from "../recipe/crash.ts";
import type { ParsedRecipe } from "../recipe/model.ts";
import type { RecipeWish, Wish } from "./arguments.ts";
import { explainedText } from "./core-session.ts";
import { type Editor, Refusal, say } from "./editor.ts";
import { breakpointText, type Hit, hitOf } from "./hit.ts";
import { RecipeRun } from "./recipe-run.ts";
import { type Patience, Session } from "./session.ts";
import { SLOTS, watchable, watched } from "./watch.ts";

/** What Delve says to those who came to it by hand. */
const GREETINGS =
  /^(?:Type .dlv help. for list of commands\.|Closing client session, but leaving |Detaching (?:and|without) terminating )/;

/** For a recipe that is in the middle of a question which nobody answers any more. */
const LAST_WORDS_MS = 1000;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms).unref());

type StoppedBody = DebugProtocol.StoppedEvent["body"];
type Breakpoints = DebugProtocol.SetBreakpointsResponse["body"];

/** The recipe a session is to run. Throws a Refusal where there is none of the kind. */
export async function recipeOf(
  wish: RecipeWish,
  kind: "live" | "core",
  editor: Editor,
): Promise<ParsedRecipe> {
  const { recipe, kinds, errors } = await editor.knowledge.recipe(wish.id, kind);
  const { m } = editor;
  if (errors) throw new Refusal(m.recipeBroken(errors.join("\n")), true);
  if (!recipe && kinds)
    throw new Refusal((kind === "core" ? m.noCoreRecipe : m.noLiveRecipe)(wish.id, kinds.join(", ")), true);
  if (!recipe) throw new Refusal(m.noRecipe(wish.id), true);
  return wish.place ? fillRecipe(recipe, wish.place) : recipe;
}

export class LiveSession extends Session {
  private readonly run: RecipeRun | undefined;
  private stop: Hit | undefined;

  constructor(
    editor: Editor,
    server: DelveServer,
    dap: DapClient,
    patience: Patience,
    wish: Wish,
    recipe: ParsedRecipe | undefined,
  ) {
    super(editor, server, dap, patience);
    this.run =
      recipe &&
      new RecipeRun(editor, dap, server.rpc, recipe, {
        unoptimised: wish.target.mode === "debug" || wish.target.mode === "test",
        eachStop: wish.recipe?.eachStop ?? false,
        release: (hit) => this.tell(hit),
      });
  }

  override async prepare(): Promise<void> {
    await this.run?.prepare();
  }

  override goodbye(args: Record<string, unknown>): Promise<void> {
    this.run?.abandon();
    return super.goodbye(args);
  }

  override printed(text: string): void {
    this.run?.printed(text);
  }

  override configured(): Promise<unknown> {
    this.run?.begin();
    return super.configured();
  }

  protected override async heard({ event, body }: DebugProtocol.Event): Promise<void> {
    switch (event) {
      case "initialized":
      case "capabilities":
        return;
      case "output":
        if (GREETINGS.test((body as { output?: string }).output ?? "")) return;
        break;
      case "stopped":
        return this.stopped(body as StoppedBody);
      case "terminated":
      case "exited":
        // Nothing is heard of a session that has ended: what the recipe has to say comes before.
        if (this.run) await Promise.race([this.run.ended(), pause(LAST_WORDS_MS)]);
        break;
    }
    this.editor.event(event, body);
  }

  private async stopped(body: StoppedBody): Promise<void> {
    const { editor, server } = this;
    const state = await server.rpc.state().catch(() => undefined);
    if (!state) return editor.event("stopped", body);
    const hit = hitOf(body, state);
    for (const expression of hit.gone) say(editor, editor.m.outOfScope(expression));
    if (!this.run?.take(hit)) this.tell(hit);
  }

  /** The stop goes to the editor, with the name of what was hit. */
  private tell(hit: Hit): void {
    this.stop = hit;
    this.first = { id: hit.goroutine };
    const { body, breakpoint } = hit;
    const text = this.nameOf(hit);
    const failed = /^error evaluating expression: (.*)/s.exec(body.text ?? "")?.[1];
    if (text !== undefined && breakpoint && failed !== undefined) {
      // A condition that cannot be computed stops the program, and Delve takes that for an exception.
      const { m } = this.editor;
      say(this.editor, /non-finite/.test(failed) ? m.nonFinite() : m.conditionFailed(failed));
      const reason = breakpoint.WatchExpr === "" ? "breakpoint" : "data breakpoint";
      this.stop = { ...hit, body: { ...body, reason } };
      this.editor.event("stopped", { ...body, reason, description: text, text });
      return;
    }
    if (body.reason === "exception" || text === undefined) {
      this.editor.event("stopped", body);
      return;
    }
    // At a "breakpoint" VS Code goes to the innermost frame, which a recipe's stop in the runtime is not about.
    const ours = breakpoint && breakpoint.WatchExpr === "" && this.run?.stops.get(breakpoint.id);
    const told = { description: text, text, ...(ours && { reason: "recipe" }) };
    this.editor.event("stopped", { ...body, ...told });
  }

  private nameOf({ breakpoint, body }: Hit): string | undefined {
    const { m } = this.editor;
    if (!breakpoint || breakpoint.id < 0) return undefined;
    const ours = this.run?.stops.get(breakpoint.id);
    if (breakpoint.WatchExpr !== "") {
      const named = m.hitWatch(ours?.what ?? breakpoint.WatchExpr);
      return ours ? m.hitRecipe(named) : named;
    }
    if (ours) return m.hitRecipe(ours.what);
    return body.reason.includes("breakpoint") ? m.hitUser(breakpointText(breakpoint)) : undefined;
  }

  override async answer(command: string, args: Record<string, unknown>): Promise<unknown> {
    switch (command) {
      case "setBreakpoints":
      case "setFunctionBreakpoints":
      case "setInstructionBreakpoints":
        return this.shared(await this.pass<Breakpoints>(command, args));
      case "dataBreakpointInfo":
        return this.dataBreakpointInfo(args);
      case "setDataBreakpoints":
        return this.setDataBreakpoints(args);
      case "exceptionInfo":
        return this.exceptionInfo(args);
      default:
        return super.answer(command, args);
    }
  }

  /** Where the recipe stops already, Delve refuses the user's breakpoint: it is there all the same. */
  private async shared(body: Breakpoints): Promise<Breakpoints> {
    const { run, editor, server } = this;
    if (!run || body.breakpoints.every(({ verified }) => verified)) return body;
    const all = await server.rpc.breakpoints().catch(() => []);
    return {
      breakpoints: body.breakpoints.map((each) => {
        const address = /Breakpoint exists at .* at ([0-9a-f]+)/i.exec(each.message ?? "")?.[1];
        const ours = address === undefined ? undefined : run.stops.at(Number.parseInt(address, 16), all);
        return ours ? { ...each, id: ours.id, verified: true, message: editor.m.sharedWithRecipe() } : each;
      }),
    };
  }

  private async dataBreakpointInfo(
    args: Record<string, unknown>,
  ): Promise<DebugProtocol.DataBreakpointInfoResponse["body"]> {
    const body = await this.pass<DebugProtocol.DataBreakpointInfoResponse["body"]>(
      "dataBreakpointInfo",
      args,
    );
    const [goroutine, frame, ...rest] = (body.dataId ?? "").split(",");
    if (body.dataId === null || rest.length === 0) return body;
    const scope = { GoroutineID: Number(goroutine), Frame: Number(frame) };
    const wanted = await watchable(this.server.rpc, scope, rest.join(","), this.editor.m);
    if ("why" in wanted) return { dataId: null, description: wanted.why };
    if (wanted.instead === undefined) return body;
    return {
      ...body,
      dataId: `${goroutine},${frame},${wanted.expression}`,
      description: wanted.instead,
    };
  }

  private async setDataBreakpoints(args: Record<string, unknown>): Promise<Breakpoints> {
    const { editor, server, run } = this;
    const { breakpoints = [] } = args as { breakpoints?: DebugProtocol.DataBreakpoint[] };
    const held = (await watched(server.rpc)).filter(({ id }) => run?.stops.get(id));
    const free = Math.max(0, SLOTS - held.length);
    const body = await this.pass<Breakpoints>("setDataBreakpoints", {
      ...args,
      breakpoints: breakpoints.slice(0, free),
    });
    const beyond = breakpoints.slice(free).map(() => ({
      verified: false,
      message: editor.m.noSlots(
        [
          ...held.map(({ expression }) => expression),
          ...breakpoints.slice(0, free).map(({ dataId }) => dataId.split(",").slice(2).join(",")),
        ].join(", "),
      ),
    }));
    return { breakpoints: [...body.breakpoints, ...beyond] };
  }

  /** Delve's own words, and what the fault tree says of them. */
  private async exceptionInfo(
    args: Record<string, unknown>,
  ): Promise<DebugProtocol.ExceptionInfoResponse["body"]> {
    const { editor } = this;
    const body = await this.pass<DebugProtocol.ExceptionInfoResponse["body"]>("exceptionInfo", args);
    const stopped = this.stop?.body;
    if (stopped?.reason !== "exception") return body;
    const { stackFrames } = await this.pass<DebugProtocol.StackTraceResponse["body"]>("stackTrace", {
      ...args,
      startFrame: 0,
      levels: 100,
    });
    const text = stopText({
      description: stopped.description ?? "panic",
      text: stopped.text ?? "",
      goroutine: stopped.threadId ?? 1,
      frames: stackFrames.map(({ name, line, source }) => ({
        name,
        line,
        ...(source?.path !== undefined && { file: source.path }),
      })),
    });
    const explained = await editor.knowledge.explain(text);
    if (!explained) return body;
    return {
      ...body,
      description: [body.description, explainedText(explained, editor)].filter(Boolean).join("\n"),
    };
  }
}
