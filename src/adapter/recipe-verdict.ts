/** What may be said of a cause once its recipe has run. */
import type { ParsedRecipe, Said } from "../recipe/model.ts";
import { type Editor, say } from "./editor.ts";

/** What the run brought. */
export interface Seen {
  /** How many looks and stops name something that must be seen. */
  readonly expected: number;
  /** How many of them were read and showed something else. */
  readonly unseen: number;
  /** How many could not be read at all: no such variable, no such frame. */
  readonly unread: number;
  /** Stops that were in place and never hit. */
  readonly missed: number;
  /** The run was cut short by something that says nothing of the program: a stop that could not be placed, a failure of Delve. */
  readonly broken: boolean;
}

/** `open`: nothing that was seen decides. */
export type Verdict = "proven" | "refuted" | "open";

/**
 * Proven when all that must be seen was seen, refuted when something else was, or when a stop was never hit. What could
 * not be read or placed decides nothing; nor does a recipe that was put to another program's place, because what it
 * must see is the example's.
 */
export function verdictOn({ filled }: Pick<ParsedRecipe, "filled">, seen: Seen): Verdict {
  if (filled || seen.broken) return "open";
  if (seen.unseen > 0 || seen.missed > 0) return "refuted";
  return seen.expected > 0 && seen.unread === 0 ? "proven" : "open";
}

/** Says the verdict, or what would make one where nothing decides. */
export function sayVerdict(editor: Editor, recipe: ParsedRecipe, seen: Seen): void {
  const { m, language } = editor;
  const spoken = ({ en, zh }: Said) => (language === "zh-cn" ? zh : en);
  const { proves, refutes } = recipe;
  const verdict = verdictOn(recipe, seen);
  if (proves && verdict !== "refuted")
    say(editor, (verdict === "proven" ? m.proves : m.provesIf)(spoken(proves)));
  if (refutes && verdict !== "proven")
    say(editor, (verdict === "refuted" ? m.refutes : m.refutesIf)(spoken(refutes)));
}
