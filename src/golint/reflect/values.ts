/** What an expression of package reflect holds: where a Value comes from, and whether somebody asked if it is one. */
import type { RuleContext } from "../context.ts";
import type { Guard } from "../flow/guard.ts";
import type { Entity } from "../model/entity.ts";
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import { onlyValue } from "../unsafe/views.ts";

/** Methods of Value that panic on the zero Value. */
const PANICS =
  /^(?:Addr|Bool|Bytes|Call|CallSlice|CanInterface|Cap|Close|Complex|Convert|Elem|Field|FieldByIndex|FieldByName|Float|Index|Int|Interface|IsNil|IsZero|Len|MapIndex|MapKeys|MapRange|Method|MethodByName|NumField|NumMethod|Pointer|Recv|Send|Set\w*|Slice|Slice3|Type|Uint|UnsafeAddr|UnsafePointer)$/;

/** Setters that need a value with an address, and what asks for that address. */
const NEEDS_ADDRESS =
  /^(?:Set|SetBool|SetBytes|SetCap|SetComplex|SetFloat|SetInt|SetIterKey|SetIterValue|SetLen|SetPointer|SetString|SetUint|SetZero|Addr|UnsafeAddr)$/;

export interface MethodCall {
  readonly call: SyntaxNode;
  readonly method: string;
  readonly on: SyntaxNode;
}

export function methodCall(node: SyntaxNode): MethodCall | undefined {
  const fn = node.kind === "call_expression" ? node.field("function") : undefined;
  if (fn?.kind !== "selector_expression") return undefined;
  return { call: node, method: fn.field("field")!.text, on: bare(fn.field("operand")!) };
}

export const panicsOnZero = ({ method }: MethodCall): boolean => PANICS.test(method);
export const needsAddress = ({ method }: MethodCall): boolean => NEEDS_ADDRESS.test(method);

/** x of `reflect.ValueOf(x)`. */
export function argumentOfValueOf(node: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const target = node.kind === "call_expression" ? context.target(node) : undefined;
  return target?.path === "reflect" && target.name === "ValueOf" ? argumentsOf(node)[0] : undefined;
}

/** The expression itself, or what the local it names was made with and nothing else. */
export function madeWith(node: SyntaxNode, context: RuleContext): SyntaxNode {
  return node.kind === "identifier" ? (onlyValue(context.file.local(node)) ?? node) : node;
}

/** x of `reflect.ValueOf(x)` or of a field of it, none of which has an address. */
export function withoutAddress(node: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  let at = madeWith(node, context);
  for (let depth = 0; depth < 5; depth++) {
    const value = argumentOfValueOf(at, context);
    if (value) return at;
    const field = methodCall(at);
    if (!field || !/^Field(?:ByName|ByIndex)?$/.test(field.method)) return undefined;
    at = madeWith(field.on, context);
  }
  return undefined;
}

/** Sure where the function has looked at the Value before: its kind, whether it is one, whether it may be set. */
export function askedGuard(value: SyntaxNode, more: (step: SyntaxNode) => boolean): Guard {
  const text = value.text;
  const asks = (node: SyntaxNode): boolean => {
    let found = more(node);
    node.walk((inner) => {
      if (found) return false;
      const call = methodCall(inner);
      if (call?.on.text === text && /^(?:IsValid|Kind|Can\w+|IsNil|IsZero|Comparable)$/.test(call.method))
        found = true;
      // Handed to somebody, or compared, it may have been looked at there.
      else if (inner.kind === "argument_list" && inner.children.some((argument) => argument.text === text))
        found = true;
      else if (inner.kind === "binary_expression" && inner.children.some((side) => side.text === text))
        found = true;
      return !found;
    });
    return found;
  };
  return { condition: asks, step: (node) => (asks(node) ? true : undefined) };
}

/** Whether a text comes from outside the function, so that nobody can say what it names. */
export function comesFromOutside(node: SyntaxNode, context: RuleContext, depth = 0): Entity | undefined {
  if (depth > 5) return undefined;
  const at = context.types.unconverted(node);
  const next = (inner: SyntaxNode | undefined) => inner && comesFromOutside(inner, context, depth + 1);
  switch (at.kind) {
    case "identifier":
      return fromEntity(context.file.local(at), context, depth);
    case "binary_expression":
      return next(at.field("left")) ?? next(at.field("right"));
    case "index_expression":
    case "slice_expression":
      return next(at.field("operand"));
    case "call_expression": {
      // Only what makes a text of a text.
      const target = context.target(at);
      if (target && !/^(?:strings|fmt|bytes|path|unicode)$/.test(target.path)) return undefined;
      for (const argument of argumentsOf(at)) {
        const found = next(argument);
        if (found) return found;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function fromEntity(entity: Entity | undefined, context: RuleContext, depth: number): Entity | undefined {
  if (!entity) return undefined;
  if (entity.kind === "parameter") return isAlwaysLiteral(entity, context) ? undefined : entity;
  if (entity.range) {
    const from = comesFromOutside(entity.range.over, context, depth + 1);
    return from && context.types.underlying(context.types.typeOfEntity(from)).kind !== "unknown"
      ? from
      : undefined;
  }
  const value = onlyValue(entity);
  return value && comesFromOutside(value, context, depth + 1);
}

/** Whether all callers of a function that is not exported write the argument out. */
function isAlwaysLiteral(parameter: Entity, context: RuleContext): boolean {
  const fn = parameter.owner!;
  const name = fn.field("name")?.text;
  // What calls a literal is not known.
  if (name === undefined) return true;
  const names = (fn.field("parameters")?.children ?? []).flatMap((p) => p.fields("name"));
  const at = names.indexOf(parameter.node);
  if (/^\p{Lu}/u.test(name)) return false;
  const { pkg } = context.file;
  let calls = 0;
  for (const file of pkg.fileNames) {
    if (!pkg.textOf(file).includes(`${name}(`)) continue;
    for (const top of pkg.file(file).declarations) {
      if (top.kind === "comment" || !top.chunk.text.includes(`${name}(`)) continue;
      for (const call of top.find("call_expression")) {
        const callee = call.field("function");
        const called = callee?.kind === "selector_expression" ? callee.field("field") : callee;
        if (called?.text !== name) continue;
        calls++;
        if (!/_literal$/.test(argumentsOf(call)[at]?.kind ?? "")) return false;
      }
    }
  }
  return calls > 0;
}
