/**
 * A recipe as stops: what is set before the program goes on, and what is looked at once it stands. The catalogue
 * writes recipes as a flat list of steps; everything that runs or renders one works on this form.
 */
import type { Recipe, RecipeStep } from "../faulttree/schema.ts";

export type RecipeKind = "live" | "core" | "gdb";
export type Said = { readonly en: string; readonly zh: string };

/** How the debugger gets at the program. */
export type How = "exec" | "attach" | "core";

export interface Breakpoint {
  readonly is: "breakpoint";
  /** Function, FILE:LINE or *ADDRESS. */
  readonly at: string;
  readonly condition?: string;
  /** Operator and number: `> 1000`. */
  readonly hits?: string;
  /** Taken away once it was hit. */
  readonly once: boolean;
  /** An expression that is printed at each hit, without a stop. */
  readonly log?: string;
}

export interface Watchpoint {
  readonly is: "watchpoint";
  /** At most 8 bytes of memory, in the scope where the program stands. */
  readonly expression: string;
  readonly access: "w" | "r" | "rw";
  readonly condition?: string;
}

/** Where to look: see `frame` and `goroutine` in the schema. */
export type FrameRule =
  | { readonly by: "user" }
  | { readonly by: "origin" }
  | { readonly by: "number"; readonly number: number }
  | { readonly by: "function"; readonly name: string };

export type GoroutineRule =
  | { readonly by: "number"; readonly number: number }
  | { readonly by: "function"; readonly name: string };

export type Look =
  | { readonly is: "frame"; readonly rule: FrameRule }
  | { readonly is: "goroutine"; readonly rule: GoroutineRule }
  | { readonly is: "print"; readonly expression: string }
  | { readonly is: "command"; readonly command: string }
  /** A sentence alone. */
  | { readonly is: "note" };

/** What one step does, with what it says and what must be seen; `step` is its index in the catalogue's list. */
export interface Action<T = Look> {
  readonly step: number;
  readonly act: T;
  readonly says?: Said;
  readonly sees?: string;
}

export interface Stop {
  /** Set before the program goes on; empty for the first stop of a core or of a program that is attached to. */
  readonly set: readonly Action<Breakpoint | Watchpoint>[];
  /** `none`: the program stands already. A step may bring its own: `next`, `stepout`, `continue`. */
  readonly go: "continue" | "none";
  readonly looks: readonly Action[];
}

export interface ParsedRecipe {
  readonly id: string;
  readonly kind: RecipeKind;
  readonly how: How;
  readonly title: Said;
  /** `debug`: built without optimisation, because only then the values are there. */
  readonly build: "debug" | "plain";
  readonly args?: readonly string[];
  readonly stops: readonly Stop[];
  readonly sees?: string;
  readonly proves?: Said;
  readonly refutes?: Said;
  /** Put to a crash's own place: its `sees` speak of the example's values, and decide nothing. */
  readonly filled?: true;
}

/** Commands that make the program run: what follows them stands at another place. */
export const RUNS = /^(?:c|continue|n|next|s|step|so|stepout|finish|run|until|advance|step-instruction|si)\b/;

/** Commands of gdb that need, or start, a running program. */
const STARTS = /^(?:run|start|starti|catch|tbreak|break|hbreak|rbreak|watch|set environment)\b/;

/** The stops of a recipe. Total: every list of steps that the schema accepts has a meaning. */
export function parseRecipe(id: string, kind: RecipeKind, recipe: Recipe): ParsedRecipe {
  const how = recipe.how ?? howOf(kind, recipe.steps);
  return {
    id,
    kind,
    how,
    title: recipe.title,
    build: recipe.build ?? (kind === "live" ? "debug" : "plain"),
    ...(recipe.args && { args: recipe.args }),
    stops: stopsOf(recipe.steps),
    ...(recipe.sees !== undefined && { sees: recipe.sees }),
    ...(recipe.proves && { proves: recipe.proves }),
    ...(recipe.refutes && { refutes: recipe.refutes }),
  };
}

function howOf(kind: RecipeKind, steps: readonly RecipeStep[]): How {
  if (kind === "live") return "exec";
  if (kind === "core") return "core";
  const starts = (step: RecipeStep) =>
    step.breakpoint !== undefined || step.watch !== undefined || STARTS.test(step.command ?? "");
  return steps.some(starts) ? "exec" : "core";
}

interface OpenStop {
  readonly set: Action<Breakpoint | Watchpoint>[];
  readonly looks: Action[];
}

function stopsOf(steps: readonly RecipeStep[]): Stop[] {
  const stops: OpenStop[] = [{ set: [], looks: [] }];
  for (const [index, step] of steps.entries()) {
    const setting = settingOf(step);
    const looks = looksOf(step);
    let stop = stops.at(-1)!;
    // A watchpoint names variables of the place where the program stands: it must have come there. And what follows
    // a breakpoint that is met once is set from there on.
    const needsStop = stop.set.some(
      ({ act }) => act.is === "breakpoint" && (act.once || setting?.is === "watchpoint"),
    );
    if (setting && (stop.looks.length > 0 || needsStop)) {
      stop = { set: [], looks: [] };
      stops.push(stop);
    }
    if (setting) stop.set.push(action(index, step, setting, looks.length === 0));
    for (const [n, look] of looks.entries())
      stop.looks.push(action(index, step, look, n === looks.length - 1));
  }
  return stops.map(({ set, looks }) => ({
    set,
    // A step that makes the program run by itself needs no continue of ours before it.
    go: set.length > 0 && !startsByItself(looks[0]) ? "continue" : "none",
    looks,
  }));
}

function startsByItself(look: Action | undefined): boolean {
  return look?.act.is === "command" && /^(?:c|continue|run)\b/.test(look.act.command);
}

/** What is said and seen belongs to the last thing a step does. */
function action<T>(step: number, { says, sees }: RecipeStep, act: T, last: boolean): Action<T> {
  return { step, act, ...(last && says && { says }), ...(last && sees !== undefined && { sees }) };
}

function settingOf(step: RecipeStep): Breakpoint | Watchpoint | undefined {
  const condition = step.condition === undefined ? {} : { condition: step.condition };
  if (step.breakpoint !== undefined) {
    return {
      is: "breakpoint",
      at: step.breakpoint,
      once: step.once === true,
      ...condition,
      ...(step.hits !== undefined && { hits: step.hits }),
      ...(step.log !== undefined && { log: step.log }),
    };
  }
  if (step.watch === undefined) return undefined;
  return { is: "watchpoint", expression: step.watch, access: step.access ?? "w", ...condition };
}

/** A step may hold several looks; they are done from the outside in: goroutine, frame, value. */
function looksOf(step: RecipeStep): Look[] {
  const looks: Look[] = [];
  if (step.goroutine !== undefined) looks.push({ is: "goroutine", rule: goroutineRule(step.goroutine) });
  if (step.frame !== undefined) looks.push({ is: "frame", rule: frameRule(step.frame) });
  if (step.command !== undefined) looks.push({ is: "command", command: step.command });
  if (step.print !== undefined) looks.push({ is: "print", expression: step.print });
  if (looks.length === 0 && settingOf(step) === undefined && step.says) looks.push({ is: "note" });
  return looks;
}

function frameRule(given: string): FrameRule {
  if (given === "user" || given === "origin") return { by: given };
  if (/^\d+$/.test(given)) return { by: "number", number: Number(given) };
  return { by: "function", name: given };
}

function goroutineRule(given: string): GoroutineRule {
  if (/^\d+$/.test(given)) return { by: "number", number: Number(given) };
  return { by: "function", name: given };
}
