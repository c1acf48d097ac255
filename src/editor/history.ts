/** The crashes a workspace has seen, one entry for each fault. Entries are data; every change makes new ones. */
import type { CrashKind } from "../trace/report.ts";
import type { Kept } from "./records.ts";

export type OriginKind = "terminal" | "task" | "test" | "debug" | "file" | "text" | "recorder";

/** Where a crash was seen. */
export interface Origin {
  readonly kind: OriginKind;
  /** For people: a command line, a task's name, a file. */
  readonly label: string;
  /** Equal for runs of the same thing: a clean one clears what an earlier one reported. */
  readonly scope?: string;
  /** Of a file. */
  readonly uri?: string;
  /** Folder in which it ran: relative paths of the text start there. */
  readonly folder?: string;
}

/** One sentence in both languages: the editor's may change while history stays. */
export interface Both {
  readonly en: string;
  readonly zh: string;
}

export interface Verdict {
  readonly event: string;
  readonly title: Both;
  readonly cause?: { readonly id: string; readonly title: Both; readonly confidence: number };
  /** The line to look at first. `path` where its file was found on this machine, `text` what the line said then. */
  readonly place?: {
    readonly function: string;
    readonly file?: string;
    readonly line?: number;
    readonly path?: string;
    readonly text?: string;
  };
}

export interface Entry {
  /** The fingerprint. */
  readonly key: string;
  readonly kind: CrashKind;
  /** As printed; empty where it is cut away. */
  readonly header: string;
  readonly test?: string;
  readonly count: number;
  /** Milliseconds since the epoch, newest first. */
  readonly times: readonly number[];
  readonly first: number;
  readonly origin: Origin;
  /** Absent until it is diagnosed. */
  readonly verdict?: Verdict;
  /** Whether its marks in the editor are shown. */
  readonly live: boolean;
  /** Of the last run that was recorded. */
  readonly record?: Kept;
}

export interface Seen {
  readonly key: string;
  readonly kind: CrashKind;
  readonly header: string;
  readonly test?: string;
  readonly origin: Origin;
  readonly time: number;
  /** Somebody looks at a text again, and nothing crashed again. */
  readonly asked: boolean;
  /** Of a recorder, which speaks when the run is over: what kept it, and when the run began. */
  readonly record?: Kept;
  readonly since?: number;
}

const TIMES_KEPT = 20;
/** The same crash may be heard twice: by its terminal and by the debugger, or by the recorder. */
const ECHO = 3000;

/** The entry after a crash was seen; `before` is the one of the same key. */
export function seenAgain(before: Entry | undefined, seen: Seen): Entry {
  const { key, kind, header, test, origin, time, asked } = seen;
  const record = seen.record ?? before?.record;
  const more = { ...(record && { record }), live: true };
  if (!before) {
    const first = { count: 1, times: [time], first: time };
    return { key, kind, header, ...(test !== undefined && { test }), origin, ...first, ...more };
  }
  if (asked) return { ...before, ...more };
  // Whoever hears a run knows what it was; the recorder knows its program alone. What was cleared since stays so.
  if (isEcho(before, seen)) {
    const teller = before.origin.kind === "recorder" ? origin : before.origin;
    return { ...before, ...more, origin: teller, live: before.live };
  }
  const times = [time, ...before.times].slice(0, TIMES_KEPT);
  return { ...before, ...more, header: header || before.header, origin, times, count: before.count + 1 };
}

/** Heard from another side a moment ago; of a record, which knows its run, during that run. */
function isEcho(before: Entry, { origin, time, since }: Seen): boolean {
  if (origin.kind === before.origin.kind) return false;
  const last = lastSeen(before);
  return since === undefined ? time - last < ECHO : last >= since;
}

export function lastSeen(entry: Entry): number {
  return entry.times[0] ?? entry.first;
}

/** Newest first. */
export function newestFirst(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => lastSeen(b) - lastSeen(a) || (a.key < b.key ? -1 : 1));
}

/** The keys to forget so that at most `limit` stay. */
export function overflow(entries: Iterable<Entry>, limit: number): string[] {
  return newestFirst(entries)
    .slice(limit)
    .map(({ key }) => key);
}

/** Whether a clean run of `scope` shows that the fault is gone. `test` is the one test that ran. */
export function clearedBy(entry: Entry, scope: string, test?: string): boolean {
  return entry.origin.scope === scope || (test !== undefined && entry.test === test);
}

const KEY = /^[0-9a-f]{16}$/;
const KINDS: readonly string[] = [
  "panic",
  "fatal",
  "signal",
  "race",
  "test-timeout",
  "goroutine-dump",
  "exit-status",
];
const ORIGINS: readonly string[] = ["terminal", "task", "test", "debug", "file", "text", "recorder"];

/** Whether a text can be the key of an entry, and so part of a file name. */
export function isKey(value: unknown): value is string {
  return typeof value === "string" && KEY.test(value);
}

/** An entry read from its file; undefined when it is none. Never throws. */
export function parseEntry(text: string): Entry | undefined {
  let value: Partial<Entry>;
  try {
    value = JSON.parse(text) as Partial<Entry>;
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { key, kind, header, count, times, first, origin, record } = value;
  const whole =
    isKey(key) &&
    KINDS.includes(kind ?? "") &&
    typeof header === "string" &&
    Number.isSafeInteger(count) &&
    Number.isFinite(first) &&
    Array.isArray(times) &&
    times.every(Number.isFinite) &&
    typeof origin?.label === "string" &&
    ORIGINS.includes(origin.kind) &&
    (record === undefined || typeof record?.folder === "string");
  return whole ? (value as Entry) : undefined;
}

/** Noticed without being asked for: a bare exit status and a healthy dump are no news. */
export function isNews(
  kind: CrashKind,
  exit: { readonly signal?: string; readonly oomKilled?: boolean } | undefined,
): boolean {
  if (kind === "goroutine-dump") return false;
  if (kind !== "exit-status") return true;
  // A user ends programs with these all day.
  const everyday = ["SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE"];
  return exit?.oomKilled === true || (exit?.signal !== undefined && !everyday.includes(exit.signal));
}
