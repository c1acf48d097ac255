/** The top of the page: what happened, how sure the answer is, and what can be done with it as a whole. */
import type { Recurrence } from "../protocol.ts";
import type { Context } from "./context.ts";
import { button, h, prose, section } from "./dom.ts";
import { placeLink } from "./frames.ts";

export function headSection(context: Context, seen: HTMLElement): HTMLElement {
  const { model, m, send } = context;
  const { can } = model;
  return h(
    "header",
    { class: `head ${model.severity ?? "high"}` },
    h("h1", {}, model.headline),
    model.header !== undefined &&
      h(
        "pre",
        { class: "raised", attributes: { tabindex: "0", "aria-label": model.event.title } },
        model.header,
      ),
    h(
      "ul",
      { class: "facts", attributes: { "aria-label": m.facts } },
      h("li", {}, seen),
      ...model.surroundings.map((fact) => h("li", {}, fact)),
      h("li", {}, h("code", {}, model.causes[0]?.id ?? model.event.id)),
    ),
    ...model.notes.map((note) => h("p", { class: "note" }, prose(note))),
    h(
      "div",
      { class: "actions", attributes: { role: "toolbar", "aria-label": model.headline } },
      can.openCore &&
        button({ icon: "debug-alt", words: m.openCore, class: "action primary" }, () =>
          send({ type: "openCore" }),
        ),
      can.runWithCore && runWithCore(context, "action primary"),
      button({ icon: "copy", words: m.copyMarkdown }, () => send({ type: "copy", what: "markdown" })),
      can.exportFile && button({ icon: "export", words: m.exportAs }, () => send({ type: "export" })),
      can.askModel &&
        button({ icon: "comment-discussion", words: m.askModel }, () => send({ type: "askModel" })),
      can.openEditor && button({ icon: "go-to-file", words: m.openRaw }, () => send({ type: "openRaw" })),
    ),
  );
}

/** In the place of what needs a core, where the crash left none. */
export function runWithCore({ m, send }: Context, className?: string): HTMLElement {
  return button({ icon: "debug-rerun", words: m.runWithCore, ...(className && { class: className }) }, () =>
    send({ type: "runWithCore" }),
  );
}

/** `seen 3 times · last 14:02:11`. */
export function seenText({ count, last }: Recurrence, { m, r }: Context): string {
  if (last <= 0) return m.seen(count);
  const when = new Intl.DateTimeFormat(r.htmlLang, { dateStyle: "short", timeStyle: "medium" }).format(last);
  return `${m.seen(count)} · ${m.lastSeen(when)}`;
}

export function lookSection(context: Context): HTMLElement | undefined {
  const { model, r } = context;
  const { location } = model;
  if (!location) return section("look", r.lookFirst, h("p", {}, r.locationUnknown));
  const source = location.source;
  return section(
    "look",
    r.lookFirst,
    h(
      "p",
      { class: "where" },
      placeLink(location.place, location.open, context),
      location.place === location.function ? "" : ` ${r.inFunction("")}`,
      location.place !== location.function && h("code", {}, location.function),
    ),
    source &&
      h(
        "pre",
        { class: "source", attributes: { tabindex: "0", "aria-label": location.place } },
        ...source.lines.map((text, index) => {
          const line = source.first + index;
          const here = line === source.line;
          return h(
            "span",
            { class: here ? "here" : "", ...(here && { attributes: { "aria-current": "true" } }) },
            h("i", {}, String(line)),
            `${text.replaceAll("\t", "    ")}\n`,
          );
        }),
      ),
  );
}
