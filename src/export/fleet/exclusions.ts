/**
 * Line filters that put the rules in their order: what an event's records must lack, because an earlier rule names
 * them. Filters can lack one expression at a time, so an earlier rule counts when it comes down to one.
 */
import { type Filters, filtersOf } from "./filters.ts";
import { kinds, panicBefore } from "./kinds.ts";
import type { Rule } from "./rules.ts";
import type { Ask } from "./tests.ts";

/** An earlier rule: finds this, and none of `except`. */
export interface Earlier {
  readonly event: string;
  readonly kinds: ReadonlySet<string>;
  readonly find: string;
  readonly except: readonly string[];
  /** Speaks of the value of the line that says what happened: two of those seldom both fit. */
  readonly ofValue: boolean;
}

/** The alternatives of a rule's own question, without the records that `earlier` names. */
export function ordered({ event, ask }: Rule, earlier: readonly Earlier[]): readonly Filters[] {
  // An event of low priority stands for whatever no other explains.
  const generic = event.priority < 0;
  const others = earlier.filter(
    (rule) =>
      rule.event !== event.id && (generic || !rule.ofValue) && overlap(rule.kinds, kindsOf(partsOf(ask))),
  );
  const lacked = [...new Set(others.map(({ find }) => find))];
  const plain = filtersOf(ask).map(({ hold, lack }) => ({ hold, lack: [...lack, ...lacked] }));
  if (!generic) return plain;
  // Earlier rules that make an exception leave its records to us.
  const left = others.flatMap(({ find, except }) => except.map((one) => ({ hold: [find, one], lack: [] })));
  return [
    ...plain,
    ...filtersOf(ask).flatMap(({ hold, lack }) =>
      left.map((one) => ({ hold: [...hold, ...one.hold], lack })),
    ),
  ];
}

/** The rule as one that later rules can lack; undefined where it is no single expression. */
export function earlierOf({ event, ask }: Rule): Earlier | undefined {
  const parts = partsOf(ask);
  const finds: string[] = [];
  const except: string[] = [];
  for (const part of parts) {
    if ("kind" in part) continue;
    const only = single("not" in part ? part.not : part);
    if (only === undefined) return undefined;
    ("not" in part ? except : finds).push(only);
  }
  const find = finds.length === 2 ? both(finds[0]!, finds[1]!) : finds.length === 1 ? finds[0] : undefined;
  return find === undefined
    ? undefined
    : {
        event: event.id,
        kinds: kindsOf(parts),
        find,
        except,
        ofValue: find.includes(panicBefore) || isOfValue(find),
      };
}

function partsOf(ask: Ask): readonly Ask[] {
  return "all" in ask ? ask.all : [ask];
}

function single(ask: Ask): string | undefined {
  const [only, ...more] = filtersOf(ask);
  return only && more.length === 0 && only.hold.length === 1 && only.lack.length === 0
    ? only.hold[0]
    : undefined;
}

function kindsOf(parts: readonly Ask[]): ReadonlySet<string> {
  const named = parts.find((part) => "kind" in part);
  if (named && "kind" in named) return new Set(named.kind);
  const value = parts.find((part) => "find" in part && isOfValue(part.find));
  if (value && "find" in value) return new Set(value.find.includes(panicBefore) ? ["panic"] : ["fatal"]);
  return new Set(kinds.map(([kind]) => kind));
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [...left].some((kind) => right.has(kind));
}

function isOfValue(find: string): boolean {
  const source = find.replace(/^\(\?[im]+\)\^/, "");
  return source.startsWith(panicBefore) || source.startsWith("(?:fatal error|throw): ");
}

/** Two expressions on one panic's value as one, in either order; undefined where they do not stand side by side. */
function both(a: string, b: string): string | undefined {
  const open = /^\(\?i?m\)\^/.exec(a)?.[0];
  const start = `${open}${panicBefore}`;
  const floats = "(?:[^\\n]*";
  if (!a.startsWith(start + floats) || !b.startsWith(start + floats)) return undefined;
  const [left, right] = [a.slice(start.length), b.slice(start.length)];
  return `${start}(?:${left}${right}|${right}${left})`;
}
