/** The stack inside a panic's value: whoever caught the panic elsewhere took it along and raised it here once more. */
import { makeFrame, parseFileLine, parseFunctionLine } from "./frames.ts";
import type { Frame } from "./report.ts";

const PANIC_FRAME = /^\s*(?:panic|runtime\.gopanic)\(/m;

/**
 * The frames below the first failure, as golang.org/x/sync/singleflight and errors of its kind carry them. Undefined
 * where the value holds no stack that runs through a panic.
 */
export function carriedFrames(value: string | undefined): readonly Frame[] | undefined {
  if (value === undefined || !PANIC_FRAME.test(value)) return undefined;
  const lines = value.split("\n");
  let frames: Frame[] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    const call = parseFunctionLine(lines[at]!);
    const file = call && parseFileLine(lines[at + 1]!);
    if (!call || !file) continue;
    at++;
    const frame = makeFrame(call, file, false);
    if (frame.function === "panic" || frame.function === "runtime.gopanic") frames = [];
    else frames.push(frame);
  }
  return frames.length > 0 ? frames : undefined;
}
