/** What a rule is, and what it finds. */

import type { RuleContext } from "./context.ts";
import type { ImportDrop, TextEdit } from "./edit/text-edit.ts";
import type { Position } from "./syntax/lines.ts";
import type { SyntaxNode } from "./syntax/node.ts";

/** A text in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** `error`: it will fail. `warning`: it can fail. `hint`: it could be better. */
export const SEVERITIES = ["error", "warning", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Rule {
  /** kebab-case, for ever: it stands in `//golm:ignore` lines of others. */
  readonly id: string;
  readonly severity: Severity;
  /** The catalogue's cause that a finding leads to when it fails. */
  readonly cause?: string;
  readonly title: Words;
  /** One sentence: what goes wrong at run time. */
  readonly why: Words;
  /** Markdown, with an example of the fault and of the repair. */
  readonly page: Words;
  /** The file is parsed and checked only where its text holds one of these. */
  readonly anchors: readonly string[];
  check(context: RuleContext): Iterable<RuleFinding>;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface RuleFinding {
  /** A node, or any other span of the file. */
  readonly at: SyntaxNode | Span;
  readonly message: Words;
  readonly severity?: Severity;
  /** The catalogue's cause, where it is another than the rule's. */
  readonly cause?: string;
  readonly related?: readonly { readonly at: SyntaxNode | Span; readonly message: Words }[];
  readonly fixes?: readonly Fix[];
  /** Another tool shows this finding too; an editor that has it need not show ours, only the fix. */
  readonly alsoIn?: "vet";
}

export interface Fix {
  /** `fix`: compiles and mends. `suggestion`: a human must decide; `--fix` leaves it. */
  readonly kind: "fix" | "suggestion";
  readonly title: Words;
  readonly edits: readonly TextEdit[];
  /** Imports that others still use; made together with the fixes of those, it goes. */
  readonly drops?: readonly ImportDrop[];
}

/** A finding as the linter hands it out. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly range: Range;
  readonly message: Words;
  readonly related: readonly { readonly range: Range; readonly message: Words }[];
  readonly fixes: readonly Fix[];
  readonly cause?: string;
  readonly alsoIn?: "vet";
  /** The same while the line's text and the file's name are; for baselines. */
  readonly fingerprint: string;
}

export interface Range extends Span {
  readonly from: Position;
  readonly to: Position;
}
