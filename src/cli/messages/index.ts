import type { Language } from "../../faulttree/diagnosis.ts";
import { type CliMessages, en } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { CliMessages };

const TABLES: Readonly<Record<Language, CliMessages>> = { en, "zh-cn": zhCn };

export function cliMessages(language: Language): CliMessages {
  return TABLES[language];
}
