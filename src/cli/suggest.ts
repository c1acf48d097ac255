/** Finds the ids somebody may have meant. */

/** Most suggestions that help; more are a list. */
const SUGGESTED = 3;

/** Ids near to a wrong one: those that hold its words, and those a few typing errors away. Best first. */
export function suggest(wrong: string, ids: readonly string[]): string[] {
  const given = wrong.toLowerCase().replaceAll("_", "-");
  const scored = ids.map((id) => ({ id, score: distance(given, id) }));
  return scored
    .filter(({ score }) => score <= 0.45)
    .sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))
    .slice(0, SUGGESTED)
    .map(({ id }) => id);
}

/** 0 for equal, 1 for nothing in common. The end of an id is what people remember, so it is compared alone too. */
function distance(given: string, id: string): number {
  const parts = id.split("/");
  const ends = parts.map((_, index) => parts.slice(index).join("/"));
  const typed = given.split("/");
  const best = Math.min(
    ...ends.map((end) => edits(given, end) / Math.max(given.length, end.length)),
    edits(typed.at(-1)!, parts.at(-1)!) / Math.max(typed.at(-1)!.length, parts.at(-1)!.length) + 0.05,
  );
  const wordsGiven = given.split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  const held = wordsGiven.filter((word) => id.includes(word)).length;
  return wordsGiven.length > 0 && held === wordsGiven.length ? Math.min(best, 0.3 + best / 10) : best;
}

/** Levenshtein's distance, one row at a time. */
export function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
