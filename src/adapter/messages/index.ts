import type { Language } from "../../faulttree/diagnosis.ts";
import { type AdapterWords, en } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { AdapterWords };

const TABLES: Readonly<Record<Language, AdapterWords>> = { en, "zh-cn": zhCn };

export function adapterWords(language: Language): AdapterWords {
  return TABLES[language];
}
