/** Stack frames, each a link where the host can open its file. */
import type { FrameView } from "../protocol.ts";
import type { Context } from "./context.ts";
import { type Child, h } from "./dom.ts";

export function stackList(frames: readonly FrameView[], context: Context): HTMLOListElement {
  return h("ol", { class: "stack" }, ...frames.map((frame) => frameItem(frame, context)));
}

function frameItem(frame: FrameView, context: Context): HTMLLIElement {
  const kind = frame.here ? "frame own here" : frame.own ? "frame own" : "frame";
  return h(
    "li",
    { class: kind, title: frame.function },
    h("code", { class: "name" }, ...breakable(frame.name)),
    frame.here && h("span", { class: "visually-hidden" }, ` (${context.m.here})`),
    frame.place !== undefined && placeLink(frame.place, frame.open, context),
  );
}

/** `file:line` as a button that opens it, or as text where nothing can be opened. */
export function placeLink(place: string, open: number | undefined, { m, send, model }: Context): HTMLElement {
  if (open === undefined || !model.can.openEditor) return h("span", { class: "place" }, ...breakable(place));
  return h(
    "button",
    {
      class: "place link",
      title: m.openFile,
      attributes: { type: "button" },
      on: { click: () => send({ type: "openFrame", open }) },
    },
    ...breakable(place),
  );
}

/** Long paths and names may break behind their separators. */
export function breakable(text: string): Child[] {
  return text.split(/(?<=[/\\.:)])(?=\S)/).flatMap((part, index) => (index > 0 ? [h("wbr"), part] : [part]));
}
