/** Core and binary are compared before Delve is started, because Delve does not look. */
import { checkMinidump, type OpenBinary, openBinary, openCore } from "../delve/core-file.ts";
import { type Match, matchCore, mismatch, sayReason } from "../delve/match.ts";
import { compareTwin, needsTwin } from "../delve/twin.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import type { AdapterWords } from "./messages/index.ts";

/** Sentences for the console. Throws a DelveProblem for what cannot be read or does not belong together. */
export function checkCore(
  {
    core,
    program,
    twin,
  }: { readonly core: string; readonly program: string; readonly twin?: string | undefined },
  m: AdapterWords,
  language: Language,
): string[] {
  const opened = openCore(core);
  try {
    checkMinidump(opened);
    const binary = openBinary(program);
    try {
      const match = matchCore(opened, binary);
      if (match.verdict === "different") throw mismatch(core, program, match);
      const notes = [sayMatch(match, m, language)];
      if (twin !== undefined) {
        withBinary(twin, (other) => compareTwin(binary, other));
        notes.push(m.withTwin(twin));
      } else if (needsTwin(binary)) notes.push(m.stripped(program));
      return notes;
    } finally {
      binary.source.close();
    }
  } finally {
    opened.source.close();
  }
}

function withBinary(path: string, use: (binary: OpenBinary) => void): void {
  const binary = openBinary(path);
  try {
    use(binary);
  } finally {
    binary.source.close();
  }
}

function sayMatch({ verdict, reasons }: Match, m: AdapterWords, language: Language): string {
  const [first] = reasons;
  const why = first ? sayReason(first, language) : "";
  return verdict === "same" ? m.matchSame(why) : m.matchUnknown(why);
}
