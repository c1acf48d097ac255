/** Sizes and offsets on 32-bit systems of Go, where a 64-bit number is aligned to 4 bytes. */
import type { Inference } from "./infer.ts";
import type { GoType } from "./types.ts";

export interface Layout {
  readonly size: number;
  readonly align: number;
}

const layout = (size: number, align = Math.min(size, 4)): Layout => ({ size, align });

const BASIC: Readonly<Record<string, Layout>> = {
  bool: layout(1),
  int8: layout(1),
  uint8: layout(1),
  byte: layout(1),
  int16: layout(2),
  uint16: layout(2),
  int32: layout(4),
  uint32: layout(4),
  rune: layout(4),
  float32: layout(4),
  int: layout(4),
  uint: layout(4),
  uintptr: layout(4),
  "unsafe.Pointer": layout(4),
  int64: layout(8),
  uint64: layout(8),
  float64: layout(8),
  complex64: layout(8),
  complex128: layout(16),
  string: layout(8),
};

/** Types of the standard library that stand before counters, and have been of one size in each release since 1.19. */
const STANDARD: Readonly<Record<string, Layout>> = {
  "sync.Mutex": layout(8, 4),
  "sync.RWMutex": layout(24, 4),
  "sync/atomic.Bool": layout(4),
  "sync/atomic.Int32": layout(4),
  "sync/atomic.Uint32": layout(4),
  "sync/atomic.Int64": layout(8, 8),
  "sync/atomic.Uint64": layout(8, 8),
  "sync/atomic.Uintptr": layout(4),
  "sync/atomic.Value": layout(8, 4),
  "time.Duration": layout(8, 4),
  "time.Time": layout(20, 4),
};

/** Undefined where a part is not known. */
export function layout32(type: GoType, types: Inference, depth = 0): Layout | undefined {
  if (depth > 20) return undefined;
  const under = types.underlying(type);
  switch (under.kind) {
    case "basic":
      return Object.hasOwn(BASIC, under.name) ? BASIC[under.name] : undefined;
    case "pointer":
    case "map":
    case "channel":
    case "function":
      return layout(4);
    case "slice":
      return layout(12, 4);
    case "interface":
      return layout(8, 4);
    case "named": {
      const name = `${under.package}.${under.name}`;
      if (name === ".error") return layout(8, 4);
      return Object.hasOwn(STANDARD, name) ? STANDARD[name] : undefined;
    }
    case "array": {
      const element = layout32(under.element, types, depth + 1);
      return element && under.length !== undefined
        ? layout(element.size * under.length, element.align)
        : undefined;
    }
    case "struct":
      return ofStruct(under, types, depth);
    default:
      return undefined;
  }
}

function ofStruct(
  type: Extract<GoType, { kind: "struct" }>,
  types: Inference,
  depth: number,
): Layout | undefined {
  let [size, align] = [0, 1];
  for (const field of type.fields) {
    const inner = layout32(field.type, types, depth + 1);
    if (!inner) return undefined;
    size = roundUp(size, inner.align) + inner.size;
    align = Math.max(align, inner.align);
  }
  return layout(roundUp(size, align), align);
}

/** Bytes before a field that the struct itself declares; undefined where a type before it is not known. */
export function offset32(struct: GoType, name: string, types: Inference): number | undefined {
  const under = types.underlying(struct);
  if (under.kind !== "struct") return undefined;
  let at = 0;
  for (const field of under.fields) {
    const inner = layout32(field.type, types);
    if (!inner) return undefined;
    at = roundUp(at, inner.align);
    if (field.name === name) return at;
    at += inner.size;
  }
  return undefined;
}

const roundUp = (size: number, align: number) => Math.ceil(size / align) * align;
