/** Joins the options of `diagnose` to what they mean. */
import type { Setting } from "../../export/finding.ts";
import { jsonLinesReporter, jsonReporter } from "../../export/json.ts";
import type { Reporter } from "../../export/reporter.ts";
import { visibleLine } from "../../export/visible.ts";
import { openCatalog } from "../catalog.ts";
import { UserError } from "../fail.ts";
import type { CliMessages } from "../messages/index.ts";
import { Output } from "../output.ts";
import type { Context, Format } from "../program.ts";
import { workingDirectory } from "../source.ts";
import { textReporter } from "../terminal/reporter.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import { diagnoseInputs, type Run } from "./diagnose.ts";
import { followInputs } from "./follow.ts";

export interface DiagnoseFlags {
  readonly format: Format;
  readonly all?: boolean;
  /** Folders, false for --no-source, undefined or true where nothing was given. */
  readonly source?: readonly string[] | boolean;
  readonly follow?: boolean;
  readonly summary?: boolean;
  readonly jobs?: string;
}

const DEFAULT_COLUMNS = 80;
/** Formats that can be read before they end. */
const ENDLESS: readonly Format[] = ["text", "json", "github"];
const RANKED: readonly Format[] = ["text", "json", "markdown"];
const MOST_JOBS = 256;

export async function diagnoseCommand(
  files: readonly string[],
  flags: DiagnoseFlags,
  context: Context,
): Promise<number> {
  const { language, m } = context;
  if (flags.follow && !ENDLESS.includes(flags.format)) throw new UserError(m.followFormat(flags.format));
  if (flags.summary && flags.follow) throw new UserError(m.summaryFollow);
  if (flags.summary && !RANKED.includes(flags.format)) throw new UserError(m.summaryFormat(flags.format));
  const jobs = flags.jobs === undefined ? undefined : jobsOf(flags.jobs, m);
  const setting: Setting = {
    language,
    catalog: openCatalog(context.script, m),
    all: flags.all === true,
    version: VERSION,
  };
  const run: Run = {
    setting,
    reporter: await reporterOf(flags, setting, context),
    output: new Output(process.stdout),
    say: sayOn(flags.format),
  };
  const options = {
    files: files.length > 0 ? files : ["-"],
    sources: Array.isArray(flags.source) ? flags.source : undefined,
    source: flags.source !== false,
    ...(jobs !== undefined && { jobs }),
  };
  if (!flags.follow) return diagnoseInputs(options, run);
  return followInputs(options, run);
}

function jobsOf(given: string, m: CliMessages): number {
  const jobs = Number(given);
  if (/^\d{1,3}$/.test(given) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new UserError(m.badJobs(visibleLine(given)));
}

/** Errors and notices always go to stderr; that nothing was found is news to people only. */
function sayOn(format: Format): Run["say"] {
  return (level, text) => {
    if (level !== "news" || format === "text" || process.stderr.isTTY) {
      process.stderr.write(`golm-faultcheck: ${visibleLine(text)}\n`);
    }
  };
}

async function reporterOf(flags: DiagnoseFlags, setting: Setting, context: Context): Promise<Reporter> {
  if (flags.summary) return rankingReporter(flags.format, setting, context);
  const folder = workingDirectory() ?? "";
  const repository = { root: process.env.GITHUB_WORKSPACE ?? folder, folder };
  switch (flags.format) {
    case "text": {
      const style = styleOf(colored(context.color, process.stdout, process.env));
      return textReporter(setting, { columns: columnsOf(process.stdout), style });
    }
    case "json": {
      return flags.follow ? jsonLinesReporter() : jsonReporter(setting);
    }
    case "sarif":
      return (await import("../../export/index.ts")).sarifReporter(setting, repository);
    case "github":
      return (await import("../../export/index.ts")).githubReporter(setting, repository);
    case "markdown":
      return (await import("../../export/index.ts")).markdownReporter(setting);
    case "html":
      return (await import("../../export/index.ts")).htmlReporter(setting);
    case "pdf":
      return pdfOf(setting, context);
  }
}

async function pdfOf(setting: Setting, { m }: Context): Promise<Reporter> {
  if (process.stdout.isTTY) throw new UserError(m.pdfTerminal);
  const [{ htmlReporter }, { pdfReporter }] = await Promise.all([
    import("../../export/index.ts"),
    import("../pdf/reporter.ts"),
  ]);
  process.stdout.setDefaultEncoding("latin1");
  return pdfReporter(htmlReporter(setting), m);
}

async function rankingReporter(format: Format, setting: Setting, context: Context): Promise<Reporter> {
  const { summaryJson, summaryMarkdown, summaryReporter } = await import("../../export/summary.ts");
  const { summaryText } = await import("../terminal/summary.ts");
  const style = styleOf(colored(context.color, process.stdout, process.env));
  const canvas = { columns: columnsOf(process.stdout), style };
  return summaryReporter(setting, (ranking) => {
    if (format === "json") return summaryJson(ranking, setting);
    if (format === "markdown") return summaryMarkdown(ranking, setting);
    return summaryText(ranking, setting, canvas);
  });
}

/** Columns of the terminal; COLUMNS where output is no terminal; 80 where nobody knows. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  const given = stream.columns ?? Number(process.env.COLUMNS);
  return Number.isInteger(given) && given > 0 ? given : DEFAULT_COLUMNS;
}
