/** The exported alerting rules under promtool: each parses, fires over its series, and stays silent over others. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type AlertRule, alertRules, prometheusRules } from "../../../../src/export/fleet/prometheus.ts";
import { lastMinute, promtoolTests } from "../../../../src/export/fleet/promtool.ts";
import { catalog } from "../../crosstalk/texts.ts";
import { promtool, type Ran, requirePromtool } from "./promtool.ts";

const options = { language: "en", own: true, runbookUrl: "https://runbooks.example/{id}" } as const;
const rules = alertRules(catalog, options);
const folder = mkdtempSync(join(tmpdir(), "golm-promtool-"));

beforeAll(requirePromtool, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs each rule's two tests, the rule as given or broken on purpose. */
function tried(
  list: readonly AlertRule[],
  name: string,
  broken: (expr: string) => string = (expr) => expr,
): Ran[] {
  return list.map((rule, i) => {
    const { alert, expr, for: hold, labels, annotations } = rule;
    const written = { alert, expr: broken(expr), for: hold, labels, annotations };
    writeFileSync(
      join(folder, `${name}-${i}.yaml`),
      stringify({ groups: [{ name: "one", rules: [written] }] }),
    );
    writeFileSync(join(folder, `${name}-${i}-test.yaml`), promtoolTests(`${name}-${i}.yaml`, [rule]));
    return promtool(["test", "rules", `${name}-${i}-test.yaml`], folder);
  });
}

const causes = rules.filter(({ event }) => event === undefined);
/** Seventy rules of one form: a few stand for all. */
const faults = rules.filter(({ event }) => event !== undefined).filter((_rule, i) => i % 20 === 0);

describe("the rules for Prometheus", () => {
  test("are accepted by promtool in both languages, with and without own metrics", () => {
    for (const [i, more] of [options, { language: "zh-cn" } as const].entries()) {
      writeFileSync(join(folder, `all-${i}.yaml`), prometheusRules(catalog, more));
      const { status, said } = promtool(["check", "rules", "--lint-fatal", `all-${i}.yaml`], folder);
      expect(said).toMatch(/SUCCESS: \d+ rules found/);
      expect(status).toBe(0);
    }
  }, 60_000);

  test("stand for every cause with a metric and every event", () => {
    const watched = catalog.causes.filter(({ id }) => catalog.page(id)?.watch);
    const explained = causes.flatMap(({ annotations }) => annotations.explain!.split("; "));
    expect(explained.sort()).toEqual(watched.map(({ id }) => `golm-faultcheck explain ${id}`).sort());
    expect(rules.length - causes.length).toBe(catalog.events.length);
  });

  test("fire over their series and stay silent over the others", () => {
    const failed = tried([...causes, ...faults], "as-it-is").filter(({ status }) => status !== 0);
    expect(failed.map(({ said }) => said)).toEqual([]);
  }, 240_000);

  test("fail their tests when they never fire, or always", () => {
    const sample = [
      ...causes.filter((rule) => lastMinute(rule.test.fires) < 200).filter((_rule, i) => i % 3 === 0),
      ...faults.slice(0, 1),
    ];
    const never = tried(sample, "never", (expr) => `(${expr}) and on() vector(0) > 1`);
    expect(never.filter(({ status }) => status === 0)).toEqual([]);
    const always = tried(
      sample.filter(({ event }) => event === undefined),
      "always",
      () => "vector(1)",
    );
    expect(always.filter(({ status }) => status === 0)).toEqual([]);
  }, 240_000);
});
