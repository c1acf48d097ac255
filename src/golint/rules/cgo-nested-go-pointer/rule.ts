/** A struct, array or slice of Go memory passed to C with a Go pointer in it that nothing pins. */
import {
  cCalls,
  filledType,
  goMemory,
  goPart,
  type HeldPointer,
  heldBy,
  heldInLiteral,
  mentionsPin,
  pinFix,
  shown,
} from "../../cgo/go-memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import { type GoType, isPointerFree } from "../../model/types.ts";
import type { Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-nested-go-pointer",
  severity: "warning",
  cause: "native/cgo-pointer-rule/nested-go-pointer",
  title: { en: "Go pointer inside what is passed to C", zh: "传给 C 的内存里含有 Go 指针" },
  why: {
    en: "cgo keeps in place what an argument points to, and no more: the runtime panics when it finds an unpinned Go pointer inside.",
    zh: "cgo 只保证参数直接指向的那一层内存；运行时在里面发现未固定的 Go 指针就会 panic。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const call of cCalls(context)) {
      if (mentionsPin(call)) continue;
      for (const argument of argumentsOf(call)) {
        const finding =
          nested(argument, call, context) ??
          byType(argument, call, context) ??
          ofVariable(argument, call, context);
        if (finding) yield finding;
      }
    }
  },
};

function nested(argument: SyntaxNode, call: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const held = isLookedInto(argument, context)
    ? heldIn(context.types.unconverted(argument), call, context, 0)
    : [];
  const [first] = held;
  if (!first) return undefined;
  const isSure = held.some(({ value }) => goMemory(value, context));
  // On every way to the call, and in memory whose type the runtime knows to hold pointers.
  const isCertain =
    (context.types.isUnsafePointer(argument) || context.types.unconverted(argument) === bare(argument)) &&
    held.some(({ value, at }) => goMemory(value, context) && listedStatement(at)?.parent?.holds(call));
  const fix = pinFix(held, call, isSure ? "fix" : "suggestion", context);
  const callee = context.target(call)!.name;
  return {
    at: argument,
    ...(isCertain && { severity: "error" }),
    message: {
      en: `What is passed to C.${callee} holds the Go pointer ${shown(first.value)}, which is not pinned: the call panics.`,
      zh: `传给 C.${callee} 的内存里含有未固定的 Go 指针 ${shown(first.value)}，调用时会 panic。`,
    },
    related: held.map(({ at }) => ({ at, message: { en: "Put in here.", zh: "在这里放入。" } })),
    ...(fix && { fixes: [fix] }),
  };
}

/** The runtime does not look behind `*C.char` and other pointers to plain numbers. */
function isLookedInto(argument: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.underlying(context.types.typeOf(argument));
  return type.kind !== "pointer" || !isPointerFree(context.types.underlying(type.element));
}

/** The Go pointers in what this address points to. */
function heldIn(
  address: SyntaxNode,
  call: SyntaxNode,
  context: RuleContext,
  depth: number,
): readonly HeldPointer[] {
  if (depth > 3) return [];
  if (address.kind === "identifier") {
    const entity = context.file.local(address);
    const [only, more] = entity?.kind === "variable" ? entity.assignments : [];
    if (!entity || !only?.value || more || only.index !== undefined) return [];
    const value = context.types.unconverted(only.value);
    const own =
      value.kind === "unary_expression" && isLiteral(value.field("operand")!)
        ? heldBy(entity, call, context)
        : [];
    return [...own, ...(own.length > 0 ? [] : heldIn(value, call, context, depth + 1))];
  }
  if (address.kind === "call_expression") {
    const target = context.target(address);
    const slice = target?.path === "unsafe" && target.name === "SliceData" && argumentsOf(address)[0];
    return slice ? inVariable(slice, call, context) : [];
  }
  if (address.kind !== "unary_expression" || address.field("operator")?.kind !== "&") return [];
  const operand = bare(address.field("operand")!);
  if (operand.kind === "composite_literal") return heldInLiteral(operand, context);
  return inVariable(operand.kind === "index_expression" ? operand.field("operand")! : operand, call, context);
}

function inVariable(node: SyntaxNode, call: SyntaxNode, context: RuleContext): readonly HeldPointer[] {
  const name = bare(node);
  const entity = name.kind === "identifier" ? context.file.local(name) : undefined;
  return entity?.kind === "variable" && isOwnMemory(entity, context) ? heldBy(entity, call, context) : [];
}

/** Whether the variable's parts lie in Go memory: a struct or array of its own, or a slice made here. */
function isOwnMemory(entity: Entity, context: RuleContext): boolean {
  const { kind } = context.types.underlying(context.types.typeOfEntity(entity));
  if (entity.assignments.length === 0) return /^(?:c|struct|array)$/.test(kind);
  return entity.assignments.every(
    ({ value }) =>
      value &&
      (isLiteral(value) ||
        context.isBuiltinCall(bare(value), "make") ||
        (context.isBuiltinCall(bare(value), "append") &&
          context.localOf(argumentsOf(bare(value))[0] ?? value) === entity)),
  );
}

const isLiteral = (node: SyntaxNode) => bare(node).kind === "composite_literal";

/** `unsafe.Pointer(p)` of a parameter or receiver whose struct has strings, slices, maps... */
function byType(argument: SyntaxNode, call: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const node = context.types.unconverted(argument);
  // Where C's parameter is `char *` or the like, the runtime does not look.
  if (!context.types.isUnsafePointer(argument)) return undefined;
  const origin = node.kind === "identifier" ? goMemory(node, context, "likely") : undefined;
  const type = context.types.typeOf(node);
  const field = origin && type.kind === "pointer" ? goField(type.element, context, 0) : undefined;
  if (!field || (origin !== node && !sets(origin!, field, context))) return undefined;
  const callee = context.target(call)!.name;
  return {
    at: argument,
    message: {
      en: `${node.text} points to a Go struct whose field ${field} holds a Go pointer once it is set: C.${callee} then panics. Pass a cgo.Handle, or a struct of plain values.`,
      zh: `${node.text} 指向的 Go 结构体中，字段 ${field} 一旦赋值就含有 Go 指针，届时调用 C.${callee} 会 panic。请改传 cgo.Handle，或只含普通值的结构体。`,
    },
  };
}

/** `unsafe.Pointer(&v)` of a struct or array with a slice, map, channel or function in it, which vet reports too. */
function ofVariable(argument: SyntaxNode, call: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const conversion = context.types.conversion(bare(argument));
  const address = conversion && bare(conversion.operand);
  if (!context.types.isUnsafePointer(argument) || address?.field("operator")?.kind !== "&") return undefined;
  const variable = bare(address.field("operand")!);
  const entity = variable.kind === "identifier" ? context.file.local(variable) : undefined;
  const part = entity?.kind === "variable" ? goPart(filledType(variable, context), context) : undefined;
  if (!part || isFilledFromC(entity!, context)) return undefined;
  const callee = context.target(call)!.name;
  const where = `${variable.text}${part.way}`;
  return {
    at: argument,
    message: {
      en: `C.${callee} gets a Go ${part.kind} inside of ${variable.text}: once ${where} is set, the call panics. Pass a cgo.Handle, or a struct of plain values.`,
      zh: `传给 C.${callee} 的 ${variable.text} 里含有 Go 的 ${part.kind}：${where} 一旦赋值，调用就会 panic。请改传 cgo.Handle，或只含普通值的结构体。`,
    },
    alsoIn: "vet",
  };
}

/** What is put into the variable may be C's own memory. */
function isFilledFromC(entity: Entity, context: RuleContext): boolean {
  const given = entity.assignments.flatMap(({ value }) => (value ? [value.text] : []));
  const parts = entity.references.flatMap((node) => {
    let at = node;
    while (/^(?:selector|index)_expression$/.test(at.parent?.kind ?? "")) at = at.parent!;
    const statement = at.parent?.parent;
    return statement?.kind === "assignment_statement" && at.parent?.fieldName === "left"
      ? [statement.field("right")!.text]
      : [];
  });
  const c = context.file.importName("C") ?? "C";
  return [...given, ...parts].some((text) => text.includes(`${c}.`) || text.includes("unsafe."));
}

/** Whether `&T{field: value}` gives the field something that is no constant. */
function sets(origin: SyntaxNode, field: string, context: RuleContext): boolean {
  const literal = origin.kind === "unary_expression" ? bare(origin.field("operand")!) : origin;
  const elements = literal.kind === "composite_literal" ? (literal.field("body")?.children ?? []) : [];
  return elements.some((element) => {
    const [key, value] = element.kind === "keyed_element" ? element.children : [];
    const given = value?.children[0];
    return (
      key?.text === field &&
      given !== undefined &&
      !/^(?:nil|\w+_string_literal|func_literal)$/.test(given.kind) &&
      !(given.kind === "identifier" && context.file.entity(given)?.kind !== "parameter")
    );
  });
}

/** A field that always refers to Go memory when it is not empty. */
function goField(type: GoType, context: RuleContext, depth: number): string | undefined {
  const under = context.types.underlying(type);
  if (depth > 4 || under.kind !== "struct") return undefined;
  for (const { name, type: fieldType } of under.fields) {
    let inner = context.types.underlying(fieldType);
    while (inner.kind === "array") inner = context.types.underlying(inner.element);
    const isText = inner.kind === "basic" && inner.name === "string";
    if (isText || /^(?:slice|map|channel|function)$/.test(inner.kind)) return name;
    const below = goField(inner, context, depth + 1);
    if (below) return `${name}.${below}`;
  }
  return undefined;
}
