import type { Language } from "../../faulttree/diagnosis.ts";
import { en, type PanelMessages } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { PanelMessages };

/** The panel's own words of a language. */
export function panelMessages(language: Language): PanelMessages {
  return language === "zh-cn" ? zhCn : en;
}
