/** `runtime.MemStats`, as /debug/pprof/heap?debug=1 prints it at its end. Source: runtime/pprof, writeHeapInternal. */

export interface MemStats {
  readonly heapAlloc: number;
  readonly heapInuse: number;
  /** Bytes the runtime holds of the system: what it asked for, less what it gave back. At most this much is in RSS. */
  readonly resident: number;
  readonly collections: number;
}

/** Undefined where the text has none. */
export function parseMemStats(text: string): MemStats | undefined {
  const at = text.lastIndexOf("\n# runtime.MemStats");
  if (at < 0) return undefined;
  const tail = text.slice(at);
  const field = (name: string) =>
    Number(new RegExp(`^# ${name} = (\\d+)`, "m").exec(tail)?.[1] ?? Number.NaN);
  const [sys, released] = [field("Sys"), field("HeapReleased")];
  if (Number.isNaN(sys) || Number.isNaN(released)) return undefined;
  return {
    heapAlloc: field("HeapAlloc"),
    heapInuse: field("HeapInuse"),
    resident: sys - released,
    collections: field("NumGC"),
  };
}
