/**
 * Commands, options and their help. What every diagnosis needs is one file: to find and open each further one
 * costs the start more than to parse it. Rare and large things (report formats, diffs, verify) are loaded when asked.
 */
import { Command, CommanderError, Option } from "commander";
import { visibleLine } from "../export/visible.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { addCheck } from "./commands/check-command.ts";
import { diagnoseCommand } from "./commands/diagnose-command.ts";
import { execCommand } from "./commands/exec.ts";
import { explainCommand } from "./commands/explain.ts";
import { lintCommand } from "./commands/lint.ts";
import { listCommand } from "./commands/list.ts";
import { lspCommand } from "./commands/lsp.ts";
import { verifyCommand } from "./commands/verify.ts";
import { EXIT_ERROR, UserError } from "./fail.ts";
import { reason } from "./input/read.ts";
import { languageOf, parseLanguage } from "./locale.ts";
import { type HelpWords, helpWords } from "./messages/help.ts";
import { type CliMessages, cliMessages } from "./messages/index.ts";
import { OutputClosed } from "./output.ts";
import type { ColorMode } from "./terminal/style.ts";
import { VERSION } from "./version.ts";

export const FORMATS = ["text", "json", "sarif", "github", "markdown", "html", "pdf"] as const;
export type Format = (typeof FORMATS)[number];

/** What every command is handed. */
export interface Context {
  readonly language: Language;
  readonly m: CliMessages;
  readonly color: ColorMode;
  /** URL of the program file, beside which the catalogue lies. */
  readonly script: string;
}

/** Runs the command line and returns the exit status. Never throws; what went wrong is said on stderr. */
export async function runProgram(args: readonly string[], script: string): Promise<number> {
  const language = spokenLanguage(args);
  const m = cliMessages(language);
  try {
    return await parse(args, language, m, script);
  } catch (failure) {
    return explainFailure(failure, m);
  }
}

async function parse(
  given: readonly string[],
  language: Language,
  m: CliMessages,
  script: string,
): Promise<number> {
  let status = 0;
  // A shorthand for those who have this one question.
  const short = given[0]?.startsWith("-") && given.includes("--check-gc-trace");
  const args = short ? ["check", ...given] : given;
  const program = buildProgram(language, m, script, (code) => {
    status = code;
  });
  if (args.length === 0) {
    program.outputHelp({ error: true });
    return EXIT_ERROR;
  }
  await program.parseAsync(args, { from: "user" });
  return status;
}

/** The language must be known before the options are parsed, because their help and errors speak it. */
function spokenLanguage(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const given = at < 0 ? undefined : args[at]!.includes("=") ? args[at]!.slice(7) : args[at + 1];
  return (given && parseLanguage(given)) || languageOf(process.env);
}

function buildProgram(
  language: Language,
  m: CliMessages,
  script: string,
  done: (status: number) => void,
): Command {
  const h = helpWords(language);
  const context = (options: { color?: ColorMode }): Context => ({
    language,
    m,
    color: options.color ?? "auto",
    script,
  });
  const program = newCommand("golm-faultcheck", h)
    .description(h.program)
    .version(`golm-faultcheck ${VERSION}`, "-V, --version", h.version)
    .helpCommand(false)
    .showHelpAfterError(false)
    // What stands behind a program that is run belongs to it.
    .enablePositionalOptions()
    .addHelpText("after", h.after);
  const shared = (command: Command) => command.addOption(langOption(h, m)).addOption(colorOption(h, m));

  shared(program.command("diagnose"))
    .description(h.diagnose)
    .argument("[FILE...]", h.file)
    .addOption(formatOption(FORMATS, h, m))
    .option("--all", h.all)
    .option("--source <DIR>", h.source, gather)
    .option("--no-source", h.noSource)
    .option("-f, --follow", h.follow)
    .option("--summary", h.summary)
    .option("--jobs <N>", h.jobs)
    .addHelpText("after", h.diagnoseAfter)
    .action(async (files: string[], options) => {
      done(await diagnoseCommand(files, options, context(options)));
    });

  shared(program.command("explain"))
    .description(h.explain)
    .argument("<ID>", h.id)
    .addOption(formatOption(["text", "markdown", "json"], h, m))
    .action(async (id: string, options) => {
      done(await explainCommand(id, options, context(options)));
    });

  shared(program.command("recipe"))
    .description(h.recipe)
    .argument("[ID...]", h.recipeId)
    .option("--for <TOOL>", h.recipeFor)
    .option("--kind <KIND>", h.recipeKind)
    .option("--crash <FILE>", h.recipeCrash)
    .option("-o, --output <FILE>", h.recipeOutput)
    .option("--check", h.recipeCheck)
    .addHelpText("after", h.recipeAfter)
    .action(async (names: string[], options) => {
      const { recipeCommand } = await import("./commands/recipe.ts");
      done(await recipeCommand(names, options, context(options)));
    });

  shared(program.command("instruction"))
    .description(h.instruction)
    .argument("<EXE>", h.instructionExe)
    .argument("<PLACE>", h.instructionPlace)
    .option("--crash <FILE>", h.instructionCrash)
    .action(async (exe: string, place: string, options) => {
      const { instructionCommand } = await import("./commands/instruction.ts");
      done(await instructionCommand(exe, place, options, context(options)));
    });

  shared(program.command("list"))
    .description(h.list)
    .argument("[WORD...]", h.filter)
    .addOption(formatOption(["text", "json"], h, m))
    .action(async (filter: string[], options) => {
      done(await listCommand(filter, options, context(options)));
    });

  shared(program.command("lint"))
    .description(h.lint)
    .argument("[PACKAGE...]", h.lintPackage)
    .addOption(formatOption(["text", "json", "sarif", "github"], h, m))
    .option("--severity <LEVEL>", h.lintSeverity)
    .option("--rules <IDS>", h.lintRules)
    .option("--fix", h.lintFix)
    .option("--baseline <FILE>", h.lintBaseline)
    .option("--write-baseline", h.lintWriteBaseline)
    .option("--tags <TAGS>", h.lintTags)
    .option("--list-rules", h.lintListRules)
    .addHelpText("after", h.lintAfter)
    .action(async (patterns: string[], options) => {
      done(await lintCommand(patterns, options, context(options)));
    });

  shared(program.command("watch"))
    .description(h.watch)
    .argument("[FILE...]", h.watchFile)
    .addOption(formatOption(["text", "json"], h, m))
    .option("--every <TIME>", h.every)
    .option("--metrics [ADDR]", h.metrics)
    .option("--state <FILE>", h.state)
    .option("--source <DIR>", h.source, gather)
    .option("--no-source", h.noSource)
    .addHelpText("after", h.watchAfter)
    .action(async (files: string[], options) => {
      const { runWatch } = await import("./watch/watch.ts");
      done(await runWatch(files, options, context(options)));
    });

  shared(program.command("ci"))
    .description(h.ci)
    .argument("[COMMAND...]", h.ciCommand)
    .passThroughOptions()
    .option("--sarif <FILE>", h.sarif)
    .option("--summary <FILE>", h.jobSummary)
    .option("--annotations <WHEN>", h.annotations)
    .option("--verbose", h.verbose)
    .option("--source <DIR>", h.source, gather)
    .option("--no-source", h.noSource)
    .addHelpText("after", h.ciAfter)
    .action(async (command: string[], options) => {
      const { runCi } = await import("./ci/ci.ts");
      done(await runCi(command, options, context(options)));
    });

  program
    .command("lsp")
    .description(h.lsp)
    .addOption(langOption(h, m))
    // What editors pass by habit; there is no other way.
    .addOption(new Option("--stdio").hideHelp())
    .addHelpText("after", h.lspAfter)
    .action(async () => {
      done(await lspCommand(context({})));
    });

  program
    .command("exec")
    .description(h.exec)
    .argument("<COMMAND...>", h.execCommand)
    .passThroughOptions()
    .addHelpText("after", h.execAfter)
    .action(async (words: string[]) => {
      done(await execCommand(words, m));
    });

  program
    .command("dap")
    .description(h.dap)
    .addOption(langOption(h, m))
    .addHelpText("after", h.dapAfter)
    .action(async () => {
      const { folderOf, serve } = await import("../adapter/stdio.ts");
      done(await serve(folderOf(script), language));
    });

  shared(program.command("core"))
    .description(h.core)
    .usage("[options] [PROGRAM] CORE")
    .argument("[FILE...]", h.coreFiles)
    .addOption(formatOption(["text", "json", "markdown"], h, m))
    .option("--all", h.all)
    .option("--delve <PATH>", h.coreDelve)
    .option("--twin", h.coreTwin)
    .option("--source <DIR>", h.source, gather)
    .option("--no-source", h.noSource)
    .option("--log <FILE>", h.coreLog)
    .option("--limit <SECONDS>", h.coreLimit)
    .option("--any-go", h.coreAnyGo)
    .option("--no-native", h.coreNoNative)
    .option("--why", h.coreWhy)
    .addHelpText("after", h.coreAfter)
    .action(async (files: string[], options) => {
      const { coreCommand } = await import("./commands/core.ts");
      done(await coreCommand(files, options, context(options)));
    });

  program
    .command("mcp")
    .description(h.mcp)
    .addOption(langOption(h, m))
    .option("--root <DIR>", h.root, gather)
    .addHelpText("after", h.mcpAfter)
    .action(async (options) => {
      const { runMcp } = await import("../mcp/server.ts");
      const commands = program.commands.map((command) => command.name());
      done(await runMcp(options, context({}), commands));
    });

  shared(program.command("verify"))
    .description(h.verify)
    .argument("[ID...]", h.verifyId)
    .addOption(formatOption(["text", "json"], h, m))
    .option("--catalog <DIR>", h.verifyCatalog)
    .option("--go <PATH>", h.verifyGo)
    .option("--changed", h.verifyChanged)
    .option("--recipes", h.verifyRecipes)
    .option("--kind <KINDS>", h.verifyKind)
    .option("--sample", h.verifySample)
    .option("--table <FILE>", h.verifyTable)
    .option("--dlv <PATH>", h.verifyDlv)
    .option("--gdb <PATH>", h.verifyGdb)
    .action(async (ids: string[], options) => {
      done(await verifyCommand(ids, options, context(options)));
    });

  const kit = { shared, format: (known: readonly string[]) => formatOption(known, h, m), context, done };
  addCheck(program, language, kit);

  shared(program.command("export"))
    .description(h.export)
    .argument("<SYSTEM>", h.exportSystem)
    .option("--output <FILE>", h.exportOutput)
    .option("--runbook-url <URL>", h.exportRunbook)
    .option("--own-metrics", h.exportOwn)
    .option("--selector <SELECTOR>", h.exportSelector, '{namespace=~".+"}')
    .option("--by <LABELS>", h.exportBy, "namespace,pod,container")
    .action(async (system: string, options) => {
      const { exportCommand } = await import("./commands/export.ts");
      done(await exportCommand(system, options, context(options)));
    });
  return program;
}

/** A command whose errors are thrown to us and whose help speaks the language. */
function newCommand(name: string, h: HelpWords): Command {
  const command = new Command(name);
  command.createCommand = (child) => newCommand(child ?? "", h);
  return command
    .exitOverride()
    .helpOption("-h, --help", h.help)
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      styleTitle: (title) => h.titles[title] ?? title,
      helpWidth: Math.min(100, process.stdout.columns || 80),
    });
}

function gather(value: string, before: readonly string[] | boolean | undefined): string[] {
  return [...(Array.isArray(before) ? before : []), value];
}

function formatOption(known: readonly string[], h: HelpWords, m: CliMessages): Option {
  return new Option("--format <FORMAT>", `${h.format} ${known.join(", ")}`)
    .default("text", "text")
    .argParser((given) => {
      if (known.includes(given)) return given;
      throw new UserError(m.unknownFormat(visibleLine(given), known.join(", ")));
    });
}

function langOption(h: HelpWords, m: CliMessages): Option {
  return new Option("--lang <LANG>", h.lang).argParser((given) => {
    const language = parseLanguage(given);
    if (language) return language;
    throw new UserError(m.unknownLanguage(visibleLine(given)));
  });
}

function colorOption(h: HelpWords, m: CliMessages): Option {
  return new Option("--color <WHEN>", h.color).argParser((given) => {
    if (given === "auto" || given === "always" || given === "never") return given;
    throw new UserError(m.unknownColor(visibleLine(given)));
  });
}

/** One sentence on stderr for a failure, and the exit status it means. */
function explainFailure(failure: unknown, m: CliMessages): number {
  if (failure instanceof CommanderError) {
    if (failure.exitCode === 0) return 0;
    process.stderr.write(`golm-faultcheck: ${visibleLine(usageError(failure, m))}\n`);
    return EXIT_ERROR;
  }
  if (failure instanceof UserError) {
    process.stderr.write(`golm-faultcheck: ${visibleLine(failure.message)}\n`);
    return EXIT_ERROR;
  }
  // Standard input may still be open: only an exit ends us now.
  if (failure instanceof OutputClosed) process.exit(failure.status);
  if ((failure as NodeJS.ErrnoException).syscall === "write") {
    process.stderr.write(`golm-faultcheck: ${m.writeFailed(visibleLine(reason(failure)))}\n`);
    return EXIT_ERROR;
  }
  const what = failure instanceof Error ? failure.message : String(failure);
  const hint = process.env.GOLM_DEBUG ? (failure as Error).stack : m.debugHint;
  process.stderr.write(`golm-faultcheck: ${m.internal(visibleLine(what))} ${hint}\n`);
  return EXIT_ERROR;
}

/** commander's English sentence as ours. */
function usageError(failure: CommanderError, m: CliMessages): string {
  const quoted = visibleLine(/'([^']*)'/.exec(failure.message)?.[1] ?? "");
  switch (failure.code) {
    case "commander.unknownOption":
      return m.unknownOption(quoted);
    case "commander.optionMissingArgument":
      return m.optionWithoutValue(quoted);
    case "commander.missingArgument":
      return m.missingArgument(quoted);
    case "commander.excessArguments":
    case "commander.unknownCommand":
      return m.unknownCommand(quoted);
    default:
      return visibleLine(failure.message.replace(/^error: /, ""));
  }
}
