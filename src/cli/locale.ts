import type { Language } from "../faulttree/diagnosis.ts";

/** What `--lang` accepts; spellings people type for the same language. */
export function parseLanguage(text: string): Language | undefined {
  const tag = text.toLowerCase().replaceAll("_", "-");
  if (/^zh(?:$|[-.@])/.test(tag)) return "zh-cn";
  if (/^(?:en|c|posix)(?:$|[-.@])/.test(tag)) return "en";
  return undefined;
}

/** The language of the environment, by POSIX's order of precedence; English where it is neither of ours. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return parseLanguage(locale) ?? "en";
}
