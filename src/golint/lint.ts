/** Runs rules over the files of one package. */
import { RuleContext } from "./context.ts";
import { Ignores } from "./ignore.ts";
import type { FileModel } from "./model/file.ts";
import type { PackageModel } from "./model/package.ts";
import type { LintFinding, Range, Rule, RuleFinding, Span } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import type { SyntaxNode } from "./syntax/node.ts";

export interface LintOptions {
  /** Default: all. */
  readonly rules?: readonly Rule[];
  /** Only these files of the package; the others still tell what names mean. */
  readonly files?: ReadonlySet<string>;
  /** Only these declarations of the files to check: rules look for calls and functions in them alone. */
  readonly within?: ReadonlySet<SyntaxNode>;
  /** Called between files; true ends the run early. */
  readonly cancelled?: () => boolean;
}

export interface LintResult {
  readonly findings: readonly LintFinding[];
  /** Files that could not be checked, with why: nested too deep, or a fault of ours. */
  readonly failures: readonly { readonly file: string; readonly why: string }[];
}

/** Checks a package. Never throws: a file that cannot be checked is told in `failures`. */
export function lintPackage(pkg: PackageModel, options: LintOptions = {}): LintResult {
  const findings: LintFinding[] = [];
  const failures: { file: string; why: string }[] = [];
  const rules = options.rules ?? RULES;
  for (const name of pkg.fileNames) {
    if (options.cancelled?.()) break;
    if (options.files && !options.files.has(name)) continue;
    const text = pkg.textOf(name);
    const wanted = rules.filter((rule) => rule.anchors.some((anchor) => text.includes(anchor)));
    if (wanted.length === 0 && !text.includes("golm:ignore")) continue;
    try {
      const file = pkg.file(name);
      const { refused } = file.tree;
      if (refused !== undefined) {
        failures.push({ file: name, why: refused });
        continue;
      }
      file.focus = options.within;
      findings.push(...lintFile(file, wanted, rules));
    } catch (failure) {
      failures.push({ file: name, why: failure instanceof Error ? failure.message : String(failure) });
    }
  }
  return { findings, failures };
}

function lintFile(file: FileModel, wanted: readonly Rule[], ran: readonly Rule[]): LintFinding[] {
  const context = new RuleContext(file);
  const ignores = new Ignores(file);
  const found: LintFinding[] = [];
  const seen = new Map<string, number>();
  const add = (rule: Pick<Rule, "id" | "severity" | "cause">, finding: RuleFinding) => {
    const range = rangeOf(file, finding.at);
    if (ignores.covers(rule.id, range.from.line)) return;
    found.push(finished(file, rule, finding, range, seen));
  };
  for (const rule of wanted) for (const finding of rule.check(context)) add(rule, finding);
  const known = new Set(RULES.map(({ id }) => id));
  for (const problem of ignores.problems(known, new Set(ran.map(({ id }) => id)))) {
    add({ id: problem.rule, severity: problem.severity }, { at: problem.at, message: problem.message });
  }
  return found.sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1));
}

function finished(
  file: FileModel,
  rule: Pick<Rule, "id" | "severity" | "cause">,
  finding: RuleFinding,
  range: Range,
  seen: Map<string, number>,
): LintFinding {
  const line = file.tree.lines.line(range.from.line).trim().replace(/\s+/g, " ");
  const key = `${rule.id}\n${line}`;
  const ordinal = seen.get(key) ?? 0;
  seen.set(key, ordinal + 1);
  const cause = finding.cause ?? rule.cause;
  return {
    rule: rule.id,
    severity: finding.severity ?? rule.severity,
    file: file.name,
    range,
    message: finding.message,
    related: (finding.related ?? []).map(({ at, message }) => ({ range: rangeOf(file, at), message })),
    fixes: finding.fixes ?? [],
    ...(cause !== undefined && { cause }),
    ...(finding.alsoIn && { alsoIn: finding.alsoIn }),
    fingerprint: hash(`${key}\n${ordinal}`),
  };
}

function rangeOf(file: FileModel, { start, end }: Span): Range {
  return { start, end, from: file.position(start), to: file.position(end) };
}

/** FNV-1a over two 32-bit lanes: enough to tell the findings of one file apart. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
