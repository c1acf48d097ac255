/** What the schema cannot say of a recipe: which parts of a step belong together, and what a debugger refuses. */
import type { Path, YamlFile } from "./document.ts";
import { captureNames, Re2Error } from "./re2.ts";
import type { RecipeStep } from "./schema.ts";

/** The parts of a recipe that are checked; a cause's and a workspace's own have them in common. */
export interface CheckedRecipe {
  readonly steps: readonly Omit<RecipeStep, "says">[];
  readonly how?: "exec" | "attach" | "core" | undefined;
  readonly sees?: string | undefined;
}

/** Commands that leave the debugger, or that run something else than the program. */
const FORBIDDEN =
  /^(?:[!|]|(?:shell|make|pipe|python|python-interactive|pi|py|guile|source|edit|transcript|exit|quit|q|kill|detach|generate-core-file|gcore|dump)\b)/;

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
  for (const [i, step] of recipe.steps.entries()) checkStep(step, onCore, [...path, "steps", i], file);
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
  if (FORBIDDEN.test(step.command?.trim() ?? ""))
    fail("command", "A recipe looks at the program; it leaves no debugger and runs no other program.");
  if (step.sees !== undefined) checkSees(step.sees, [...path, "sees"], file);
}

function checkSees(source: string, path: Path, file: YamlFile): void {
  try {
    captureNames(source);
  } catch (error) {
    if (!(error instanceof Re2Error)) throw error;
    file.fail(path, `The regular expression cannot be used: ${error.message}. Rewrite it in RE2's syntax.`);
  }
}
