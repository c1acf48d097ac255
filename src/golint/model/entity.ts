/** What a name stands for. */
import type { SyntaxNode } from "../syntax/node.ts";

export type EntityKind = "variable" | "parameter" | "result" | "receiver" | "constant" | "type" | "function";

export interface Assignment {
  /** The statement or clause that assigns. */
  readonly node: SyntaxNode;
  /** What is assigned; absent for `x++` and range clauses. */
  readonly value?: SyntaxNode;
  /** Which of several results, where one call gives several names their value. */
  readonly index?: number;
  /** `=`, `:=`, `+=`, `++`, `range` ... */
  readonly operator: string;
}

export interface Entity {
  readonly name: string;
  readonly kind: EntityKind;
  /** The declaring identifier. */
  readonly node: SyntaxNode;
  /** The function (declaration or literal) it is local to; absent at package level. */
  readonly owner?: SyntaxNode;
  readonly typeNode?: SyntaxNode;
  readonly variadic?: boolean;
  /** Initialisation first, then what comes in the text. Package variables: those of their own declaration. */
  readonly assignments: Assignment[];
  /** Where it is named again, assignments included, the declaration not. Local ones only. */
  readonly references: SyntaxNode[];
  /** For `for k, v := range x`: x and which of the two. */
  readonly range?: { readonly over: SyntaxNode; readonly index: number };
}

/** A variable that can change only where we see it: local, and its address is not taken. */
export function isPlainLocal(entity: Entity): boolean {
  return (
    entity.owner !== undefined &&
    entity.kind !== "constant" &&
    entity.kind !== "type" &&
    !entity.references.some(
      (node) => node.parent?.kind === "unary_expression" && node.parent.field("operator")?.kind === "&",
    )
  );
}
