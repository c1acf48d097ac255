/** The adapter for an editor that runs it in its own process: `dist/adapter.cjs`, loaded when the first session begins. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { isCore, openBinary, openCore } from "../delve/core-file.ts";
import { readCoreSetup } from "../delve/core-setup.ts";
import { planRun } from "../delve/make-core.ts";
import { coreProgram, matchCore, mismatch, sayReason } from "../delve/match.ts";
import { delveWords } from "../delve/messages/index.ts";
import { packingOf } from "../delve/packed-core.ts";
import { DelveProblem, sayFailure } from "../delve/problem.ts";
import { buildTwin, needsTwin, type TwinOptions } from "../delve/twin.ts";
import { sayNoCore, whyNoCore, whyNoDump } from "../delve/why-no-core.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { readOwnRecipe } from "../recipe/own.ts";
import type { FoundRecipe } from "./editor.ts";

export { findDelve, installCommand } from "../delve/find.ts";
export { extractCore, type FoundCore, findCores } from "../delve/find-core.ts";
export { goProcesses } from "../delve/go-processes.ts";
export { dumpProcess } from "../delve/make-core.ts";
export { unpackCore } from "../delve/packed-core.ts";
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

/** Whether a core must be unpacked before it can be opened. */
export function isPacked(path: string): boolean {
  return packingOf(path) !== undefined;
}

/** A name for the unpacked core, the same for the same file as long as it does not change. */
export function unpackedName(path: string): string {
  const { dev, ino, mtimeMs, size } = statSync(path);
  const key = createHash("sha256").update([path, dev, ino, mtimeMs, size].join("\0")).digest("hex");
  return `core.${key.slice(0, 16)}`;
}

/** The path of the program that wrote a core, as it was where it ran. Throws a DelveProblem for what is no core. */
export function programOf(core: string): string | undefined {
  const opened = openCore(core);
  try {
    return coreProgram(opened.source, opened.info).path;
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

/** How a program is started so that it leaves a core, and what is to be said of it first: where it lands, the room there. */
export function planCore(program: string, args: readonly string[], cwd: string, language: Language) {
  const setup = readCoreSetup({ cwd });
  const plan = planRun(program, args, { cwd, setup });
  const words = delveWords(language).makeCore;
  const { freeBytes } = setup;
  const lines = [
    ...(plan.lands === undefined ? [] : [words.lands(plan.lands)]),
    ...(plan.lands === undefined || freeBytes === undefined ? [] : [words.free(freeBytes)]),
    ...plan.obstacles.map((each) => sayNoCore(each, language)),
  ];
  return { plan, lines, stopped: plan.obstacles.some(({ stops }) => stops) };
}

/** Why a Go program started in this folder leaves no core. */
export function whyNone(cwd: string, language: Language) {
  const reasons = whyNoCore(readCoreSetup({ cwd }));
  return {
    lines: reasons.map((each) => `${each.stops ? "×" : "·"} ${sayNoCore(each, language)}`),
    stopped: reasons.some(({ stops }) => stops),
  };
}

/** What may keep a running process from being dumped. */
export function whyNoDumps(language: Language): string[] {
  return whyNoDump(readCoreSetup({ cwd: "/" })).map((each) => sayNoCore(each, language));
}

/** The main package of a binary as its module has it: `{ module: "example.com/x", folder: "cmd/server" }`. */
export function mainPackage(
  program: string,
): { readonly module: string; readonly folder: string } | undefined {
  const { source, binary } = openBinary(program);
  source.close();
  const { path, main } = binary.build ?? {};
  if (path === undefined || main === undefined) return undefined;
  if (path === main.path) return { module: main.path, folder: "." };
  return path.startsWith(`${main.path}/`)
    ? { module: main.path, folder: path.slice(main.path.length + 1) }
    : undefined;
}

/** Builds the twin of a stripped binary from a folder of its source. Throws a DelveProblem. */
export async function twinOf(program: string, options: TwinOptions): Promise<string> {
  const original = openBinary(program);
  try {
    return (await buildTwin(original, options)).path;
  } finally {
    original.source.close();
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
