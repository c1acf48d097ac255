/** `list`: all ids with their titles. */
import { safeJson } from "../../export/json.ts";
import { inLanguage } from "../../export/messages/index.ts";
import { visibleLine } from "../../export/visible.ts";
import type { Catalog, IndexedCause, IndexedEvent } from "../../faulttree/index.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_NOTHING_FOUND } from "../fail.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { padEnd, width } from "../terminal/layout.ts";
import { colored, styleOf } from "../terminal/style.ts";

export interface ListFlags {
  readonly format: "text" | "json";
}

/** Prints events and causes that hold all the words given. Always 0: an empty list is an answer. */
export async function listCommand(
  filter: readonly string[],
  flags: ListFlags,
  context: Context,
): Promise<number> {
  const catalog = openCatalog(context.script, context.m);
  const chosen = choose(catalog, filter);
  const output = new Output(process.stdout);
  if (flags.format === "json") {
    await output.write([`${safeJson(asJson(chosen, context))}\n`]);
    return EXIT_NOTHING_FOUND;
  }
  if (chosen.causes.length + chosen.events.length === 0) {
    process.stderr.write(`golm-faultcheck: ${context.m.nothingListed(visibleLine(filter.join(" ")))}\n`);
    return EXIT_NOTHING_FOUND;
  }
  await output.write(asText(chosen, catalog, context));
  return EXIT_NOTHING_FOUND;
}

interface Chosen {
  readonly events: readonly IndexedEvent[];
  readonly causes: readonly IndexedCause[];
}

/** Words are looked for in ids, titles of both languages, kind, and `llm`. */
export function choose(catalog: Catalog, filter: readonly string[]): Chosen {
  const words = filter.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== "");
  const holds = (...texts: string[]) => {
    const text = texts.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return {
    events: catalog.events.filter((event) => holds(event.id, event.title.en, event.title.zh)),
    causes: catalog.causes.filter((cause) =>
      holds(cause.id, cause.title.en, cause.title.zh, cause.kind, cause.llm ? "llm" : ""),
    ),
  };
}

function asJson({ events, causes }: Chosen, { language }: Context): object {
  return {
    events: events.map(({ id, title }) => ({ id, title: inLanguage(title, language) })),
    causes: causes.map(({ id, event, title, kind }) => ({
      id,
      event,
      title: inLanguage(title, language),
      kind,
    })),
  };
}

/** Causes stand below their event, also when only the cause fits the words. */
function* asText(chosen: Chosen, catalog: Catalog, context: Context): Generator<string> {
  const { language, m } = context;
  const style = styleOf(colored(context.color, process.stdout, process.env));
  const events = new Set([...chosen.events.map(({ id }) => id), ...chosen.causes.map(({ event }) => event)]);
  const ids = [...events].sort();
  const longest = Math.max(0, ...chosen.causes.map(({ id }) => width(id)));
  for (const id of ids) {
    const event = catalog.event(id);
    yield `${style.label(id)}  ${event ? inLanguage(event.title, language) : ""}\n`;
    for (const cause of chosen.causes.filter((c) => c.event === id)) {
      yield `  ${padEnd(cause.id, longest)}  ${inLanguage(cause.title, language)}\n`;
    }
  }
  yield `\n${style.dim(m.listed(ids.length, chosen.causes.length))}\n`;
}
