/** What an alert tells the person it wakes, in both languages. */
import type { IndexedEvent } from "../../faulttree/catalog.ts";

type Words = { readonly en: string; readonly zh: string };

export interface RuleLinks {
  /** Address of a runbook with `{id}` for the id of the event or cause; none where absent. */
  readonly runbookUrl?: string;
}

/** Labels Alertmanager's examples and most routes know. */
export function severityLabel(severity: IndexedEvent["severity"]): "critical" | "warning" | "info" {
  if (severity === "critical") return "critical";
  return severity === "low" ? "info" : "warning";
}

/** Summary and description in English and Chinese, the page to read, and the runbook where there is one. */
export function annotations(
  id: string,
  title: Words,
  says: Words,
  { runbookUrl }: RuleLinks,
): Record<string, string> {
  return {
    summary: literal(title.en),
    summary_zh: literal(title.zh),
    description: literal(says.en),
    description_zh: literal(says.zh),
    explain: `golm-faultcheck explain ${id}`,
    ...(runbookUrl !== undefined && { runbook_url: literal(runbookUrl.replaceAll("{id}", id)) }),
  };
}

/** Annotations are templates of Go: braces in prose stay braces. */
export function literal(text: string): string {
  return text.trim().replace(/\{\{/g, '{{"{{"}}');
}
