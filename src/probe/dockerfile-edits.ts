/** Changes to a text, made all at once. */

/** Replaces the characters from `from` up to `to`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Applies them from the end; of two that overlap the first in the text is made. Insertions at one place keep order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => a.from - b.from || a.order - b.order);
  let out = "";
  let at = 0;
  for (const { from, to, text: put } of ordered) {
    if (from < at) continue;
    out += text.slice(at, from) + put;
    at = Math.max(at, to);
  }
  return out + text.slice(at);
}
