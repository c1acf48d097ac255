/** A pointer used after C.free. */

import type { Resource } from "../../cgo/memory.ts";
import { cMemory } from "../../cgo/memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule } from "../../rule.ts";
import { enclosingFunction, inLoop, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-use-after-free",
  severity: "error",
  cause: "native/segv-in-c/use-after-free",
  title: { en: "C memory is used after it was freed", zh: "C 内存释放之后仍被使用" },
  why: {
    en: "After C.free the memory belongs to the next allocation: what is read is somebody else's, what is written damages it.",
    zh: "C.free 之后这块内存归下一次分配所有：读到的是别人的数据，写入会破坏别人的数据。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const resource of cMemory(context).resources) {
      for (const { release, use } of resource.lifetime.usesAfterRelease) {
        const line = context.line(release);
        const fix = deferral(release, resource, context);
        yield {
          at: use,
          message: {
            en: `${use.text} was freed at line ${line} and is used here.`,
            zh: `${use.text} 已在第 ${line} 行释放，这里仍在使用。`,
          },
          related: [{ at: release, message: { en: "Freed here.", zh: "在这里释放。" } }],
          ...(fix && { fixes: [fix] }),
        };
      }
      for (const { release, use } of resource.lifetime.returnedReleased) {
        if (!isReturned(use, context)) continue;
        const line = context.line(release);
        yield {
          at: use,
          message: {
            en: `The deferred ${release.field("function")?.text ?? "C.free"} of line ${line} frees ${use.text} before the caller gets it.`,
            zh: `第 ${line} 行的 defer 会先释放 ${use.text}，调用方拿到的是已释放的内存。`,
          },
          related: [{ at: release, message: { en: "Freed here.", zh: "在这里释放。" } }],
        };
      }
    }
  },
};

/** The pointer itself, or a slice or string over it; not what a call makes of it. */
function isReturned(use: SyntaxNode, context: RuleContext): boolean {
  let at = context.converted(use);
  for (;;) {
    const { parent } = at;
    const call = parent?.kind === "argument_list" ? parent.parent : undefined;
    const target = call && context.target(call);
    if (target?.path === "unsafe" && /^(?:Slice|String|Add)$/.test(target.name) && parent?.children[0] === at)
      at = context.converted(call!);
    else if (parent?.kind === "slice_expression" && at.fieldName === "operand")
      at = context.converted(parent);
    else return parent?.kind === "expression_list" && parent.parent?.kind === "return_statement";
  }
}

/** Freed at the end of the function instead, where that is the same but later. */
function deferral(release: SyntaxNode, resource: Resource, context: RuleContext): Fix | undefined {
  const statement = release.parent;
  if (
    statement?.kind !== "expression_statement" ||
    inLoop(release) ||
    enclosingFunction(release) !== resource.entity.owner
  )
    return undefined;
  if (resource.releases.length > 1) return undefined;
  // What is returned would be freed all the same.
  const returned = [...resource.names].some((name) =>
    name.references.some(
      (r) => r.start > release.start && r.above("return_statement") && !r.above("call_expression"),
    ),
  );
  const kind =
    returned || [...resource.names].some((name) => name.assignments.length > 1) ? "suggestion" : "fix";
  return context
    .fix()
    .insert(statement.start, "defer ")
    .build(kind, { en: "Free it when the function returns", zh: "改为函数返回时释放" });
}
