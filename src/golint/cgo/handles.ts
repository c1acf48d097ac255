/** Expressions that are the C handle of a value that a finalizer or cleanup frees. */
import type { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import { argumentsOf, type SyntaxNode } from "../syntax/node.ts";
import { type Finalized, wayFrom } from "./finalizers.ts";

export interface Handle {
  /** The local that holds the value. */
  readonly entity: Entity;
  /** Its type's name. */
  readonly type: string;
}

/** `m.handle`, a local that holds it, or `m.c()` where the method only returns it. */
export function handleOf(
  argument: SyntaxNode,
  types: ReadonlyMap<string, Finalized>,
  context: RuleContext,
  depth = 0,
): Handle | undefined {
  const value = context.types.unconverted(argument);
  if (value.kind === "identifier") {
    const local = context.file.local(value);
    const only =
      local?.kind === "variable" && local.assignments.length === 1 ? local.assignments[0]! : undefined;
    return only?.value && only.index === undefined && depth === 0
      ? handleOf(only.value, types, context, 1)
      : undefined;
  }
  const isCall = value.kind === "call_expression";
  const way = wayFrom(isCall ? value.field("function")! : value, context.file);
  const type = way && typeName(way.entity, context);
  const finalized = type === undefined ? undefined : types.get(type);
  if (!way || !finalized) return undefined;
  const field = isCall
    ? argumentsOf(value).length === 0
      ? returned(type!, way.way, context)
      : undefined
    : way.way;
  return field !== undefined && finalized.handles.has(field)
    ? { entity: way.entity, type: type! }
    : undefined;
}

/** The field an accessor returns: `func (m *model) c() *C.model { return m.handle }`. */
function returned(type: string, name: string, context: RuleContext): string | undefined {
  const method = context.file.pkg.methods(type).find((m) => m.node.field("name")?.text === name);
  const body = method?.node.field("body");
  const statements = body?.child("statement_list")?.children ?? [];
  const value =
    statements.length === 1 && statements[0]!.kind === "return_statement" && statements[0]!.children[0];
  const result = value && (value.kind === "expression_list" ? value.children[0] : value);
  return result ? wayFrom(context.types.unconverted(result), method!.file)?.way : undefined;
}

/** Only pointers: a copy of the value keeps nothing alive, and KeepAlive would not help. */
function typeName(entity: Entity, context: RuleContext): string | undefined {
  const type = context.types.typeOfEntity(entity);
  return type.kind === "pointer" && type.element.kind === "named" && type.element.package === ""
    ? type.element.name
    : undefined;
}
