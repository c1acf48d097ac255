/** A length or size of 64 bits converted to a C integer that may be too small for it. */
import type { RuleContext } from "../../context.ts";
import { comparison } from "../../flow/bounds.ts";
import type { Guard } from "../../flow/guard.ts";
import { type IntegerShape, integerShape } from "../../model/types.ts";
import type { Fix, Rule } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-int-narrowing",
  severity: "warning",
  cause: "native/abort-in-c/heap-overflow",
  title: { en: "Size cut off by a small C integer", zh: "长度被较小的 C 整数截断" },
  why: {
    en: "C.int has 32 bits: 2 GiB become a negative number, 4 GiB become 0, and C works with that.",
    zh: "C.int 只有 32 位：2 GiB 会变成负数，4 GiB 会变成 0，C 却照此运行。",
  },
  page,
  anchors: ["C.int", "C.uint", "C.short", "C.ushort", "C.schar", "C.uchar", "C.char"],
  *check(context) {
    for (const call of context.file.calls("C")) {
      const conversion = context.types.conversion(call);
      const shape = conversion && integerShape(conversion.type);
      if (!conversion || !shape || shape.bits > 32) continue;
      const size = sizeIn(conversion.operand, shape, context, 0);
      if (!size || isBounded(size.node, call, context)) continue;
      const fix = check(size.node, shape, call, context);
      const limit = shape.signed ? 2n ** BigInt(shape.bits - 1) : 2n ** BigInt(shape.bits);
      yield {
        at: call,
        // Bytes alone seldom are that many.
        ...(shape.bits === 32 && context.isBuiltinCall(size.node, "len") && { severity: "hint" }),
        message: {
          en: `${size.node.text} is cut off by ${call.field("function")!.text} from ${limit} on, without a word.`,
          zh: `${size.node.text} 达到 ${limit} 时会被 ${call.field("function")!.text} 截断，没有任何提示。`,
        },
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

interface Size {
  readonly node: SyntaxNode;
}

/** A size that can be too large: a product of sizes, bytes of a slice; for 8 and 16 bits any length. */
function sizeIn(
  expression: SyntaxNode,
  shape: IntegerShape,
  context: RuleContext,
  depth: number,
): Size | undefined {
  const node = wide(expression, context);
  if (!node || depth > 3 || context.types.constant(node) !== undefined) return undefined;
  if (node.kind === "identifier") {
    const entity = context.file.local(node);
    const [only, more] = entity?.kind === "variable" ? entity.assignments : [];
    if (!only?.value || more || only.index !== undefined) return undefined;
    return sizeIn(only.value, shape, context, depth + 1) && { node };
  }
  if (context.isBuiltinCall(node, "len")) {
    const of = argumentsOf(node)[0]!;
    if (isSmall(of, context)) return undefined;
    return shape.bits < 32 || isBytes(of, context) ? { node } : undefined;
  }
  const operator = node.kind === "binary_expression" ? node.field("operator")?.kind : undefined;
  return operator === "*" && isProduct(node, context) ? { node } : undefined;
}

/** The expression without conversions, unless one of them cuts it off already or makes it small. */
function wide(expression: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  let at = bare(expression);
  for (let next = context.types.conversion(at); next; next = context.types.conversion(at)) {
    const shape = integerShape(context.types.underlying(next.type));
    if (shape && shape.bits <= 32) return undefined;
    at = bare(next.operand);
  }
  const type = integerShape(context.types.underlying(context.types.typeOf(at)));
  return type?.bits === 64 ? at : undefined;
}

/** `len(x) * 4` and `len(rows) * len(rows[0])`: a number of bytes or elements that grows with the data. */
function isProduct(node: SyntaxNode, context: RuleContext): boolean {
  const sides = [node.field("left")!, node.field("right")!].map((side) => context.types.unconverted(side));
  const isLength = (side: SyntaxNode) =>
    context.isBuiltinCall(side, "len") && !isSmall(argumentsOf(side)[0]!, context);
  const [left, right] = sides.map(isLength);
  return (left || right) === true && sides.every((side) => context.types.constant(side) !== 1n);
}

/** A slice of bytes that is a model by its name, or a whole file; others are seldom that long. */
function isBytes(of: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.underlying(context.types.typeOf(of));
  if (
    type.kind !== "slice" ||
    type.element.kind !== "basic" ||
    !/^(?:byte|uint8|int8)$/.test(type.element.name)
  )
    return false;
  const entity = bare(of).kind === "identifier" ? context.file.local(bare(of)) : undefined;
  return (
    (entity?.kind === "parameter" && LARGE.test(entity.name)) ||
    isRead(entity?.assignments[0]?.value, context)
  );
}

/** Names of what is large: files of weights reach 2 GiB as a matter of course. */
const LARGE = /model|weights?|tensors?|gguf|onnx|checkpoint|safetensors/i;

/** What comes out of a file as a whole. */
function isRead(value: SyntaxNode | undefined, context: RuleContext): boolean {
  const target = value?.kind === "call_expression" ? context.target(value) : undefined;
  return (
    target !== undefined &&
    /^(?:os\.ReadFile|io\.ReadAll|io\/ioutil\.Read(?:File|All))$/.test(`${target.path}.${target.name}`)
  );
}

/** Arrays, and slices of a constant length. */
function isSmall(of: SyntaxNode, context: RuleContext): boolean {
  const node = bare(of);
  const type = context.types.underlying(context.types.typeOf(node));
  if (type.kind === "array" || node.kind === "composite_literal") return true;
  if (node.kind === "slice_expression")
    return node.field("end") !== undefined || isSmall(node.field("operand")!, context);
  const conversion = context.types.conversion(node);
  if (conversion)
    return /_string_literal$/.test(bare(conversion.operand).kind) || isSmall(conversion.operand, context);
  if (context.isBuiltinCall(node, "make")) {
    const length = argumentsOf(node)[1];
    return (
      length !== undefined && (context.types.constant(length) !== undefined || isCount(length, context, 0))
    );
  }
  const entity = node.kind === "identifier" ? context.file.entity(node) : undefined;
  return (
    entity?.kind === "constant" ||
    (entity?.kind === "variable" &&
      entity.assignments.length > 0 &&
      entity.assignments.every(
        ({ value }) => value && value.kind !== "identifier" && isSmall(value, context),
      ))
  );
}

/** A number that C gave: it has a type of C that it fits in. */
function isCount(number: SyntaxNode, context: RuleContext, depth: number): boolean {
  const node = context.types.unconverted(number);
  if (node.kind === "call_expression") return context.target(node)?.path === "C";
  if (node.kind === "selector_expression") {
    const type = context.types.typeOf(node.field("operand")!);
    return (type.kind === "pointer" ? type.element : type).kind === "c";
  }
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  const [only, more] = entity?.kind === "variable" ? entity.assignments : [];
  return depth < 3 && only?.value !== undefined && !more && isCount(only.value, context, depth + 1);
}

/** Whether any comparison on the way, or min or a mask, keeps it or a part of it below something. */
function isBounded(size: SyntaxNode, at: SyntaxNode, context: RuleContext): boolean {
  const texts = new Set<string>([size.text]);
  const add = (node: SyntaxNode) => {
    texts.add(node.text);
    const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
    const value = entity?.assignments.length === 1 ? entity.assignments[0]!.value : undefined;
    if (value && value !== node) value.walk((inner) => texts.add(inner.text));
  };
  size.walk(add);
  const fn = enclosingFunction(at);
  for (const local of fn ? context.file.locals(fn) : []) {
    const [only, more] = local.assignments;
    if (only?.value && !more && texts.has(context.types.unconverted(only.value).text)) texts.add(local.name);
  }
  const isPart = (node: SyntaxNode) => {
    const inner = context.types.unconverted(node);
    let found = texts.has(inner.text);
    if (!found && inner.kind === "binary_expression")
      inner.walk((part) => {
        if (part.kind !== "int_literal" && texts.has(part.text)) found = true;
      });
    return found && context.types.constant(inner) === undefined;
  };
  const guard: Guard = {
    condition: (node, holds) => {
      const compared = node.kind === "range_clause" ? undefined : comparison(node, holds, isPart);
      return compared !== undefined && /^(?:<|<=|==)$/.test(compared.operator);
    },
  };
  return context.isGuarded(at, guard);
}

/** A check before the statement; what to do then is the author's to say. */
function check(size: SyntaxNode, shape: IntegerShape, at: SyntaxNode, context: RuleContext): Fix | undefined {
  const statement = listedStatement(at);
  const limit = `Max${shape.signed ? "Int" : "Uint"}${shape.bits}`;
  if (!statement || enclosingFunction(statement) !== enclosingFunction(size)) return undefined;
  const builder = context.fix();
  builder.insertBefore(statement, [
    `if ${size.text} > ${builder.import("math")}.${limit} {`,
    `\tpanic("too large for C")`,
    "}",
  ]);
  return builder.build("suggestion", { en: `Check it against math.${limit}`, zh: `先与 math.${limit} 比较` });
}
