/** `diagnose --follow`: each crash is reported once it is complete, or its text has been quiet for a moment. */
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND } from "../fail.ts";
import { Followed, type Listener } from "../input/followed.ts";
import { cliMessages } from "../messages/index.ts";
import { contextOf, type DiagnoseOptions, type Run, Session } from "./diagnose.ts";

/** Follows all inputs at once until they end or the user interrupts. Returns the exit status. */
export async function followInputs(options: DiagnoseOptions, run: Run): Promise<number> {
  const m = cliMessages(run.setting.language);
  const session = new Session(run, contextOf(options, run.setting.language, m));
  const listener: Listener = {
    crash: (report, input, before) => session.queue(report, input, before),
    settle: () => session.drain(),
    notice: (text) => run.say("notice", text),
  };
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    await run.output.write(run.reporter.begin());
    const inputs = await Promise.all(
      options.files.map(async (name) => {
        const input = await new Followed(name, { m, signal: stop.signal, listener }).follow();
        if (input.error) run.say("error", input.error);
        return input;
      }),
    );
    await run.output.write(run.reporter.end({ inputs, repeats: session.repeats }));
    if (inputs.some((input) => input.error !== undefined)) return EXIT_ERROR;
    return session.crashes > 0 ? EXIT_FOUND : EXIT_NOTHING_FOUND;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
