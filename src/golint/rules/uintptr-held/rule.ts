/** An address kept in a uintptr and made a pointer again later: nothing keeps its object where it is. */
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import { isUnsafePointer } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { onlyValue } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "uintptr-held",
  severity: "warning",
  cause: "native/bad-pointer/uintptr-kept-across-gc",
  title: { en: "An address is kept in a uintptr", zh: "用 uintptr 保存地址" },
  why: {
    en: "A uintptr is a number: it keeps no object alive and does not follow a stack that moves. Made a pointer again, it may lead to memory that holds something else.",
    zh: "uintptr 只是数字：不能让对象存活，栈移动时也不会更新。再转回指针时，指向的内存可能已经是别的内容。",
  },
  page,
  anchors: ["uintptr"],
  *check(context) {
    if (context.file.importName("unsafe") === undefined) return;
    const kept = fieldsKept(context);
    for (const call of back(context)) {
      const local = heldIn(call.operand, context);
      if (local) yield finding(call.at, local.entity, local.source, context);
      else {
        const place = placeOf(call.operand, context);
        const source = place === undefined ? undefined : kept.get(place);
        if (place !== undefined && source) yield elsewhere(call.at, call.operand, source, context);
      }
    }
  },
};

interface Conversion {
  readonly at: SyntaxNode;
  readonly operand: SyntaxNode;
}

/** The conversions of numbers to unsafe.Pointer. */
function back(context: RuleContext): Conversion[] {
  return context.file.calls("unsafe", "Pointer").flatMap((at): Conversion[] => {
    const conversion = context.types.conversion(at);
    return conversion ? [{ at, operand: bare(conversion.operand) }] : [];
  });
}

/** p of `uintptr(unsafe.Pointer(p))`, with or without something added to it. */
function addressIn(value: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
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
  return pointer && isUnsafePointer(pointer.type) ? bare(pointer.operand) : undefined;
}

/** Whether a pointer surely leads to memory of Go: the address of something, or a pointer that was one. */
function isGoMemory(pointer: SyntaxNode, context: RuleContext, depth = 0): boolean {
  const node = bare(pointer);
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

/** The local whose number is made a pointer, and the address it was given in a statement before. */
function heldIn(
  operand: SyntaxNode,
  context: RuleContext,
): { entity: Entity; source: SyntaxNode } | undefined {
  const node = operand.kind === "binary_expression" ? bare(operand.field("left")!) : operand;
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  if (entity?.kind !== "variable" || entity.owner !== enclosingFunction(operand)) return undefined;
  for (const { value, index } of entity.assignments) {
    const pointer = value && index === undefined ? addressIn(value, context) : undefined;
    if (pointer && isGoMemory(pointer, context)) return { entity, source: value! };
  }
  return undefined;
}

/** Package variables and fields, by a text that is the same for all who name them. */
function placeOf(operand: SyntaxNode, context: RuleContext): string | undefined {
  const node = operand.kind === "binary_expression" ? bare(operand.field("left")!) : operand;
  if (node.kind === "identifier")
    return !context.file.local(node) && context.file.entity(node)?.kind === "variable"
      ? node.text
      : undefined;
  if (node.kind !== "selector_expression") return undefined;
  const type = context.types.typeOf(node.field("operand")!);
  const holder = type.kind === "pointer" ? type.element : type;
  return holder.kind === "named" && holder.package === ""
    ? `${holder.name}.${node.field("field")!.text}`
    : undefined;
}

/** Where an address of Go memory is put into a field or package variable. */
function fieldsKept(context: RuleContext): Map<string, SyntaxNode> {
  const kept = new Map<string, SyntaxNode>();
  for (const fn of context.file.functions("uintptr(")) {
    fn.walk((node) => {
      if (node.kind === "assignment_statement") {
        const [left, right] = [node.field("left")?.children ?? [], node.field("right")?.children ?? []];
        for (const [at, value] of right.entries()) {
          const pointer = left.length === right.length ? addressIn(value, context) : undefined;
          const place =
            pointer && isGoMemory(pointer, context) ? placeOf(bare(left[at]!), context) : undefined;
          if (place !== undefined) kept.set(place, value);
        }
      } else if (node.kind === "keyed_element") {
        const literal = node.above("composite_literal");
        const value =
          node.children[1]?.kind === "literal_element" ? node.children[1].children[0] : node.children[1];
        const pointer = value && addressIn(value, context);
        const type = literal && context.types.typeOf(literal);
        if (pointer && isGoMemory(pointer, context) && type?.kind === "named" && type.package === "")
          kept.set(`${type.name}.${node.children[0]!.text}`, value);
      }
    });
  }
  return kept;
}

const FROM = { en: "The address becomes a number here.", zh: "地址在这里变成了数字。" };

function finding(at: SyntaxNode, entity: Entity, source: SyntaxNode, context: RuleContext): RuleFinding {
  const fix = asPointer(entity, context);
  return {
    at,
    message: {
      en: `${entity.name} held the address as a number: since line ${context.line(source)} the object may have been freed, or moved with its stack.`,
      zh: `${entity.name} 以数字形式保存地址：自第 ${context.line(source)} 行起，对象可能已被回收，或随栈移动。`,
    },
    related: [{ at: source, message: FROM }],
    alsoIn: "vet",
    ...(fix && { fixes: [fix] }),
  };
}

function elsewhere(
  at: SyntaxNode,
  operand: SyntaxNode,
  source: SyntaxNode,
  context: RuleContext,
): RuleFinding {
  return {
    at,
    message: {
      en: `${operand.text} holds an address as a number, stored at line ${context.line(source)}: it does not keep the object alive.`,
      zh: `${operand.text} 以数字形式保存地址（第 ${context.line(source)} 行存入），无法让对象存活。`,
    },
    related: [{ at: source, message: FROM }],
    alsoIn: "vet",
  };
}

/** Makes the variable an unsafe.Pointer, where nothing but conversions and additions use it. */
function asPointer(entity: Entity, context: RuleContext): Fix | undefined {
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
