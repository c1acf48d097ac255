/** C.free on memory that Go allocated. */
import { goMemory } from "../../cgo/go-memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule } from "../../rule.ts";
import { argumentsOf, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-free-go-memory",
  severity: "error",
  cause: "native/abort-in-c/free-of-foreign-pointer",
  title: { en: "C.free on Go memory", zh: "对 Go 内存调用 C.free" },
  why: {
    en: "Memory of Go did not come from C's allocator: glibc aborts with `free(): invalid pointer`.",
    zh: "Go 的内存不是由 C 分配器分配的：glibc 会报 `free(): invalid pointer` 并中止进程。",
  },
  page,
  anchors: ["C.free"],
  *check(context) {
    for (const call of context.file.calls("C", "free")) {
      const argument = argumentsOf(call)[0];
      const origin = argument && goMemory(argument, context);
      if (!origin) continue;
      const fix = removal(call, context);
      yield {
        at: call,
        message: {
          en: "This memory was allocated by Go: C.free aborts the process. Go frees it by itself.",
          zh: "这块内存由 Go 分配，C.free 会让进程中止；Go 会自行回收它。",
        },
        ...(origin !== argument && {
          related: [{ at: origin, message: { en: "Allocated here.", zh: "在这里分配。" } }],
        }),
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

function removal(call: SyntaxNode, context: RuleContext): Fix | undefined {
  const statement = call.parent;
  if (
    !statement ||
    !/^(?:expression_statement|defer_statement)$/.test(statement.kind) ||
    statement.parent?.kind !== "statement_list"
  )
    return undefined;
  // A variable that only this named would be left unused, which does not compile.
  const entity = context.localOf(argumentsOf(call)[0]!);
  const left = entity?.references.filter((reference) => !statement.holds(reference)).length ?? 1;
  if (left === 0) return undefined;
  return context
    .fix()
    .remove(statement)
    .dropImport("unsafe", [statement])
    .build("fix", { en: "Take this C.free out", zh: "去掉这个 C.free" });
}
