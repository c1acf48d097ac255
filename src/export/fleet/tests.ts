/** What is asked of a record: expressions, joined. The form every engine's rules are written from. */
import type { CrashKind } from "../../trace/report.ts";

/** A question to a record. `find` is RE2; `kind` is what the kinds' own questions have answered before. */
export type Ask =
  | { readonly find: string }
  | { readonly kind: readonly CrashKind[] }
  | { readonly all: readonly Ask[] }
  | { readonly any: readonly Ask[] }
  | { readonly not: Ask }
  | { readonly always: boolean };

export const always: Ask = { always: true };
export const never: Ask = { always: false };
export const find = (expression: string): Ask => ({ find: expression });

/** Joined and simplified: constants are folded, lists of one unwrapped. */
export function all(asks: readonly Ask[]): Ask {
  const kept = asks.flatMap((ask) => ("all" in ask ? ask.all : [ask]));
  if (kept.some((ask) => "always" in ask && !ask.always)) return never;
  const open = kept.filter((ask) => !("always" in ask));
  if (open.length === 0) return always;
  return open.length === 1 ? open[0]! : { all: open };
}

/** See `all`. */
export function any(asks: readonly Ask[]): Ask {
  const kept = asks.flatMap((ask) => ("any" in ask ? ask.any : [ask]));
  if (kept.some((ask) => "always" in ask && ask.always)) return always;
  const open = kept.filter((ask) => !("always" in ask));
  if (open.length === 0) return never;
  return open.length === 1 ? open[0]! : { any: open };
}

export function not(ask: Ask): Ask {
  if ("always" in ask) return { always: !ask.always };
  return "not" in ask ? ask.not : { not: ask };
}
