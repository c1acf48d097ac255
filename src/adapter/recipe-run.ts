/**
 * A recipe at work: places its stops, waits for them, looks at what it must, and says in words what was seen. While it
 * looks, the editor believes that the program runs; it hears of the stop when all has been said.
 */
import type { DapClient } from "../delve/dap.ts";
import { sayFailure } from "../delve/problem.ts";
import type { RpcClient } from "../delve/rpc.ts";
import type { ParsedRecipe, Said, Stop } from "../recipe/model.ts";
import { stopWords } from "./console-commands.ts";
import { type Editor, say } from "./editor.ts";
import type { Hit } from "./hit.ts";
import { holds, Looker } from "./recipe-looks.ts";
import { type PlacedStop, RecipeStops } from "./recipe-stops.ts";
import { sayVerdict } from "./recipe-verdict.ts";

export interface RunOptions {
  /** Stops for the user at each stop and not at the last alone. */
  readonly eachStop: boolean;
  /** The program was built here, without optimisation. */
  readonly unoptimised: boolean;
  /** Tells the editor of a stop that was held back. */
  readonly release: (hit: Hit) => void;
}

/** Why a stop did not come: the program ended, or died, before. */
class Missed extends Error {}

/** Nothing of a stop could be placed; why has been said. */
class Unplaced extends Error {}

interface Waiting {
  /** Breakpoints that are waited for; undefined for any stop. */
  readonly ids?: ReadonlySet<number>;
  readonly what: string;
  /** Memory is watched, which Delve may stop doing. */
  readonly watches?: boolean;
  readonly resolve: (hit: Hit) => void;
  readonly reject: (failure: Missed) => void;
}

export class RecipeRun {
  readonly stops: RecipeStops;
  private readonly looker: Looker;
  private waiting: Waiting | undefined;
  private held: Hit | undefined;
  private done: Promise<void> = Promise.resolve();
  private first: readonly PlacedStop[] = [];
  private readonly values = new Map<number, string>();
  private over = false;
  private missed = 0;
  private broken = false;

  constructor(
    private readonly editor: Editor,
    private readonly dap: DapClient,
    rpc: RpcClient,
    private readonly recipe: ParsedRecipe,
    private readonly options: RunOptions,
  ) {
    this.stops = new RecipeStops(editor, rpc);
    this.looker = new Looker(editor, dap, rpc, (command) => this.step(command), recipe.filled);
  }

  /** Whether the program must stand before it runs: an attached one that is only looked at. */
  static standsFirst({ stops: [first] }: ParsedRecipe): boolean {
    const [look] = first?.looks ?? [];
    return (
      first?.go === "none" && !(look?.act.is === "command" && /^(?:c|continue|run)\b/.test(look.act.command))
    );
  }

  /** Before the program runs: the first stops are in place. */
  async prepare(): Promise<void> {
    const { editor, recipe } = this;
    say(editor, editor.m.recipeBegins(this.said(recipe.title)), "console");
    if (recipe.build === "debug" && !this.options.unoptimised) say(editor, editor.m.debugBuild());
    const [first] = recipe.stops;
    if (first) this.first = await this.stops.place(first.set, { GoroutineID: -1, Frame: 0 });
  }

  /** From now on stops are taken. Runs by itself. */
  begin(): void {
    this.done = this.script()
      .catch((failure: unknown) => {
        if (failure instanceof Missed) this.missed++;
        else this.broken = true;
        if (failure instanceof Unplaced) return;
        const { language } = this.editor;
        say(
          this.editor,
          failure instanceof Missed ? failure.message : sayFailure(failure, language),
          "stderr",
        );
      })
      .then(() => this.conclude())
      .catch(() => {});
  }

  /** True for a stop that is the recipe's: it is told later. */
  take(hit: Hit): boolean {
    const { waiting } = this;
    if (!waiting) return false;
    const own = hit.breakpoint && waiting.ids?.has(hit.breakpoint.id);
    if (waiting.ids && !own) {
      // A program that dies will not come to what is waited for.
      if (hit.body.reason === "exception") this.miss();
      return false;
    }
    this.waiting = undefined;
    this.held = hit;
    waiting.resolve(hit);
    return true;
  }

  /** What the program prints may be what a recipe is to see. */
  printed(text: string): void {
    this.looker.keep(text);
  }

  /** The program has ended. Resolves when all is said about it. */
  ended(): Promise<void> {
    this.miss();
    return this.done;
  }

  /** What a watchpoint's memory holds now, and held when it was last looked at. */
  async change(placed: PlacedStop): Promise<string | undefined> {
    if (placed.value === undefined) return undefined;
    const before = this.values.get(placed.id);
    const after = await this.looker.valueOf(placed.value);
    if (after === undefined) return undefined;
    this.values.set(placed.id, after);
    return before === undefined ? undefined : this.editor.m.changed(placed.what, before, after);
  }

  /** The user takes leave: what did not come does not tell anything any more. */
  abandon(): void {
    this.over = true;
    this.waiting = undefined;
  }

  private miss(): void {
    const { waiting } = this;
    this.waiting = undefined;
    const { m } = this.editor;
    const hint = waiting?.watches ? ` ${m.watchEnds()}` : "";
    waiting?.reject(new Missed(m.neverHit(waiting.what) + hint));
  }

  private async script(): Promise<void> {
    const { stops } = this.recipe;
    for (const [index, stop] of stops.entries()) {
      await this.reach(stop, index);
      for (const action of stop.looks) await this.looker.look(action);
      if (index === stops.length - 1) return;
      if (this.options.eachStop) this.letGo();
      else say(this.editor, this.editor.m.goesOn());
    }
  }

  private async reach(stop: Stop, index: number): Promise<void> {
    if (index === 0 && stop.go === "none") {
      if (RecipeRun.standsFirst(this.recipe)) this.stand(await this.nextStop({ what: "main" }));
      return;
    }
    const scope = this.looker.scope();
    const placed = index === 0 ? this.first : await this.stops.place(stop.set, scope);
    for (const each of placed) await this.change(each);
    if (placed.length < stop.set.length) this.broken = true;
    if (stop.set.length > 0 && placed.length === 0) throw new Unplaced();
    if (stop.go === "none") return;
    const ids = new Set(placed.map(({ id }) => id));
    const words: string[] = [];
    for (;;) {
      const hit = await this.goOn("continue", { ids, what: whatOf(stop), watches: watches(stop) });
      const own = placed.find(({ id }) => id === hit.breakpoint?.id);
      this.stand(hit);
      if (own?.action.act.is === "breakpoint" && own.action.act.log !== undefined) {
        words.push(stopWords(hit), await this.looker.print(own.action.act.log));
        continue;
      }
      if (own) words.push(await this.met(own));
      words.push(stopWords(hit));
      this.looker.keep(words.at(-1)!);
      for (const { sees } of stop.set) if (sees !== undefined) this.looker.judge(sees, words.join("\n"));
      return;
    }
  }

  private async met(own: PlacedStop): Promise<string> {
    const { act } = own.action;
    const changed = await this.change(own);
    const line = changed ?? this.editor.m.hitRecipe(own.what);
    say(this.editor, line);
    if (own.action.says) say(this.editor, this.said(own.action.says));
    if (act.is === "breakpoint" && act.once) await this.stops.clear(own);
    return line;
  }

  /** A look that makes the program run: `next`, `stepOut`, `continue`. */
  private async step(command: string): Promise<Hit> {
    const hit = await this.goOn(command, { what: command });
    this.stand(hit);
    return hit;
  }

  private stand(hit: Hit): void {
    this.looker.stand(hit.scope);
  }

  /** Lets the program run, unless it has still to begin or the user lets it, and waits. */
  private async goOn(command: string, wanted: Omit<Waiting, "resolve" | "reject">): Promise<Hit> {
    const { held } = this;
    this.held = undefined;
    const next = this.nextStop(wanted);
    next.catch(() => {});
    if (held) await this.dap.request(command, { threadId: this.looker.thread });
    return next;
  }

  private nextStop(wanted: Omit<Waiting, "resolve" | "reject">): Promise<Hit> {
    return new Promise((resolve, reject) => {
      this.waiting = { ...wanted, resolve, reject };
    });
  }

  private letGo(): void {
    const { held } = this;
    this.held = undefined;
    if (held) this.options.release(held);
  }

  private conclude(): void {
    if (this.over) return;
    this.over = true;
    const { editor, recipe, looker, missed, broken } = this;
    const whole = recipe.sees === undefined || holds(recipe.sees, looker.output);
    sayVerdict(editor, recipe, {
      expected: looker.expected + (recipe.sees === undefined ? 0 : 1),
      unseen: looker.unseen + (whole ? 0 : 1),
      unread: looker.unread,
      missed,
      broken,
    });
    if (this.held) say(editor, editor.m.stands());
    this.letGo();
  }

  private said({ en, zh }: Said): string {
    return this.editor.language === "zh-cn" ? zh : en;
  }
}

const watches = ({ set }: Stop): boolean => set.some(({ act }) => act.is !== "breakpoint");

function whatOf({ set }: Stop): string {
  return set.map(({ act }) => (act.is === "breakpoint" ? act.at : act.expression)).join(", ");
}
