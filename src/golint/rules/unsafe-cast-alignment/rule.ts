/** A pointer made to point to a type that wants a stricter alignment than the memory has. */
import { reaches } from "../../build/reach.ts";
import { shown } from "../../cgo/go-memory.ts";
import type { RuleContext } from "../../context.ts";
import { type GoType, integerShape, typeText } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { Alignment, holdsGoPointer, type Place } from "../../unsafe/alignment.ts";
import { castAround, onlyValue } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "unsafe-cast-alignment",
  severity: "warning",
  cause: "native/checkptr/misaligned",
  title: { en: "A pointer cast to a stricter alignment", zh: "把指针转换为对齐要求更严的类型" },
  why: {
    en: "The collector finds pointers in aligned words only, 64-bit atomics panic on 32-bit systems, C compilers rely on the alignment, and arm, mips and riscv64 may fault.",
    zh: "GC 只在对齐的字里找指针；在 32 位系统上，未对齐的 64 位原子操作会 panic；C 编译器默认指针已对齐；arm、mips、riscv64 上可能直接出错。",
  },
  page,
  anchors: ["unsafe"],
  *check(context) {
    for (const name of ["Pointer", "Add"]) {
      for (const call of context.file.calls("unsafe", name)) {
        const cast = castAround(call, context);
        const found = cast?.type.kind === "pointer" && finding(call, cast.node, cast.type.element, context);
        if (found) yield found;
      }
    }
  },
};

/** Where a load of unaligned numbers traps, or is put together from bytes by a trap handler. */
const STRICT = ["arm", "mips", "mips64", "riscv64"];
/** Where a 64-bit atomic must be aligned: checked on 32-bit systems, a bus error on the others. */
const STRICT_ATOMICS = ["386", "arm", "arm64", "mips", "mipsle", "riscv64"];

type Use = "pointers" | "atomic" | "c" | "load" | "store" | "other";

function finding(
  call: SyntaxNode,
  cast: SyntaxNode,
  type: GoType,
  context: RuleContext,
): RuleFinding | undefined {
  const align = context.types.alignOf(type);
  const pointer = call.field("function")!.text.endsWith(".Add") ? call : argumentsOf(call)[0];
  if (align === undefined || align === 1n || !pointer) return undefined;
  const place = new Alignment(context, align).placeOf(pointer);
  if (!place || place.rest === 0n || (place.rest === undefined && place.natural >= align)) return undefined;
  const { use, at } = useOf(cast, type, context);
  if (use === "other" && isLaidAway(cast)) return undefined;
  // What nothing is known of is said of single numbers alone, where the remedy costs nothing.
  const isNumber = place.element !== undefined && (use === "load" || use === "store");
  if (place.rest === undefined && !isNumber) return undefined;
  if (
    use === "atomic" ? !reaches(context.file, STRICT_ATOMICS) : isPlain(use) && !reaches(context.file, STRICT)
  )
    return undefined;
  const fix = isNumber ? decoded(cast, at, use, type, place.element!, context) : undefined;
  return {
    at: cast,
    ...(isPlain(use) && { severity: "hint" as const }),
    message: message(bare(pointer), type, align, place, use),
    ...(fix && { fixes: fix }),
  };
}

const isPlain = (use: Use): boolean => use === "load" || use === "store" || use === "other";

/** An element of a literal: nothing is read here, and whoever reads it may know better. */
const isLaidAway = (cast: SyntaxNode): boolean =>
  /^(?:keyed_element|literal_element|literal_value)$/.test(outermost(cast).parent?.kind ?? "");

/** What becomes of the pointer, and the expression that is its element where it is used at once. */
function useOf(cast: SyntaxNode, type: GoType, context: RuleContext): { use: Use; at: SyntaxNode } {
  if (holdsGoPointer(type, context)) return { use: "pointers", at: cast };
  const direct = passedTo(cast, context);
  if (direct) return { use: direct, at: cast };
  const element = elementOf(cast);
  if (element) return { use: accessOf(element), at: element };
  const kept = keptIn(cast, context);
  const later = kept?.references.map((r) => passedTo(r, context)).find((use) => use !== undefined);
  return { use: later ?? "other", at: cast };
}

function passedTo(pointer: SyntaxNode, context: RuleContext): "atomic" | "c" | undefined {
  const value = context.converted(pointer);
  const call = value.parent?.kind === "argument_list" ? value.parent.parent : undefined;
  const target = call?.kind === "call_expression" ? context.target(call) : undefined;
  if (target?.path === "sync/atomic" && /64$/.test(target.name)) return "atomic";
  return target?.path === "C" ? "c" : undefined;
}

/** `*p`; the grammar takes the star of `*(*[]T)(p)` into the cast. */
function elementOf(cast: SyntaxNode): SyntaxNode | undefined {
  if (cast.kind === "type_conversion_expression" && cast.field("type")?.kind === "pointer_type") return cast;
  const { parent } = outermost(cast);
  return parent?.kind === "unary_expression" && parent.field("operator")?.kind === "*" ? parent : undefined;
}

function accessOf(element: SyntaxNode): Use {
  const at = outermost(element);
  const { parent } = at;
  if (parent?.kind === "unary_expression" && parent.field("operator")?.kind === "&") return "other";
  if (parent?.kind === "selector_expression" || parent?.kind === "index_expression") return "other";
  if (parent?.kind === "slice_expression" || /^(?:inc|dec)_statement$/.test(parent?.kind ?? ""))
    return "other";
  const statement = parent?.kind === "expression_list" ? parent.parent : undefined;
  if (statement?.kind !== "assignment_statement" || parent!.fieldName !== "left") return "load";
  return statement.field("operator")?.kind === "=" && parent!.children.length === 1 ? "store" : "other";
}

function outermost(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.kind === "parenthesized_expression") at = at.parent;
  return at;
}

/** The local that is given the pointer and nothing else ever. */
function keptIn(cast: SyntaxNode, context: RuleContext) {
  const statement = cast.above("short_var_declaration", "var_spec", "block");
  if (!statement || statement.kind === "block") return undefined;
  const fn = statement.above("func_literal", "function_declaration", "method_declaration");
  return fn && context.file.locals(fn).find((entity) => onlyValue(entity) === cast);
}

function message(pointer: SyntaxNode, type: GoType, align: bigint, place: Place, use: Use): Words {
  const target = typeText(type);
  const name = { en: target || "the type", zh: target || "目标类型" };
  const text = shown(pointer);
  const where =
    place.rest === undefined
      ? {
          en: `${text} need not be a multiple of ${align}, which ${name.en} wants`,
          zh: `${text} 不一定是 ${align} 的倍数，而 ${name.zh} 要求如此`,
        }
      : {
          en: `${text} lies ${place.rest} byte${place.rest === 1n ? "" : "s"} behind a multiple of ${align}, and ${name.en} wants a multiple`,
          zh: `${text} 比 ${align} 的倍数多 ${place.rest} 字节，而 ${name.zh} 要求是整数倍`,
        };
  const then = use === "other" && place.rest !== undefined ? PLAIN : THEN[use];
  return { en: `${where.en}: ${then.en}.`, zh: `${where.zh}：${then.zh}。` };
}

const UNCHECKED: Words = {
  en: "some processors fault there, and nothing checks that the bytes are inside",
  zh: "有些处理器会在此出错，而且没有任何检查保证这些字节没有越界",
};
const PLAIN: Words = { en: "some processors fault there", zh: "有些处理器会在此出错" };
const THEN: Readonly<Record<Use, Words>> = {
  pointers: {
    en: "the collector does not see the pointers in it, and checkptr stops the program",
    zh: "GC 看不到其中的指针，checkptr 会终止程序",
  },
  atomic: {
    en: "64-bit atomics panic there on 32-bit systems, and fault on arm64",
    zh: "64 位原子操作在 32 位系统上会 panic，在 arm64 上会出错",
  },
  c: {
    en: "C compilers rely on it, and the code they make may fault",
    zh: "C 编译器默认它已对齐，生成的代码可能直接出错",
  },
  load: UNCHECKED,
  store: UNCHECKED,
  other: PLAIN,
};

/** binary.NativeEndian came with Go 1.21. */
const NATIVE_ENDIAN = 21;

/** `binary.NativeEndian.Uint32(b[i:])`, for numbers over a []byte. */
function decoded(
  cast: SyntaxNode,
  element: SyntaxNode,
  use: Use,
  type: GoType,
  at: SyntaxNode,
  context: RuleContext,
): Fix[] | undefined {
  const bits = bitsOf(type, context);
  const bytes = bare(at.field("operand")!);
  if (bits === undefined || !context.since(NATIVE_ENDIAN) || !areBytes(bytes, context)) return undefined;
  const source = `${bytes.text}[${at.field("index")!.text}:]`;
  const fixes = (["NativeEndian", "LittleEndian"] as const).map((order): Fix | undefined => {
    const builder = context.fix();
    const binary = builder.import("encoding/binary");
    const title = {
      en: order === "NativeEndian" ? "Use encoding/binary" : "Use encoding/binary, for little-endian data",
      zh: order === "NativeEndian" ? "改用 encoding/binary" : "改用 encoding/binary（数据为小端序）",
    };
    if (use === "load") {
      const text = fromBits(`${binary}.${order}.Uint${bits}(${source})`, type, bits, context, builder);
      if (text === undefined) return undefined;
      builder.replace(element, text);
    } else {
      const statement = outermost(element).parent!.parent!;
      const value = statement.field("right")!.children[0]!;
      const text = toBits(value, type, bits, context, builder);
      if (text === undefined) return undefined;
      builder.replace(statement, `${binary}.${order}.PutUint${bits}(${source}, ${text})`);
    }
    builder.dropImport("unsafe", [use === "load" ? cast : outermost(element).parent!.parent!]);
    return builder.build(order === "NativeEndian" ? "fix" : "suggestion", title);
  });
  return fixes.every((fix) => fix !== undefined) ? fixes : undefined;
}

/** Width of a number that has one on every system. */
function bitsOf(type: GoType, context: RuleContext): number | undefined {
  const under = context.types.underlying(type);
  if (under.kind !== "basic" || typeText(type) === "" || /^u?int(?:ptr)?$/.test(under.name)) return undefined;
  return integerShape(under)?.bits ?? { float32: 32, float64: 64 }[under.name];
}

function areBytes(node: SyntaxNode, context: RuleContext): boolean {
  const under = context.types.underlying(context.types.typeOf(node));
  const element = under.kind === "slice" || under.kind === "array" ? under.element : undefined;
  return element?.kind === "basic" && /^(?:byte|uint8)$/.test(element.name);
}

type Builder = ReturnType<RuleContext["fix"]>;

/** A number of the type from its bits as an unsigned integer. */
function fromBits(
  text: string,
  type: GoType,
  bits: number,
  context: RuleContext,
  builder: Builder,
): string | undefined {
  const under = context.types.underlying(type);
  if (under.kind !== "basic") return undefined;
  const isFloat = under.name.startsWith("float");
  const plain = isFloat ? `${builder.import("math")}.Float${bits}frombits(${text})` : text;
  return typeText(type) === (isFloat ? `float${bits}` : `uint${bits}`)
    ? plain
    : `${typeText(type)}(${plain})`;
}

function toBits(
  value: SyntaxNode,
  type: GoType,
  bits: number,
  context: RuleContext,
  builder: Builder,
): string | undefined {
  const under = context.types.underlying(type);
  if (under.kind !== "basic") return undefined;
  if (typeText(type) === `uint${bits}`) return value.text;
  if (!under.name.startsWith("float")) {
    // A negative constant would not convert.
    return context.types.constant(value) === undefined ? `uint${bits}(${value.text})` : undefined;
  }
  return `${builder.import("math")}.Float${bits}bits(${typeText(type) === under.name ? value.text : `${under.name}(${value.text})`})`;
}
