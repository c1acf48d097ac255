import { cliMessages } from "../cli/messages/index.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { CallSetting, ServerSetting } from "./setting.ts";
import { mcpWords } from "./words.ts";

/** The setting of one call: in the language it asks for, else the server's. */
export function inLanguageOf(given: ServerSetting, wanted: Language | undefined): CallSetting {
  const language = wanted ?? given.language;
  const { catalog, version } = given;
  return {
    setting: { language, catalog, all: false, version },
    m: cliMessages(language),
    w: mcpWords(language),
  };
}
