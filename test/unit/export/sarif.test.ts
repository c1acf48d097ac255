import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { sarifReporter } from "../../../src/export/sarif.ts";
import { findingsIn, findingsOf, KINDS, settingIn, written } from "./example.ts";

/** The official schema, as @microsoft/jest-sarif ships it. It is draft 4, and we use nothing of it that 7 lacks. */
function officialSchema(): ValidateFunction {
  const path = createRequire(import.meta.url).resolve(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  const schema = JSON.parse(readFileSync(path, "utf8"));
  delete schema.$schema;
  delete schema.id;
  // One of its patterns is no valid regular expression with the u flag.
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
}

let valid: ValidateFunction;
beforeAll(() => {
  valid = officialSchema();
});

const root = { root: "/src/llmserver" };

describe("SARIF", () => {
  test.each(KINDS)("%s is valid against the official schema", async (path) => {
    for (const language of ["en", "zh-cn"] as const) {
      const log = JSON.parse(
        await written(sarifReporter(settingIn(language), root), findingsOf(path, language)),
      );
      expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
      expect(log.runs[0].results.length).toBeGreaterThan(0);
    }
  });

  test("no crash, and an input that failed", async () => {
    const run = {
      inputs: [{ name: "a.log", bytes: 0, crashes: 0, error: "a.log: no such file." }],
      repeats: [],
    };
    const log = JSON.parse(await written(sarifReporter(settingIn("en"), root), [], run));
    expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
    expect(log.runs[0].invocations[0].executionSuccessful).toBe(false);
    expect(log.runs[0].results).toEqual([]);
  });

  test("results name their rule by index, each rule once", async () => {
    const findings = [...findingsOf(KINDS[0]), ...findingsOf(KINDS[1]), ...findingsOf(KINDS[0])];
    const [run] = JSON.parse(await written(sarifReporter(settingIn("en"), root), findings)).runs;
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      "runtime/index-out-of-range/off-by-one",
      "runtime/deadlock/no-reader",
    ]);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    }
    expect(run.results[0].partialFingerprints).toEqual(run.results[2].partialFingerprints);
  });

  test("a path below the checkout is relative to it, others are file URIs", async () => {
    const findings = findingsOf("trace/wrapped/compose-index.txt");
    const uriOf = async (folder: string) => {
      const log = JSON.parse(await written(sarifReporter(settingIn("en"), { root: folder }), findings));
      return log.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    };
    expect(await uriOf("/src/llmserver")).toEqual({ uri: "panics/main.go", uriBaseId: "%SRCROOT%" });
    expect(await uriOf("/elsewhere")).toEqual({ uri: "file:///src/llmserver/panics/main.go" });
  });

  test("odd paths stay URIs", async () => {
    const trace = (file: string) =>
      `panic: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.f()\n\t${file}:57 +0x1d\n`;
    for (const file of ["/a b/c#d?e%f.go", "C:\\src\\main.go", "javascript:alert(1).go", "./../x y.go"]) {
      const log = JSON.parse(
        await written(sarifReporter(settingIn("en"), root), findingsIn(trace(file), "odd name: %.log")),
      );
      expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
      const { uri } = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
      expect(uri).not.toMatch(/[ #?\\]|^javascript:/);
    }
  });
});
