/** A core in Delve: it stands where it failed, and says why. */
import { basename } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapClient } from "../delve/dap.ts";
import { delveWords } from "../delve/messages/index.ts";
import type { DelveServer } from "../delve/server.ts";
import { fillRecipe } from "../recipe/crash.ts";
import type { Action, ParsedRecipe } from "../recipe/model.ts";
import {
  type CoreFiles,
  type CoreReason,
  coreReason,
  type LookedThrough,
  lookThrough,
} from "./core-reason.ts";
import { type Editor, type Explained, Refusal, say } from "./editor.ts";
import { Looker } from "./recipe-looks.ts";
import { sayVerdict } from "./recipe-verdict.ts";
import { type Patience, Session } from "./session.ts";

export interface CheckedFiles extends CoreFiles {
  /** What the comparison said. */
  readonly notes: readonly string[];
}

/** Requests that make a program run. */
const RUNS = new Set([
  "continue",
  "next",
  "stepIn",
  "stepOut",
  "stepBack",
  "reverseContinue",
  "goto",
  "restart",
  "restartFrame",
  "pause",
]);
const CHANGES = new Set(["setVariable", "setExpression", "writeMemory"]);
const PLACES = new Set([
  "setBreakpoints",
  "setFunctionBreakpoints",
  "setInstructionBreakpoints",
  "setDataBreakpoints",
]);

export class CoreSession extends Session {
  private readonly reason: Promise<CoreReason>;
  private seen: Promise<LookedThrough> | undefined;
  private explained: Promise<Explained | undefined> | undefined;

  constructor(
    editor: Editor,
    server: DelveServer,
    dap: DapClient,
    patience: Patience,
    private readonly files: CheckedFiles,
    /** To be run in place of the likely cause's. */
    private readonly recipe: ParsedRecipe | undefined,
  ) {
    super(editor, server, dap, patience);
    // While the editor sends its breakpoints.
    this.reason = coreReason(server.rpc, files);
    this.reason.catch(() => {});
  }

  protected override async heard({ event, body }: DebugProtocol.Event): Promise<void> {
    // Delve's own stop says nothing of why, and its output is a greeting.
    if (event === "stopped") await this.stand();
    else if (event === "terminated" || event === "exited") this.editor.event(event, body);
  }

  private async stand(): Promise<void> {
    const { editor } = this;
    const { m } = editor;
    const reason = await this.reason;
    this.first = { id: reason.goroutine, ...(reason.place && { place: reason.place }) };
    say(editor, m.coreOpened(basename(this.files.core), basename(this.files.program)));
    for (const note of this.files.notes) say(editor, note);
    say(editor, sentenceOf(reason, editor), "stderr");
    if (reason.unread) say(editor, m.unreadReason(), "stderr");
    // Where a signal that somebody sent was taken is no place of a failure.
    const failed = reason.kind !== "dump" && reason.signal?.code !== 0;
    if (reason.place && failed) say(editor, m.faultAt(placeText(reason.place)));
    editor.event("stopped", {
      reason: reason.kind === "dump" ? "entry" : "exception",
      description: descriptionOf(reason, editor),
      text: reason.text,
      threadId: reason.goroutine,
      allThreadsStopped: true,
    });
    const explained = await this.explain().catch(() => undefined);
    if (explained) say(editor, explainedText(explained, editor));
    const { text: crashText, rings } = await this.look();
    for (const ring of rings) say(editor, delveWords(editor.language).report.ring(ring), "stderr");
    if (crashText !== undefined)
      editor.event("golm.crash", { crashText, program: this.files.program, core: this.files.core });
    await this.lookAround(explained?.cause?.id, reason).catch(() => {});
  }

  /** What the wanted recipe, or the likely cause's, looks at in a core, printed. */
  private async lookAround(cause: string | undefined, { place, goroutine }: CoreReason): Promise<void> {
    const { editor } = this;
    const likely =
      cause !== undefined && !this.recipe && (await editor.knowledge.recipe(cause, "core")).recipe;
    const recipe = this.recipe ?? (likely && place ? fillRecipe(likely, place) : likely);
    if (!recipe) return;
    const stayed = () => Promise.reject(new Refusal(editor.m.stayed()));
    const looker = new Looker(editor, this.dap, this.server.rpc, stayed, recipe.filled);
    looker.stand(goroutine);
    say(editor, editor.m.recipeBegins(editor.language === "zh-cn" ? recipe.title.zh : recipe.title.en));
    // The stack is in the editor's own view.
    for (const { looks } of recipe.stops)
      for (const action of looks.filter((each) => !isStack(each))) await looker.look(action);
    const { expected, unseen, unread } = looker;
    sayVerdict(editor, recipe, { expected, unseen, unread, missed: 0, broken: false });
  }

  private look(): Promise<LookedThrough> {
    this.seen ??= lookThrough(this.server.rpc, this.files);
    return this.seen;
  }

  private explain(): Promise<Explained | undefined> {
    this.explained ??= (async () => {
      if ((await this.reason).kind === "dump") return undefined;
      const { text } = await this.look();
      return text === undefined ? undefined : this.editor.knowledge.explain(text);
    })();
    return this.explained;
  }

  override async answer(command: string, args: Record<string, unknown>): Promise<unknown> {
    const { m } = this.editor;
    if (RUNS.has(command)) throw new Refusal(m.stayed(), true);
    if (CHANGES.has(command)) throw new Refusal(m.noChange(), true);
    if (PLACES.has(command)) {
      const { breakpoints = [] } = args as { breakpoints?: unknown[] };
      const refused = { verified: false, message: m.noBreakpoints() };
      return { breakpoints: breakpoints.map(() => refused) };
    }
    switch (command) {
      case "setExceptionBreakpoints":
        return {};
      case "dataBreakpointInfo":
        return { dataId: null, description: m.noBreakpoints() };
      case "exceptionInfo":
        return this.exceptionInfo();
      default:
        return super.answer(command, args);
    }
  }

  private async exceptionInfo(): Promise<DebugProtocol.ExceptionInfoResponse["body"]> {
    const { editor } = this;
    const [reason, explained] = await Promise.all([this.reason, this.explain().catch(() => undefined)]);
    const said = sentenceOf(reason, editor);
    return {
      exceptionId: descriptionOf(reason, editor),
      description: explained ? `${said}\n${explainedText(explained, editor)}` : said,
      breakMode: "unhandled",
      details: { message: said, typeName: descriptionOf(reason, editor) },
    };
  }
}

function isStack({ act, sees }: Action): boolean {
  return act.is === "command" && sees === undefined && /^(?:bt|stack)\b/.test(act.command);
}

function descriptionOf({ kind, signal }: CoreReason, { m }: Editor): string {
  switch (kind) {
    case "panic":
      return m.reasonPanic();
    case "fatal":
      return m.reasonFatal();
    case "signal":
      return m.reasonSignal(signal!.name);
    case "dump":
      return m.reasonDump();
  }
}

/** What failed, in a line: `panic: runtime error: ...`, `SIGSEGV: segmentation violation, address 0xc`. */
function sentenceOf({ kind, text, signal }: CoreReason, { m }: Editor): string {
  if (kind === "dump") return m.nothingCrashed();
  const where = signal?.address === undefined ? "" : ` (${signal.name}, ${m.at(signal.address)})`;
  switch (kind) {
    case "panic":
      return `panic: ${text}${where}`;
    case "fatal":
      return `fatal error: ${text}`;
    case "signal":
      return signal?.address === undefined ? text : `${text}, ${m.at(signal.address)}`;
  }
}

function placeText({ function: name, file, line }: NonNullable<CoreReason["place"]>): string {
  return `${name}, ${file}:${line}`;
}

export function explainedText({ headline, cause }: Explained, { m }: Editor): string {
  const lines = [m.diagnosis(headline)];
  if (cause) lines.push(m.cause(cause.title, `${Math.round(cause.confidence * 100)} %`));
  return lines.join("\n");
}
