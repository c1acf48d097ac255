/** What goroutines do, in the words of the runtime that ran them. */
import { type ApiGoroutine, LOAD } from "../api.ts";
import { type Ask, SELECTED } from "./ask.ts";

/** Source: gStatusStrings of runtime/traceback.go, Go 1.26; the numbers stay from release to release. */
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
  11: "waiting for cgo callback",
};
const WAITING = 4;
/** Idle, dead, and those kept for threads of C. */
const GONE = new Set([0, 6, 11]);
/** The collector scans the stack just now. */
const SCANNED = 0x1000;

type Status = Pick<ApiGoroutine, "status">;

/** What stands in brackets behind a goroutine's number in a traceback: the reason where it waits for one. */
export function stateOf(
  { status, waitReason }: Status & Pick<ApiGoroutine, "waitReason">,
  reasons: readonly string[],
): string {
  const plain = plainStatus(status);
  if (plain === WAITING) return reasons[waitReason] || "waiting";
  return STATUS[plain] ?? `status ${status}`;
}

export function isGone({ status }: Status): boolean {
  return GONE.has(plainStatus(status));
}

function plainStatus(status: number): number {
  return status & ~SCANNED;
}

/** The words belong to the runtime that wrote the core: their numbers change from release to release. */
export async function waitReasons(ask: Ask): Promise<readonly string[]> {
  const found = await ask.variable("runtime.waitReasonStrings", SELECTED, { ...LOAD, MaxArrayValues: 256 });
  return (found?.children ?? []).map(({ value }) => value);
}
