/** Strings and byte slices that are the same memory under another type. */
import type { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import { type GoType, isString, isUnsafePointer } from "../model/types.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";

/** Whether a node is `unsafe.name(...)`. */
export function isUnsafeCall(node: SyntaxNode, name: string, context: RuleContext): boolean {
  if (node.kind !== "call_expression") return false;
  const target = context.target(node);
  return target?.path === "unsafe" && target.name === name;
}

/** x of `*(*T)(unsafe.Pointer(&x))`. */
export function reinterpreted(node: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const cast = context.types.dereferenced(node);
  const inner = cast && context.types.conversion(bare(cast.operand));
  if (!inner || !isUnsafePointer(inner.type)) return undefined;
  const address = bare(inner.operand);
  const isAddress = address.kind === "unary_expression" && address.field("operator")?.kind === "&";
  return isAddress ? bare(address.field("operand")!) : undefined;
}

/** The conversion an unsafe.Pointer stands in: `(*T)(p)`, or `*(*[]T)(p)` with the star the grammar takes into the type. */
export function castAround(
  call: SyntaxNode,
  context: RuleContext,
): { node: SyntaxNode; type: GoType } | undefined {
  let at = call;
  while (at.parent?.kind === "parenthesized_expression") at = at.parent;
  const { parent } = at;
  const node = parent?.kind === "argument_list" ? parent.parent : parent;
  if (!node) return undefined;
  const conversion =
    context.types.conversion(node) ??
    (node.kind === "type_conversion_expression" ? context.types.dereferenced(node) : undefined);
  return conversion && bare(conversion.operand) === bare(call) && !isUnsafePointer(conversion.type)
    ? { node, type: conversion.type }
    : undefined;
}

/** The only value a local is ever given. */
export function onlyValue(entity: Entity | undefined): SyntaxNode | undefined {
  if (entity?.kind !== "variable" || entity.assignments.length !== 1) return undefined;
  const [only] = entity.assignments;
  return only!.value && only!.index === undefined && /^(?::?=|var)$/.test(only!.operator)
    ? bare(only!.value)
    : undefined;
}

/**
 * The string whose own bytes an expression is: `unsafe.StringData(s)`, a slice over it, `*(*[]byte)(unsafe.Pointer(&s))`,
 * a local that holds one of these, a slice of it, or a call of a function of the package that only returns it.
 */
export function bytesOfString(node: SyntaxNode, context: RuleContext, depth = 0): SyntaxNode | undefined {
  if (depth > 5) return undefined;
  const at = context.types.unconverted(node);
  const next = (inner: SyntaxNode | undefined) =>
    inner ? bytesOfString(inner, context, depth + 1) : undefined;
  if (at.kind === "identifier") return next(onlyValue(context.file.local(at)));
  if (at.kind === "slice_expression") {
    return context.types.typeOf(at.field("operand")!).kind === "slice"
      ? next(at.field("operand"))
      : undefined;
  }
  if (at.kind === "call_expression") {
    if (isUnsafeCall(at, "StringData", context)) return argumentsOf(at)[0];
    if (isUnsafeCall(at, "Slice", context) || isUnsafeCall(at, "Add", context))
      return next(argumentsOf(at)[0]);
    return fromHelper(at, context, depth);
  }
  const cast = reinterpreted(at, context);
  if (!cast || context.types.typeOf(at).kind !== "slice") return undefined;
  if (isString(context.types.underlying(context.types.typeOf(cast)))) return cast;
  return inHeader(cast, context);
}

/** `struct { string; int }{s, len(s)}` as a slice's header. */
function inHeader(of: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const literal = of.kind === "identifier" ? onlyValue(context.file.local(of)) : of;
  if (literal?.kind !== "composite_literal") return undefined;
  const type = context.types.underlying(context.types.typeOf(literal));
  if (type.kind !== "struct" || !type.fields[0] || !isString(type.fields[0].type)) return undefined;
  const first = literal.field("body")?.children[0];
  const value = first?.kind === "keyed_element" ? first.children[1] : first;
  return value && (value.kind === "literal_element" ? value.children[0] : value);
}

/** `func toBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }`, called. */
function fromHelper(call: SyntaxNode, context: RuleContext, depth: number): SyntaxNode | undefined {
  const fn = call.field("function");
  if (fn?.kind !== "identifier" || context.file.local(fn)) return undefined;
  const found = context.file.pkg.declared(fn.text);
  const node = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
  const [argument, more] = argumentsOf(call);
  if (!found || !node?.field("body") || found.file !== context.file || !argument || more) return undefined;
  const returns = node.find("return_statement").filter((r) => enclosingFunction(r) === node);
  const values = returns
    .map((r) => r.children[0]?.children[0])
    .filter((v) => v !== undefined && v.kind !== "nil");
  const [only] = values;
  const string = values.length === 1 && only ? bytesOfString(only, context, depth + 1) : undefined;
  const entity = string?.kind === "identifier" ? context.file.local(string) : undefined;
  return entity?.kind === "parameter" ? argument : undefined;
}
