/** `dist/adapter.js`: the debug adapter as a program. */
import { languageOf, parseLanguage } from "../cli/locale.ts";
import { folderOf, serve } from "./stdio.ts";

const at = process.argv.indexOf("--lang");
const language = parseLanguage(process.argv[at + 1] ?? "") ?? languageOf(process.env);
process.exit(await serve(folderOf(import.meta.url), language));
