/** One HTML file that needs nothing else: no script, no font, no network; light and dark. */

import { exampleDiff, type FileDiff } from "./example-diff.ts";
import {
  asPrinted,
  confidenceText,
  eventTitle,
  evidenceAgainst,
  evidenceFor,
  type Finding,
  frameName,
  furtherSteps,
  type GroupRow,
  groupRows,
  headline,
  inputLines,
  isOwnFrame,
  nativeLines,
  needs,
  notes,
  openable,
  openQuestion,
  place,
  raisedLines,
  type Setting,
  separatingQuestion,
  shortName,
  splitCauses,
  surroundings,
  tellingFrames,
  undecided,
  whereText,
  words,
} from "./finding.ts";
import { STYLE } from "./html-style.ts";
import { escapeHtml, prose } from "./html-text.ts";
import { inLanguage, type Messages } from "./messages/index.ts";
import { percent } from "./percent.ts";
import type { Reporter, RunSummary } from "./reporter.ts";
import { maskText } from "./secrets.ts";
import { visible, visibleLine } from "./visible.ts";

const FRAMES_SHOWN = 200;

export function htmlReporter(setting: Setting): Reporter {
  const m = words(setting);
  let number = 0;
  return {
    collapses: true,
    begin: () => [documentHead(m)],
    async *finding(finding) {
      number++;
      yield maskText(await article(finding, number, setting));
    },
    end: (run) => [documentEnd(run, setting)],
  };
}

function documentHead(m: Messages): string {
  return `<!doctype html>
<html lang="${m.htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(m.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
`;
}

function documentEnd(run: RunSummary, setting: Setting): string {
  const m = words(setting);
  const crashes = run.inputs.reduce((sum, input) => sum + input.crashes, 0);
  const out: string[] = [];
  if (crashes === 0) out.push(`<p class="empty">${escapeHtml(m.nothingFound)}</p>`);
  if (run.repeats.length > 0) {
    const rows = run.repeats.map(
      ({ finding, times, last }) =>
        `<li>${escapeHtml(eventTitle(finding, setting))}${m.colon}${escapeHtml(m.repeated(times, whereText(last, setting)))}</li>`,
    );
    out.push(`<section class="repeats"><ul>${rows.join("")}</ul></section>`);
  }
  out.push(`<footer>${escapeHtml(m.readBy(setting.version))}</footer>`);
  return `${out.join("\n")}\n</main>\n</body>\n</html>\n`;
}

async function article(finding: Finding, number: number, setting: Setting): Promise<string> {
  const { crash, event } = finding.diagnosis;
  const raised = raisedLines(crash);
  const severity = finding.diagnosis.causes[0]?.severity ?? event.severity ?? "high";
  const parts = [
    `<header class="${severity}">`,
    `<h1>${escapeHtml(headline(finding, setting))}</h1>`,
    raised.length > 0 ? `<pre class="raised">${escapeHtml(raised.join("\n"))}</pre>` : "",
    `<p class="facts">${[inputLines(finding, setting), ...surroundings(crash, setting)].map(fact).join("")}</p>`,
    ...notes(finding, setting).map((note) => `<p class="note">${prose(note)}</p>`),
    "</header>",
    native(finding, setting),
    location(finding, setting),
    await cause(finding, setting),
    others(finding, setting),
    steps(finding, setting),
    race(finding, setting),
    stack(finding, setting),
    groups(finding, setting),
    identity(finding, setting),
  ];
  return `<article id="crash-${number}">\n${parts.filter((part) => part !== "").join("\n")}\n</article>\n`;
}

function fact(text: string): string {
  return `<span>${escapeHtml(text)}</span>`;
}

function section(title: string, body: string, kind = ""): string {
  if (body === "") return "";
  return `<section${kind === "" ? "" : ` class="${kind}"`}><h2>${escapeHtml(title)}</h2>${body}</section>`;
}

function native(finding: Finding, setting: Setting): string {
  const lines = nativeLines(finding.diagnosis.crash, setting.all);
  if (lines.length === 0) return "";
  return section(words(setting).native, `<pre>${escapeHtml(lines.join("\n"))}</pre>`);
}

function location(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const found = finding.diagnosis.location;
  if (!found) return section(m.lookFirst, `<p>${escapeHtml(m.locationUnknown)}</p>`, "look");
  const name = visibleLine(found.function);
  const inside =
    found.file === undefined || name === "" ? "" : ` ${m.inFunction(`<code>${breakable(name)}</code>`)}`;
  const out = [`<p class="place"><strong>${breakable(place(openable(found)))}</strong>${inside}</p>`];
  const printed = asPrinted(found);
  if (printed) out.push(`<p class="dim">${escapeHtml(m.printedAs(printed))}</p>`);
  if (found.basis !== "user") out.push(`<p class="dim">${escapeHtml(m.basis[found.basis])}</p>`);
  if (found.source) {
    const rows = found.source.lines.map((text, index) => {
      const line = found.source!.first + index;
      const here = line === found.line ? ' class="here"' : "";
      return `<span${here}><i>${line}</i>${sourceCode(text)}\n</span>`;
    });
    out.push(`<pre class="source">${rows.join("")}</pre>`);
  }
  return section(m.lookFirst, out.join(""), "look");
}

async function cause(finding: Finding, setting: Setting): Promise<string> {
  const m = words(setting);
  const { best } = splitCauses(finding, setting);
  if (!best) {
    const { proves } = finding.diagnosis.event;
    const said = section(m.cause, `<p>${escapeHtml(proves ? m.ruledOut : m.unknownCauses)}</p>`);
    return proves ? said + section(m.proves, `<p>${prose(visibleLine(proves))}</p>`) : said;
  }
  const page = setting.catalog.page(best.id);
  const say = (text: { en: string; zh: string }) => prose(inLanguage(text, setting.language));
  const share = percent(best.confidence);
  const out = [
    `<p class="cause"><strong>${prose(visibleLine(best.title))}</strong>`,
    ` <span class="confidence"><span class="meter"><span style="width:${share}%"></span></span>`,
    ` ${escapeHtml(confidenceText(best.confidence, setting))}</span></p>`,
    undecided(finding) ? `<p class="note">${escapeHtml(m.undecided)}</p>` : "",
    page ? `<p>${say(page.what)}</p><p>${say(page.why)}</p>` : "",
    best.evidence.length === 0 ? `<p class="dim">${escapeHtml(m.noEvidence)}</p>` : "",
    '<ul class="evidence">',
    ...evidenceFor(best).map((e) => `<li class="for">${prose(visibleLine(e.says))}</li>`),
    ...evidenceAgainst(best).map((e) => `<li class="against">${prose(visibleLine(e.says))}</li>`),
    ...needs(best, setting).map((need) => `<li class="open">${prose(need)}</li>`),
    "</ul>",
  ];
  const fixed = page
    ? section(m.fix, `<p>${say(page.fix.says)}</p>${diffHtml(await exampleDiff(page.files), m)}`)
    : "";
  return section(m.cause, out.join("")) + fixed;
}

function diffHtml(diffs: readonly FileDiff[], m: Messages): string {
  if (diffs.length === 0) return "";
  const blocks = diffs.map((file) => {
    const name = diffs.length > 1 ? `<p class="dim">${escapeHtml(visibleLine(file.path))}</p>` : "";
    const lines = file.hunks.map((hunk) =>
      hunk.lines
        .map(({ sign, text }) => {
          const tag = sign === "+" ? "ins" : sign === "-" ? "del" : "span";
          return `<${tag}>${sign === "-" ? "−" : sign} ${sourceCode(text)}\n</${tag}>`;
        })
        .join(""),
    );
    return `${name}<pre class="diff">${lines.join("<hr>")}</pre>`;
  });
  return `<p class="dim">${escapeHtml(m.fixExample)}</p>${blocks.join("")}`;
}

function others(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { best, runnersUp, hidden } = splitCauses(finding, setting);
  if (!best) return "";
  const rows = runnersUp.map((other) => {
    const question = separatingQuestion(finding, other, setting);
    const share = escapeHtml(m.percent(percent(other.confidence)));
    return `<li><b>${share}</b> ${prose(visibleLine(other.title))}${question ? `<br><span class="dim">${prose(question)}</span>` : ""}</li>`;
  });
  if (hidden > 0 && rows.length > 0) rows.push(`<li class="dim">${escapeHtml(m.moreCauses(hidden))}</li>`);
  const list = rows.length > 0 ? `<ul class="others">${rows.join("")}</ul>` : "";
  const question = openQuestion(finding, setting);
  return section(m.runnersUp, list) + (question ? section(m.question, `<p>${prose(question)}</p>`) : "");
}

function steps(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const best = finding.diagnosis.causes[0];
  const verify = best && setting.catalog.cause(best.id)?.verify;
  const checked = verify
    ? `<p>${prose(inLanguage(verify.says, setting.language))}</p>${
        verify.command ? `<pre class="command">${escapeHtml(visible(verify.command.trimEnd()))}</pre>` : ""
      }`
    : "";
  const next = furtherSteps(finding, setting).map((step) => `<li>${prose(visibleLine(step))}</li>`);
  return section(m.verify, checked) + section(m.next, next.length > 0 ? `<ol>${next.join("")}</ol>` : "");
}

function race(finding: Finding, setting: Setting): string {
  const report = finding.diagnosis.crash.race;
  if (!report) return "";
  const m = words(setting);
  const rows = report.accesses.map((access) => {
    const frames = access.frames.slice(0, 5).map((f) => `${frameName(f)}  ${place(f)}`);
    const said = m.raceAccess(visibleLine(access.op), access.goroutine);
    return `<p><b>${escapeHtml(said)}</b></p><pre>${escapeHtml(frames.join("\n"))}</pre>`;
  });
  return section(m.race, rows.join(""));
}

function stack(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const frames = tellingFrames(finding.diagnosis.crash);
  if (frames.length === 0) return "";
  const rows = frames.slice(0, FRAMES_SHOWN).map((frame) => {
    const at = frame.file === undefined ? "" : `<br><span class="dim">${breakable(place(frame))}</span>`;
    return `<li${isOwnFrame(frame) ? ' class="own"' : ""}><code>${breakable(frameName(frame))}</code>${at}</li>`;
  });
  const more = frames.length - FRAMES_SHOWN;
  if (more > 0) rows.push(`<li class="dim">${escapeHtml(m.moreFrames(more))}</li>`);
  return `<details><summary>${escapeHtml(m.stack)}</summary><ol class="stack">${rows.join("")}</ol></details>`;
}

function groups(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { rows, hidden, background } = groupRows(finding, setting);
  if (rows.length === 0) return "";
  const all = finding.diagnosis.groups;
  const count = all.reduce((sum, group) => sum + group.count, 0);
  const cells = rows.map((row) => groupRow(row, m));
  const wide = (text: string) => `<tr><td></td><td colspan="2" class="dim">${escapeHtml(text)}</td></tr>`;
  if (hidden > 0) cells.push(wide(m.moreGroups(hidden)));
  if (background > 0) cells.push(wide(m.background(background)));
  const summary = `${m.goroutines}${m.colon}${m.goroutineSummary(count, all.length)}`;
  return `<details open><summary>${escapeHtml(summary)}</summary><table>${cells.join("")}</table></details>`;
}

function groupRow(row: GroupRow, m: Messages): string {
  const top = row.top ? breakable(shortName(row.top)) : escapeHtml(m.noFrames);
  const at = row.top?.file === undefined ? "" : `<br><span class="dim">${breakable(place(row.top))}</span>`;
  const wait =
    row.maxWaitMinutes === undefined
      ? ""
      : `<br><span class="dim">${escapeHtml(m.waited(row.maxWaitMinutes))}</span>`;
  const state = `${escapeHtml(row.states)}${row.failing ? `<br><b class="bad">${escapeHtml(m.failing)}</b>` : ""}`;
  return `<tr><td class="count">${row.count} ×</td><td>${state}${wait}</td><td><code>${top}</code>${at}</td></tr>`;
}

function identity(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { crash, causes, event } = finding.diagnosis;
  const id = escapeHtml(visibleLine(causes[0]?.id ?? event.id));
  return `<p class="identity"><code>${id}</code> · ${escapeHtml(m.fingerprint)} <code>${escapeHtml(visibleLine(crash.fingerprint))}</code></p>`;
}

/** A line of code; tabs as blanks, because what stands before the code would shift the tab stops. */
function sourceCode(text: string): string {
  return escapeHtml(visible(text).replaceAll("\t", "    "));
}

/** Escaped, with places where a long path or name may break over lines. */
function breakable(text: string): string {
  return escapeHtml(text).replace(/([/\\]|[.:)](?=\S))/g, "$1<wbr>");
}
