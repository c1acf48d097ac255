/** A C handle in use while a finalizer may free it: no runtime.KeepAlive after the call. */
import { type Finalized, finalizedTypes, takesFinalizerAway } from "../../cgo/finalizers.ts";
import { type Handle, handleOf } from "../../cgo/handles.ts";
import { RuleContext } from "../../context.ts";
import type { Block, Flow } from "../../flow/graph.ts";
import { argumentsFor, isExported } from "../../model/callers.ts";
import type { Entity } from "../../model/entity.ts";
import { inferenceOf } from "../../model/infer.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import {
  argumentsOf,
  enclosingFunction,
  inLoop,
  listedStatement,
  type SyntaxNode,
} from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "missing-keepalive",
  severity: "warning",
  cause: "native/segv-in-c/finalizer-freed-handle",
  title: {
    en: "The finalizer may free a handle that C is using",
    zh: "C 正在使用的句柄可能被 finalizer 释放",
  },
  why: {
    en: "A Go value is dead after its last use, not at the end of its method: during C.f(t.handle) the collector may run the finalizer, and C works on freed memory.",
    zh: "Go 对象在最后一次使用之后即视为死亡，而不是等方法返回：执行 C.f(t.handle) 期间，GC 可能运行 finalizer，C 就会操作已释放的内存。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    const types = finalizedTypes(context.file.pkg);
    if (types.size === 0) return;
    const perFunction = new Map<SyntaxNode, Exposed[]>();
    for (const call of context.file.calls("C")) {
      const fn = enclosingFunction(call);
      if (!fn || fn.kind === "func_literal") continue;
      const found = exposed(call, fn, types, context);
      if (found.length > 0) perFunction.set(fn, [...(perFunction.get(fn) ?? []), ...found]);
    }
    for (const group of perFunction.values()) yield finding(group, types, context);
  },
};

interface Exposed extends Handle {
  readonly call: SyntaxNode;
}

/** The values whose handle this call is given and that nothing keeps alive until the call returns. */
function exposed(
  call: SyntaxNode,
  fn: SyntaxNode,
  types: ReadonlyMap<string, Finalized>,
  context: RuleContext,
): Exposed[] {
  const found = new Map<Entity, Exposed>();
  for (const argument of argumentsOf(call)) {
    const handle = handleOf(argument, types, context);
    if (!handle || handle.entity.owner !== fn || found.has(handle.entity)) continue;
    if (passesInside(handle.entity, call) || isHeldBySql(handle.type, context)) continue;
    if (types.get(handle.type)!.frees.has(fn) || takesFinalizerAway(fn, context)) continue;
    if (!isOneName(handle.entity, context) || keptAlive(handle.entity, call, context.flow(fn))) continue;
    if (callersKeep(handle.entity, context)) continue;
    found.set(handle.entity, { ...handle, call });
  }
  return [...found.values()];
}

/** Callers of callers are looked at so far. */
const DEEPEST = 3;

/** Whether every caller of a function that only the package calls still names the value after the call. */
function callersKeep(entity: Entity, context: RuleContext, depth = 0): boolean {
  if (depth >= DEEPEST || !/^(?:parameter|receiver)$/.test(entity.kind)) return false;
  if (!entity.owner || isExported(entity.owner.field("name")?.text ?? "")) return false;
  let called = false;
  for (const { argument, call, file } of argumentsFor(entity, context.file)) {
    called = true;
    const own = argument.kind === "identifier" ? file.local(argument) : undefined;
    const there = file === context.file ? context : new RuleContext(file);
    const isNamedAfter = own?.references.some((r) => r.start >= call.end || r.above("defer_statement"));
    if (!own || (!isNamedAfter && !callersKeep(own, there, depth + 1))) return false;
  }
  return called;
}

/**
 * Connections and statements of a database/sql driver: from their making to their Close, database/sql holds them and uses
 * them after each call, and lends them out in `Conn.Raw` only while it does.
 */
function isHeldBySql(type: string, context: RuleContext): boolean {
  return context.file.pkg.methods(type).some(({ node, file }) => {
    const made = MADE_FOR_SQL.get(node.field("name")?.text ?? "");
    const result = made === undefined ? undefined : inferenceOf(file).resultsOf(node)[0];
    return result?.kind === "named" && result.package === "database/sql/driver" && result.name === made;
  });
}

/** Methods of driver.Conn and driver.Stmt, and what they make. */
const MADE_FOR_SQL: ReadonlyMap<string, string> = new Map([
  ["Prepare", "Stmt"],
  ["Exec", "Result"],
  ["Query", "Rows"],
]);

/** `C.f(m.handle, &m.result)`: a pointer into the value, and cgo keeps what it is given. */
function passesInside(entity: Entity, call: SyntaxNode): boolean {
  return entity.references.some((node) => {
    for (let at = node.parent; at && call.holds(at) && at !== call; at = at.parent)
      if (at.kind === "unary_expression" && at.field("operator")?.kind === "&") return true;
    return false;
  });
}

/** No literal and no other name holds the value too. */
function isOneName(entity: Entity, context: RuleContext): boolean {
  return (
    !context.file.isCaptured(entity) &&
    !entity.references.some((node) => {
      const { parent } = context.converted(node);
      return (
        parent?.field("operator")?.kind === "&" ||
        /^(?:keyed_element|literal_element|literal_value)$/.test(parent?.kind ?? "") ||
        (parent?.kind === "expression_list" &&
          node.fieldName !== "left" &&
          /assignment|var/.test(parent.parent?.kind ?? "") &&
          parent.fieldName === "right")
      );
    })
  );
}

/** Whether the value is still named on some way from the call on, or by a deferred call: the compiler keeps it till then. */
function keptAlive(entity: Entity, call: SyntaxNode, flow: Flow): boolean {
  const named = (node: SyntaxNode) => entity.references.some((r) => node.holds(r));
  let from: Block | undefined;
  let after: SyntaxNode[] = [];
  for (const block of flow.blocks) {
    const steps = block.steps.filter(({ kind }) => kind !== "end");
    if (steps.some(({ kind, node }) => kind === "defer" && named(node))) return true;
    const at = steps.findIndex(({ node }) => node.holds(call));
    if (at < 0 || from) continue;
    if (steps[at]!.kind !== "run" && steps[at]!.kind !== "return") return true;
    from = block;
    // `m.err = C.f(m.h)` and `m.check(C.f(m.h))` use m after C has returned.
    if (entity.references.some((r) => steps[at]!.node.holds(r) && !call.holds(r))) return true;
    after = steps.slice(at + 1).map(({ node }) => node);
  }
  if (!from || after.some(named)) return true;
  const seen = new Set<Block>();
  const work = from.edges.map(({ to }) => to);
  for (let block = work.pop(); block; block = work.pop()) {
    if (seen.has(block)) continue;
    seen.add(block);
    if (block.steps.some(({ kind, node }) => kind !== "end" && named(node))) return true;
    work.push(...block.edges.map(({ to }) => to));
  }
  return false;
}

function finding(
  group: readonly Exposed[],
  types: ReadonlyMap<string, Finalized>,
  context: RuleContext,
): RuleFinding {
  const { call, type } = group[0]!;
  const name = context.target(call)!.name;
  const by = types.get(type)!.form === "AddCleanup" ? "cleanup" : "finalizer";
  const calls = [...new Set(group.map((e) => e.call))];
  const names = [...new Set(group.filter((e) => e.call === call).map((e) => e.entity.name))];
  const fix = keepAlive(group, calls, context);
  return {
    at: call,
    message: {
      en: `Nothing keeps ${names.join(", ")} alive while C.${name} runs: the ${by} of ${type} may free the handle that C is using.`,
      zh: `C.${name} 运行期间没有代码保持 ${names.join("、")} 存活：${type} 的 ${by} 可能释放 C 正在使用的句柄。`,
    },
    related: calls.slice(1).map((at) => ({
      at,
      message: { en: "The same holds for this call.", zh: "这个调用也是如此。" },
    })),
    ...(fix && { fixes: [fix] }),
  };
}

/** Statements that go on to the next: what is put behind them runs. */
const PLAIN = /^(?:expression_statement|assignment_statement|short_var_declaration|var_declaration)$/;

/** Behind the last call where that is a statement of its own; else deferred before the first. */
function keepAlive(
  group: readonly Exposed[],
  calls: readonly SyntaxNode[],
  context: RuleContext,
): Fix | undefined {
  const first = listedAround(calls);
  if (!first || inLoop(first)) return undefined;
  const entities = [...new Set(group.map((e) => e.entity))];
  if (entities.some((entity) => entity.node.start > first.start)) return undefined;
  const builder = context.fix();
  const runtime = builder.import("runtime");
  const lines = entities.map((entity) => `${runtime}.KeepAlive(${entity.name})`);
  const list = first.parent!.children;
  const last = listedStatement(calls.at(-1)!)!;
  const between = list.slice(list.indexOf(first), list.indexOf(last) + 1);
  if (last.parent === first.parent && between.every((s) => PLAIN.test(s.kind)))
    builder.insertAfter(last, lines);
  else
    builder.insertBefore(
      first,
      lines.map((line) => `defer ${line}`),
    );
  const names = entities.map((entity) => entity.name);
  return builder.build("fix", {
    en: `Keep ${names.join(", ")} alive until C has returned`,
    zh: `让 ${names.join("、")} 存活到 C 返回`,
  });
}

/** The statement with the first call, in the innermost list that holds them all. */
function listedAround(calls: readonly SyntaxNode[]): SyntaxNode | undefined {
  let statement = listedStatement(calls[0]!);
  while (statement && !calls.every((call) => statement!.parent!.holds(call)))
    statement = listedStatement(statement.parent!);
  return statement;
}
