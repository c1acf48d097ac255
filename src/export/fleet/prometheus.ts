/**
 * Alerting rules for Prometheus: what metrics show of the catalogue's causes, and what the counter of
 * `golm-faultcheck watch` shows of crashes themselves. With promtool's unit tests for every one of them.
 */
import type { Catalog, IndexedCause, IndexedEvent } from "../../faulttree/catalog.ts";
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Watch } from "../../faulttree/schema.ts";
import { annotations, literal, type RuleLinks, severityLabel } from "./annotations.ts";
import { fleetWords } from "./messages.ts";
import { yamlDocument } from "./yaml.ts";

export interface PrometheusOptions extends RuleLinks {
  readonly language: Language;
  /** Also rules over metrics whose names are the user's own. */
  readonly own?: boolean;
}

/** A series of promtool's unit tests, one sample a minute. */
export interface TestSeries {
  readonly series: string;
  readonly values: string;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whose crashes it counts, for rules over the counter of `watch`. */
  readonly event?: string;
  readonly test: {
    readonly fires: readonly TestSeries[];
    readonly silent: readonly TestSeries[];
    /** The minute from which it must be silent: what has just appeared is new to some rules. */
    readonly silentFrom?: number;
  };
}

/** The rule file. Deterministic. Throws when the catalogue has no pages. */
export function prometheusRules(catalog: Catalog, options: PrometheusOptions): string {
  const words = fleetWords(options.language);
  const written = ({ test: _test, event: _event, ...rule }: AlertRule) => rule;
  const value = {
    groups: [
      { name: "golm-causes", rules: causeRules(catalog, options).map(written) },
      { name: "golm-faults", rules: faultRules(catalog, options).map(written) },
    ],
  };
  const left = options.own ? [] : ownAlerts(catalog);
  const comment = left.length === 0 ? words.prometheus : `${words.prometheus}\n\n${words.ownLeftOut(left)}`;
  return yamlDocument(value, comment);
}

/** Every rule that `prometheusRules` writes, with the series that try it. */
export function alertRules(catalog: Catalog, options: PrometheusOptions): AlertRule[] {
  return [...causeRules(catalog, options), ...faultRules(catalog, options)];
}

interface Watched {
  readonly cause: IndexedCause;
  readonly watch: Watch;
}

function watched(catalog: Catalog): Watched[] {
  return catalog.causes.flatMap((cause) => {
    const watch = catalog.page(cause.id)?.watch;
    return watch ? [{ cause, watch }] : [];
  });
}

function ownAlerts(catalog: Catalog): string[] {
  return [...new Set(watched(catalog).flatMap(({ watch }) => (watch.own ? [watch.alert] : [])))].sort();
}

/** One rule for each alert; causes that share it are all named, because the metric cannot tell them apart. */
function causeRules(catalog: Catalog, options: PrometheusOptions): AlertRule[] {
  const byAlert = new Map<string, Watched[]>();
  for (const one of watched(catalog)) {
    if (one.watch.own && !options.own) continue;
    byAlert.set(one.watch.alert, [...(byAlert.get(one.watch.alert) ?? []), one]);
  }
  return [...byAlert].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => causeRule(list, options));
}

const order = ["critical", "high", "medium", "low"] as const;

function causeRule(list: readonly Watched[], options: RuleLinks): AlertRule {
  const [{ watch, cause }] = list as [Watched];
  const worst = order.find((severity) => list.some((one) => one.cause.severity === severity))!;
  const ids = list.map((one) => one.cause.id);
  const told = annotations(cause.id, cause.title, watch.says, options);
  return {
    alert: watch.alert,
    expr: watch.promql,
    for: watch.for,
    labels: { severity: severityLabel(worst), golm_event: cause.event },
    annotations: {
      ...told,
      summary: literal(watch.says.en),
      summary_zh: literal(watch.says.zh),
      description: literal(list.map((one) => `${one.cause.title.en} (${one.cause.id})`).join("; ")),
      description_zh: literal(list.map((one) => `${one.cause.title.zh}（${one.cause.id}）`).join("；")),
      explain: ids.map((id) => `golm-faultcheck explain ${id}`).join("; "),
    },
    test: watch.test,
  };
}

/** Crashes that `golm-faultcheck watch` has counted: one rule for each event, so that each has its own words and page. */
function faultRules(catalog: Catalog, options: RuleLinks): AlertRule[] {
  return catalog.events.map((event) => faultRule(event, options));
}

function faultRule(event: IndexedEvent, options: RuleLinks): AlertRule {
  const counter = `golm_faults_total{event="${event.id}"}`;
  // A counter begins with its first crash, which increase() cannot see.
  const expr =
    `sum without (fingerprint) (increase(${counter}[10m])) > 0` +
    ` or sum without (fingerprint) (${counter} unless ${counter} offset 10m) > 0`;
  const labels = (id: string, fingerprint: string) =>
    `golm_faults_total{instance="a",job="golm",event="${id}",cause="${id}/some",fingerprint="${fingerprint}"}`;
  return {
    alert: "GoFault",
    expr,
    for: "0m",
    event: event.id,
    labels: { severity: severityLabel(event.severity), golm_event: event.id },
    annotations: annotations(event.id, event.title, event.proves, options),
    test: {
      silentFrom: 11,
      fires: [{ series: labels(event.id, "0123456789abcdef"), values: "_x25 1x4" }],
      silent: [
        { series: labels(event.id, "0123456789abcdef"), values: "7x30" },
        { series: labels("other/event", "fedcba9876543210"), values: "0+3x30" },
      ],
    },
  };
}
