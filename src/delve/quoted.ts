/** Go's way to put several words into one flag. Source: cmd/internal/quoted. */

/** The words, or undefined for a quote that is not closed. */
export function splitQuoted(text: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (at >= text.length) return words;
    const quote = text[at]!;
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, at + 1);
      if (end < 0) return undefined;
      words.push(text.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    const start = at;
    while (at < text.length && !/\s/.test(text[at]!)) at++;
    words.push(text.slice(start, at));
  }
}
