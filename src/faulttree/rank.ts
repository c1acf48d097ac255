/** Ranks the causes of an event by the evidence for and against each. */
import type { IndexedCause, IndexedEvent } from "./catalog.ts";
import type { EvidenceFound, Language, Need, RankedCause } from "./diagnosis.ts";
import { evaluate, goVersion } from "./evaluate.ts";
import type { Facts } from "./facts.ts";
import type { Evidence } from "./schema.ts";
import type { Captures } from "./verdict.ts";

/** The score of "something else": what a cause must beat. A lone weight of 1 makes it even. */
const baseline = 1;
/** What an unjudged required evidence costs: it may well not hold. */
const requiredUnknown = -2;
/** A cause whose Go versions end before the crash's own. */
const outsideVersions = -2;
/** Two causes closer than this, in score, are told apart by their question. */
const close = 1.5;

/** Below this confidence, nobody should go and fetch something to judge a cause. */
const negligible = 0.05;

interface Scored {
  readonly cause: IndexedCause;
  readonly score: number;
  readonly evidence: readonly EvidenceFound[];
  readonly unknown: readonly { readonly id: string; readonly needs: readonly Need[] }[];
}

export interface Ranking {
  readonly causes: readonly RankedCause[];
  readonly question?: string;
  /** What would let more evidence be judged, on causes that still matter. */
  readonly needs: ReadonlySet<Need>;
}

/** The causes of the event that the report does not rule out, best first; equals by id. */
export function rank(
  event: IndexedEvent,
  causes: readonly IndexedCause[],
  facts: Facts,
  language: Language,
): Ranking {
  const scored = causes
    .map((cause) => score(cause, facts, language))
    .filter((result) => result !== undefined);
  scored.sort((a, b) => b.score - a.score || (a.cause.id < b.cause.id ? -1 : 1));
  const confidences = event.gate === "and" ? scored.map(alone) : shares(scored);
  const question = separatingQuestion(scored, language);
  return {
    causes: scored.map(({ cause, evidence, unknown }, i) => ({
      id: cause.id,
      title: inLanguage(cause.title, language),
      confidence: confidences[i]!,
      evidence,
      unknown: unknown.map(({ id, needs }) => ({ id, needs: needs.join(", ") })),
      severity: cause.severity,
    })),
    ...(question !== undefined && { question }),
    needs: needsOf(scored.filter((_, i) => confidences[i]! >= negligible)),
  };
}

function needsOf(scored: readonly Scored[]): ReadonlySet<Need> {
  return new Set(scored.flatMap(({ unknown }) => unknown.flatMap(({ needs }) => needs)));
}

function score(cause: IndexedCause, facts: Facts, language: Language): Scored | undefined {
  let sum = cause.prior;
  const evidence: EvidenceFound[] = [];
  const unknown: { id: string; needs: readonly Need[] }[] = [];
  for (const rule of cause.evidence) {
    const verdict = evaluate(rule.when, facts);
    if (verdict.is === "true") {
      sum += rule.weight;
      evidence.push(foundEvidence(rule, verdict.captures, verdict.at, language));
    } else if (verdict.is === "unknown") {
      if (rule.required) sum += requiredUnknown;
      unknown.push({ id: rule.id, needs: verdict.needs });
    } else if (rule.required) return undefined;
  }
  const upper = / <(\d+\.\d+)$/.exec(cause.go)?.[1];
  if (upper !== undefined && goVersion(`<${upper}`, facts).is === "false") {
    sum += outsideVersions;
    evidence.push({ id: "go-version", weight: outsideVersions, says: versionSays(upper, language) });
  }
  // The strongest first, whichever way it speaks.
  evidence.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return { cause, score: sum, evidence, unknown };
}

function foundEvidence(
  rule: Evidence,
  captures: Captures,
  at: EvidenceFound["at"],
  language: Language,
): EvidenceFound {
  return {
    id: rule.id,
    weight: rule.weight,
    says: fillIn(inLanguage(rule.says, language), captures),
    ...(at && { at }),
  };
}

function versionSays(upper: string, language: Language): string {
  return language === "zh-cn"
    ? `这种原因只见于 Go ${upper} 之前的版本。`
    : `This cause is known only before Go ${upper}.`;
}

const longestCapture = 120;

/** `Index {index}` with the captured text; `…` where an optional part captured nothing. */
function fillIn(text: string, captures: Captures): string {
  return text.replace(/\{([a-z]\w*)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(captures, name) ? captures[name]! : "…";
    return value.length > longestCapture ? `${value.slice(0, longestCapture)}…` : value;
  });
}

export function inLanguage(text: { en: string; zh: string }, language: Language): string {
  return language === "zh-cn" ? text.zh : text.en;
}

/** Softmax over the scores and the baseline. Rounded down, so that the sum never exceeds 1. */
function shares(scored: readonly Scored[]): number[] {
  const highest = Math.max(baseline, ...scored.map(({ score }) => score));
  const powers = scored.map(({ score }) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, Math.exp(baseline - highest));
  return powers.map((power) => rounded(power / sum));
}

/** Under an `and` gate the causes do not compete. */
function alone({ score }: Scored): number {
  return rounded(1 / (1 + Math.exp(baseline - score)));
}

function rounded(confidence: number): number {
  return Math.floor(confidence * 1000) / 1000;
}

function separatingQuestion([first, second]: readonly Scored[], language: Language): string | undefined {
  if (!first || !second || first.score - second.score >= close) return undefined;
  const asks = (cause: IndexedCause, other: IndexedCause) =>
    cause.separates.find(({ from }) => from === other.id || from === other.id.slice(other.event.length + 1));
  const found = asks(first.cause, second.cause) ?? asks(second.cause, first.cause);
  return found && inLanguage(found.says, language);
}
