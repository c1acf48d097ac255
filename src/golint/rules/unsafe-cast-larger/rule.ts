/** A pointer made to point to more than the object holds. */
import type { RuleContext } from "../../context.ts";
import { type GoType, isString, typeText } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { castAround, onlyValue } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "unsafe-cast-larger",
  severity: "warning",
  cause: "native/checkptr/straddles-allocations",
  title: { en: "A pointer cast to a type larger than the object", zh: "把指针转换为比对象更大的类型" },
  why: {
    en: "What is read behind the object belongs to another; what is written there destroys it. Run with -race or checkptr, the conversion is fatal.",
    zh: "读到的是对象之后别人的内存，写入则会破坏它；在 -race 或 checkptr 下，这个转换会直接致命退出。",
  },
  page,
  anchors: ["unsafe"],
  *check(context) {
    for (const call of context.file.calls("unsafe", "Pointer")) {
      const found = finding(call, context);
      if (found) yield found;
    }
  },
};

function finding(call: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const address = bare(argumentsOf(call)[0] ?? call);
  if (address.kind !== "unary_expression" || address.field("operator")?.kind !== "&") return undefined;
  const cast = castAround(call, context);
  if (cast?.type.kind !== "pointer") return undefined;
  const object = bare(address.field("operand")!);
  const wanted = reached(cast.node, cast.type.element, context);
  const held = room(object, context);
  // A variable without a size stands for one of another package, by //go:linkname.
  if (wanted === undefined || held === undefined || held === 0n || wanted <= held) return undefined;
  if (isVersioned(object, context)) return undefined;
  const fix = ofString(cast.node, object, context);
  const target = typeText(cast.type.element) || "the type";
  return {
    at: cast.node,
    message: {
      en: `${target} takes ${wanted} bytes, ${object.text} has ${held}: what lies behind it is read as if it were its own.`,
      zh: `${target} 占 ${wanted} 字节，而 ${object.text} 只有 ${held} 字节：它后面的内存会被当成它自己的。`,
    },
    ...(fix && { fixes: [fix] }),
  };
}

/** A struct that begins with its version or size: who takes it looks no further than that says. */
function isVersioned(object: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.underlying(context.types.typeOf(object));
  const first = type.kind === "struct" ? type.fields[0]?.name : undefined;
  return first !== undefined && /(?:version|size|length)$/i.test(first);
}

/** Bytes the cast reaches: the type's, or of an array that is sliced at once, those of the slice. */
function reached(cast: SyntaxNode, type: GoType, context: RuleContext): bigint | undefined {
  let at = cast;
  while (at.parent?.kind === "parenthesized_expression") at = at.parent;
  const { parent } = at;
  const under = context.types.underlying(type);
  if (parent?.kind === "slice_expression" && at.fieldName === "operand" && under.kind === "array") {
    const end = parent.field("end") && context.types.constant(parent.field("end")!);
    const size = context.types.sizeOf(under.element);
    return end === undefined || size === undefined ? undefined : end * size;
  }
  return context.types.sizeOf(type);
}

/** Bytes from the address to the end of the object it is in; undefined where that is not known. */
function room(object: SyntaxNode, context: RuleContext): bigint | undefined {
  if (object.kind === "identifier") {
    const entity = context.file.entity(object);
    if (!entity || entity.kind === "constant" || entity.kind === "function") return undefined;
    return context.types.sizeOf(context.types.typeOf(object));
  }
  if (object.kind === "composite_literal") return context.types.sizeOf(context.types.typeOf(object));
  if (object.kind !== "index_expression") return undefined;
  const index = context.types.constant(object.field("index")!);
  const operand = bare(object.field("operand")!);
  const type = context.types.underlying(context.types.typeOf(operand));
  if (index === undefined || (type.kind !== "array" && type.kind !== "slice")) return undefined;
  const element = context.types.sizeOf(type.element);
  const length = type.kind === "array" ? arrayLength(operand, type, context) : madeLength(operand, context);
  return element === undefined || length === undefined || index >= length
    ? undefined
    : (length - index) * element;
}

/** Of an array that is a variable of its own: a field has neighbours the author may mean. */
const arrayLength = (operand: SyntaxNode, type: GoType, context: RuleContext): bigint | undefined =>
  operand.kind === "identifier" &&
  context.file.entity(operand) &&
  type.kind === "array" &&
  type.length !== undefined
    ? BigInt(type.length)
    : undefined;

/** Elements of the only slice a local ever holds; the capacity where it was made with one. */
function madeLength(operand: SyntaxNode, context: RuleContext): bigint | undefined {
  const value = operand.kind === "identifier" ? onlyValue(context.file.local(operand)) : undefined;
  if (!value) return undefined;
  if (context.isBuiltinCall(value, "make")) {
    const size = argumentsOf(value)[2] ?? argumentsOf(value)[1];
    return size && context.types.constant(size);
  }
  if (value.kind !== "composite_literal") return undefined;
  const elements = value.field("body")?.children ?? [];
  return elements.some((e) => e.kind === "keyed_element") ? undefined : BigInt(elements.length);
}

/** `*(*[]byte)(unsafe.Pointer(&s))`: a string has no capacity. */
function ofString(cast: SyntaxNode, object: SyntaxNode, context: RuleContext): Fix | undefined {
  if (!context.since(20) || object.kind !== "identifier") return undefined;
  if (!isString(context.types.underlying(context.types.typeOf(object)))) return undefined;
  const isWhole = cast.kind === "type_conversion_expression" && cast.field("type")?.kind === "pointer_type";
  if (!isWhole || typeText(context.types.typeOf(cast)) !== "[]byte") return undefined;
  const builder = context.fix();
  const unsafe = builder.import("unsafe");
  builder.replace(cast, `${unsafe}.Slice(${unsafe}.StringData(${object.text}), len(${object.text}))`);
  return builder.build("fix", {
    en: "Use unsafe.Slice and unsafe.StringData",
    zh: "改用 unsafe.Slice 和 unsafe.StringData",
  });
}
