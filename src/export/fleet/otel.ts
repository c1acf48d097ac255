/** A configuration of the OpenTelemetry Collector that tells crashes in log files by event. */
import type { Language } from "../../faulttree/diagnosis.ts";
import { headLine, numbers, quotedText, userFunction } from "./grouping.ts";
import { guard, kinds } from "./kinds.ts";
import { fleetWords } from "./messages.ts";
import { continuation, longestRecord } from "./record.ts";
import { reportOf } from "./report.ts";
import type { RuleSet } from "./rules.ts";
import type { Ask } from "./tests.ts";
import { yamlDocument } from "./yaml.ts";

const EVENT = 'log.attributes["golm.event"]';
const KIND = 'log.attributes["golm.kind"]';

/** The whole configuration: files in, `golm.*` attributes and a count of crashes out. Deterministic. */
export function otelConfiguration(set: RuleSet, language: Language): string {
  const words = fleetWords(language);
  const value = {
    receivers: { filelog: receiver() },
    processors: { "transform/golm": transform(set) },
    connectors: { "count/golm": counter() },
    exporters: { debug: { verbosity: "normal" } },
    service: {
      pipelines: {
        logs: { receivers: ["filelog"], processors: ["transform/golm"], exporters: ["debug", "count/golm"] },
        metrics: { receivers: ["count/golm"], exporters: ["debug"] },
      },
    },
  };
  return yamlDocument(value, `${words.otel}\n\n${reportOf(set, words)}`);
}

function receiver(): object {
  return {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the collector's own syntax.
    include: ["${env:GOLM_LOGS:-/var/log/app/*.log}"],
    include_file_path: true,
    // A traceback's files are told by their tab.
    preserve_leading_whitespaces: true,
    operators: [
      {
        type: "recombine",
        combine_field: "body",
        is_first_entry: kept(`not (body matches ${quoted(continuation)})`),
        source_identifier: 'attributes["log.file.path"]',
        max_batch_size: longestRecord,
        max_log_size: "4MiB",
        force_flush_period: "5s",
      },
    ],
  };
}

function transform({ rules }: RuleSet): object {
  const statements = [
    ...kinds.map(([kind, ask]) => `set(${KIND}, ${quoted(kind)}) where ${KIND} == nil and ${condition(ask)}`),
    ...rules.map(
      ({ event, ask }) =>
        `set(${EVENT}, ${quoted(event.id)}) where ${KIND} != nil and ${EVENT} == nil and ${condition(ask)}`,
    ),
    `set(${EVENT}, Concat(["unknown", ${KIND}], "/")) where ${KIND} != nil and ${EVENT} == nil`,
    ...fingerprint(),
  ];
  return {
    error_mode: "ignore",
    log_statements: [
      {
        conditions: [kept(`IsString(log.body) and ${condition({ find: guard })}`)],
        statements: statements.map(kept),
      },
    ],
  };
}

/** See grouping.ts for what it is made of. */
function fingerprint(): string[] {
  const told = `where ${KIND} != nil`;
  const text = 'log.cache["text"]';
  return [
    `set(log.cache["head"], ExtractPatterns(log.body, ${quoted(headLine)})) ${told}`,
    `set(${text}, ${KIND}) ${told}`,
    `set(${text}, log.cache["head"]["text"]) ${told} and log.cache["head"]["text"] != nil`,
    `replace_pattern(${text}, ${quoted(quotedText)}, ${quoted('"')}) ${told}`,
    `replace_pattern(${text}, ${quoted(numbers)}, "#") ${told}`,
    `set(log.cache["top"], ExtractPatterns(log.body, ${quoted(userFunction)})) ${told}`,
    `set(log.cache["name"], "") ${told}`,
    `set(log.cache["name"], log.cache["top"]["name"]) ${told} and log.cache["top"]["name"] != nil`,
    `set(log.cache["hash"], SHA256(Concat([${KIND}, ${text}, log.cache["name"]], "|"))) ${told}`,
    `set(log.attributes["golm.fingerprint"], Concat(["text", Substring(log.cache["hash"], 0, 16)], ":")) ${told}`,
  ];
}

function counter(): object {
  return {
    logs: {
      "golm.crashes": {
        description: "Go crash texts in logs, by event of the fault tree.",
        conditions: ['attributes["golm.event"] != nil'],
        attributes: [{ key: "golm.event" }, { key: "golm.kind" }],
      },
    },
  };
}

function condition(ask: Ask): string {
  if ("find" in ask) return `IsMatch(log.body, ${quoted(ask.find)})`;
  if ("kind" in ask)
    return joined(
      ask.kind.map((kind) => `${KIND} == ${quoted(kind)}`),
      "or",
    );
  if ("all" in ask) return joined(ask.all.map(condition), "and");
  if ("any" in ask) return joined(ask.any.map(condition), "or");
  return "not" in ask ? `not ${condition(ask.not)}` : `${ask.always}`;
}

function joined(parts: readonly string[], word: "and" | "or"): string {
  return parts.length === 1 ? parts[0]! : `(${parts.join(` ${word} `)})`;
}

/** A string of OTTL and of the operators' expressions. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The collector reads `$` as the start of a variable. */
function kept(text: string): string {
  return text.replaceAll("$", "$$$$");
}
