/** `dist/server.js`, as the editor's extension starts it. */
import { languageOf } from "../cli/locale.ts";
import { VERSION } from "../cli/version.ts";
import { startOnIpc } from "./start.ts";

// The editor has gone, and nobody else can end us.
process.once("disconnect", () => process.exit(1));
await startOnIpc({ script: import.meta.url, language: languageOf(process.env), version: VERSION });
