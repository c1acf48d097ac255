/** A cause's page: fix, check, recipes, what to watch. Of the best cause with buttons, of others to read. */
import type { DiffView, PageView, RecipeView } from "../protocol.ts";
import type { Context } from "./context.ts";
import { button, type Child, h, list, prose, section } from "./dom.ts";
import { runWithCore } from "./head.ts";

/** `id` goes before the sections' ids, so that two pages can stand in one document. */
export function fixSection(page: PageView, context: Context, id = ""): HTMLElement | undefined {
  const { m, r, send } = context;
  const { says, diffs, canApply } = page.fix;
  const actions = h(
    "div",
    { class: "actions" },
    canApply &&
      button({ icon: "check", words: m.applyFix, class: "action primary" }, () => send({ type: "applyFix" })),
    diffs.length > 0 &&
      id === "" &&
      button({ icon: "copy", words: m.copyFix }, () => send({ type: "copy", what: "fix" })),
  );
  return section(
    `${id}fix`,
    r.fix,
    h("p", {}, prose(says)),
    diffs.length > 0 && h("p", { class: "dim" }, canApply ? m.fixFits : m.fixIsExample),
    ...diffs.map((diff) => diffBlock(diff, diffs.length > 1, r.fix)),
    actions.childElementCount > 0 && actions,
  );
}

function diffBlock(diff: DiffView, named: boolean, label: string): HTMLElement {
  const lines = diff.lines.map(({ sign, text }) => {
    if (sign === "@") return h("span", { class: "gap" }, "⋯\n");
    const tag = sign === "+" ? "ins" : sign === "-" ? "del" : "span";
    return h(tag, {}, `${sign === "-" ? "−" : sign} ${text.replaceAll("\t", "    ")}\n`);
  });
  return h(
    "figure",
    {},
    named && h("figcaption", { class: "dim" }, diff.path),
    h("pre", { class: "diff", attributes: { tabindex: "0", "aria-label": label } }, ...lines),
  );
}

export function verifySection(page: PageView, context: Context, id = ""): HTMLElement | undefined {
  const { m, r, send } = context;
  const { says, command, canRun } = page.verify;
  const own = id === "";
  return section(
    `${id}verify`,
    r.verify,
    h("p", {}, prose(says)),
    command !== undefined && h("pre", { class: "command" }, command),
    command !== undefined &&
      own &&
      h(
        "div",
        { class: "actions" },
        canRun && button({ icon: "terminal", words: m.run }, () => send({ type: "runVerify" })),
        button({ icon: "copy", words: m.copyCommand }, () => send({ type: "copy", what: "verify" })),
      ),
  );
}

export function watchSection(page: PageView, context: Context, id = ""): HTMLElement | undefined {
  if (!page.watch) return undefined;
  const { m, r, send } = context;
  return section(
    `${id}watch`,
    r.watch,
    h("p", {}, prose(page.watch.says)),
    h("pre", { class: "promql" }, page.watch.promql),
    id === "" &&
      h(
        "div",
        { class: "actions" },
        button({ icon: "copy", words: m.copyRule }, () => send({ type: "copy", what: "watch" })),
      ),
  );
}

export function recipesSection(page: PageView, context: Context, id = ""): HTMLElement | undefined {
  const { m, r, send, model } = context;
  const recipe = (each: RecipeView): Child =>
    h(
      "div",
      { class: "recipe" },
      h("h3", {}, h("span", { class: "tag" }, r.recipeKinds[each.kind]), prose(each.title)),
      h("ol", {}, ...each.steps.map((step) => h("li", {}, prose(step)))),
      id === "" &&
        startable(each, model.can) &&
        h(
          "div",
          { class: "actions" },
          button({ icon: "debug-alt", words: m.startRecipe[each.kind] }, () =>
            send({ type: "runRecipe", index: each.index }),
          ),
        ),
      id === "" && each.kind === "core" && model.can.runWithCore && runWithCore(context),
    );
  return section(`${id}recipes`, r.recipes, ...page.recipes.map(recipe));
}

function startable({ kind }: RecipeView, can: Context["model"]["can"]): boolean {
  return kind === "core" ? can.openCore : can.run;
}

/** What is read later: signals, earlier, references, what is often said. */
export function furtherSections(page: PageView, { r }: Context, id = ""): Child[] {
  return [
    page.claim !== undefined && section(`${id}claim`, r.claim, h("p", { class: "note" }, prose(page.claim))),
    section(`${id}signals`, r.signals, list(page.signals.map(prose))),
    section(`${id}earlier`, r.earlier, list(page.earlier.map(prose))),
    section(`${id}references`, r.references, list(page.references.map(prose), { class: "dim" })),
  ];
}
