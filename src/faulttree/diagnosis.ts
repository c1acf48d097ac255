import type { ByteRange, CrashReport } from "../trace/report.ts";

export type Language = "en" | "zh-cn";

/** One piece of evidence, for or against. */
export interface EvidenceFound {
  readonly id: string;
  /** Positive speaks for the cause, negative against. */
  readonly weight: number;
  readonly says: string;
  /** The bytes of the input that show it, where single bytes do. */
  readonly at?: ByteRange;
}

export interface RankedCause {
  readonly id: string;
  readonly title: string;
  /** 0 to 1. All causes and "something else" add up to 1. */
  readonly confidence: number;
  readonly evidence: readonly EvidenceFound[];
  /** Evidence that could not be judged, and what it would need: source, binary, version. */
  readonly unknown: readonly { readonly id: string; readonly needs: string }[];
}

/** The line to look at first. */
export interface Location {
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
  /** `user` for the first user frame, `native` for a native line, `runtime` where nothing better stands. */
  readonly basis: "user" | "native" | "runtime" | "created-by";
  /** Source around the line, where it was found on this machine. */
  readonly source?: {
    readonly path: string;
    readonly first: number;
    readonly lines: readonly string[];
  };
}

/** Goroutines with equal stacks. `similar` joins stacks that differ only in argument values. */
export interface GoroutineGroup {
  readonly count: number;
  readonly states: Readonly<Record<string, number>>;
  readonly ids: readonly number[];
  readonly maxWaitMinutes?: number;
  /** Index in `crash.goroutines` of the one shown for all. */
  readonly sample: number;
}

export interface Diagnosis {
  /** `unknown/KIND` where no event of the catalogue matches. */
  readonly event: { readonly id: string; readonly title: string };
  /** Best first. Empty only for unknown events. */
  readonly causes: readonly RankedCause[];
  /** What tells the first two causes apart, when they are close. */
  readonly question?: string;
  readonly location?: Location;
  readonly groups: readonly GoroutineGroup[];
  readonly nextSteps: readonly string[];
  readonly crash: CrashReport;
}
