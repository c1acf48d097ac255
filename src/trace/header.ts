/** Reads goroutine header lines. Source: runtime/traceback.go goroutineheader. */

import type { Goroutine } from "./report.ts";

/** What a goroutine header tells. Shared between goroutines whose headers differ in the id alone. */
export type HeaderDetails = Pick<
  Goroutine,
  "state" | "waitMinutes" | "lockedToThread" | "flags" | "bubble" | "labels" | "gp" | "m" | "mp"
>;

/** Words the runtime adds to a wait reason in parentheses; all others belong to the reason itself. */
const SUFFIX_FLAGS = new Set(["scan", "leaked", "durable"]);

const HEADER =
  /^(?: gp=(0x[0-9a-f]+|nil))?(?: m=(\d+|nil))?(?: mp=(0x[0-9a-f]+|nil))? ?\[([^\]]{1,200})\]:?(?: ?(\{.*\}))?:?["\s]*$/;

/**
 * Reads what follows `goroutine N` on its line. Undefined when it is no header, so that prose such as
 * "goroutine 12 is stuck" is none. Unknown words inside the brackets become flags.
 */
export function parseHeaderDetails(rest: string): HeaderDetails | undefined {
  const match = HEADER.exec(rest);
  if (!match || !/:["\s]*$/.test(rest)) return undefined;
  const [, gp, m, mp, inner, labels] = match;
  return {
    ...parseState(inner!),
    ...(labels && { labels: parseLabels(labels) }),
    ...(gp && gp !== "nil" && { gp }),
    ...(m && m !== "nil" && { m: Number(m) }),
    ...(mp && mp !== "nil" && { mp }),
  };
}

/** go.uber.org/goleak lists what is left over as `[Goroutine 7 in state chan send, with F on top of the stack:`. */
const LEAKED = /^\s*\[?Goroutine (\d{1,19}) in state ([^\n]{1,200}), with \S{1,2000} on top of the stack:$/;

export function parseLeakHeader(text: string): { id: number; details: HeaderDetails } | undefined {
  const match = LEAKED.exec(text);
  return match ? { id: Number(match[1]), details: parseState(match[2]!) } : undefined;
}

function parseState(inner: string): HeaderDetails {
  const [first = "", ...others] = inner.split(", ");
  const flags: string[] = [];
  let state = first.trim();
  for (;;) {
    const suffix = /^(.*\S) \(([a-z]+)\)$/.exec(state);
    if (!suffix || !SUFFIX_FLAGS.has(suffix[2]!)) break;
    flags.unshift(suffix[2]!);
    state = suffix[1]!;
  }
  let waitMinutes: number | undefined;
  let bubble: number | undefined;
  let lockedToThread = false;
  for (const word of others) {
    const minutes = /^(\d+) minutes?$/.exec(word);
    const inBubble = /^synctest bubble (\d+)$/.exec(word);
    if (minutes) waitMinutes = Number(minutes[1]);
    else if (inBubble) bubble = Number(inBubble[1]);
    else if (word === "locked to thread") lockedToThread = true;
    else flags.push(word);
  }
  return {
    state,
    lockedToThread,
    ...(waitMinutes !== undefined && { waitMinutes }),
    ...(bubble !== undefined && { bubble }),
    ...(flags.length > 0 && { flags }),
  };
}

const LABEL = /\s*("(?:[^"\\]|\\.)*"|[^\s":,{}]+)\s*:\s*("(?:[^"\\]|\\.)*"|[^",{}]*)\s*(?:,|\}|$)/gy;

/** `{model: "llama 3", request_id: abc-1}`. What cannot be read is left out. */
function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = Object.create(null);
  LABEL.lastIndex = 1;
  for (let match = LABEL.exec(text); match; match = LABEL.exec(text)) {
    labels[unquote(match[1]!)] = unquote(match[2]!.trim());
  }
  return { ...labels };
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(["\\nt])/g, (_all, c: string) => {
    if (c === "n") return "\n";
    return c === "t" ? "\t" : c;
  });
}
