/** The address of Go memory written into memory of C. */
import { givenToPart, goMemory, mentionsPin, pinFix, shown } from "../../cgo/go-memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Rule } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-go-pointer-in-c-memory",
  severity: "warning",
  cause: "native/cgo-pointer-rule/stored-in-c-memory",
  title: { en: "Go pointer stored in C memory", zh: "把 Go 指针存进 C 内存" },
  why: {
    en: "The garbage collector does not look into C memory: it frees or reuses what only C still points to.",
    zh: "垃圾回收器不扫描 C 内存：只有 C 还指着的 Go 内存会被回收、被重新使用。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const fn of context.file.functions("C.")) {
      for (const entity of context.file.locals(fn)) {
        if (!isCMemory(entity, context, 0)) continue;
        for (const reference of entity.references) {
          const given = givenToPart(reference);
          if (!given || !isPointer(given.value, context)) continue;
          if (mentionsPin(reference)) continue;
          const value = context.types.unconverted(given.value);
          const isFreedHere = freed(entity, fn, context);
          const fix = pinFix(
            [{ value, at: given.statement }],
            given.statement,
            isFreedHere ? "fix" : "suggestion",
            context,
          );
          yield {
            at: given.statement,
            message: {
              en: `${shown(given.part)} lies in C memory, and ${shown(value)} is Go's: the garbage collector does not see this pointer, and may free what it points to.`,
              zh: `${shown(given.part)} 在 C 内存里，而 ${shown(value)} 指向 Go 内存：垃圾回收器看不到这个指针，可能会回收它指向的内存。`,
            },
            ...(fix && { fixes: [fix] }),
          };
        }
      }
    }
  },
};

/** Go memory by its address; a pointer made a number is C's business. */
function isPointer(value: SyntaxNode, context: RuleContext): boolean {
  return !/\buintptr(?:_t)?\b/.test(value.text) && goMemory(value, context, "likely") !== undefined;
}

/** Whether what lies behind this local was allocated by C, whatever it was last assigned. */
function isCMemory(entity: Entity, context: RuleContext, depth: number): boolean {
  if (depth > 4 || entity.kind !== "variable" || entity.assignments.length === 0) return false;
  return entity.assignments.every((a) => a.value && !a.index && isCValue(a.value, context, depth, entity));
}

function isCValue(expression: SyntaxNode, context: RuleContext, depth: number, entity?: Entity): boolean {
  let node = context.types.unconverted(expression);
  // `(*[1 << 20]*C.char)(p)[:n:n]`
  if (node.kind === "slice_expression") node = context.types.unconverted(node.field("operand")!);
  if (node.kind === "identifier") {
    const source = context.file.local(node);
    return source !== undefined && source !== entity && isCMemory(source, context, depth + 1);
  }
  const target = node.kind === "call_expression" ? context.target(node) : undefined;
  if (target?.path === "unsafe" && target.name === "Slice")
    return isCValue(argumentsOf(node)[0]!, context, depth, entity);
  if (target?.path !== "C") return false;
  if (/^(?:malloc|calloc|realloc|CBytes)$/.test(target.name)) return true;
  const result = context.file.declaredInC.functions.get(target.name)?.result;
  if (result !== undefined) return context.types.cType(result).kind === "pointer";
  // What is compared with nil is no struct.
  return entity?.references.some((reference) => comparedWithNil(reference)) ?? false;
}

function comparedWithNil(reference: SyntaxNode): boolean {
  const { parent } = reference;
  return (
    parent?.kind === "binary_expression" &&
    [parent.field("left"), parent.field("right")].some((side) => side && bare(side).kind === "nil")
  );
}

/** Whether the function frees the C memory itself and copies it nowhere, so that no pointer in it outlives the call. */
function freed(entity: Entity, fn: SyntaxNode, context: RuleContext): boolean {
  const isCopied = entity.references.some(
    (node) =>
      node.parent?.kind === "unary_expression" &&
      node.parent.field("operator")?.kind === "*" &&
      givenToPart(node) === undefined,
  );
  if (isCopied) return false;
  return context.file
    .calls("C", "free")
    .some((call) => fn.holds(call) && argumentsOf(call)[0]?.text.includes(entity.name));
}
