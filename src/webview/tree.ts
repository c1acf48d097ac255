/** The fault tree as the panel draws it: from the failure through layers and gates to the causes, the path lit. */
import { inLanguage, messagesOf } from "../export/messages/index.ts";
import type { Catalog, IndexedEvent } from "../faulttree/catalog.ts";
import type { Diagnosis, Language } from "../faulttree/diagnosis.ts";
import { panelMessages } from "./messages/index.ts";
import type { TreeNode } from "./protocol.ts";

/** The layers in the order a crash is looked into. Others, which a user's own catalogue may add, follow by name. */
const LAYERS = ["runtime", "native", "resource", "model", "build-deploy"];

const layerOf = (id: string) => id.slice(0, Math.max(0, id.indexOf("/")));

/** All layers and events; the causes of the event that was met. */
export function treeOf(diagnosis: Diagnosis, catalog: Catalog, language: Language): TreeNode {
  const m = panelMessages(language);
  const met = diagnosis.event.id;
  const names = [...new Set(catalog.events.map(({ id }) => layerOf(id)))];
  const known = [...LAYERS.filter((layer) => names.includes(layer))];
  const layers = [...known, ...names.filter((name) => !known.includes(name)).sort()];
  const children: TreeNode[] = layers.map((layer) => ({
    id: layer,
    title: m.layers[layer] ?? layer,
    kind: "layer",
    gate: "or",
    ...(layer === layerOf(met) && { lit: true }),
    children: catalog.events
      .filter(({ id }) => layerOf(id) === layer)
      .map((event) => eventNode(event, diagnosis, language))
      // The event that was met stands first: nobody looks for it in a list.
      .sort((a, b) => Number(b.lit ?? false) - Number(a.lit ?? false)),
  }));
  if (!catalog.event(met)) children.unshift(unknownNode(diagnosis, language));
  return { id: "", title: m.topEvent, kind: "top", gate: "or", lit: true, children };
}

function eventNode(event: IndexedEvent, diagnosis: Diagnosis, language: Language): TreeNode {
  const node = {
    id: event.id,
    title: inLanguage(event.title, language),
    kind: "event",
    gate: event.gate,
  } as const;
  if (event.id !== diagnosis.event.id) return node;
  return {
    ...node,
    lit: true,
    children: diagnosis.causes.map((cause, index) => ({
      id: cause.id,
      title: cause.title,
      kind: "cause",
      confidence: cause.confidence,
      // Of causes that are needed together all are on the path.
      ...((index === 0 || event.gate === "and") && { lit: true }),
    })),
  };
}

function unknownNode(diagnosis: Diagnosis, language: Language): TreeNode {
  const title = messagesOf(language).unknownEvent[diagnosis.crash.kind];
  return { id: diagnosis.event.id, title, kind: "event", gate: "or", lit: true, children: [] };
}
