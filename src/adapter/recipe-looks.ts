/**
 * What a recipe looks at where the program stands. A recipe's `sees` was proven on the words of Delve's own console, which
 * DAP does not speak: values are asked over JSON-RPC and worded as the console words them.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type ApiLoadConfig,
  type ApiStackframe,
  type ApiVariable,
  type EvalScope,
  VariableFlag,
} from "../delve/api.ts";
import { CONSOLE_LOAD, CONSOLE_SHORT, consoleValue } from "../delve/console.ts";
import type { DapClient } from "../delve/dap.ts";
import { DelveProblem, sayFailure } from "../delve/problem.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { shorten } from "../export/visible.ts";
import { compileRe2 } from "../faulttree/re2.ts";
import { findFrame, isFunction } from "../recipe/frames.ts";
import type { Action, FrameRule, GoroutineRule, Look } from "../recipe/model.ts";
import {
  breakpointWords,
  goroutineWord,
  goroutineWords,
  memoryWords,
  registerWords,
  stackWords,
  stopWords,
  threadWords,
} from "./console-commands.ts";
import { type Editor, say } from "./editor.ts";
import type { Hit } from "./hit.ts";
import { evaluated } from "./values.ts";

const DEPTH = 200;
const STACK_SHOWN = 50;
const GOROUTINES = 4096;
const VARIABLES_SHOWN = 40;
const LONGEST = 400;
/** Of what was printed, for the recipe's last question. */
const KEPT = 1 << 20;

interface Standing {
  readonly frames: readonly ApiStackframe[];
  readonly at: number;
}

/** What a look brought: lines for the reader, and the console's words where they are others. */
interface Looked {
  readonly shown: readonly string[];
  readonly words?: string;
  /** There was nothing to read: no such variable, no such frame. */
  readonly unread?: true;
}

/** Whether the words hold what a recipe's `sees` describes: `^` and `$` are the ends of a line. */
export function holds(sees: string, words: string): boolean {
  return lineOf(sees).test(words);
}

const lineOf = (sees: string) => compileRe2(sees.startsWith("(?") ? sees : `(?m)${sees}`);

export class Looker {
  thread = 1;
  /** How many looks name something that must be seen, how many showed something else, how many could not be read. */
  expected = 0;
  unseen = 0;
  unread = 0;
  private standing: Standing | undefined;
  /** All that was printed, in the console's words. */
  output = "";

  constructor(
    private readonly editor: Editor,
    private readonly dap: DapClient,
    private readonly rpc: RpcClient,
    /** Lets the program run by a DAP command and resolves where it stands again. */
    private readonly run: (command: string) => Promise<Hit>,
    /** The recipe was put to a crash's own place: what it does not show there is no finding. */
    private readonly filled = false,
  ) {}

  /** The program stands at another place. */
  stand(goroutine: number): void {
    this.thread = goroutine;
    this.standing = undefined;
  }

  scope(): EvalScope {
    return { GoroutineID: this.thread, Frame: this.standing?.at ?? 0 };
  }

  async look({ act, says, sees }: Action): Promise<void> {
    const { editor } = this;
    if (says) say(editor, editor.language === "zh-cn" ? says.zh : says.en);
    const { shown, words = shown.join("\n"), unread = false } = await this.done(act);
    for (const line of shown) say(editor, line);
    this.keep(words);
    if (sees !== undefined) this.judge(sees, words, unread);
  }

  /** Says whether the words show what was to be seen; `unread` when they are Delve's complaint and no value. */
  judge(sees: string, words: string, unread = false): void {
    const { editor } = this;
    this.expected++;
    const found = holds(sees, words);
    if (!found && this.filled) return;
    if (!found && unread) this.unread++;
    else if (!found) this.unseen++;
    const line = found ? words.split("\n").find((each) => holds(sees, each)) : undefined;
    say(
      editor,
      found ? editor.m.saw(shorten(line?.trim() ?? sees, LONGEST)) : editor.m.notSeen(sees),
      found ? "console" : "stderr",
    );
  }

  /** What a recipe's log prints; returned as well. */
  async print(expression: string): Promise<string> {
    const { shown, words = shown.join("\n") } = await this.looked(() => this.printed(expression));
    for (const line of shown) say(this.editor, line);
    this.keep(words);
    return words;
  }

  /** The value at an address; undefined where it cannot be read. */
  async valueOf(expression: string): Promise<string | undefined> {
    const { text, ok } = await evaluated(this.dap, expression, undefined);
    return ok ? text : undefined;
  }

  /** Adds to what the recipe's last question is asked of. */
  keep(words: string): void {
    if (this.output.length < KEPT) this.output += `${words}\n`;
  }

  /** A look that fails is a line like any other: the next ones may still tell something. */
  private async looked(look: () => Promise<Looked>): Promise<Looked> {
    try {
      return await look();
    } catch (failure) {
      if (failure instanceof DelveProblem)
        return { shown: [sayFailure(failure, this.editor.language)], unread: true };
      throw failure;
    }
  }

  private done(act: Look): Promise<Looked> {
    return this.looked(async () => {
      switch (act.is) {
        case "frame":
          return this.frame(act.rule);
        case "goroutine":
          return this.goroutine(act.rule);
        case "print":
          return this.printed(act.expression);
        case "command":
          return this.command(act.command);
        case "note":
          return { shown: [] };
      }
    });
  }

  private async stack(): Promise<Standing> {
    this.standing ??= await this.framesOf(this.thread);
    return this.standing;
  }

  private async framesOf(goroutine: number): Promise<Standing> {
    return { frames: await this.rpc.stacktrace(goroutine, DEPTH), at: 0 };
  }

  /** Of DAP, for commands that only it knows. */
  private async frameId(): Promise<number | undefined> {
    const { at } = await this.stack();
    const args = { threadId: this.thread, startFrame: 0, levels: at + 1 };
    const body = await this.dap.request<DebugProtocol.StackTraceResponse>("stackTrace", args);
    return body?.stackFrames[at]?.id;
  }

  private async frame(rule: FrameRule): Promise<Looked> {
    const { frames } = await this.stack();
    const at = findFrame(
      frames.map(({ function: f, file }) => ({ function: f?.name ?? "", file })),
      rule,
    );
    if (at === undefined) return this.none("name" in rule ? rule.name : rule.by);
    this.standing = { frames, at };
    return { shown: [frameLine(frames[at]!, at)] };
  }

  private none(rule: string): Looked {
    return { shown: [this.editor.m.noFrame(rule)], unread: true };
  }

  private async goroutine(rule: GoroutineRule): Promise<Looked> {
    const number = rule.by === "number" ? rule.number : await this.goroutineIn(rule.name);
    if (number === undefined) return this.none(String("name" in rule ? rule.name : rule.number));
    this.stand(number);
    const { frames } = await this.stack();
    return { shown: [`goroutine ${number}: ${frames[0] ? frameLine(frames[0], 0) : "?"}`] };
  }

  /** The first goroutine whose stack holds the function. */
  private async goroutineIn(name: string): Promise<number | undefined> {
    const { Goroutines } = await this.rpc.goroutines({ count: GOROUTINES });
    const list = Goroutines ?? [];
    const near = list.find(({ userCurrentLoc, startLoc }) =>
      [userCurrentLoc, startLoc].some(({ function: f }) => f && isFunction(f.name, name)),
    );
    if (near) return near.id;
    for (const { id } of list) {
      const frames = await this.rpc.stacktrace(id, STACK_SHOWN).catch(() => []);
      if (frames.some(({ function: f }) => f && isFunction(f.name, name))) return id;
    }
    return undefined;
  }

  private async printed(expression: string): Promise<Looked> {
    await this.stack();
    // %x and its like are the console's; the value as it stands tells the same.
    const plain = expression.replace(/^%\S+\s+/, "");
    try {
      const variable = await this.rpc.evaluate(plain, this.scope(), CONSOLE_LOAD);
      const shown = `${plain} = ${shorten(consoleValue(variable, false), LONGEST)}`;
      return { shown: [shown], words: consoleValue(variable, true) };
    } catch (failure) {
      if (!(failure instanceof DelveProblem) || failure.code !== "delveRefused") throw failure;
      const words = String(failure.args[1]);
      return { shown: [this.editor.m.unreadable(plain, words)], words, unread: true };
    }
  }

  private async command(command: string): Promise<Looked> {
    const [word = "", ...rest] = command.trim().split(/\s+/);
    const { rpc } = this;
    switch (word) {
      case "c":
      case "continue":
      case "run":
        return this.ran("continue", 1);
      case "n":
      case "next":
        return this.ran("next", Number(rest[0]) || 1);
      case "s":
      case "step":
        return this.ran("stepIn", 1);
      case "so":
      case "stepout":
        return this.ran("stepOut", 1);
      case "bt":
      case "stack":
        return this.stackLines(Number(rest[0]) || STACK_SHOWN);
      case "up":
      case "down":
        return { shown: [await this.move((Number(rest[0]) || 1) * (word === "up" ? 1 : -1))] };
      case "frame":
        return this.frame({ by: "number", number: Number(rest[0]) || 0 });
      case "args":
      case "locals":
        return this.variables(word, rest);
      case "gr":
      case "goroutine":
        if (!/^\d+$/.test(rest[0] ?? "")) return { shown: await goroutineWord(rpc, this.thread) };
        return this.withGoroutine(Number(rest[0]), rest.slice(1).join(" "));
      case "grs":
      case "goroutines":
        return { shown: await goroutineWords(rpc, rest) };
      case "p":
      case "print":
        return this.printed(rest.join(" "));
      case "x":
      case "examinemem":
        await this.stack();
        return { shown: await memoryWords(rpc, this.scope(), rest.join(" ")) };
      case "threads":
        return { shown: await threadWords(rpc) };
      case "bp":
      case "breakpoints":
        return { shown: await breakpointWords(rpc) };
      case "regs":
        return { shown: await registerWords(rpc, this.scope()) };
      case "funcs":
        return { shown: await rpc.functions(rest.join(" ")) };
      default: {
        const { text } = await evaluated(this.dap, `dlv ${command}`, await this.frameId());
        return { shown: text.split("\n") };
      }
    }
  }

  private async ran(command: string, times: number): Promise<Looked> {
    let hit: Hit | undefined;
    for (let n = 0; n < times; n++) hit = await this.run(command);
    const { frames, at } = await this.stack();
    const shown = frames[at] ? [`> ${frameLine(frames[at], at)}`] : [];
    return { shown, words: [...(hit ? [stopWords(hit)] : []), ...shown].join("\n") };
  }

  /** `goroutine N COMMAND` leaves the goroutine selected that was; without a command it is N from now on. */
  private async withGoroutine(number: number, command: string): Promise<Looked> {
    const { thread, standing } = this;
    const selected = await this.goroutine({ by: "number", number });
    if (command === "") return selected;
    const looked = await this.command(command);
    this.stand(thread);
    this.standing = standing;
    return looked;
  }

  private async variables(word: "args" | "locals", rest: readonly string[]): Promise<Looked> {
    await this.stack();
    const long = rest.includes("-v");
    const filter = rest.find((each) => each !== "-v");
    const load: ApiLoadConfig = long ? CONSOLE_LOAD : CONSOLE_SHORT;
    const scope = this.scope();
    const all = await (word === "args"
      ? this.rpc.functionArguments(scope, load)
      : this.rpc.locals(scope, load));
    const wanted = filter === undefined ? all : all.filter(({ name }) => holds(filter, name));
    if (wanted.length === 0) return { shown: [], words: `(no ${word})`, unread: true };
    return {
      shown: wanted.slice(0, VARIABLES_SHOWN).map((each) => `${nameOf(each)} = ${short(each)}`),
      words: wanted.map((each) => `${nameOf(each)} = ${consoleValue(each, long)}`).join("\n"),
    };
  }

  private async stackLines(levels: number): Promise<Looked> {
    const { frames } = await this.stack();
    const some = frames.slice(0, levels + 1);
    return { shown: some.map(frameLine), words: stackWords(some).join("\n") };
  }

  private async move(by: number): Promise<string> {
    const { frames, at } = await this.stack();
    const to = Math.min(Math.max(0, at + by), Math.max(0, frames.length - 1));
    this.standing = { frames, at: to };
    return frames[to] ? frameLine(frames[to], to) : "";
  }
}

const short = (variable: ApiVariable) => shorten(consoleValue(variable, false), LONGEST);

function nameOf({ name, flags }: ApiVariable): string {
  return (flags & VariableFlag.shadowed) === 0 ? name : `(${name})`;
}

function frameLine({ function: f, file, line }: ApiStackframe, index: number): string {
  return `${index}  ${f?.name ?? "?"} at ${file || "?"}:${line}`;
}
