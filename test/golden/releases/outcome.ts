/** Judges a recorded text as verify judges a run: the ending stands in its last line. */
import type { Catalog } from "../../../src/faulttree/catalog.ts";
import type { SourceReader } from "../../../src/faulttree/diagnosis.ts";
import {
  judgedReport,
  judgeRepro,
  needsDiagnosis,
  shellStatus,
  signalOfWords,
} from "../../../src/verify/judge.ts";
import type { RunOutcome } from "../../../src/verify/limits.ts";
import type { Scenario } from "../../../src/verify/scenario.ts";
import { diagnoseAll } from "../recorder.ts";

/** Takes `terminalText` apart again. */
export function outcomeOf(text: string): RunOutcome {
  const [whole, status, words] = /(?:^|(?<=\n))(?:exit status (\d+)|signal: (.+))\n$/.exec(text) ?? [];
  const common = { truncated: false, seconds: 0 };
  if (whole === undefined) return { ...common, output: Buffer.from(text), status: 0 };
  const output = Buffer.from(text.slice(0, -whole.length));
  const signal = words === undefined ? undefined : signalOfWords(words);
  return signal ? { ...common, output, signal } : { ...common, output, status: Number(status) };
}

export interface Verdict {
  /** `as promised`, or what was seen instead, in a word. */
  readonly word: "as promised" | "no crash" | "other event" | "other ending" | "other wording";
  /** What verify would say. */
  readonly problems: readonly string[];
}

export function verdictOn(scenario: Scenario, text: string, catalog: Catalog, source: SourceReader): Verdict {
  const outcome = outcomeOf(text);
  const found = diagnoseAll(Buffer.from(text), catalog, source);
  const problems = judgeRepro(scenario, outcome, found);
  if (problems.length === 0) return { word: "as promised", problems };
  const wanted = scenario.expect.event ?? scenario.event;
  const seen = judgedReport(scenario, found)?.diagnosis.event.id;
  const quiet = shellStatus(outcome) === 0 && found.length === 0;
  if (quiet && scenario.kind !== "silent") return { word: "no crash", problems };
  if (needsDiagnosis(scenario) && seen !== wanted) return { word: "other event", problems };
  const { status } = scenario.expect;
  if (status !== undefined && status !== shellStatus(outcome)) return { word: "other ending", problems };
  return { word: "other wording", problems };
}
