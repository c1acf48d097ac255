/** Rules for Loki's ruler: one alert for each event, and recorded counts. Line filters alone, which every version knows. */
import type { IndexedEvent } from "../../faulttree/catalog.ts";
import type { Language } from "../../faulttree/diagnosis.ts";
import { annotations, type RuleLinks, severityLabel } from "./annotations.ts";
import { type Earlier, earlierOf, ordered } from "./exclusions.ts";
import { either, type Filters, filtersOf } from "./filters.ts";
import { kinds } from "./kinds.ts";
import { fleetWords } from "./messages.ts";
import { reportOf } from "./report.ts";
import type { RuleSet } from "./rules.ts";
import { yamlDocument } from "./yaml.ts";

export interface LokiOptions extends RuleLinks {
  /** The streams to read: `{namespace="llm"}`. */
  readonly selector: string;
  /** Labels of the streams an alert keeps. */
  readonly by: readonly string[];
  readonly language: Language;
}

/** The rule file. Deterministic. */
export function lokiRules(set: RuleSet, options: LokiOptions): string {
  const words = fleetWords(options.language);
  const queries = eventFilters(set);
  const value = {
    groups: [
      { name: "golm-crashes", interval: "1m", rules: queries.map((query) => alert(query, options)) },
      {
        name: "golm-crash-counts",
        interval: "5m",
        rules: counts(options),
      },
    ],
  };
  return yamlDocument(value, `${words.loki}\n\n${reportOf(set, words)}`);
}

export interface EventFilters {
  readonly event: IndexedEvent;
  readonly alternatives: readonly Filters[];
}

/** For each event that can be told, the alternatives a record passes, without what earlier rules name. */
export function eventFilters({ rules }: RuleSet): EventFilters[] {
  const byEvent = new Map<string, EventFilters & { alternatives: Filters[] }>();
  const earlier: Earlier[] = [];
  for (const rule of rules) {
    const entry = byEvent.get(rule.event.id) ?? { event: rule.event, alternatives: [] };
    byEvent.set(rule.event.id, entry);
    entry.alternatives.push(
      ...ordered(rule, earlier).map(({ hold, lack }) => ({ hold, lack: either(lack) })),
    );
    const own = earlierOf(rule);
    if (own) earlier.push(own);
  }
  return [...byEvent.values()].sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
}

function alert({ event, alternatives }: EventFilters, options: LokiOptions): object {
  const counted = alternatives.map((filters) => `${count(filters, options, "5m")} > 0`);
  return {
    alert: "GoCrash",
    expr: counted.join("\nor\n"),
    labels: { severity: severityLabel(event.severity), golm_event: event.id },
    annotations: annotations(event.id, event.title, event.proves, options),
  };
}

/** Crashes by kind: few queries, for panels and for alerts on totals. */
function counts(options: LokiOptions): object[] {
  return [...new Set(kinds.map(([kind]) => kind))].map((kind) => ({
    record: "golm:crashes:count5m",
    expr: filtersOf({ kind: [kind] })
      .map((filters) => count(filters, options, "5m"))
      .join("\nor\n"),
    labels: { golm_kind: kind },
  }));
}

function count(filters: Filters, { selector, by }: LokiOptions, range: string): string {
  return `sum by (${by.join(", ")}) (count_over_time(${lokiQuery(selector, filters)}[${range}]))`;
}

/** A log query: the selector and its filters, the cheap ones for what must be there first. */
export function lokiQuery(selector: string, { hold, lack }: Filters): string {
  const filters = [...hold.map((find) => `|~ ${raw(find)}`), ...lack.map((find) => `!~ ${raw(find)}`)];
  return [selector, ...filters].join(" ");
}

function raw(expression: string): string {
  return `\`${expression.replaceAll("`", "\\x60")}\``;
}
