import { describe, expect, test } from "vitest";
import { diagnosisJson, jsonReporter, safeJson } from "../../../src/export/json.ts";
import type { CrashReport, Goroutine } from "../../../src/trace/report.ts";
import { findingsOf, KINDS, settingIn, written } from "./example.ts";

describe("JSON", () => {
  test.each(KINDS)("%s: the promised shape, and the crash report unchanged", async (path) => {
    const findings = findingsOf(path);
    const { diagnoses } = JSON.parse(await written(jsonReporter(settingIn("en")), findings));
    expect(diagnoses).toHaveLength(findings.length);
    for (const [index, diagnosis] of diagnoses.entries()) {
      expect(Object.keys(diagnosis).slice(0, 3)).toEqual(["event", "causes", "location"]);
      expect(diagnosis.crash).toEqual(JSON.parse(JSON.stringify(findings[index]!.diagnosis.crash)));
      for (const cause of diagnosis.causes) {
        expect(cause).toEqual(
          expect.objectContaining({
            id: expect.any(String),
            title: expect.any(String),
            confidence: expect.any(Number),
            evidence: expect.any(Array),
          }),
        );
      }
    }
  });

  test("a location that is not known is null", () => {
    const finding = findingsOf("trace/exit/bash-killed-go1.26.txt")[0]!;
    const { location: _, ...diagnosis } = finding.diagnosis;
    const text = [...diagnosisJson({ ...finding, diagnosis })].join("");
    expect(JSON.parse(text).location).toBeNull();
  });

  test("100,000 goroutines come in pieces of bounded size", () => {
    const finding = findingsOf("cli/inputs/deadlock.txt")[0]!;
    const one = finding.diagnosis.crash.goroutines[1]!;
    const goroutines: Goroutine[] = Array.from({ length: 100_000 }, (_, id) => ({ ...one, id }));
    const crash: CrashReport = { ...finding.diagnosis.crash, goroutines, goroutineCount: goroutines.length };
    let longest = 0;
    let total = 0;
    for (const piece of diagnosisJson({ ...finding, diagnosis: { ...finding.diagnosis, crash } })) {
      longest = Math.max(longest, piece.length);
      total += piece.length;
    }
    expect(total).toBeGreaterThan(20_000_000);
    expect(longest).toBeLessThan(200_000);
  });

  test("an empty list of goroutines is one", () => {
    const finding = findingsOf("trace/exit/bash-killed-go1.26.txt")[0]!;
    expect(JSON.parse([...diagnosisJson(finding)].join("")).crash.goroutines).toEqual([]);
  });

  test("characters that act are escaped, and mean the same", () => {
    const value = { text: "\u0007\u007f\u009b\u202e\ufeff\u{e0041}\u{1f600}é" };
    const text = safeJson(value);
    expect(text).toMatch(/^[\x20-\x7eé\u{1f600}]+$/u);
    expect(JSON.parse(text)).toEqual(value);
  });

  test("lines of a followed file count from its beginning", () => {
    const finding = { ...findingsOf("cli/inputs/off-by-one.txt")[0]!, before: { lines: 100, bytes: 4000 } };
    const parsed = JSON.parse([...diagnosisJson(finding)].join(""));
    expect(parsed.crash.lines).toEqual({ first: 101, last: 107 });
    expect(parsed.bytesBefore).toBe(4000);
  });
});
