/** Code actions: fixes, all fixes, to ignore a finding, to open its page, and the refactoring. */
import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type Diagnostic,
  type TextEdit as ProtocolEdit,
  type Range,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Language } from "../faulttree/diagnosis.ts";
import { applyEdits, combine, type Fix, isRule, type LintFinding, type TextEdit } from "../golint/index.ts";
import { wrapResource } from "../golint/refactor/wrap-resource.ts";
import type { Checker, Scope } from "./checker.ts";
import { diagnosticOf, rangeOf, type Showing } from "./diagnostics.ts";
import type { OpenFile } from "./open-file.ts";
import { inLanguage, type ServerWords } from "./words.ts";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.golm`;
export const OPEN_FINDING = "golm.openFinding";
/** One mending may uncover another; more rounds than this are a fault of a rule. */
const ROUNDS = 5;

export interface ActionRequest {
  readonly file: OpenFile;
  readonly range: Range;
  /** Kinds the client asked for; all but those for whole files when absent. */
  readonly only: readonly string[] | undefined;
}

export class CodeActions {
  constructor(
    private readonly checker: Checker,
    private readonly words: ServerWords,
    private readonly language: Language,
    /** The client takes edits that say which version of the text they are for. */
    private readonly versioned: boolean,
    /** The commands of our extension are there. */
    private readonly commands: boolean,
  ) {}

  at(request: ActionRequest, scope: Scope, showing: Showing): CodeAction[] {
    const { file, range, only } = request;
    const wants = (kind: string) =>
      only ? only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`)) : true;
    // Asked with each move of the cursor, mostly where there is nothing.
    const isNear = this.checker.quick(file, scope).findings.some((f) => touches(rangeOf(f.range), range));
    const { findings } = isNear || only ? this.checker.check(file, scope) : { findings: [] };
    const here = findings.filter((finding) => touches(rangeOf(finding.range), range));
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      for (const finding of here) actions.push(...this.ofFinding(finding, file, findings, showing));
    }
    if (only && wants(FIX_ALL)) actions.push(...this.fixAll(file, scope, findings));
    if (wants(CodeActionKind.RefactorRewrite)) actions.push(...this.refactorings(request, scope));
    return actions;
  }

  private ofFinding(
    finding: LintFinding,
    file: OpenFile,
    all: readonly LintFinding[],
    showing: Showing,
  ): CodeAction[] {
    const diagnostic = diagnosticOf(finding, file.uri, showing);
    const actions = finding.fixes.map((fix) => this.ofFix(fix, file, diagnostic));
    const same = sureFixes(all.filter(({ rule }) => rule === finding.rule));
    if (same.length > 1) {
      const { edits, taken } = combine(same);
      if (taken.length > 1)
        actions.push(this.quickFix(this.words.fixRule(finding.rule, taken.length), file, edits, diagnostic));
    }
    // What is not shown by us cannot be ignored by us; and what is wrong with a directive has no page.
    if (!diagnostic || !isRule(finding.rule)) return actions;
    const ignore = ignoreEdit(finding, file, this.words.reason);
    if (ignore) actions.push(this.quickFix(this.words.ignore(finding.rule), file, [ignore], diagnostic));
    if (this.commands) {
      const id = finding.cause ?? `lint/${finding.rule}`;
      const title = this.words.openTree;
      const command: Command = { title, command: OPEN_FINDING, arguments: [id] };
      actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command });
    }
    return actions;
  }

  private ofFix(fix: Fix, file: OpenFile, diagnostic: Diagnostic | undefined): CodeAction {
    const said = inLanguage(fix.title, this.language);
    const isSure = fix.kind === "fix";
    const title = isSure ? said : this.words.suggestion(said);
    return { ...this.quickFix(title, file, fix.edits, diagnostic), ...(isSure && { isPreferred: true }) };
  }

  private quickFix(
    title: string,
    file: OpenFile,
    edits: readonly TextEdit[],
    diagnostic: Diagnostic | undefined,
  ): CodeAction {
    return {
      title,
      kind: CodeActionKind.QuickFix,
      ...(diagnostic && { diagnostics: [diagnostic] }),
      edit: this.edit(file, edits),
    };
  }

  private fixAll(file: OpenFile, scope: Scope, findings: readonly LintFinding[]): CodeAction[] {
    const edits = this.allEdits(file, scope, findings);
    if (edits.length === 0) return [];
    return [{ title: this.words.fixAll, kind: FIX_ALL, edit: this.edit(file, edits) }];
  }

  /** What mends all that is sure. Where one round is enough its edits are small; else one edit spans them all. */
  private allEdits(file: OpenFile, scope: Scope, findings: readonly LintFinding[]): readonly TextEdit[] {
    const before = file.text;
    const first = combine(sureFixes(findings)).edits;
    let text = applyEdits(before, first);
    if (first.length === 0 || text === undefined) return [];
    let rounds = 1;
    for (; rounds < ROUNDS; rounds++) {
      const edits: readonly TextEdit[] = combine(sureFixes(this.checker.recheck(file, text, scope))).edits;
      const next: string | undefined = edits.length > 0 ? applyEdits(text, edits) : undefined;
      if (next === undefined) break;
      text = next;
    }
    return rounds === 1 ? first : [difference(before, text)];
  }

  private refactorings({ file, range }: ActionRequest, scope: Scope): CodeAction[] {
    const span = { start: file.offsetAt(range.start), end: file.offsetAt(range.end) };
    const line = { ...range.start, character: 0 };
    const near = file.text.slice(file.offsetAt(line), Math.max(span.end, span.start) + 200);
    if (!near.includes("C.")) return [];
    const pkg = this.checker.model(file, scope);
    if (!pkg) return [];
    try {
      const fix = wrapResource(pkg.file(file.name), span);
      if (!fix) return [];
      const title = inLanguage(fix.title, this.language);
      return [{ title, kind: CodeActionKind.RefactorRewrite, edit: this.edit(file, fix.edits) }];
    } finally {
      pkg.dispose();
    }
  }

  private edit(file: OpenFile, edits: readonly TextEdit[]): WorkspaceEdit {
    const sorted = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
    const changes = sorted.map(
      ({ from, to, insert }): ProtocolEdit => ({ range: file.range(from, to), newText: insert }),
    );
    if (!this.versioned) return { changes: { [file.uri]: changes } };
    return {
      documentChanges: [{ textDocument: { uri: file.uri, version: file.version }, edits: changes }],
    };
  }
}

const sureFixes = (findings: readonly LintFinding[]): Fix[] =>
  findings.flatMap(({ fixes }) => fixes.filter(({ kind }) => kind === "fix").slice(0, 1));

/** Ranges that share a character or meet: the light bulb stands at the end of a word, too. */
export function touches(a: Range, b: Range): boolean {
  const before = (p: Range["start"], q: Range["start"]) =>
    p.line < q.line || (p.line === q.line && p.character < q.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

/** A directive on a line of its own above the finding's; none where that line lies in a comment. */
function ignoreEdit(finding: LintFinding, file: OpenFile, reason: string): TextEdit | undefined {
  const { start, from } = finding.range;
  const top = file.tree.declarations.find((node) => node.start <= start && start < node.end);
  const isInComment =
    top?.kind === "comment" || top?.chunk.comments.some((c) => c.start <= start && start < c.end);
  if (isInComment) return undefined;
  const { lines } = file.tree;
  const at = lines.startOf(from.line);
  const end = file.text.startsWith("\r\n", lines.startOf(from.line + 1) - 2) ? "\r\n" : "\n";
  return { from: at, to: at, insert: `${lines.indentAt(at)}//golm:ignore ${finding.rule} ${reason}${end}` };
}

/** One edit that makes `after` of `before`: what they begin and end with alike stays. */
function difference(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
