/** The ranking of faults on a terminal: three lines each. */
import { size } from "../../export/decisive.ts";
import { place, type Setting, type Where, whereText, words } from "../../export/finding.ts";
import { percent } from "../../export/percent.ts";
import { crashesOf, type Ranking } from "../../export/summary.ts";
import { padStart } from "./layout.ts";
import type { Canvas } from "./page.ts";

export function* summaryText({ rows, others, run }: Ranking, setting: Setting, { style }: Canvas) {
  const m = words(setting);
  if (rows.length === 0) return;
  const digits = Math.max(3, String(rows[0]!.count).length);
  const indent = " ".repeat(digits + 2);
  for (const { count, headline, cause, event, location, first, last, fingerprint } of rows) {
    yield `${style.strong(padStart(String(count), digits))}  ${style.title(headline)}\n`;
    const parts = [
      ...(location ? [style.place(place(location))] : []),
      ...(cause ? [`${cause.title}${m.bracket(m.percent(percent(cause.confidence)))}`] : []),
    ];
    if (parts.length > 0) yield `${indent}${parts.join(" · ")}\n`;
    yield `${indent}${style.dim(`${cause?.id ?? event.id} · ${fingerprint}`)}\n`;
    yield `${indent}${style.dim(span(first, last, setting))}\n\n`;
  }
  if (others > 0) yield `${padStart(String(others), digits)}  ${m.otherFaults}\n\n`;
  const bytes = run.inputs.reduce((sum, input) => sum + input.bytes, 0);
  yield `${m.ranked(crashesOf(rows, others), rows.length, run.inputs.length)}${m.bracket(size(bytes))}\n`;
}

function span(first: Where, last: Where, setting: Setting): string {
  const [from, to] = [whereText(first, setting), whereText(last, setting)];
  return from === to ? from : `${from} … ${to}`;
}
