/**
 * The recorder alone, for the packed extension: `cli.js exec -- PROGRAM ARGS`, the one command line that the editor
 * starts. It stands before every program that a test or a run starts, so it carries nothing else.
 */
import { execCommand } from "./commands/exec.ts";
import { languageOf } from "./locale.ts";
import { cliMessages } from "./messages/index.ts";

const EXIT_ERROR = 2;

// A closed standard error must not end the program that is recorded.
process.stderr.on("error", () => {});
const [command, dashes, ...words] = process.argv.slice(2);
if (command === "exec" && dashes === "--" && words.length > 0) {
  process.exitCode = await execCommand(words, cliMessages(languageOf(process.env)));
} else {
  process.stderr.write(
    "golm-faultcheck: this part of the extension only runs: exec -- PROGRAM [ARGUMENT...]\n",
  );
  process.exitCode = EXIT_ERROR;
}
