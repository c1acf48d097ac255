/** Finalizers that do nothing but give one C handle back: what a cleanup can do without the object. */
import { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import type { GoType } from "../model/types.ts";
import { argumentsOf, bare, type SyntaxNode, statementsOf } from "../syntax/node.ts";
import { type FinalizerCall, finalizedTypes, wayFrom } from "./finalizers.ts";

/** `C.model_free(m.handle)`, the only thing of consequence that happens. */
export interface PlainRelease {
  /** The call of C. */
  readonly call: SyntaxNode;
  readonly file: FileModel;
  /** The object in it. */
  readonly self: Entity;
  /** The field it gives back. */
  readonly field: string;
  /** It is done only where the field is not nil. */
  readonly guarded: boolean;
  /** Functions that are read: a literal, a method, a method that it calls. */
  readonly functions: readonly SyntaxNode[];
}

/** A finalizer that calls a method that frees. Deeper than this nobody hides it. */
const DEEPEST = 2;

/** Undefined where the finalizer does anything else, or is not seen. */
export function plainRelease(call: FinalizerCall, type: string, file: FileModel): PlainRelease | undefined {
  const found = functionOf(call.fn, type, file);
  if (!found) return undefined;
  const reader = new Reader(type);
  return reader.function(found.fn, found.file, 0) && reader.calls.length === 1
    ? { ...reader.calls[0]!, functions: reader.functions }
    : undefined;
}

interface Place {
  readonly fn: SyntaxNode;
  readonly file: FileModel;
}

function functionOf(fn: SyntaxNode, type: string, file: FileModel): Place | undefined {
  if (fn.kind === "func_literal") return { fn, file };
  if (fn.kind === "identifier") {
    const found = file.local(fn) ? undefined : file.pkg.declared(fn.text);
    const node = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
    return found && node?.field("body") ? { fn: node, file: found.file } : undefined;
  }
  return fn.kind === "selector_expression" && /^\(?\*/.test(fn.field("operand")!.text)
    ? methodOf(type, fn.field("field")!.text, file)
    : undefined;
}

function methodOf(type: string, name: string, file: FileModel): Place | undefined {
  const found = file.pkg.methods(type).find((m) => m.node.field("name")?.text === name);
  return found?.node.field("body") ? { fn: found.node, file: found.file } : undefined;
}

class Reader {
  readonly calls: Omit<PlainRelease, "functions">[] = [];
  readonly functions: SyntaxNode[] = [];

  constructor(private readonly type: string) {}

  function(fn: SyntaxNode, file: FileModel, depth: number): boolean {
    const list = (fn.field("receiver") ?? fn.field("parameters"))?.children ?? [];
    const name = list.length === 1 ? list[0]!.field("name") : undefined;
    const self = name && file.locals(fn).find((entity) => entity.node === name);
    const more = fn.field("receiver") ? (fn.field("parameters")?.children.length ?? 0) : 0;
    if (!self || more > 0 || depth > DEEPEST || self.assignments.length > 0) return false;
    this.functions.push(fn);
    return this.statements(statementsOf(fn.field("body")!), self, new RuleContext(file), depth, false);
  }

  private statements(
    list: readonly SyntaxNode[],
    self: Entity,
    context: RuleContext,
    depth: number,
    guarded: boolean,
  ): boolean {
    let isGuarded = guarded;
    for (const statement of list) {
      const nil = statement.kind === "if_statement" ? this.nilCheck(statement, self, context) : undefined;
      if (nil === "==") isGuarded = true;
      else if (nil === "!=") {
        const inner = statementsOf(statement.field("consequence")!);
        if (!this.statements(inner, self, context, depth, true)) return false;
      } else if (!this.statement(statement, self, context, depth, isGuarded)) return false;
    }
    return true;
  }

  /** `if m.h != nil { ... }`, or `if m.h == nil { return }`; a check of m itself says nothing more. */
  private nilCheck(node: SyntaxNode, self: Entity, context: RuleContext): "==" | "!=" | undefined {
    const condition = node.field("condition");
    const operator = condition?.field("operator")?.kind;
    if (node.field("initializer") || node.field("alternative") || !condition) return undefined;
    if (condition.field("right")?.kind !== "nil" || (operator !== "==" && operator !== "!="))
      return undefined;
    if (wayFrom(condition.field("left")!, context.file)?.entity !== self) return undefined;
    if (operator === "!=") return "!=";
    const [only, more] = statementsOf(node.field("consequence")!);
    return only?.kind === "return_statement" && !more && isEmptyReturn(only) ? "==" : undefined;
  }

  private statement(
    node: SyntaxNode,
    self: Entity,
    context: RuleContext,
    depth: number,
    guarded: boolean,
  ): boolean {
    if (node.kind === "return_statement") return isEmptyReturn(node);
    if (node.kind === "assignment_statement") return isReset(node, self, context);
    const call = node.kind === "expression_statement" ? bare(node.children[0]!) : undefined;
    if (call?.kind !== "call_expression") return false;
    const target = context.target(call);
    if (target?.path === "C") return this.release(call, self, context, guarded);
    if (target?.path === "runtime")
      return target.name === "KeepAlive" || argumentsOf(call)[1]?.kind === "nil";
    const fn = call.field("function")!;
    const operand = fn.kind === "selector_expression" ? fn.field("operand")! : undefined;
    if (operand?.kind !== "identifier" || context.file.local(operand) !== self) return false;
    const method =
      argumentsOf(call).length === 0 ? methodOf(this.type, fn.field("field")!.text, context.file) : undefined;
    return method !== undefined && this.function(method.fn, method.file, depth + 1);
  }

  private release(call: SyntaxNode, self: Entity, context: RuleContext, guarded: boolean): boolean {
    const [argument, more] = argumentsOf(call);
    const way = argument && !more ? wayFrom(context.types.unconverted(argument), context.file) : undefined;
    if (way?.entity !== self || way.way.includes(".")) return false;
    this.calls.push({ call, file: context.file, self, field: way.way, guarded });
    return true;
  }
}

/** `return`, `return nil`. */
const isEmptyReturn = (node: SyntaxNode): boolean => /^return(?:\s+nil)?$/.test(node.text);

/** `m.h = nil`, `m.h = 0`. */
function isReset(node: SyntaxNode, self: Entity, context: RuleContext): boolean {
  const [left, right] = [node.field("left")!, node.field("right")!];
  return (
    left.children.length === 1 &&
    wayFrom(left.children[0]!, context.file)?.entity === self &&
    /^(?:nil|0|false)$/.test(right.text)
  );
}

/** Whether a value of the type surely leads to no other Go object that may have a finalizer. */
export function leadsNowhere(type: GoType, context: RuleContext, depth = 0): boolean {
  const { types } = context;
  const under = types.underlying(type);
  if (depth > 8) return false;
  switch (under.kind) {
    case "basic":
    case "c":
      return true;
    case "pointer":
      return (
        under.element.kind === "c" ||
        (!isFinalized(under.element, context) && leadsNowhere(under.element, context, depth + 1))
      );
    case "slice":
    case "array":
    case "channel":
      return leadsNowhere(under.element, context, depth + 1);
    case "map":
      return leadsNowhere(under.key, context, depth + 1) && leadsNowhere(under.element, context, depth + 1);
    case "struct":
      return under.fields.every((field) => leadsNowhere(field.type, context, depth + 1));
    case "named":
      return /^(?:sync|sync\/atomic|time)$/.test(under.package);
    default:
      return false;
  }
}

const isFinalized = (type: GoType, { file }: RuleContext): boolean =>
  type.kind === "named" && type.package === "" && finalizedTypes(file.pkg).has(type.name);
