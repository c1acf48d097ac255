/** `core`: opens a core under Delve and prints what it tells, with the diagnosis. Loaded when asked. */
import { resolve } from "node:path";
import { isCore } from "../../delve/core-file.ts";
import { readCoreSetup } from "../../delve/core-setup.ts";
import { type CoreAnswer, type CoreNotice, diagnoseCore } from "../../delve/diagnose-core.ts";
import { findDelve } from "../../delve/find.ts";
import { delveWords } from "../../delve/messages/index.ts";
import { DelveProblem } from "../../delve/problem.ts";
import { sayNoCore, whyNoCore } from "../../delve/why-no-core.ts";
import type { Setting } from "../../export/finding.ts";
import { visibleLine } from "../../export/visible.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import { contextOf } from "./diagnose.ts";
import { columnsOf } from "./diagnose-command.ts";

export interface CoreFlags {
  readonly format: "text" | "json" | "markdown";
  readonly all?: boolean;
  readonly delve?: string;
  readonly twin?: boolean;
  readonly source?: readonly string[] | boolean;
  readonly log?: string;
  readonly limit?: string;
  readonly anyGo?: boolean;
  readonly native?: boolean;
  readonly why?: boolean;
}

const LONGEST_LIMIT_S = 3600;
const INTERRUPTED = 130;

/** 1 with a diagnosis, 0 for the dump of a healthy process. Throws a UserError for all the user can mend. */
export async function coreCommand(
  files: readonly string[],
  flags: CoreFlags,
  context: Context,
): Promise<number> {
  const { language } = context;
  if (flags.why) return printWhy(context);
  const core = files.at(-1);
  if (core === undefined) throw new UserError(context.m.missingArgument("CORE"));
  if (files.length > 2) throw new UserError(context.m.unknownCommand(visibleLine(files[2]!)));
  const setting: Setting = {
    language,
    catalog: openCatalog(context.script, context.m),
    all: flags.all === true,
    version: VERSION,
  };
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const answer = await ask(
      core,
      files.length === 2 ? files[0] : undefined,
      flags,
      setting,
      context,
      stop.signal,
    );
    await print(core, answer, flags, setting, context);
    return answer.findings.reason.kind === "none" ? EXIT_NOTHING_FOUND : EXIT_FOUND;
  } catch (failure) {
    if (stop.signal.aborted) return INTERRUPTED;
    if (failure instanceof DelveProblem) throw new UserError(failure.say(language));
    throw failure;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

async function ask(
  core: string,
  binary: string | undefined,
  flags: CoreFlags,
  setting: Setting,
  { m }: Context,
  signal: AbortSignal,
): Promise<CoreAnswer> {
  if (binary !== undefined && isCore(binary) && !isCore(core))
    throw new DelveProblem("swapped", binary, core);
  const sources = Array.isArray(flags.source) ? (flags.source as readonly string[]) : undefined;
  const context = contextOf({ sources, source: flags.source !== false }, setting.language, m);
  const progress = new CoreProgress(setting.language);
  try {
    return await diagnoseCore({
      core: resolve(core),
      ...(binary !== undefined && { binary: resolve(binary) }),
      delve: () => findDelve(flags.delve === undefined ? {} : { named: flags.delve }),
      catalog: setting.catalog,
      context,
      folders: [process.cwd()],
      ...(flags.twin && { twinFrom: resolve(sources?.[0] ?? ".") }),
      ...(flags.log !== undefined && { log: resolve(flags.log) }),
      ...(flags.anyGo && { anyGo: true }),
      ...(flags.limit !== undefined && { budgetMs: seconds(flags.limit, m) * 1000 }),
      ...(flags.native === false && { native: false }),
      onProgress: progress.update,
      onNotice: (notice) => say(noticeText(notice, setting.language)),
      signal,
    });
  } finally {
    progress.clear();
  }
}

function seconds(text: string, m: Context["m"]): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1 || value > LONGEST_LIMIT_S)
    throw new UserError(m.badLimit(visibleLine(text), LONGEST_LIMIT_S));
  return value;
}

function noticeText(notice: CoreNotice, language: Context["language"]): string {
  const m = delveWords(language).report;
  if (notice.kind === "problem") return notice.problem.say(language);
  return notice.kind === "other-log" ? m.otherLog(notice.path) : m.needsTwin(notice.binary);
}

function say(text: string): void {
  process.stderr.write(`golm-faultcheck: ${visibleLine(text)}\n`);
}

async function print(
  core: string,
  answer: CoreAnswer,
  flags: CoreFlags,
  setting: Setting,
  context: Context,
): Promise<void> {
  const output = new Output(process.stdout);
  const { coreJson, coreMarkdown, coreText } = await import("../core-report.ts");
  if (flags.format === "json") await output.write(coreJson(core, answer, setting));
  else if (flags.format === "markdown") await output.write([await coreMarkdown(core, answer, setting)]);
  else {
    const style = styleOf(colored(context.color, process.stdout, process.env));
    await output.write([
      await coreText(core, answer, setting, { columns: columnsOf(process.stdout), style }),
    ]);
  }
}

/** `--why`: what keeps programs started here from leaving a core. */
async function printWhy({ language }: Context): Promise<number> {
  const cwd = process.cwd();
  const reasons = whyNoCore(readCoreSetup({ cwd }));
  const lines = reasons.map(
    (each) => `${each.stops ? "×" : "·"} ${visibleLine(sayNoCore(each, language))}\n`,
  );
  if (lines.length === 0) lines.push(`${delveWords(language).report.nothingStops}\n`);
  await new Output(process.stdout).write(lines);
  return EXIT_NOTHING_FOUND;
}

const PROGRESS_MS = 500;

/** One line on a terminal's standard error while many goroutines are read. */
class CoreProgress {
  private shown = false;
  private last = performance.now();

  constructor(private readonly language: Context["language"]) {}

  readonly update = (listed: number, total: number | undefined): void => {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.last < PROGRESS_MS) return;
    this.last = now;
    this.shown = true;
    process.stderr.write(`\r\x1b[K${delveWords(this.language).report.progress(listed, total)}`);
  };

  clear(): void {
    if (this.shown) process.stderr.write("\r\x1b[K");
    this.shown = false;
  }
}
