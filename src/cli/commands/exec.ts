/** `exec`: runs a program under the recorder. */
import { visibleLine } from "../../export/visible.ts";
import type { CliMessages } from "../messages/index.ts";

/** A shell's status for a command that cannot be started. */
const EXIT_NOT_STARTED = 127;

/** Ends this process as the program ends; returns only when it could not be started. */
export async function execCommand(words: readonly string[], m: CliMessages): Promise<number> {
  const [command = "", ...args] = words;
  const { endLike, runRecorded } = await import("../../recorder/run.ts");
  try {
    const end = await runRecorded(command, args);
    if (end.lost !== undefined)
      process.stderr.write(`golm-faultcheck: ${m.recordLost(visibleLine(end.lost))}\n`);
    return endLike(end);
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? String(failure);
    process.stderr.write(`golm-faultcheck: ${m.cannotStart(visibleLine(command), visibleLine(code))}\n`);
    return EXIT_NOT_STARTED;
  }
}
