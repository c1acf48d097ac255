/** C.free on memory that Go allocated. */
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-free-go-memory",
  severity: "error",
  cause: "native/abort-in-c/free-of-foreign-pointer",
  title: { en: "C.free on Go memory", zh: "对 Go 内存调用 C.free" },
  why: {
    en: "Memory of Go did not come from C's allocator: glibc aborts with `free(): invalid pointer`.",
    zh: "Go 的内存不是由 C 分配器分配的：glibc 会报 `free(): invalid pointer` 并中止进程。",
  },
  page,
  anchors: ["C.free"],
  *check(context) {
    for (const call of context.file.calls("C", "free")) {
      const argument = argumentsOf(call)[0];
      const origin = argument && goMemory(argument, context, 0);
      if (!origin) continue;
      const fix = removal(call, context);
      yield {
        at: call,
        message: {
          en: "This memory was allocated by Go: C.free aborts the process. Go frees it by itself.",
          zh: "这块内存由 Go 分配，C.free 会让进程中止；Go 会自行回收它。",
        },
        ...(origin !== argument && {
          related: [{ at: origin, message: { en: "Allocated here.", zh: "在这里分配。" } }],
        }),
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

/** The expression that gives Go memory its pointer; undefined where it may be C's. */
function goMemory(expression: SyntaxNode, context: RuleContext, depth: number): SyntaxNode | undefined {
  if (depth > 5) return undefined;
  const node = context.types.unconverted(expression);
  if (node.kind === "unary_expression" && node.field("operator")?.kind === "&")
    return addressed(bare(node.field("operand")!), context, depth) ? node : undefined;
  if (node.kind === "call_expression") return fromCall(node, context, depth);
  if (node.kind !== "identifier") return undefined;
  const entity = context.file.local(node);
  return entity && onlyGo(entity, context, depth);
}

function onlyGo(entity: Entity, context: RuleContext, depth: number): SyntaxNode | undefined {
  if (entity.kind !== "variable" || entity.assignments.length === 0 || entity.range) return undefined;
  const origins = entity.assignments.map((a) =>
    a.value && a.index === undefined ? goMemory(a.value, context, depth + 1) : undefined,
  );
  return origins.every((origin) => origin !== undefined) ? origins[0] : undefined;
}

/** Whether `&operand` points into Go memory. */
function addressed(operand: SyntaxNode, context: RuleContext, depth: number): boolean {
  if (operand.kind === "composite_literal") return true;
  if (operand.kind === "identifier")
    return /^(?:variable|parameter|receiver|result)$/.test(context.file.entity(operand)?.kind ?? "");
  if (operand.kind !== "index_expression") return false;
  const base = operand.field("operand");
  return base !== undefined && isGoSlice(bare(base), context, depth);
}

function isGoSlice(node: SyntaxNode, context: RuleContext, depth: number): boolean {
  if (depth > 5) return false;
  if (node.kind === "composite_literal" || context.isBuiltinCall(node, "make")) return true;
  if (node.kind === "type_conversion_expression")
    return context.types.typeOf(node.field("operand")!).kind === "basic";
  if (node.kind !== "identifier") return false;
  const entity = context.file.local(node);
  if (entity?.kind !== "variable" || entity.assignments.length === 0) {
    return (
      entity !== undefined &&
      entity.kind === "variable" &&
      context.types.typeOfEntity(entity).kind === "array"
    );
  }
  return entity.assignments.every(
    (a) => a.value && a.index === undefined && isGoSlice(bare(a.value), context, depth + 1),
  );
}

function fromCall(call: SyntaxNode, context: RuleContext, depth: number): SyntaxNode | undefined {
  if (context.isBuiltinCall(call, "new")) return call;
  const target = context.target(call);
  const argument = argumentsOf(call)[0];
  if (target?.path !== "unsafe" || !argument) return undefined;
  if (target.name === "StringData") return context.types.constant(argument) === undefined ? call : undefined;
  return target.name === "SliceData" && isGoSlice(bare(argument), context, depth) ? call : undefined;
}

function removal(call: SyntaxNode, context: RuleContext): Fix | undefined {
  const statement = call.parent;
  if (
    !statement ||
    !/^(?:expression_statement|defer_statement)$/.test(statement.kind) ||
    statement.parent?.kind !== "statement_list"
  )
    return undefined;
  // A variable that only this named would be left unused, which does not compile.
  const entity = context.localOf(argumentsOf(call)[0]!);
  const left = entity?.references.filter((reference) => !statement.holds(reference)).length ?? 1;
  if (left === 0) return undefined;
  return context
    .fix()
    .remove(statement)
    .dropImport("unsafe", [statement])
    .build("fix", { en: "Take this C.free out", zh: "去掉这个 C.free" });
}
