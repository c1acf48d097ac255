/** What an early return of a function may give back. */
import type { RuleContext } from "../context.ts";
import { integerShape, typeText } from "../model/types.ts";
import type { SyntaxNode } from "../syntax/node.ts";

/** The zero values of a function's results, as a return lists them; undefined where one cannot be written. */
export function zeroResults(fn: SyntaxNode, context: RuleContext): string | undefined {
  const result = fn.field("result");
  if (!result) return "";
  const types =
    result.kind === "parameter_list"
      ? result.children.flatMap((p) => {
          const type = p.field("type");
          return type ? Array.from({ length: Math.max(1, p.fields("name").length) }, () => type) : [];
        })
      : [result];
  const zeros = types.map((node) => {
    const type = context.types.underlying(context.types.typeFrom(node));
    if (integerShape(type) || /^float/.test(typeText(type))) return "0";
    if (typeText(type) === "string") return '""';
    if (typeText(type) === "bool") return "false";
    // Without an error to return, nil would hide the failure; the author sees that in the suggestion.
    return /^(?:pointer|slice|map|channel|function|interface)$/.test(type.kind) ||
      typeText(type) === "error" ||
      typeText(type) === "unsafe.Pointer"
      ? "nil"
      : undefined;
  });
  return zeros.every((zero) => zero !== undefined) ? zeros.join(", ") : undefined;
}
