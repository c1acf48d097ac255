/** A configuration of Vector whose remap program tells crashes in log files by event. */
import type { Language } from "../../faulttree/diagnosis.ts";
import { headLine, numbers, quotedText, userFunction } from "./grouping.ts";
import { guard, kinds } from "./kinds.ts";
import { fleetWords } from "./messages.ts";
import { continuation } from "./record.ts";
import { reportOf } from "./report.ts";
import type { RuleSet } from "./rules.ts";
import type { Ask } from "./tests.ts";
import { yamlDocument } from "./yaml.ts";

/** Files in, events with `.golm` out. Deterministic. */
export function vectorConfiguration(set: RuleSet, language: Language): string {
  const words = fleetWords(language);
  const value = {
    sources: {
      golm_logs: {
        type: "file",
        include: ["/var/log/app/*.log"],
        max_line_bytes: 1048576,
        multiline: {
          start_pattern: "^",
          condition_pattern: rust(continuation),
          mode: "continue_through",
          timeout_ms: 2000,
        },
      },
    },
    transforms: {
      golm: { type: "remap", inputs: ["golm_logs"], source: program(set) },
    },
    sinks: { console: { type: "console", inputs: ["golm"], encoding: { codec: "json" } } },
  };
  return yamlDocument(value, `${words.vector}\n\n${reportOf(set, words)}`);
}

/** The VRL program alone. */
export function program({ rules }: RuleSet): string {
  const lines = [
    'message = string(.message) ?? ""',
    "kind = null",
    `if ${matches(guard)} {`,
    ...kinds.map(([kind, ask]) => `  if kind == null && ${condition(ask)} { kind = ${quoted(kind)} }`),
    "}",
    "if kind != null {",
    "  event = null",
    ...rules.map(
      ({ event, ask }) => `  if event == null && ${condition(ask)} { event = ${quoted(event.id)} }`,
    ),
    '  name = string(kind) ?? ""',
    "  .golm.kind = name",
    '  .golm.event = string(event) ?? ("unknown/" + name)',
    `  head = parse_regex(message, ${regex(headLine)}) ?? {}`,
    "  text = string(head.text) ?? name",
    `  text = replace(text, ${regex(quotedText)}, "\\"")`,
    `  text = replace(text, ${regex(numbers)}, "#")`,
    `  top = parse_regex(message, ${regex(userFunction)}) ?? {}`,
    '  function = string(top.name) ?? ""',
    '  hash = sha2(name + "|" + text + "|" + function, variant: "SHA-256")',
    '  .golm.fingerprint = "text:" + slice!(hash, 0, 16)',
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function condition(ask: Ask): string {
  if ("find" in ask) return matches(ask.find);
  if ("kind" in ask)
    return joined(
      ask.kind.map((kind) => `kind == ${quoted(kind)}`),
      "||",
    );
  if ("all" in ask) return joined(ask.all.map(condition), "&&");
  if ("any" in ask) return joined(ask.any.map(condition), "||");
  return "not" in ask ? `!${condition(ask.not)}` : `${ask.always}`;
}

function joined(parts: readonly string[], sign: "&&" | "||"): string {
  return parts.length === 1 && !parts[0]!.includes("==") ? parts[0]! : `(${parts.join(` ${sign} `)})`;
}

function matches(expression: string): string {
  return `match(message, ${regex(expression)})`;
}

/** A quote would end the literal. */
function regex(expression: string): string {
  return `r'${rust(expression).replaceAll("'", "\\x27")}'`;
}

/** RE2's word boundary knows ASCII alone; Rust's has to be told. */
export function rust(expression: string): string {
  return expression.replace(/\\[\\b]/g, (found) => (found === "\\b" ? "(?-u:\\b)" : found));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
