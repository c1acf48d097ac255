/** What every probe hands back: what was looked at, and what was found, in one language. */

/** `good`: as it should be. `doubtful`: may be right, worth a look. `bad`: wrong. `fact`: neither. */
export type Level = "good" | "doubtful" | "bad" | "fact";

/** Counts from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The words of a finding. Values from outside stand in them as they came: who prints them makes them visible. */
export interface Words {
  readonly title: string;
  readonly why?: string;
  readonly todo?: string;
}

export interface Finding extends Words {
  /** Stable name of the check, such as `gctrace`. */
  readonly id: string;
  readonly level: Level;
  /** The catalogue's scenario this leads to. */
  readonly cause?: string;
  readonly place?: Place;
  /** A stack, or values; at most a few lines. */
  readonly lines?: readonly string[];
  /** For programs: the figures behind the words. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface ProbeReport {
  readonly probe: "process" | "goroutines" | "binary" | "dockerfile" | "pod" | "environment";
  /** What was looked at: a file, a URL without its password, `process 4711`. */
  readonly subject: string;
  /** Label and value, in the order to show. */
  readonly facts: readonly (readonly [string, string])[];
  readonly findings: readonly Finding[];
  /** What could not be looked at, and why: a sentence each. */
  readonly missing: readonly string[];
  /** A unified diff that mends what can be mended. */
  readonly diff?: string;
}

export function found(
  id: string,
  level: Level,
  words: Words,
  more: Omit<Finding, "id" | "level" | keyof Words> = {},
): Finding {
  return { id, level, ...words, ...more };
}

/** Worst first; the order within a level stays. */
export function byLevel(findings: readonly Finding[]): Finding[] {
  const order: readonly Level[] = ["bad", "doubtful", "good", "fact"];
  return [...findings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** True where something is to be looked at. */
export function somethingFound(report: ProbeReport): boolean {
  return report.findings.some(({ level }) => level === "bad" || level === "doubtful");
}
