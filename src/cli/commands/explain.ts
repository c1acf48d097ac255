/** `explain ID`: the page of a cause or of an event. */
import { exampleDiff, unified } from "../../export/example-diff.ts";
import type { Setting } from "../../export/finding.ts";
import { safeJson } from "../../export/json.ts";
import { visibleLine } from "../../export/visible.ts";
import type { Catalog } from "../../faulttree/index.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { suggest } from "../suggest.ts";
import { renderPage } from "../terminal/explain.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import { columnsOf } from "./diagnose-command.ts";

export interface ExplainFlags {
  readonly format: "text" | "markdown" | "json";
}

/** Prints the page. Throws a UserError with near ids when there is none of that name. */
export async function explainCommand(wanted: string, flags: ExplainFlags, context: Context): Promise<number> {
  const catalog = openCatalog(context.script, context.m);
  // A lint rule's id has no slash and is no cause's last part. Wrong ids are compared with the rules', too.
  const { ruleIds, rulePage } = await import("../lint/rule-page.ts");
  const rule = rulePage(wanted, flags.format, columnsOf(process.stdout), context);
  if (rule !== undefined) {
    await new Output(process.stdout).write([rule]);
    return EXIT_NOTHING_FOUND;
  }
  const id = resolveId(wanted, catalog, ruleIds(), context);
  const setting: Setting = { language: context.language, catalog, all: true, version: VERSION };
  const output = new Output(process.stdout);
  await output.write([await render(id, flags, setting, context)]);
  return EXIT_NOTHING_FOUND;
}

async function render(id: string, flags: ExplainFlags, setting: Setting, context: Context): Promise<string> {
  switch (flags.format) {
    case "json":
      return `${safeJson(await asJson(id, setting.catalog))}\n`;
    case "markdown": {
      const { pageMarkdown } = await import("../../export/index.ts");
      return pageMarkdown(id, setting);
    }
    case "text": {
      const style = styleOf(colored(context.color, process.stdout, process.env));
      return renderPage(id, setting, { columns: columnsOf(process.stdout), style });
    }
  }
}

/** A full id, or its end where only one id ends so. */
export function resolveId(
  wanted: string,
  catalog: Catalog,
  rules: readonly string[],
  { m }: Pick<Context, "m">,
): string {
  const id = wanted.replace(/^\/+|\/+$/g, "");
  const ids = [...catalog.events, ...catalog.causes].map((entry) => entry.id);
  if (ids.includes(id)) return id;
  const ending = ids.filter((known) => known.endsWith(`/${id}`));
  if (ending.length === 1) return ending[0]!;
  const near = ending.length > 1 ? ending : suggest(id, [...ids, ...rules]);
  const hint = near.length > 0 ? m.didYouMean(near) : m.seeList;
  throw new UserError(`${m.unknownId(visibleLine(wanted))} ${hint}`);
}

/** Both languages, because a program may need either; the diff is made here so that nobody has to. */
async function asJson(id: string, catalog: Catalog): Promise<object> {
  const cause = catalog.cause(id);
  if (!cause) {
    return { ...catalog.event(id)!, ...catalog.eventPage(id), causes: catalog.causesOf(id).map((c) => c.id) };
  }
  const page = catalog.page(id)!;
  return { ...cause, ...page, diff: unified(await exampleDiff(page.files)) };
}
