/** What a recipe looks at where the program stands, printed as a debugger's console would. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { type EvalScope, LOAD } from "../delve/api.ts";
import type { DapClient } from "../delve/dap.ts";
import { DelveProblem, sayFailure } from "../delve/problem.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { compileRe2 } from "../faulttree/re2.ts";
import { findFrame, isFunction } from "../recipe/frames.ts";
import type { Action, FrameRule, GoroutineRule, Look } from "../recipe/model.ts";
import { type Editor, say } from "./editor.ts";
import { evaluated, variablesOf } from "./values.ts";

const DEPTH = 200;
const STACK_SHOWN = 50;
const GOROUTINES = 4096;
const LISTED = 40;
/** Of what was printed, for the recipe's last question. */
const KEPT = 1 << 20;

interface Standing {
  readonly frames: readonly DebugProtocol.StackFrame[];
  readonly at: number;
}

export class Looker {
  thread = 1;
  /** How many looks name something that must be seen, and how many did not show it. */
  expected = 0;
  unseen = 0;
  private standing: Standing | undefined;
  private printed = "";

  constructor(
    private readonly editor: Editor,
    private readonly dap: DapClient,
    private readonly rpc: RpcClient,
    /** Lets the program run by a DAP command and resolves where it stands again. */
    private readonly run: (command: string) => Promise<void>,
  ) {}

  /** The program stands at another place. */
  stand(goroutine: number): void {
    this.thread = goroutine;
    this.standing = undefined;
  }

  scope(): EvalScope {
    return { GoroutineID: this.thread, Frame: this.standing?.at ?? 0 };
  }

  output(): string {
    return this.printed;
  }

  async look({ act, says, sees }: Action): Promise<void> {
    const { editor } = this;
    if (says) say(editor, editor.language === "zh-cn" ? says.zh : says.en);
    const lines = await this.done(act);
    for (const line of lines) this.tell(line);
    if (sees === undefined) return;
    this.expected++;
    const text = lines.join("\n");
    const found = compileRe2(sees).test(text);
    if (!found) this.unseen++;
    const match = found ? lines.find((line) => compileRe2(sees).test(line)) : undefined;
    say(editor, found ? editor.m.saw(match ?? sees) : editor.m.notSeen(sees), found ? "console" : "stderr");
  }

  async print(expression: string): Promise<void> {
    for (const line of await this.printedOf(expression)) this.tell(line);
  }

  /** The value at an address; undefined where it cannot be read. */
  async valueOf(expression: string): Promise<string | undefined> {
    const { text, ok } = await evaluated(this.dap, expression, undefined);
    return ok ? text : undefined;
  }

  private tell(line: string): void {
    if (this.printed.length < KEPT) this.printed += `${line}\n`;
    say(this.editor, line);
  }

  /** A look that fails is a line like any other: the next ones may still tell something. */
  private async done(act: Look): Promise<string[]> {
    try {
      switch (act.is) {
        case "frame":
          return [await this.frame(act.rule)];
        case "goroutine":
          return [await this.goroutine(act.rule)];
        case "print":
          return await this.printedOf(act.expression);
        case "command":
          return await this.command(act.command);
        case "note":
          return [];
      }
    } catch (failure) {
      if (failure instanceof DelveProblem) return [sayFailure(failure, this.editor.language)];
      throw failure;
    }
  }

  private async stack(): Promise<Standing> {
    this.standing ??= await this.framesOf(this.thread);
    return this.standing;
  }

  private async framesOf(threadId: number): Promise<Standing> {
    const args = { threadId, startFrame: 0, levels: DEPTH };
    const body = await this.dap.request<DebugProtocol.StackTraceResponse>("stackTrace", args);
    return { frames: body?.stackFrames ?? [], at: 0 };
  }

  private async frameId(): Promise<number | undefined> {
    const { frames, at } = await this.stack();
    return frames[at]?.id;
  }

  private async frame(rule: FrameRule): Promise<string> {
    const { frames } = await this.stack();
    const at = findFrame(
      frames.map(({ name, source }) => ({ function: name, file: source?.path ?? "" })),
      rule,
    );
    if (at === undefined) return this.editor.m.noFrame("name" in rule ? rule.name : rule.by);
    this.standing = { frames, at };
    return frameLine(frames[at]!, at);
  }

  private async goroutine(rule: GoroutineRule): Promise<string> {
    const number = rule.by === "number" ? rule.number : await this.goroutineIn(rule.name);
    if (number === undefined) return this.editor.m.noFrame(String("name" in rule ? rule.name : rule.number));
    this.stand(number);
    const { frames } = await this.stack();
    return `goroutine ${number}: ${frames[0] ? frameLine(frames[0], 0) : "?"}`;
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

  private async printedOf(expression: string): Promise<string[]> {
    const { text, ok } = await evaluated(this.dap, expression, await this.frameId());
    return [ok ? `${expression} = ${text}` : this.editor.m.unreadable(expression, text)];
  }

  private async command(command: string): Promise<string[]> {
    const [word = "", ...rest] = command.trim().split(/\s+/);
    switch (word) {
      case "c":
      case "continue":
      case "run":
        await this.run("continue");
        return this.where();
      case "n":
      case "next":
        for (let n = Math.max(1, Number(rest[0]) || 1); n > 0; n--) await this.run("next");
        return this.where();
      case "s":
      case "step":
        await this.run("stepIn");
        return this.where();
      case "so":
      case "stepout":
        await this.run("stepOut");
        return this.where();
      case "bt":
      case "stack":
        return this.stackLines(Number(rest[0]) || STACK_SHOWN);
      case "up":
      case "down":
        return [await this.move(word === "up" ? 1 : -1)];
      case "frame":
        return [await this.frame({ by: "number", number: Number(rest[0]) || 0 })];
      case "args":
      case "locals":
        return this.variables(word === "args");
      case "goroutine":
        if (rest[0] && /^\d+$/.test(rest[0]))
          return [await this.goroutine({ by: "number", number: Number(rest[0]) })];
        return this.where();
      case "grs":
      case "goroutines":
        return this.goroutines(rest);
      case "p":
      case "print":
        return this.printedOf(rest.join(" "));
      default: {
        const { text } = await evaluated(this.dap, `dlv ${command}`, await this.frameId());
        return text.split("\n");
      }
    }
  }

  /** Delve's DAP has arguments and locals in one scope. */
  private async variables(ofArguments: boolean): Promise<string[]> {
    const id = await this.frameId();
    if (id === undefined) return [];
    const given = await this.rpc.functionArguments(this.scope(), LOAD).catch(() => []);
    const names = new Set(given.map(({ name }) => name));
    return variablesOf(this.dap, id, (name) => names.has(name.replace(/^\((.*)\)$/, "$1")) === ofArguments);
  }

  private async where(): Promise<string[]> {
    const { frames, at } = await this.stack();
    return frames[at] ? [`> ${frameLine(frames[at], at)}`] : [];
  }

  private async stackLines(levels: number): Promise<string[]> {
    const { frames } = await this.stack();
    return frames.slice(0, levels + 1).map(frameLine);
  }

  private async move(by: number): Promise<string> {
    const { frames, at } = await this.stack();
    const to = Math.min(Math.max(0, at + by), Math.max(0, frames.length - 1));
    this.standing = { frames, at: to };
    return frames[to] ? frameLine(frames[to], to) : "";
  }

  /** `-with user`, `-with userloc TEXT`, `-t DEPTH`: what the catalogue's recipes use of Delve's command. */
  private async goroutines(flags: readonly string[]): Promise<string[]> {
    const { Goroutines } = await this.rpc.goroutines({ count: GOROUTINES });
    const text = flags[flags.indexOf("userloc") + 1];
    const wanted = (Goroutines ?? []).filter(({ userCurrentLoc: { function: f, file } }) => {
      if (flags.includes("userloc") && flags.includes("-with"))
        return text !== undefined && `${file} ${f?.name}`.includes(text);
      return !flags.includes("user") || !f?.name.startsWith("runtime.");
    });
    const deep = flags.includes("-t");
    const lines: string[] = [];
    for (const { id, userCurrentLoc: at } of wanted.slice(0, LISTED)) {
      lines.push(`goroutine ${id} - ${at.function?.name ?? "?"} at ${at.file}:${at.line}`);
      if (!deep) continue;
      const depth = Number(flags[flags.indexOf("-t") + 1]) || 10;
      const frames = await this.rpc.stacktrace(id, depth).catch(() => []);
      lines.push(
        ...frames.map((frame) => `    ${frame.function?.name ?? "?"} at ${frame.file}:${frame.line}`),
      );
    }
    if (wanted.length > LISTED) lines.push(`… (+${wanted.length - LISTED})`);
    return lines;
  }
}

function frameLine({ name, source, line }: DebugProtocol.StackFrame, index: number): string {
  return `${index}  ${name} at ${source?.path ?? "?"}:${line}`;
}
