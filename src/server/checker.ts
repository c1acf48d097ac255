/** Findings of open files, worked out when asked and kept until something they depend on changes. */
import { dirname } from "node:path";
import {
  type BuildContext,
  type GoParser,
  type LintFinding,
  type LintOptions,
  lintPackage,
  PackageModel,
  RULES,
  type SourceFile,
} from "../golint/index.ts";
import type { OpenFile } from "./open-file.ts";
import type { PackageFiles, Packages } from "./packages.ts";
import type { LintSettings } from "./settings.ts";
import { Snapshot } from "./snapshot.ts";

export interface Checked {
  /** The same as long as the findings are. */
  readonly resultId: string;
  readonly findings: readonly LintFinding[];
  /** Of one function only, with what was known of the others. */
  readonly quick: boolean;
}

export interface Scope {
  readonly settings: LintSettings;
  readonly context: BuildContext;
  /** Changes with the two above. */
  readonly stamp: number;
}

/** What a client sees of findings, to tell whether anything changed. */
const placesOf = (findings: readonly LintFinding[]): string =>
  findings
    .map(
      ({ rule, severity, range, message }) => `${rule} ${severity} ${range.start} ${range.end} ${message.en}`,
    )
    .join("\n");

const NOTHING: readonly LintFinding[] = [];

export class Checker {
  private readonly known = new Map<string, Checked & { readonly stamp: string }>();
  private readonly snapshots = new Map<string, Snapshot>();
  private results = 0;

  constructor(
    private readonly parser: GoParser,
    private readonly packages: Packages,
    private readonly open: ReadonlyMap<string, OpenFile>,
    private readonly onFailure: (file: string, why: string) => void,
  ) {}

  /** Never throws: a file that cannot be checked has no findings, and `onFailure` is told. */
  check(file: OpenFile, scope: Scope): Checked {
    const surroundings = this.surroundings(file, scope);
    const stamp = `${file.version}\n${surroundings}`;
    const known = this.known.get(file.uri);
    if (known?.stamp === stamp && !known.quick) return known;
    const begun = performance.now();
    const findings = scope.settings.enable ? this.findings(file, scope) : NOTHING;
    file.cost = performance.now() - begun;
    // What was told already, and proves right, keeps its name.
    const same = known?.stamp === stamp && placesOf(known.findings) === placesOf(findings);
    const resultId = same ? known.resultId : String(++this.results);
    const checked = { stamp, resultId, findings, quick: false };
    this.known.set(file.uri, checked);
    if (findings.length > 0) this.snapshots.set(file.uri, new Snapshot(surroundings, file.tree, findings));
    else this.snapshots.delete(file.uri);
    return checked;
  }

  /**
   * As `check`, but after a change inside a function only that one is looked into, and findings have no fixes. Whether
   * it is the whole truth, `check` must tell.
   */
  quick(file: OpenFile, scope: Scope): Checked {
    const surroundings = this.surroundings(file, scope);
    const stamp = `${file.version}\n${surroundings}`;
    const known = this.known.get(file.uri);
    if (known?.stamp === stamp) return known;
    const snapshot = this.snapshots.get(file.uri);
    if (snapshot?.surroundings !== surroundings) return this.check(file, scope);
    const begun = performance.now();
    const findings = this.again(file, scope, snapshot);
    if (!findings) return this.check(file, scope);
    file.quickCost = performance.now() - begun;
    const checked = { stamp, resultId: String(++this.results), findings, quick: true };
    this.known.set(file.uri, checked);
    return checked;
  }

  private again(file: OpenFile, scope: Scope, snapshot: Snapshot): readonly LintFinding[] | undefined {
    try {
      const { tree } = file;
      const changed = snapshot.changed(tree);
      const found = changed && this.packages.of(file, this.open.values(), scope.context);
      if (!found) return undefined;
      const kept = snapshot.kept(tree);
      if (changed.length === 0) return kept;
      const within = new Set(changed);
      const fresh = this.lint(file, found, scope.settings, within).filter(({ range }) =>
        changed.some((top) => top.start <= range.start && range.start < top.end),
      );
      return [...kept, ...fresh].sort((a, b) => a.range.start - b.range.start);
    } catch {
      // The whole check says what is wrong.
      file.forgetTree();
      return undefined;
    }
  }

  private findings(file: OpenFile, scope: Scope): readonly LintFinding[] {
    try {
      const found = this.packages.of(file, this.open.values(), scope.context);
      if (!found) return NOTHING;
      return this.lint(file, found, scope.settings);
    } catch (failure) {
      file.forgetTree();
      this.onFailure(file.name, failure instanceof Error ? failure.message : String(failure));
      return NOTHING;
    }
  }

  private lint(
    file: SourceFile,
    { files, ...options }: PackageFiles,
    settings: LintSettings,
    within?: LintOptions["within"],
  ): readonly LintFinding[] {
    const rules = RULES.filter(({ id }) => settings.rules[id] !== "off");
    const model = new PackageModel(this.parser, files, options);
    try {
      const { findings, failures } = lintPackage(model, {
        rules,
        files: new Set([file.name]),
        ...(within && { within }),
      });
      for (const failed of failures) this.onFailure(failed.file, failed.why);
      return findings.filter(({ rule }) => settings.rules[rule] !== "off");
    } finally {
      model.dispose();
    }
  }

  /** The findings that a text would have in the place of a file's. */
  recheck(file: OpenFile, text: string, scope: Scope): readonly LintFinding[] {
    const found = this.packages.of(file, this.open.values(), scope.context);
    if (!found) return NOTHING;
    const changed: SourceFile = { name: file.name, text };
    const files = found.files.map((other) => (other === file ? changed : other));
    return this.lint(changed, { ...found, files }, scope.settings);
  }

  /** The model of a file and its package, for what is no rule. The caller disposes of the package. */
  model(file: OpenFile, scope: Scope): PackageModel | undefined {
    const found = this.packages.of(file, this.open.values(), scope.context);
    return found && new PackageModel(this.parser, found.files, found);
  }

  /** Changes with whatever else a file's findings depend on. */
  private surroundings(file: OpenFile, scope: Scope): string {
    const folder = file.path && dirname(file.path);
    const beside = [...this.open.values()]
      .filter((other) => other.path && other !== file && dirname(other.path) === folder)
      .map(({ uri, version }) => `${uri} ${version}`);
    return [this.packages.stampOf(file.path), scope.stamp, ...beside].join("\n");
  }

  forget(file: OpenFile): void {
    this.known.delete(file.uri);
    this.snapshots.delete(file.uri);
  }
}
