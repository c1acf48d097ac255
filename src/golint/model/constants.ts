/** Values of constant integer expressions, as far as one package's text tells. */
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import { listed } from "./bind.ts";
import type { Entity } from "./entity.ts";
import type { Inference } from "./infer.ts";
import { integerShape } from "./types.ts";

/** Longer chains of declarations have no value rather than a stack overflow. */
const DEEPEST = 60;

export class Constants {
  private depth = 0;
  /** What `iota` is in the constant being evaluated. */
  private iota: bigint | undefined;

  constructor(private readonly types: Inference) {}

  of(node: SyntaxNode): bigint | undefined {
    if (this.depth >= DEEPEST) return undefined;
    this.depth++;
    const value = this.evaluate(bare(node));
    this.depth--;
    return value;
  }

  /** Value of a constant by its declaration. */
  ofEntity(entity: Entity): bigint | undefined {
    const given = givenTo(entity);
    if (!given || this.depth >= DEEPEST) return undefined;
    const outer = this.iota;
    this.iota = given.iota;
    const value = this.of(given.value);
    this.iota = outer;
    return value;
  }

  private evaluate(node: SyntaxNode): bigint | undefined {
    switch (node.kind) {
      case "int_literal":
        return literalValue(node.text);
      case "iota":
        return this.iota;
      case "identifier": {
        const entity = this.types.file.entity(node);
        if (entity?.kind !== "constant") return undefined;
        // A constant of another file is read there.
        const elsewhere = entity.owner ? undefined : this.types.file.pkg.declared(node.text)?.file;
        return elsewhere && elsewhere !== this.types.file
          ? this.types.ofFile(elsewhere).constantOf(entity)
          : this.ofEntity(entity);
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
    // Of a pointer to an array too, even a nil one.
    const of = type.kind === "pointer" ? this.types.underlying(type.element) : type;
    return of.kind === "array" && of.length !== undefined ? BigInt(of.length) : undefined;
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

/**
 * The expression a constant has its value from, and iota there. Where the specification has none, that of the last one
 * above which has. Undefined while the declaration does not parse: then its lines cannot be counted.
 */
export function givenTo(
  entity: Entity,
): { readonly value: SyntaxNode; readonly iota: bigint; readonly spec: SyntaxNode } | undefined {
  const own = entity.node.parent;
  if (own?.kind !== "const_spec" || !own.parent) return undefined;
  if (own.parent.children.some((child) => child.kind === "ERROR")) return undefined;
  const specs = own.parent.children.filter((child) => child.kind === "const_spec");
  const at = specs.indexOf(own);
  const spec = specs.slice(0, at + 1).findLast((one) => one.field("value") !== undefined);
  const values = spec?.field("value") ? listed(spec.field("value")!) : [];
  const value = values[own.fields("name").indexOf(entity.node)];
  return spec && value && { value, iota: BigInt(at), spec };
}

function literalValue(text: string): bigint | undefined {
  const digits = text.replaceAll("_", "");
  try {
    return BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  } catch {
    return undefined;
  }
}
