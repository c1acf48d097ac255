import type { StackGroup } from "../trace/group.ts";
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
  /** 0 to 1. The causes of an `or` event and "something else" add up to 1. */
  readonly confidence: number;
  readonly evidence: readonly EvidenceFound[];
  /** Evidence that could not be judged, and what it would need: words of `Need`, joined by a comma. */
  readonly unknown: readonly { readonly id: string; readonly needs: string }[];
  readonly severity?: Severity;
}

export type Severity = "critical" | "high" | "medium" | "low";

/**
 * What a condition could not be judged without. source: the file at the location. binary: its build information.
 * version: the Go version. stack: frames that are cut away. goroutines: those the text does not show.
 * arguments: words the compiler did not keep. signal: its code or address. exit: how the process ended.
 */
export type Need = "source" | "binary" | "version" | "stack" | "goroutines" | "arguments" | "signal" | "exit";

/** Finds the text of a source file named in a trace. Undefined when it is not here; never throws. */
export interface SourceReader {
  find(file: string, functionName: string): { readonly path: string; readonly text: string } | undefined;
}

/** What the program's binary tells of its build. Absent fields are not known. */
export interface BuildInfo {
  /** `1.24.3` or `go1.24.3`. */
  readonly goVersion?: string;
  readonly race?: boolean;
  readonly stripped?: boolean;
  readonly trimpath?: boolean;
  readonly cgo?: boolean;
}

/** What a diagnosis may use beside the report. All of it is optional. */
export interface DiagnosisContext {
  readonly source?: SourceReader;
  readonly build?: BuildInfo;
  /** `en` where absent. */
  readonly language?: Language;
  /** The crash text, unwrapped; without it `text` conditions see the lines the report holds. */
  readonly text?: string;
  /** The text was made of a core: nobody needs to be told to get one. */
  readonly ofCore?: boolean;
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

/** Goroutines with equal stacks; argument values may differ. */
export type GoroutineGroup = StackGroup;

export interface Diagnosis {
  /** `unknown/KIND` where no event of the catalogue matches. */
  readonly event: {
    readonly id: string;
    readonly title: string;
    /** What is certain, whatever the cause. Absent for unknown events. */
    readonly proves?: string;
    readonly severity?: Severity;
    /** `and`: the causes below are needed together, and each is judged on its own. */
    readonly gate?: "or" | "and";
  };
  /** Other events of the catalogue that the report also matches, best first. */
  readonly alsoMatches?: readonly { readonly id: string; readonly title: string }[];
  /** Best first. Empty for unknown events, and where the text rules every known cause out. */
  readonly causes: readonly RankedCause[];
  /** What tells the first two causes apart, when they are close. */
  readonly question?: string;
  readonly location?: Location;
  readonly groups: readonly GoroutineGroup[];
  readonly nextSteps: readonly string[];
  readonly crash: CrashReport;
}
