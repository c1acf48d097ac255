/** Delve's frames as ours, without what the handling of the crash put on top. Pure. */
import { makeFrame } from "../../trace/frames.ts";
import { isUserFrame } from "../../trace/packages.ts";
import type { ApiStackframe } from "../api.ts";
import type { CoreFrame } from "./findings.ts";

export function coreFrame(frame: ApiStackframe, index: number): CoreFrame {
  const name = frame.function?.name ?? "";
  const native = name.startsWith("C.");
  const offset = frame.function ? frame.pc - frame.function.value : undefined;
  return {
    index,
    function: native ? name.slice(2) : name,
    ...(frame.file && { file: frame.file }),
    ...(frame.line > 0 && { line: frame.line }),
    pc: `0x${BigInt(Math.trunc(frame.pc)).toString(16)}`,
    ...(offset !== undefined && offset >= 0 && offset < 1 << 24 && { offset }),
    native,
  };
}

/** A frame without a function is where unwinding lost its way; what follows it may still be right. */
export function isKnown(frame: CoreFrame): boolean {
  return frame.function !== "";
}

/** Functions that handle a crash: from the top of the stack to here, nothing is the program's. */
const HANDLING =
  /^runtime\.(?:raise|dieFromSignal|sigfwdgo|sigfwd|sigtrampgo|sigtramp|crash|fatalpanic|fatalpanic\.func\d|fatalthrow|fatalthrow\.func\d|dopanic_m|sighandler|raisebadsignal|badsignal|systemstack|systemstack_switch|mcall|exit|abort|tgkill|raiseproc|throw\.func\d|fatal\.func\d)$/;

/** Index of the first frame that is the failure's own: gopanic, throw, or where the signal struck. */
export function failureStart(frames: readonly CoreFrame[]): number {
  let start = 0;
  while (start < frames.length && HANDLING.test(frames[start]!.function)) start++;
  return start < frames.length ? start : 0;
}

export function isUser(frame: CoreFrame): boolean {
  if (frame.native || frame.function === "") return false;
  const place = frame.file === undefined ? undefined : { file: frame.file, line: frame.line ?? 0 };
  return isUserFrame(makeFrame({ function: frame.function }, place, false));
}
