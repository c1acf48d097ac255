/**
 * What goroutines wait for, out of the runtime's wait records, which optimised code cannot hide. Sources: runtime
 * sudog and hchan, sync.Mutex, sync.RWMutex of Go 1.25 to 1.27.
 */
import { type Ask, scalar } from "./ask.ts";
import type { CoreGroup, LockDetail, WaitedFor } from "./findings.ts";

/** Goroutines asked: one of them costs two questions. */
const ASKED = 200;

const KINDS: Readonly<Record<string, { kind: WaitedFor["kind"]; before: number }>> = {
  // Bytes of the lock before the semaphore that is waited on.
  "sync.Mutex.Lock": { kind: "mutex", before: 4 },
  "sync.RWMutex.Lock": { kind: "rwmutex", before: 8 },
  "sync.RWMutex.RLock": { kind: "rwmutex", before: 12 },
};
const CHANNEL = /^(?:chan (?:send|receive)|select$|chan (?:send|receive) \()/;

export async function readWaits(ask: Ask, groups: readonly CoreGroup[]): Promise<WaitedFor[]> {
  const found = new Map<string, { kind: WaitedFor["kind"]; state: string; address: bigint; ids: number[] }>();
  let asked = 0;
  for (const group of groups) {
    const lock = KINDS[group.state];
    if (group.system || (!lock && !CHANNEL.test(group.state))) continue;
    for (const id of group.ids) {
      if (++asked > ASKED) break;
      const field = lock ? "elem" : "c";
      const record = await ask.variable(`runtime.curg.waiting.${field}`, { GoroutineID: id, Frame: 0 });
      const text = record && scalar(record);
      if (text === undefined || !/^[1-9]\d*$/.test(text)) break;
      const address = BigInt(text) - BigInt(lock?.before ?? 0);
      const kind = lock?.kind ?? "channel";
      const key = `${kind} ${address} ${group.state}`;
      const entry = found.get(key) ?? { kind, state: group.state, address, ids: [] };
      entry.ids.push(id);
      found.set(key, entry);
    }
  }
  const waits: WaitedFor[] = [];
  for (const { kind, state, address, ids } of found.values()) {
    const detail = await detailOf(ask, kind, address);
    waits.push({
      kind,
      state,
      address: `0x${address.toString(16)}`,
      waiting: ids.length,
      ids,
      ...(detail && { detail }),
    });
  }
  return waits.sort((a, b) => b.waiting - a.waiting);
}

async function detailOf(ask: Ask, kind: WaitedFor["kind"], address: bigint): Promise<LockDetail | undefined> {
  if (kind === "other" || address <= 0n || address > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const size = kind === "channel" ? 32 : 24;
  const bytes = await ask.tried(ask.rpc.memory(Number(address), size, ask.options));
  if (!bytes || bytes.length < size) return undefined;
  if (kind === "mutex") return mutexState(bytes.readInt32LE(0));
  if (kind === "rwmutex") return rwMutexState(bytes);
  return {
    length: Number(bytes.readBigUInt64LE(0)),
    capacity: Number(bytes.readBigUInt64LE(8)),
    closed: bytes.readUInt32LE(28) !== 0,
  };
}

/** Bits of sync.Mutex's state: locked, woken, starving, and the waiters above. */
function mutexState(state: number): LockDetail {
  return { locked: (state & 1) !== 0, starving: (state & 4) !== 0, waiters: state >>> 3 };
}

const MOST_READERS = 1 << 30;

/** A writer that wants in takes 2^30 from the count of readers. */
function rwMutexState(bytes: Buffer): LockDetail {
  const [count, departing] = [bytes.readInt32LE(16), bytes.readInt32LE(20)];
  const announced = count < 0;
  return {
    readers: announced ? count + MOST_READERS : count,
    writerWaits: announced && departing > 0,
    writerHolds: announced && departing === 0,
  };
}
