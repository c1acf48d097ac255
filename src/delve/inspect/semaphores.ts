/**
 * Which semaphore a goroutine sleeps on, for Go before 1.26: since then its own record tells. The runtime keeps those
 * who sleep in a table of trees, by the semaphore's address. Sources: runtime/sema.go, runtime2.go of Go 1.22 to 1.25.
 */
import { type ApiLoadConfig, type ApiVariable, LOAD } from "../api.ts";
import type { Ask } from "./ask.ts";
import { SELECTED } from "./ask.ts";

const ROOTS = 251;
const SLEEPERS = 1000;
const SHALLOW: ApiLoadConfig = { ...LOAD, FollowPointers: false, MaxVariableRecurse: 1, MaxArrayValues: 0 };

/** The address of each sleeper's semaphore, by the goroutine's number; a thousand sleepers at most. */
export async function readSemaphores(ask: Ask): Promise<ReadonlyMap<number, bigint>> {
  const found = new Map<number, bigint>();
  const open: number[] = [];
  const seen = new Set<number>();
  for (let root = 0; root < ROOTS; root++) {
    const tree = pointerOf(await ask.variable(`runtime.semtable[${root}].root.treap`, SELECTED, SHALLOW));
    // Another release's table, or none.
    if (tree === undefined && root === 0) return found;
    if (tree) open.push(tree);
  }
  for (let at = open.pop(); at !== undefined && seen.size < SLEEPERS; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const sleeper = `(*runtime.sudog)(0x${at.toString(16)})`;
    const record = (await ask.variable(`*${sleeper}`, SELECTED, SHALLOW))?.children ?? [];
    const member = (name: string) => record.find((each) => each.name === name);
    const id = await ask.number(`${sleeper}.g.goid`);
    const semaphore = pointerOf(member("elem"));
    if (id !== undefined && semaphore) found.set(id, BigInt(semaphore));
    for (const next of ["prev", "next", "waitlink"]) {
      const to = pointerOf(member(next));
      if (to) open.push(to);
    }
  }
  return found;
}

/** 0 for nil. */
function pointerOf(variable: ApiVariable | undefined): number | undefined {
  if (!variable) return undefined;
  if (/^\d+$/.test(variable.value)) return Number(variable.value);
  return variable.children?.[0]?.addr;
}
