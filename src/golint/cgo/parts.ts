/** C memory that a function puts into a struct or slice of its own, and that goes with it: `p.path = C.CString(s)`. */
import type { RuleContext } from "../context.ts";
import { listed } from "../model/bind.ts";
import type { Entity } from "../model/entity.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";
import { givenToPart } from "./go-memory.ts";
import { type Allocation, treatment } from "./memory.ts";

/** An allocation that is part of a local variable, which goes nowhere but into calls of C that do not keep it. */
export interface LostPart extends Allocation {
  /** The variable that holds it. */
  readonly holder: Entity;
}

const ALLOCATES = /^(?:CString|CBytes|malloc|calloc|strdup|strndup)$/;

export function lostParts(context: RuleContext): readonly LostPart[] {
  const lost: LostPart[] = [];
  for (const call of context.file.calls("C")) {
    const name = context.target(call)!.name;
    if (!ALLOCATES.test(name)) continue;
    const value = context.converted(call);
    const holder = holderOf(value, call, context);
    if (!holder || !isOwn(holder, context)) continue;
    const member = memberOf(value);
    const uses = holder.references.map((node) => useOf(node, holder, member, context));
    // Held and given to nobody it is an oversight of another kind, or code that is not finished.
    if (uses.includes("other") || !uses.includes("c")) continue;
    lost.push({ name, call, value, holder });
  }
  return lost;
}

/** v of `v.f = value`, `v[i] = value`, `v = append(v, value)` and `v := C.struct_t{f: value}`. */
function holderOf(value: SyntaxNode, call: SyntaxNode, context: RuleContext): Entity | undefined {
  const fn = enclosingFunction(call);
  const own = (entity: Entity | undefined) =>
    entity?.kind === "variable" && entity.owner === fn ? entity : undefined;
  const list = value.parent;
  if (list?.kind === "expression_list" && list.fieldName === "right") {
    const statement = list.parent!;
    const target = statement.field("left") && listed(statement.field("left")!)[list.children.indexOf(value)];
    if (statement.kind !== "assignment_statement" || !target) return undefined;
    if (!/^(?:selector|index)_expression$/.test(target.kind)) return undefined;
    const [base] = target.find("identifier");
    const entity = base && context.file.local(base);
    return base && givenToPart(base)?.value === value ? own(entity) : undefined;
  }
  if (list?.kind === "argument_list" && list.parent && context.isBuiltinCall(list.parent, "append")) {
    const slice = list.children[0];
    return slice && slice !== value ? own(context.localOf(slice)) : undefined;
  }
  const literal = value.above("composite_literal", "call_expression", "func_literal");
  if (literal?.kind !== "composite_literal" || !fn) return undefined;
  return own(
    context.file.locals(fn).find((e) => e.assignments.some((a) => a.value && literalOf(a.value) === literal)),
  );
}

function literalOf(value: SyntaxNode): SyntaxNode {
  const inner = bare(value);
  const isAddress = inner.kind === "unary_expression" && inner.field("operator")?.kind === "&";
  return isAddress ? bare(inner.field("operand")!) : inner;
}

/** Memory of this function: a struct or array, a slice made here. */
function isOwn(holder: Entity, context: RuleContext): boolean {
  if (context.file.isCaptured(holder)) return false;
  if (holder.assignments.length === 0)
    return /^(?:c|struct|array|slice)$/.test(
      context.types.underlying(context.types.typeOfEntity(holder)).kind,
    );
  return holder.assignments.every(({ value }) => {
    if (!value) return false;
    const inner = bare(value);
    return (
      literalOf(value).kind === "composite_literal" ||
      context.isBuiltinCall(inner, "make") ||
      (context.isBuiltinCall(inner, "append") && context.localOf(argumentsOf(inner)[0] ?? inner) === holder)
    );
  });
}

/** f of `v.f = value`. */
function memberOf(value: SyntaxNode): string | undefined {
  const list = value.parent;
  const left = list?.kind === "expression_list" ? list.parent?.field("left") : undefined;
  const target = left && listed(left)[list!.children.indexOf(value)];
  return target?.kind === "selector_expression" ? target.field("field")?.text : undefined;
}

/** `c`: handed to C for the call. `none`: it is filled, or looked at without its pointers. */
function useOf(
  reference: SyntaxNode,
  holder: Entity,
  member: string | undefined,
  context: RuleContext,
): "c" | "none" | "other" {
  if (givenToPart(reference)) return "none";
  const { parent } = reference;
  if (parent?.kind === "expression_list" && parent.fieldName === "left") return "none";
  if (parent?.kind === "range_clause")
    return (parent.field("left") ? listed(parent.field("left")!).length : 0) < 2 ? "none" : "other";
  let at = reference;
  // `&v`, `&v[0]`, `unsafe.SliceData(v)` are v to C.
  if (parent?.kind === "index_expression" && reference.fieldName === "operand") at = parent;
  if (at.parent?.kind === "unary_expression" && at.parent.field("operator")?.kind === "&") at = at.parent;
  else if (at !== reference) return "other";
  at = context.converted(at);
  const call = at.parent?.kind === "argument_list" ? at.parent.parent! : undefined;
  if (!call) return "other";
  if (context.isBuiltinCall(call, "len") || context.isBuiltinCall(call, "cap")) return "none";
  if (context.isBuiltinCall(call, "append"))
    return argumentsOf(call)[0] === at && context.file.local(reference) === holder ? "none" : "other";
  const target = context.target(call);
  if (target?.path === "unsafe" && target.name === "SliceData") {
    const outer = context.converted(call);
    const receiver = outer.parent?.kind === "argument_list" ? outer.parent.parent! : undefined;
    return receiver ? ofCall(receiver, outer, member, context) : "other";
  }
  return ofCall(call, at, member, context);
}

function ofCall(
  call: SyntaxNode,
  argument: SyntaxNode,
  member: string | undefined,
  context: RuleContext,
): "c" | "other" {
  const target = context.target(call);
  if (target?.path !== "C") return "other";
  const index = argumentsOf(call).indexOf(argument);
  const fn = context.file.declaredInC.functions.get(target.name);
  const parameter = fn?.parameters[index]?.name;
  if (fn?.body !== undefined && (!parameter || mayCopy(fn.body, parameter, member))) return "other";
  return treatment(context, target.name, index, false) === "borrows" ? "c" : "other";
}

/** Whether what a struct or array points to may go on from it: `s->p = *p`, `s->path = p->path`, `keep(p)`. */
function mayCopy(body: string, parameter: string, member = "\\w+"): boolean {
  const whole = `\\*?\\s*\\b${parameter}(?:\\s*(?:->|\\.)\\s*${member})*`;
  return (
    new RegExp(`(?:(?<![=!<>])=|\\breturn\\b)\\s*(?:\\([^()]*\\)\\s*)?${whole}\\s*[;,}]`).test(body) ||
    new RegExp(`\\w\\s*\\((?:[^()]*,)?\\s*&?${whole}\\s*[,)]`).test(body)
  );
}
