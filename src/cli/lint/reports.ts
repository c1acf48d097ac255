/** Findings as text, JSON, SARIF and workflow annotations; written file by file as they are found. */
import { escapeData, escapeProperty } from "../../export/github.ts";
import { safeJson } from "../../export/json.ts";
import { isAbsolutePath, pathUri, repositoryPath } from "../../export/paths.ts";
import { visible, visibleLine } from "../../export/visible.ts";
import type { Language } from "../../faulttree/diagnosis.ts";
import type { LintFinding, Range, Rule, Severity, Words } from "../../golint/rule.ts";
import type { FileFindings } from "../../goworkspace/run.ts";
import { codeSpans } from "../terminal/page.ts";
import type { Style } from "../terminal/style.ts";
import { VERSION } from "../version.ts";
import type { LintWords } from "./words.ts";

export type LintFormat = "text" | "json" | "sarif" | "github";

export interface LintSetting {
  readonly language: Language;
  readonly words: LintWords;
  readonly style: Style;
  /** Folder that paths are written relative to. */
  readonly root: string;
  readonly rules: readonly Rule[];
}

export interface LintSummary {
  readonly files: number;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly fixable: number;
  readonly failures: readonly string[];
}

export interface LintReporter {
  begin(): string;
  file(found: FileFindings): string;
  end(summary: LintSummary): string;
}

export function lintReporter(format: LintFormat, setting: LintSetting): LintReporter {
  switch (format) {
    case "text":
      return textReporter(setting);
    case "json":
      return jsonReporter(setting);
    case "sarif":
      return sarifReporter(setting);
    case "github":
      return {
        begin: () => "",
        file: ({ path, findings }) => findings.map((f) => annotation(path, f, setting)).join(""),
        end: () => "",
      };
  }
}

const say = (text: Words, { language }: LintSetting): string => (language === "en" ? text.en : text.zh);

function textReporter(setting: LintSetting): LintReporter {
  const { words, style } = setting;
  const mark: Record<Severity, (text: string) => string> = {
    error: style.bad,
    warning: style.warn,
    hint: style.dim,
  };
  const finding = (path: string, text: string, f: LintFinding): string => {
    const { line, column } = f.range.from;
    const place = `${visibleLine(repositoryPath(path, setting.root))}:${line}:${column}`;
    const code = visibleLine((text.split("\n", line)[line - 1] ?? "").trim());
    const related = f.related.map(
      (r) =>
        `    ${style.dim(`${r.range.from.line}:${r.range.from.column}`)} ${visibleLine(say(r.message, setting))}\n`,
    );
    const fixes = f.fixes.map(
      (fix) =>
        `    ${style.good(fix.kind === "fix" ? words.fixable : words.suggestion)}: ${say(fix.title, setting)}\n`,
    );
    return `${style.place(place)} ${mark[f.severity](words.severity[f.severity])} ${codeSpans(visibleLine(say(f.message, setting)), style)} ${style.dim(`[${f.rule}]`)}\n    ${style.code(code)}\n${related.join("")}${fixes.join("")}`;
  };
  return {
    begin: () => "",
    file: ({ path, text, findings }) => findings.map((f) => finding(path, text, f)).join(""),
    end: ({ files, counts, fixable }) => {
      const some = (["error", "warning", "hint"] as const)
        .filter((s) => counts[s] > 0)
        .map((s) => [words.severity[s], counts[s]] as const);
      if (some.length === 0) return `${words.nothing(files)}\n`;
      return `\n${words.summary(some, files)}${fixable > 0 ? ` ${words.fixes(fixable)}` : ""}\n`;
    },
  };
}

const rangeJson = ({ from, to }: Range) => ({ start: from, end: to });

function jsonReporter(setting: LintSetting): LintReporter {
  let first = true;
  const one = (path: string, f: LintFinding) => ({
    rule: f.rule,
    severity: f.severity,
    file: repositoryPath(path, setting.root),
    range: rangeJson(f.range),
    message: say(f.message, setting),
    related: f.related.map((r) => ({ range: rangeJson(r.range), message: say(r.message, setting) })),
    fixes: f.fixes.map(({ kind, title, edits }) => ({ kind, title: say(title, setting), edits })),
    cause: f.cause ?? null,
    ...(f.alsoIn && { alsoIn: f.alsoIn }),
    fingerprint: f.fingerprint,
  });
  return {
    begin: () => '{"findings":[',
    file: ({ path, findings }) =>
      findings
        .map((f) => {
          const piece = `${first ? "\n" : ",\n"}${safeJson(one(path, f))}`;
          first = false;
          return piece;
        })
        .join(""),
    end: (summary) =>
      `\n],"summary":${safeJson(summary)},"tool":${safeJson({ name: "golm-faultcheck", version: VERSION })}}\n`,
  };
}

const LEVELS = { error: "error", warning: "warning", hint: "note" } as const;

function sarifReporter(setting: LintSetting): LintReporter {
  let first = true;
  const artifact = (path: string) => {
    const relative = repositoryPath(path, setting.root);
    return isAbsolutePath(relative)
      ? { uri: pathUri(relative) }
      : { uri: pathUri(relative), uriBaseId: "%SRCROOT%" };
  };
  const region = ({ from, to }: Range) => ({
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
  });
  const result = (path: string, f: LintFinding) => ({
    ruleId: f.rule,
    level: LEVELS[f.severity],
    message: { text: visible(say(f.message, setting)) },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: region(f.range) } }],
    relatedLocations: f.related.map((r, id) => ({
      id,
      message: { text: visible(say(r.message, setting)) },
      physicalLocation: { artifactLocation: artifact(path), region: region(r.range) },
    })),
    partialFingerprints: { "golmLint/v1": f.fingerprint },
  });
  return {
    begin: () =>
      '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[',
    file: ({ path, findings }) =>
      findings
        .map((f) => {
          const piece = `${first ? "\n" : ",\n"}${safeJson(result(path, f))}`;
          first = false;
          return piece;
        })
        .join(""),
    end: ({ failures }) => `\n],${safeJson(sarifTail(setting, failures)).slice(1)}]}\n`,
  };
}

function sarifTail(setting: LintSetting, failures: readonly string[]): object {
  const rules = setting.rules.map((rule) => ({
    id: rule.id,
    shortDescription: { text: say(rule.title, setting) },
    fullDescription: { text: say(rule.why, setting) },
    help: { text: say(rule.page, setting), markdown: say(rule.page, setting) },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: ["go"], ...(rule.cause && { cause: rule.cause }) },
  }));
  const notes = failures.map((text) => ({ level: "error", message: { text: visible(text) } }));
  return {
    tool: {
      driver: {
        name: "golm-faultcheck",
        version: VERSION,
        language: setting.language === "en" ? "en-US" : "zh-CN",
        rules,
      },
    },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        ...(notes.length > 0 && { toolExecutionNotifications: notes }),
      },
    ],
  };
}

const COMMANDS = { error: "error", warning: "warning", hint: "notice" } as const;

function annotation(path: string, f: LintFinding, setting: LintSetting): string {
  const { from, to } = f.range;
  const properties = [
    `file=${escapeProperty(visibleLine(repositoryPath(path, setting.root)))}`,
    `line=${from.line}`,
    `endLine=${to.line}`,
    ...(from.line === to.line ? [`col=${from.column}`, `endColumn=${to.column}`] : []),
    `title=${escapeProperty(f.rule)}`,
  ];
  const lines = [say(f.message, setting), setting.words.explain(f.rule)];
  return `::${COMMANDS[f.severity]} ${properties.join(",")}::${escapeData(lines.map(visible).join("\n"))}\n`;
}
