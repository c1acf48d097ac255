import type { Language } from "../../faulttree/diagnosis.ts";
import { en, type Messages } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { Messages };

const TABLES: Readonly<Record<Language, Messages>> = { en, "zh-cn": zhCn };

/** The words of a language. */
export function messagesOf(language: Language): Messages {
  return TABLES[language];
}

/** One side of a bilingual statement of the catalogue. */
export function inLanguage(text: { readonly en: string; readonly zh: string }, language: Language): string {
  return language === "zh-cn" ? text.zh : text.en;
}
