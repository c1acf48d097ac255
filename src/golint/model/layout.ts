/** Sizes and alignments of Go types, on a 64-bit Unix. */
import type { Inference } from "./infer.ts";
import { type GoType, integerShape } from "./types.ts";

/** In bytes. */
export interface Layout {
  readonly size: bigint;
  readonly align: bigint;
}

/** Undefined where a part is not known. */
export function layoutOf(type: GoType, types: Inference, depth = 0): Layout | undefined {
  if (depth > 20) return undefined;
  const under = types.underlying(type);
  if (type.kind === "c" && under.kind === "struct" && types.file.declaredInC.packs) return undefined;
  const integer = integerShape(under);
  if (integer) return { size: BigInt(integer.bits / 8), align: BigInt(integer.bits / 8) };
  const word = (words: bigint) => ({ size: 8n * words, align: 8n });
  switch (under.kind) {
    case "pointer":
    case "map":
    case "channel":
    case "function":
      return word(1n);
    case "slice":
      return word(3n);
    case "interface":
      return word(2n);
    case "basic":
    case "c":
      return {
        bool: { size: 1n, align: 1n },
        string: word(2n),
        "unsafe.Pointer": word(1n),
        float32: { size: 4n, align: 4n },
        float: { size: 4n, align: 4n },
        float64: word(1n),
        double: word(1n),
        complex64: { size: 8n, align: 4n },
        complex128: word(2n),
      }[under.name];
    case "array": {
      const element = layoutOf(under.element, types, depth + 1);
      return element && under.length !== undefined
        ? { size: element.size * BigInt(under.length), align: element.align }
        : undefined;
    }
    case "struct": {
      let [size, align] = [0n, 1n];
      for (const field of under.fields) {
        const inner = layoutOf(field.type, types, depth + 1);
        if (!inner) return undefined;
        size = roundUp(size, inner.align) + inner.size;
        if (inner.align > align) align = inner.align;
      }
      return { size: roundUp(size, align), align };
    }
    default:
      return undefined;
  }
}

const roundUp = (size: bigint, align: bigint) => ((size + align - 1n) / align) * align;
