/** What the runtime of a stopped program says of itself, in its own words. */
import { type ApiVariable, type EvalScope, LOAD } from "../delve/api.ts";
import type { RpcClient } from "../delve/rpc.ts";

/** Evaluates; undefined where the program holds no such thing or it cannot be read. */
export async function ask(
  rpc: RpcClient,
  expression: string,
  scope: EvalScope = { GoroutineID: -1, Frame: 0 },
): Promise<ApiVariable | undefined> {
  const variable = await rpc.evaluate(expression, scope, LOAD).catch(() => undefined);
  return variable?.unreadable === "" ? variable : undefined;
}

export async function askNumber(
  rpc: RpcClient,
  expression: string,
  scope?: EvalScope,
): Promise<number | undefined> {
  const text = (await ask(rpc, expression, scope))?.value;
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Why goroutines wait, by the numbers they carry: read from the program, because each Go release has its own. */
export async function waitReasons(rpc: RpcClient): Promise<readonly string[]> {
  const table = await ask(rpc, "runtime.waitReasonStrings");
  return (table?.children ?? []).map(({ value }) => value);
}

/** Statuses of a goroutine. Source: runtime/runtime2.go. */
const STATUS: Readonly<Record<number, string>> = {
  0: "idle",
  1: "runnable",
  2: "running",
  3: "syscall",
  4: "waiting",
  6: "dead",
  8: "copystack",
  9: "preempted",
  10: "leaked",
  11: "dead extra",
};

const WAITING = 4;

/** What stands in brackets behind a goroutine's number in a traceback. */
export function stateOf(
  { status, waitReason }: { readonly status: number; readonly waitReason: number },
  reasons: readonly string[],
): string {
  if (status === WAITING && waitReason > 0) return reasons[waitReason] || "waiting";
  return STATUS[status & 0xfff] ?? "???";
}
