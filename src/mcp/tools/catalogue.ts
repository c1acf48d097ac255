/** `explain`, `search_catalogue` and `list_recipes`; the pages themselves are resources too. */
import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { resolveId } from "../../cli/commands/explain.ts";
import { choose } from "../../cli/commands/list.ts";
import { UserError } from "../../cli/fail.ts";
import { pageMarkdown } from "../../export/index.ts";
import { code } from "../../export/markdown.ts";
import { inLanguage } from "../../export/messages/index.ts";
import { visibleLine } from "../../export/visible.ts";
import type { IndexedCause } from "../../faulttree/index.ts";
import { answer, answering, bounded, Refusal } from "../answer.ts";
import { inLanguageOf } from "../language.ts";
import type { CallSetting, ServerSetting } from "../setting.ts";
import { LanguageInput, PageShape, RecipesShape, ScenarioShape } from "./shapes.ts";

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const MOST = 100;
const COMPLETIONS = 100;
const KINDS = ["live", "core", "gdb"] as const;

const Query = z.string().max(200).describe("Words that must all stand in the id, title, kind or `llm`.");
const Page = {
  limit: z.number().int().min(1).max(MOST).default(50),
  from: z.number().int().min(0).max(100_000).default(0).describe("Entries to pass over."),
  language: LanguageInput,
};

export function offerCatalogue(server: McpServer, given: ServerSetting): void {
  offerExplain(server, given);
  offerSearch(server, given);
  offerRecipes(server, given);
  offerPages(server, given);
}

function offerExplain(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "explain",
    {
      title: "Explain a cause or an event",
      description:
        "The page of a cause (what happens and why, evidence, how to tell it from its siblings, the fix as a diff of two programs, how to check it, what would have caught it earlier) or of an event. Ids come from diagnose_* and search_catalogue; the end of an id will do where only one ends so.",
      inputSchema: { id: z.string().min(1).max(200), language: LanguageInput },
      outputSchema: PageShape,
      annotations: READ_ONLY,
    },
    ({ id: wanted, language }) =>
      answering(async () => {
        const call = inLanguageOf(given, language);
        const id = known(wanted, given, call);
        const cause = given.catalog.cause(id);
        const title = inLanguage((cause ?? given.catalog.event(id)!).title, call.setting.language);
        const siblings = given.catalog.causesOf(cause?.event ?? id).map((each) => each.id);
        const data = {
          id,
          type: cause ? "cause" : "event",
          title,
          uri: uriOf(id, cause !== undefined),
          related: siblings.filter((each) => each !== id),
        };
        return answer(await pageMarkdown(id, call.setting), data, call.w.cut);
      }),
  );
}

function offerSearch(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "search_catalogue",
    {
      title: "Search the fault tree",
      description:
        "Events and causes of Go crashes whose id, title (English or Chinese) or kind holds all words; all of them without a query.",
      inputSchema: { query: Query.optional(), ...Page },
      outputSchema: ScenarioShape,
      annotations: READ_ONLY,
    },
    ({ query = "", limit, from, language }) =>
      answering(() => {
        const { setting, w } = inLanguageOf(given, language);
        const { events, causes } = choose(given.catalog, [query]);
        const all = [
          ...events.map((event) => ({ ...event, type: "event" as const, kind: undefined })),
          ...causes.map((cause) => ({ ...cause, type: "cause" as const })),
        ].sort((a, b) => (a.id < b.id ? -1 : 1));
        const scenarios = all.slice(from, from + limit).map(({ id, type, title, kind, severity }) => ({
          id,
          type,
          title: inLanguage(title, setting.language),
          ...(kind !== undefined && { kind }),
          severity,
        }));
        const lines = scenarios.map(({ id, title }) => `- ${code(id)} ${title}`);
        const text = [all.length === 0 ? w.nothing : w.listed(scenarios.length, all.length, from), ...lines];
        return answer(`${text.join("\n")}\n`, { total: all.length, from, scenarios }, w.cut);
      }),
  );
}

function offerRecipes(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "list_recipes",
    {
      title: "List debugger recipes",
      description:
        "Steps for a debugger (breakpoints with conditions, watches, expressions) that show a cause in a live process, a core dump, or gdb: of one cause, or of those a query finds.",
      inputSchema: {
        id: z.string().min(1).max(200).optional().describe("A cause. Without it, `query` chooses."),
        query: Query.optional(),
        for: z.enum(KINDS).optional().describe("Only recipes for this."),
        ...Page,
      },
      outputSchema: RecipesShape,
      annotations: READ_ONLY,
    },
    ({ id, query = "", for: kind, limit, from, language }) =>
      answering(() => {
        const call = inLanguageOf(given, language);
        const { w } = call;
        const causes =
          id === undefined ? choose(given.catalog, [query]).causes : causesOf(known(id, given, call), given);
        const all = causes
          .flatMap((cause) => recipesOf(cause, given, call))
          .filter((r) => !kind || r.for === kind);
        const recipes = all.slice(from, from + limit);
        if (id !== undefined && all.length === 0) throw new Refusal(w.noRecipes(visibleLine(id)));
        const text = recipes.map((recipe) => {
          const steps = recipe.steps.map((step, index) => `${index + 1}. ${stepText(step)}`);
          return `### ${recipe.title}\n\n${code(recipe.cause)} · ${recipe.for}\n\n${steps.join("\n")}`;
        });
        const head = all.length === 0 ? w.nothing : w.listed(recipes.length, all.length, from);
        return answer(`${[head, ...text].join("\n\n")}\n`, { total: all.length, from, recipes }, w.cut);
      }),
  );
}

function causesOf(id: string, { catalog }: ServerSetting): readonly IndexedCause[] {
  const cause = catalog.cause(id);
  return cause ? [cause] : catalog.causesOf(id);
}

function recipesOf(cause: IndexedCause, { catalog }: ServerSetting, { setting }: CallSetting) {
  const recipes = catalog.page(cause.id)?.recipes ?? {};
  return KINDS.flatMap((kind) => {
    const recipe = recipes[kind];
    if (!recipe) return [];
    const steps = recipe.steps.map(({ says, ...step }) => ({
      ...step,
      ...(says && { says: inLanguage(says, setting.language) }),
    }));
    return [{ cause: cause.id, for: kind, title: inLanguage(recipe.title, setting.language), steps }];
  });
}

function stepText(step: Readonly<Record<string, string | boolean | undefined>>): string {
  const parts = Object.entries(step).map(([name, value]) =>
    name === "says" ? value : `${name} ${code(String(value))}`,
  );
  return parts.join(" · ");
}

/** The full id, or a Refusal that names those near to it. */
function known(wanted: string, { catalog }: ServerSetting, { m }: CallSetting): string {
  try {
    return resolveId(wanted, catalog, [], { m });
  } catch (failure) {
    if (failure instanceof UserError) throw new Refusal(failure.message);
    throw failure;
  }
}

function uriOf(id: string, isCause: boolean): string {
  return `golm://${isCause ? "cause" : "event"}/${id}`;
}

/** `golm://cause/ID`, `golm://event/ID`, and `golm://catalogue`, the list of them. */
function offerPages(server: McpServer, given: ServerSetting): void {
  const mimeType = "text/markdown";
  const { catalog } = given;
  const { setting, w } = inLanguageOf(given, undefined);
  server.registerResource(
    "catalogue",
    "golm://catalogue",
    { title: "The fault tree: all events and causes", mimeType },
    (uri) => {
      const lines = catalog.events.flatMap((event) => [
        `- [${event.id}](${uriOf(event.id, false)}) ${inLanguage(event.title, setting.language)}`,
        ...catalog
          .causesOf(event.id)
          .map(({ id, title }) => `  - [${id}](${uriOf(id, true)}) ${inLanguage(title, setting.language)}`),
      ]);
      return { contents: [{ uri: uri.href, mimeType, text: `${lines.join("\n")}\n` }] };
    },
  );
  for (const type of ["cause", "event"] as const) {
    const all = type === "cause" ? catalog.causes : catalog.events;
    const complete = (value: string) =>
      all
        .map(({ id }) => id)
        .filter((id) => id.includes(value))
        .slice(0, COMPLETIONS);
    server.registerResource(
      type,
      new ResourceTemplate(`golm://${type}/{+id}`, { list: undefined, complete: { id: complete } }),
      { title: type === "cause" ? "The page of a cause" : "The page of an event", mimeType },
      async (uri, { id }) => {
        const wanted = String(id);
        if (!(type === "cause" ? catalog.cause(wanted) : catalog.event(wanted)))
          throw new McpError(
            ErrorCode.InvalidParams,
            `There is no ${type} ${visibleLine(wanted).slice(0, 200)}.`,
          );
        const text = bounded(await pageMarkdown(wanted, setting), w.cut);
        return { contents: [{ uri: uri.href, mimeType, text }] };
      },
    );
  }
}
