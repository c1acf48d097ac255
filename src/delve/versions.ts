/** Versions of Delve and the Go releases each reads. Pure. */

/** What is installed on request and what the tests run with. */
export const PINNED_DELVE = "1.27.1";
/** The oldest with all the calls used here (one port for DAP and JSON-RPC, goroutine groups, dumps). */
export const OLDEST_DELVE = "1.22.0";

/**
 * Go releases 1.MIN to 1.MAX that Delve 1.MINOR reads. Source: pkg/goversion/compat.go of the newest patch release
 * of each.
 */
const GO_RELEASES: Readonly<Record<number, readonly [min: number, max: number]>> = {
  22: [19, 22],
  23: [21, 23],
  24: [21, 24],
  25: [22, 25],
  26: [24, 26],
  27: [25, 27],
};

/** The newest patch release of each generation, for those who must go back to one. */
const NEWEST_PATCH: Readonly<Record<number, string>> = {
  22: "1.22.1",
  23: "1.23.1",
  24: "1.24.2",
  25: "1.25.2",
  26: "1.26.3",
  27: PINNED_DELVE,
};

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As printed, without a `v` or `go` before it: `1.27.1`, `1.24rc1`. */
  readonly text: string;
}

/** Reads `1.27.1`, `go1.24`, `v1.9.0-dev`, `devel go1.28-abc`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^(?:devel )?(?:go|v)?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+ a-z].{0,60})?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const shown = /^(?:devel )?(?:go|v)?(\S+)/.exec(text.trim())![1]!;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0), text: shown };
}

/** Negative, zero or positive, as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** `old` and `new-generation` cannot be used; `untried` may. */
export type DelveFitness = "tried" | "untried" | "old" | "new-generation";

export function delveFitness(version: Version): DelveFitness {
  if (compareVersions(version, parseVersion(OLDEST_DELVE)!) < 0) return "old";
  if (version.major > 1) return "new-generation";
  return version.minor > parseVersion(PINNED_DELVE)!.minor ? "untried" : "tried";
}

/**
 * What an editor gets of Delve since when; everything else is there from the oldest on. Source: service/dap/server.go of
 * 1.22.0 to 1.27.2, and the adapter's tests run with each generation.
 */
const SINCE = {
  memory: "1.26.0",
  hitConditions: "1.26.1",
  dataBreakpoints: "1.26.2",
  memoryChanges: "1.27.0",
} as const;

export type DelveFeature = keyof typeof SINCE;

/** What a Delve has not got yet, and the oldest that has it all. */
export function lacking(delve: Version): {
  readonly features: readonly DelveFeature[];
  readonly since: string;
} {
  const lacks = (since: string) => compareVersions(delve, parseVersion(since)!) < 0;
  const features = (Object.keys(SINCE) as DelveFeature[]).filter((name) => lacks(SINCE[name]));
  return { features, since: SINCE.memoryChanges };
}

export interface GoRange {
  /** `1.25` */
  readonly oldest: string;
  readonly newest: string;
}

/** The Go releases a Delve reads; undefined where this table does not know the Delve. */
export function goReleasesOf(delve: Version): GoRange | undefined {
  const range = delve.major === 1 ? GO_RELEASES[delve.minor] : undefined;
  return range && { oldest: `1.${range[0]}`, newest: `1.${range[1]}` };
}

/** Whether a Delve reads programs of a Go release; `unknown` where the table does not know the Delve. */
export function readsGo(delve: Version, go: Version): "yes" | "go-too-old" | "go-too-new" | "unknown" {
  const range = delve.major === 1 ? GO_RELEASES[delve.minor] : undefined;
  if (!range || go.major !== 1) return "unknown";
  if (go.minor < range[0]) return "go-too-old";
  return go.minor > range[1] ? "go-too-new" : "yes";
}

/** The oldest Go release that any Delve usable here reads: `1.19`. */
export function oldestGo(): string {
  return `1.${Math.min(...Object.values(GO_RELEASES).map(([min]) => min))}`;
}

/** The newest Delve that still reads a Go release; undefined where none known here does. */
export function delveForGo(go: Version): string | undefined {
  const fitting = Object.entries(GO_RELEASES)
    .filter(([, [min, max]]) => go.major === 1 && min <= go.minor && go.minor <= max)
    .map(([minor]) => Number(minor));
  return fitting.length > 0 ? NEWEST_PATCH[Math.max(...fitting)] : undefined;
}
