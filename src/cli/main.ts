/** The program `golm-faultcheck`. */
import { runProgram } from "./program.ts";

// A closed standard error must not end a diagnosis that standard output still takes.
process.stderr.on("error", () => {});
process.exitCode = await runProgram(process.argv.slice(2), import.meta.url);
