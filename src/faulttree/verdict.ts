/** The three answers to a condition, and how they combine. */
import type { ByteRange } from "../trace/report.ts";
import type { Need } from "./diagnosis.ts";
import { compileRe2, openingOf } from "./re2.ts";
import type { Condition } from "./schema.ts";

/** The value of one field of a condition. */
export type Part<K extends keyof Condition> = NonNullable<Condition[K]>;

export type Captures = Readonly<Record<string, string>>;

export type Verdict =
  | { readonly is: "true"; readonly captures: Captures; readonly at?: ByteRange }
  | { readonly is: "false" }
  | { readonly is: "unknown"; readonly needs: readonly Need[] };

export const nothing: Captures = {};
export const holds: Verdict = { is: "true", captures: nothing };
export const fails: Verdict = { is: "false" };
export const needs = (...list: Need[]): Verdict => ({ is: "unknown", needs: list });
export const plain = (value: boolean): Verdict => (value ? holds : fails);

/**
 * No expression sees more of a text than this. JavaScript tries every start, so that an unanchored search may
 * cost the square of it; the catalogue's tests prove that none costs more.
 */
export const longestSubject = 2048;

export function conjunction(verdicts: readonly Verdict[]): Verdict {
  const missing = new Set<Need>();
  let captures = nothing;
  let at: ByteRange | undefined;
  for (const verdict of verdicts) {
    if (verdict.is === "false") return fails;
    if (verdict.is === "unknown") for (const need of verdict.needs) missing.add(need);
    if (verdict.is === "true") {
      captures = { ...captures, ...verdict.captures };
      at ??= verdict.at;
    }
  }
  if (missing.size > 0) return needs(...missing);
  return { is: "true", captures, ...(at && { at }) };
}

export function disjunction(verdicts: Iterable<Verdict>): Verdict {
  const missing = new Set<Need>();
  for (const verdict of verdicts) {
    if (verdict.is === "true") return verdict;
    if (verdict.is === "unknown") for (const need of verdict.needs) missing.add(need);
  }
  return missing.size > 0 ? needs(...missing) : fails;
}

export function negation(verdict: Verdict): Verdict {
  return verdict.is === "unknown" ? verdict : plain(verdict.is === "false");
}

export function run(expression: string, text: string): RegExpExecArray | null {
  if (!text.startsWith(openingOf(expression))) return null;
  return compileRe2(expression).exec(text.length > longestSubject ? text.slice(0, longestSubject) : text);
}

export function found(expression: string, text: string): boolean {
  return run(expression, text) !== null;
}

/** The runtime prints every list of type arguments so; who writes an expression for `(*Cache).get` does not think of it. */
const typeArguments = "[...]";

/** The same for the name of a function, whose type arguments an expression may name or leave out. */
export function runName(expression: string, name: string): RegExpExecArray | null {
  const match = run(expression, name);
  if (match || !name.includes(typeArguments)) return match;
  return run(expression, name.replaceAll(typeArguments, ""));
}

export function captured(match: RegExpExecArray): Captures {
  if (!match.groups) return nothing;
  const captures: Record<string, string> = {};
  for (const [name, value] of Object.entries(match.groups)) if (value !== undefined) captures[name] = value;
  return captures;
}
