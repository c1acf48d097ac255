/** The page of a lint rule, for `explain`. */
import { safeJson } from "../../export/json.ts";
import type { Rule } from "../../golint/rule.ts";
import { RULES } from "../../golint/rules/index.ts";
import type { Context } from "../program.ts";
import { wrap } from "../terminal/layout.ts";
import { codeSpans } from "../terminal/page.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { lintWords } from "./words.ts";

export const ruleIds = (): string[] => RULES.map(({ id }) => id);

/** The page of the rule of this id; undefined where there is none. */
export function rulePage(
  id: string,
  format: "text" | "markdown" | "json",
  columns: number,
  context: Context,
): string | undefined {
  const rule = RULES.find((known) => known.id === id);
  if (!rule) return undefined;
  const { severity, cause, title, why, page } = rule;
  if (format === "json") return `${safeJson({ id, severity, cause: cause ?? null, title, why, page })}\n`;
  return format === "markdown" ? markdown(rule, context) : text(rule, columns, context);
}

function markdown(rule: Rule, { language }: Context): string {
  const words = lintWords(language);
  const say = (said: { en: string; zh: string }) => (language === "en" ? said.en : said.zh);
  const facts = [
    `\`${rule.id}\``,
    words.severity[rule.severity],
    ...(rule.cause ? [`${words.causeLabel} \`${rule.cause}\``] : []),
  ];
  return `# ${say(rule.title)}\n\n${facts.join(" · ")}\n\n${say(rule.why)}\n\n${say(rule.page)}`;
}

function text(rule: Rule, columns: number, { language, color }: Context): string {
  const style = styleOf(colored(color, process.stdout, process.env));
  const words = lintWords(language);
  const say = (said: { en: string; zh: string }) => (language === "en" ? said.en : said.zh);
  const room = Math.min(Math.max(columns, 20), 110);
  const prose = (paragraph: string) =>
    wrap(paragraph, room)
      .map((line) => codeSpans(line, style))
      .join("\n");
  const blocks = say(rule.page)
    .trim()
    .split(/^```(?:go)?\n/m);
  const body = blocks.map((block, at) => {
    if (at % 2 === 1)
      return block
        .trimEnd()
        .split("\n")
        .map((line) => `    ${style.code(line.replaceAll("\t", "    "))}`)
        .join("\n");
    const joined = language === "en" ? " " : "";
    return block
      .trim()
      .split(/\n\n/)
      .filter((p) => p !== "")
      .map((p) => prose(p.replaceAll("\n", joined)))
      .join("\n\n");
  });
  const facts = [rule.id, words.severity[rule.severity]].join(" · ");
  const cause = rule.cause ? `\n\n${words.causeLabel}  ${rule.cause}` : "";
  return `${style.title(say(rule.title))}\n${style.dim(facts)}\n\n${prose(say(rule.why))}\n\n${body.filter((b) => b !== "").join("\n\n")}${cause}\n`;
}
