import type { Language } from "../../faulttree/diagnosis.ts";
import { type DelveWords, en } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { DelveWords };

const TABLES: Readonly<Record<Language, DelveWords>> = { en, "zh-cn": zhCn };

export function delveWords(language: Language): DelveWords {
  return TABLES[language];
}
