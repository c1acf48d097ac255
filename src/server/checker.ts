/** Findings of open files, worked out when asked and kept until something they depend on changes. */
import { dirname } from "node:path";
import {
  type BuildContext,
  type GoParser,
  type LintFinding,
  lintPackage,
  PackageModel,
  RULES,
  type SourceFile,
} from "../golint/index.ts";
import type { OpenFile } from "./open-file.ts";
import type { Packages } from "./packages.ts";
import type { LintSettings } from "./settings.ts";

export interface Checked {
  /** The same as long as the findings are. */
  readonly resultId: string;
  readonly findings: readonly LintFinding[];
}

export interface Scope {
  readonly settings: LintSettings;
  readonly context: BuildContext;
  /** Changes with the two above. */
  readonly stamp: number;
}

const NOTHING: readonly LintFinding[] = [];

export class Checker {
  private readonly known = new Map<string, Checked & { readonly stamp: string }>();
  private results = 0;

  constructor(
    private readonly parser: GoParser,
    private readonly packages: Packages,
    private readonly open: ReadonlyMap<string, OpenFile>,
    private readonly onFailure: (file: string, why: string) => void,
  ) {}

  /** Never throws: a file that cannot be checked has no findings, and `onFailure` is told. */
  check(file: OpenFile, scope: Scope): Checked {
    const stamp = this.stampOf(file, scope);
    const known = this.known.get(file.uri);
    if (known?.stamp === stamp) return known;
    const begun = performance.now();
    const findings = scope.settings.enable ? this.findings(file, scope) : NOTHING;
    const checked = { stamp, resultId: String(++this.results), findings };
    file.cost = performance.now() - begun;
    this.known.set(file.uri, checked);
    return checked;
  }

  private findings(file: OpenFile, scope: Scope): readonly LintFinding[] {
    try {
      const found = this.packages.of(file, this.open.values(), scope.context);
      if (!found) return NOTHING;
      return this.lint(file, found.files, found.minor, scope.settings);
    } catch (failure) {
      file.forgetTree();
      this.onFailure(file.name, failure instanceof Error ? failure.message : String(failure));
      return NOTHING;
    }
  }

  private lint(
    file: SourceFile,
    files: readonly SourceFile[],
    minor: number,
    settings: LintSettings,
  ): readonly LintFinding[] {
    const rules = RULES.filter(({ id }) => settings.rules[id] !== "off");
    const model = new PackageModel(this.parser, files, { minor });
    try {
      const { findings, failures } = lintPackage(model, { rules, files: new Set([file.name]) });
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
    return this.lint(changed, files, found.minor, scope.settings);
  }

  /** The model of a file and its package, for what is no rule. The caller disposes of the package. */
  model(file: OpenFile, scope: Scope): PackageModel | undefined {
    const found = this.packages.of(file, this.open.values(), scope.context);
    return found && new PackageModel(this.parser, found.files, { minor: found.minor });
  }

  private stampOf(file: OpenFile, scope: Scope): string {
    const folder = file.path && dirname(file.path);
    const beside = [...this.open.values()]
      .filter((other) => other.path && other !== file && dirname(other.path) === folder)
      .map(({ uri, version }) => `${uri} ${version}`);
    return [file.version, this.packages.stampOf(file.path), scope.stamp, ...beside].join("\n");
  }

  forget(file: OpenFile): void {
    this.known.delete(file.uri);
  }
}
