/** Arithmetic with addresses that is no address, or that is one only within another expression. */
import type { RuleContext } from "../../context.ts";
import type { GoType } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { addressIn, asPointer, isGoMemory, toPointers } from "../../unsafe/addresses.ts";
import { onlyValue } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "uintptr-arithmetic",
  severity: "warning",
  cause: "native/bad-pointer/uintptr-kept-across-gc",
  title: { en: "uintptr arithmetic outside the conversion", zh: "转换表达式之外的 uintptr 运算" },
  why: {
    en: "The compiler keeps an object where it is only within `unsafe.Pointer(uintptr(p) + n)`. Any other way to the number is a moment in which it may be freed or move.",
    zh: "只有在 `unsafe.Pointer(uintptr(p) + n)` 这一个表达式里，编译器才保证对象留在原处。用其他方式得到的数字，都留下对象被回收或移动的空隙。",
  },
  page,
  anchors: ["unsafe.Pointer("],
  *check(context) {
    if (context.file.importName("unsafe") === undefined) return;
    for (const { at, operand } of toPointers(context)) {
      const found =
        operand.kind === "binary_expression"
          ? ofSum(at, operand, context)
          : operand.kind === "selector_expression"
            ? ofHeader(at, operand, context)
            : undefined;
      const finding = found ?? fromVariable(at, operand, context);
      if (finding) yield { ...finding, alsoIn: "vet" };
    }
  },
};

/** `uintptr(p)`, with or without something added: what the compiler takes for an address. */
const isAddress = (node: SyntaxNode, context: RuleContext): boolean => addressIn(node, context) !== undefined;

function ofSum(at: SyntaxNode, sum: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const operator = sum.field("operator")?.kind ?? "";
  const [left, right] = [bare(sum.field("left")!), bare(sum.field("right")!)];
  if (!/^(?:\+|-|&\^|&)$/.test(operator)) return undefined;
  if (isAddress(right, context)) return turned(at, left, operator, right, context);
  if (operator === "+" || operator === "-") {
    const call = isReflected(left, context);
    if (call) return behind(at, left, operator, right, context);
  }
  // `uintptr(p) & ^7`: vet and the rules of unsafe know `&^` alone.
  const mask =
    right.kind === "unary_expression" && right.field("operator")?.kind === "^"
      ? right.field("operand")
      : undefined;
  if (operator !== "&" || !mask || !isAddress(left, context)) return undefined;
  return {
    at,
    severity: "hint",
    message: {
      en: "Of the masks only `&^` is among the patterns that unsafe allows.",
      zh: "掩码运算里，unsafe 允许的写法只有 `&^`。",
    },
    fixes: [
      context
        .fix()
        .replace(sum, `${sum.field("left")!.text} &^ ${mask.text}`)
        .build("fix", { en: "Use &^", zh: "改用 &^" }),
    ],
  };
}

/** The address stands on the right. */
function turned(
  at: SyntaxNode,
  left: SyntaxNode,
  operator: string,
  right: SyntaxNode,
  context: RuleContext,
): RuleFinding | undefined {
  if (isAddress(left, context))
    return {
      at,
      message: {
        en: "Two addresses make no third: the result points nowhere.",
        zh: "两个地址运算得不到第三个地址：结果不指向任何对象。",
      },
    };
  if (operator !== "+")
    return {
      at,
      message: {
        en: `A number ${operator} an address is no address: the operands are the wrong way round.`,
        zh: `数字 ${operator} 地址得不到地址：两个操作数写反了。`,
      },
    };
  const fix = added(at, right, left, context);
  return {
    at,
    severity: "hint",
    message: {
      en: "The pointer belongs on the left of the sum: unsafe allows `uintptr(p) + n`.",
      zh: "指针应写在加号左边：unsafe 允许的写法是 `uintptr(p) + n`。",
    },
    ...(fix && { fixes: [fix] }),
  };
}

/** `unsafe.Add(p, n)` of `n + uintptr(p)`. */
function added(
  at: SyntaxNode,
  address: SyntaxNode,
  number: SyntaxNode,
  context: RuleContext,
): Fix | undefined {
  const pointer = context.types.conversion(address)?.operand;
  if (!context.since(17) || !pointer) return undefined;
  const builder = context.fix();
  return builder
    .replace(at, `${builder.import("unsafe")}.Add(${pointer.text}, ${number.text})`)
    .build("fix", { en: "Use unsafe.Add", zh: "改用 unsafe.Add" });
}

const isNamed = (type: GoType, path: string, names: RegExp): boolean =>
  type.kind === "named" && type.package === path && names.test(type.name);

/** `v.Pointer()`, `v.UnsafeAddr()` of a reflect.Value, and Data of a real header: addresses as they are, not in a sum. */
function isReflected(node: SyntaxNode, context: RuleContext): boolean {
  const fn = node.kind === "call_expression" ? node.field("function") : undefined;
  if (fn?.kind === "selector_expression" && argumentsOf(node).length === 0)
    return (
      /^(?:Pointer|UnsafeAddr)$/.test(fn.field("field")!.text) &&
      isNamed(context.types.typeOf(fn.field("operand")!), "reflect", /^Value$/)
    );
  if (node.kind !== "selector_expression" || node.field("field")!.text !== "Data") return false;
  const type = context.types.typeOf(node.field("operand")!);
  return type.kind === "pointer" && isNamed(type.element, "reflect", /^(?:Slice|String)Header$/);
}

function behind(
  at: SyntaxNode,
  left: SyntaxNode,
  operator: string,
  right: SyntaxNode,
  context: RuleContext,
): RuleFinding {
  const builder = context.fix();
  const unsafe = builder.import("unsafe");
  const fix =
    context.since(17) && operator === "+"
      ? builder
          .replace(at, `${unsafe}.Add(${unsafe}.Pointer(${left.text}), ${right.text})`)
          .build("fix", { en: "Use unsafe.Add", zh: "改用 unsafe.Add" })
      : undefined;
  return {
    at,
    message: {
      en: `${left.text} must be converted as it is: while something is added to the number, it keeps nothing alive.`,
      zh: `${left.text} 必须直接转换：先做加减，它就只是数字，不能让对象存活。`,
    },
    ...(fix && { fixes: [fix] }),
  };
}

/** `unsafe.Pointer(h.Data)` of a header that is a copy, or of a package's own kind of header. */
function ofHeader(at: SyntaxNode, data: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  if (data.field("field")!.text !== "Data") return undefined;
  const holder = data.field("operand")!;
  const type = context.types.typeOf(holder);
  if (isNamed(type, "reflect", /^(?:Slice|String)Header$/)) {
    const fix = dataOf(at, holder, context);
    return { at, message: copied(holder.text), ...(fix && { fixes: [fix] }) };
  }
  const of = type.kind === "pointer" ? type.element : type;
  if (of.kind !== "named" || of.package !== "" || !/(?:slice|string)_?header$/i.test(of.name))
    return undefined;
  const struct = context.types.underlying(of);
  const field = struct.kind === "struct" ? struct.fields.find((f) => f.name === "Data") : undefined;
  if (field?.type.kind !== "basic" || field.type.name !== "uintptr") return undefined;
  return {
    at,
    message: {
      en: `Only reflect's own headers are special to the compiler: Data of ${of.name} is a number. Declare it as unsafe.Pointer.`,
      zh: `编译器只特殊对待 reflect 自己的头：${of.name} 的 Data 只是数字。应声明为 unsafe.Pointer。`,
    },
  };
}

const copied = (name: string): Words => ({
  en: `${name} is a copy of a header: its Data is a number that keeps nothing alive.`,
  zh: `${name} 是头的副本：它的 Data 只是数字，不能让对象存活。`,
});

/** `unsafe.StringData(s)` where the header was `*(*reflect.StringHeader)(unsafe.Pointer(&s))`. */
function dataOf(at: SyntaxNode, holder: SyntaxNode, context: RuleContext): Fix | undefined {
  const entity = bare(holder).kind === "identifier" ? context.file.local(bare(holder)) : undefined;
  const value = onlyValue(entity);
  const cast = value && context.types.dereferenced(value);
  const address = cast && context.types.unconverted(cast.operand);
  const source = address?.kind === "unary_expression" ? address.field("operand") : undefined;
  // The header must stay in use.
  if (!source || !entity || entity.references.length < 2 || !context.since(20)) return undefined;
  const type = context.types.underlying(context.types.typeOf(source));
  const name =
    type.kind === "slice"
      ? "SliceData"
      : type.kind === "basic" && type.name === "string"
        ? "StringData"
        : undefined;
  if (!name || source.kind !== "identifier") return undefined;
  const builder = context.fix();
  const unsafe = builder.import("unsafe");
  return builder
    .replace(at, `${unsafe}.Pointer(${unsafe}.${name}(${source.text}))`)
    .build("suggestion", { en: `Use unsafe.${name}`, zh: `改用 unsafe.${name}` });
}

/** A pointer of unknown origin that goes through a variable: sound for C's memory, and as easily written with pointers. */
function fromVariable(at: SyntaxNode, operand: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const node = operand.kind === "binary_expression" ? bare(operand.field("left")!) : operand;
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  if (entity?.kind !== "variable" || entity.owner !== enclosingFunction(operand)) return undefined;
  const sources = entity.assignments.flatMap(({ value }) => (value ? [addressIn(value, context)] : []));
  if (sources.length === 0 || sources.some((source) => !source || isGoMemory(source, context)))
    return undefined;
  const fix = asPointer(entity, context);
  if (!fix) return undefined;
  return {
    at,
    severity: "hint",
    message: {
      en: `${entity.name} holds the address as a number between two statements: for memory of Go that is not allowed, and a pointer does as well.`,
      zh: `${entity.name} 在两条语句之间以数字形式保存地址：对 Go 内存不允许这样做，用指针同样能写。`,
    },
    fixes: [fix],
  };
}
