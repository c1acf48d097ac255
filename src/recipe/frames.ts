/** Which frame of a debugger's stack a rule means. */
import { packageOf } from "../trace/frames.ts";
import { isUserFrame } from "../trace/packages.ts";
import type { FrameRule } from "./model.ts";

/** A frame as debuggers give it. */
export interface DebuggerFrame {
  /** With its package: `main.(*Server).handle`. Empty where the debugger knows none. */
  readonly function: string;
  readonly file: string;
}

/** The index of the frame a rule means, innermost first; undefined when the stack has none. */
export function findFrame(frames: readonly DebuggerFrame[], rule: FrameRule): number | undefined {
  switch (rule.by) {
    case "number":
      return rule.number < frames.length ? rule.number : undefined;
    case "function":
      return found(frames.findIndex((frame) => isFunction(frame.function, rule.name)));
    case "user":
      return found(frames.findIndex(isUser));
    case "origin": {
      const below = frames.findLastIndex(({ function: name }) => name === "runtime.gopanic") + 1;
      const index = frames.slice(below).findIndex(isUser);
      return index < 0 ? found(frames.findIndex(isUser)) : below + index;
    }
  }
}

/** What the compiler makes around a deferred call or a go statement: the variables are in the frame below. */
const WRAPPER = /\.(?:deferwrap|gowrap)\d+$|-fm$/;

/** True for Go code that a user or a module of theirs wrote. */
export function isUser({ function: name, file }: DebuggerFrame): boolean {
  return (
    file.endsWith(".go") &&
    !file.startsWith("<") &&
    !WRAPPER.test(name) &&
    isUserFrame({ function: name, package: packageOf(name), file })
  );
}

/** A debugger may print a function with the path of its package, or without. */
export function isFunction(full: string, wanted: string): boolean {
  return full === wanted || full.endsWith(`/${wanted}`);
}

const found = (index: number) => (index < 0 ? undefined : index);
