/** A Go struct written after a C struct and cast to it, whose layout is another one. */
import { type CField, type CLayout, cLayout } from "../../cgo/c-layout.ts";
import type { RuleContext } from "../../context.ts";
import { type GoType, typeText } from "../../model/types.ts";
import type { Rule, Words } from "../../rule.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-mirrored-struct",
  severity: "error",
  cause: "native/segv-in-c/struct-layout-mismatch",
  title: {
    en: "Go struct does not fit the C struct it is cast to",
    zh: "Go 结构体与所转换的 C 结构体布局不符",
  },
  why: {
    en: "The cast goes past the compiler: C reads fields from other places than Go wrote them, and past the end of a smaller struct.",
    zh: "这种转换绕过了编译器：C 读字段的位置与 Go 写入的位置不同，结构体较小时还会读越界。",
  },
  page,
  anchors: ["unsafe.Pointer"],
  *check(context) {
    if (!context.file.usesCgo) return;
    for (const call of context.file.calls("unsafe", "Pointer")) {
      const cast = castOf(call, context);
      const difference = cast && differ(cast, context);
      if (!cast || !difference) continue;
      yield { at: cast.at, message: difference };
    }
  },
};

interface Cast {
  readonly at: SyntaxNode;
  /** From Go to C. */
  readonly toC: boolean;
  readonly go: GoType;
  readonly c: { readonly name: string; readonly layout: CLayout };
}

/** `(*C.struct_x)(unsafe.Pointer(p))` of a pointer to a Go struct, or the way back. */
function castOf(call: SyntaxNode, context: RuleContext): Cast | undefined {
  const at = call.parent?.kind === "argument_list" ? call.parent.parent : call.parent;
  const outer = at && context.types.conversion(at);
  const inner = context.types.conversion(call);
  if (!at || !outer || !inner) return undefined;
  const [to, from] = [outer.type, context.types.typeOf(inner.operand)];
  if (to.kind !== "pointer" || from.kind !== "pointer") return undefined;
  const [toC, toGo] = [pair(from.element, to.element, context), pair(to.element, from.element, context)];
  return toC ? { at, toC: true, ...toC } : toGo && { at, toC: false, ...toGo };
}

function pair(go: GoType, c: GoType, context: RuleContext): Pick<Cast, "go" | "c"> | undefined {
  if (go.kind !== "named" || c.kind !== "c") return undefined;
  const struct = context.types.underlying(go);
  const layout = cLayout(context.file.declaredInC, c.name);
  return struct.kind === "struct" && layout ? { go, c: { name: c.name, layout } } : undefined;
}

/** The first place where the layouts part, in words; undefined where they are the same or not known. */
function differ({ go, c, toC }: Cast, context: RuleContext): Words | undefined {
  const { name, layout } = c;
  const struct = context.types.underlying(go);
  const size = context.types.sizeOf(go);
  if (struct.kind !== "struct" || size === undefined) return undefined;
  const [goName, cName] = [typeText(go), `C.${name}`];
  let offset = 0n;
  const fields = struct.fields.filter((field) => field.name !== "_");
  const padded = fields.length !== struct.fields.length;
  for (const [index, field] of padded ? [] : fields.entries()) {
    const [length, align] = [context.types.sizeOf(field.type), context.types.alignOf(field.type)];
    const other = layout.fields[index];
    if (length === undefined || align === undefined) return undefined;
    if (!other) break;
    offset = ((offset + align - 1n) / align) * align;
    if (Number(offset) !== other.offset || Number(length) !== other.size) {
      // Bytes that mean something else each time are there to be looked at in another way.
      if (isPayload(other)) return undefined;
      const [ours, theirs] = [`${goName}.${field.name}`, `${other.type} ${other.name}`];
      return {
        en: `${ours} has ${length} bytes at offset ${offset}, and "${theirs}" of ${cName} ${other.size} at offset ${other.offset}.`,
        zh: `${ours} 占 ${length} 字节，偏移 ${offset}；${cName} 的 “${theirs}” 占 ${other.size} 字节，偏移 ${other.offset}。`,
      };
    }
    offset += length;
  }
  // Who looks at the beginning of something longer sees what is there.
  if (toC ? Number(size) >= layout.size : Number(size) <= layout.size) return undefined;
  return {
    en: `${goName} has ${size} bytes, ${cName} ${layout.size}.`,
    zh: `${goName} 占 ${size} 字节，${cName} 占 ${layout.size} 字节。`,
  };
}

/** `char data[64]` at the end of a struct of many meanings. */
const isPayload = ({ type, size }: CField): boolean =>
  /^(?:const )?(?:(?:unsigned |signed )?char|u?int8_t)$/.test(type) && size > 1;
