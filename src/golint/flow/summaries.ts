/** What functions of the package do with a resource they are given: so much of them as is sure on every path. */
import { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import type { PackageModel } from "../model/package.ts";
import { argumentsOf, enclosingFunction, type SyntaxNode, statementsOf } from "../syntax/node.ts";
import type { Step } from "./graph.ts";
import { followLifetime, type LifeEvent } from "./lifetime.ts";

/** `releases`: on every path, once. `borrows`: it is only used. */
export type Effect = "releases" | "borrows";

/** Reads what the steps of a function do with the resource that these names hold. */
export type EventReader = (
  context: RuleContext,
  names: ReadonlySet<Entity>,
  fn: SyntaxNode,
) => (step: Step) => readonly LifeEvent[];

/** Of parameters that are being read, or have been; per package, as functions call each other across files. */
const known = new WeakMap<PackageModel, Map<SyntaxNode, Effect | undefined>>();

/**
 * What a call does with an argument; undefined where the function is not one of the package, may keep it, or does
 * something else on some path. A function that calls itself is not told.
 */
export function effectOf(
  call: SyntaxNode,
  argument: SyntaxNode,
  context: RuleContext,
  read: EventReader,
): Effect | undefined {
  const fn = call.field("function");
  // What another goroutine does, it does at another time.
  if (fn?.kind !== "identifier" || context.file.local(fn) || call.parent?.kind === "go_statement")
    return undefined;
  const found = context.file.pkg.declared(fn.text);
  const node = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
  if (!found || !node?.field("body") || /\.\.\.\s*\)$/.test(call.text)) return undefined;
  const index = argumentsOf(call).findIndex((a) => a.holds(argument));
  const parameter = parameterAt(node, index);
  const entity = parameter && found.file.locals(node).find((e) => e.node === parameter);
  if (!entity) return undefined;
  const effects = known.get(context.file.pkg) ?? new Map<SyntaxNode, Effect | undefined>();
  known.set(context.file.pkg, effects);
  if (effects.has(entity.node)) return effects.get(entity.node);
  effects.set(entity.node, undefined);
  const there = new RuleContext(found.file);
  const effect = entity.variadic ? ofEach(entity, node, there, read) : ofOne(entity, node, there, read);
  effects.set(entity.node, effect);
  return effect;
}

function parameterAt(fn: SyntaxNode, index: number): SyntaxNode | undefined {
  const names: SyntaxNode[] = [];
  for (const declaration of fn.field("parameters")?.children ?? []) {
    const own = declaration.fields("name");
    if (declaration.kind === "variadic_parameter_declaration") return names[index] ?? own[0];
    names.push(...own);
  }
  return names[index];
}

function ofOne(entity: Entity, fn: SyntaxNode, context: RuleContext, read: EventReader): Effect | undefined {
  if (entity.assignments.length > 0) return undefined;
  const flow = context.flow(fn);
  const first = flow.entry.steps[0];
  const events = read(context, new Set([entity]), fn);
  const kinds = new Set<LifeEvent["kind"]>();
  const lifetime = followLifetime({
    flow,
    file: context.file,
    names: new Set([entity]),
    events: (step) => {
      const own = events(step);
      for (const { kind } of own) kinds.add(kind);
      return step === first ? [{ kind: "acquire", node: entity.node }, ...own] : own;
    },
  });
  if (!lifetime || !first || [...kinds].some((kind) => kind !== "use" && kind !== "release"))
    return undefined;
  if (!kinds.has("release")) return "borrows";
  return lifetime.leaks.length === 0 ? "releases" : undefined;
}

/** `for _, p := range ps { C.free(p) }`, as a statement of the function itself. */
function ofEach(entity: Entity, fn: SyntaxNode, context: RuleContext, read: EventReader): Effect | undefined {
  const [only, more] = entity.references;
  const loop = only?.above("for_statement");
  if (!only || more || !loop || entity.assignments.length > 0) return undefined;
  const clause = loop.child("range_clause");
  const list = statementsOf(fn.field("body")!);
  const before = list.slice(0, list.indexOf(loop));
  if (clause?.field("right") !== only || !list.includes(loop) || before.some(mayLeave)) return undefined;
  const each = context.file.locals(fn).find((e) => e.range?.over === only && e.range.index === 1);
  const statements = statementsOf(loop.field("body")!);
  if (!each || enclosingFunction(loop) !== fn || statements.some(mayLeave)) return undefined;
  const kinds = statements.flatMap((node) =>
    read(context, new Set([each]), fn)({ kind: "run", node }).map(({ kind }) => kind),
  );
  if (kinds.some((kind) => kind !== "use" && kind !== "release")) return undefined;
  const releases = kinds.filter((kind) => kind === "release").length;
  return releases === 0 ? "borrows" : releases === 1 ? "releases" : undefined;
}

/** Statements behind which, or around which, not every path goes on. */
const mayLeave = (node: SyntaxNode): boolean =>
  /^(?:if|for|return|go|goto|break|continue|labeled|expression_switch|type_switch|select|defer)_statement$/.test(
    node.kind,
  );
