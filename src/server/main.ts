/** `dist/server.js`, as the editor's extension starts it. */
import { languageOf } from "../cli/locale.ts";
import { VERSION } from "../cli/version.ts";
import { startOnIpc } from "./start.ts";

await startOnIpc({ script: import.meta.url, language: languageOf(process.env), version: VERSION });
