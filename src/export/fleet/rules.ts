/**
 * The catalogue's events as an ordered list of rules over crash records: the first rule that holds names the event.
 * The order is the one the diagnosis has: priority, then how much a condition asks for, then the id.
 */
import type { IndexedEvent } from "../../faulttree/catalog.ts";
import { specificityOf } from "../../faulttree/match.ts";
import type { Condition } from "../../faulttree/schema.ts";
import { compile, NotExpressible, type Note } from "./compile.ts";
import type { Ask } from "./tests.ts";

export interface Rule {
  readonly event: IndexedEvent;
  readonly ask: Ask;
}

/**
 * `exact`: every condition of the event is asked as it stands. `approximate`: some differ, or some are left out.
 * `none`: no condition can be put to one record; the event is never named.
 */
export type Fidelity = "exact" | "approximate" | "none";

export interface EventRules {
  readonly event: IndexedEvent;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
  /** What kept a condition from being asked, by the catalogue's field. */
  readonly missing: readonly string[];
}

export interface RuleSet {
  readonly rules: readonly Rule[];
  /** One for each event of the catalogue, by id. */
  readonly events: readonly EventRules[];
}

/** Compiles all events. Deterministic. Never throws on a catalogue that the loader accepts. */
export function ruleSet(events: readonly IndexedEvent[]): RuleSet {
  const rules: (Rule & { condition: Condition })[] = [];
  const told: EventRules[] = [];
  for (const event of events) {
    const notes = new Set<Note>();
    const missing = new Set<string>();
    const before = rules.length;
    for (const condition of event.match) {
      const own = new Set<Note>();
      try {
        rules.push({ event, condition, ask: compile(condition, own) });
        for (const note of own) notes.add(note);
      } catch (error) {
        if (!(error instanceof NotExpressible)) throw error;
        missing.add(error.message);
      }
    }
    const fidelity =
      rules.length === before ? "none" : missing.size + notes.size > 0 ? "approximate" : "exact";
    told.push({ event, fidelity, notes: [...notes].sort(), missing: [...missing].sort() });
  }
  rules.sort(
    (a, b) =>
      b.event.priority - a.event.priority ||
      specificityOf(b.condition) - specificityOf(a.condition) ||
      (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0),
  );
  return { rules: rules.map(({ event, ask }) => ({ event, ask })), events: told };
}
