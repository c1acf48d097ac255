/** The address of a Go slice, string, map, channel, function or interface value handed to C. */
import { cCalls, filledType, goPart, mentionsPin } from "../../cgo/go-memory.ts";
import type { RuleContext } from "../../context.ts";
import { type GoType, isPointerFree, isString } from "../../model/types.ts";
import type { Fix, Rule, Words } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

/** unsafe.SliceData and unsafe.StringData came with Go 1.20. */
const DATA = 20;

export const rule: Rule = {
  id: "cgo-go-type-passed",
  severity: "warning",
  cause: "native/cgo-pointer-rule/nested-go-pointer",
  title: { en: "Value of a Go-only type passed to C", zh: "把 Go 特有类型的值传给 C" },
  why: {
    en: "C gets the address of Go's header, not of the data: the runtime panics, or C reads lengths and pointers as data.",
    zh: "C 拿到的是 Go 头部的地址，不是数据：运行时会 panic，或者 C 把长度和指针当成数据读。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const call of cCalls(context)) {
      for (const argument of argumentsOf(call)) {
        const passed = addressed(argument, context);
        // What wants Go's own header says so.
        if (!passed || /\bC\.(?:_?Go|go_?)(?:String|Slice|Interface|Map|Chan)/i.test(argument.text)) continue;
        if (mentionsPin(call)) continue;
        const words = WORDS[passed.kind]!;
        const fix = passed.isAddress ? data(passed, context) : undefined;
        yield {
          at: argument,
          message: {
            en: `C.${context.target(call)!.name} gets ${words.en} of ${passed.value.text}: ${words.hint.en}.`,
            zh: `C.${context.target(call)!.name} 得到的是 ${passed.value.text} 的${words.zh}：${words.hint.zh}。`,
          },
          ...(inVet(passed, argument) && { alsoIn: "vet" }),
          ...(fix && { fixes: [fix] }),
        };
      }
    }
  },
};

const HANDLE: Words = { en: "pass a cgo.Handle instead", zh: "请改传 cgo.Handle" };
const WORDS: Readonly<Record<string, Words & { readonly hint: Words }>> = {
  slice: {
    en: "the address of the slice header",
    zh: "切片头地址",
    hint: { en: "the elements are at unsafe.SliceData", zh: "元素的地址要用 unsafe.SliceData 取" },
  },
  string: {
    en: "the address of the string header",
    zh: "字符串头地址",
    hint: {
      en: "C.CString copies the text, unsafe.StringData has its bytes without a NUL",
      zh: "C.CString 会复制文本；unsafe.StringData 给出字节，但末尾没有 NUL",
    },
  },
  map: { en: "the inside", zh: "内部结构", hint: HANDLE },
  channel: { en: "the inside", zh: "内部结构", hint: HANDLE },
  interface: { en: "the address of the interface value", zh: "接口值地址", hint: HANDLE },
  function: {
    en: "the Go function value",
    zh: "函数值（不是 C 函数指针）",
    hint: {
      en: "C cannot call it; export a function with //export and pass C.name",
      zh: "C 无法调用它；请用 //export 导出函数，再传 C.名称",
    },
  },
};

/** What vet's cgocall check sees: `unsafe.Pointer(&v)` as it stands, of a variable. */
const inVet = ({ kind, value, address, isAddress }: Passed, argument: SyntaxNode): boolean =>
  isAddress &&
  /^(?:slice|map|channel|function)$/.test(kind) &&
  value.kind === "identifier" &&
  address.parent?.parent === bare(argument);

interface Passed {
  readonly kind: string;
  readonly type: GoType;
  readonly value: SyntaxNode;
  readonly address: SyntaxNode;
  /** `&v` itself, not what was read through it. */
  readonly isAddress: boolean;
}

/** `unsafe.Pointer(&v)`, `*(*unsafe.Pointer)(unsafe.Pointer(&v))` and `reflect.ValueOf(f).Pointer()`. */
function addressed(argument: SyntaxNode, context: RuleContext): Passed | undefined {
  let node = context.types.unconverted(argument);
  const code = codeOf(node, context);
  if (code) return code;
  // Without a conversion it compiles only where C declares Go's own type: `_GoString_ *`.
  if (node === bare(argument) && node.field("operator")?.kind === "&") return undefined;
  let isAddress = true;
  if (node.kind === "unary_expression" && node.field("operator")?.kind === "*") {
    isAddress = false;
    node = context.types.unconverted(node.field("operand")!);
  }
  if (node.kind !== "unary_expression" || node.field("operator")?.kind !== "&") return undefined;
  const value = bare(node.field("operand")!);
  if (value.kind !== "identifier" && value.kind !== "selector_expression") return undefined;
  const type = context.types.underlying(filledType(value, context));
  const part = isAddress ? undefined : goPart(type, context);
  const kind = isString(type)
    ? "string"
    : part?.first
      ? part.kind
      : isError(type, context)
        ? "interface"
        : type.kind;
  // Reading a pointer through a slice or string gives its data; of the others, their inside.
  const fits = isAddress ? Object.hasOwn(WORDS, kind) : /^(?:map|channel|function)$/.test(kind);
  return fits ? { kind, type, value, address: node, isAddress } : undefined;
}

/** Go's own error. */
const isError = (type: GoType, context: RuleContext): boolean =>
  type.kind === "named" && type.package === "" && type.name === "error" && !context.file.pkg.entity("error");

/** The address of a Go function's code, which keeps to Go's calling convention. */
function codeOf(node: SyntaxNode, context: RuleContext): Passed | undefined {
  const fn = node.kind === "call_expression" ? node.field("function") : undefined;
  if (fn?.kind !== "selector_expression" || !/^(?:Pointer|UnsafePointer)$/.test(fn.field("field")!.text))
    return undefined;
  const inner = bare(fn.field("operand")!);
  const target = inner.kind === "call_expression" ? context.target(inner) : undefined;
  const value = target?.path === "reflect" && target.name === "ValueOf" && argumentsOf(inner)[0];
  if (!value) return undefined;
  const type = context.types.underlying(context.types.typeOf(value));
  return type.kind === "function"
    ? { kind: "function", type, value, address: node, isAddress: false }
    : undefined;
}

function data({ kind, type, value, address }: Passed, context: RuleContext): Fix | undefined {
  if (!context.since(DATA) || (kind !== "slice" && kind !== "string")) return undefined;
  const builder = context.fix();
  const name = kind === "slice" ? "SliceData" : "StringData";
  builder.replace(address, `${builder.import("unsafe")}.${name}(${value.text})`);
  const isPlain = type.kind === "slice" && isPointerFree(context.types.underlying(type.element));
  return builder.build(isPlain ? "fix" : "suggestion", {
    en: `Use unsafe.${name}`,
    zh: `改用 unsafe.${name}`,
  });
}
