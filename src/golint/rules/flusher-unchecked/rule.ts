/** `w.(http.Flusher)` and its like without the second value: a middleware's writer need not have it. */
import type { RuleContext } from "../../context.ts";
import { comparison } from "../../flow/bounds.ts";
import type { Guard } from "../../flow/guard.ts";
import type { Fix, Rule } from "../../rule.ts";
import { bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

/** The one method of each interface, and since when http.ResponseController has it. */
const METHODS: Readonly<Record<string, string>> = {
  Flusher: "Flush",
  Hijacker: "Hijack",
  Pusher: "Push",
  CloseNotifier: "CloseNotify",
};

export const rule: Rule = {
  id: "flusher-unchecked",
  severity: "warning",
  cause: "runtime/type-assertion/flusher-lost",
  title: { en: "http.Flusher is taken for granted", zh: "没有检查就断言 http.Flusher" },
  why: {
    en: "A middleware that wraps the ResponseWriter hides Flush and Hijack: the assertion panics, and the stream breaks with its first request.",
    zh: "包装 ResponseWriter 的中间件会遮住 Flush 和 Hijack：断言触发 panic，流式响应从第一个请求起就中断。",
  },
  page,
  anchors: [".Flusher)", ".Hijacker)", ".Pusher)", ".CloseNotifier)"],
  *check(context) {
    // A test's handler stands behind no middleware.
    if (context.file.name.endsWith("_test.go")) return;
    for (const fn of context.file.functions("http")) {
      for (const node of fn.find("type_assertion_expression")) {
        const name = asserted(node, context);
        if (!name) continue;
        const dropped = hasFlag(node) ? withoutFlag(node, context) : undefined;
        if (dropped) {
          yield {
            at: node,
            message: {
              en: `Where ${node.field("operand")!.text} is no http.${name}, ${dropped.name} is nil, and ${dropped.use.text} panics.`,
              zh: `${node.field("operand")!.text} 没有实现 http.${name} 时 ${dropped.name} 是 nil，${dropped.use.text} 会 panic。`,
            },
            related: [{ at: dropped.use, message: { en: "Called here.", zh: "在这里调用。" } }],
          };
        }
        if (hasFlag(node) || isChecked(node, name, context)) continue;
        const fix = controller(node, name, context);
        yield {
          at: node,
          message: {
            en: `${node.field("operand")!.text} need not be an http.${name}: behind a middleware that wraps it, this panics.`,
            zh: `${node.field("operand")!.text} 不一定实现 http.${name}：经过包装它的中间件之后，这里会 panic。`,
          },
          ...(fix && { fixes: [fix] }),
        };
      }
    }
  },
};

function asserted(node: SyntaxNode, context: RuleContext): string | undefined {
  const target = context.file.qualified(node.field("type"));
  const isKnown = target?.path === "net/http" && Object.hasOwn(METHODS, target.name);
  return isKnown && node.field("operand") ? target.name : undefined;
}

/** `f, ok := w.(http.Flusher)`. */
function hasFlag(node: SyntaxNode): boolean {
  const value = node.parent?.kind === "parenthesized_expression" ? node.parent : node;
  const list = value.parent;
  const statement = list?.kind === "expression_list" ? list.parent : list;
  if (list?.children.length !== 1 || !statement) return false;
  if (statement.kind === "var_spec") return statement.fields("name").length === 2;
  return (
    /^(?:assignment_statement|short_var_declaration)$/.test(statement.kind) &&
    statement.field("left")?.children.length === 2
  );
}

/** `f, _ := w.(http.Flusher)`, and then `f.Flush()` without a look at f. */
function withoutFlag(
  node: SyntaxNode,
  context: RuleContext,
): { readonly name: string; readonly use: SyntaxNode } | undefined {
  const statement = node.above("short_var_declaration", "block");
  const [first, flag] = statement?.field("left")?.children ?? [];
  if (statement?.kind !== "short_var_declaration" || flag?.text !== "_" || !first) return undefined;
  const fn = enclosingFunction(node);
  const entity = fn && context.file.locals(fn).find((e) => e.node === first);
  if (entity?.assignments.length !== 1) return undefined;
  const is = (other: SyntaxNode) => other.kind === "identifier" && context.file.local(other) === entity;
  const guard: Guard = {
    condition: (at, holds) => at.kind !== "range_clause" && !!comparison(at, holds, is),
  };
  for (const reference of entity.references) {
    const called = reference.parent?.kind === "selector_expression" ? reference.parent : undefined;
    if (called?.parent?.kind !== "call_expression" || called.fieldName !== "function") {
      // A comparison somewhere: whoever asked, asked.
      if (reference.parent?.kind === "binary_expression") return undefined;
      continue;
    }
    if (enclosingFunction(reference) !== fn || context.isGuarded(reference, guard)) return undefined;
    return { name: entity.name, use: called.parent };
  }
  return undefined;
}

/**
 * Whether anything in the function, or for a wrapper's own Flush anything in the file, asks first. Wrappers are often
 * chosen by what the writer can do, and then their methods may rely on it.
 */
function isChecked(node: SyntaxNode, name: string, context: RuleContext): boolean {
  let top = enclosingFunction(node);
  for (let up = top; up; up = enclosingFunction(up)) top = up;
  const ownName = top?.field("name")?.text ?? "";
  const isWrapper = top?.kind === "method_declaration" && ownName === METHODS[name];
  // A field may have been asked where it was set.
  const isField = node.field("operand")?.kind === "selector_expression";
  const places = isWrapper || isField ? context.file.declarations : top ? [top] : [];
  const asks = new RegExp(
    `,\\s*\\w+\\s*:?=\\s*[^\\n]*\\.\\(\\s*\\w+\\.${name}\\s*\\)(?!\\.)|case [^\\n]*\\b${name}\\b`,
  );
  return places.some((place) => asks.test(place.text));
}

/** http.ResponseController (1.20) finds the method through Unwrap, and gives an error where there is none. */
function controller(node: SyntaxNode, name: string, context: RuleContext): Fix | undefined {
  const selector = node.parent;
  const call = selector?.parent;
  const method = METHODS[name];
  const isCall =
    selector?.kind === "selector_expression" &&
    selector.field("field")?.text === method &&
    call?.kind === "call_expression" &&
    selector.fieldName === "function";
  if (!isCall || !context.since(20) || (name !== "Flusher" && name !== "Hijacker")) return undefined;
  // It takes a ResponseWriter, and its Flush gives an error: only where nobody wants a value.
  const operand = bare(node.field("operand")!);
  const type = context.types.typeOf(operand);
  if (type.kind !== "named" || type.package !== "net/http" || type.name !== "ResponseWriter")
    return undefined;
  if (name === "Flusher" && !/^(?:expression|defer)_statement$/.test(call.parent?.kind ?? ""))
    return undefined;
  const builder = context.fix();
  builder.replace(node, `${builder.import("net/http")}.NewResponseController(${operand.text})`);
  return builder.build("fix", {
    en: "Use http.NewResponseController",
    zh: "改用 http.NewResponseController",
  });
}
