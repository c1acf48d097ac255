/** Compares what a debugger showed with what the recipe promises. Pure. */
import { compileRe2 } from "../../faulttree/re2.ts";
import type { ParsedRecipe } from "../../recipe/model.ts";

export interface Judgement {
  /** Empty when everything was as promised. */
  readonly problems: readonly string[];
  /** Where the program stood first: `runtime.gopanic, panic.go:787`, then the user's frame. */
  readonly stoppedAt?: string;
}

/** Lines by which debuggers say that a command did not work. */
const REFUSED =
  /^(?:\S*golm\.(?:star|gdb):\d+: .*|no frame: .*|no goroutine: .*|Error in sourced command file.*|Command failed: .*|No symbol .* in current context\.?|No such function.*|Function ".*" not defined\..*|Error occurred in Python.*)$/gm;

/** gdb says so of a breakpoint in a library that is loaded later; it is set then. */
const PENDING = /^Function ".*" not defined\.$/;

/** How each debugger says that it stopped for what was set. */
const STOPPED =
  /> \[(?:golm\d+|watchpoint on [^\n]{0,300})\]|watchpoint on \[?[^\n]{0,300}(?:hit|out of scope|went)|(?:Temporary breakpoint|Breakpoint|Catchpoint) \d+[,( ]|Hardware (?:access \([^)]*\) |read )?watchpoint \d+:|received signal/;

/** The same of a watchpoint: gdb names one when it sets it, too, and shows the values only when it was hit. */
const WATCHED =
  /> \[watchpoint on [^\n]{0,300}\]|watchpoint on \[?[^\n]{0,300}(?:hit|out of scope|went)|^(?:Old value|Value) = /m;

/** Judges the output of one run whose script printed marks. */
export function judgeRun(recipe: ParsedRecipe, output: string): Judgement {
  const parts = byStep(output);
  const problems = refusals(output);
  for (const { set, go, looks } of recipe.stops) {
    const last = set.at(-1);
    if (last && go === "continue" && last.act.is === "breakpoint" && last.act.log === undefined) {
      if (!STOPPED.test(parts.get(last.step) ?? ""))
        problems.push(`step ${last.step + 1}: it did not stop at ${last.act.at}`);
    } else if (last && go === "continue" && last.act.is === "watchpoint") {
      if (!WATCHED.test(parts.get(last.step) ?? ""))
        problems.push(`step ${last.step + 1}: the watchpoint on ${last.act.expression} was never hit`);
    }
    for (const action of [...set, ...looks]) {
      if (action.sees === undefined) continue;
      if (!sees(action.sees, parts.get(action.step) ?? ""))
        problems.push(`step ${action.step + 1}: it did not show ${JSON.stringify(action.sees)}`);
    }
  }
  if (recipe.sees !== undefined && !sees(recipe.sees, output))
    problems.push(`it did not show ${JSON.stringify(recipe.sees)}`);
  const stoppedAt = placeOf(output);
  return { problems, ...(stoppedAt !== undefined && { stoppedAt }) };
}

/** Lines of source that a debugger shows around a stop. */
const LISTING = /^(?:=>)?\s*(?:=>)?\s*\d+:\t.*$/gm;

/** `^` and `$` stand for the ends of a line. Source that is listed shows nothing of the run. */
function sees(source: string, output: string): boolean {
  return compileRe2(source.startsWith("(?") ? source : `(?m)${source}`).test(output.replace(LISTING, ""));
}

function refusals(output: string): string[] {
  const found = [...output.matchAll(REFUSED)].map(([line]) => line.replace(/^\S*golm\./, "golm."));
  return [...new Set(found.filter((line) => !PENDING.test(line)))].map(
    (line) => `the debugger said: ${line}`,
  );
}

/** What was printed from each step's mark to the next. */
export function byStep(output: string): Map<number, string> {
  const parts = new Map<number, string>();
  const pieces = output.split(/^@@(\d+|end)$/m);
  for (let i = 1; i < pieces.length; i += 2) {
    const step = Number(pieces[i]);
    if (Number.isNaN(step)) continue;
    parts.set(step, (parts.get(step) ?? "") + (pieces[i + 1] ?? ""));
  }
  return parts;
}

const STOP_PLACE = /^> (?:\[[^\]\n]*\] )?([\w./*()[\]·-]+)\(\) (?:\S*\/)?([^/\s:]+:\d+)/m;
const USER_FRAME = /^frame \d+: (\S+) at (?:\S*\/)?([^/\s:]+:\d+)$/m;
const GDB_PLACE =
  /^(?:Breakpoint \d+, |Temporary breakpoint \d+, |#\d+ +)(?:0x[0-9a-f]+ in )?([\w.:*()/~-]+) ?\([^\n]{0,300} at (?:\S*\/)?([^/\s:]+:\d+)/m;

function placeOf(output: string): string | undefined {
  const places = [STOP_PLACE.exec(output) ?? GDB_PLACE.exec(output), USER_FRAME.exec(output)];
  const named = places.flatMap((match) => (match ? [`${match[1]} ${match[2]}`] : []));
  return named.length > 0 ? [...new Set(named)].join(", ") : undefined;
}
