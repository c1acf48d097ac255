/** CrashReport and catalogue to Diagnosis. */
import { groupGoroutines } from "../trace/group.ts";
import type { CrashKind, CrashReport } from "../trace/report.ts";
import type { Catalog } from "./catalog.ts";
import type { Diagnosis, DiagnosisContext, Language, Location, Need } from "./diagnosis.ts";
import { Facts } from "./facts.ts";
import { matchEvents } from "./match.ts";
import { inLanguage, type Ranking, rank } from "./rank.ts";
import { isPanicWithoutWords, nextSteps } from "./steps.ts";

/**
 * The diagnosis of one crash, in the language asked. Deterministic: equal report, catalogue and context give an
 * equal diagnosis. Never throws on a report, whatever is missing from it; a report no event covers gets the
 * event `unknown/KIND`.
 */
export function diagnose(report: CrashReport, catalog: Catalog, context: DiagnosisContext = {}): Diagnosis {
  const language = context.language ?? "en";
  const seen = new Facts(report, context);
  const [best, ...others] = matchEvents(catalog, seen);
  const event = best?.event;
  const facts = seen.about(best?.at);
  const ranking = event ? rank(event, catalog.causesOf(event.id), facts, language) : nothingRanked;
  const location = locationOf(facts);
  const id = event?.id ?? `unknown/${report.kind}`;
  const first = ranking.causes[0];
  const steps = {
    facts,
    event: id,
    location,
    cause: first && catalog.cause(first.id),
    needs: ranking.needs,
  };
  return {
    event: event
      ? {
          id,
          title: inLanguage(event.title, language),
          proves: inLanguage(event.proves, language),
          severity: event.severity,
          gate: event.gate,
        }
      : { id, title: unknownTitle(report, language) },
    ...(others.length > 0 && {
      alsoMatches: others.map(({ event: { id, title } }) => ({ id, title: inLanguage(title, language) })),
    }),
    causes: ranking.causes,
    ...(ranking.question !== undefined && { question: ranking.question }),
    ...(location && { location }),
    groups: groupGoroutines(report),
    nextSteps: nextSteps(steps, language),
    crash: report,
  };
}

const nothingRanked: Ranking = { causes: [], needs: new Set<Need>() };

/** Lines of source shown above and below the one to look at. */
const sourceMargin = 3;

function locationOf(facts: Facts): Location | undefined {
  const { place } = facts;
  if (!place) return undefined;
  if (!place.frame) return nativeLocation(place.native!.text);
  const { function: name, file, line } = place.frame;
  const source = excerpt(facts, line);
  return {
    function: name,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    basis: place.basis,
    ...(source && { source }),
  };
}

function excerpt(facts: Facts, line: number | undefined): Location["source"] {
  if (line === undefined || !facts.source || line < 1 || line > facts.source.lines.length) return undefined;
  const first = Math.max(1, line - sourceMargin);
  const lines = facts.source.lines.slice(first - 1, line + sourceMargin);
  // A file that ends in a newline has no line after it.
  if (first + lines.length - 1 === facts.source.lines.length && lines.at(-1) === "") lines.pop();
  return { path: facts.source.path, first, lines };
}

const nativePosition = /([\w./+-]{1,200}\.(?:c|cc|cpp|cxx|cu|cuh|h|hpp|m|mm|rs))[:(](\d{1,7})\b/;
const longestNativeLine = 160;

/** `file.c:12: init: Assertion ...`, `GGML_ASSERT(x) failed` with its file: what the line itself tells. */
function nativeLocation(text: string): Location {
  const line = text.slice(0, longestNativeLine);
  const position = nativePosition.exec(line);
  const assertion = /:\d+: (?:[\w:*& ]{1,80} )?([\w:~]{1,80})(?:\([^)]{0,80}\))?: Assertion /.exec(line);
  return {
    function: assertion?.[1] ?? line,
    ...(position && { file: position[1]!, line: Number(position[2]) }),
    basis: "native",
  };
}

const unknownTitles: Readonly<Record<CrashKind, { en: string; zh: string }>> = {
  panic: { en: "A panic the catalogue does not know", zh: "目录中没有收录的 panic" },
  fatal: { en: "A fatal error the catalogue does not know", zh: "目录中没有收录的致命错误" },
  signal: { en: "A signal the catalogue does not know", zh: "目录中没有收录的信号" },
  race: { en: "Data race", zh: "数据竞争" },
  "test-timeout": { en: "A test ran out of time", zh: "测试超时" },
  "goroutine-dump": { en: "Goroutine dump", zh: "goroutine 转储" },
  "exit-status": { en: "The program ended without a crash text", zh: "程序退出，没有留下崩溃文本" },
};

/** Where the head was cut off, the catalogue was not even asked. */
const lostPanic = { en: "A panic whose message is missing", zh: "一次 panic，报错信息缺失" };

function unknownTitle(report: CrashReport, language: Language): string {
  return inLanguage(isPanicWithoutWords(report) ? lostPanic : unknownTitles[report.kind], language);
}
