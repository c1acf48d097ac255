/** A slice or string put together from a header with the address as a number. */
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import { type GoType, isString, isUnsafePointer, typeText } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { bare, type SyntaxNode } from "../../syntax/node.ts";
import { onlyValue, reinterpreted } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "slice-header-literal",
  severity: "warning",
  cause: "native/bad-pointer/slice-header-by-hand",
  title: { en: "A slice or string header built by hand", zh: "手工构造切片或字符串头" },
  why: {
    en: "The address in a header is a number: between the literal and the conversion nothing keeps the memory alive, and a stack that moves leaves it behind.",
    zh: "头里的地址只是数字：从构造到转换之间，没有任何东西保持内存存活，栈移动时它也不会更新。",
  },
  page,
  anchors: ["SliceHeader", "StringHeader", "Data"],
  *check(context) {
    if (context.file.importName("unsafe") === undefined) return;
    for (const top of context.file.declarations) {
      if (!/^(?:function|method)_declaration$/.test(top.kind) || !top.chunk.text.includes("Pointer(&"))
        continue;
      const nodes: SyntaxNode[] = [];
      top.walk((node) => nodes.push(node));
      for (const node of nodes) {
        const found = built(node, context) ?? stored(node, context);
        if (found) yield found;
      }
    }
  },
};

interface Header {
  /** Type of the elements as Go source; undefined for a string. */
  readonly element?: string;
  readonly literal: SyntaxNode;
  /** Its declaration, where it has a name. */
  readonly declaration?: SyntaxNode;
}

/** `*(*[]T)(unsafe.Pointer(&header))`, where the header was made as a literal. */
function built(node: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  if (!/^(?:unary|type_conversion)_expression$/.test(node.kind)) return undefined;
  const of = reinterpreted(node, context);
  const made = of && context.types.typeOf(node);
  if (!of || !made || !(made.kind === "slice" || isString(made))) return undefined;
  const entity = of.kind === "identifier" ? context.file.local(of) : undefined;
  const type = context.types.typeOf(of);
  const name = headerName(type, context);
  if (name === undefined) return undefined;
  const literal = of.kind === "composite_literal" ? of : onlyValue(entity);
  const isLiteral = literal?.kind === "composite_literal";
  // A header that is declared and filled field by field.
  if (!isLiteral && !(entity?.kind === "variable" && (entity.typeNode || entity.assignments.length === 0)))
    return undefined;
  const declaration = literal !== of && isLiteral ? entity?.assignments[0]?.node : undefined;
  const header: Header | undefined = isLiteral
    ? {
        literal,
        ...(made.kind === "slice" && { element: typeText(made.element) }),
        ...(declaration && { declaration }),
      }
    : undefined;
  const data = isLiteral ? part(literal, "data", 0) : undefined;
  const isGo = data
    ? isGoMemory(data, context)
    : entity?.references.some((r) => isFilledWithGo(r, context)) === true;
  if (!isGo && addresses(data, entity, context).some((address) => isForeign(address, context)))
    return undefined;
  const alone = !declaration || entity?.references.length === 1;
  const fix = header && alone ? rebuilt(node, header, context) : undefined;
  return {
    at: header ? header.literal : node,
    ...(!isGo && { severity: "hint" as const }),
    message: !isGo
      ? BY_HAND
      : {
          en: `This ${name} holds the address as a number: until the conversion nothing keeps the memory where it is.`,
          zh: `这个 ${name} 以数字形式保存地址：转换完成之前，没有任何东西能让内存留在原处。`,
        },
    ...(name.startsWith("reflect.") && { alsoIn: "vet" as const }),
    ...(fix && { fixes: [fix] }),
  };
}

/** `*(*reflect.SliceHeader)(unsafe.Pointer(&s)) = reflect.SliceHeader{...}`: the address goes past the write barrier. */
function stored(node: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  if (node.kind !== "assignment_statement" || node.field("operator")?.kind !== "=") return undefined;
  const [left, right] = [node.field("left")?.children ?? [], node.field("right")?.children ?? []];
  const literal = right.length === 1 && left.length === 1 ? bare(right[0]!) : undefined;
  if (literal?.kind !== "composite_literal" || !reinterpreted(left[0]!, context)) return undefined;
  const type = context.types.typeOf(literal);
  if (type.kind !== "named" || type.package !== "reflect" || headerName(type, context) === undefined)
    return undefined;
  const data = part(literal, "data", 0);
  if (!data) return undefined;
  return {
    at: literal,
    ...(!isGoMemory(data, context) && { severity: "hint" as const }),
    message: {
      en: "The header is stored as a whole: only an assignment to its Data alone tells the garbage collector of the address.",
      zh: "整体写入头：只有单独给 Data 赋值，垃圾回收器才知道这个地址。",
    },
    alsoIn: "vet",
  };
}

const BY_HAND = {
  en: "This header is built by hand: were the memory one of Go, nothing would keep it where it is until the conversion.",
  zh: "这个头是手工构造的：如果内存属于 Go，在转换完成之前没有任何东西能让它留在原处。",
};

/** The address of something, of a slice's or string's data, or taken from the header of one; C memory stays by itself. */
function isGoMemory(data: SyntaxNode, context: RuleContext): boolean {
  if (bare(data).kind === "selector_expression") return bare(data).field("field")!.text === "Data";
  const inner = context.types.unconverted(data);
  if (inner.kind === "identifier") {
    const value = onlyValue(context.file.local(inner));
    return (
      value !== undefined &&
      value !== inner &&
      bare(value).kind === "unary_expression" &&
      isGoMemory(value, context)
    );
  }
  if (inner.kind === "unary_expression") return inner.field("operator")?.kind === "&";
  const target = inner.kind === "call_expression" ? context.target(inner) : undefined;
  return target?.path === "unsafe" && /^(?:Slice|String)Data$/.test(target.name);
}

/** `h.Data = uintptr(unsafe.Pointer(&b[0]))`. */
function isFilledWithGo(reference: SyntaxNode, context: RuleContext): boolean {
  const value = filledWith(reference);
  return value !== undefined && isGoMemory(value, context);
}

/** x of `h.Data = x`. */
function filledWith(reference: SyntaxNode): SyntaxNode | undefined {
  const left = reference.parent?.kind === "selector_expression" ? reference.parent : undefined;
  const statement = left?.parent?.parent;
  if (statement?.kind !== "assignment_statement" || left?.parent?.fieldName !== "left") return undefined;
  if (!/^data$/i.test(left.field("field")!.text)) return undefined;
  return statement.field("right")?.children[left.parent.children.indexOf(left)];
}

/** All that is put into the header as its address. */
const addresses = (
  literal: SyntaxNode | undefined,
  header: Entity | undefined,
  context: RuleContext,
): SyntaxNode[] => [
  ...(literal && context.types.constant(literal) !== 0n ? [literal] : []),
  ...(header?.references.flatMap((reference) => filledWith(reference) ?? []) ?? []),
];

/**
 * Memory that the collector neither moves nor frees: C's, or what a call of another package answers as a pointer or
 * handle of a type that is not told here (memory of a device, of a mapping). A bare uintptr may have been anything.
 */
function isForeign(data: SyntaxNode, context: RuleContext, depth = 0): boolean {
  const inner = context.types.unconverted(data);
  const entity = inner.kind === "identifier" ? context.file.local(inner) : undefined;
  const only =
    entity?.kind === "variable" && entity.assignments.length === 1 ? entity.assignments[0] : undefined;
  const value = only?.value && /^(?::?=|var)$/.test(only.operator) ? only.value : undefined;
  // What a name was given says more than its type: &v[0] may have been made a *C.float.
  if (value && only!.index === undefined && depth < 3) {
    if (isForeign(value, context, depth + 1)) return true;
  } else if (isOfC(value ? bare(value) : inner, context)) return true;
  const made = value ? bare(value) : inner;
  const name = made.kind === "call_expression" ? made.field("function")?.field("field")?.text : undefined;
  if (depth > 0 || inner === bare(data) || name === undefined || name.startsWith("Unsafe")) return false;
  return (entity ? context.types.typeOfEntity(entity) : context.types.typeOf(inner)).kind === "unknown";
}

/** A call of C, a value of one of its types, a pointer to one, or a member of a struct of C. */
function isOfC(node: SyntaxNode, context: RuleContext): boolean {
  if (node.kind === "call_expression") return context.target(node)?.path === "C";
  const type = context.types.typeOf(node);
  if (type.kind === "c" || (type.kind === "pointer" && type.element.kind === "c")) return true;
  const operand = node.kind === "selector_expression" ? node.field("operand") : undefined;
  return operand !== undefined && isOfC(bare(operand), context);
}

/** reflect's headers, and structs of the package that are the same. */
function headerName(type: GoType, context: RuleContext): string | undefined {
  if (type.kind === "named" && type.package === "reflect" && /^(?:Slice|String)Header$/.test(type.name))
    return `reflect.${type.name}`;
  const under = context.types.underlying(type);
  if (under.kind !== "struct" || under.fields.length < 2 || under.fields.length > 3) return undefined;
  const kinds = under.fields.map((field) => typeText(context.types.underlying(field.type)));
  return /^uintptr,int(?:,int)?$/.test(kinds.join(",")) ? typeText(type) || "header" : undefined;
}

/** The value of a field by its name, or by its place. */
function part(literal: SyntaxNode, name: string, place: number): SyntaxNode | undefined {
  const elements = literal.field("body")?.children ?? [];
  const value = (e: SyntaxNode | undefined) => (e?.kind === "literal_element" ? e.children[0] : e);
  const keyed = elements.filter((e) => e.kind === "keyed_element");
  if (keyed.length === 0) return value(elements[place]);
  return value(keyed.find((e) => e.children[0]?.text.toLowerCase() === name)?.children[1]);
}

/** unsafe.Slice or unsafe.String over the same pointer. */
function rebuilt(node: SyntaxNode, header: Header, context: RuleContext): Fix | undefined {
  const { literal, element, declaration } = header;
  if (!context.since(element === undefined ? 20 : 17) || element === "") return undefined;
  const [data, length, capacity] = [
    part(literal, "data", 0),
    part(literal, "len", 1),
    part(literal, "cap", 2),
  ];
  if (!data || !length || (capacity && capacity.text !== length.text)) return undefined;
  const builder = context.fix();
  const unsafe = builder.import("unsafe");
  const source = fromString(data, length, context) ?? {
    pointer: pointerIn(data, element, context),
    length: length.text,
  };
  if (!source.pointer) return undefined;
  const call = element === undefined ? "String" : "Slice";
  const text = `${unsafe}.${call}(${source.pointer}, ${source.length})`;
  if (declaration) {
    const list = declaration.parent?.children ?? [];
    const next = list[list.indexOf(declaration) + 1];
    // Moved no further than one statement: nothing between can change what it is made of.
    if (!next?.holds(node) || /^(?:for|if|switch)_/.test(next.kind)) return undefined;
    builder.remove(declaration);
  }
  builder.replace(node, text);
  builder.dropImport("reflect", [literal]);
  return builder.build("fix", { en: `Use unsafe.${call}`, zh: `改用 unsafe.${call}` });
}

/** `(*T)(p)` of `uintptr(p)`; just x where the inner `unsafe.Pointer(x)` has that type already. */
function pointerIn(data: SyntaxNode, element: string | undefined, context: RuleContext): string | undefined {
  const number = context.types.conversion(bare(data));
  if (!number || typeText(number.type) !== "uintptr") return undefined;
  const pointer = bare(number.operand);
  const inner = context.types.conversion(pointer);
  const want = element ?? "byte";
  if (inner && isUnsafePointer(inner.type)) {
    if (typeText(context.types.typeOf(inner.operand)) === `*${want}`) return inner.operand.text;
    return `(*${want})(${pointer.text})`;
  }
  return isUnsafePointer(context.types.typeOf(pointer))
    ? `(*${want})(${pointer.text.startsWith("(") ? pointer.text.slice(1, -1) : pointer.text})`
    : undefined;
}

/** `Data: h.Data, Len: h.Len`, where h is the header of a string: that string's own bytes. */
function fromString(
  data: SyntaxNode,
  length: SyntaxNode,
  context: RuleContext,
): { pointer: string; length: string } | undefined {
  const operand = data.kind === "selector_expression" ? bare(data.field("operand")!) : undefined;
  if (operand?.kind !== "identifier" || !context.since(20)) return undefined;
  const value = onlyValue(context.file.local(operand));
  const outer = value && context.types.conversion(value);
  const inner = outer && context.types.conversion(bare(outer.operand));
  const address = inner && isUnsafePointer(inner.type) ? bare(inner.operand) : undefined;
  const string = address?.kind === "unary_expression" ? bare(address.field("operand")!) : undefined;
  if (string?.kind !== "identifier" || !isString(context.types.typeOf(string))) return undefined;
  const own = length.text === `${operand.text}.Len` || length.text === `len(${string.text})`;
  // The name of the header must stay in use, or its declaration would not compile.
  const left = context.file.local(operand)!.references.filter((r) => !r.above("composite_literal"));
  if (!own || left.length === 0) return undefined;
  return { pointer: `unsafe.StringData(${string.text})`, length: `len(${string.text})` };
}
