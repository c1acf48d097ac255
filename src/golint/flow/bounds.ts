/** Guards about numbers and lengths: is this length surely positive here, is this number surely not negative? */
import type { RuleContext } from "../context.ts";
import { listed } from "../model/bind.ts";
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import type { Guard } from "./guard.ts";

const MIRRORED: Readonly<Record<string, string>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};
const NEGATED: Readonly<Record<string, string>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

interface Comparison {
  readonly subject: SyntaxNode;
  readonly operator: string;
  readonly other: SyntaxNode;
}

/** A comparison as it came out, with the side `is` accepts on the left. */
export function comparison(
  condition: SyntaxNode,
  holds: boolean,
  is: (node: SyntaxNode) => boolean,
): Comparison | undefined {
  const operator = condition.kind === "binary_expression" ? (condition.field("operator")?.kind ?? "") : "";
  if (!Object.hasOwn(MIRRORED, operator)) return undefined;
  const [left, right] = [bare(condition.field("left")!), bare(condition.field("right")!)];
  const came = holds ? operator : NEGATED[operator]!;
  if (is(left)) return { subject: left, operator: came, other: right };
  return is(right) ? { subject: right, operator: MIRRORED[came]!, other: left } : undefined;
}

/** Whether `x OP other` says that x is at least `least`; of another number that is not constant it is believed. */
function saysAtLeast({ operator, other }: Comparison, least: bigint, context: RuleContext): boolean {
  const value = context.types.constant(other);
  if (value === undefined) return operator !== "!=";
  switch (operator) {
    case ">":
      return value + 1n >= least;
    case ">=":
    case "==":
      return value >= least;
    case "!=":
      // Zero is where a length begins.
      return value === 0n && least === 1n;
    default:
      return false;
  }
}

/** Sure that the slice (or string) this expression names has an element. */
export function notEmptyGuard(slice: SyntaxNode, context: RuleContext, depth = 0): Guard {
  const text = slice.text;
  const grown = `${text}[:cap(${text})]`;
  const lengths = lengthNames(text, slice, context);
  const first = context.localOf(slice)?.assignments[0];
  const made = first?.value && context.isBuiltinCall(bare(first.value), "make") ? first.node : undefined;
  const isLength = (node: SyntaxNode) =>
    isLengthOf(node, text, context) || lengths.has(context.types.unconverted(node).text);
  return {
    condition: (node, holds) => {
      if (node.kind === "range_clause") return holds && node.field("right")?.text === text;
      const compared = comparison(node, holds, isLength);
      return compared !== undefined && saysAtLeast(compared, 1n, context);
    },
    step: (node) =>
      // What a length is known of is made with it.
      (node === made && lengths.size > 0) || node.field("right")?.text === grown
        ? undefined
        : assignsTo(
            node,
            text,
            (value) =>
              isNotEmpty(value, context) || (depth < 2 && isCheckedName(value, text, context, depth)),
          ),
  };
}

/** Another slice that was made sure of where it is taken over. */
function isCheckedName(value: SyntaxNode, text: string, context: RuleContext, depth: number): boolean {
  if (!/^(?:identifier|selector_expression)$/.test(value.kind) || value.text === text) return false;
  return context.isGuarded(value, notEmptyGuard(value, context, depth + 1));
}

/** Locals that hold `len(slice)` and nothing else; or that the slice was made with. */
function lengthNames(text: string, slice: SyntaxNode, context: RuleContext): Set<string> {
  const names = new Set<string>();
  const fn = slice.above("func_literal", "function_declaration", "method_declaration");
  const [made, ...more] = context.localOf(slice)?.assignments ?? [];
  const grows = more.every((a) => a.value?.text.startsWith(`append(${text},`));
  const value = grows && made?.value ? bare(made.value) : undefined;
  // With a capacity, that is what it is to be filled with.
  const size = value && context.isBuiltinCall(value, "make") ? argumentsOf(value).at(-1) : undefined;
  const inner = size && context.types.unconverted(size);
  if (inner && argumentsOf(value!).length > 1) names.add(inner.text);
  const isLength = (held: SyntaxNode) => isLengthOf(held, text, context) || held.text === inner?.text;
  for (const entity of fn ? context.file.locals(fn) : []) {
    const values = entity.assignments.map((a) => a.value && context.types.unconverted(a.value));
    const fits = values.every((held) => held && (isLength(held) || context.types.constant(held) === 0n));
    if (fits && values.some((held) => held && isLength(held))) names.add(entity.name);
  }
  return names;
}

/** `len(s)`, or the smallest of several lengths of which it is one. */
function isLengthOf(node: SyntaxNode, text: string, context: RuleContext): boolean {
  const inner = context.types.unconverted(node);
  const name = inner.kind === "call_expression" ? inner.field("function")?.text : undefined;
  if (name === "min") return argumentsOf(inner).some((one) => isLengthOf(one, text, context));
  return context.isBuiltinCall(inner, "len") && argumentsOf(inner)[0]?.text === text;
}

/** Whether a slice expression surely has an element. */
export function isNotEmpty(expression: SyntaxNode, context: RuleContext): boolean {
  const node = bare(expression);
  if (node.kind === "composite_literal") return (node.field("body")?.children.length ?? 0) > 0;
  if (node.kind === "identifier" && !context.file.local(node)) return isFilledVariable(node.text, context);
  if (context.isBuiltinCall(node, "append")) {
    const more = argumentsOf(node).slice(1);
    return (
      more.some((argument) => argument.kind !== "variadic_argument") ||
      isNotEmpty(argumentsOf(node)[0] ?? node, context)
    );
  }
  if (context.isBuiltinCall(node, "make")) {
    const length = argumentsOf(node)[1];
    if (!length) return false;
    const value = context.types.constant(length);
    if (value !== undefined) return value > 0n;
    return isPositiveSum(length, context) || context.isGuarded(node, atLeastGuard(length, 1n, context));
  }
  if (node.kind === "slice_expression") {
    const type = context.types.underlying(context.types.typeOf(node.field("operand")!));
    const base = type.kind === "pointer" ? context.types.underlying(type.element) : type;
    return (
      base.kind === "array" &&
      node.field("start") === undefined &&
      node.field("end") === undefined &&
      base.length !== 0
    );
  }
  const conversion = context.types.conversion(node);
  const literal = conversion && bare(conversion.operand);
  return literal !== undefined && /_string_literal$/.test(literal.kind) && literal.text.length > 2;
}

/** `var placeholder = []byte{0}` of the package. */
function isFilledVariable(name: string, context: RuleContext): boolean {
  const declared = context.file.pkg.declared(name);
  const value = declared?.entity.kind === "variable" ? declared.entity.assignments[0]?.value : undefined;
  return value?.kind === "composite_literal" && (value.field("body")?.children.length ?? 0) > 0;
}

/** Whether a number is at least 0 or 1 by its form; a constant whose value is not known is believed. */
function isAtLeast(value: SyntaxNode, least: bigint, context: RuleContext): boolean {
  const constant = context.types.constant(value);
  if (constant !== undefined) return constant >= least;
  if (value.kind === "identifier" && context.file.entity(value)?.kind === "constant") return true;
  if (value.kind === "selector_expression" && context.file.qualified(value)?.path === "C") return true;
  return least <= 0n ? isNotNegative(value, context) : isPositiveSum(value, context);
}

/** `len(x)+1` and the like, by itself or in a variable. */
function isPositiveSum(node: SyntaxNode, context: RuleContext): boolean {
  const sum = context.types.unconverted(node);
  const entity = sum.kind === "identifier" ? context.file.local(sum) : undefined;
  const only =
    entity?.kind === "variable" && entity.assignments.length === 1 ? entity.assignments[0]!.value : undefined;
  if (only && only !== node && bare(only).kind !== "identifier") return isPositiveSum(only, context);
  if (context.isBuiltinCall(sum, "max")) return argumentsOf(sum).some((side) => isAtLeast(side, 1n, context));
  if (sum.kind !== "binary_expression" || sum.field("operator")?.kind !== "+") return false;
  const sides = [sum.field("left")!, sum.field("right")!];
  return sides.some((side) => (context.types.constant(side) ?? 0n) > 0n);
}

/** Sure that this number is at least `least`; any comparison with something not constant is believed. */
export function atLeastGuard(number: SyntaxNode, least: bigint, context: RuleContext): Guard {
  const inner = context.types.unconverted(number);
  const text = inner.text;
  const isNumber = (node: SyntaxNode) => context.types.unconverted(node).text === text;
  return {
    condition: (node, holds) => {
      if (node.kind === "range_clause") return false;
      const compared = comparison(node, holds, isNumber);
      return compared !== undefined && saysAtLeast(compared, least, context);
    },
    step: (node) => assignsTo(node, text, (value) => isAtLeast(value, least, context)),
  };
}

/** Whether an integer expression cannot be negative by its form: lengths, unsigned types, sums and products of such. */
export function isNotNegative(expression: SyntaxNode, context: RuleContext): boolean {
  const node = context.types.unconverted(expression);
  const value = context.types.constant(node);
  if (value !== undefined) return value >= 0n;
  if (
    context.isBuiltinCall(node, "len") ||
    context.isBuiltinCall(node, "cap") ||
    context.isBuiltinCall(node, "copy")
  )
    return true;
  if (context.isBuiltinCall(node, "max")) return argumentsOf(node).some((a) => isNotNegative(a, context));
  if (context.isBuiltinCall(node, "min")) return argumentsOf(node).every((a) => isNotNegative(a, context));
  if (node.kind === "binary_expression") {
    const operator = node.field("operator")?.kind ?? "";
    const [left, right] = [node.field("left")!, node.field("right")!];
    if (operator === "&") return isNotNegative(left, context) || isNotNegative(right, context);
    if (operator === ">>" || operator === "<<" || operator === "%") return isNotNegative(left, context);
    if (/^[+*/|]$/.test(operator)) return isNotNegative(left, context) && isNotNegative(right, context);
    return false;
  }
  if (node.kind !== "identifier") return false;
  const entity = context.file.local(node);
  if (entity?.kind !== "variable") return false;
  if (entity.range) return entity.range.index === 0;
  return (
    entity.assignments.length === 1 &&
    entity.assignments[0]!.value !== undefined &&
    entity.assignments[0]!.index === undefined &&
    isNotNegative(entity.assignments[0]!.value, context)
  );
}

/** What an assignment to this text does: true where `keeps` likes the value, false else; undefined for other steps. */
export function assignsTo(
  node: SyntaxNode,
  text: string,
  keeps: (value: SyntaxNode) => boolean,
): boolean | undefined {
  if (node.kind === "inc_statement") return undefined;
  if (node.kind === "dec_statement") return node.children[0]?.text === text ? false : undefined;
  const left = /^(?:assignment_statement|short_var_declaration|range_clause)$/.test(node.kind)
    ? node.field("left")
    : undefined;
  const names = left ? listed(left) : [];
  const at = names.findIndex((name) => name.text === text || text.startsWith(`${name.text}.`));
  if (at < 0) return node.kind === "var_declaration" ? declares(node, text, keeps) : undefined;
  const right = node.field("right");
  const values = right && node.kind !== "range_clause" ? listed(right) : [];
  const value = values.length === names.length ? values[at] : undefined;
  return value !== undefined && names[at]!.text === text && keeps(value);
}

function declares(
  node: SyntaxNode,
  text: string,
  keeps: (value: SyntaxNode) => boolean,
): boolean | undefined {
  for (const spec of node.find("var_spec")) {
    const at = spec.fields("name").findIndex((name) => name.text === text);
    if (at < 0) continue;
    const value = spec.field("value") && listed(spec.field("value")!)[at];
    return value !== undefined && keeps(value);
  }
  return undefined;
}
