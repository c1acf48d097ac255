/** Findings of probes as text, JSON, workflow annotations and SARIF. */
import { escapeData, escapeProperty } from "../export/github.ts";
import { safeJson } from "../export/json.ts";
import { pathUri, repositoryPath } from "../export/paths.ts";
import { visible, visibleLine } from "../export/visible.ts";
import type { Finding, Level, ProbeReport } from "../probe/finding.ts";
import { columnsOf } from "./commands/diagnose-command.ts";
import { checkWords } from "./messages/check.ts";
import type { Context } from "./program.ts";
import { workingDirectory } from "./source.ts";
import { padEnd, width, wrap } from "./terminal/layout.ts";
import { colored, type Style, styleOf } from "./terminal/style.ts";
import { VERSION } from "./version.ts";

export type ProbeFormat = "text" | "json" | "sarif" | "github";

/** `brief`: the findings alone, without what was looked at. */
export function renderProbes(
  reports: readonly ProbeReport[],
  format: ProbeFormat,
  context: Context,
  brief = false,
): string {
  switch (format) {
    case "json":
      return `${safeJson({ reports: reports.map(asJson) })}\n`;
    case "github":
      return reports.flatMap((report) => told(report).map((finding) => annotation(report, finding))).join("");
    case "sarif":
      return `${safeJson(sarif(reports))}\n`;
    case "text": {
      const style = styleOf(colored(context.color, process.stdout, process.env));
      return reports.map((report) => text(report, style, context, brief)).join("\n");
    }
  }
}

function asJson(report: ProbeReport): object {
  // A label may come twice: pairs, not an object.
  const facts = report.facts.map(([label, value]) => ({ label, value }));
  return { ...report, facts };
}

const MARKS: Readonly<Record<Level, string>> = { good: "✅", doubtful: "⚠️", bad: "❌", fact: "ℹ️" };

function text(report: ProbeReport, style: Style, context: Context, brief: boolean): string {
  const w = checkWords(context.language);
  const columns = Math.min(100, columnsOf(process.stdout));
  const out: string[] = [];
  if (!brief) {
    out.push(style.strong(visibleLine(report.subject)));
    const labels = Math.max(0, ...report.facts.map(([label]) => width(label)));
    for (const [label, value] of report.facts) {
      const lines = wrap(visibleLine(value), columns - labels - 4);
      lines.forEach((line, index) => {
        out.push(`  ${style.dim(padEnd(index === 0 ? label : "", labels))}  ${line}`);
      });
    }
    out.push("");
  }
  for (const finding of report.findings) out.push(...findingLines(finding, style, columns, context));
  for (const sentence of report.missing)
    out.push(
      ...wrap(
        `${w.notLookedAt}${context.language === "zh-cn" ? "：" : ": "}${visibleLine(sentence)}`,
        columns,
      ).map(style.dim),
    );
  if (report.diff !== undefined) out.push("", w.diff, ...diffLines(report.diff, style));
  return `${out.join("\n")}\n`;
}

function findingLines(finding: Finding, style: Style, columns: number, context: Context): string[] {
  const w = checkWords(context.language);
  const paint = { good: style.good, doubtful: style.warn, bad: style.bad, fact: style.dim }[finding.level];
  const where = finding.place ? `${finding.place.line}:${finding.place.column} ` : "";
  // The first line is never wrapped: scripts look for it.
  const out = [`${MARKS[finding.level]} ${where}${paint(visibleLine(finding.title))}`];
  const labels = Math.max(width(w.why), width(w.todo), width(w.more));
  const part = (label: string, said: string | undefined, how: (line: string) => string = (line) => line) => {
    if (!said) return;
    const lines = wrap(visibleLine(said), columns - labels - 5);
    lines.forEach((line, i) => {
      out.push(`   ${style.dim(padEnd(i === 0 ? label : "", labels))}  ${how(line)}`);
    });
  };
  part(w.why, finding.why);
  part(w.todo, finding.todo);
  for (const line of finding.lines ?? []) out.push(`   ${style.dim("|")} ${style.code(visibleLine(line))}`);
  if (finding.cause !== undefined && finding.level !== "good")
    part(w.more, `golm-faultcheck explain ${finding.cause}`, style.dim);
  return out;
}

function diffLines(diff: string, style: Style): string[] {
  return visible(diff)
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("====="))
    .map((line) => (line.startsWith("+") ? style.good(line) : line.startsWith("-") ? style.bad(line) : line));
}

/** Annotations and SARIF results are for what is to be mended. */
function told(report: ProbeReport): Finding[] {
  return report.findings.filter(({ level }) => level === "bad" || level === "doubtful");
}

function pathOf(report: ProbeReport): string {
  return (
    repositoryPath(report.subject, process.env.GITHUB_WORKSPACE ?? workingDirectory() ?? "") ?? report.subject
  );
}

function annotation(report: ProbeReport, finding: Finding): string {
  const place = finding.place ? [`line=${finding.place.line}`, `col=${finding.place.column}`] : [];
  const properties = [
    `file=${escapeProperty(pathOf(report))}`,
    ...place,
    `title=${escapeProperty(visibleLine(finding.title))}`,
  ];
  const words = [finding.why, finding.todo, finding.cause && `golm-faultcheck explain ${finding.cause}`];
  const message =
    words
      .filter((line): line is string => !!line)
      .map(visibleLine)
      .join("\n") || visibleLine(finding.title);
  return `::${finding.level === "bad" ? "error" : "warning"} ${properties.join(",")}::${escapeData(message)}\n`;
}

function sarif(reports: readonly ProbeReport[]): object {
  const results = reports.flatMap((report) => told(report).map((finding) => ({ report, finding })));
  const ids = [...new Set(results.map(({ report, finding }) => ruleId(report, finding)))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "golm-faultcheck", version: VERSION, rules: ids.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: results.map(({ report, finding }) => result(report, finding, ids)),
      },
    ],
  };
}

function ruleId(report: ProbeReport, finding: Finding): string {
  return `${report.probe}/${finding.id}`;
}

function result(report: ProbeReport, finding: Finding, ids: readonly string[]): object {
  const id = ruleId(report, finding);
  const words = [finding.title, finding.why, finding.todo].filter((line): line is string => !!line);
  const region = finding.place && {
    region: { startLine: finding.place.line, startColumn: finding.place.column },
  };
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id),
    level: finding.level === "bad" ? "error" : "warning",
    message: { text: words.map(visibleLine).join("\n") },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathUri(pathOf(report)) }, ...region } }],
    ...(finding.cause !== undefined && { properties: { cause: finding.cause } }),
  };
}
