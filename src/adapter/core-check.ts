/** Core and binary are compared before Delve is started, because Delve does not look. */
import { openBinary, openCore } from "../delve/core-file.ts";
import { type Match, matchCore, mismatch, sayReason } from "../delve/match.ts";
import { needsTwin } from "../delve/twin.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { AdapterWords } from "./messages/index.ts";

/** Sentences for the console. Throws a DelveProblem for what cannot be read or does not belong together. */
export function checkCore(core: string, program: string, m: AdapterWords, language: Language): string[] {
  const opened = openCore(core);
  try {
    const binary = isMinidump(opened) ? undefined : openBinary(program);
    if (!binary || isMinidump(opened)) return [];
    try {
      const match = matchCore(opened, binary);
      if (match.verdict === "different") throw mismatch(core, program, match);
      return [sayMatch(match, m, language), ...(needsTwin(binary) ? [m.stripped(program)] : [])];
    } finally {
      binary.source.close();
    }
  } finally {
    opened.source.close();
  }
}

function isMinidump(
  opened: ReturnType<typeof openCore>,
): opened is Extract<typeof opened, { minidump: unknown }> {
  return "minidump" in opened;
}

function sayMatch({ verdict, reasons }: Match, m: AdapterWords, language: Language): string {
  const [first] = reasons;
  const why = first ? sayReason(first, language) : "";
  return verdict === "same" ? m.matchSame(why) : m.matchUnknown(why);
}
