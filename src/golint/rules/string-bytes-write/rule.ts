/** Writing into the bytes of a string. */
import type { RuleContext } from "../../context.ts";
import { isString } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { bytesOfString, onlyValue, reinterpreted } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "string-bytes-write",
  severity: "warning",
  cause: "native/fault-address/write-to-string",
  title: { en: "Writes into the bytes of a string", zh: "写入了字符串的字节" },
  why: {
    en: "A literal lies in read-only memory: writing to it ends the process with a fault that recover cannot catch. Other strings change for everybody who holds them, map keys too.",
    zh: "字符串字面量位于只读内存，写入会使进程直接终止，recover 也拦不住；其他字符串则会让所有持有者（包括 map 的键）看到的内容都发生变化。",
  },
  page,
  anchors: ["unsafe"],
  *check(context) {
    if (context.file.importName("unsafe") === undefined) return;
    for (const top of context.file.declarations) {
      if (!/^(?:function|method|var)_declaration$/.test(top.kind)) continue;
      if (!WRITES.test(top.chunk.text)) continue;
      for (const { target, at } of writes(top, context)) {
        const found = finding(target, at, context);
        if (found) yield found;
      }
    }
  },
};

/** What a declaration's text has where something is written through a slice or pointer. */
const WRITES =
  /StringData|\*\[\]byte|\*\[\]uint8|\]\s*(?:[-+*/%|&^]|<<|>>|&\^)?=(?!=)|\](?:\+\+|--)|copy\(|\bRead|\b[sS]ort/;

interface Write {
  /** The slice or pointer that is written through. */
  readonly target: SyntaxNode;
  readonly at: SyntaxNode;
}

function* writes(top: SyntaxNode, context: RuleContext): Iterable<Write> {
  const nodes: SyntaxNode[] = [];
  top.walk((node) => nodes.push(node));
  for (const node of nodes) {
    if (node.kind === "assignment_statement") {
      for (const left of node.field("left")?.children ?? []) {
        const target = written(left);
        if (target) yield { target, at: left };
      }
    } else if (node.kind === "inc_statement" || node.kind === "dec_statement") {
      const target = node.children[0] && written(node.children[0]);
      if (target) yield { target, at: node.children[0]! };
    } else if (node.kind === "call_expression") {
      const target = filledBy(node, context);
      if (target) yield { target, at: node };
    }
  }
}

/** b of `b[i]`, p of `*p`. */
function written(left: SyntaxNode): SyntaxNode | undefined {
  const at = bare(left);
  if (at.kind === "type_conversion_expression" && at.field("type")?.kind === "pointer_type")
    return at.field("operand");
  if (at.kind === "index_expression") return at.field("operand");
  return at.kind === "unary_expression" && at.field("operator")?.kind === "*"
    ? at.field("operand")
    : undefined;
}

/** Functions that write into an argument: which. */
const FILLS: Readonly<Record<string, number>> = {
  "io.ReadFull": 1,
  "io.ReadAtLeast": 1,
  "crypto/rand.Read": 0,
  "math/rand.Read": 0,
  "slices.Sort": 0,
  "slices.SortFunc": 0,
  "sort.Slice": 0,
  "slices.Reverse": 0,
  "encoding/hex.Encode": 0,
  "encoding/hex.Decode": 0,
  "crypto/subtle.XORBytes": 0,
};

function filledBy(call: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const args = argumentsOf(call);
  if (context.isBuiltinCall(call, "copy") || context.isBuiltinCall(call, "clear")) return args[0];
  // `append(b[:i], ...)` writes behind i; a view without a bound is moved, for it has no room.
  if (context.isBuiltinCall(call, "append")) {
    const first = args[0] && bare(args[0]);
    const isCut = first?.kind === "slice_expression" && first.field("end") && !first.field("capacity");
    return isCut && args.length > 1 ? first : undefined;
  }
  const target = context.target(call);
  if (target) {
    const key = `${target.path}.${target.name}`;
    return Object.hasOwn(FILLS, key) ? args[FILLS[key]!] : undefined;
  }
  const method =
    call.field("function")?.kind === "selector_expression"
      ? call.field("function")!.field("field")?.text
      : "";
  if (method === "Read" && args.length === 1) return args[0];
  return /^PutUint(?:16|32|64)$/.test(method ?? "") ? args[0] : undefined;
}

function finding(target: SyntaxNode, at: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const string = bytesOfString(target, context);
  const origin = string && originOf(string, context);
  if (!string || !origin) return undefined;
  const fix = copyFirst(target, string, origin === "constant", context);
  const name = string.text.length < 30 ? string.text : "the string";
  return {
    at,
    message:
      origin === "constant"
        ? {
            en: `This writes into ${name}, which lies in read-only memory: the process ends here.`,
            zh: `这里写入了 ${name}，它位于只读内存，进程会在此终止。`,
          }
        : {
            en: `This writes into the bytes of the string ${name}: a fault where it is a literal, and a changed value for all who hold it elsewhere.`,
            zh: `这里写入了字符串 ${name} 的字节：如果它是字面量就会触发内存错误，否则所有持有者看到的值都会改变。`,
          },
    ...(origin === "constant" && { severity: "error" as const }),
    ...(fix && { fixes: [fix] }),
  };
}

/** Undefined for strings that may be a view of bytes: those were made to be written. */
function originOf(string: SyntaxNode, context: RuleContext, depth = 0): "constant" | "string" | undefined {
  const node = bare(string);
  if (/_string_literal$/.test(node.kind)) return "constant";
  if (node.kind !== "identifier") {
    if (node.kind === "slice_expression") return originOf(node.field("operand")!, context, depth + 1);
    return node.kind === "selector_expression" &&
      isString(context.types.underlying(context.types.typeOf(node)))
      ? "string"
      : undefined;
  }
  const entity = context.file.entity(node);
  if (entity?.kind === "constant") return "constant";
  if (entity?.kind === "parameter") return "string";
  const value = onlyValue(entity);
  if (!value || depth > 3) return undefined;
  if (/_string_literal$/.test(value.kind)) return entity?.owner ? "constant" : "string";
  if (value.kind === "identifier" || value.kind === "selector_expression")
    return originOf(value, context, depth + 1);
  // Of a call it is not known whether it made the string for this one user.
  return undefined;
}

/** `b := []byte(s)` in place of the view. */
function copyFirst(
  target: SyntaxNode,
  string: SyntaxNode,
  isSure: boolean,
  context: RuleContext,
): Fix | undefined {
  const entity = bare(target).kind === "identifier" ? context.file.local(bare(target)) : undefined;
  const view = onlyValue(entity);
  if (!view || context.types.typeOf(view).kind !== "slice" || !view.holds(string)) return undefined;
  if (view.kind === "call_expression" && argumentsOf(view).length === 2) {
    const length = argumentsOf(view)[1]!;
    if (length.text !== `len(${string.text})`) return undefined;
  } else if (!reinterpreted(view, context)) return undefined;
  const builder = context.fix().replace(view, `[]byte(${string.text})`);
  builder.dropImport("unsafe", [view]);
  return builder.build(isSure ? "fix" : "suggestion", { en: "Copy the bytes first", zh: "先复制字节" });
}
