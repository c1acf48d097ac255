/** Rules for Loki's ruler: one alert for each event, and recorded counts. Line filters alone, which every version knows. */
import type { IndexedEvent } from "../../faulttree/catalog.ts";
import type { Language } from "../../faulttree/diagnosis.ts";
import { annotations, type RuleLinks, severityLabel } from "./annotations.ts";
import { either, type Filters, filtersOf } from "./filters.ts";
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
        rules: queries.flatMap((query) => counts(query, options)),
      },
    ],
  };
  return yamlDocument(value, `${words.loki}\n\n${reportOf(set, words)}`);
}

export interface EventFilters {
  readonly event: IndexedEvent;
  readonly alternatives: readonly Filters[];
}

/**
 * For each event that can be told, the alternatives a record passes. An event of low priority stands for whatever no
 * other explains, so what the others ask in one expression is what its records must lack.
 */
export function eventFilters({ rules }: RuleSet): EventFilters[] {
  const byEvent = new Map<string, EventFilters & { alternatives: Filters[] }>();
  const before: string[] = [];
  for (const { event, ask } of rules) {
    const own = filtersOf(ask);
    const entry = byEvent.get(event.id) ?? { event, alternatives: [] };
    byEvent.set(event.id, entry);
    const lacked = event.priority < 0 ? either(before) : [];
    entry.alternatives.push(...own.map(({ hold, lack }) => ({ hold, lack: [...lack, ...lacked] })));
    if (event.priority >= 0)
      for (const { hold, lack } of own) if (hold.length === 1 && lack.length === 0) before.push(hold[0]!);
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

/** One series for each alternative: their sum over `part` is the event's count. */
function counts({ event, alternatives }: EventFilters, options: LokiOptions): object[] {
  return alternatives.map((filters, i) => ({
    record: "golm:crashes:count5m",
    expr: count(filters, options, "5m"),
    labels: { golm_event: event.id, part: String(i + 1) },
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
