/** Objects of a sync.Pool in the variables of Go functions, from Get to Put. Shared by the rules about them. */
import { RuleContext } from "../context.ts";
import type { Step } from "../flow/graph.ts";
import { followLifetime, type LifeEvent, type Lifetime } from "../flow/lifetime.ts";
import { listed } from "../model/bind.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import type { GoType } from "../model/types.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode, statementsOf } from "../syntax/node.ts";

/** A local variable whose object is put into a pool, followed through its function. */
export interface Pooled {
  readonly entity: Entity;
  readonly puts: readonly SyntaxNode[];
  readonly lifetime: Lifetime;
}

const known = new WeakMap<FileModel, readonly Pooled[]>();

export function pooledObjects(context: RuleContext): readonly Pooled[] {
  const made = known.get(context.file);
  if (made) return made;
  const found: Pooled[] = [];
  for (const fn of context.file.functions()) {
    const puts = new Map<Entity, SyntaxNode[]>();
    fn.walk((node) => {
      const entity = node.kind === "call_expression" ? putBy(node, context) : undefined;
      if (entity) puts.set(entity, [...(puts.get(entity) ?? []), node]);
    });
    for (const [entity, calls] of puts) {
      const lifetime = follow(entity, context);
      if (lifetime) found.push({ entity, puts: calls, lifetime });
    }
  }
  known.set(context.file, found);
  return found;
}

/**
 * The local whose object this call puts into a pool: `pool.Put(x)`, or a function or method of the package that does it
 * at once.
 */
export function putBy(call: SyntaxNode, context: RuleContext): Entity | undefined {
  const at = putArgument(call, context);
  const argument =
    at === undefined
      ? undefined
      : at === RECEIVER
        ? call.field("function")!.field("operand")
        : argumentsOf(call)[at];
  if (!argument) return undefined;
  const inner = bare(argument);
  // `Put(&b)` gives the variable itself away.
  const isAddress = inner.kind === "unary_expression" && inner.field("operator")?.kind === "&";
  const entity = context.localOf(isAddress ? (inner.field("operand") ?? inner) : inner);
  return entity?.owner && entity.kind !== "constant" && entity.kind !== "type" ? entity : undefined;
}

function putArgument(call: SyntaxNode, context: RuleContext): number | undefined {
  if (isPut(call, context)) return 0;
  const fn = call.field("function");
  if (fn?.kind === "selector_expression") return ofMethod(fn, context);
  if (fn?.kind !== "identifier" || context.file.local(fn)) return undefined;
  const declared = context.file.pkg.declared(fn.text);
  const declaration = declared?.entity.kind === "function" ? declared.entity.node.parent : undefined;
  return declared && declaration && putParameter(declaration, declared.file);
}

/** Stands for the receiver among the numbers of arguments. */
const RECEIVER = -1;

function ofMethod(fn: SyntaxNode, context: RuleContext): number | undefined {
  const name = fn.field("field")?.text ?? "";
  const operand = fn.field("operand");
  if (!operand || !PUTS.test(name) || context.file.qualified(fn)) return undefined;
  const type = context.types.typeOf(operand);
  const holder = type.kind === "pointer" ? type.element : type;
  if (holder.kind !== "named" || holder.package !== "") return undefined;
  const method = context.file.pkg.methods(holder.name).find((m) => m.node.field("name")?.text === name);
  return method && putParameter(method.node, method.file);
}

/** Names of methods that give something back. */
const PUTS = /put|release|free|recycle|return|reset|close|done|dispose|give/i;

function isPool(type: GoType): boolean {
  const of = type.kind === "pointer" ? type.element : type;
  return of.kind === "named" && of.package === "sync" && of.name === "Pool";
}

function isPut(call: SyntaxNode, context: Pick<RuleContext, "types">): boolean {
  const fn = call.field("function");
  if (fn?.kind !== "selector_expression" || fn.field("field")?.text !== "Put") return false;
  const pool = fn.field("operand");
  return argumentsOf(call).length === 1 && pool !== undefined && isPool(context.types.typeOf(pool));
}

const wrappers = new WeakMap<SyntaxNode, number | "none">();

/** Which parameter a function puts into a pool, in a statement of its own that no branch goes round. */
function putParameter(declaration: SyntaxNode, file: FileModel): number | undefined {
  const seen = wrappers.get(declaration);
  if (seen !== undefined) return seen === "none" ? undefined : seen;
  const body = declaration.field("body");
  const names = (declaration.field("parameters")?.children ?? []).flatMap((p) => p.fields("name"));
  let found: number | "none" = "none";
  if (body?.text.includes(".Put(") && !body.text.includes("return")) {
    const there = new RuleContext(file);
    const { types } = there;
    // A wrapper that calls itself is none.
    wrappers.set(declaration, "none");
    for (const statement of statementsOf(body)) {
      const call = statement.kind === "expression_statement" ? statement.children[0] : undefined;
      if (call?.kind !== "call_expression" || putArgument(call, there) !== 0) continue;
      const argument = bare(argumentsOf(call)[0]!);
      const entity = argument.kind === "identifier" ? file.local(argument) : undefined;
      const at = names.findIndex((name) => file.local(name) === entity);
      if (!entity || entity.assignments.length > 0) continue;
      if (at >= 0) found = at;
      else if (entity.kind === "receiver" && types.typeOfEntity(entity).kind === "pointer") found = RECEIVER;
    }
  }
  wrappers.set(declaration, found);
  return found === "none" ? undefined : found;
}

function follow(entity: Entity, context: RuleContext): Lifetime | undefined {
  const { owner } = entity;
  if (!owner?.field("body") || changesUnseen(entity, context)) return undefined;
  const reader = new PoolReader(context, entity);
  return followLifetime({
    flow: context.flow(owner),
    file: context.file,
    names: new Set([entity]),
    events: (step) => reader.events(step),
    held: entity.kind === "parameter" || entity.kind === "receiver",
  });
}

/** Assigned in a literal, or through its address: which object it holds is not known. */
function changesUnseen(entity: Entity, context: RuleContext): boolean {
  if (entity.assignments.some(({ node }) => enclosingFunction(node) !== entity.owner)) return true;
  return entity.references.some((node) => {
    const { parent } = node;
    if (parent?.kind !== "unary_expression" || parent.field("operator")?.kind !== "&") return false;
    const call = parent.parent?.kind === "argument_list" ? parent.parent.parent : undefined;
    return call === undefined || putBy(call, context) !== entity;
  });
}

/** Reads what a step does with the object. */
class PoolReader {
  private readonly views: ReadonlySet<Entity>;

  constructor(
    private readonly context: RuleContext,
    private readonly entity: Entity,
  ) {
    this.views = new Set(context.file.locals(entity.owner!).filter((e) => this.isView(e)));
  }

  /** `b := buf.Bytes()`, `s := (*p)[:n]`, and nothing else: it lies in the object's memory. */
  private isView(entity: Entity): boolean {
    const value = entity.assignments[0]?.value;
    return entity.assignments.length === 1 && value !== undefined && this.looksInto(value);
  }

  private looksInto(expression: SyntaxNode): boolean {
    let at = bare(expression);
    while (at.kind === "slice_expression" && at.field("operand")) at = bare(at.field("operand")!);
    const type = this.context.types.typeOfEntity(this.entity);
    const pointee = type.kind === "pointer" ? type.element : undefined;
    if (at.kind === "unary_expression" && at.field("operator")?.kind === "*")
      return pointee?.kind === "slice" && this.is(bare(at.field("operand")!));
    const fn = at.kind === "call_expression" ? at.field("function") : undefined;
    const isBuffer = pointee?.kind === "named" && pointee.package === "bytes" && pointee.name === "Buffer";
    return isBuffer && fn?.field("field")?.text === "Bytes" && this.is(bare(fn.field("operand") ?? at));
  }

  private is(node: SyntaxNode): boolean {
    return node.kind === "identifier" && this.context.file.local(node) === this.entity;
  }

  private concerns(node: SyntaxNode): boolean {
    if (node.kind !== "identifier") return false;
    const entity = this.context.file.local(node);
    return entity !== undefined && (entity === this.entity || this.views.has(entity));
  }

  events(step: Step): readonly LifeEvent[] {
    if (step.kind === "end") return [];
    const { node } = step;
    const literal = node.kind === "call_expression" ? node.field("function") : undefined;
    const found: LifeEvent[] = [];
    if (step.kind === "defer" && literal?.kind === "func_literal") this.deferred(literal, found);
    else if (step.kind === "defer" && putBy(node, this.context) === this.entity)
      found.push({ kind: "release", node });
    else if (step.kind === "defer") return [];
    else this.visit(node, found);
    return found;
  }

  /** Of a deferred literal only a Put that surely runs is looked at. */
  private deferred(literal: SyntaxNode, found: LifeEvent[]): void {
    const body = literal.field("body");
    for (const statement of body ? statementsOf(body) : []) {
      const call = statement.kind === "expression_statement" ? statement.children[0] : undefined;
      if (call?.kind === "call_expression" && putBy(call, this.context) === this.entity)
        found.push({ kind: "release", node: call });
    }
  }

  private visit(node: SyntaxNode, found: LifeEvent[]): void {
    if (node.kind === "func_literal") {
      const inside = node.find("identifier").find((inner) => this.concerns(inner));
      if (inside) found.push({ kind: "use", node: inside });
      return;
    }
    if (
      /^(?:assignment_statement|short_var_declaration|var_spec|range_clause|receive_statement)$/.test(
        node.kind,
      )
    ) {
      this.assignment(node, found);
      return;
    }
    if (node.kind === "call_expression" && putBy(node, this.context) === this.entity) {
      found.push({ kind: "release", node });
      return;
    }
    if (node.kind === "return_statement") this.returned(node, found);
    for (const child of node.children) this.visit(child, found);
    if (this.concerns(node) && !this.isHarmless(node)) found.push({ kind: "use", node });
  }

  /** What is returned as it is, or a view of it: the caller has it after the deferred Put. */
  private returned(node: SyntaxNode, found: LifeEvent[]): void {
    const list = node.children[0];
    for (const value of list ? listed(list) : []) {
      const inner = bare(value);
      if (this.concerns(inner) || this.looksInto(inner)) found.push({ kind: "escape", node: inner });
    }
  }

  private assignment(node: SyntaxNode, found: LifeEvent[]): void {
    const right = node.field("right") ?? node.field("value");
    if (right && node.kind !== "range_clause") this.visit(right, found);
    const left = node.kind === "var_spec" ? node.fields("name") : node.field("left");
    for (const target of left === undefined ? [] : Array.isArray(left) ? left : listed(left)) {
      if (this.is(target)) found.push({ kind: "hold", node: target });
      else if (target.kind !== "identifier") this.visit(target, found);
    }
  }

  /** A comparison, a length or a printed pointer does not touch the object. */
  private isHarmless(node: SyntaxNode): boolean {
    const { parent } = node;
    if (parent?.kind === "binary_expression") return true;
    const call = parent?.kind === "argument_list" ? parent.parent : undefined;
    const type = this.context.types.typeOfEntity(this.entity);
    return (
      call !== undefined &&
      type.kind !== "pointer" &&
      ["len", "cap"].some((name) => this.context.isBuiltinCall(call, name))
    );
  }
}
