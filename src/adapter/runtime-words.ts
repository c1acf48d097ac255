/** What the runtime of a stopped program says of itself, in its own words. */
import { type ApiVariable, type EvalScope, Kind, LOAD } from "../delve/api.ts";
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

export const WAITING = 4;

/** What stands in brackets behind a goroutine's number in a traceback. */
export function stateOf(
  { status, waitReason }: { readonly status: number; readonly waitReason: number },
  reasons: readonly string[],
): string {
  if (status === WAITING && waitReason > 0) return reasons[waitReason] || "waiting";
  return STATUS[status & 0xfff] ?? "???";
}

/**
 * A panic's value as the runtime prints it. Source: printpanicval and printanycustomtype of runtime/error.go. When it
 * is about to die, errors and Stringers have been replaced by their text.
 */
export function panicText(arg: ApiVariable): string {
  const [data] = arg.children ?? [];
  if (!data) return "nil";
  const { type, value, kind } = data;
  const named = type.includes(".");
  if (kind === Kind.string) {
    const said = value.length < data.len ? `${value}...` : value;
    return named ? `${type}("${said}")` : said;
  }
  if (kind >= Kind.bool && kind <= Kind.complex128) {
    const plain = kind > Kind.bool && kind <= Kind.uintptr ? value : value;
    return named || type !== "int" ? `${type}(${plain})` : plain;
  }
  return `(${type}) 0x${data.addr.toString(16)}`;
}

/** Linux signal numbers that faults have, with the words Go prints. Source: runtime/sigtab_linux_generic.go. */
const SIGNALS: Readonly<Record<number, { readonly name: string; readonly words: string }>> = {
  3: { name: "SIGQUIT", words: "quit" },
  4: { name: "SIGILL", words: "illegal instruction" },
  5: { name: "SIGTRAP", words: "trace trap" },
  6: { name: "SIGABRT", words: "abort" },
  7: { name: "SIGBUS", words: "bus error" },
  8: { name: "SIGFPE", words: "floating-point exception" },
  9: { name: "SIGKILL", words: "killed" },
  11: { name: "SIGSEGV", words: "segmentation violation" },
  15: { name: "SIGTERM", words: "termination" },
  31: { name: "SIGSYS", words: "bad system call" },
};

export function signalName(number: number): string {
  return SIGNALS[number]?.name ?? `signal ${number}`;
}

/** `SIGSEGV: segmentation violation` */
export function signalWords(number: number): string {
  const known = SIGNALS[number];
  return known ? `${known.name}: ${known.words}` : `signal ${number}`;
}
