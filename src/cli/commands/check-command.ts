/** Options of `check` and its probes. What they do is loaded when one is asked for. */
import type { Command, Option } from "commander";
import { visibleLine } from "../../export/visible.ts";
import { UserError } from "../fail.ts";
import { checkWords } from "../messages/check.ts";
import type { Context } from "../program.ts";

/** What program.ts gives every command. */
export interface CommandKit {
  readonly shared: (command: Command) => Command;
  readonly format: (known: readonly string[]) => Option;
  readonly context: (options: { color?: Context["color"] }) => Context;
  readonly done: (status: number) => void;
}

const TWO = ["text", "json"] as const;

const gather = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

export function addCheck(program: Command, language: Context["language"], kit: CommandKit): void {
  const w = checkWords(language);
  const probes = () => import("./check.ts");
  const check = kit
    .shared(program.command("check"))
    .description(w.check)
    .addHelpText("after", w.checkAfter)
    .addOption(kit.format(TWO))
    .option("--check-gc-trace", w.gcTrace)
    .option("--pid <N>", w.pid)
    .allowExcessArguments()
    .action(async (options, command: Command) => {
      if (command.args.length > 0) throw new UserError(w.unknownProbe(visibleLine(command.args[0]!)));
      if (options.checkGcTrace) kit.done(await (await probes()).checkGcTrace(options, kit.context(options)));
      else command.help({ error: true });
    });

  kit
    .shared(check.command("process"))
    .description(w.process)
    .addOption(kit.format(TWO))
    .option("--pid <N>", w.pid)
    .option("--pprof <URL>", w.pprofMemory)
    .option("--timeout <TIME>", w.timeout)
    .option("--check-gc-trace", w.gcTrace)
    .action(async (options) => {
      const { checkGcTrace, checkProcess } = await probes();
      kit.done(await (options.checkGcTrace ? checkGcTrace : checkProcess)(options, kit.context(options)));
    });

  kit
    .shared(check.command("goroutines"))
    .description(w.goroutines)
    .argument("[DUMP...]", w.dump)
    .addOption(kit.format(TWO))
    .option("--pprof <URL>", w.pprof)
    .option("--interval <TIME>", w.interval)
    .option("--samples <N>", w.samples)
    .option("--older <TIME>", w.older)
    .option("--min <N>", w.least)
    .option("--timeout <TIME>", w.timeout)
    .option("--light", w.light)
    .option("--source <DIR>", w.goroutinesSource, gather)
    .option("--pid <N>", w.pid)
    .option("--sigquit", w.sigquit)
    .action(async (files: string[], options) => {
      kit.done(await (await probes()).checkGoroutines(files, options, kit.context(options)));
    });

  kit
    .shared(check.command("binary"))
    .description(w.binary)
    .argument("<EXE>", w.exe)
    .addOption(kit.format(TWO))
    .option("--root <DIR>", w.root)
    .action(async (exe: string, options) => {
      kit.done(await (await probes()).checkExecutable(exe, options, kit.context(options)));
    });

  kit
    .shared(check.command("dockerfile"))
    .description(w.dockerfile)
    .argument("<FILE>", w.dockerfileFile)
    .addOption(kit.format([...TWO, "sarif", "github"]))
    .option("--fix", w.fix)
    .action(async (file: string, options) => {
      kit.done(await (await probes()).checkDockerfile(file, options, kit.context(options)));
    });

  kit
    .shared(check.command("pod"))
    .description(w.pod)
    .argument("<FILE>", w.podFile)
    .addOption(kit.format(TWO))
    .option("--log <FILE>", w.log, gather)
    .option("--container <NAME>", w.container)
    .action(async (file: string, options) => {
      kit.done(await (await probes()).checkPod(file, options, kit.context(options)));
    });
}
