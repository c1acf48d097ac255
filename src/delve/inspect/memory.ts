/** The runtime's own figures of its memory. Sources: runtime/mgcpacer.go, mstats.go, runtime2.go of Go 1.19 to 1.27. */
import type { Ask } from "./ask.ts";
import type { MemoryFigures } from "./findings.ts";

const FIGURES: Readonly<Record<keyof Omit<MemoryFigures, "gcRunning">, string>> = {
  heapLive: "runtime.gcController.heapLive",
  heapInUse: "runtime.gcController.heapInUse",
  heapFree: "runtime.gcController.heapFree",
  heapReleased: "runtime.gcController.heapReleased",
  stacksInUse: "runtime.gcController.maxStackScan",
  memoryLimit: "runtime.gcController.memoryLimit",
  gcPercent: "runtime.gcController.gcPercent",
  collections: "runtime.memstats.numgc",
  threads: "runtime.sched.mnext",
  maxProcs: "runtime.gomaxprocs",
};
/** No limit is the largest number there is, which is rounded here. */
const NO_LIMIT = 2 ** 62;

export async function readMemoryFigures(ask: Ask): Promise<MemoryFigures> {
  const found: Record<string, number | boolean> = {};
  for (const [name, expression] of Object.entries(FIGURES)) {
    const value = await ask.number(expression);
    if (value !== undefined && !(name === "memoryLimit" && value > NO_LIMIT)) found[name] = value;
  }
  const phase = await ask.number("runtime.gcphase");
  if (phase !== undefined) found.gcRunning = phase !== 0;
  return found;
}
