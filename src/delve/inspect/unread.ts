/** A panic whose value cannot be read, as in a program without debug information: what its stack tells. Pure. */
import type { CoreFrame, CorePanic } from "./findings.ts";

/** The functions that panic with one message alone. Sources: runtime/panic.go, map.go, chan.go, iface.go. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^runtime\.sigpanic0?$/, "runtime error: invalid memory address or nil pointer dereference"],
  [/^runtime\.(?:goPanic|panic)Index\w*$/, "runtime error: index out of range"],
  [/^runtime\.(?:goPanic|panic)Slice\w*$/, "runtime error: slice bounds out of range"],
  [/^runtime\.panicdivide$/, "runtime error: integer divide by zero"],
  [/^runtime\.panicshift$/, "runtime error: negative shift amount"],
  [/^runtime\.panicmakeslicelen$/, "runtime error: makeslice: len out of range"],
  [/^runtime\.mapassign\w*$/, "assignment to entry in nil map"],
  [/^runtime\.chansend1?$/, "send on closed channel"],
];
/** How far below gopanic such a function stands. */
const NEAR = 3;

/** Words for what is printed, `(value not read)` where the stack does not tell. */
export function panicWords(frames: readonly CoreFrame[]): CorePanic {
  const at = frames.findIndex(({ function: name }) => name === "runtime.gopanic");
  const names = frames.slice(at + 1, at + 1 + NEAR).map(({ function: name }) => name);
  const known = WORDS.find(([pattern]) => names.some((name) => pattern.test(name)));
  return { value: known?.[1] ?? "(value not read)", recovered: false, repanicked: false, goexit: false };
}
