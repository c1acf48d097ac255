/** What the renderers need of the catalogue: the pages of events and causes, and nothing of how they load. */
import type { Cause, Event } from "../faulttree/schema.ts";

/** One file of a scenario's program, path relative to `repro/` or `fixed/`. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

export interface EventPage {
  readonly id: string;
  readonly event: Event;
  /** Ids of its causes, in the catalogue's order. */
  readonly causes: readonly string[];
}

export interface CausePage {
  readonly id: string;
  readonly cause: Cause;
  readonly repro: readonly ExampleFile[];
  readonly fixed: readonly ExampleFile[];
}

/** Looks pages up by id; undefined for an id the catalogue does not have. */
export interface Pages {
  event(id: string): EventPage | undefined;
  cause(id: string): CausePage | undefined;
}
