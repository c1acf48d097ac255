/** Findings as the protocol's diagnostics. */
import { pathToFileURL } from "node:url";
import { type Diagnostic, DiagnosticSeverity, type Range } from "vscode-languageserver/node";
import { visible } from "../export/visible.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { isRule, type LintFinding, type Range as Place } from "../golint/index.ts";
import { type LintSettings, type ShownAs, shown } from "./settings.ts";
import { inLanguage } from "./words.ts";

export const SOURCE = "GoLM lint";

export interface Showing {
  readonly language: Language;
  readonly settings: LintSettings;
  /** Findings of vet are shown by gopls. */
  readonly besideGopls: boolean;
  /** The client shows where else a finding points. */
  readonly related: boolean;
  /** The page of a rule, where the client can open one. */
  readonly ruleLink: ((rule: string) => string) | undefined;
}

const SEVERITIES: Readonly<Record<Exclude<ShownAs, "off">, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The diagnostic of a finding; undefined where it is not to be shown, because of a setting or because gopls shows it. */
export function diagnosticOf(finding: LintFinding, uri: string, showing: Showing): Diagnostic | undefined {
  const { language, settings, besideGopls, related, ruleLink } = showing;
  const as = shown(finding.rule, finding.severity, settings);
  if (as === "off" || (besideGopls && finding.alsoIn === "vet")) return undefined;
  return {
    range: rangeOf(finding.range),
    severity: SEVERITIES[as],
    source: SOURCE,
    code: finding.rule,
    message: visible(inLanguage(finding.message, language)),
    data: { rule: finding.rule, cause: finding.cause ?? null },
    ...(ruleLink && isRule(finding.rule) && { codeDescription: { href: ruleLink(finding.rule) } }),
    ...(related &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ range, message }) => ({
          location: { uri, range: rangeOf(range) },
          message: visible(inLanguage(message, language)),
        })),
      }),
  };
}

export function diagnosticsOf(findings: readonly LintFinding[], uri: string, showing: Showing): Diagnostic[] {
  return findings.flatMap((finding) => diagnosticOf(finding, uri, showing) ?? []);
}

/** Ours count from 1, the protocol's from 0; columns are UTF-16 code units in both. */
export function rangeOf({ from, to }: Place): Range {
  return {
    start: { line: from.line - 1, character: from.column - 1 },
    end: { line: to.line - 1, character: to.column - 1 },
  };
}

export const uriOf = (path: string): string => pathToFileURL(path).href;
