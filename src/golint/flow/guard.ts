/** Whether something was made sure of on every path to a place. */
import type { FileModel } from "../model/file.ts";
import { bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";
import { type Block, type Flow, flowOf } from "./graph.ts";

export interface Guard {
  /** Whether this plain condition (no `&&`, `||`, `!`), or range clause, makes sure when it came out so. */
  readonly condition: (node: SyntaxNode, holds: boolean) => boolean;
  /** What a step does: true makes sure, false takes it away, undefined changes nothing. */
  readonly step?: (node: SyntaxNode) => boolean | undefined;
}

/** Whether every path from the function's begin to `target` passes something that makes sure and nothing after that takes it away. */
export function isGuarded(target: SyntaxNode, guard: Guard, file: FileModel): boolean {
  if (withinOwnExpression(target, guard)) return true;
  const fn = enclosingFunction(target);
  if (!fn?.field("body")) return false;
  if (guardedIn(flowOf(fn, file), target, guard)) return true;
  // A literal sees what was true where it is made, unless something takes it away anywhere.
  return fn.kind === "func_literal" && !takesAway(fn, guard) && isGuarded(fn, guard, file);
}

/** `len(s) > 0 && f(target)`: the left side is evaluated before. */
function withinOwnExpression(target: SyntaxNode, guard: Guard): boolean {
  for (
    let at = target;
    at.parent && at.parent.kind !== "statement_list" && at.kind !== "func_literal";
    at = at.parent
  ) {
    const { parent } = at;
    const operator = parent.kind === "binary_expression" ? parent.field("operator")?.kind : undefined;
    if ((operator === "&&" || operator === "||") && at.fieldName === "right") {
      if (conditionMakesSure(parent.field("left")!, operator === "&&", guard)) return true;
    }
  }
  return false;
}

/** Whether a condition with `&&`, `||` and `!` makes sure when it came out so. */
export function conditionMakesSure(condition: SyntaxNode, holds: boolean, guard: Guard): boolean {
  const node = bare(condition);
  const operator = node.field("operator")?.kind;
  if (node.kind === "unary_expression" && operator === "!")
    return conditionMakesSure(node.field("operand")!, !holds, guard);
  if (node.kind === "binary_expression" && (operator === "&&" || operator === "||")) {
    const sides = [node.field("left")!, node.field("right")!].map((side) =>
      conditionMakesSure(side, holds, guard),
    );
    // Both sides are known to have come out so, or at least one of them.
    return (operator === "&&") === holds ? sides.some(Boolean) : sides.every(Boolean);
  }
  return guard.condition(node, holds);
}

function takesAway(fn: SyntaxNode, guard: Guard): boolean {
  let found = false;
  fn.field("body")!.walk((node) => {
    if (!found && guard.step?.(node) === false) found = true;
  });
  return found;
}

function guardedIn(flow: Flow, target: SyntaxNode, guard: Guard): boolean {
  const sure = new Map<Block, boolean>([[flow.entry, false]]);
  const work = [flow.entry];
  let answer = true;
  let reached = false;
  const through = (block: Block, begin: boolean): boolean => {
    let now = begin;
    for (const { node, kind } of block.steps) if (kind !== "end") now = guard.step?.(node) ?? now;
    return now;
  };
  while (work.length > 0) {
    const block = work.pop()!;
    const after = through(block, sure.get(block)!);
    for (const { to, condition, holds } of block.edges) {
      const value = after || (condition !== undefined && guard.condition(condition, holds!));
      const before = sure.get(to);
      const next = before === undefined ? value : before && value;
      if (next === before) continue;
      sure.set(to, next);
      work.push(to);
    }
  }
  for (const [block, begin] of sure) {
    let now = begin;
    for (const { node, kind } of block.steps) {
      if (kind === "end") continue;
      // A loop's head runs before its body, so what it holds is met first in the step that is the target's own.
      if (node.holds(target)) {
        reached = true;
        answer &&= now;
        break;
      }
      now = guard.step?.(node) ?? now;
    }
  }
  return reached && answer;
}
