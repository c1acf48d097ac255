/** What `watch` prints: each fault once, then how often it came again, and a summary at the end. */
import { size } from "../../export/decisive.ts";
import {
  confidenceText,
  eventTitle,
  type Finding,
  headline,
  inputLines,
  openable,
  place,
  type Setting,
  words,
} from "../../export/finding.ts";
import { safeJson } from "../../export/json.ts";
import { visibleLine } from "../../export/visible.ts";
import { width } from "../terminal/layout.ts";
import type { Style } from "../terminal/style.ts";
import type { Fault, Faults } from "./faults.ts";
import { watchWords } from "./words.ts";

export interface Totals {
  readonly faults: Faults;
  readonly bytes: number;
}

export interface WatchReporter {
  /** A fault seen for the first time. */
  fresh(fault: Fault, finding: Finding): string;
  /** It came `more` times since it was last told. */
  again(fault: Fault, more: number): string;
  end(totals: Totals): string;
}

/** Faults of the closing table; a longer one is for /metrics or the state file. */
const ROWS = 20;

export function textWatchReporter(setting: Setting, style: Style): WatchReporter {
  const w = watchWords(setting.language);
  const m = words(setting);
  const spaces = " ".repeat(clock(0).length + 1);
  return {
    fresh(fault, finding) {
      const { location, causes } = finding.diagnosis;
      const [best] = causes;
      const label = `${w.fresh}${" ".repeat(Math.max(1, 6 - width(w.fresh)))}`;
      const lines = [`${clock(fault.first)} ${style.bad(label)}${style.strong(headline(finding, setting))}`];
      const more = (text: string) => lines.push(`${spaces}      ${text}`);
      if (location)
        more(
          `${style.place(place(openable(location)))} ${m.inFunction(visibleLine(shortFunction(location.function)))}`,
        );
      if (best) {
        more(`${visibleLine(best.title)}${m.bracket(confidenceText(best.confidence, setting))}`);
        more(style.dim(w.explain(best.id)));
      }
      more(style.dim(`${inputLines(finding, setting)} · ${w.fingerprint(fault.fingerprint)}`));
      return `${lines.join("\n")}\n`;
    },
    again: (fault, more) =>
      `${clock(fault.last)} ${style.warn(`+${more}`.padEnd(5))} ${rowText(fault)} · ${w.inAll(fault.count)}\n`,
    end({ faults, bytes }) {
      if (faults.crashes === 0) return `${w.nothing(size(bytes))}\n`;
      const ranked = faults.ranked();
      const digits = String(ranked[0]?.count ?? 0).length;
      const lines = ranked.slice(0, ROWS).map((fault) => {
        const span = w.span(clock(fault.first), clock(fault.last));
        return `${String(fault.count).padStart(digits)}  ${rowText(fault)} · ${span}`;
      });
      if (ranked.length > ROWS) lines.push(w.more(ranked.length - ROWS));
      const { forgotten } = faults;
      if (forgotten.faults > 0) lines.push(w.others(forgotten.faults, forgotten.count));
      const total = w.summary(faults.crashes, ranked.length + forgotten.faults, size(bytes));
      return `\n${total}\n${lines.join("\n")}\n`;
    },
  };
}

function rowText({ event, location, cause, fingerprint }: Fault): string {
  const parts = [visibleLine(event.title)];
  if (location) parts.push(place(location));
  parts.push(cause?.id ?? event.id, fingerprint);
  return parts.join(" · ");
}

/** A cut-off native line may stand where a function's name does: its beginning tells enough. */
function shortFunction(name: string): string {
  return name.length > 120 ? `${name.slice(0, 119)}…` : name;
}

/** Local time, as the clock on the wall and most logs have it. */
function clock(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** JSON Lines. `type` is `fault`, `count` or `summary`; times are RFC 3339 in UTC. */
export function jsonWatchReporter(setting: Setting): WatchReporter {
  const line = (value: object) => `${safeJson(value)}\n`;
  return {
    fresh(fault, finding) {
      const { diagnosis, before } = finding;
      const above = before?.lines ?? 0;
      const { first, last } = diagnosis.crash.lines;
      return line({
        type: "fault",
        ...faultJson(fault),
        headline: headline(finding, setting),
        lines: { first: first + above, last: last + above },
      });
    },
    again: (fault, more) => line({ type: "count", ...faultJson(fault), more }),
    end({ faults, bytes }) {
      const { forgotten } = faults;
      return line({
        type: "summary",
        crashes: faults.crashes,
        bytes,
        faults: faults.ranked().map(faultJson),
        ...(forgotten.faults > 0 && { other: { faults: forgotten.faults, count: forgotten.count } }),
      });
    },
  };
}

function faultJson(fault: Fault): object {
  const { fingerprint, event, cause, location, header, input, first, last, count } = fault;
  return {
    fingerprint,
    event,
    cause: cause ?? null,
    location: location ?? null,
    header: visibleLine(header),
    input: input === "-" ? "<stdin>" : visibleLine(input),
    count,
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
  };
}

/** The fault a finding shows. */
export function faultOf(finding: Finding, setting: Setting, now: number): Fault {
  const { event, causes, location, crash } = finding.diagnosis;
  const [best] = causes;
  const shown = location && openable(location);
  return {
    fingerprint: crash.fingerprint,
    event: { id: event.id, title: eventTitle(finding, setting) },
    ...(best && { cause: { id: best.id, title: best.title, confidence: best.confidence } }),
    ...(shown && {
      location: {
        function: shortFunction(shown.function),
        ...(shown.file !== undefined && { file: shown.file }),
        ...(shown.line !== undefined && { line: shown.line }),
      },
    }),
    header: crash.header.slice(0, HEADER_KEPT),
    input: finding.input,
    first: now,
    last: now,
    count: 1,
  };
}

const HEADER_KEPT = 500;
