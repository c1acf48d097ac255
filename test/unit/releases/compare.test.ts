import { describe, expect, test } from "vitest";
import { compare, renderComparison } from "../../golden/releases/compare.ts";
import { normalised } from "../../golden/releases/normal.ts";
import type { Cell } from "../../golden/releases/store.ts";
import { recorded } from "./recordings.ts";

const recording = (cells: Record<string, Cell>) => ({ version: "", cells: new Map(Object.entries(cells)) });

const trace = (address: string, id: number, line: number, state = "running") =>
  `panic: boom\n\ngoroutine ${id} [${state}]:\nmain.(*T).run(${address}, {0x1, 0x2})\n\t/src/faults/a/repro/main.go:7 +0x1d\nsync.(*Mutex).Lock(...)\n\t/usr/local/go/src/sync/mutex.go:${line}\nexit status 2\n`;

describe("two recordings of the same crash", () => {
  test("are equal but for addresses, ids, offsets and lines of the standard library", () => {
    const { equal, changes } = compare(
      recording({ "a/b/c": { text: trace("0xc000012345", 7, 81) } }),
      recording({ "a/b/c": { text: trace("0x2461d08321e0", 34, 90) } }),
    );
    expect({ equal, changes }).toEqual({ equal: 1, changes: [] });
  });

  test("are equal when the other goroutines stand in another order", () => {
    const dump = (...states: string[]) =>
      `fatal error: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/faults/m.go:1 +0x1\n${states.map((state, at) => `\ngoroutine ${at + 2} [${state}]:\nmain.f()\n\t/src/faults/m.go:2 +0x1\n`).join("")}exit status 2\n`;
    const other = dump("select", "chan receive").replace("exit status 2\n", "");
    const swapped = dump("chan receive", "select").replace("exit status 2\n", "");
    expect(normalised(other)).toBe(normalised(swapped));
  });
});

describe("goroutines of the runtime", () => {
  const dump = (...started: string[]) =>
    `fatal error: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/faults/m.go:1 +0x1\n${started.map((by, at) => `\ngoroutine ${at + 2} [idle]:\nruntime.gopark(0x1)\n\t/usr/local/go/src/runtime/proc.go:3 +0x1\ncreated by ${by} in goroutine 1\n\t/usr/local/go/src/runtime/proc.go:5 +0x1\n`).join("")}exit status 2\n`;

  test("show by name when a release has a new one", () => {
    const before = recording({ "a/b/c": { text: dump("runtime.gcenable") } });
    const after = recording({ "a/b/c": { text: dump("runtime.gcenable", "runtime.updater") } });
    expect(compare(before, after).changes[0]!.lines).toContain("\n+(the runtime's: runtime.updater)");
  });

  test("are no difference in another order, or as collectors", () => {
    expect(normalised(dump("runtime.b", "runtime.a", "runtime.gcBgMarkStartWorkers"))).toBe(
      normalised(dump("runtime.a", "runtime.b")),
    );
  });
});

describe("a change of wording", () => {
  test("shows, once for all scenarios that share it", () => {
    const all = (state: string) =>
      recording({
        "a/b/c": { text: trace("0x1", 1, 1, state) },
        "a/b/d": { text: trace("0x2", 2, 2, state) },
      });
    const { changes } = compare(all("semacquire"), all("sync.Mutex.Lock"));
    expect(changes).toHaveLength(1);
    expect(changes[0]!.ids).toEqual(["a/b/c", "a/b/d"]);
    expect(changes[0]!.lines).toContain("-goroutine N [semacquire]:\n+goroutine N [sync.Mutex.Lock]:");
  });

  test("shows a frame that went and a text that is missing", () => {
    const before = recording({ "a/b/c": { text: trace("0x1", 1, 1) }, "a/b/gone": { text: "x\n" } });
    const after = recording({ "a/b/c": { why: "does not build: undefined: f" } });
    const text = renderComparison(compare(before, after));
    expect(text).toContain("+(does not build: undefined: f)");
    expect(text).toContain("only in one of the two:\n  a/b/gone");
  });
});

describe("Go 1.21 and 1.27", () => {
  const [old, now] = ["1.21", "1.27"].map(
    (wanted) => recorded.find(({ release }) => release.release === wanted)!.recording,
  );
  const text = renderComparison(compare(old!, now!));

  test.each([
    ["a fault in C got an address", "-PC=0x? m=N sigcode=1\n+PC=0x? m=N sigcode=1 addr=0x?\n"],
    ["Goexit in a callback got a name", "-fatal error: internal lockOSThread error\n"],
    ["the value of a nil panic became a runtime error", "-panic: panic called with nil argument"],
    ["a Go pointer in C's argument was reworded", "-panic: runtime error: cgo argument has Go pointer"],
  ])("differ: %s", (_, lines) => {
    expect(text).toContain(lines);
  });

  test("are equal in most scenarios", () => {
    expect(compare(old!, now!).equal).toBeGreaterThan(150);
  });
});
