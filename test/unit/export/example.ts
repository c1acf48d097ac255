/** Findings made by the engine from real crash texts, for the renderers' tests. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding, Setting } from "../../../src/export/finding.ts";
import type { Reporter, RunSummary } from "../../../src/export/reporter.ts";
import type { Language } from "../../../src/faulttree/diagnosis.ts";
import { diagnose } from "../../../src/faulttree/index.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { catalog } from "../cli/catalogue.ts";

const golden = resolve(import.meta.dirname, "../../golden");

export function settingIn(language: Language, all = false): Setting {
  return { language, catalog, all, version: "1.2.3" };
}

/** The findings of a text under test/golden, by its path there. */
export function findingsOf(path: string, language: Language = "en"): Finding[] {
  return findingsIn(readFileSync(join(golden, path)), path, language);
}

export function findingsIn(text: Uint8Array | string, input: string, language: Language = "en"): Finding[] {
  return readTrace(text).map((report) => ({ diagnosis: diagnose(report, catalog, { language }), input }));
}

/** All that a reporter writes for findings of one run. */
export async function written(
  reporter: Reporter,
  findings: readonly Finding[],
  run?: RunSummary,
): Promise<string> {
  let text = "";
  const take = async (pieces: Iterable<string> | AsyncIterable<string>) => {
    for await (const piece of pieces) text += piece;
  };
  await take(reporter.begin());
  for (const finding of findings) await take(reporter.finding(finding));
  const inputs = [{ name: "x", bytes: 1, crashes: findings.length }];
  await take(reporter.end(run ?? { inputs, repeats: [] }));
  return text;
}

/** Real crash texts of every kind the trace engine knows. */
export const KINDS = [
  "cli/inputs/off-by-one.txt",
  "cli/inputs/deadlock.txt",
  "trace/serving/http-go1.26.txt",
  "trace/cgo/ggml-assert-go1.26.txt",
  "trace/race/main-go1.26.txt",
  "trace/panic/three-deep-go1.26.txt",
  "trace/wrapped/compose-index.txt",
  "trace/test/timeout-go1.26.txt",
  "trace/signal/sigquit-go1.26.txt",
  "trace/exit/bash-killed-go1.26.txt",
] as const;
