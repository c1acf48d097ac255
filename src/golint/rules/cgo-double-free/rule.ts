/** C.free twice on the same memory. */
import { cMemory } from "../../cgo/memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule, Words } from "../../rule.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-double-free",
  severity: "error",
  cause: "native/abort-in-c/double-free",
  title: { en: "C memory is freed twice", zh: "同一块 C 内存释放了两次" },
  why: {
    en: "The second C.free corrupts C's heap: glibc aborts the process (SIGABRT), or another allocation is handed out twice and fails far away.",
    zh: "第二次 C.free 会破坏 C 堆：glibc 直接中止进程（SIGABRT），或者同一块内存被分配给两处，在别的地方出错。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const { lifetime, entity, releases } of cMemory(context).resources) {
      for (const double of lifetime.doubleReleases) {
        // A deferred call runs last, wherever it is written: the explicit one is what is too many.
        const [extra, other] =
          double.secondDeferred && !double.firstDeferred
            ? [double.first, double.second]
            : [double.second, double.first];
        const deferred = double.secondDeferred && !double.firstDeferred;
        const fix = removal(isNested(double.first, extra) ? double.first : extra, releases, context);
        yield {
          at: extra,
          message: message(entity.name, called(other), context.line(other), deferred),
          related: [
            { at: other, message: { en: `The other ${called(other)}.`, zh: `另一次 ${called(other)}。` } },
          ],
          ...(fix && { fixes: [fix] }),
        };
      }
    }
  },
};

const called = (call: SyntaxNode): string => call.field("function")?.text ?? "C.free";

const message = (name: string, other: string, line: number, deferred: boolean): Words =>
  deferred
    ? {
        en: `${name} is freed here and again by the deferred ${other} of line ${line}.`,
        zh: `${name} 在这里释放，函数返回时又被第 ${line} 行的 defer 释放一次。`,
      }
    : { en: `${name} was already freed at line ${line}.`, zh: `${name} 已在第 ${line} 行释放。` };

/** A first one in a branch that the second stands behind: without it, the second serves both ways. */
function isNested(first: SyntaxNode, second: SyntaxNode): boolean {
  const list = second.parent?.parent;
  return list?.kind === "statement_list" && list.holds(first) && first.parent?.parent !== list;
}

function removal(extra: SyntaxNode, releases: readonly SyntaxNode[], context: RuleContext): Fix | undefined {
  const statement = extra.parent;
  if (
    !statement ||
    !/^(?:expression_statement|defer_statement)$/.test(statement.kind) ||
    statement.parent?.kind !== "statement_list"
  )
    return undefined;
  const builder = context.fix().remove(statement).dropImport("unsafe", [statement]);
  // With more than two, which one is right is not ours to say.
  return builder.build(releases.length === 2 ? "fix" : "suggestion", {
    en: `Take this ${called(extra)} out`,
    zh: `去掉这一次 ${called(extra)}`,
  });
}
