/**
 * A question as lists of line filters: what a record must hold and what it must not. For engines such as Loki, which
 * filter lines by expressions in a row and know no "or" but the one inside an expression.
 */
import { kinds, panicBefore } from "./kinds.ts";
import type { Ask } from "./tests.ts";

/** A record passes when every expression of `hold` finds something in it, and none of `lack` does. RE2. */
export interface Filters {
  readonly hold: readonly string[];
  readonly lack: readonly string[];
}

const passAll: Filters = { hold: [], lack: [] };

/** The question's alternatives: a record fits when it passes one of them. */
export function filtersOf(ask: Ask): readonly Filters[] {
  return distinct(alternatives(ask, true));
}

/** The alternatives of the opposite question. */
export function filtersOfNot(ask: Ask): readonly Filters[] {
  return distinct(alternatives(ask, false));
}

function alternatives(ask: Ask, wanted: boolean): readonly Filters[] {
  if ("find" in ask) return [wanted ? { hold: [ask.find], lack: [] } : { hold: [], lack: [ask.find] }];
  if ("always" in ask) return ask.always === wanted ? [passAll] : [];
  if ("not" in ask) return alternatives(ask.not, !wanted);
  if ("kind" in ask) return alternatives(kindAsk(ask.kind), wanted);
  const parts = "all" in ask ? ask.all : ask.any;
  const together = "all" in ask === wanted;
  return together
    ? parts.map((part) => alternatives(part, wanted)).reduce(joined, [passAll])
    : split(parts, wanted);
}

/** A kind is the first of the list whose question holds. */
function kindAsk(wanted: readonly string[]): Ask {
  const any: Ask[] = [];
  for (const [i, [kind, ask]] of kinds.entries()) {
    if (!wanted.includes(kind)) continue;
    const before = kinds.slice(0, i).filter(([other]) => !wanted.includes(other));
    any.push({ all: [ask, ...before.map(([, other]) => ({ not: other }))] });
  }
  return { any };
}

/** Expressions side by side need no alternative of their own: they become one expression. */
function split(parts: readonly Ask[], wanted: boolean): readonly Filters[] {
  const simple: string[] = [];
  const rest: Filters[] = [];
  for (const part of parts) {
    for (const filters of alternatives(part, wanted)) {
      const [only] = filters.hold;
      if (filters.lack.length === 0 && filters.hold.length === 1) simple.push(only!);
      else rest.push(filters);
    }
  }
  return [...either(simple).map((find) => ({ hold: [find], lack: [] })), ...rest];
}

/** Expressions of equal flags joined by `|`; what stands in front of a value is written once. */
export function either(expressions: readonly string[]): string[] {
  const byFlags = grouped(new Set(expressions), (expression) => /^\(\?[ims]+\)/.exec(expression)?.[0] ?? "");
  return [...byFlags].map(([flags, list]) => {
    if (list.length === 1) return flags + list[0];
    const byStart = grouped(list, (source) => starts.find((start) => source.startsWith(start)) ?? "");
    const branches = [...byStart].flatMap(([start, rest]) =>
      rest.length === 1 || start === "" ? rest.map((one) => start + one) : [`${start}(?:${rest.join("|")})`],
    );
    return `${flags}(?:${branches.join("|")})`;
  });
}

const starts = [
  `^(?:${panicBefore}|(?:fatal error|throw): |\\A(?:--- [A-Z]+: [^\\n]*\\n)?)`,
  `^${panicBefore}`,
  "^(?:fatal error|throw): ",
];

/** Texts without their beginnings, by beginning. */
function grouped(texts: Iterable<string>, beginning: (text: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const start = beginning(text);
    const list = groups.get(start) ?? [];
    groups.set(start, list);
    list.push(text.slice(start.length));
  }
  return groups;
}

function joined(left: readonly Filters[], right: readonly Filters[]): readonly Filters[] {
  return left.flatMap((a) =>
    right.map((b) => ({ hold: [...a.hold, ...b.hold], lack: either([...a.lack, ...b.lack]) })),
  );
}

function distinct(list: readonly Filters[]): readonly Filters[] {
  const seen = new Map<string, Filters>();
  for (const { hold, lack } of list) {
    const filters = { hold: [...new Set(hold)], lack: [...new Set(lack)] };
    if (!filters.hold.some((find) => filters.lack.includes(find))) seen.set(JSON.stringify(filters), filters);
  }
  return [...seen.values()];
}
