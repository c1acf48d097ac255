/**
 * The compiled catalogue as the program uses it. Two JSON files: the index holds what a diagnosis needs, the
 * pages hold the prose, recipes and fixes, which only a reader of one scenario needs.
 */
import { useTranslations } from "./re2.ts";
import type { Cause, Condition, Event, Evidence } from "./schema.ts";

export const catalogFormat = 1;

export interface IndexedEvent {
  readonly id: string;
  readonly title: Event["title"];
  readonly proves: Event["proves"];
  readonly severity: Event["severity"];
  readonly gate: Event["gate"];
  readonly match: readonly Condition[];
  readonly priority: number;
}

export interface IndexedCause {
  readonly id: string;
  readonly event: string;
  readonly title: Cause["title"];
  readonly severity: Cause["severity"];
  readonly kind: Cause["kind"];
  readonly llm: boolean;
  readonly prior: number;
  readonly evidence: readonly Evidence[];
  readonly verify: Cause["verify"];
  readonly separates: Cause["separates"];
  readonly go: string;
}

/** `dist/catalog.json`. Events and causes are sorted by id. */
export interface CatalogIndex {
  readonly format: number;
  readonly events: readonly IndexedEvent[];
  readonly causes: readonly IndexedCause[];
  /** Every expression of the conditions, translated for JavaScript: see useTranslations. */
  readonly expressions?: Readonly<Record<string, string>>;
}

/** A file of repro/ or fixed/, by its path in that folder. One side is absent where only the other has it. */
export interface FixFile {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** All of a cause.yaml that its index entry does not hold, and the sources of its fix. */
export interface CausePage extends Omit<Cause, Exclude<keyof IndexedCause, "id">> {
  readonly files: readonly FixFile[];
}

export interface EventPage {
  readonly references: Event["references"];
}

/** `dist/catalog-pages.json`. */
export interface CatalogPages {
  readonly format: number;
  readonly events: Readonly<Record<string, EventPage>>;
  readonly causes: Readonly<Record<string, CausePage>>;
}

/** Causes that are read when they are asked for. */
export interface CauseSource {
  of(event: string): readonly IndexedCause[];
  all(): readonly IndexedCause[];
}

/** The index with its causes at hand, or still to be read. */
export type OpenIndex = Omit<CatalogIndex, "causes"> & {
  readonly causes: readonly IndexedCause[] | CauseSource;
};

export class Catalog {
  readonly events: readonly IndexedEvent[];
  private readonly source: CauseSource;
  private readonly eventById = new Map<string, IndexedEvent>();
  private readonly causesByEvent = new Map<string, readonly IndexedCause[]>();
  private loaded: CatalogPages | undefined;

  /**
   * Takes the two parsed JSON files; the second as a function, called when a page is first asked for.
   * Throws when either was written by another version of this program.
   */
  constructor(
    index: OpenIndex,
    private readonly pages?: () => CatalogPages,
  ) {
    if (index.format !== catalogFormat) throw new Error(staleMessage);
    if (index.expressions) useTranslations(index.expressions);
    this.events = index.events;
    this.source = "of" in index.causes ? index.causes : sourceOf(index.causes);
    for (const event of index.events) this.eventById.set(event.id, event);
  }

  /** All causes. */
  get causes(): readonly IndexedCause[] {
    return this.source.all();
  }

  event(id: string): IndexedEvent | undefined {
    return this.eventById.get(id);
  }

  cause(id: string): IndexedCause | undefined {
    return this.causesOf(id.slice(0, Math.max(0, id.lastIndexOf("/")))).find((cause) => cause.id === id);
  }

  /** The causes of an event, by id. Empty for an unknown event. */
  causesOf(event: string): readonly IndexedCause[] {
    let causes = this.causesByEvent.get(event);
    if (!causes) {
      causes = this.source.of(event);
      this.causesByEvent.set(event, causes);
    }
    return causes;
  }

  /** Prose, recipes and fix of a cause. Undefined for an unknown id. Throws when there are no pages to read. */
  page(cause: string): CausePage | undefined {
    return own(this.load().causes, cause);
  }

  /** References of an event. Undefined for an unknown id. Throws when there are no pages to read. */
  eventPage(event: string): EventPage | undefined {
    return own(this.load().events, event);
  }

  private load(): CatalogPages {
    if (!this.loaded) {
      if (!this.pages) throw new Error("This catalogue was opened without its pages.");
      this.loaded = this.pages();
      if (this.loaded.format !== catalogFormat) throw new Error(staleMessage);
    }
    return this.loaded;
  }
}

function sourceOf(causes: readonly IndexedCause[]): CauseSource {
  return { all: () => causes, of: (event) => causes.filter((cause) => cause.event === event) };
}

const staleMessage = "The catalogue was built by another version of golm-faultcheck. Build it again.";

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
