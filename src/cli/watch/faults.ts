/** What was seen, one entry for each fingerprint, in bounded memory. */
import type { Location } from "../../faulttree/diagnosis.ts";

/** A fault and how often it came. Times are milliseconds since 1970. */
export interface Fault {
  readonly fingerprint: string;
  readonly event: { readonly id: string; readonly title: string };
  readonly cause?: { readonly id: string; readonly title: string; readonly confidence: number };
  readonly location?: Pick<Location, "function" | "file" | "line">;
  /** The line that says what happened, as the program printed it. */
  readonly header: string;
  /** Where it was seen first. */
  readonly input: string;
  readonly first: number;
  last: number;
  count: number;
  /** The part of `count` that the series `other` holds. */
  folded?: number;
}

/** Crashes that are counted together. */
export interface Others {
  faults: number;
  count: number;
  last: number;
}

/** More series than this are no help to anyone, and a burden on whoever scrapes them. */
const EXPOSED = 1000;
/** Faults that are known when they come again, so that they are not told as new. */
const KNOWN = 5000;

export class Faults {
  /** All that are known, least recently seen first. */
  private readonly known = new Map<string, Fault>();
  /** The most recently seen of them, in the same order: those with a series of their own. */
  private readonly exposed = new Map<string, Fault>();
  /** Crashes whose fault had a series once and lost it. Only grows, as a counter must. */
  readonly folded: Others = { faults: 0, count: 0, last: 0 };
  /** Crashes of faults that are not known any more. */
  readonly forgotten: Others = { faults: 0, count: 0, last: 0 };
  crashes = 0;

  constructor(
    private readonly limit = EXPOSED,
    private readonly knownLimit = KNOWN,
  ) {}

  /** Counts a crash of a known fault; undefined when it is a new one. */
  again(fingerprint: string, now: number): Fault | undefined {
    const fault = this.known.get(fingerprint);
    if (!fault) return undefined;
    this.crashes++;
    fault.count++;
    fault.last = now;
    this.known.delete(fingerprint);
    this.known.set(fingerprint, fault);
    this.expose(fault);
    return fault;
  }

  /** Takes a new fault. Returns the one that is forgotten for it. */
  add(fault: Fault): Fault | undefined {
    this.crashes += fault.count;
    this.known.set(fault.fingerprint, fault);
    this.expose(fault);
    if (this.known.size <= this.knownLimit) return undefined;
    const oldest = this.known.values().next().value!;
    this.known.delete(oldest.fingerprint);
    move(oldest, oldest.count, this.forgotten);
    return oldest;
  }

  /** All that are known, least recently seen first. */
  all(): IterableIterator<Fault> {
    return this.known.values();
  }

  /** Those with a series, and the counter's value. After a time without a series it starts anew. */
  *series(): Generator<{ readonly fault: Fault; readonly value: number }> {
    for (const fault of this.exposed.values()) yield { fault, value: fault.count - (fault.folded ?? 0) };
  }

  /** Most frequent first; equal ones by fingerprint. */
  ranked(): Fault[] {
    return [...this.known.values()].sort(
      (a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1),
    );
  }

  private expose(fault: Fault): void {
    this.exposed.delete(fault.fingerprint);
    this.exposed.set(fault.fingerprint, fault);
    if (this.exposed.size <= this.limit) return;
    const oldest = this.exposed.values().next().value!;
    this.exposed.delete(oldest.fingerprint);
    move(oldest, oldest.count - (oldest.folded ?? 0), this.folded);
    oldest.folded = oldest.count;
  }
}

function move(fault: Fault, count: number, to: Others): void {
  to.faults++;
  to.count += count;
  to.last = Math.max(to.last, fault.last);
}
