/** Changes of text, and putting several of them into one file. */

/** `text[from, to)` becomes `insert`. UTF-16 code units. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Several fixes may need the same edit, such as an import: it is made once. */
  readonly shared?: boolean;
}

/** The text with all edits made. Undefined when two of them touch the same place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = unique(edits).sort((a, b) => a.from - b.from || a.to - b.to);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    if (edit.from < at || edit.to < edit.from || edit.to > text.length) return undefined;
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** An import that is taken out once nothing uses it. */
export interface ImportDrop {
  readonly edit: TextEdit;
  /** The package's name in the file. */
  readonly name: string;
  /** Where the file names it: all places, and those that the fix takes away. */
  readonly uses: readonly number[];
  readonly gone: readonly number[];
}

interface EditGroup {
  readonly edits: readonly TextEdit[];
  readonly drops?: readonly ImportDrop[];
}

/** As many of the groups as fit together, in order: a group goes in whole or not at all. */
export function combine<T extends EditGroup>(groups: readonly T[]): { edits: TextEdit[]; taken: T[] } {
  const edits: TextEdit[] = [];
  const taken: T[] = [];
  for (const group of groups) {
    const fresh = group.edits.filter((edit) => !edits.some((known) => sameShared(known, edit)));
    if (fresh.some((edit) => edits.some((known) => touches(known, edit)))) continue;
    edits.push(...fresh);
    taken.push(group);
  }
  return { edits: [...edits, ...unusedImports(taken, edits)], taken };
}

/** The imports whose every use one of the groups takes away, while no group writes a new one. */
function unusedImports(taken: readonly EditGroup[], edits: readonly TextEdit[]): TextEdit[] {
  const drops = taken.flatMap((group) => group.drops ?? []);
  const places = [...new Set(drops.map(({ edit }) => edit.from))];
  return places.flatMap((place) => {
    const same = drops.filter(({ edit }) => edit.from === place);
    const { edit, name, uses } = same[0]!;
    const gone = new Set(same.flatMap((drop) => drop.gone));
    const isNeeded =
      uses.some((use) => !gone.has(use)) ||
      edits.some(({ insert }) => insert.includes(`${name}.`)) ||
      edits.some((known) => touches(known, edit));
    return isNeeded ? [] : [edit];
  });
}

function sameShared(a: TextEdit, b: TextEdit): boolean {
  return (
    a.shared === true && b.shared === true && a.from === b.from && a.to === b.to && a.insert === b.insert
  );
}

/** Two insertions at one place touch as well: which comes first would be chance. */
function touches(a: TextEdit, b: TextEdit): boolean {
  return a.from === b.from || (a.from < b.to && b.from < a.to);
}

function unique(edits: readonly TextEdit[]): TextEdit[] {
  return edits.filter(
    (edit, at) => edits.findIndex((other) => sameShared(other, edit)) === at || !edit.shared,
  );
}
