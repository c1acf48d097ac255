/** Types and constant values of expressions, as far as one package's text tells. */
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";
import { Constants, givenTo } from "./constants.ts";
import type { Entity } from "./entity.ts";
import type { FileModel } from "./file.ts";
import { layoutOf } from "./layout.ts";
import { receiverType } from "./package.ts";
import { knownResult } from "./std.ts";
import { TypeSyntax } from "./type-syntax.ts";
import {
  BASIC_NAMES,
  basic,
  type GoType,
  integerShape,
  isString,
  isUnsafePointer,
  NIL,
  pointerTo,
  UNKNOWN,
  UNSAFE_POINTER,
} from "./types.ts";

/** Deeper expressions and declaration chains are unknown rather than a stack overflow. */
const DEEPEST = 60;

export class Inference {
  private readonly types = new Map<SyntaxNode, GoType>();
  private readonly entityTypes = new Map<Entity, GoType>();
  private depth = 0;

  private readonly syntax: TypeSyntax;
  private readonly constants = new Constants(this);

  constructor(readonly file: FileModel) {
    this.syntax = new TypeSyntax(file, this);
  }

  /** Type of an expression; a call with several results has a tuple. Never throws; unknown where it cannot be told. */
  typeOf(expression: SyntaxNode): GoType {
    const known = this.types.get(expression);
    if (known) return known;
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth++;
    const type = this.infer(expression);
    this.depth--;
    this.types.set(expression, type);
    return type;
  }

  typeOfEntity(entity: Entity): GoType {
    const known = this.entityTypes.get(entity);
    if (known) return known;
    if (this.depth >= DEEPEST) return UNKNOWN;
    // A name that is declared by itself ends here.
    this.entityTypes.set(entity, UNKNOWN);
    this.depth++;
    const type = this.inferEntity(entity);
    this.depth--;
    this.entityTypes.set(entity, type);
    return type;
  }

  private inferEntity(entity: Entity): GoType {
    if (entity.kind === "type") return UNKNOWN;
    if (entity.typeNode) {
      const type = this.typeFrom(entity.typeNode);
      return entity.variadic ? { kind: "slice", element: type } : type;
    }
    if (entity.range) return this.rangeType(entity.range.over, entity.range.index);
    const first = entity.assignments[0];
    if (!first?.value) return entity.kind === "constant" ? this.repeatedType(entity) : UNKNOWN;
    const type = this.typeOf(first.value);
    if (first.index !== undefined) return this.resultAt(first.value, type, first.index);
    return type.kind === "tuple" ? (type.elements[0] ?? UNKNOWN) : type;
  }

  /** Without an expression of its own a constant has the type of the one it repeats. */
  private repeatedType(entity: Entity): GoType {
    const given = givenTo(entity);
    const typeNode = given?.spec.field("type");
    if (typeNode) return this.typeFrom(typeNode);
    return given ? this.typeOf(given.value) : basic("int");
  }

  /** `v, ok := m[k]`, `v, err := C.f()` and `v, ok := x.(T)` give the one value and a flag. */
  private resultAt(value: SyntaxNode, type: GoType, index: number): GoType {
    if (type.kind === "tuple") return type.elements[index] ?? UNKNOWN;
    if (index === 0) return type;
    return value.kind === "call_expression" ? { kind: "named", package: "", name: "error" } : basic("bool");
  }

  private rangeType(over: SyntaxNode, index: number): GoType {
    const type = this.underlying(this.typeOf(over));
    const of = type.kind === "pointer" ? this.underlying(type.element) : type;
    if (of.kind === "slice" || of.kind === "array") return index === 0 ? basic("int") : of.element;
    if (of.kind === "map") return index === 0 ? of.key : of.element;
    if (of.kind === "channel") return of.element;
    if (isString(of)) return basic(index === 0 ? "int" : "rune");
    return integerShape(of) && index === 0 ? type : UNKNOWN;
  }

  /** The type a type expression names. */
  typeFrom(node: SyntaxNode): GoType {
    return this.syntax.read(node);
  }

  /** Types of the results of a function's declaration, literal or type. */
  resultsOf(fn: SyntaxNode): GoType[] {
    return this.syntax.resultsOf(fn);
  }

  /** Go's type for a C type: `char *` is `*C.char`, `void *` is unsafe.Pointer. */
  cType(text: string): GoType {
    return this.syntax.cType(text);
  }

  /** What is known of another file of the package. */
  ofFile(file: FileModel): Inference {
    return inferenceOf(file);
  }

  /** A named type of this package as what it is declared to be; others as they are. */
  underlying(type: GoType): GoType {
    let at = type;
    for (let step = 0; step < DEEPEST && at.kind === "named" && at.package === ""; step++) {
      const declared = this.file.pkg.declared(at.name);
      if (!declared?.entity.typeNode || declared.entity.kind !== "type") return at;
      at = inferenceOf(declared.file).typeFrom(declared.entity.typeNode);
    }
    return at.kind === "c" ? this.syntax.cUnderlying(at.name) : at;
  }

  private infer(node: SyntaxNode): GoType {
    const operand = () => {
      const inner = node.field("operand");
      return inner ? this.typeOf(inner) : UNKNOWN;
    };
    switch (node.kind) {
      case "identifier":
        return this.identifierType(node);
      case "int_literal":
        return basic("int");
      case "float_literal":
        return basic("float64");
      case "rune_literal":
        return basic("rune");
      case "interpreted_string_literal":
      case "raw_string_literal":
        return basic("string");
      case "true":
      case "false":
        return basic("bool");
      case "nil":
        return NIL;
      case "iota":
        return basic("int");
      case "parenthesized_expression":
        return node.children[0] ? this.typeOf(node.children[0]) : UNKNOWN;
      case "unary_expression":
        return this.unaryType(node, operand());
      case "binary_expression":
        return this.binaryType(node);
      case "selector_expression":
        return this.selectorType(node);
      case "index_expression":
        return this.indexType(operand());
      case "slice_expression":
        return this.slicedType(operand());
      case "composite_literal":
        return node.field("type") ? this.literalType(node) : UNKNOWN;
      case "type_conversion_expression": {
        const cast = this.dereferenced(node);
        if (cast) return cast.type.kind === "pointer" ? cast.type.element : UNKNOWN;
        return node.field("type") ? this.typeFrom(node.field("type")!) : UNKNOWN;
      }
      case "type_assertion_expression":
        return node.field("type") ? this.typeFrom(node.field("type")!) : UNKNOWN;
      case "func_literal":
        return { kind: "function", results: this.syntax.resultsOf(node) };
      case "call_expression":
        return this.callType(node);
      default:
        return UNKNOWN;
    }
  }

  private literalType(node: SyntaxNode): GoType {
    const type = this.typeFrom(node.field("type")!);
    if (type.kind !== "array" || type.length !== undefined) return type;
    return { ...type, length: node.field("body")?.children.length ?? 0 };
  }

  private identifierType(node: SyntaxNode): GoType {
    const local = this.file.local(node);
    if (local) return this.typeOfEntity(local);
    const declared = this.file.pkg.declared(node.text);
    if (!declared) return UNKNOWN;
    if (declared.entity.kind === "function") {
      const fn = declared.entity.node.parent;
      return fn ? { kind: "function", results: inferenceOf(declared.file).resultsOf(fn) } : UNKNOWN;
    }
    return inferenceOf(declared.file).typeOfEntity(declared.entity);
  }

  private unaryType(node: SyntaxNode, operand: GoType): GoType {
    switch (node.field("operator")?.kind) {
      case "&":
        return pointerTo(operand);
      case "*": {
        const type = this.underlying(operand);
        return type.kind === "pointer" ? type.element : UNKNOWN;
      }
      case "<-": {
        const type = this.underlying(operand);
        return type.kind === "channel" ? type.element : UNKNOWN;
      }
      case "!":
        return basic("bool");
      default:
        return operand;
    }
  }

  private binaryType(node: SyntaxNode): GoType {
    const operator = node.field("operator")?.kind ?? "";
    if (/^(?:==|!=|<|<=|>|>=|&&|\|\|)$/.test(operator)) return basic("bool");
    const [left, right] = [node.field("left"), node.field("right")];
    if (!left || !right) return UNKNOWN;
    if (operator === "<<" || operator === ">>") return this.typeOf(left);
    // An untyped constant takes the other side's type.
    return isLiteral(left) ? this.typeOf(right) : this.typeOf(left);
  }

  private selectorType(node: SyntaxNode): GoType {
    const found = this.file.qualified(node);
    if (found)
      return found.path === "C"
        ? UNKNOWN
        : knownResult(found.path, found.name)?.[0]
          ? { kind: "function", results: knownResult(found.path, found.name)! }
          : UNKNOWN;
    const operand = node.field("operand");
    const name = node.field("field")?.text;
    if (!operand || name === undefined) return UNKNOWN;
    return this.member(this.typeOf(operand), name, 0);
  }

  /** A field or method of a type, through one pointer and embedded fields. */
  member(type: GoType, name: string, depth: number): GoType {
    if (depth > 5) return UNKNOWN;
    const holder = type.kind === "pointer" ? type.element : type;
    if (holder.kind === "named" && holder.package === "") {
      const method = this.file.pkg.methods(holder.name).find((m) => m.node.field("name")?.text === name);
      if (method) return { kind: "function", results: inferenceOf(method.file).resultsOf(method.node) };
    }
    const under = this.underlying(holder);
    if (under.kind !== "struct") return UNKNOWN;
    const field = under.fields.find((f) => f.name === name);
    if (field) return field.type;
    for (const embedded of under.fields.filter((f) => f.embedded)) {
      const found = this.member(embedded.type, name, depth + 1);
      if (found !== UNKNOWN) return found;
    }
    return UNKNOWN;
  }

  private indexType(operand: GoType): GoType {
    const type = this.underlying(operand);
    const of = type.kind === "pointer" ? this.underlying(type.element) : type;
    if (of.kind === "slice" || of.kind === "array" || of.kind === "map") return of.element;
    return isString(of) ? basic("byte") : UNKNOWN;
  }

  private slicedType(operand: GoType): GoType {
    const type = this.underlying(operand);
    const of = type.kind === "pointer" ? this.underlying(type.element) : type;
    return of.kind === "array" ? { kind: "slice", element: of.element } : operand;
  }

  private callType(call: SyntaxNode): GoType {
    const conversion = this.conversion(call);
    if (conversion) return conversion.type;
    const fn = call.field("function");
    if (!fn) return UNKNOWN;
    const builtin = this.builtinType(call, fn);
    if (builtin) return builtin;
    const target = this.file.qualified(fn);
    if (target?.path === "C") return this.cCallType(target.name);
    const type = this.underlying(this.typeOf(fn));
    if (type.kind !== "function") return UNKNOWN;
    return type.results.length === 1 ? type.results[0]! : { kind: "tuple", elements: type.results };
  }

  private builtinType(call: SyntaxNode, fn: SyntaxNode): GoType | undefined {
    const args = argumentsOf(call);
    const first = args[0];
    const target = this.file.qualified(fn);
    if (target?.path === "unsafe") return this.unsafeType(target.name, first);
    if (fn.kind !== "identifier" || this.file.entity(fn)) return undefined;
    switch (fn.text) {
      case "len":
      case "cap":
      case "copy":
        return basic("int");
      case "make":
        return first ? this.typeFrom(first) : UNKNOWN;
      case "new":
        return first ? pointerTo(this.typeFrom(first)) : UNKNOWN;
      case "append":
      case "min":
      case "max":
        return (
          args.map((arg) => (isLiteral(arg) ? UNKNOWN : this.typeOf(arg))).find((t) => t !== UNKNOWN) ??
          basic("int")
        );
      default:
        return undefined;
    }
  }

  private unsafeType(name: string, first: SyntaxNode | undefined): GoType {
    const pointer = first ? this.underlying(this.typeOf(first)) : UNKNOWN;
    switch (name) {
      case "Slice":
        return { kind: "slice", element: pointer.kind === "pointer" ? pointer.element : UNKNOWN };
      case "SliceData":
        return pointerTo(pointer.kind === "slice" ? pointer.element : UNKNOWN);
      case "String":
        return basic("string");
      case "StringData":
        return pointerTo(basic("byte"));
      case "Add":
        return UNSAFE_POINTER;
      case "Sizeof":
      case "Offsetof":
      case "Alignof":
        return basic("uintptr");
      default:
        return UNKNOWN;
    }
  }

  private cCallType(name: string): GoType {
    const known: Record<string, GoType> = {
      CString: pointerTo({ kind: "c", name: "char" }),
      CBytes: UNSAFE_POINTER,
      GoString: basic("string"),
      GoStringN: basic("string"),
      GoBytes: { kind: "slice", element: basic("byte") },
      malloc: UNSAFE_POINTER,
      calloc: UNSAFE_POINTER,
      realloc: UNSAFE_POINTER,
      strlen: { kind: "c", name: "size_t" },
      strdup: pointerTo({ kind: "c", name: "char" }),
      getenv: pointerTo({ kind: "c", name: "char" }),
    };
    if (Object.hasOwn(known, name)) return known[name]!;
    const fn = this.file.declaredInC.functions.get(name);
    return fn ? this.cType(fn.result) : UNKNOWN;
  }

  /** The type and operand of `T(x)`, in each form the grammar has for it. */
  conversion(node: SyntaxNode): { readonly type: GoType; readonly operand: SyntaxNode } | undefined {
    if (node.kind === "type_conversion_expression") {
      const [typeNode, operand] = [node.field("type"), node.field("operand")];
      // The grammar takes `*(*[]T)(x)` for a conversion to a pointer; Go takes the star last.
      if (typeNode?.kind === "pointer_type") return undefined;
      return typeNode && operand ? { type: this.typeFrom(typeNode), operand } : undefined;
    }
    if (node.kind !== "call_expression") return undefined;
    const fn = node.field("function");
    const args = argumentsOf(node);
    if (!fn || args.length !== 1) return undefined;
    const type = this.asType(fn);
    return type && { type, operand: args[0]! };
  }

  /** The pointer type and x of `*(*T)(x)`, in both forms the grammar has for it. */
  dereferenced(node: SyntaxNode): { readonly type: GoType; readonly operand: SyntaxNode } | undefined {
    const at = bare(node);
    if (at.kind === "unary_expression") {
      const operand = at.field("operator")?.kind === "*" ? at.field("operand") : undefined;
      return operand && this.conversion(bare(operand));
    }
    const [typeNode, operand] = [at.field("type"), at.field("operand")];
    if (at.kind !== "type_conversion_expression" || typeNode?.kind !== "pointer_type" || !operand)
      return undefined;
    return { type: this.typeFrom(typeNode.children[0]!), operand };
  }

  private asType(node: SyntaxNode): GoType | undefined {
    const inner = bare(node);
    switch (inner.kind) {
      case "unary_expression": {
        const operand = inner.field("operand");
        if (inner.field("operator")?.kind !== "*" || !operand) return undefined;
        // Nothing of C that is called can be looked through: `(*C.T)(x)` converts, whatever T is.
        const target = node !== inner ? this.file.qualified(bare(operand)) : undefined;
        if (target && target.path !== "unsafe") {
          return pointerTo(
            target.path === "C"
              ? { kind: "c", name: target.name }
              : { kind: "named", package: target.path, name: target.name },
          );
        }
        const pointee = this.asType(operand);
        return pointee && pointerTo(pointee);
      }
      case "identifier": {
        const entity = this.file.entity(inner);
        if (entity ? entity.kind !== "type" : !BASIC_NAMES.has(inner.text)) return undefined;
        return this.syntax.named(inner);
      }
      case "selector_expression": {
        const target = this.file.qualified(inner);
        if (!target) return undefined;
        if (target.path === "C")
          return this.syntax.isCType(target.name) ? { kind: "c", name: target.name } : undefined;
        if (target.path === "unsafe") return target.name === "Pointer" ? UNSAFE_POINTER : undefined;
        // `*pkg.T` in a conversion is one only by its parentheses; pkg.T(x) may be a call.
        return node !== inner ? { kind: "named", package: target.path, name: target.name } : undefined;
      }
      case "slice_type":
      case "array_type":
      case "pointer_type":
      case "map_type":
      case "function_type":
      case "parenthesized_type":
        return this.typeFrom(inner);
      default:
        return undefined;
    }
  }

  /** The expression inside all conversions and parentheses. */
  unconverted(node: SyntaxNode): SyntaxNode {
    let at = bare(node);
    for (let next = this.conversion(at); next; next = this.conversion(at)) at = bare(next.operand);
    return at;
  }

  /** Value of a constant integer expression. */
  constant(node: SyntaxNode): bigint | undefined {
    return this.constants.of(node);
  }

  /** Value of a constant that this file declares. */
  constantOf(entity: Entity): bigint | undefined {
    return this.constants.ofEntity(entity);
  }

  /** Size in bytes on a 64-bit Unix; undefined where a part is not known. */
  sizeOf(type: GoType): bigint | undefined {
    return layoutOf(type, this)?.size;
  }

  /** Alignment in bytes on a 64-bit Unix. */
  alignOf(type: GoType): bigint | undefined {
    return layoutOf(type, this)?.align;
  }

  /** Type of the receiver of a method declaration, without the star. */
  receiverOf(method: SyntaxNode): string {
    return receiverType(method);
  }

  isUnsafePointer(node: SyntaxNode): boolean {
    return isUnsafePointer(this.typeOf(node));
  }
}

const inferences = new WeakMap<FileModel, Inference>();

/** The one inference of a file, with all it has worked out so far. */
export function inferenceOf(file: FileModel): Inference {
  const known = inferences.get(file);
  if (known) return known;
  const inference = new Inference(file);
  inferences.set(file, inference);
  return inference;
}

function isLiteral(node: SyntaxNode): boolean {
  const inner = bare(node);
  return (
    /^(?:int|float|rune|imaginary)_literal$/.test(inner.kind) ||
    (inner.kind === "unary_expression" && /^-?\d/.test(inner.text))
  );
}
