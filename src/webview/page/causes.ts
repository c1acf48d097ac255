/** The best cause with its evidence, and the others. */
import { percent } from "../../export/percent.ts";
import type { CauseView } from "../protocol.ts";
import type { Context } from "./context.ts";
import { h, prose, section } from "./dom.ts";

export function causeSection(context: Context, evidence: HTMLElement): HTMLElement | undefined {
  const { model, r } = context;
  const [best] = model.causes;
  if (!best)
    return section(
      "cause",
      r.cause,
      h("p", {}, model.event.proves === undefined ? r.unknownCauses : r.ruledOut),
      model.event.proves !== undefined && h("p", {}, prose(model.event.proves)),
    );
  return section(
    "cause",
    r.cause,
    h("p", { class: "cause" }, h("strong", {}, prose(best.title)), meter(best, context)),
    model.undecided && h("p", { class: "note" }, r.undecided),
    model.page && h("p", {}, prose(model.page.what)),
    model.page && h("p", {}, prose(model.page.why)),
    h("h3", {}, r.evidence),
    evidence.childElementCount > 0 ? evidence : h("p", { class: "dim" }, r.noEvidence),
  );
}

export function meter(cause: CauseView, { m }: Context): HTMLElement {
  const share = percent(cause.confidence);
  const bar = h("span", { class: "bar" });
  bar.style.width = `${share}%`;
  return h(
    "span",
    { class: "confidence" },
    h(
      "span",
      {
        class: "meter",
        attributes: {
          role: "meter",
          "aria-label": m.confidence,
          "aria-valuemin": "0",
          "aria-valuemax": "100",
          "aria-valuenow": String(share),
          "aria-valuetext": cause.confidenceText,
        },
      },
      bar,
    ),
    cause.confidenceText,
  );
}

const OTHERS_SHOWN = 4;

export function othersSection(context: Context): HTMLElement | undefined {
  const { model, m, r, send } = context;
  const others = model.causes.slice(1, 1 + OTHERS_SHOWN).filter(({ confidence }) => confidence >= 0.02);
  if (others.length === 0) return undefined;
  return section(
    "others",
    r.runnersUp,
    h(
      "ul",
      { class: "others" },
      ...others.map((cause) =>
        h(
          "li",
          {},
          h("span", { class: "share" }, r.percent(percent(cause.confidence))),
          h(
            "button",
            {
              class: "link",
              title: m.openNode(cause.title),
              attributes: { type: "button" },
              on: { click: () => send({ type: "openNode", id: cause.id }) },
            },
            prose(cause.title),
          ),
          cause.question !== undefined && h("p", { class: "dim" }, prose(cause.question)),
        ),
      ),
    ),
  );
}
