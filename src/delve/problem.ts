/** What can go wrong between us, Delve, a core and its binary. Each is one sentence that says what to do next. */
import type { Language } from "../faulttree/diagnosis.ts";
import { type DelveWords, delveWords } from "./messages/index.ts";

export type ProblemCode = keyof DelveWords["problems"];

/** A failure the user can mend. `message` is English; `say` speaks either language. */
export class DelveProblem<C extends ProblemCode = ProblemCode> extends Error {
  readonly args: Parameters<DelveWords["problems"][C]>;

  constructor(
    readonly code: C,
    ...args: Parameters<DelveWords["problems"][C]>
  ) {
    super(sentence("en", code, args));
    this.args = args;
  }

  say(language: Language): string {
    return sentence(language, this.code, this.args);
  }
}

function sentence(language: Language, code: ProblemCode, args: readonly unknown[]): string {
  const words = delveWords(language).problems[code] as (...args: readonly unknown[]) => string;
  return words(...args);
}

/** What happened as a sentence; anything that is no problem of ours keeps its own words. */
export function sayFailure(failure: unknown, language: Language): string {
  if (failure instanceof DelveProblem) return failure.say(language);
  return failure instanceof Error ? failure.message : String(failure);
}
