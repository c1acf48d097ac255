/** promtool's unit tests: each alert fires at the end of its one set of series, and at no time over the other. */
import type { AlertRule, TestSeries } from "./prometheus.ts";
import { yamlDocument } from "./yaml.ts";

/**
 * The test file for a rule file of that name, two tests for each rule. promtool evaluates every rule of the file in
 * every test: one rule to a file is a thousand times faster than all in one.
 */
export function promtoolTests(ruleFile: string, rules: readonly AlertRule[]): string {
  const value = {
    rule_files: [ruleFile],
    evaluation_interval: "1m",
    tests: rules.flatMap((rule) => [fires(rule), silent(rule)]),
  };
  return yamlDocument(value, `promtool test rules: ${ruleFile}`);
}

function fires(rule: AlertRule): object {
  const { fires: series } = rule.test;
  return {
    name: `${nameOf(rule)} fires`,
    interval: "1m",
    input_series: series,
    promql_expr_test: [
      {
        expr: `count(${alerts(rule)}) >= bool 1`,
        eval_time: `${lastMinute(series)}m`,
        exp_samples: [{ labels: "{}", value: 1 }],
      },
    ],
  };
}

function silent(rule: AlertRule): object {
  const { silent: series, silentFrom = 1 } = rule.test;
  const end = lastMinute(series);
  const times = [0, 1, 2, 3, 4, 5].map((part) => silentFrom + Math.floor(((end - silentFrom) * part) / 5));
  return {
    name: `${nameOf(rule)} stays silent`,
    interval: "1m",
    input_series: series,
    promql_expr_test: [...new Set(times)].map((minute) => ({ expr: alerts(rule), eval_time: `${minute}m` })),
  };
}

/** The series Prometheus writes of an alert that fires. */
function alerts({ alert, event }: AlertRule): string {
  const of = event === undefined ? "" : `,event="${event}"`;
  return `ALERTS{alertname="${alert}",alertstate="firing"${of}}`;
}

function nameOf({ alert, event }: AlertRule): string {
  return event === undefined ? alert : `${alert} ${event}`;
}

/** The minute of the last sample of the longest series: `1+2x3` is four samples, `5` one, `_x2` two. */
export function lastMinute(series: readonly TestSeries[]): number {
  const lengths = series.map(({ values }) =>
    values
      .trim()
      .split(/\s+/)
      .reduce((sum, word) => sum + samples(word), 0),
  );
  return Math.max(...lengths) - 1;
}

function samples(word: string): number {
  const times = /x(\d+)$/.exec(word);
  if (!times) return 1;
  return Number(times[1]) + (word.startsWith("_") ? 0 : 1);
}
