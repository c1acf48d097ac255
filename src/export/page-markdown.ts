/** The page of a cause or event as Markdown. */
import type { CausePage, IndexedCause } from "../faulttree/index.ts";
import { exampleDiff, unified } from "./example-diff.ts";
import { type Setting, words } from "./finding.ts";
import { code, fence, prose } from "./markdown.ts";
import { inLanguage, type Messages } from "./messages/index.ts";
import { stepParts } from "./recipe-step.ts";

type Say = (said: { readonly en: string; readonly zh: string }) => string;

/** Markdown of an id the catalogue has. */
export async function pageMarkdown(id: string, setting: Setting): Promise<string> {
  const m = words(setting);
  const say: Say = (said) => prose(inLanguage(said, setting.language));
  const cause = setting.catalog.cause(id);
  const parts = cause
    ? await causeParts(cause, setting.catalog.page(id)!, m, say)
    : eventParts(id, setting, m, say);
  return `${parts.join("\n\n")}\n`;
}

async function causeParts(cause: IndexedCause, page: CausePage, m: Messages, say: Say): Promise<string[]> {
  const out = [`# ${say(cause.title)}`, facts(cause, m)];
  out.push(`## ${m.what}`, say(page.what), `## ${m.why}`, say(page.why));
  if (page.claim) out.push(`## ${m.claim}`, say(page.claim));
  list(out, m.signals, page.signals.map(say));
  list(
    out,
    m.evidenceRules,
    cause.evidence.map(
      (e) => `${m.weight(e.weight)} ${say(e.says)}${e.required ? m.bracket(m.required) : ""}`,
    ),
  );
  list(
    out,
    m.separates,
    cause.separates.map((s) => `${code(s.from)}${m.colon}${say(s.says)}`),
  );
  out.push(`## ${m.fix}`, say(page.fix.says));
  const diff = unified(await exampleDiff(page.files));
  if (diff !== "") out.push(`${m.diffTitle}${m.colon}`, fence(diff, "diff"));
  out.push(`## ${m.verify}`, say(cause.verify.says));
  if (cause.verify.command) out.push(fence(cause.verify.command.trimEnd(), "sh"));
  list(
    out,
    m.earlier,
    page.earlier.map((e) => `${m.earlierTool[e.tool]}${m.colon}${say(e.says)}`),
  );
  out.push(...recipeParts(page, m, say));
  if (page.watch)
    out.push(`## ${m.watch}`, say(page.watch.says), fence(page.watch.promql.trimEnd(), "promql"));
  list(
    out,
    m.references,
    page.references.map((r) => prose(`${r.title}${m.bracket(r.at)}`)),
  );
  return out;
}

function facts(cause: IndexedCause, m: Messages): string {
  const out = [code(cause.id), m.severity[cause.severity], `${m.goRange}${m.colon}${code(cause.go)}`];
  if (cause.llm) out.push(m.llm);
  if (cause.kind === "silent") out.push(m.silent);
  return out.join(" · ");
}

function recipeParts(page: CausePage, m: Messages, say: Say): string[] {
  const out: string[] = [];
  for (const kind of ["live", "core", "gdb"] as const) {
    const recipe = page.recipes[kind];
    if (!recipe) continue;
    if (out.length === 0) out.push(`## ${m.recipes}`);
    const steps = recipe.steps.map((step, index) => {
      const does = stepParts(step, m, code).join(m.comma);
      const says = step.says ? say(step.says) : "";
      return `${index + 1}. ${[does, says].filter((part) => part !== "").join(m.stop)}`;
    });
    out.push(`**${m.recipeKinds[kind]}**${m.colon}${say(recipe.title)}`, steps.join("\n"));
  }
  return out;
}

function eventParts(id: string, setting: Setting, m: Messages, say: Say): string[] {
  const event = setting.catalog.event(id)!;
  const out = [`# ${say(event.title)}`, `${code(id)} · ${m.severity[event.severity]}`];
  out.push(`## ${m.proves}`, say(event.proves));
  list(
    out,
    m.eventCauses,
    setting.catalog.causesOf(id).map((c) => `${say(c.title)} ${code(c.id)}`),
  );
  const references = setting.catalog.eventPage(id)?.references ?? [];
  list(
    out,
    m.references,
    references.map((r) => prose(`${r.title}${m.bracket(r.at)}`)),
  );
  return out;
}

function list(out: string[], title: string, items: readonly string[]): void {
  if (items.length > 0) out.push(`## ${title}`, items.map((item) => `- ${item}`).join("\n"));
}
