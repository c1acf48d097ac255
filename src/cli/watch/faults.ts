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
}

/** Faults that had to make room: their crashes stay counted. */
export interface Others {
  faults: number;
  count: number;
  last: number;
}

/** More series than this are no help to anyone, and a burden on whoever scrapes them. */
export const FAULTS_KEPT = 1000;

export class Faults {
  /** Least recently seen first. */
  private readonly entries = new Map<string, Fault>();
  readonly others: Others = { faults: 0, count: 0, last: 0 };
  crashes = 0;

  constructor(private readonly limit = FAULTS_KEPT) {}

  /** Counts a crash of a known fault; undefined when it is a new one. */
  again(fingerprint: string, now: number): Fault | undefined {
    const fault = this.entries.get(fingerprint);
    if (!fault) return undefined;
    this.crashes++;
    fault.count++;
    fault.last = now;
    this.entries.delete(fingerprint);
    this.entries.set(fingerprint, fault);
    return fault;
  }

  /** Takes a new fault. Returns the one that made room for it. */
  add(fault: Fault): Fault | undefined {
    this.crashes += fault.count;
    this.entries.set(fault.fingerprint, fault);
    if (this.entries.size <= this.limit) return undefined;
    const oldest = this.entries.values().next().value!;
    this.entries.delete(oldest.fingerprint);
    this.others.faults++;
    this.others.count += oldest.count;
    this.others.last = Math.max(this.others.last, oldest.last);
    return oldest;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Least recently seen first. */
  all(): IterableIterator<Fault> {
    return this.entries.values();
  }

  /** Most frequent first; equal ones by fingerprint. */
  ranked(): Fault[] {
    return [...this.entries.values()].sort(
      (a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1),
    );
  }
}
