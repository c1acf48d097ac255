/** `lint`: the rules about unsafe and cgo over packages and files. */
import { readFileSync, writeFileSync } from "node:fs";
import { safeJson } from "../../export/json.ts";
import { visibleLine } from "../../export/visible.ts";
import {
  applyEdits,
  combine,
  type LintFinding,
  RULES,
  type Rule,
  SEVERITIES,
  type Severity,
} from "../../golint/index.ts";
import { activeConfiguration, tagsIn } from "../../goworkspace/configuration.ts";
import { type FileFindings, lintFolders } from "../../goworkspace/run.ts";
import { EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { suggest } from "../suggest.ts";
import { padEnd } from "../terminal/layout.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { Baseline, writeBaseline } from "./baseline.ts";
import { type LintFormat, type LintSetting, lintReporter } from "./reports.ts";
import { type LintWords, lintWords } from "./words.ts";

export interface LintFlags {
  readonly format: LintFormat;
  readonly severity?: string;
  readonly rules?: string;
  readonly fix?: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly tags?: string;
  readonly listRules?: boolean;
}

/** One mending may uncover another; more rounds than this are a fault of a rule. */
const ROUNDS = 5;

/** 0: nothing at or above the threshold; 1: something; 2: an input could not be read, or the call is wrong. */
export async function runLint(
  patterns: readonly string[],
  flags: LintFlags,
  context: Context,
): Promise<number> {
  const words = lintWords(context.language);
  const rules = chosenRules(flags.rules, words);
  const output = new Output(process.stdout);
  if (flags.listRules) {
    await output.write([listRules(rules, flags.format, context)]);
    return EXIT_NOTHING_FOUND;
  }
  const threshold = severityOf(flags.severity ?? "warning", words);
  if (flags.writeBaseline && flags.baseline === undefined) throw new UserError(words.baselineNeeded);
  const baseline =
    flags.baseline !== undefined && !flags.writeBaseline ? Baseline.read(flags.baseline, words) : undefined;
  const run = new Run(
    patterns.length > 0 ? patterns : ["./..."],
    flags,
    rules,
    baseline,
    threshold,
    words,
    context,
  );
  if (flags.fix) await run.fixAll();
  return run.report(output);
}

class Run {
  private readonly failures = new Set<string>();
  private hidden = 0;

  constructor(
    private readonly patterns: readonly string[],
    private readonly flags: LintFlags,
    private readonly rules: readonly Rule[],
    private readonly baseline: Baseline | undefined,
    private readonly threshold: Severity,
    private readonly words: LintWords,
    private readonly context: Context,
  ) {}

  private async *files(): AsyncGenerator<FileFindings, { files: number }> {
    const found = lintFolders({
      patterns: this.patterns,
      cwd: process.cwd(),
      script: this.context.script,
      context: activeConfiguration(
        process.env,
        this.flags.tags === undefined ? undefined : tagsIn(this.flags.tags),
      ),
      rules: this.rules,
      onProblem: ({ path, kind }) => this.fails(this.words.problem[kind](path)),
      onFailure: (path, why) => this.fails(this.words.failed(path, why)),
    });
    for (;;) {
      const next = await found.next();
      if (next.done) return next.value;
      const findings = next.value.findings.filter((finding) => !this.isKnown(next.value.path, finding));
      if (findings.length > 0) yield { ...next.value, findings };
    }
  }

  private isKnown(path: string, finding: LintFinding): boolean {
    if (!this.baseline?.holds(path, finding)) return false;
    this.hidden++;
    return true;
  }

  private fails(text: string): void {
    if (this.failures.has(text)) return;
    this.failures.add(text);
    note(text);
  }

  /** Makes every sure fix, round by round, and says how many. */
  async fixAll(): Promise<void> {
    const touched = new Set<string>();
    let made = 0;
    for (let round = 0; round < ROUNDS; round++) {
      let now = 0;
      for await (const file of this.files()) {
        const taken = this.mend(file);
        if (taken > 0) touched.add(file.path);
        now += taken;
      }
      made += now;
      if (now === 0) break;
    }
    if (made > 0) note(this.words.fixed(made, touched.size));
  }

  private mend({ path, text, findings }: FileFindings): number {
    const sure = findings.flatMap(({ fixes }) => fixes.filter(({ kind }) => kind === "fix").slice(0, 1));
    const { edits, taken } = combine(sure);
    const mended = taken.length > 0 ? applyEdits(text, edits) : undefined;
    if (mended === undefined) return 0;
    if (readFileSync(path, "utf8") !== text || text.includes("\ufffd")) {
      note(this.words.changed(path));
      return 0;
    }
    writeFileSync(path, mended);
    return taken.length;
  }

  async report(output: Output): Promise<number> {
    const { context, words } = this;
    const setting: LintSetting = {
      language: context.language,
      words,
      rules: this.rules,
      style: styleOf(colored(context.color, process.stdout, process.env)),
      root:
        process.env.GITHUB_WORKSPACE && this.flags.format !== "text"
          ? process.env.GITHUB_WORKSPACE
          : process.cwd(),
    };
    const reporter = lintReporter(this.flags.format, setting);
    const counts: Record<Severity, number> = { error: 0, warning: 0, hint: 0 };
    const all: { path: string; finding: LintFinding }[] = [];
    let fixable = 0;
    this.hidden = 0;
    await output.write([reporter.begin()]);
    const files = this.files();
    let next = await files.next();
    for (; !next.done; next = await files.next()) {
      const { path, findings } = next.value;
      const shown = findings.filter(
        ({ severity }) => this.flags.severity === undefined || reaches(severity, this.threshold),
      );
      for (const finding of shown) {
        counts[finding.severity]++;
        if (finding.fixes.some(({ kind }) => kind === "fix")) fixable++;
        if (this.flags.writeBaseline) all.push({ path, finding });
      }
      if (!this.flags.writeBaseline) await output.write([reporter.file({ ...next.value, findings: shown })]);
    }
    await output.write([
      reporter.end({ files: next.value.files, counts, fixable, failures: [...this.failures] }),
    ]);
    if (this.hidden > 0) note(words.known(this.hidden));
    if (this.flags.writeBaseline) {
      writeBaseline(this.flags.baseline!, all);
      note(words.baselineWritten(this.flags.baseline!, all.length));
    }
    if (this.failures.size > 0) return EXIT_ERROR;
    const found =
      !this.flags.writeBaseline && SEVERITIES.some((s) => counts[s] > 0 && reaches(s, this.threshold));
    return found ? EXIT_FOUND : EXIT_NOTHING_FOUND;
  }
}

const note = (text: string): void => void process.stderr.write(`golm-faultcheck: ${visibleLine(text)}\n`);

const reaches = (severity: Severity, threshold: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);

function severityOf(given: string, words: LintWords): Severity {
  const known = SEVERITIES.find((severity) => severity === given);
  if (!known) throw new UserError(words.unknownSeverity(visibleLine(given)));
  return known;
}

function chosenRules(given: string | undefined, words: LintWords): readonly Rule[] {
  if (given === undefined) return RULES;
  const ids = RULES.map(({ id }) => id);
  return given.split(",").map((name) => {
    const rule = RULES.find(({ id }) => id === name.trim());
    if (!rule) throw new UserError(words.unknownRule(visibleLine(name), suggest(name, ids)));
    return rule;
  });
}

function listRules(rules: readonly Rule[], format: LintFormat, context: Context): string {
  const words = lintWords(context.language);
  const said = (text: { en: string; zh: string }) => (context.language === "en" ? text.en : text.zh);
  if (format === "json") {
    const all = rules.map(({ id, severity, cause, title, why }) => ({
      id,
      severity,
      cause: cause ?? null,
      title: said(title),
      why: said(why),
    }));
    return `${safeJson({ rules: all })}\n`;
  }
  const style = styleOf(colored(context.color, process.stdout, process.env));
  const longest = Math.max(0, ...rules.map(({ id }) => id.length));
  return rules
    .map(
      ({ id, severity, title }) =>
        `${style.label(padEnd(id, longest))}  ${padEnd(words.severity[severity], 7)}  ${said(title)}\n`,
    )
    .join("");
}
