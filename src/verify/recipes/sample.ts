/** Which recipes `npm test` runs: some of every kind, spread over the catalogue, always the same. */
import type { Catalog } from "../../faulttree/catalog.ts";
import type { RecipeKind } from "../../recipe/model.ts";

const SIZES: Readonly<Record<RecipeKind, number>> = { live: 20, core: 12, gdb: 8 };

/** `ID KIND` of each. */
export function sampleOf(catalog: Catalog): Set<string> {
  const chosen = new Set<string>();
  for (const [kind, size] of Object.entries(SIZES) as [RecipeKind, number][]) {
    const having = catalog.causes
      // Faults of timing need several runs: the whole set tries those.
      .filter(({ id }) => catalog.page(id)!.recipes[kind] && catalog.page(id)!.repro.tries === 1)
      .map(({ id }) => id)
      .sort();
    const step = Math.max(1, having.length / size);
    for (let i = 0; i < Math.min(size, having.length); i++)
      chosen.add(`${having[Math.floor(i * step)]} ${kind}`);
  }
  return chosen;
}
