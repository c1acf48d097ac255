/** Judges the variables the Go runtime reads, wherever they were found: a process, an image, a pod. */

import { maskText } from "../export/secrets.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { type Finding, found } from "./finding.ts";
import { parseGodebug, tracebackLevel } from "./go-environment.ts";
import { GODEBUG_RULES, godebugSays } from "./messages/godebug.ts";
import { settingsWords } from "./messages/settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Always one finding for gctrace, good or bad. */
export function judgeGcTrace(environment: Environment, language: Language): Finding {
  const w = settingsWords(language);
  const value = parseGodebug(environment.GODEBUG).get("gctrace");
  if (value === undefined || !/^[1-9]\d*$/.test(value)) return found("gctrace", "good", w.gctraceOff);
  return found("gctrace", "bad", w.gctraceOn(maskText(value)), {
    cause: "build-deploy/environment/gctrace-left-on",
    data: { GODEBUG: maskText(environment.GODEBUG ?? "") },
  });
}

/** Every other setting of GODEBUG that does something worth telling. */
export function judgeGodebug(environment: Environment, language: Language): Finding[] {
  const w = settingsWords(language);
  const settings = parseGodebug(environment.GODEBUG);
  return GODEBUG_RULES.flatMap((rule) => {
    const value = settings.get(rule.name);
    if (value === undefined || !rule.applies(value)) return [];
    const words = w.godebug(rule.name, maskText(value), godebugSays(rule, language));
    return [found(`godebug-${rule.name}`, rule.level, words, rule.cause ? { cause: rule.cause } : {})];
  });
}

/** What a crash will print. `cores` tells whether a core can be written as well; undefined: not known. */
export function judgeTraceback(environment: Environment, language: Language): Finding {
  const w = settingsWords(language);
  const level = tracebackLevel(environment.GOTRACEBACK);
  const given = maskText(environment.GOTRACEBACK ?? "");
  const cause = "build-deploy/symbols/goroutines-not-printed";
  if (level === "none") return found("gotraceback", "bad", w.tracebackNone(given), { cause });
  if (level === "single") return found("gotraceback", "doubtful", w.tracebackSingle(given), { cause });
  return found("gotraceback", "good", w.tracebackAll(level));
}
