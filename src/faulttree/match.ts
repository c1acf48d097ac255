/** Which events of the catalogue a report belongs to. */
import type { ByteRange } from "../trace/report.ts";
import type { Catalog, IndexedEvent } from "./catalog.ts";
import { evaluate } from "./evaluate.ts";
import type { Facts } from "./facts.ts";
import type { Condition } from "./schema.ts";

export interface MatchedEvent {
  readonly event: IndexedEvent;
  /** The bytes of the report that its condition rests on, where it names some. */
  readonly at?: ByteRange;
}

/**
 * Events the report certainly belongs to, best first: higher priority, then the more specific condition, then
 * the id. A condition that cannot be judged does not match.
 */
export function matchEvents(catalog: Catalog, facts: Facts): MatchedEvent[] {
  const matched: (MatchedEvent & { specificity: number })[] = [];
  for (const event of catalog.events) {
    let best: (MatchedEvent & { specificity: number }) | undefined;
    for (const condition of event.match) {
      const verdict = evaluate(condition, facts);
      if (verdict.is !== "true") continue;
      const specificity = specificityOf(condition);
      if (!best || specificity > best.specificity)
        best = { event, specificity, ...(verdict.at && { at: verdict.at }) };
    }
    if (best) matched.push(best);
  }
  return matched.sort(
    (a, b) =>
      b.event.priority - a.event.priority ||
      b.specificity - a.specificity ||
      (a.event.id < b.event.id ? -1 : 1),
  );
}

const known = new WeakMap<Condition, number>();

/** How much a condition asks for: fields count first, then the length of its expressions. */
export function specificityOf(condition: Condition): number {
  let specificity = known.get(condition);
  if (specificity === undefined) {
    specificity = measure(condition);
    known.set(condition, specificity);
  }
  return specificity;
}

const perField = 1000;

function measure({ all, any, not, ...fields }: Condition): number {
  let sum = 0;
  for (const value of Object.values(fields)) if (value !== undefined) sum += perField + textLength(value);
  for (const part of all ?? []) sum += measure(part);
  // Only one of them holds for certain: the least that may be.
  if (any) sum += Math.min(...any.map(measure));
  if (not) sum += perField / 2;
  return sum;
}

function textLength(value: unknown): number {
  if (typeof value === "string") return Math.min(value.length, 200);
  if (typeof value !== "object" || value === null) return 1;
  return Math.min(
    Object.values(value).reduce((sum: number, part) => sum + textLength(part), 0),
    perField - 1,
  );
}
