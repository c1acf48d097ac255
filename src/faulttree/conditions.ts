/** Walks the conditions of a scenario: its expressions, relations and captures, each with where it stands. */
import type { Condition } from "./schema.ts";

type Path = readonly PropertyKey[];

export interface Expression {
  readonly path: Path;
  readonly source: string;
  /** Relations over this expression's captures. */
  readonly where: readonly string[];
  /** False below `not`, where a match tells nothing. */
  readonly captures: boolean;
}

const messageFields = ["panic", "fatal", "message", "runtimeLine", "native", "text", "source"] as const;

/** Fields that hold an expression themselves or in a field below. */
const expressionFields: readonly (readonly [keyof Condition, string?])[] = [
  ["panicType"],
  ["serving"],
  ["signal", "name"],
  ["frame", "function"],
  ["frame", "file"],
  ["goroutines", "state"],
  ["goroutines", "function"],
  ["goroutines", "createdBy"],
  ["race", "op"],
  ["race", "function"],
  ["test", "name"],
  ["exit", "signal"],
];

/** Fields whose expressions hand their captures on to `says`. */
const capturing = new Set(["panicType", "signal", "frame", "race"]);

/** Every regular expression of a condition and its parts. */
export function* expressionsOf(
  condition: Condition,
  path: Path = [],
  captures = true,
): Generator<Expression> {
  for (const field of messageFields) {
    const part = condition[field];
    if (part)
      yield { path: [...path, field, "match"], source: part.match, where: part.where ?? [], captures };
  }
  for (const [field, inner] of expressionFields) {
    const part = condition[field];
    const source = inner === undefined ? part : (part as Record<string, unknown> | undefined)?.[inner];
    if (typeof source !== "string") continue;
    const at = inner === undefined ? [...path, field] : [...path, field, inner];
    const hands = captures && capturing.has(field) && !(field === "race" && inner === "op");
    yield { path: at, source, where: [], captures: hands };
  }
  for (const { condition: part, path: below, negated } of partsOf(condition, path))
    yield* expressionsOf(part, below, captures && !negated);
}

export interface Part {
  readonly condition: Condition;
  readonly path: Path;
  readonly negated: boolean;
}

/** The conditions directly below all, any and not. */
export function* partsOf(condition: Condition, path: Path): Generator<Part> {
  for (const field of ["all", "any"] as const)
    for (const [i, part] of (condition[field] ?? []).entries())
      yield { condition: part, path: [...path, field, i], negated: false };
  if (condition.not) yield { condition: condition.not, path: [...path, "not"], negated: true };
}
