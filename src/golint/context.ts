/** What a rule is handed: one file, and everything that can be asked about it. */
import { FixBuilder } from "./edit/fix-builder.ts";
import { type Flow, flowOf } from "./flow/graph.ts";
import { type Guard, isGuarded } from "./flow/guard.ts";
import type { Entity } from "./model/entity.ts";
import type { FileModel } from "./model/file.ts";
import { type Inference, inferenceOf } from "./model/infer.ts";
import { bare, type SyntaxNode } from "./syntax/node.ts";

export class RuleContext {
  readonly types: Inference;

  constructor(readonly file: FileModel) {
    this.types = inferenceOf(file);
  }

  /** Whether the module's Go version is 1.`minor` or later. */
  since(minor: number): boolean {
    return this.file.pkg.options.minor >= minor;
  }

  /** The package and name a call goes to, where it goes to an imported package. */
  target(call: SyntaxNode): { readonly path: string; readonly name: string } | undefined {
    return this.file.qualified(call.field("function"));
  }

  /** Whether a call is of this C function. */
  callsC(call: SyntaxNode, name: string): boolean {
    const target = this.target(call);
    return target?.path === "C" && target.name === name;
  }

  /** The local variable an expression is, once conversions and parentheses are taken off. */
  localOf(expression: SyntaxNode): Entity | undefined {
    const inner = this.types.unconverted(expression);
    return inner.kind === "identifier" ? this.file.local(inner) : undefined;
  }

  flow(fn: SyntaxNode): Flow {
    return flowOf(fn, this.file);
  }

  isGuarded(target: SyntaxNode, guard: Guard): boolean {
    return isGuarded(target, guard, this.file);
  }

  fix(): FixBuilder {
    return new FixBuilder(this.file);
  }

  line(node: SyntaxNode): number {
    return this.file.position(node.start).line;
  }

  /** Node is `name(...)` of Go itself, not shadowed. */
  isBuiltinCall(node: SyntaxNode, name: string): boolean {
    const fn = node.kind === "call_expression" ? node.field("function") : undefined;
    return fn?.kind === "identifier" && fn.text === name && !this.file.entity(fn);
  }

  /** The node around all conversions and parentheses this expression stands in. */
  converted(expression: SyntaxNode): SyntaxNode {
    let at = expression;
    for (;;) {
      const { parent } = at;
      if (parent?.kind === "parenthesized_expression") at = parent;
      else if (parent?.kind === "type_conversion_expression" && at.fieldName === "operand") at = parent;
      else if (
        parent?.kind === "argument_list" &&
        parent.parent &&
        this.types.conversion(parent.parent)?.operand === at
      ) {
        at = parent.parent;
      } else return at;
    }
  }

  bare(node: SyntaxNode): SyntaxNode {
    return bare(node);
  }
}
