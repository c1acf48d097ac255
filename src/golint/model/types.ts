/** Go types, as far as they can be told without the packages that are imported. Unknown is always allowed. */
import type { SyntaxNode } from "../syntax/node.ts";

export type GoType =
  /** Predeclared types, and `unsafe.Pointer`. Untyped constants have the type they would get by default. */
  | { readonly kind: "basic"; readonly name: string }
  | { readonly kind: "pointer"; readonly element: GoType }
  | { readonly kind: "slice"; readonly element: GoType }
  | { readonly kind: "array"; readonly element: GoType; readonly length?: number }
  | { readonly kind: "map"; readonly key: GoType; readonly element: GoType }
  | { readonly kind: "channel"; readonly element: GoType }
  | { readonly kind: "function"; readonly results: readonly GoType[] }
  | { readonly kind: "struct"; readonly fields: readonly Field[] }
  | { readonly kind: "interface" }
  /** Declared in a package of Go: `package` is an import path, or "" for the package at hand. */
  | { readonly kind: "named"; readonly package: string; readonly name: string }
  /** `C.name`; `name` as Go writes it: `int`, `size_t`, `struct_point`. */
  | { readonly kind: "c"; readonly name: string }
  | { readonly kind: "tuple"; readonly elements: readonly GoType[] }
  | { readonly kind: "nil" }
  | { readonly kind: "unknown" };

export interface Field {
  readonly name: string;
  readonly type: GoType;
  readonly embedded: boolean;
  readonly node: SyntaxNode;
}

export const UNKNOWN: GoType = { kind: "unknown" };
export const NIL: GoType = { kind: "nil" };
export const UNSAFE_POINTER: GoType = { kind: "basic", name: "unsafe.Pointer" };

export const basic = (name: string): GoType => ({ kind: "basic", name });
export const pointerTo = (element: GoType): GoType => ({ kind: "pointer", element });

export const BASIC_NAMES = new Set(
  "bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune float32 float64 complex64 complex128".split(
    " ",
  ),
);

export interface IntegerShape {
  /** Bits on a 64-bit Unix. */
  readonly bits: number;
  readonly signed: boolean;
}

const shape = (bits: number, signed: boolean): IntegerShape => ({ bits, signed });

const INTEGERS: ReadonlyMap<string, IntegerShape> = new Map([
  ["int", shape(64, true)],
  ["int8", shape(8, true)],
  ["int16", shape(16, true)],
  ["int32", shape(32, true)],
  ["rune", shape(32, true)],
  ["int64", shape(64, true)],
  ["uint", shape(64, false)],
  ["uint8", shape(8, false)],
  ["byte", shape(8, false)],
  ["uint16", shape(16, false)],
  ["uint32", shape(32, false)],
  ["uint64", shape(64, false)],
  ["uintptr", shape(64, false)],
]);

/** C's integers under LP64; cgo's names for them. */
const C_INTEGERS: ReadonlyMap<string, IntegerShape> = new Map([
  ["char", shape(8, true)],
  ["schar", shape(8, true)],
  ["uchar", shape(8, false)],
  ["short", shape(16, true)],
  ["ushort", shape(16, false)],
  ["int", shape(32, true)],
  ["uint", shape(32, false)],
  ["long", shape(64, true)],
  ["ulong", shape(64, false)],
  ["longlong", shape(64, true)],
  ["ulonglong", shape(64, false)],
  ["size_t", shape(64, false)],
  ["ssize_t", shape(64, true)],
  ["ptrdiff_t", shape(64, true)],
  ["int8_t", shape(8, true)],
  ["int16_t", shape(16, true)],
  ["int32_t", shape(32, true)],
  ["int64_t", shape(64, true)],
  ["uint8_t", shape(8, false)],
  ["uint16_t", shape(16, false)],
  ["uint32_t", shape(32, false)],
  ["uint64_t", shape(64, false)],
  ["intptr_t", shape(64, true)],
  ["uintptr_t", shape(64, false)],
]);

/** Width and sign of an integer type; undefined for what is none or not known. */
export function integerShape(type: GoType): IntegerShape | undefined {
  if (type.kind === "basic") return INTEGERS.get(type.name);
  if (type.kind === "c") return C_INTEGERS.get(type.name);
  return undefined;
}

export function isUnsafePointer(type: GoType): boolean {
  return type.kind === "basic" && type.name === "unsafe.Pointer";
}

export function isString(type: GoType): boolean {
  return type.kind === "basic" && type.name === "string";
}

/** Whether values of the type surely hold no Go pointer. */
export function isPointerFree(type: GoType): boolean {
  if (type.kind === "basic") return type.name !== "string" && type.name !== "unsafe.Pointer";
  if (type.kind === "c") return C_INTEGERS.has(type.name) || type.name === "float" || type.name === "double";
  if (type.kind === "array") return isPointerFree(type.element);
  return type.kind === "struct" && type.fields.every((field) => isPointerFree(field.type));
}

/** The type as Go source; "" where a part is unknown. */
export function typeText(type: GoType): string {
  const of = (inner: GoType, make: (text: string) => string) => {
    const text = typeText(inner);
    return text === "" ? "" : make(text);
  };
  switch (type.kind) {
    case "basic":
      return type.name;
    case "pointer":
      return of(type.element, (text) => `*${text}`);
    case "slice":
      return of(type.element, (text) => `[]${text}`);
    case "array":
      return type.length === undefined ? "" : of(type.element, (text) => `[${type.length}]${text}`);
    case "named":
      return type.package === "" ? type.name : `${type.package.split("/").at(-1)}.${type.name}`;
    case "c":
      return `C.${type.name}`;
    default:
      return "";
  }
}
