/**
 * Who holds a lock. Go does not record it, but a function that deferred its Unlock keeps a closure with the lock's
 * address until it returns: in a slot of its frame that is cleared when the function begins (open-coded defers, which must
 * be live everywhere), or in the goroutine's chain of `_defer` records. Sources: cmd/compile ssagen openDeferSave, liveness
 * (OpenDeferSlot), walk's wrapped calls (`F.deferwrapN`); runtime2.go `_defer` of Go 1.22 to 1.27.
 */
import type { ApiStackframe } from "../api.ts";
import { type Ask, SELECTED } from "./ask.ts";
import type { CoreFrame, CoreGroup, LockHolder } from "./findings.ts";
import { coreFrame, isUser } from "./frames.ts";

const ASKED = 200;
const OF_A_GROUP = 32;
const DEPTH = 64;
const DEFERS = 32;
/** Of a stack, from its first frame of the user's. */
const SEARCHED = 16_384;
const WORD = 8;
/** `_defer`: two flags padded to a word, sp, pc, fn, link. */
const RECORD = { sp: 1, fn: 3, link: 4, words: 5 } as const;

/** Goroutines by the lock's address. Locks whose Unlock nobody deferred are absent. */
export async function lockHolders(
  ask: Ask,
  groups: readonly CoreGroup[],
  locks: ReadonlySet<bigint>,
): Promise<Map<bigint, LockHolder[]>> {
  const found = new Map<bigint, LockHolder[]>();
  if (locks.size === 0) return found;
  const wraps = new Wraps(ask);
  // Many wait, and few hold: the small groups first.
  const ids = groups
    .filter(({ system }) => !system)
    .toSorted((a, b) => a.count - b.count)
    .flatMap((group) => group.ids.slice(0, OF_A_GROUP))
    .slice(0, ASKED);
  for (const goroutine of ids) {
    const stack = await readStack(ask, goroutine);
    if (!stack) continue;
    for (const { closure, frame } of [...slots(stack), ...(await chained(ask, goroutine, stack))]) {
      const [code, lock] = await closureAt(ask, stack, closure);
      if (code === undefined || lock === undefined || !locks.has(lock)) continue;
      const mode = await wraps.unlocks(code, frame.function);
      if (!mode) continue;
      const holders = found.get(lock) ?? [];
      if (holders.some((each) => each.goroutine === goroutine)) continue;
      const { function: name, file, line } = frame;
      holders.push({ goroutine, mode, function: name, ...(file && { file }), ...(line && { line }) });
      found.set(lock, holders);
    }
  }
  return found;
}

interface Stack {
  /** Address of the first byte of `bytes`. */
  readonly low: number;
  readonly bytes: Buffer;
  /** The user's, each with the addresses it takes. */
  readonly frames: readonly { readonly frame: CoreFrame; readonly low: number; readonly high: number }[];
}

async function readStack(ask: Ask, goroutine: number): Promise<Stack | undefined> {
  const top = await ask.number("runtime.curg.stack.hi", { GoroutineID: goroutine, Frame: 0 });
  if (!top) return undefined;
  const users = async (api: Promise<readonly ApiStackframe[]>) =>
    physical((await ask.tried(api)) ?? [], top).filter(({ frame }) => isUser(frame));
  let frames = await users(ask.rpc.stacktrace(goroutine, DEPTH, ask.options));
  // In C, Delve may not find the way back to Go.
  if (frames.length === 0) frames = await users(ask.rpc.savedStacktrace(goroutine, DEPTH, ask.options));
  const [first] = frames;
  if (!first) return undefined;
  const low = first.low - (first.low % WORD);
  const high = Math.min(frames.at(-1)!.high, low + SEARCHED);
  const bytes = high > low ? await ask.tried(ask.rpc.memory(low, high - low, ask.options)) : undefined;
  return bytes && { low, bytes, frames };
}

/** Frames with a stack of their own: of those inlined into one another the outermost, which alone may defer. */
function physical(api: readonly ApiStackframe[], top: number): Stack["frames"] {
  const found: { frame: CoreFrame; low: number; high: number }[] = [];
  let below: number | undefined;
  for (const [index, each] of api.entries()) {
    const { FrameOffset } = each;
    const next = api[index + 1];
    if (FrameOffset > 0 || next?.FrameOffset === FrameOffset) continue;
    const high = top + FrameOffset;
    if (below !== undefined && below < high) found.push({ frame: coreFrame(each, index), low: below, high });
    below = high;
  }
  return found;
}

interface Deferred {
  readonly closure: number;
  readonly frame: CoreFrame;
}

/** Words of a frame that point into it, as the slots of open-coded defers do. */
function slots({ low, bytes, frames }: Stack): Deferred[] {
  const end = low + bytes.length;
  return frames.flatMap(({ frame, low: from, high: to }) => {
    const found: Deferred[] = [];
    for (let at = Math.max(from, low); at + WORD <= Math.min(to, end); at += WORD) {
      const word = Number(bytes.readBigUInt64LE(at - low));
      if (word >= from && word < to && word % WORD === 0 && !isRecord(bytes, at - low, from))
        found.push({ closure: word, frame });
    }
    return found;
  });
}

/** Of a `_defer` record, which may be left from an earlier call, the chain decides: two words before is the frame's sp. */
function isRecord(bytes: Buffer, at: number, sp: number): boolean {
  const before = (RECORD.fn - RECORD.sp) * WORD;
  return at >= before && Number(bytes.readBigUInt64LE(at - before)) === sp;
}

/** What the goroutine's own chain of deferred calls holds. */
async function chained(ask: Ask, goroutine: number, { frames }: Stack): Promise<Deferred[]> {
  const scope = { GoroutineID: goroutine, Frame: 0 };
  let record = (await ask.variable("runtime.curg._defer", scope))?.children?.[0]?.addr ?? 0;
  const found: Deferred[] = [];
  for (let count = 0; record > 0 && count < DEFERS; count++) {
    const bytes = await ask.tried(ask.rpc.memory(record, RECORD.words * WORD, ask.options));
    if (!bytes || bytes.length < RECORD.words * WORD) break;
    const word = (index: number) => Number(bytes.readBigUInt64LE(index * WORD));
    const sp = word(RECORD.sp);
    const owner = frames.find(({ low, high }) => low <= sp && sp < high);
    if (owner && word(RECORD.fn) > 0) found.push({ closure: word(RECORD.fn), frame: owner.frame });
    record = word(RECORD.link);
  }
  return found;
}

/** The code of a closure and what it holds first. */
async function closureAt(
  ask: Ask,
  { low, bytes }: Stack,
  closure: number,
): Promise<readonly [bigint, bigint] | readonly [undefined, undefined]> {
  const at = closure - low;
  const read =
    at >= 0 && at + 2 * WORD <= bytes.length
      ? bytes.subarray(at, at + 2 * WORD)
      : await ask.tried(ask.rpc.memory(closure, 2 * WORD, ask.options));
  if (!read || read.length < 2 * WORD) return [undefined, undefined];
  return [read.readBigUInt64LE(0), read.readBigUInt64LE(WORD)];
}

/** What the compiler made of `defer mu.Unlock()`, known once for each place in the code. */
class Wraps {
  private readonly known = new Map<bigint, { readonly of: string; readonly mode?: LockHolder["mode"] }>();

  constructor(private readonly ask: Ask) {}

  /** Whether the code unlocks, and was deferred by this function. */
  async unlocks(code: bigint, by: string): Promise<LockHolder["mode"] | undefined> {
    const wrap = this.known.get(code) ?? (await this.read(code));
    this.known.set(code, wrap);
    return wrap.of === by ? wrap.mode : undefined;
  }

  private async read(code: bigint): Promise<{ of: string; mode?: LockHolder["mode"] }> {
    const { ask } = this;
    const [place] = (await ask.tried(ask.rpc.findLocation(SELECTED, `*0x${code.toString(16)}`))) ?? [];
    const of = /^(.+)\.deferwrap\d+$/.exec(place?.function?.name ?? "")?.[1];
    if (of === undefined) return { of: "" };
    const lines =
      (await ask.tried(ask.rpc.disassemble(SELECTED, { start: Number(code) }, ask.options))) ?? [];
    // Unlock itself is inlined; what it calls where others wait is not.
    const called = lines.map(({ Text }) => UNLOCK.exec(Text)?.[1]).find((name) => name !== undefined);
    if (called === undefined) return { of };
    return { of, mode: /^r/i.test(called) ? "read" : "write" };
  }
}

const UNLOCK = /\bsync\.\(\*(?:RW)?Mutex\)\.((?:RU|rU|u|U)nlock)/;
