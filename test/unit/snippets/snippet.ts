/** Reads the snippet files and expands bodies as the editor does when the user accepts every default. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../../..");

export interface Snippet {
  readonly name: string;
  /** The name all our snippets have in common, `golm-...`, then the natural one. */
  readonly prefix: readonly [string, string];
  /** English, Chinese: the editor shows one below the other. */
  readonly description: readonly [string, string];
  /** Causes of the catalogue that this code does not have, or whose proof it keeps. */
  readonly guards: readonly string[];
  readonly body: readonly string[];
}

/** The snippets of one language, in the order of the file. */
export function readSnippets(language: string): Snippet[] {
  const file = JSON.parse(readFileSync(join(root, "snippets", `${language}.json`), "utf8"));
  return Object.entries(file).map(([name, snippet]) => ({ name, ...(snippet as Omit<Snippet, "name">) }));
}

/** `golm-kv-cache` is `kv-cache`: the name of its folder in test/snippets. */
export function shortName(snippet: Snippet): string {
  return snippet.prefix[0].replace(/^golm-/, "");
}

const PLACE = /\\([\\$}])|\$(\d+)|\$\{(\d+)(?::((?:\\[\\$}]|[^\\$}])*)|\|((?:\\[\\,|]|[^\\|])*)\|)?\}|\$/g;

/**
 * The body with each place filled with its default, choices with their first. A place without a default shows
 * that of its namesake, as in the editor. Throws at what is not used here: variables, transforms, nested places.
 */
export function expand(body: readonly string[]): string {
  const text = body.join("\n");
  const defaults = new Map<string, string>();
  for (const match of text.matchAll(PLACE)) {
    const [, , , number, plain, choices] = match;
    const value = plain?.replace(/\\(.)/g, "$1") ?? choices?.split(",")[0];
    if (number === undefined || value === undefined) continue;
    if ((defaults.get(number) ?? value) !== value) throw new Error(`place ${number} has two defaults`);
    defaults.set(number, value);
  }
  return text.replace(PLACE, (whole, escaped?: string, bare?: string, number?: string) => {
    if (escaped !== undefined) return escaped;
    const place = bare ?? number;
    if (place === undefined) throw new Error(`unexpected ${whole} in ${text.slice(0, 60)}`);
    return defaults.get(place) ?? "";
  });
}
