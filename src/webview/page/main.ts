/** The panel's script: shows the model the host sends, and answers with places in it. */
import { messagesOf } from "../../export/messages/index.ts";
import { panelMessages } from "../messages/index.ts";
import type { NodeView, PanelModel, ToHost, ToPage } from "../protocol.ts";
import { fixSection, furtherSections, recipesSection, verifySection, watchSection } from "./cause-page.ts";
import { causeSection, othersSection } from "./causes.ts";
import type { Context } from "./context.ts";
import { button, type Child, h, list, prose, section } from "./dom.ts";
import { evidenceParts, scrollBehavior } from "./evidence.ts";
import { stackList } from "./frames.ts";
import { Goroutines } from "./goroutines.ts";
import { headSection, lookSection, seenText } from "./head.ts";
import { treeSection } from "./tree.ts";

interface Host {
  postMessage(message: ToHost): void;
  setState(state: { readonly key: string }): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById("panel")!;

/** What can change after a model is drawn. */
interface Shown {
  readonly context: Context;
  readonly seen: HTMLElement;
  readonly details: HTMLElement;
  readonly goroutines: Goroutines;
  readonly status: HTMLElement;
}

let shown: Shown | undefined;

function show(model: PanelModel): void {
  // The host finds the diagnosis again by its key when the window is restored.
  host.setState({ key: model.key });
  const context: Context = {
    model,
    m: panelMessages(model.language),
    r: messagesOf(model.language),
    send: (message) => host.postMessage(message),
  };
  const parts: Shown = {
    context,
    seen: h("span", { class: "seen", attributes: { role: "status" } }, seenText(model.seen, context)),
    details: h("div", { class: "details", attributes: { tabindex: "-1" } }),
    goroutines: new Goroutines(context),
    status: h("p", { class: "status", attributes: { role: "status" } }),
  };
  shown = parts;
  const scroll = window.scrollY;
  root.replaceChildren(...columns(parts));
  root.removeAttribute("aria-busy");
  window.scrollTo({ top: scroll });
}

function columns({ context, seen, details, goroutines, status }: Shown): HTMLElement[] {
  const { model, m, r } = context;
  const [best] = model.causes;
  const { list: evidence, raw } = evidenceParts(
    best?.evidence ?? [],
    best?.needs ?? [],
    model.raw.text,
    context,
  );
  const { page } = model;
  const reading: Child[] = [
    lookSection(context),
    model.native.length > 0 &&
      section(
        "native",
        r.native,
        h(
          "pre",
          { class: "native", attributes: { tabindex: "0", "aria-label": r.native } },
          model.native.join("\n"),
        ),
      ),
    causeSection(context, evidence),
    page && fixSection(page, context),
    page && verifySection(page, context),
    othersSection(context),
    treeSection(context, details),
    model.stack.length > 0 && section("stack", r.stack, stackList(model.stack, context)),
    goroutines.element,
    page && recipesSection(page, context),
    page && watchSection(page, context),
    ...(page ? furtherSections(page, context) : []),
    section("next", r.next, list(model.nextSteps.map(prose))),
  ];
  const text = section(
    "raw",
    m.rawText,
    h(
      "div",
      { class: "actions" },
      button({ icon: "copy", words: m.copyRaw }, () => context.send({ type: "copy", what: "raw" })),
    ),
    raw,
  );
  const body = reading.filter((child): child is Node => child instanceof Node);
  return [headSection(context, seen), h("div", { class: "reading" }, ...body), h("aside", {}, text), status];
}

function showNode(node: NodeView, { context, details }: Shown): void {
  const { r, m } = context;
  const page = node.page;
  const back = button({ icon: "close", title: m.backToDiagnosis, class: "action close" }, () =>
    details.replaceChildren(),
  );
  const body: Child[] = [
    h("h3", {}, prose(node.title), back),
    h("p", { class: "dim" }, h("code", {}, node.id), node.severity ? ` · ${r.severity[node.severity]}` : ""),
    node.says !== undefined && h("p", {}, prose(node.says)),
    list(
      node.causes.map(({ id, title }) =>
        button({ words: title, class: "link" }, () => context.send({ type: "openNode", id })),
      ),
    ),
    page && h("p", {}, prose(page.what)),
    page && h("p", {}, prose(page.why)),
    page && fixSection(page, context, "node-"),
    page && verifySection(page, context, "node-"),
    page && recipesSection(page, context, "node-"),
    page && watchSection(page, context, "node-"),
    ...(page ? furtherSections(page, context, "node-") : []),
  ];
  details.replaceChildren(...body.filter((child): child is Node => child instanceof Node));
  details.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
  details.focus({ preventScroll: true });
}

/** The source holds the fix now: it is not offered again. */
function applied({ context }: Shown): void {
  const { page } = context.model;
  const old = document.getElementById("fix");
  const section = page && fixSection({ ...page, fix: { ...page.fix, canApply: false } }, context);
  if (!old || !section) return;
  const focused = old.contains(document.activeElement);
  old.replaceWith(section);
  if (focused) section.querySelector("button")?.focus();
}

let fading: ReturnType<typeof setTimeout> | undefined;

function say(status: HTMLElement, words: string): void {
  status.textContent = words;
  status.classList.add("on");
  clearTimeout(fading);
  fading = setTimeout(() => status.classList.remove("on"), 4000);
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data?.type === "show") show(data.model);
  else if (!shown) return;
  else if (data?.type === "recur") shown.seen.textContent = seenText(data.seen, shown.context);
  else if (data?.type === "goroutines") shown.goroutines.add(data.from, data.rows, data.total);
  else if (data?.type === "node") showNode(data.node, shown);
  else if (data?.type === "done") {
    if (data.what === "applied") applied(shown);
    say(shown.status, data.says);
  }
});

host.postMessage({ type: "ready" });
