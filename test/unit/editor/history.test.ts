import { describe, expect, test } from "vitest";
import {
  clearedBy,
  type Entry,
  isKey,
  isNews,
  newestFirst,
  overflow,
  parseEntry,
  type Seen,
  seenAgain,
} from "../../../src/editor/history.ts";

const seen = (more: Partial<Seen> = {}): Seen => ({
  key: "0123456789abcdef",
  kind: "panic",
  header: "panic: x",
  origin: { kind: "terminal", label: "go run .", scope: "run" },
  time: 1000,
  asked: false,
  ...more,
});

describe("a crash that comes again", () => {
  test("is counted, with its times", () => {
    const first = seenAgain(undefined, seen());
    const second = seenAgain(first, seen({ time: 9000 }));
    expect(second).toMatchObject({ count: 2, first: 1000, times: [9000, 1000], live: true });
    expect(first.count).toBe(1);
  });

  test("is not counted when it is only looked at, or heard from two sides", () => {
    const first = seenAgain(undefined, seen());
    expect(seenAgain(first, seen({ time: 9000, asked: true })).count).toBe(1);
    const debug = { kind: "debug", label: "Launch" } as const;
    expect(seenAgain(first, seen({ time: 2000, origin: debug })).count).toBe(1);
    expect(seenAgain(first, seen({ time: 9000, origin: debug })).count).toBe(2);
  });

  test("is not counted when the recorder tells of a run that was heard long ago", () => {
    const record = { folder: "file:///records/1", core: "file:///records/1/core" };
    const recorder = { kind: "recorder", label: "beam.test" } as const;
    const heard = seenAgain(undefined, seen({ time: 5000 }));
    const told = seenAgain(heard, seen({ time: 90_000, origin: recorder, record, since: 4000 }));
    expect(told).toMatchObject({ count: 1, origin: { kind: "terminal" }, record });
    const other = seenAgain(heard, seen({ time: 90_000, origin: recorder, record, since: 60_000 }));
    expect(other).toMatchObject({ count: 2, origin: recorder, record });
    // A record knows when its run began: one that began behind the last crash is another, however soon it came.
    const next = seenAgain(heard, seen({ time: 6500, origin: recorder, record, since: 5500 }));
    expect(next).toMatchObject({ count: 2, origin: recorder, record });
  });

  test("keeps where it ran when the recorder was first", () => {
    const record = { folder: "file:///records/1" };
    const told = seenAgain(undefined, seen({ origin: { kind: "recorder", label: "beam.test" }, record }));
    expect(told.record).toEqual(record);
    const heard = seenAgain(told, seen({ time: 1500 }));
    expect(heard).toMatchObject({ count: 1, origin: { kind: "terminal", scope: "run" }, record });
  });

  test("is live again after it was cleared", () => {
    const mended: Entry = { ...seenAgain(undefined, seen()), live: false };
    expect(seenAgain(mended, seen({ time: 9000 })).live).toBe(true);
  });

  test("stays cleared when the same crash is heard from another side a moment later", () => {
    const cleared: Entry = { ...seenAgain(undefined, seen()), live: false };
    const debug = { kind: "debug", label: "Launch" } as const;
    expect(seenAgain(cleared, seen({ time: 2000, origin: debug }))).toMatchObject({ count: 1, live: false });
  });

  test("keeps few of its times", () => {
    let entry = seenAgain(undefined, seen());
    for (let i = 1; i < 100; i++) entry = seenAgain(entry, seen({ time: 1000 + 5000 * i }));
    expect(entry.count).toBe(100);
    expect(entry.times).toHaveLength(20);
    expect(entry.first).toBe(1000);
  });
});

test("the oldest are forgotten first", () => {
  const entries = [3, 1, 2].map((n) => seenAgain(undefined, seen({ key: `000000000000000${n}`, time: n })));
  expect(newestFirst(entries).map(({ times }) => times[0])).toEqual([3, 2, 1]);
  expect(overflow(entries, 2)).toEqual(["0000000000000001"]);
});

test("a clean run clears what the same thing reported, and the same test", () => {
  const entry = seenAgain(undefined, seen({ test: "TestSum" }));
  expect(clearedBy(entry, "run")).toBe(true);
  expect(clearedBy(entry, "other")).toBe(false);
  expect(clearedBy(entry, "other", "TestSum")).toBe(true);
  expect(clearedBy(seenAgain(undefined, seen()), "other", "TestSum")).toBe(false);
});

describe("a stored entry", () => {
  test("comes back as it was", () => {
    const entry = seenAgain(undefined, seen());
    expect(parseEntry(JSON.stringify(entry))).toEqual(entry);
  });

  test.each(["", "{", "null", "[]", "7", '{"key":"../../etc/passwd"}', '{"key":"0123456789abcdef"}'])(
    "%s is none",
    (text) => {
      expect(parseEntry(text)).toBeUndefined();
    },
  );

  test("has a key that is no path", () => {
    expect(isKey("0123456789abcdef")).toBe(true);
    for (const key of ["../0123456789abc", "0123456789ABCDEF", "0123456789abcdef0", 5, undefined])
      expect(isKey(key)).toBe(false);
  });
});

test("exit statuses and healthy dumps are no news", () => {
  expect(isNews("exit-status", { signal: "SIGINT" })).toBe(false);
  expect(isNews("exit-status", undefined)).toBe(false);
  expect(isNews("exit-status", { signal: "SIGSEGV" })).toBe(true);
  expect(isNews("exit-status", { oomKilled: true })).toBe(true);
  expect(isNews("goroutine-dump", undefined)).toBe(false);
  expect(isNews("race", undefined)).toBe(true);
});
