/** The page of a cause or event on a terminal. */
import { exampleDiff } from "../../export/example-diff.ts";
import { type Setting, words } from "../../export/finding.ts";
import { inLanguage, type Messages } from "../../export/messages/index.ts";
import { stepParts } from "../../export/recipe-step.ts";
import type { CausePage, IndexedCause } from "../../faulttree/index.ts";
import { diffLines } from "./diagnosis.ts";
import { width } from "./layout.ts";
import { type Canvas, commandLines, PageBuilder } from "./page.ts";

type Said = { readonly en: string; readonly zh: string };

/** Renders the page of an id the catalogue has. */
export async function renderPage(id: string, setting: Setting, canvas: Canvas): Promise<string> {
  const m = words(setting);
  const page = new PageBuilder(canvas, labelWidth(m));
  const cause = setting.catalog.cause(id);
  if (cause) await causePage(page, cause, setting.catalog.page(id)!, setting);
  else eventPage(page, id, setting);
  return page.toString();
}

function labelWidth(m: Messages): number {
  return Math.min(18, Math.max(...[m.what, m.proves, m.evidence, m.causes, m.references].map(width)) + 2);
}

async function causePage(
  page: PageBuilder,
  cause: IndexedCause,
  text: CausePage,
  setting: Setting,
): Promise<void> {
  const m = words(setting);
  const { style } = page;
  const say = (said: Said) => inLanguage(said, setting.language);
  const paragraph = (label: string, said: Said) => page.section(label, page.prose(say(said)));
  page
    .full(say(cause.title), style.title)
    .full(facts(cause, text, m), style.dim)
    .blank();
  paragraph(m.what, text.what);
  paragraph(m.why, text.why);
  if (text.claim) paragraph(m.claim, text.claim);
  page.section(
    m.signals,
    text.signals.flatMap((s) => page.item("·", say(s), style.dim)),
  );
  page.section(
    m.evidenceRules,
    cause.evidence.flatMap((e) => evidenceLine(page, e, setting)),
  );
  page.section(
    m.separates,
    cause.separates.flatMap((s) => page.item(`${s.from}${m.colon.trim()}`, say(s.says), style.strong)),
  );
  paragraph(m.fix, text.fix.says);
  const diff = diffLines(await exampleDiff(text.files), style, page.wideRoom);
  if (diff.length > 0) page.label(m.diffTitle).wide(diff).blank();
  page.section(m.verify, [
    ...page.prose(say(cause.verify.says)),
    ...(cause.verify.command ? commandLines(page, cause.verify.command) : []),
  ]);
  page.section(
    m.earlier,
    text.earlier.flatMap((e) =>
      page.item(`${m.earlierTool[e.tool]}${m.colon.trim()}`, say(e.says), style.strong),
    ),
  );
  recipes(page, text, setting);
  if (text.watch)
    page.section(m.watch, [
      ...page.prose(say(text.watch.says)),
      ...commandLines(page, text.watch.promql, ""),
    ]);
  references(page, text.references, m);
}

function facts(cause: IndexedCause, text: CausePage, m: Messages): string {
  const out = [cause.id, m.severity[cause.severity], `${m.goRange}${m.colon}${cause.go}`];
  if (cause.llm) out.push(m.llm);
  if (cause.kind === "silent") out.push(m.silent);
  if (text.repro.needs.length > 0) out.push(text.repro.needs.join(m.list));
  return out.join(" · ");
}

function evidenceLine(
  page: PageBuilder,
  evidence: IndexedCause["evidence"][number],
  setting: Setting,
): string[] {
  const m = words(setting);
  const mark = m.weight(evidence.weight).padStart(4);
  const text = inLanguage(evidence.says, setting.language) + (evidence.required ? m.bracket(m.required) : "");
  return page.item(mark, text, evidence.weight < 0 ? page.style.bad : page.style.good);
}

function recipes(page: PageBuilder, text: CausePage, setting: Setting): void {
  const m = words(setting);
  for (const kind of ["live", "core", "gdb"] as const) {
    const recipe = text.recipes[kind];
    if (!recipe) continue;
    const title = `${m.recipeKinds[kind]}${m.colon}${inLanguage(recipe.title, setting.language)}`;
    const steps = recipe.steps.flatMap((step, index) => recipeStep(page, step, index + 1, setting));
    page.section(m.recipes, [...page.prose(title).map(page.style.strong), ...steps]);
  }
}

function recipeStep(
  page: PageBuilder,
  step: NonNullable<CausePage["recipes"]["live"]>["steps"][number],
  number: number,
  setting: Setting,
): string[] {
  const m = words(setting);
  const parts = stepParts(step, m, (text) => `\`${text}\``);
  const said = step.says ? inLanguage(step.says, setting.language) : "";
  const text = [parts.join(m.comma), said]
    .filter((part) => part !== "")
    .join(parts.length > 0 && said ? m.stop : "");
  return page.item(`${number}.`, text, page.style.dim);
}

function references(
  page: PageBuilder,
  list: readonly { readonly title: string; readonly at: string }[],
  m: Messages,
): void {
  page.section(
    m.references,
    list.flatMap((r) => page.item("·", `${r.title}${m.bracket(r.at)}`, page.style.dim)),
  );
}

function eventPage(page: PageBuilder, id: string, setting: Setting): void {
  const m = words(setting);
  const event = setting.catalog.event(id)!;
  const say = (said: Said) => inLanguage(said, setting.language);
  page.full(say(event.title), page.style.title);
  page.full(`${id} · ${m.severity[event.severity]}`, page.style.dim).blank();
  page.section(m.proves, page.prose(say(event.proves)));
  const causes = setting.catalog.causesOf(id);
  page.section(
    m.eventCauses,
    causes.flatMap((cause) => [
      ...page.prose(say(cause.title)).map(page.style.strong),
      ...page.prose(cause.id).map(page.style.dim),
    ]),
  );
  references(page, setting.catalog.eventPage(id)?.references ?? [], m);
}
