/** What the schema cannot say of a recipe: which parts of a step belong together, and what a debugger refuses. */
import type { Path, YamlFile } from "./document.ts";
import { captureNames, Re2Error } from "./re2.ts";
import { assignmentRefused, commandRefused, mayRunAway } from "./recipe-commands.ts";
import type { RecipeStep } from "./schema.ts";

/** The parts of a recipe that are checked; a cause's and a workspace's own have them in common. */
export interface CheckedRecipe {
  readonly steps: readonly Omit<RecipeStep, "says">[];
  readonly how?: "exec" | "attach" | "core" | undefined;
  readonly sees?: string | undefined;
}

/** Adds the errors of a recipe to its file. */
export function checkRecipe(
  recipe: CheckedRecipe,
  kind: "live" | "core" | "gdb",
  path: Path,
  file: YamlFile,
): void {
  if (recipe.sees !== undefined) checkSees(recipe.sees, [...path, "sees"], file);
  if (kind === "core" && recipe.how !== undefined && recipe.how !== "core")
    file.fail([...path, "how"], 'A core recipe reads a core. Leave "how" out, or make it a live recipe.');
  const onCore = kind === "core" || recipe.how === "core";
  for (const [i, step] of recipe.steps.entries()) {
    const at = [...path, "steps", i];
    checkStep(step, onCore, at, file);
    checkOrders(step, kind, at, file);
  }
}

function checkStep(step: CheckedRecipe["steps"][number], onCore: boolean, path: Path, file: YamlFile): void {
  const fail = (field: string, message: string) => file.fail([...path, field], message);
  const stops = step.breakpoint !== undefined || step.watch !== undefined;
  if (Object.keys(step).length === 0)
    file.fail(path, "An empty step. Say where to stop or what to look at, or remove it.");
  for (const [field, value] of Object.entries(step)) {
    // Each becomes a line of a script: a line end in it would be a command of its own.
    if (typeof value === "string" && /[\u0000-\u001f\u007f\u2028\u2029]/.test(value))
      fail(field, `"${field}" holds a line end or a control character. Put it on one line.`);
    // Delve's scripts hold the lines in a Starlark string.
    else if (typeof value === "string" && field !== "sees" && /"""|\\$/.test(value))
      fail(field, `"${field}" holds three quotation marks, or ends in a backslash. Write it otherwise.`);
  }
  if (onCore && stops)
    fail(
      step.breakpoint === undefined ? "watch" : "breakpoint",
      "A core cannot be stopped: nothing runs in it. Make it a live recipe, or read values with frame and print.",
    );
  if (step.breakpoint !== undefined && step.watch !== undefined)
    fail("watch", "One step sets one thing. Put the watchpoint into a step behind the breakpoint.");
  if (step.condition !== undefined && !stops)
    fail("condition", "A condition needs a breakpoint or a watch in the same step.");
  for (const field of ["hits", "once", "log"] as const)
    if (step[field] !== undefined && step.breakpoint === undefined)
      fail(field, `"${field}" needs a breakpoint in the same step.`);
  if (step.access !== undefined && step.watch === undefined)
    fail("access", '"access" needs a watch in the same step.');
  if (step.sees !== undefined) checkSees(step.sees, [...path, "sees"], file);
}

/** What a step orders the debugger to do. */
function checkOrders(
  step: CheckedRecipe["steps"][number],
  kind: "live" | "core" | "gdb",
  path: Path,
  file: YamlFile,
): void {
  const refused = step.command !== undefined && commandRefused(step.command, kind === "gdb" ? "gdb" : "dlv");
  if (refused) file.fail([...path, "command"], refused);
  if (kind !== "gdb") return;
  for (const field of ["print", "watch", "condition", "log", "breakpoint"] as const) {
    const assigns = assignmentRefused(step[field] ?? "");
    if (assigns) file.fail([...path, field], assigns);
  }
}

function checkSees(source: string, path: Path, file: YamlFile): void {
  try {
    captureNames(source);
  } catch (error) {
    if (!(error instanceof Re2Error)) throw error;
    file.fail(path, `The regular expression cannot be used: ${error.message}. Rewrite it in RE2's syntax.`);
    return;
  }
  if (mayRunAway(source))
    file.fail(
      path,
      "The regular expression repeats a group that repeats or chooses by itself, which may search for ever. Use a class such as [ab]+, or a count such as {0,80}.",
    );
}
