/** The adapter for an editor that runs it in its own process: `dist/adapter.cjs`, loaded when the first session begins. */
import { readFileSync } from "node:fs";
import { isCore, openBinary, openCore } from "../delve/core-file.ts";
import { coreProgram, matchCore, mismatch, sayReason } from "../delve/match.ts";
import { DelveProblem, sayFailure } from "../delve/problem.ts";
import { needsTwin } from "../delve/twin.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { readOwnRecipe } from "../recipe/own.ts";
import type { FoundRecipe } from "./editor.ts";

export { findDelve, installCommand } from "../delve/find.ts";
export { PINNED_DELVE } from "../delve/versions.ts";
export { fillRecipe } from "../recipe/crash.ts";
export { gdbScript } from "../recipe/gdb.ts";
export { parseRecipe } from "../recipe/model.ts";
export { Adapter } from "./adapter.ts";
export { isCore, sayFailure };

/** Whether a problem is one that another Delve solves. */
export function wantsDelve(failure: unknown): boolean {
  return (
    failure instanceof DelveProblem &&
    [
      "delveMissing",
      "delveNamedMissing",
      "delveTooOld",
      "delveTooNew",
      "delveNotDelve",
      "delveNotExecutable",
    ].includes(failure.code)
  );
}

/** The path of the program that wrote a core, as it was where it ran. Throws a DelveProblem for what is no core. */
export function programOf(core: string): string | undefined {
  const opened = openCore(core);
  try {
    return "minidump" in opened ? undefined : coreProgram(opened.source, opened.info).path;
  } finally {
    opened.source.close();
  }
}

export interface Comparison {
  readonly verdict: "same" | "different" | "unknown";
  readonly says: string;
  readonly stripped: boolean;
}

/** Whether a binary wrote a core. Throws a DelveProblem for files that cannot be read. */
export function compare(core: string, program: string, language: Language): Comparison {
  const opened = openCore(core);
  try {
    if ("minidump" in opened) return { verdict: "unknown", says: "", stripped: false };
    const binary = openBinary(program);
    try {
      const match = matchCore(opened, binary);
      const { verdict, reasons } = match;
      const says =
        verdict === "different"
          ? mismatch(core, program, match).say(language)
          : reasons[0]
            ? sayReason(reasons[0], language)
            : "";
      return { verdict, says, stripped: needsTwin(binary) };
    } finally {
      binary.source.close();
    }
  } finally {
    opened.source.close();
  }
}

/** A recipe of the workspace's own. */
export function ownRecipe(path: string): FoundRecipe {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  const { recipe, errors } = readOwnRecipe(path, text);
  return { ...(recipe && { recipe }), ...(errors.length > 0 && { errors }) };
}
