// What is no crash must give no diagnosis: logs of services in good health, and what the fixed programs print.
import { describe, expect, test } from "vitest";
import { needsDiagnosis } from "../../../src/verify/judge.ts";
import { selectScenarios } from "../../../src/verify/scenario.ts";
import { serviceLogs } from "./service-logs.ts";
import { catalog, diagnoseText, texts } from "./texts.ts";

const found = (text: string) =>
  diagnoseText(text).map(
    ({ event, crash }) => `${event.id}: ${text.slice(crash.at.start, crash.at.start + 160)}`,
  );

describe("ten thousand lines of service logs", () => {
  const lines = serviceLogs(10_000);

  test("are the same on every run, in many forms", () => {
    expect(serviceLogs(50)).toEqual(lines.slice(0, 50));
    expect(new Set(lines).size).toBeGreaterThan(7000);
  });

  test("give no diagnosis as one stream", () => {
    expect(found(`${lines.join("\n")}\n`)).toEqual([]);
  });

  test("give no diagnosis line by line", () => {
    expect([...new Set(lines)].slice(0, 2000).flatMap((line) => found(`${line}\n`))).toEqual([]);
  });

  test("hide no crash among them, and take no part in it", () => {
    const crash = texts["runtime/nil-map-write/nested-map"]!.repro!;
    const alone = diagnoseText(crash).map(({ event, causes }) => [event.id, causes.map(({ id }) => id)]);
    const amid = `${lines.slice(0, 500).join("\n")}\n${crash}${lines.slice(500, 1000).join("\n")}\n`;
    expect(diagnoseText(amid).map(({ event, causes }) => [event.id, causes.map(({ id }) => id)])).toEqual(
      alone,
    );
  });
});

describe("the fixed programs", () => {
  test("print nothing that gives a diagnosis", () => {
    const fixed = Object.entries(texts).filter(([, { fixed }]) => fixed !== undefined);
    const wrong = fixed.flatMap(([id, { fixed: text }]) => found(text!).map((what) => `${id}: ${what}`));
    expect(fixed.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });
});

describe("silent faults", () => {
  test("print nothing that gives a diagnosis, unless the scenario says so", () => {
    const silent = selectScenarios(catalog).filter(
      (scenario) => scenario.kind === "silent" && !needsDiagnosis(scenario),
    );
    const wrong = silent.flatMap(({ id }) => found(texts[id]?.repro ?? "").map((what) => `${id}: ${what}`));
    expect(wrong).toEqual([]);
  });
});
