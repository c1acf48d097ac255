/** The exported files as a whole: golden texts over a small catalogue, and what every reader of them relies on. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { literal } from "../../../../src/export/fleet/annotations.ts";
import { grafanaDashboard } from "../../../../src/export/fleet/grafana.ts";
import { lokiRules } from "../../../../src/export/fleet/loki.ts";
import { otelConfiguration } from "../../../../src/export/fleet/otel.ts";
import { prometheusRules } from "../../../../src/export/fleet/prometheus.ts";
import { ruleSet } from "../../../../src/export/fleet/rules.ts";
import { vectorConfiguration } from "../../../../src/export/fleet/vector.ts";
import { Catalog } from "../../../../src/faulttree/catalog.ts";
import type { Language } from "../../../../src/faulttree/diagnosis.ts";
import { index, pages } from "../../cli/catalogue.ts";
import { runner, workFolder } from "../../cli/cli.ts";
import { promtool, requirePromtool } from "./promtool.ts";

const small = new Catalog(index, () => pages);
const set = ruleSet(small.events);
const loki = {
  selector: '{namespace="llm"}',
  by: ["namespace", "pod"],
  runbookUrl: "https://wiki.example/{id}",
};
const golden = join(import.meta.dirname, "../../../golden/fleet");

const made = (language: Language): Readonly<Record<string, string>> => ({
  "prometheus.yaml": prometheusRules(small, { language, own: language === "zh-cn" }),
  "loki.yaml": lokiRules(set, { ...loki, language }),
  "otel.yaml": otelConfiguration(set, language),
  "vector.yaml": vectorConfiguration(set, language),
  "grafana.json": grafanaDashboard(language),
});

describe("exported files", () => {
  for (const language of ["en", "zh-cn"] as const) {
    for (const [name, text] of Object.entries(made(language))) {
      test(`${language} ${name} is the one a person has read`, () => {
        const file = join(golden, `${language}.${name}`);
        if (process.env.UPDATE_GOLDEN) {
          mkdirSync(golden, { recursive: true });
          writeFileSync(file, text);
        }
        expect(existsSync(file)).toBe(true);
        expect(text).toBe(readFileSync(file, "utf8"));
        expect(text).toBe(made(language)[name]);
      });
    }
  }

  test("keep braces, quotes and words that YAML could read as something else", () => {
    expect(literal("a {{ $labels.x }} b")).toBe('a {{"{{"}} $labels.x }} b');
    const odd = "on: 'yes' \"no\" # {{x}} `tick`\n- ~";
    const event = { ...small.events[0]!, title: { en: odd, zh: "否" }, proves: { en: "yes", zh: "0x10" } };
    const file = lokiRules(ruleSet([event]), { ...loki, language: "en" });
    for (const version of ["1.1", "1.2"] as const) {
      const { groups } = parse(file, { version }) as { groups: { rules: { annotations: object }[] }[] };
      expect(groups[0]!.rules[0]!.annotations).toMatchObject({
        summary: literal(odd),
        description: "yes",
        description_zh: "0x10",
      });
    }
  });
});

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

describe("the dashboard", () => {
  const folder = mkdtempSync(join(tmpdir(), "golm-grafana-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const { panels } = JSON.parse(grafanaDashboard("en")) as { panels: Panel[] };

  test("places every panel on the grid and over no other", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const {
      gridPos: { x, y, w, h },
      title,
    } of panels) {
      expect(x + w, title).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          expect(taken.has(`${column} ${line}`), title).toBe(false);
          taken.add(`${column} ${line}`);
        }
    }
  });

  test("asks in PromQL that Prometheus reads", () => {
    requirePromtool();
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const rules = expressions.map((expr, i) => ({
      record: `panel:${i}`,
      expr: expr.replace(/\$__(rate_interval|range)/g, "5m"),
    }));
    writeFileSync(join(folder, "panels.yaml"), stringify({ groups: [{ name: "panels", rules }] }));
    const { status, said } = promtool(["check", "rules", "panels.yaml"], folder);
    expect(said).toContain(`${expressions.length} rules found`);
    expect(status).toBe(0);
  }, 600_000);
});

describe("golm-faultcheck export", () => {
  const folder = workFolder();
  afterAll(() => folder.remove());
  const run = runner(folder.path);

  test("writes to a file or to standard output, the same", () => {
    const file = join(folder.path, "rules.yaml");
    expect(run(["export", "loki", "--output", file])).toMatchObject({ status: 0, stdout: "" });
    expect(run(["export", "loki"]).stdout).toBe(readFileSync(file, "utf8"));
    expect(run(["export", "otel", "--lang", "zh-cn"]).stdout).toBe(made("zh-cn")["otel.yaml"]);
    expect(run(["export", "grafana"]).stdout).toBe(made("en")["grafana.json"]);
  });

  test("says in one sentence what is wrong", () => {
    for (const [args, says] of [
      [["nagios"], "Known: prometheus, grafana, loki, otel, vector."],
      [["loki", "--selector", '{a="b"} |= "x"'], "no stream selector"],
      [["loki", "--by", "a b"], "joined by commas"],
      [["prometheus", "--runbook-url", "https://x.example/"], "{id}"],
      [["prometheus", "--runbook-url", "javascript:{id}"], "http or https"],
      [["vector", "--output", join(folder.path, "no/such/file")], "could not be written"],
    ] as const) {
      const { status, stdout, stderr } = run(["export", ...args]);
      expect(stderr).toContain(says);
      expect(stderr.trimEnd().split("\n").length).toBe(1);
      expect([status, stdout]).toEqual([2, ""]);
    }
  });
});
