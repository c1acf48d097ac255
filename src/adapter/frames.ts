/** How a stack is shown: what the runtime and libraries did above the user's own frame steps back. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { isUser } from "../recipe/frames.ts";

/** Go code of the user's, or C code that is no part of Go's own machinery. */
export function isUserPlace(name: string, file: string): boolean {
  if (isUser({ function: name, file })) return true;
  // Functions of C have no package. libc and Go's assembler are told apart by where they lie.
  return (
    /^[A-Za-z_]\w*$/.test(name) &&
    /\.(?:c|cc|cpp|cxx|h|hpp|go|m)$/.test(file) &&
    !/(?:^|[\\/])(?:_cgo_|cgo-|sysdeps|glibc|runtime[\\/]cgo)/.test(file) &&
    !/^(?:_?cgo_|x_cgo_|crosscall|__)/.test(name)
  );
}

/**
 * Frames of one reply, the innermost first, with hints. VS Code goes to the first frame that is not subtle, and shows
 * what failed only there where the source of every frame above is deemphasized. It keeps one source for each file, so
 * a file that is not the user's has the hint wherever it comes up.
 */
export function presented(frames: readonly DebugProtocol.StackFrame[]): DebugProtocol.StackFrame[] {
  const user = frames.findIndex(isUserFrame);
  return frames.map((frame, index) => {
    if (isUserFrame(frame)) return shown(frame);
    const { source } = frame;
    return {
      ...frame,
      // Without a user's frame, and below it, Delve's own hints by package are right.
      ...(index < user && { presentationHint: "subtle" as const }),
      ...(source && user >= 0 && { source: { ...source, presentationHint: "deemphasize" as const } }),
    };
  });
}

function shown({ presentationHint: _, ...frame }: DebugProtocol.StackFrame): DebugProtocol.StackFrame {
  return frame;
}

export function isUserFrame({ name, source }: DebugProtocol.StackFrame): boolean {
  return isUserPlace(plainName(name), source?.path ?? "");
}

/** Index of the first frame that is the user's; -1 where there is none. */
export function firstUserFrame(frames: readonly DebugProtocol.StackFrame[]): number {
  return frames.findIndex(isUserFrame);
}

/** Delve may add arguments or a note behind a name. */
function plainName(name: string): string {
  return name.replace(/ \(.*$/, "");
}
