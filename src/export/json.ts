/** JSON, streamed: a dump of 100,000 goroutines never stands in memory as one string. */
import type { CrashReport } from "../trace/report.ts";
import { type Finding, inputName, type Setting } from "./finding.ts";
import type { Reporter, RunSummary } from "./reporter.ts";

const GOROUTINES_PER_PIECE = 200;

/**
 * Characters that JSON allows bare and a terminal or an editor obeys: DEL, C1, direction, format and tag marks.
 * They can stand only inside strings, so the text stays the same JSON.
 */
const UNSAFE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** JSON text of a value without characters that act on a terminal. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escaped);
}

/** `\u` escapes of a character's UTF-16 units. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

export function jsonReporter(setting: Setting): Reporter {
  let first = true;
  return {
    collapses: false,
    begin: () => ['{"diagnoses":['],
    *finding(finding) {
      yield first ? "\n" : ",\n";
      first = false;
      yield* diagnosisJson(finding);
    },
    end: (run) => [runJson(run, setting)],
  };
}

/** One line of JSON for each diagnosis, for followed inputs, which have no end. */
export function jsonLinesReporter(): Reporter {
  return {
    collapses: false,
    begin: () => [],
    *finding(finding) {
      yield* diagnosisJson(finding);
      yield "\n";
    },
    end: () => [],
  };
}

/** One diagnosis as pieces of a JSON object. */
export function* diagnosisJson(finding: Finding): Generator<string> {
  const { diagnosis } = finding;
  const { event, causes, location, crash, ...more } = diagnosis;
  const input = inputName(finding);
  // Byte offsets count from here on; lines are moved, because people read those.
  const from = finding.before && { bytesBefore: finding.before.bytes };
  const head = { event, causes, location: location ?? null, ...more, input, ...from };
  yield `${safeJson(head).slice(0, -1)},"crash":`;
  yield* crashJson(crash, finding.before?.lines ?? 0);
  yield "}";
}

function* crashJson(crash: CrashReport, linesBefore: number): Generator<string> {
  const { goroutines, lines, ...rest } = crash;
  const moved = { first: lines.first + linesBefore, last: lines.last + linesBefore };
  yield `${safeJson({ ...rest, lines: moved }).slice(0, -1)},"goroutines":[`;
  for (let from = 0; from < goroutines.length; from += GOROUTINES_PER_PIECE) {
    const piece = safeJson(goroutines.slice(from, from + GOROUTINES_PER_PIECE));
    yield (from === 0 ? "" : ",") + piece.slice(1, -1);
  }
  yield "]}";
}

function runJson(run: RunSummary, setting: Setting): string {
  const tool = { name: "golm-faultcheck", version: setting.version };
  return `\n],"inputs":${safeJson(run.inputs)},"tool":${safeJson(tool)}}\n`;
}
