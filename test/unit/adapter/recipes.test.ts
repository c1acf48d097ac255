/** What `sees` promises was proven in Delve's console; the adapter must see it too. */
import { describe, expect, it, vi } from "vitest";
import { through } from "./catalogue.ts";

vi.setConfig({ testTimeout: 90_000 });

/** One of each kind of step: watchpoints, a stop in the runtime, a condition, a log, memory, the program's own end. */
const LIVE = [
  "runtime/nil-map-write/never-made",
  "runtime/index-out-of-range/stale-slot",
  "runtime/sync-misuse/inconsistent-mutex",
  "native/runtime-fault/channel-overwritten",
  "native/threads/thread-limit",
  "runtime/deadlock/once-inside-itself",
  "runtime/reflect/not-assignable",
  "runtime/goroutine-leak/worker-not-stopped",
];
const CORE = [
  "runtime/arithmetic/empty-pool",
  "runtime/grpc/metadata-odd-pairs",
  "native/callback/panic-on-foreign-thread",
  "runtime/stack/no-progress",
];

/** `live:ID,core:ID,...` runs others. */
const named = process.env.GOLM_RECIPES?.split(",").map(
  (each) => each.split(":") as ["live" | "core", string],
);
const wanted = named ?? [
  ...LIVE.map((id) => ["live", id] as const),
  ...CORE.map((id) => ["core", id] as const),
];

describe("the adapter sees what the recipe promises", () => {
  it.each(wanted)("%s %s", async (kind, id) => {
    const { seen, unseen, expected, heard } = await through(id, kind);
    expect(unseen, heard.join("\n")).toEqual([]);
    expect(seen.length, heard.join("\n")).toBeGreaterThanOrEqual(expected);
  });
});
