/** What a hardware watchpoint can hold: at most 8 bytes at one address. What is larger is refused with a way out. */
import { type ApiVariable, type EvalScope, Kind, LOAD } from "../delve/api.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { shorten } from "../export/visible.ts";
import type { AdapterWords } from "./messages/index.ts";

/** Debug registers of amd64; arm64 has at least as many. */
export const SLOTS = 4;

export type Watchable =
  | {
      readonly expression: string;
      /** Reads the same memory wherever the program stands. */
      readonly anywhere: string;
      /** Where it is not the variable itself: its length, its count. */
      readonly instead?: string;
    }
  | { readonly why: string };

/** What to watch for an expression. Never rejects for what the program lacks. */
export async function watchable(
  rpc: RpcClient,
  scope: EvalScope,
  expression: string,
  m: AdapterWords,
): Promise<Watchable> {
  let variable: ApiVariable;
  try {
    variable = await rpc.evaluate(expression, scope, LOAD);
  } catch (failure) {
    return { why: m.cannotWatch(expression, failure instanceof Error ? failure.message : String(failure)) };
  }
  const { addr, kind, type } = variable;
  if (addr === 0 || variable.unreadable !== "") return { why: m.cannotWatch(expression, m.whyNoAddress()) };
  const at = (offset: number, as: string) => `*(*${as})(0x${(addr + offset).toString(16)})`;
  switch (kind) {
    case Kind.slice:
    case Kind.string:
      return { expression: at(8, "int"), anywhere: at(8, "int"), instead: m.watchesLength(expression) };
    case Kind.map:
      return mapCount(rpc, variable, expression, m);
    case Kind.struct:
    case Kind.array:
    case Kind.interface:
    case Kind.complex128: {
      const size = await sizeOf(rpc, variable);
      if (size !== undefined && size <= 8 && kind !== Kind.interface) break;
      return { why: m.tooWide(type, size ?? 16, offer(variable, expression, m)) };
    }
  }
  return { expression, anywhere: at(0, type) };
}

/** The header of a map begins with its count in every Go release: hmap.count, and Map.used since 1.24. */
async function mapCount(
  rpc: RpcClient,
  { addr }: ApiVariable,
  expression: string,
  m: AdapterWords,
): Promise<Watchable> {
  const word = `*(*uintptr)(0x${addr.toString(16)})`;
  const header = await rpc.evaluate(word, { GoroutineID: -1, Frame: 0 }, LOAD).catch(() => undefined);
  const pointer = Number(header?.value);
  // A nil map: what can change is the pointer to it.
  if (!pointer) return { expression: word, anywhere: word };
  const count = `*(*int)(0x${pointer.toString(16)})`;
  return { expression: count, anywhere: count, instead: m.watchesLength(expression) };
}

async function sizeOf(rpc: RpcClient, { type }: ApiVariable): Promise<number | undefined> {
  return rpc.typeInfo(type).then(
    ({ Size }) => Size,
    () => undefined,
  );
}

const PARTS = 6;

function offer({ kind, children }: ApiVariable, expression: string, m: AdapterWords): string {
  if (kind === Kind.array) return m.offerElement(`${expression}[0]`);
  if (kind !== Kind.struct) return "";
  const wide: number[] = [Kind.struct, Kind.array, Kind.interface, Kind.complex128];
  const parts = (children ?? []).filter((child) => !wide.includes(child.kind)).slice(0, PARTS);
  // Go reaches members through a pointer without a star.
  const base = /^\*[\w.]+$/.test(expression) ? expression.slice(1) : expression;
  return parts.length === 0
    ? ""
    : m.offerFields(shorten(parts.map(({ name }) => `${base}.${name}`).join(", "), 200));
}

/** Expressions of the watchpoints there are. */
export async function watched(
  rpc: RpcClient,
): Promise<readonly { readonly id: number; readonly expression: string }[]> {
  const all = await rpc.breakpoints();
  return all.flatMap(({ id, WatchExpr }) => (WatchExpr === "" ? [] : [{ id, expression: WatchExpr }]));
}
