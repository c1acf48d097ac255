/** What the program and its reading threads say to each other. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { CrashReport } from "../../trace/index.ts";

/** Given to a thread when it starts. */
export interface WorkerSetting {
  readonly language: Language;
  /** The report shows equal crashes once: a repeat may come without its text. */
  readonly collapses: boolean;
}

export type ToWorker =
  | {
      readonly kind: "read";
      readonly job: number;
      readonly name: string;
      /** A core is idle: the second half of a large file may have it. */
      readonly split: boolean;
    }
  /** What stood in messages of this weight has been written. */
  | { readonly kind: "taken"; readonly weight: number };

/** Different texts of a file whose repeats come without their text. */
export const REPEATABLE = 200;
/** Goroutines of a report that is small enough to be kept for its repeats. */
export const SMALL_DUMP = 64;

/** A crash, or the number of an equal one of the same job with its own lines. */
export type Crash =
  | { readonly report: CrashReport }
  | { readonly like: number; readonly at: CrashReport["at"]; readonly lines: CrashReport["lines"] };

export type FromWorker =
  | {
      readonly kind: "crashes";
      readonly job: number;
      readonly crashes: readonly Crash[];
      readonly weight: number;
    }
  | { readonly kind: "progress"; readonly job: number; readonly read: number }
  | {
      readonly kind: "done";
      readonly job: number;
      readonly bytes: number;
      readonly head: Uint8Array;
      readonly error?: string;
      /** The input could not be opened: nothing of it was read. */
      readonly refused?: boolean;
    };
