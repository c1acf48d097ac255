/** An object, or a view of it, used after it went back into its sync.Pool. */
import type { RuleContext } from "../../context.ts";
import { type Pooled, pooledObjects } from "../../pool/pooled.ts";
import type { Fix, Rule } from "../../rule.ts";
import { enclosingFunction, inLoop, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "pool-use-after-put",
  severity: "warning",
  cause: "runtime/sync-misuse/pool-used-after-put",
  title: { en: "Pooled object is used after Put", zh: "放回池的对象仍在使用" },
  why: {
    en: "After Put the next Get may hand the object to another goroutine: both write to it, and one request's answer carries another's data.",
    zh: "Put 之后，下一次 Get 可能把这个对象交给另一个 goroutine：两边同时写，一个请求的响应里就会出现另一个请求的数据。",
  },
  page,
  anchors: [".Put("],
  *check(context) {
    for (const pooled of pooledObjects(context)) {
      // A test that recovers wants to see what happens then.
      if (context.file.name.endsWith("_test.go") && pooled.entity.owner?.text.includes("recover()")) continue;
      for (const { release, use } of pooled.lifetime.usesAfterRelease) {
        const line = context.line(release);
        const fix = deferral(release, pooled, context);
        yield {
          at: use,
          message: {
            en: `${pooled.entity.name} went back into the pool at line ${line} and is used here.`,
            zh: `${pooled.entity.name} 已在第 ${line} 行放回池，这里仍在使用。`,
          },
          related: [{ at: release, message: { en: "Put back here.", zh: "在这里放回池。" } }],
          ...(fix && { fixes: [fix] }),
        };
      }
      for (const { release, use } of pooled.lifetime.returnedReleased) {
        const fix = copy(use, pooled, context);
        yield {
          at: use,
          message: {
            en: `${use.text} is in the pool's hands before the caller gets it: the deferred Put runs first.`,
            zh: `${use.text} 交到调用方手里之前，已被 defer 的 Put 放回池。`,
          },
          related: [{ at: release, message: { en: "Put back here.", zh: "在这里放回池。" } }],
          ...(fix && { fixes: [fix] }),
        };
      }
      const left = leftToGoroutine(pooled);
      if (left) {
        yield {
          at: left.use,
          message: {
            en: `This goroutine may use ${pooled.entity.name} after the deferred Put of line ${context.line(left.put)} gave it back.`,
            zh: `这个 goroutine 使用 ${pooled.entity.name} 时，第 ${context.line(left.put)} 行的 defer 可能已把它放回池。`,
          },
          related: [{ at: left.put, message: { en: "Put back here.", zh: "在这里放回池。" } }],
        };
      }
    }
  },
};

/** A goroutine that uses the object, in a function that puts it back at its end and waits for nothing before. */
function leftToGoroutine({
  entity,
  puts,
}: Pooled): { readonly use: SyntaxNode; readonly put: SyntaxNode } | undefined {
  const put = puts.find((call) => call.above("defer_statement") && !call.above("go_statement"));
  const { owner } = entity;
  if (!put || !owner || entity.assignments.length > 1) return undefined;
  for (const use of entity.references) {
    const go = use.above("go_statement");
    if (!go || enclosingFunction(go) !== owner || go.above("for_statement")) continue;
    const after = owner.text.slice(go.end - owner.start);
    // Whatever may wait for the goroutine.
    if (/<-|\bselect\b|\bWait\w*\(|\brange\b|\.(?:R?Lock|Join|Recv\w*|Acquire)\(|\bfor\b/.test(after))
      return undefined;
    return puts.some((call) => go.holds(call)) ? undefined : { use, put };
  }
  return undefined;
}

/** Put back at the function's end instead, where that is the same but later. */
function deferral(release: SyntaxNode, pooled: Pooled, context: RuleContext): Fix | undefined {
  const statement = release.parent;
  const { entity, puts, lifetime } = pooled;
  if (statement?.kind !== "expression_statement" || statement.parent?.kind !== "statement_list")
    return undefined;
  if (inLoop(release) || enclosingFunction(release) !== entity.owner || puts.length > 1) return undefined;
  // What is returned, or used by a goroutine, would be too late all the same; what is reassigned is another object.
  const outlives = lifetime.usesAfterRelease.some(
    ({ use }) =>
      use.above("go_statement") ||
      enclosingFunction(use) !== entity.owner ||
      (use.above("return_statement") && !isCopied(use)),
  );
  if (outlives || entity.assignments.some(({ node }) => node.start > release.start)) return undefined;
  return context
    .fix()
    .insert(statement.start, "defer ")
    .build("fix", { en: "Put it back when the function ends", zh: "函数结束时再放回池" });
}

/** `return buf.String()`, `return string(b[:n])`: evaluated before the deferred Put, and a string of its own. */
function isCopied(use: SyntaxNode): boolean {
  for (let at = use.parent; at && at.kind !== "return_statement"; at = at.parent) {
    const fn = at.kind === "call_expression" ? at.field("function") : undefined;
    if (fn?.text === "string" || fn?.field("field")?.text === "String") return true;
  }
  return false;
}

/** The caller gets bytes of its own. */
function copy(use: SyntaxNode, pooled: Pooled, context: RuleContext): Fix | undefined {
  const type = context.types.typeOfEntity(pooled.entity);
  const pointee = type.kind === "pointer" ? type.element : type;
  const isBuffer = pointee.kind === "named" && pointee.package === "bytes" && use.kind === "call_expression";
  const isBytes =
    pointee.kind === "slice" &&
    pointee.element.kind === "basic" &&
    /^(?:byte|uint8)$/.test(pointee.element.name);
  if ((!isBuffer && !isBytes) || (isBytes && use.text === pooled.entity.name && type.kind === "pointer"))
    return undefined;
  const builder = context.fix();
  builder.replace(use, `${builder.import("bytes")}.Clone(${use.text})`);
  return builder.build(context.since(20) ? "fix" : "suggestion", {
    en: "Return a copy",
    zh: "返回一份副本",
  });
}
