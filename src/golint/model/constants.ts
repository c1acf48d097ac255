/** Values of constant integer expressions, as far as one package's text tells. */
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import type { Inference } from "./infer.ts";
import { integerShape } from "./types.ts";

/** Longer chains of declarations have no value rather than a stack overflow. */
const DEEPEST = 60;

export class Constants {
  private depth = 0;

  constructor(private readonly types: Inference) {}

  of(node: SyntaxNode): bigint | undefined {
    if (this.depth >= DEEPEST) return undefined;
    this.depth++;
    const value = this.evaluate(bare(node));
    this.depth--;
    return value;
  }

  private evaluate(node: SyntaxNode): bigint | undefined {
    switch (node.kind) {
      case "int_literal":
        return literalValue(node.text);
      case "identifier": {
        const entity = this.types.file.entity(node);
        const value = entity?.kind === "constant" ? entity.assignments[0]?.value : undefined;
        // A constant of another file is read there; without iota, which has no value of its own.
        if (!value || value.find("iota").length > 0) return undefined;
        const elsewhere = entity!.owner ? undefined : this.types.file.pkg.declared(node.text)?.file;
        return elsewhere && elsewhere !== this.types.file
          ? this.types.ofFile(elsewhere).constant(value)
          : this.of(value);
      }
      case "unary_expression": {
        const operand = node.field("operand") && this.of(node.field("operand")!);
        if (operand === undefined) return undefined;
        const operator = node.field("operator")?.kind;
        return operator === "-"
          ? -operand
          : operator === "+"
            ? operand
            : operator === "^"
              ? ~operand
              : undefined;
      }
      case "binary_expression":
        return this.evaluateBinary(node);
      case "call_expression":
      case "type_conversion_expression": {
        const conversion = this.types.conversion(node);
        if (conversion) return integerShape(conversion.type) ? this.of(conversion.operand) : undefined;
        return this.evaluateCall(node);
      }
      default:
        return undefined;
    }
  }

  private evaluateCall(node: SyntaxNode): bigint | undefined {
    const fn = node.field("function");
    const arg = argumentsOf(node)[0];
    if (!fn || !arg) return undefined;
    if (this.types.file.qualified(fn)?.path === "unsafe" && fn.field("field")?.text === "Sizeof") {
      return this.types.sizeOf(this.types.typeOf(arg));
    }
    if (fn.kind !== "identifier" || (fn.text !== "len" && fn.text !== "cap") || this.types.file.entity(fn))
      return undefined;
    const type = this.types.underlying(this.types.typeOf(arg));
    return type.kind === "array" && type.length !== undefined ? BigInt(type.length) : undefined;
  }

  private evaluateBinary(node: SyntaxNode): bigint | undefined {
    const [l, r] = [node.field("left"), node.field("right")];
    const left = l && this.of(l);
    const right = r && this.of(r);
    if (left === undefined || right === undefined) return undefined;
    switch (node.field("operator")?.kind) {
      case "+":
        return left + right;
      case "-":
        return left - right;
      case "*":
        return left * right;
      case "/":
        return right === 0n ? undefined : left / right;
      case "%":
        return right === 0n ? undefined : left % right;
      case "<<":
        return right >= 0n && right < 256n ? left << right : undefined;
      case ">>":
        return right >= 0n && right < 256n ? left >> right : undefined;
      case "|":
        return left | right;
      case "&":
        return left & right;
      case "^":
        return left ^ right;
      default:
        return undefined;
    }
  }
}

function literalValue(text: string): bigint | undefined {
  const digits = text.replaceAll("_", "");
  try {
    return BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  } catch {
    return undefined;
  }
}
