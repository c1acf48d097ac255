/** Type expressions, of Go and of C, as the types they name. */
import type { SyntaxNode } from "../syntax/node.ts";
import { cgoName } from "./c-preamble.ts";
import type { FileModel } from "./file.ts";
import type { Inference } from "./infer.ts";
import {
  BASIC_NAMES,
  basic,
  type Field,
  type GoType,
  integerShape,
  pointerTo,
  UNKNOWN,
  UNSAFE_POINTER,
} from "./types.ts";

/** Local types may be declared by each other without end. */
const DEEPEST = 60;

export class TypeSyntax {
  private depth = 0;

  constructor(
    private readonly file: FileModel,
    private readonly types: Inference,
  ) {}

  /** The type a type expression names. */
  read(node: SyntaxNode): GoType {
    const element = (field: string) => {
      const inner = node.field(field);
      return inner ? this.read(inner) : UNKNOWN;
    };
    switch (node.kind) {
      case "type_identifier":
      case "identifier":
        return this.named(node);
      case "pointer_type":
        return node.children[0] ? pointerTo(this.read(node.children[0])) : UNKNOWN;
      case "parenthesized_type":
      case "type_elem":
      case "parenthesized_expression":
        return node.children[0] ? this.read(node.children[0]) : UNKNOWN;
      case "unary_expression":
        return node.field("operator")?.kind === "*" ? pointerTo(element("operand")) : UNKNOWN;
      case "slice_type":
        return { kind: "slice", element: element("element") };
      case "array_type": {
        const length = node.field("length") && this.types.constant(node.field("length")!);
        return {
          kind: "array",
          element: element("element"),
          ...(length !== undefined && { length: Number(length) }),
        };
      }
      case "implicit_length_array_type":
        return { kind: "array", element: element("element") };
      case "map_type":
        return { kind: "map", key: element("key"), element: element("value") };
      case "channel_type":
        return { kind: "channel", element: element("value") };
      case "function_type":
        return { kind: "function", results: this.resultsOf(node) };
      case "interface_type":
        return { kind: "interface" };
      case "struct_type":
        return { kind: "struct", fields: this.fieldsOf(node) };
      case "generic_type":
        return element("type");
      case "qualified_type":
      case "selector_expression":
        return this.qualifiedType(node);
      default:
        return UNKNOWN;
    }
  }

  /** Go's type for a C type: `char *` is `*C.char`, `void *` is unsafe.Pointer. */
  cType(text: string): GoType {
    const { stars, name } = cgoName(text);
    return this.starred(stars, name);
  }

  named(node: SyntaxNode): GoType {
    const name = node.text;
    const local = this.file.local(node);
    if (local) {
      // A local type has no name elsewhere: it is what it is declared as. A type parameter is unknown.
      return local.kind === "type" &&
        local.node.parent?.kind !== "type_parameter_declaration" &&
        local.typeNode
        ? this.guarded(() => this.read(local.typeNode!))
        : UNKNOWN;
    }
    const declared = this.file.pkg.entity(name);
    if (declared) return declared.kind === "type" ? { kind: "named", package: "", name } : UNKNOWN;
    if (BASIC_NAMES.has(name)) return basic(name);
    if (name === "any") return { kind: "interface" };
    return name === "error" ? { kind: "named", package: "", name } : UNKNOWN;
  }

  private qualifiedType(node: SyntaxNode): GoType {
    const found = this.file.qualified(node);
    if (!found) return UNKNOWN;
    if (found.path === "C")
      return this.isCType(found.name) || node.kind === "qualified_type"
        ? { kind: "c", name: found.name }
        : UNKNOWN;
    if (found.path === "unsafe") return found.name === "Pointer" ? UNSAFE_POINTER : UNKNOWN;
    return { kind: "named", package: found.path, name: found.name };
  }

  isCType(name: string): boolean {
    const { structs, typedefs, functions } = this.file.declaredInC;
    if (functions.has(name)) return false;
    return (
      integerShape({ kind: "c", name }) !== undefined ||
      structs.has(name) ||
      typedefs.has(name) ||
      /^(?:struct|union|enum)_|_t$/.test(name) ||
      name === "float" ||
      name === "double"
    );
  }

  resultsOf(fn: SyntaxNode): GoType[] {
    const result = fn.field("result");
    if (!result) return [];
    if (result.kind !== "parameter_list") return [this.read(result)];
    return result.children.flatMap((parameter) => {
      const typeNode = parameter.field("type");
      const type = typeNode ? this.read(typeNode) : UNKNOWN;
      return parameter.fields("name").length > 1 ? parameter.fields("name").map(() => type) : [type];
    });
  }

  private fieldsOf(struct: SyntaxNode): Field[] {
    const list = struct.child("field_declaration_list");
    return (list?.children ?? []).flatMap((node): Field[] => {
      const typeNode = node.field("type");
      if (!typeNode) return [];
      const type = this.read(typeNode);
      const names = node.fields("name");
      if (names.length > 0)
        return names.map((name) => ({ name: name.text, type, embedded: false, node: name }));
      const embedded = typeNode.find("type_identifier").at(-1);
      return [{ name: embedded?.text ?? "", type, embedded: true, node: typeNode }];
    });
  }

  cUnderlying(name: string): GoType {
    const { structs, typedefs } = this.file.declaredInC;
    const alias = typedefs.get(name);
    if (alias !== undefined && integerShape({ kind: "c", name }) === undefined) {
      const { stars, name: base } = cgoName(alias);
      return base === name ? { kind: "c", name } : this.starred(stars, base);
    }
    const struct = structs.get(name.replace(/^struct_/, ""));
    if (!struct) return { kind: "c", name };
    const node = this.file.declarations[0]!;
    return {
      kind: "struct",
      fields: struct.fields.map((f) => ({ name: f.name, type: this.cType(f.type), embedded: false, node })),
    };
  }

  private starred(stars: number, name: string): GoType {
    if (name === "void")
      return stars === 0 ? { kind: "tuple", elements: [] } : wrapPointer(UNSAFE_POINTER, stars - 1);
    return wrapPointer({ kind: "c", name }, stars);
  }

  private guarded(read: () => GoType): GoType {
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth++;
    const type = read();
    this.depth--;
    return type;
  }
}

function wrapPointer(type: GoType, times: number): GoType {
  let at = type;
  for (let i = 0; i < times; i++) at = pointerTo(at);
  return at;
}
