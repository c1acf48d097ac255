/** unsafe.Slice, unsafe.String, C.GoBytes and C.GoStringN with a length that may be negative. */
import type { RuleContext } from "../../context.ts";
import { zeroResults } from "../../edit/zero-results.ts";
import { atLeastGuard, isNotNegative } from "../../flow/bounds.ts";
import { isOpen } from "../../model/callers.ts";
import { integerShape } from "../../model/types.ts";
import type { Fix, Rule, Words } from "../../rule.ts";
import { argumentsOf, enclosingFunction, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "unsafe-slice-length",
  severity: "warning",
  cause: "native/unsafe-length/negative-or-huge-length",
  title: {
    en: "unsafe.Slice or unsafe.String with an unchecked length",
    zh: "unsafe.Slice 或 unsafe.String 的长度未经检查",
  },
  why: {
    en: "A negative length panics with `unsafe.Slice: len out of range`; C functions return one to report an error.",
    zh: "长度为负时会 panic：`unsafe.Slice: len out of range`；而 C 函数常用负数表示出错。",
  },
  page,
  anchors: ["unsafe", "C.GoBytes", "C.GoStringN"],
  *check(context) {
    for (const call of [...context.file.calls("unsafe"), ...context.file.calls("C")]) {
      const { path, name } = context.target(call)!;
      const length = argumentsOf(call)[1];
      if (!(path === "C" ? /^Go(?:Bytes|StringN)$/ : /^(?:Slice|String)$/).test(name) || !length) continue;
      const origin = doubtful(length, context);
      // C was handed the number before, and refused one below zero.
      if (!origin || (path === "C" && origin === PARAMETER)) continue;
      const fix = guard(call, length, context);
      yield {
        at: length,
        message: {
          en: `${length.text} comes from ${origin.en} and may be negative: ${path}.${name} ${ends(name).en} then.`,
          zh: `${length.text} 来自${origin.zh}，可能为负数，此时 ${path}.${name} ${ends(name).zh}。`,
        },
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

/** A negative length asks C.GoStringN for more memory than there is. */
const ends = (name: string): Words =>
  name === "GoStringN"
    ? { en: "ends the process for want of memory", zh: "会因内存不足终止进程" }
    : { en: "panics", zh: "会 panic" };

interface Origin {
  readonly en: string;
  readonly zh: string;
}

const PARAMETER: Origin = { en: "a parameter of an exported function", zh: "导出函数的参数" };

/** Where a length that nothing made sure of comes from; undefined where it is sure, or not known to be doubtful. */
function doubtful(length: SyntaxNode, context: RuleContext): Origin | undefined {
  if (isNotNegative(length, context)) return undefined;
  const number = context.types.unconverted(length);
  const shape = integerShape(context.types.underlying(context.types.typeOf(number)));
  if (number.kind === "binary_expression") return difference(number, context);
  if (shape && !shape.signed) return undefined;
  const origin = originOf(number, context, 0);
  if (!origin || context.isGuarded(length, atLeastGuard(number, 0n, context))) return undefined;
  return origin;
}

function originOf(number: SyntaxNode, context: RuleContext, depth: number): Origin | undefined {
  if (depth > 4) return undefined;
  const node = context.types.unconverted(number);
  if (node.kind === "call_expression") return fromCall(node, context);
  if (node.kind !== "identifier") return undefined;
  const entity = context.file.local(node);
  if (entity?.kind === "variable" && entity.assignments.length === 1) {
    const [{ value, index } = { index: 0 }] = entity.assignments;
    // Checked under its first name is checked, too.
    const origin = value && (index ?? 0) === 0 ? originOf(value, context, depth + 1) : undefined;
    const source = value && context.types.unconverted(value);
    if (
      origin &&
      source?.kind === "identifier" &&
      context.isGuarded(number, atLeastGuard(source, 0n, context))
    )
      return undefined;
    return origin;
  }
  return entity?.kind === "parameter" && isSigned(node, context) && entity.owner && isOpen(entity.owner)
    ? PARAMETER
    : undefined;
}

const isSigned = (node: SyntaxNode, context: RuleContext): boolean =>
  integerShape(context.types.underlying(context.types.typeOf(node)))?.signed === true;

const PARSED = /^strconv\.(?:Atoi|ParseInt)$/;

function fromCall(call: SyntaxNode, context: RuleContext): Origin | undefined {
  const target = context.target(call);
  if (target?.path === "C")
    return isSignedC(call, target.name, context)
      ? { en: `C.${target.name}`, zh: ` C.${target.name}` }
      : undefined;
  if (target && PARSED.test(`${target.path}.${target.name}`)) return { en: "a text", zh: "文本" };
  return undefined;
}

function isSignedC(call: SyntaxNode, name: string, context: RuleContext): boolean {
  if (!context.file.preamble.functions.has(name)) return false;
  const shape = integerShape(context.types.underlying(context.types.typeOf(call)));
  return shape?.signed === true;
}

/** `n - 4`, where nothing says that n is at least 4. */
function difference(node: SyntaxNode, context: RuleContext): Origin | undefined {
  if (node.field("operator")?.kind !== "-") return undefined;
  const [left, right] = [
    context.types.unconverted(node.field("left")!),
    context.types.unconverted(node.field("right")!),
  ];
  const isLength = context.isBuiltinCall(left, "len");
  if (!isLength || context.types.constant(right) === undefined) return undefined;
  const slice = argumentsOf(left)[0]?.text;
  // Whoever looked at the length anywhere before has thought of it.
  const looked = (at: SyntaxNode) =>
    at
      .find("call_expression")
      .some((c) => context.isBuiltinCall(c, "len") && argumentsOf(c)[0]?.text === slice);
  const guarded = context.isGuarded(node, {
    condition: (condition) =>
      looked(condition) || (condition.kind === "range_clause" && condition.field("right")?.text === slice),
  });
  if (guarded || switchesOn(node, `len(${slice})`)) return undefined;
  return { en: "a subtraction", zh: "减法" };
}

/** In a case of `switch len(s)`. */
function switchesOn(node: SyntaxNode, text: string): boolean {
  const around = node.above("expression_case", "func_literal");
  if (around?.kind !== "expression_case") return false;
  return around.parent?.field("value")?.text === text || switchesOn(around, text);
}

/** A check before the statement, in functions whose results have a zero value that can be written without knowing more. */
function guard(call: SyntaxNode, length: SyntaxNode, context: RuleContext): Fix | undefined {
  const number = context.types.unconverted(length);
  const statement = listedStatement(call);
  const fn = enclosingFunction(call);
  if (!statement || number.kind !== "identifier" || !fn || enclosingFunction(statement) !== fn)
    return undefined;
  const zero = zeroResults(fn, context);
  if (zero === undefined) return undefined;
  return context
    .fix()
    .insertBefore(statement, [`if ${number.text} < 0 {`, `\treturn${zero === "" ? "" : ` ${zero}`}`, "}"])
    .build("suggestion", { en: "Return when the length is negative", zh: "长度为负时返回" });
}
