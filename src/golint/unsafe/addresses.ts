/** Addresses kept as numbers: what one is the address of, and how to keep it as a pointer. Shared by the rules about uintptr. */
import type { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import { isUnsafePointer } from "../model/types.ts";
import type { Fix } from "../rule.ts";
import { bare, type SyntaxNode } from "../syntax/node.ts";
import { onlyValue } from "./views.ts";

export interface Conversion {
  readonly at: SyntaxNode;
  readonly operand: SyntaxNode;
}

/** The conversions to unsafe.Pointer. */
export function toPointers(context: RuleContext): Conversion[] {
  return context.file.calls("unsafe", "Pointer").flatMap((at): Conversion[] => {
    const conversion = context.types.conversion(at);
    return conversion ? [{ at, operand: bare(conversion.operand) }] : [];
  });
}

/** p of `uintptr(unsafe.Pointer(p))`, with or without something added to it. */
export function addressIn(value: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const node = bare(value);
  if (node.kind === "binary_expression") {
    const operator = node.field("operator")?.kind;
    if (operator !== "+" && operator !== "-") return undefined;
    return addressIn(node.field("left")!, context);
  }
  const conversion = context.types.conversion(node);
  if (conversion?.type.kind !== "basic" || conversion.type.name !== "uintptr") return undefined;
  const inner = bare(conversion.operand);
  const pointer = context.types.conversion(inner);
  if (pointer) return isUnsafePointer(pointer.type) ? bare(pointer.operand) : undefined;
  return isUnsafePointer(context.types.underlying(context.types.typeOf(inner))) ? inner : undefined;
}

/** Whether a pointer surely leads to memory of Go: the address of something, or a pointer that was one. */
export function isGoMemory(pointer: SyntaxNode, context: RuleContext, depth = 0): boolean {
  const node = context.types.unconverted(pointer);
  if (depth > 4) return false;
  if (node.kind === "unary_expression" && node.field("operator")?.kind === "&") {
    const root = rootOf(node.field("operand")!, context);
    return root !== undefined;
  }
  if (context.isBuiltinCall(node, "new")) return true;
  if (node.kind === "identifier") {
    const value = onlyValue(context.file.local(node));
    return value !== undefined && isGoMemory(value, context, depth + 1);
  }
  return false;
}

/** A local variable, literal, or slice that a local was made with: not something a pointer of unknown kind leads to. */
function rootOf(operand: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const node = bare(operand);
  if (node.kind === "composite_literal") return node;
  if (node.kind === "selector_expression" || node.kind === "index_expression") {
    const inner = node.field("operand")!;
    const type = context.types.underlying(context.types.typeOf(inner));
    if (type.kind === "slice" || type.kind === "pointer") {
      const local = bare(inner).kind === "identifier" ? context.file.local(bare(inner)) : undefined;
      const value = onlyValue(local);
      return value && (isMade(value, context) || isGoMemory(value, context)) ? value : undefined;
    }
    return type.kind === "struct" || type.kind === "array" ? rootOf(inner, context) : undefined;
  }
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  return entity && entity.kind !== "constant" && entity.kind !== "type" ? node : undefined;
}

const isMade = (value: SyntaxNode, context: RuleContext): boolean =>
  context.isBuiltinCall(value, "make") ||
  value.kind === "composite_literal" ||
  context.isBuiltinCall(value, "append");

/** Makes the variable an unsafe.Pointer, where nothing but conversions and additions use it. */
export function asPointer(entity: Entity, context: RuleContext): Fix | undefined {
  if (!context.since(17) || entity.typeNode) return undefined;
  const builder = context.fix();
  const unsafe = builder.import("unsafe");
  for (const { value, operator } of entity.assignments) {
    if (!value || operator !== ":=") return undefined;
    const made = pointerOf(value, unsafe, context);
    if (made === undefined) return undefined;
    builder.replace(value, made);
  }
  for (const node of entity.references) {
    if (node.parent?.kind === "expression_list" && node.parent.fieldName === "left") continue;
    const sum = node.parent?.kind === "binary_expression" ? node.parent : undefined;
    if (sum && (sum.field("operator")?.kind !== "+" || node.fieldName !== "left")) return undefined;
    const outer = (sum ?? node).parent?.parent;
    if (outer?.kind !== "call_expression" || context.target(outer)?.path !== "unsafe") return undefined;
    builder.replace(outer, sum ? `${unsafe}.Add(${node.text}, ${sum.field("right")!.text})` : node.text);
  }
  return builder.build("fix", { en: "Keep it in an unsafe.Pointer", zh: "改存为 unsafe.Pointer" });
}

/** `uintptr(unsafe.Pointer(p)) + n` as a pointer. */
function pointerOf(value: SyntaxNode, unsafe: string, context: RuleContext): string | undefined {
  const node = bare(value);
  if (node.kind === "binary_expression") {
    const left = bare(node.field("left")!);
    if (node.field("operator")?.kind !== "+" || left.kind === "binary_expression") return undefined;
    const pointer = pointerOf(left, unsafe, context);
    return pointer && `${unsafe}.Add(${pointer}, ${node.field("right")!.text})`;
  }
  return context.types.conversion(node)?.operand.text;
}
