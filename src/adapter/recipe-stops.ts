/** Puts a recipe's stops into the program, beside the user's own breakpoints, and knows them again. */
import type { ApiBreakpoint, EvalScope } from "../delve/api.ts";
import { DelveProblem } from "../delve/problem.ts";
import type { RpcClient } from "../delve/rpc.ts";
import type { Action, Breakpoint, Watchpoint } from "../recipe/model.ts";
import { type Editor, say } from "./editor.ts";
import { breakpointText } from "./hit.ts";
import { SLOTS, watchable, watched } from "./watch.ts";

export interface PlacedStop {
  readonly id: number;
  /** For people: the function, the line, the expression watched. */
  readonly what: string;
  readonly action: Action<Breakpoint | Watchpoint>;
  /** The breakpoint is the user's: it is not taken away. */
  readonly shared: boolean;
  /** Reads what a watchpoint watches. */
  readonly value?: string;
}

const ACCESS = { r: 1, w: 2, rw: 3 } as const;
const EXISTS = /Breakpoint exists at .* at ([0-9a-f]+)/i;

export class RecipeStops {
  private readonly placed = new Map<number, PlacedStop>();

  constructor(
    private readonly editor: Editor,
    private readonly rpc: RpcClient,
  ) {}

  get(id: number): PlacedStop | undefined {
    return this.placed.get(id);
  }

  /** Those of ours at an address, for a user's breakpoint that Delve refuses for it. */
  at(address: number, all: readonly ApiBreakpoint[]): PlacedStop | undefined {
    const same = all.find(({ addrs, addr }) => addr === address || addrs?.includes(address));
    return same && this.placed.get(same.id);
  }

  /** What could be placed; the rest has been explained. */
  async place(actions: readonly Action<Breakpoint | Watchpoint>[], scope: EvalScope): Promise<PlacedStop[]> {
    const done: PlacedStop[] = [];
    for (const action of actions) {
      const { act } = action;
      const what = act.is === "breakpoint" ? act.at : act.expression;
      try {
        const placed =
          act.is === "breakpoint"
            ? await this.breakpoint(act, { ...action, act })
            : await this.watch(act, { ...action, act }, scope);
        if (!placed) continue;
        this.placed.set(placed.id, placed);
        done.push(placed);
      } catch (failure) {
        say(this.editor, this.editor.m.notPlaced(what, wordsOf(failure)), "stderr");
      }
    }
    return done;
  }

  /** Takes one away that was to stop once. */
  async clear(placed: PlacedStop): Promise<void> {
    this.placed.delete(placed.id);
    if (!placed.shared) await this.rpc.clearBreakpoint(placed.id).catch(() => {});
  }

  private async breakpoint(act: Breakpoint, action: Action<Breakpoint>): Promise<PlacedStop> {
    const { editor, rpc } = this;
    const locations = await rpc.findLocation({ GoroutineID: -1, Frame: 0 }, act.at);
    const addrs = locations.flatMap(({ pc, pcs }) => pcs ?? [pc]);
    try {
      const made = await rpc.createBreakpoint({
        addrs,
        name: `golm${action.step + 1}`,
        ...(act.condition !== undefined && { Cond: act.condition }),
        ...(act.hits !== undefined && { HitCond: act.hits }),
      });
      say(editor, editor.m.placed(act.at, breakpointText(made)));
      return { id: made.id, what: act.at, action, shared: false };
    } catch (failure) {
      const address = Number.parseInt(EXISTS.exec(wordsOf(failure))?.[1] ?? "", 16);
      const users = (await rpc.breakpoints()).find(
        (each) => each.addr === address || each.addrs?.includes(address),
      );
      if (!users) throw failure;
      say(editor, editor.m.shared(act.at));
      return { id: users.id, what: act.at, action, shared: true };
    }
  }

  private async watch(
    act: Watchpoint,
    action: Action<Watchpoint>,
    scope: EvalScope,
  ): Promise<PlacedStop | undefined> {
    const { editor, rpc } = this;
    const { m } = editor;
    const held = await watched(rpc);
    if (held.length >= SLOTS) throw new Error(m.noSlots(held.map(({ expression }) => expression).join(", ")));
    const wanted = await watchable(rpc, scope, act.expression, m);
    if ("why" in wanted) throw new Error(wanted.why);
    const made = await rpc.createWatchpoint(scope, wanted.expression, ACCESS[act.access]);
    if (act.condition !== undefined)
      // Delve names a watchpoint by its expression, and refuses that name when it is amended.
      await rpc.amendBreakpoint({ ...wish(made), name: `golm${action.step + 1}`, Cond: act.condition });
    const shown = wanted.instead ?? act.expression;
    say(editor, m.placedWatch(shown, m.access[act.access], m.slots(held.length + 1, SLOTS)));
    return { id: made.id, what: shown, action, shared: false, value: wanted.anywhere };
  }
}

function wish({ id, addr, addrs, WatchExpr, WatchType }: ApiBreakpoint) {
  return { id, addr, ...(addrs && { addrs }), WatchExpr, WatchType };
}

function wordsOf(failure: unknown): string {
  if (failure instanceof DelveProblem && failure.code === "delveRefused") return String(failure.args[1]);
  return failure instanceof Error ? failure.message : String(failure);
}
