/** A loop over a slice of numbers that does nothing but call C for each. */
import type { RuleContext } from "../../context.ts";
import { integerShape } from "../../model/types.ts";
import type { Rule } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode, statementsOf } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-call-in-loop",
  severity: "hint",
  title: { en: "Call into C for each element", zh: "逐个元素调用 C" },
  why: {
    en: "A call into C costs some forty nanoseconds whatever it does: for each element of a vector it is most of the time.",
    zh: "每次 C 调用无论做什么都要几十纳秒：对向量逐个元素调用，时间大多花在这上面。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const fn of context.file.functions("C.")) {
      for (const loop of fn.find("for_statement")) {
        const found = perElement(loop, context);
        if (!found) continue;
        yield {
          at: found.call,
          message: {
            en: `C.${found.name} is called for each element of ${found.slice}; a C function that takes the address and the length needs one call.`,
            zh: `对 ${found.slice} 的每个元素都调用了一次 C.${found.name}；让 C 函数接收地址和长度，一次调用即可。`,
          },
        };
      }
    }
  },
};

interface PerElement {
  readonly call: SyntaxNode;
  readonly name: string;
  readonly slice: string;
}

/** `for i, v := range s { C.f(..., v) }` where s has numbers and the body is that call alone. */
function perElement(loop: SyntaxNode, context: RuleContext): PerElement | undefined {
  const range = loop.child("range_clause");
  const over = range?.field("right");
  const [statement, more] = statementsOf(loop.field("body")!);
  if (!range || !over || !statement || more || !isNumbers(over, context)) return undefined;
  const names = (range.field("left")?.children ?? []).map((node) => node.text);
  const call = onlyCall(statement, context);
  if (!call) return undefined;
  const element = (node: SyntaxNode) =>
    node.text === names[1] ||
    (node.kind === "index_expression" &&
      node.field("operand")!.text === over.text &&
      node.field("index")!.text === names[0]);
  const takes = argumentsOf(call).some((argument) => element(context.types.unconverted(argument)));
  const gives = statement.field("left")?.children.some((left) => element(bare(left))) ?? false;
  const { name } = context.target(call)!;
  // `C.T(v)` may as well be a conversion to a type that only a header knows.
  const isCall = statement.kind === "expression_statement" || argumentsOf(call).length > 1;
  if ((!takes && !gives) || !(isCall || context.file.preamble.functions.has(name))) return undefined;
  return { call, name, slice: over.text };
}

/** The C call a statement is, or whose result it assigns or adds up. */
function onlyCall(statement: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const value =
    statement.kind === "expression_statement"
      ? statement.children[0]
      : /^(?:assignment_statement|short_var_declaration)$/.test(statement.kind)
        ? statement.field("right")?.children[0]
        : undefined;
  const call = value && context.types.unconverted(value);
  if (call?.kind !== "call_expression" || context.target(call)?.path !== "C") return undefined;
  // More calls among the arguments: not a mere copy of numbers.
  const inner = argumentsOf(call).flatMap((argument) => argument.find("call_expression"));
  return inner.every((other) => context.types.conversion(other)) ? call : undefined;
}

/** A slice of numbers, not of a few known ones. */
function isNumbers(over: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.underlying(context.types.typeOf(over));
  if (type.kind !== "slice" || bare(over).kind === "composite_literal") return false;
  const element = context.types.underlying(type.element);
  return (
    integerShape(element) !== undefined ||
    /^float(?:32|64)$|^float$|^double$/.test("name" in element ? element.name : "")
  );
}
