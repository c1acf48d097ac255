import { describe, expect, it } from "vitest";
import type { Diagnosis } from "../../../src/faulttree/diagnosis.ts";
import {
  type Diagnosed,
  type Expectation,
  judgeFixed,
  judgeRepro,
  rankOf,
  terminalText,
} from "../../../src/verify/judge.ts";
import type { RunOutcome } from "../../../src/verify/limits.ts";

const outcome = (extra: Partial<RunOutcome> & { text?: string } = {}): RunOutcome => ({
  output: Buffer.from(extra.text ?? ""),
  truncated: false,
  seconds: 0.1,
  ...(extra.signal ? {} : { status: 2 }),
  ...extra,
});

const expected = (
  extra: Partial<Expectation["expect"]> = {},
  kind: Expectation["kind"] = "panic",
): Expectation => ({
  cause: "runtime/e/mine",
  event: "runtime/e",
  kind,
  expect: { rank: 1, ...extra },
});

/** A diagnosis with these causes, by confidence. */
function found(confidences: Record<string, number>, event = "runtime/e", place = "main.f"): Diagnosed {
  const causes = Object.entries(confidences).map(([id, confidence]) => ({
    id: `runtime/e/${id}`,
    title: id,
    confidence,
    evidence: [],
    unknown: [],
  }));
  const location = { function: place, basis: "user" as const };
  const diagnosis = { event: { id: event, title: event }, causes, location } as unknown as Diagnosis;
  return { report: { kind: "panic", header: "panic: x" } as Diagnosed["report"], diagnosis };
}

describe("judgeRepro", () => {
  it("is content with the cause in front", () => {
    expect(judgeRepro(expected(), outcome(), [found({ mine: 0.9, other: 0.1 })])).toEqual([]);
  });

  it.each<[string, Expectation, RunOutcome, Diagnosed[], RegExp]>([
    ["no crash", expected(), outcome({ status: 0 }), [], /status 0: it did not crash/],
    ["no crash text", expected(), outcome(), [], /no crash was found/],
    [
      "another event",
      expected(),
      outcome(),
      [found({ mine: 1 }, "runtime/o")],
      /expected event runtime\/e, got/,
    ],
    [
      "a lower place",
      expected(),
      outcome(),
      [found({ other: 0.6, mine: 0.4 })],
      /place 1 or before, got place 2/,
    ],
    ["a missing cause", expected(), outcome(), [found({ other: 0.6 })], /not among those ranked/],
    [
      "another place",
      expected({ location: "main.g" }),
      outcome(),
      [found({ mine: 1 })],
      /matching main.g, got main.f/,
    ],
    ["another status", expected({ status: 66 }), outcome(), [found({ mine: 1 })], /status 66, got 2/],
    ["another output", expected({ output: "^y" }), outcome({ text: "x" }), [found({ mine: 1 })], /match \^y/],
    ["time", expected(), outcome({ stopped: "time", seconds: 20 }), [], /did not end within 20 s/],
  ])("finds fault with %s", (_, expectation, run, diagnosed, problem) => {
    expect(judgeRepro(expectation, run, diagnosed).join("\n")).toMatch(problem);
  });

  it("judges by the report of the expected event when there are several", () => {
    const reports = [found({ mine: 1 }, "runtime/o"), found({ mine: 1 })];
    expect(judgeRepro(expected(), outcome(), reports)).toEqual([]);
  });

  it("allows status 0 where the scenario says so", () => {
    expect(judgeRepro(expected({ status: 0 }), outcome({ status: 0 }), [found({ mine: 1 })])).toEqual([]);
  });

  it("counts a signal as a shell does", () => {
    expect(
      judgeRepro(expected({ status: 134 }), outcome({ signal: "SIGABRT" }), [found({ mine: 1 })]),
    ).toEqual([]);
  });

  it("asks a silent fault for its probe's words and status 0, not for a crash", () => {
    const silent = (extra: Partial<Expectation["expect"]>) => expected(extra, "silent");
    expect(judgeRepro(silent({ output: "leaked" }), outcome({ status: 0, text: "leaked 3" }), [])).toEqual(
      [],
    );
    expect(judgeRepro(silent({ output: "leaked" }), outcome({ text: "leaked 3" }), [])).toHaveLength(1);
    expect(judgeRepro(silent({}), outcome({ status: 0 }), [])[0]).toMatch(/needs repro.expect.output/);
  });
});

describe("rankOf", () => {
  it("gives a tie its last place", () => {
    const { diagnosis } = found({ mine: 0.4, other: 0.4, third: 0.2 });
    expect(rankOf("runtime/e/mine", diagnosis)).toBe(2);
    expect(rankOf("runtime/e/third", diagnosis)).toBe(3);
    expect(rankOf("runtime/e/absent", diagnosis)).toBeUndefined();
  });
});

describe("judgeFixed", () => {
  const clean = outcome({ status: 0, text: "total 3\n" });

  it("is content with a clean run", () => {
    expect(judgeFixed(expected(), "^total", clean, [])).toEqual([]);
  });

  it("finds fault with a status, a crash and other words", () => {
    const report = { kind: "panic", header: "panic: x" } as Diagnosed["report"];
    expect(judgeFixed(expected(), "^sum", outcome(), [report])).toEqual([
      "it ended with status 2",
      "a crash was found in its output: panic panic: x",
      "its output does not match ^sum",
    ]);
  });

  it("finds fault with a silent fault that still shows", () => {
    expect(judgeFixed(expected({ output: "total" }, "silent"), undefined, clean, [])).toHaveLength(1);
  });
});

it("shows how a program ended as go run does", () => {
  const text = (run: Partial<RunOutcome> & { text?: string }) => terminalText(outcome(run)).toString();
  expect(text({ text: "x" })).toBe("x\nexit status 2\n");
  expect(text({ signal: "SIGKILL" })).toBe("signal: killed\n");
  expect(text({ status: 0, text: "x" })).toBe("x");
});
