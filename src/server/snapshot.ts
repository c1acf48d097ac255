/**
 * What a whole check found, declaration by declaration, so that the next key has only the function it went into checked
 * again. What one function does to another's findings is seen by the next whole check.
 */
import type { LintFinding, Range, SyntaxTree } from "../golint/index.ts";

type Top = SyntaxTree["declarations"][number];

/** More functions than this are no typing: a paste, or a replacement everywhere. */
const MOST_CHANGED = 2;

export class Snapshot {
  /** By the declaration's text; ranges count from its begin. */
  private readonly found = new Map<string, readonly LintFinding[]>();
  private readonly heads = new Set<string>();
  private readonly count: number;
  /** A finding points out of its declaration, and cannot be moved with it. */
  private readonly spread: boolean;

  constructor(
    /** The same as long as nothing but this file's text changed. */
    readonly surroundings: string,
    tree: SyntaxTree,
    findings: readonly LintFinding[],
  ) {
    const { declarations } = tree;
    this.count = declarations.length;
    let inside = 0;
    for (const top of declarations) {
      const own = findings.filter(
        ({ range, related }) => isIn(range, top) && related.every((other) => isIn(other.range, top)),
      );
      inside += own.length;
      this.found.set(
        top.chunk.text,
        own.map((finding) => moved(finding, -top.start, tree)),
      );
      const head = headOf(top);
      if (head !== undefined) this.heads.add(head);
    }
    this.spread = inside !== findings.length;
  }

  /** The functions that must be checked again; undefined where all must, as other declarations may have changed. */
  changed(tree: SyntaxTree): readonly Top[] | undefined {
    const { declarations } = tree;
    if (this.spread || declarations.length !== this.count) return undefined;
    const fresh = declarations.filter((top) => !this.found.has(top.chunk.text));
    const isSafe = fresh.length <= MOST_CHANGED && fresh.every((top) => this.heads.has(headOf(top) ?? ""));
    return isSafe ? fresh : undefined;
  }

  /** The findings of all declarations that are as they were, where they are now. They have no fixes. */
  kept(tree: SyntaxTree): LintFinding[] {
    return tree.declarations.flatMap((top) =>
      (this.found.get(top.chunk.text) ?? []).map((finding) => moved(finding, top.start, tree)),
    );
  }
}

const isIn = (range: Range, top: Top): boolean => top.start <= range.start && range.end <= top.end;

/** A function up to its body: what others see of it. */
function headOf(top: Top): string | undefined {
  if (top.kind !== "function_declaration" && top.kind !== "method_declaration") return undefined;
  const body = top.field("body");
  return body && top.chunk.text.slice(0, body.start - top.start);
}

function moved(finding: LintFinding, by: number, { lines }: SyntaxTree): LintFinding {
  const range = ({ start, end }: Range): Range => ({
    start: start + by,
    end: end + by,
    from: lines.position(Math.max(0, start + by)),
    to: lines.position(Math.max(0, end + by)),
  });
  return {
    ...finding,
    range: range(finding.range),
    related: finding.related.map((other) => ({ ...other, range: range(other.range) })),
    fixes: [],
  };
}
