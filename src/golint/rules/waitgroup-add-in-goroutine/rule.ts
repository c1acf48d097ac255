/** `wg.Add(1)` as a goroutine's own first act: Wait may be there before it. */
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule } from "../../rule.ts";
import {
  argumentsOf,
  bare,
  enclosingFunction,
  listedStatement,
  type SyntaxNode,
  statementsOf,
} from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "waitgroup-add-in-goroutine",
  severity: "warning",
  cause: "runtime/sync-misuse/add-during-wait",
  title: { en: "WaitGroup.Add inside the goroutine", zh: "在 goroutine 里面调用 WaitGroup.Add" },
  why: {
    en: "Wait returns at once while the counter is zero: a goroutine that has not run yet is not waited for.",
    zh: "计数为零时 Wait 立即返回：还没开始运行的 goroutine 不会被等待。",
  },
  page,
  anchors: [".Add("],
  *check(context) {
    for (const fn of context.file.functions(".Add(")) {
      if (!fn.chunk.text.includes(".Wait()")) continue;
      for (const literal of fn.find("func_literal")) {
        const late = lateAdd(literal, context);
        if (!late) continue;
        const fix = moved(late, literal, context);
        yield {
          at: late.call,
          message: {
            en: `Wait at line ${context.line(late.wait)} may return before this goroutine has run: call ${late.group.name}.Add before the go statement.`,
            zh: `第 ${context.line(late.wait)} 行的 Wait 可能在这个 goroutine 运行之前就返回：应在 go 语句之前调用 ${late.group.name}.Add。`,
          },
          alsoIn: "vet",
          related: [{ at: late.wait, message: { en: "It waits here.", zh: "在这里等待。" } }],
          ...(fix && { fixes: [fix] }),
        };
      }
    }
  },
};

interface LateAdd {
  readonly call: SyntaxNode;
  readonly group: Entity;
  readonly wait: SyntaxNode;
}

function lateAdd(literal: SyntaxNode, context: RuleContext): LateAdd | undefined {
  if (literal.fieldName !== "function" || literal.parent?.parent?.kind !== "go_statement") return undefined;
  const outer = enclosingFunction(literal);
  // What comes before Add, but for defers, may be what Wait waits for.
  const statements = statementsOf(literal.field("body")!);
  const first = statements.find(({ kind }) => kind !== "defer_statement");
  const call = first?.kind === "expression_statement" ? first.children[0] : undefined;
  const group = call && groupOf(call, "Add", context);
  if (!call || !group || group.owner === literal) return undefined;
  let wait: SyntaxNode | undefined;
  for (const reference of group.references) {
    const other = reference.parent?.parent;
    if (!other || other === call || other.kind !== "call_expression") continue;
    // With a count of its creator's, the goroutine may add to it for what it starts.
    const isCounted = groupOf(other, "Add", context) === group && !literal.holds(other) && !isLate(other);
    if (isCounted && !endsItself(literal, group, context)) return undefined;
    if (
      groupOf(other, "Wait", context) === group &&
      enclosingFunction(other) === outer &&
      other.start > literal.end
    )
      wait ??= other;
  }
  return wait && { call, group, wait };
}

/** Its one Done is for its one Add. */
function endsItself(literal: SyntaxNode, group: Entity, context: RuleContext): boolean {
  if (literal.find("go_statement").length > 0) return false;
  return (
    literal.find("call_expression").filter((call) => groupOf(call, "Done", context) === group).length === 1
  );
}

/** Of another goroutine's literal. */
const isLate = (call: SyntaxNode): boolean =>
  enclosingFunction(call)?.parent?.parent?.kind === "go_statement";

/** wg of `wg.Add(1)`, where wg is a local sync.WaitGroup. */
function groupOf(call: SyntaxNode, method: string, context: RuleContext): Entity | undefined {
  const fn = call.kind === "call_expression" ? call.field("function") : undefined;
  if (fn?.kind !== "selector_expression" || fn.field("field")!.text !== method) return undefined;
  const operand = bare(fn.field("operand")!);
  const type = context.types.typeOf(operand);
  const of = type.kind === "pointer" ? type.element : type;
  const isGroup = of.kind === "named" && of.package === "sync" && of.name === "WaitGroup";
  return isGroup && operand.kind === "identifier" ? context.file.local(operand) : undefined;
}

function moved({ call }: LateAdd, literal: SyntaxNode, context: RuleContext): Fix | undefined {
  const count = argumentsOf(call)[0];
  const statement = listedStatement(call);
  const start = literal.parent!.parent!;
  if (!count || !statement || context.types.constant(count) === undefined) return undefined;
  if (start.parent?.kind !== "statement_list") return undefined;
  return context
    .fix()
    .insertBefore(start, [call.text])
    .remove(statement)
    .build("fix", { en: "Add before the go statement", zh: "在 go 语句之前 Add" });
}
