/** Who waits for whom. Pure. */
import type { WaitedFor } from "./findings.ts";

/** Goroutines that wait for one another in a ring, each ring once, its lowest number first. */
export function ringsOf(waits: readonly Pick<WaitedFor, "ids" | "holders">[]): number[][] {
  const next = new Map<number, Set<number>>();
  for (const { ids, holders = [] } of waits)
    for (const id of ids) {
      const known = next.get(id) ?? new Set<number>();
      for (const { goroutine } of holders) known.add(goroutine);
      next.set(id, known);
    }
  const rings = new Map<string, number[]>();
  for (const start of next.keys()) {
    const ring = shortestRing(start, next);
    if (ring) rings.set([...ring].sort((a, b) => a - b).join(" "), turned(ring));
  }
  return [...rings.values()].slice(0, RINGS);
}

const RINGS = 8;

/** The way from a goroutine back to it; undefined where there is none. */
function shortestRing(start: number, next: ReadonlyMap<number, ReadonlySet<number>>): number[] | undefined {
  const cameFrom = new Map<number, number>();
  const open = [start];
  for (const at of open) {
    for (const to of next.get(at) ?? []) {
      if (to === start) {
        const way = [at];
        for (let back = at; back !== start; way.unshift(back)) back = cameFrom.get(back)!;
        return way;
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      open.push(to);
    }
  }
  return undefined;
}

function turned(ring: readonly number[]): number[] {
  const at = ring.indexOf(Math.min(...ring));
  return [...ring.slice(at), ...ring.slice(0, at)];
}
