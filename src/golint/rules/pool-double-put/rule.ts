/** One object put into its sync.Pool twice. */
import { pooledObjects } from "../../pool/pooled.ts";
import type { Rule } from "../../rule.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "pool-double-put",
  severity: "error",
  cause: "runtime/sync-misuse/pool-double-put",
  title: { en: "Object is put into the pool twice", zh: "同一对象放回池两次" },
  why: {
    en: "A pool that holds an object twice hands it to two goroutines, each of which believes it has it alone.",
    zh: "同一对象在池里有两份，就会交给两个 goroutine，而每一个都以为只有自己在用。",
  },
  page,
  anchors: [".Put("],
  *check(context) {
    for (const { entity, lifetime } of pooledObjects(context)) {
      for (const { first, second, secondDeferred, firstDeferred } of lifetime.doubleReleases) {
        const deferred = firstDeferred || secondDeferred;
        // The explicit Put is the one too many where the other is deferred.
        const [at, other] = secondDeferred && !firstDeferred ? [first, second] : [second, first];
        const statement = at.parent;
        const isAlone =
          statement?.parent?.kind === "statement_list" &&
          /^(?:expression|defer)_statement$/.test(statement.kind);
        const line = context.line(other);
        yield {
          at,
          message: deferred
            ? {
                en: `The deferred Put at line ${line} puts ${entity.name} into the pool a second time.`,
                zh: `第 ${line} 行 defer 的 Put 会把 ${entity.name} 再次放回池。`,
              }
            : {
                en: `${entity.name} was put into the pool at line ${line} already.`,
                zh: `${entity.name} 已在第 ${line} 行放回池。`,
              },
          related: [{ at: other, message: { en: "The other Put.", zh: "另一次 Put。" } }],
          ...(isAlone &&
            statement && {
              fixes: [
                context
                  .fix()
                  .remove(statement)
                  .build(deferred ? "fix" : "suggestion", {
                    en: "Leave out the Put that is too many",
                    zh: "删掉多余的 Put",
                  }),
              ],
            }),
        };
      }
    }
  },
};
