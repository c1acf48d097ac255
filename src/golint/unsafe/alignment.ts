/** Where an address lies with respect to an alignment, as far as the text tells. */
import type { RuleContext } from "../context.ts";
import type { GoType } from "../model/types.ts";
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import { isUnsafeCall, onlyValue } from "./views.ts";

export interface Place {
  /** Alignment the language promises for what lies there: 1 for bytes. */
  readonly natural: bigint;
  /** Bytes behind a multiple of the alignment, where the memory itself begins at one; undefined where it cannot be told. */
  readonly rest: bigint | undefined;
  /** The element whose address it is, in `&b[i]`. */
  readonly element?: SyntaxNode;
}

/** Locals given their value by others, and so on; deeper than this it is unknown. */
const DEEPEST = 6;

export class Alignment {
  constructor(
    private readonly context: RuleContext,
    private readonly align: bigint,
  ) {}

  /** Of a pointer: `&b[i]`, `&s.field`, `unsafe.Add(p, n)`, `unsafe.SliceData(b)`, a local that is one of these. */
  placeOf(pointer: SyntaxNode, depth = 0): Place | undefined {
    if (depth > DEEPEST) return undefined;
    const node = this.context.types.unconverted(pointer);
    if (node.kind === "unary_expression" && node.field("operator")?.kind === "&")
      return this.ofVariable(bare(node.field("operand")!), depth);
    if (node.kind === "binary_expression") return this.sum(node, depth);
    if (isUnsafeCall(node, "Add", this.context)) {
      const [base, offset] = argumentsOf(node);
      return base && offset ? this.moved(base, this.residue(offset), depth) : undefined;
    }
    if (isUnsafeCall(node, "SliceData", this.context)) return this.ofSliceData(argumentsOf(node)[0], depth);
    const value = node.kind === "identifier" ? onlyValue(this.context.file.local(node)) : undefined;
    return (value && this.placeOf(value, depth + 1)) ?? this.ofTyped(node);
  }

  /** A pointer from elsewhere whose type promises the alignment. */
  private ofTyped(pointer: SyntaxNode): Place | undefined {
    const { types } = this.context;
    const type = types.underlying(types.typeOf(pointer));
    const natural = type.kind === "pointer" ? types.alignOf(type.element) : undefined;
    return natural === undefined || natural < this.align ? undefined : { natural, rest: 0n };
  }

  private sum(node: SyntaxNode, depth: number): Place | undefined {
    if (node.field("operator")?.kind !== "+") return undefined;
    const [left, right] = [node.field("left")!, node.field("right")!];
    return this.moved(left, this.residue(right), depth) ?? this.moved(right, this.residue(left), depth);
  }

  private moved(base: SyntaxNode, by: bigint | undefined, depth: number): Place | undefined {
    const place = this.placeOf(base, depth + 1);
    return place && { natural: 1n, rest: this.added(place.rest, by) };
  }

  private ofSliceData(slice: SyntaxNode | undefined, depth: number): Place | undefined {
    if (!slice) return undefined;
    const type = this.context.types.underlying(this.context.types.typeOf(slice));
    const natural = type.kind === "slice" ? this.context.types.alignOf(type.element) : undefined;
    return natural === undefined ? undefined : { natural, rest: this.startOf(slice, depth + 1) };
  }

  private ofVariable(variable: SyntaxNode, depth: number): Place | undefined {
    const { types } = this.context;
    const natural = types.alignOf(types.typeOf(variable));
    if (natural === undefined || depth > DEEPEST) return undefined;
    if (variable.kind === "identifier") {
      const entity = this.context.file.entity(variable);
      return entity && entity.kind !== "function" ? { natural, rest: 0n } : undefined;
    }
    if (variable.kind === "index_expression") return this.ofElement(variable, natural, depth);
    if (variable.kind === "selector_expression") {
      const rest = this.fieldRest(variable, depth);
      return rest === undefined ? undefined : { natural, rest };
    }
    return undefined;
  }

  private ofElement(node: SyntaxNode, natural: bigint, depth: number): Place | undefined {
    const { types } = this.context;
    const [operand, index] = [bare(node.field("operand")!), node.field("index")!];
    const size = types.sizeOf(types.typeOf(node));
    const type = types.underlying(types.typeOf(operand));
    if (size === undefined || (type.kind !== "slice" && type.kind !== "array" && type.kind !== "pointer"))
      return undefined;
    const begin =
      type.kind === "slice"
        ? this.startOf(operand, depth + 1)
        : type.kind === "array"
          ? this.ofVariable(operand, depth + 1)?.rest
          : 0n;
    const residue = size % this.align === 0n ? 0n : this.residue(index);
    return {
      natural,
      rest: this.added(begin, residue === undefined ? undefined : residue * size),
      element: node,
    };
  }

  /** Where a slice's memory begins: what is allocated as one is aligned, a part of it need not be. */
  private startOf(slice: SyntaxNode, depth: number): bigint | undefined {
    if (depth > DEEPEST) return undefined;
    const node = bare(slice);
    const { types, file } = this.context;
    if (node.kind === "identifier") {
      const value = onlyValue(file.local(node));
      return value?.kind === "slice_expression" ? this.startOf(value, depth + 1) : 0n;
    }
    if (node.kind !== "slice_expression") return 0n;
    const operand = bare(node.field("operand")!);
    const type = types.underlying(types.typeOf(operand));
    const start = node.field("start");
    const size = type.kind === "slice" || type.kind === "array" ? types.sizeOf(type.element) : undefined;
    const from = start ? this.residue(start) : 0n;
    const begin = type.kind === "slice" ? this.startOf(operand, depth + 1) : 0n;
    return size === undefined || from === undefined ? undefined : this.added(begin, from * size);
  }

  /** Of `s.field`; structs are taken to begin at a multiple, as the allocator gives them. */
  private fieldRest(node: SyntaxNode, depth: number): bigint | undefined {
    const { types } = this.context;
    const operand = bare(node.field("operand")!);
    const type = types.typeOf(operand);
    const under = types.underlying(type);
    const holder = under.kind === "pointer" ? under.element : type;
    const offset = fieldOffset(holder, node.field("field")!.text, this.context);
    if (offset === undefined) return undefined;
    if (under.kind === "pointer") return offset % this.align;
    return this.added(this.ofVariable(operand, depth + 1)?.rest, offset);
  }

  /** An integer expression modulo the alignment. */
  residue(node: SyntaxNode, depth = 0): bigint | undefined {
    if (depth > DEEPEST) return undefined;
    const constant = this.context.types.constant(node);
    if (constant !== undefined) return this.modulo(constant);
    const at = this.context.types.unconverted(node);
    if (at.kind === "binary_expression") return this.residueOfBinary(at, depth);
    // Whoever rounds up has thought of it.
    if (at.kind === "call_expression" && /(?:round|align)\w*$/i.test(at.field("function")?.text ?? ""))
      return 0n;
    return at.kind === "identifier" ? this.residueOfLocal(at, depth) : undefined;
  }

  private residueOfBinary(node: SyntaxNode, depth: number): bigint | undefined {
    const [left, right] = [node.field("left")!, node.field("right")!];
    const [a, b] = [this.residue(left, depth + 1), this.residue(right, depth + 1)];
    const by = this.context.types.constant(right);
    switch (node.field("operator")?.kind) {
      case "+":
        return this.added(a, b);
      case "-":
        return a === undefined || b === undefined ? undefined : this.modulo(a - b);
      case "*":
        if (a === 0n || b === 0n) return 0n;
        return a === undefined || b === undefined ? undefined : this.modulo(a * b);
      case "<<":
        if (by === undefined || by < 0n || by > 64n) return undefined;
        return (1n << by) % this.align === 0n ? 0n : a === undefined ? undefined : this.modulo(a << by);
      case "&^":
        return by !== undefined && by >= 0n && this.modulo(by) === this.align - 1n ? 0n : undefined;
      case "&":
        return by !== undefined && this.modulo(by) === 0n ? 0n : undefined;
      default:
        return undefined;
    }
  }

  /** The same for every value it is given: `for i := 0; i < n; i += 8`. */
  private residueOfLocal(node: SyntaxNode, depth: number): bigint | undefined {
    const entity = this.context.file.local(node);
    if (entity?.kind !== "variable" || entity.range || entity.assignments.length === 0) return undefined;
    let all: bigint | undefined;
    for (const { value, operator, index } of entity.assignments) {
      const given = value && index === undefined ? this.residue(value, depth + 2) : undefined;
      if (/^[+-]=$/.test(operator) && given === 0n) continue;
      if (!/^(?::?=|var)$/.test(operator) || given === undefined || (all !== undefined && all !== given))
        return undefined;
      all = given;
    }
    return all;
  }

  private added(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
    return a === undefined || b === undefined ? undefined : this.modulo(a + b);
  }

  private modulo(value: bigint): bigint {
    return ((value % this.align) + this.align) % this.align;
  }
}

/** Bytes before a field on a 64-bit system; undefined where a type before it is not known. */
function fieldOffset(holder: GoType, name: string, context: RuleContext): bigint | undefined {
  const { types } = context;
  const under = types.underlying(holder);
  if (under.kind !== "struct" || (holder.kind === "c" && context.file.preamble.packs)) return undefined;
  let at = 0n;
  for (const field of under.fields) {
    const [size, align] = [types.sizeOf(field.type), types.alignOf(field.type)];
    if (size === undefined || align === undefined) return undefined;
    at = ((at + align - 1n) / align) * align;
    if (field.name === name) return at;
    at += size;
  }
  return undefined;
}

/** Whether values of the type surely hold a pointer the collector looks at; what points to C is none. */
export function holdsGoPointer(type: GoType, context: RuleContext, depth = 0): boolean {
  const under = context.types.underlying(type);
  if (depth > 10) return false;
  switch (under.kind) {
    case "pointer":
      return under.element.kind !== "c" && under.element.kind !== "unknown";
    case "slice":
    case "map":
    case "channel":
    case "function":
    case "interface":
      return true;
    case "array":
      return under.length !== 0 && holdsGoPointer(under.element, context, depth + 1);
    case "struct":
      return type.kind !== "c" && under.fields.some((f) => holdsGoPointer(f.type, context, depth + 1));
    default:
      return under.kind === "basic" && (under.name === "string" || under.name === "unsafe.Pointer");
  }
}
