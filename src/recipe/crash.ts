/** Puts a crash's own place into a recipe that was written for the catalogue's program. */
import type { CrashReport, Frame } from "../trace/report.ts";
import type { Action, Breakpoint, Look, ParsedRecipe, Stop, Watchpoint } from "./model.ts";

/** Where the crash says to look first. */
export interface CrashPlace {
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
  /** Of the pc in the function: `+0x1d`. */
  readonly offset?: number;
  /** The pc itself, where the text gives it. */
  readonly pc?: string;
}

/** The place of a crash: its location's frame, with the pc of the signal when the frame is the one that faulted. */
export function crashPlace(frame: Frame, report: CrashReport): CrashPlace {
  const pc = frame.pc ?? report.signal?.pc;
  return {
    function: frame.function,
    ...(frame.file !== undefined && { file: frame.file }),
    ...(frame.line !== undefined && { line: frame.line }),
    ...(frame.offset !== undefined && { offset: frame.offset }),
    ...(pc !== undefined && { pc }),
  };
}

/**
 * The recipe for this crash: breakpoints on the example's functions become the crash's line, or its instruction for
 * gdb; values of the example's variables become all arguments and locals, because only their names are unknown. What it
 * then shows is for its reader to compare: `filled`.
 */
export function fillRecipe(recipe: ParsedRecipe, place: CrashPlace): ParsedRecipe {
  const at = breakpointAt(recipe, place);
  let replaced = false;
  const stops: Stop[] = [];
  for (const stop of recipe.stops) {
    const examples = stop.set.filter(({ act }) => isExample(act));
    if (examples.length === 0) {
      stops.push({ ...stop, looks: generalLooks(stop.looks) });
      continue;
    }
    // The crash names one place; what the recipe would do at others of the example is left out.
    if (replaced || at === undefined) continue;
    replaced = true;
    stops.push(atCrash(recipe, stop, examples[0]!, at));
  }
  const { sees, ...rest } = recipe;
  const general = sees !== undefined && !/\bmain\b|golm/.test(sees);
  return { ...rest, ...(general && { sees }), stops, filled: true };
}

/**
 * The stop at the crash's own line. A condition names the example's variables and cannot be kept; without it a line in a
 * loop would stop in every pass, so that the panic itself is where the failing one is met.
 */
function atCrash(
  recipe: ParsedRecipe,
  stop: Stop,
  example: Action<Breakpoint | Watchpoint>,
  at: string,
): Stop {
  const { sees: _, ...said } = example;
  const { act } = example;
  const inPass = recipe.kind === "live" && act.is === "breakpoint" && act.condition !== undefined;
  const set: Breakpoint = { is: "breakpoint", at: inPass ? "runtime.gopanic" : at, once: false };
  const looks = generalLooks(stop.looks, true);
  const user: Action = { step: example.step, act: { is: "frame", rule: { by: "user" } } };
  if (!inPass) return { ...stop, set: [{ ...said, act: set }], looks };
  // What it says is said of the line.
  return { ...stop, set: [{ step: example.step, act: set }], looks: [user, ...looks] };
}

function breakpointAt({ kind }: ParsedRecipe, place: CrashPlace): string | undefined {
  if (kind === "gdb" && place.offset !== undefined)
    return `*('${place.function.replaceAll("'", "")}'+${place.offset})`;
  return place.file !== undefined && place.line !== undefined ? `${place.file}:${place.line}` : undefined;
}

/** Names of the catalogue's programs: their package is main, or the test's. */
export function isExample(act: Breakpoint | Watchpoint): boolean {
  if (act.is === "watchpoint") return !/\bruntime\.|^\*\(\*u?int\d*\)\([A-Z]/.test(act.expression);
  return /^(?:main|catalog)\b[./]/.test(act.at) && !/^main\.main$/.test(act.at);
}

function generalLooks(looks: readonly Action[], atExample = false): Action[] {
  const kept: Action[] = [];
  let own = atExample;
  let shown = false;
  for (const action of looks) {
    const { act } = action;
    if (act.is === "frame") own = act.rule.by === "user" || act.rule.by === "origin";
    if (!(own && namesVariables(act))) {
      kept.push(ofAnyProgram(action));
      continue;
    }
    if (shown) continue;
    shown = true;
    const { sees: _, ...said } = action;
    kept.push({ ...said, act: { is: "command", command: "args -v" } });
    kept.push({ step: action.step, act: { is: "command", command: "locals -v" } });
  }
  return kept;
}

/** What was to be seen in the example's stack is not to be seen in another's: only the runtime's words are the same. */
function ofAnyProgram(action: Action): Action {
  const { act, sees, ...rest } = action;
  if (sees === undefined) return action;
  const runtimes = act.is === "print" || (act.is === "command" && /^(?:c|continue)\b/.test(act.command));
  return runtimes && !/\bmain\b|golm/.test(sees) ? action : { ...rest, act };
}

/** Whether a look speaks of variables that only the example has. */
function namesVariables(act: Look): boolean {
  if (act.is === "command") return /^(?:args|locals)\b/.test(act.command);
  return act.is === "print" && !/^(?:runtime\.|len\(runtime\.|[A-Z]{2,3}$)/.test(act.expression);
}
