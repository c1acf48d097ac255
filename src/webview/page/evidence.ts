/** The evidence of the best cause and the raw text, each showing the other. */
import type { EvidenceView, TextRange } from "../protocol.ts";
import type { Context } from "./context.ts";
import { type Child, h, prose } from "./dom.ts";

export interface EvidenceParts {
  readonly list: HTMLUListElement;
  readonly raw: HTMLPreElement;
}

/** Both sides at once, because they hold each other's elements. */
export function evidenceParts(
  evidence: readonly EvidenceView[],
  needs: readonly string[],
  raw: string,
  { r, m }: Context,
): EvidenceParts {
  const marks: HTMLElement[][] = evidence.map(() => []);
  const items: HTMLElement[] = [];
  const light = (indexes: readonly number[], on: boolean) => {
    for (const index of indexes) {
      items[index]?.classList.toggle("lit", on);
      for (const mark of marks[index] ?? []) mark.classList.toggle("lit", on);
    }
  };
  for (const [index, each] of evidence.entries())
    items.push(evidenceItem(each, index, { r, m }, marks, light));
  const pre = h("pre", {
    id: "raw-text",
    class: "raw",
    attributes: { tabindex: "0", "aria-label": m.rawText },
  });
  for (const segment of segments(raw.length, evidence)) {
    const text = raw.slice(segment.start, segment.end);
    if (segment.evidence.length === 0) {
      pre.append(text);
      continue;
    }
    const against = segment.evidence.every((index) => evidence[index]!.weight < 0);
    const mark = h(
      "mark",
      {
        class: against ? "against" : "for",
        title: segment.evidence.map((index) => evidence[index]!.says).join("\n"),
        on: {
          mouseenter: () => light(segment.evidence, true),
          mouseleave: () => light(segment.evidence, false),
        },
      },
      text,
    );
    for (const index of segment.evidence) marks[index]!.push(mark);
    pre.append(mark);
  }
  const open = needs.map((need) => h("li", { class: "open" }, prose(need)));
  return { list: h("ul", { class: "evidence" }, ...items, ...open), raw: pre };
}

function evidenceItem(
  each: EvidenceView,
  index: number,
  { r, m }: Pick<Context, "r" | "m">,
  marks: readonly HTMLElement[][],
  light: (indexes: readonly number[], on: boolean) => void,
): HTMLElement {
  const side = each.weight < 0 ? "against" : "for";
  const hidden = h("span", { class: "visually-hidden" }, `${r[side]}: `);
  const says: Child[] = [hidden, prose(each.says)];
  const show = () => marks[index]?.[0]?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  return h(
    "li",
    {
      class: side,
      on: { mouseenter: () => light([index], true), mouseleave: () => light([index], false) },
    },
    each.range
      ? h(
          "button",
          {
            class: "link shows",
            title: m.evidenceAt,
            attributes: { type: "button" },
            on: { click: show, focus: () => light([index], true), blur: () => light([index], false) },
          },
          ...says,
        )
      : h("span", {}, ...says),
  );
}

/** Smooth only where motion is welcome. */
export function scrollBehavior(): ScrollBehavior {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

interface Segment extends TextRange {
  readonly evidence: readonly number[];
}

/** The text cut where a range begins or ends, each piece with the evidence it shows. */
export function segments(length: number, evidence: readonly EvidenceView[]): Segment[] {
  const ranges = evidence.flatMap(({ range }, index) => (range ? [{ ...range, index }] : []));
  const cuts = [...new Set([0, length, ...ranges.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at]!;
    const inside = ranges.filter((range) => range.start <= start && end <= range.end);
    return { start, end, evidence: inside.map(({ index }) => index) };
  });
}
