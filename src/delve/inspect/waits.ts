/**
 * What goroutines wait for, out of the runtime's wait records, which optimised code cannot hide. Sources: runtime
 * sudog and hchan, sync.Mutex, sync.RWMutex of Go 1.25 to 1.27.
 */
import { type ApiLoadConfig, type ApiVariable, LOAD } from "../api.ts";
import { type Ask, scalar } from "./ask.ts";
import type { CoreGroup, LockDetail, WaitedFor } from "./findings.ts";
import { isUser } from "./frames.ts";
import { lockHolders } from "./holders.ts";
import { readSemaphores } from "./semaphores.ts";
import { addressNames } from "./values.ts";

/** Goroutines asked: one of them costs two questions. */
const ASKED = 200;

const KINDS: Readonly<Record<string, { kind: WaitedFor["kind"]; before: number }>> = {
  // Bytes of the lock before the semaphore that is waited on.
  "sync.Mutex.Lock": { kind: "mutex", before: 4 },
  "sync.RWMutex.Lock": { kind: "rwmutex", before: 8 },
  "sync.RWMutex.RLock": { kind: "rwmutex", before: 12 },
};
const CHANNEL = /^(?:chan (?:send|receive)|select$|chan (?:send|receive) \()/;

/** What variables point at, by address. */
export type Names = Map<number, NonNullable<WaitedFor["name"]>>;

export function addNames(names: Names, variables: readonly ApiVariable[], functionName: string): void {
  for (const [address, path] of addressNames(variables))
    if (!names.has(address)) names.set(address, { path, function: functionName });
}

/** Groups whose first user frame is asked for its variables. */
const FRAMES_ASKED = 20;
const NAMES_LOAD: ApiLoadConfig = { ...LOAD, MaxVariableRecurse: 2, MaxArrayValues: 0, MaxStringLen: 0 };

async function nameByFrames(ask: Ask, groups: readonly CoreGroup[], names: Names): Promise<void> {
  const waiting = groups.filter(
    ({ state, system }) => !system && (KINDS[state] !== undefined || CHANNEL.test(state)),
  );
  for (const { ids, stack } of waiting.slice(0, FRAMES_ASKED)) {
    for (const frame of stack.filter(isUser).slice(0, 2)) {
      const scope = { GoroutineID: ids[0]!, Frame: frame.index };
      const args = await ask.tried(ask.rpc.functionArguments(scope, NAMES_LOAD, ask.options));
      const locals = await ask.tried(ask.rpc.locals(scope, NAMES_LOAD, ask.options));
      addNames(names, [...(args ?? []), ...(locals ?? [])], frame.function);
    }
  }
}

/** `names` are those known already; what the waiting goroutines' own frames know is added. */
export async function readWaits(ask: Ask, groups: readonly CoreGroup[], names: Names): Promise<WaitedFor[]> {
  await nameByFrames(ask, groups, names);
  const found = new Map<
    string,
    { kind: WaitedFor["kind"]; state: string; address: bigint; ids: number[]; atLeast: boolean }
  >();
  let asked = 0;
  let semaphores: ReadonlyMap<number, bigint> | undefined;
  for (const group of groups) {
    const lock = KINDS[group.state];
    if (group.system || (!lock && !CHANNEL.test(group.state))) continue;
    for (const id of group.ids) {
      if (++asked > ASKED) break;
      let addresses = await waitedFor(ask, id, lock ? "elem" : "c", group.state === "select");
      if (lock && addresses.length === 0) {
        semaphores ??= await readSemaphores(ask);
        addresses = [...(semaphores.has(id) ? [semaphores.get(id)!] : [])];
      }
      if (addresses.length === 0) break;
      for (const at of addresses) {
        const address = at - BigInt(lock?.before ?? 0);
        const kind = lock?.kind ?? "channel";
        const key = `${kind} ${address} ${group.state}`;
        const entry = found.get(key) ?? { kind, state: group.state, address, ids: [], atLeast: false };
        entry.ids.push(id);
        entry.atLeast ||= group.count > group.ids.length;
        found.set(key, entry);
      }
    }
  }
  const locks = [...found.values()].filter(({ kind }) => kind !== "channel").map(({ address }) => address);
  const holders = await lockHolders(ask, groups, new Set(locks));
  const waits: WaitedFor[] = [];
  for (const { kind, state, address, ids, atLeast } of found.values()) {
    const detail = await detailOf(ask, kind, address);
    const name = names.get(Number(address));
    waits.push({
      kind,
      state,
      address: `0x${address.toString(16)}`,
      waiting: ids.length,
      atLeast,
      ids,
      ...(name && { name }),
      ...(detail && { detail }),
      ...(holders.has(address) && { holders: holders.get(address)! }),
    });
  }
  return waits.sort((a, b) => b.waiting - a.waiting);
}

const MOST_CASES = 16;

/** The goroutine's wait records: one, or one for each channel of a select, which any of them would wake. */
async function waitedFor(ask: Ask, id: number, field: "elem" | "c", several: boolean): Promise<bigint[]> {
  const found: bigint[] = [];
  const scope = { GoroutineID: id, Frame: 0 };
  for (let record = "runtime.curg.waiting"; found.length < MOST_CASES; record += ".waitlink") {
    const value = await ask.variable(`${record}.${field}`, scope);
    const text = value && scalar(value);
    if (text === undefined || !/^[1-9]\d*$/.test(text)) break;
    const address = BigInt(text);
    if (!found.includes(address)) found.push(address);
    if (!several) break;
  }
  return found;
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
