/** A ranking of faults instead of a page for each: what a large number of logs holds, most frequent first. */
import {
  type Finding,
  headline,
  openable,
  place,
  type Setting,
  type Where,
  whereText,
  words,
} from "./finding.ts";
import { safeJson } from "./json.ts";
import { code, prose } from "./markdown.ts";
import { percent } from "./percent.ts";
import type { Pieces, Reporter, RunSummary } from "./reporter.ts";
import { shorten, visibleLine } from "./visible.ts";

/** One fault, known by its fingerprint, over all inputs. */
export interface FaultRow {
  readonly fingerprint: string;
  count: number;
  readonly event: { readonly id: string; readonly title: string };
  readonly cause?: { readonly id: string; readonly title: string; readonly confidence: number };
  readonly location?: { readonly function: string; readonly file?: string; readonly line?: number };
  /** Title with the decisive numbers of the first crash. */
  readonly headline: string;
  readonly first: Where;
  last: Where;
}

export interface Ranking {
  /** Most frequent first; equal ones in the order they were found. */
  readonly rows: readonly FaultRow[];
  /** Crashes of faults beyond those that are kept. */
  readonly others: number;
  readonly run: RunSummary;
}

/** Different faults that are kept; nobody reads further, and memory must end somewhere. */
const KEPT = 10_000;

/** Collects what a run finds and renders it at the end. */
export function summaryReporter(setting: Setting, render: (ranking: Ranking) => Pieces): Reporter {
  const rows = new Map<string, FaultRow>();
  let others = 0;
  const add = (finding: Finding, count: number, last: Where) => {
    const row = rows.get(finding.diagnosis.crash.fingerprint);
    if (row) {
      row.count += count;
      row.last = last;
    } else if (rows.size < KEPT) {
      const fresh = rowOf(finding, setting, count);
      rows.set(fresh.fingerprint, fresh);
    } else others += count;
  };
  return {
    collapses: true,
    begin: () => [],
    finding: (finding) => {
      add(finding, 1, { ...finding, lines: finding.diagnosis.crash.lines });
      return [];
    },
    end(run) {
      const order = new Map(run.inputs.map(({ name }, index) => [name, index]));
      const place = ({ input }: Where) => order.get(input === "-" ? "<stdin>" : visibleLine(input)) ?? 0;
      for (const { finding, times, last } of run.repeats) {
        const before = rows.get(finding.diagnosis.crash.fingerprint)?.last;
        const later =
          before === undefined ||
          place(last) > place(before) ||
          (place(last) === place(before) && last.lines.last >= before.lines.last);
        add(finding, times, later ? last : before);
      }
      const ranked = [...rows.values()].sort((a, b) => b.count - a.count);
      return render({ rows: ranked, others, run });
    },
  };
}

function rowOf(finding: Finding, setting: Setting, count: number): FaultRow {
  const { event, causes, location, crash } = finding.diagnosis;
  const [best] = causes;
  const shown = location && openable(location);
  const where: Where = { input: finding.input, before: finding.before, lines: crash.lines };
  return {
    fingerprint: crash.fingerprint,
    count,
    event: { id: event.id, title: visibleLine(event.title) },
    ...(best && { cause: { id: best.id, title: visibleLine(best.title), confidence: best.confidence } }),
    ...(shown && {
      location: {
        function: shorten(visibleLine(shown.function), 200),
        ...(shown.file !== undefined && { file: visibleLine(shown.file) }),
        ...(shown.line !== undefined && { line: shown.line }),
      },
    }),
    headline: headline(finding, setting),
    first: where,
    last: where,
  };
}

/** `{"summary":[...],"others":N,"inputs":[...],"tool":{...}}`. */
export function summaryJson({ rows, others, run }: Ranking, setting: Setting): Pieces {
  const at = ({ input, before, lines }: Where) => ({
    input: input === "-" ? "<stdin>" : visibleLine(input),
    lines: { first: lines.first + (before?.lines ?? 0), last: lines.last + (before?.lines ?? 0) },
  });
  const summary = rows.map(({ cause, location, first, last, ...row }) => ({
    ...row,
    cause: cause ?? null,
    location: location ?? null,
    first: at(first),
    last: at(last),
  }));
  const tool = { name: "golm-faultcheck", version: setting.version };
  return [`${safeJson({ summary, others, inputs: run.inputs, tool })}\n`];
}

/** A table for an issue or a job's page. */
export function summaryMarkdown({ rows, others, run }: Ranking, setting: Setting): Pieces {
  const m = words(setting);
  if (rows.length === 0) return [`${m.nothingFound}\n`];
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const lines = rows.map(({ count, headline, cause, event, location, first, last, fingerprint }) =>
    [
      count,
      prose(headline),
      cause ? `${prose(cause.title)}${m.bracket(m.percent(percent(cause.confidence)))}` : "",
      location ? cell(code(place(location))) : "",
      [whereText(first, setting), whereText(last, setting)].map(prose).join(" … "),
      cell(`${code(cause?.id ?? event.id)} ${code(fingerprint)}`),
    ].join(" | "),
  );
  const head = [m.times, m.event, m.cause, m.lookFirst, m.firstAndLast, m.fingerprint];
  const table = [head.join(" | "), head.map((_, i) => (i === 0 ? "--:" : "---")).join(" | "), ...lines];
  const total = m.ranked(crashesOf(rows, others), rows.length, run.inputs.length);
  return [`${total}\n\n${table.map((line) => `| ${line} |`).join("\n")}\n`];
}

export function crashesOf(rows: readonly FaultRow[], others: number): number {
  return rows.reduce((sum, { count }) => sum + count, others);
}
