/** The parts of a recipe's step that are shown to a reader, in the order they are done. */
import type { RecipeStep } from "../faulttree/schema.ts";
import type { Messages } from "./messages/index.ts";

const SHOWN = [
  "breakpoint",
  "condition",
  "hits",
  "log",
  "watch",
  "goroutine",
  "frame",
  "print",
  "command",
] as const;

/** `break at X`, `print Y`, each with its code quoted by `code`. */
export function stepParts(step: RecipeStep, m: Messages, code: (text: string) => string): string[] {
  return SHOWN.flatMap((key) => {
    const value = step[key];
    return value === undefined ? [] : [`${m.step[key]} ${code(value)}`];
  });
}
