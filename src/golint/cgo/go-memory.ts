/** Pointers to memory of Go: what makes them, and which Go pointers a variable was given to hold. Shared by rules. */
import type { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import { type GoType, isString } from "../model/types.ts";
import type { Fix } from "../rule.ts";
import {
  argumentsOf,
  bare,
  enclosingFunction,
  inLoop,
  listedStatement,
  type SyntaxNode,
} from "../syntax/node.ts";

/** `surely`: made by Go before our eyes. `likely`: slices and pointers of Go types that a caller hands in as well. */
export type Certainty = "surely" | "likely";

/** The expression that gives Go memory its pointer; undefined where it may be C's. */
export function goMemory(
  expression: SyntaxNode,
  context: RuleContext,
  certainty: Certainty = "surely",
): SyntaxNode | undefined {
  return new Search(context, certainty).origin(expression, 0);
}

const DEEPEST = 5;

class Search {
  constructor(
    private readonly context: RuleContext,
    private readonly certainty: Certainty,
  ) {}

  origin(expression: SyntaxNode, depth: number): SyntaxNode | undefined {
    if (depth > DEEPEST) return undefined;
    const node = this.context.types.unconverted(expression);
    if (node.kind === "unary_expression" && node.field("operator")?.kind === "&")
      return this.addressed(bare(node.field("operand")!), depth) ? node : undefined;
    if (node.kind === "call_expression") return this.fromCall(node, depth);
    if (node.kind !== "identifier") return undefined;
    const entity = this.context.file.local(node);
    if (entity && this.certainty === "likely" && this.isHandedIn(entity)) return node;
    return entity && this.onlyGo(entity, depth);
  }

  /** A parameter or receiver that is a pointer to a type declared in Go. */
  private isHandedIn(entity: Entity): boolean {
    if (!/^(?:parameter|receiver)$/.test(entity.kind) || entity.assignments.length > 0) return false;
    const type = this.context.types.typeOfEntity(entity);
    return (
      type.kind === "pointer" &&
      type.element.kind === "named" &&
      type.element.package === "" &&
      this.context.types.underlying(type.element).kind === "struct" &&
      !aliasesC(type.element, this.context)
    );
  }

  private onlyGo(entity: Entity, depth: number): SyntaxNode | undefined {
    if (entity.kind !== "variable" || entity.assignments.length === 0 || entity.range) return undefined;
    const origins = entity.assignments.map((a) =>
      a.value && a.index === undefined ? this.origin(a.value, depth + 1) : undefined,
    );
    return origins.every((origin) => origin !== undefined) ? origins[0] : undefined;
  }

  /** Whether `&operand` points into Go memory. */
  private addressed(operand: SyntaxNode, depth: number): boolean {
    if (operand.kind === "composite_literal") return true;
    if (operand.kind === "identifier")
      return /^(?:variable|parameter|receiver|result)$/.test(this.context.file.entity(operand)?.kind ?? "");
    if (operand.kind !== "index_expression") return false;
    const base = operand.field("operand");
    return base !== undefined && this.isGoSlice(bare(base), depth);
  }

  isGoSlice(node: SyntaxNode, depth: number): boolean {
    const { context } = this;
    if (depth > DEEPEST) return false;
    if (node.kind === "composite_literal" || context.isBuiltinCall(node, "make")) return true;
    if (node.kind === "type_conversion_expression")
      return isString(context.types.underlying(context.types.typeOf(node.field("operand")!)));
    if (node.kind === "index_expression") return this.isRowOfParameter(node.field("operand"), node);
    if (node.kind !== "identifier") return false;
    const entity = context.file.local(node);
    if (!entity) return false;
    const type = context.types.typeOfEntity(entity);
    if (entity.range?.index === 1 && entity.assignments.length === 1)
      return this.isRowOfParameter(entity.range.over, node);
    if (entity.kind === "parameter" && entity.assignments.length === 0)
      return this.certainty === "likely" && type.kind === "slice" && type.element.kind === "basic";
    if (entity.kind !== "variable") return false;
    if (entity.assignments.length === 0) return type.kind === "array";
    return entity.assignments.every(
      (a) => a.value && a.index === undefined && this.isGoSlice(bare(a.value), depth + 1),
    );
  }

  /** `rows[i]`, and `row` of `range rows`, of a slice of slices that a caller hands in. */
  private isRowOfParameter(rows: SyntaxNode | undefined, row: SyntaxNode): boolean {
    const { context } = this;
    const entity = rows && bare(rows).kind === "identifier" ? context.file.local(bare(rows)) : undefined;
    const type = context.types.typeOf(row);
    return (
      this.certainty === "likely" &&
      entity?.kind === "parameter" &&
      entity.assignments.length === 0 &&
      type.kind === "slice" &&
      type.element.kind === "basic"
    );
  }

  private fromCall(call: SyntaxNode, depth: number): SyntaxNode | undefined {
    const { context } = this;
    if (context.isBuiltinCall(call, "new")) return call;
    const target = context.target(call);
    const argument = argumentsOf(call)[0];
    if (target?.path !== "unsafe" || !argument) return undefined;
    if (target.name === "StringData")
      return context.types.constant(argument) === undefined ? call : undefined;
    return target.name === "SliceData" && this.isGoSlice(bare(argument), depth) ? call : undefined;
  }
}

/** `type Point C.struct_point`: declared in Go, laid out and often allocated by C. */
function aliasesC(type: GoType, context: RuleContext): boolean {
  if (type.kind !== "named") return false;
  const node = context.file.pkg.declared(type.name)?.entity.typeNode;
  return node === undefined || /^C\./.test(node.text);
}

/** Whether the function pins something, or calls what says that it does: then whatever it does is on purpose. */
export function mentionsPin(node: SyntaxNode): boolean {
  const fn = outermost(node);
  return /\bpin(?:s|ned|ner)?\b|Pin(?:s|ned|ner|ning)?\b|\bpin[A-Z]/.test(fn?.text ?? "");
}

function outermost(node: SyntaxNode): SyntaxNode | undefined {
  let fn = enclosingFunction(node);
  for (let up = fn; up; up = enclosingFunction(up)) fn = up;
  return fn;
}

/** A Go pointer given to a part of a variable or literal. */
export interface HeldPointer {
  /** The value that is given, without its conversions. */
  readonly value: SyntaxNode;
  /** Where it is given: the assignment statement, or the literal's element. */
  readonly at: SyntaxNode;
}

/** Go pointers a local was given before `before`: `v.f = &x`, `v.a[i] = &x`, `v := T{f: &x}`. */
export function heldBy(
  entity: Entity,
  before: SyntaxNode,
  context: RuleContext,
  certainty: Certainty = "likely",
): readonly HeldPointer[] {
  const held: HeldPointer[] = [];
  for (const { value } of entity.assignments) {
    if (!value || value.start >= before.start) continue;
    held.push(...heldInLiteral(value, context, certainty), ...appended(entity, value, context, certainty));
  }
  // The last value a part was given is the one it has.
  const parts = new Map<string, HeldPointer | undefined>();
  for (const reference of entity.references) {
    if (reference.start > before.start) continue;
    const given = givenToPart(reference);
    if (!given) continue;
    parts.set(
      given.part.text,
      isGoPointer(given.value, context, certainty)
        ? { value: context.types.unconverted(given.value), at: given.statement }
        : undefined,
    );
  }
  return [...held, ...[...parts.values()].filter((pointer) => pointer !== undefined)];
}

/** Go pointers of `v = append(v, &x)`. */
function appended(
  entity: Entity,
  value: SyntaxNode,
  context: RuleContext,
  certainty: Certainty,
): readonly HeldPointer[] {
  const call = bare(value);
  const [slice, ...more] = context.isBuiltinCall(call, "append") ? argumentsOf(call) : [];
  if (!slice || context.localOf(slice) !== entity) return [];
  return more
    .filter((one) => one.kind !== "variadic_argument" && isGoPointer(one, context, certainty))
    .map((one) => ({ value: context.types.unconverted(one), at: call }));
}

/** A pointer into Go memory; not one that was made a number, which the runtime's check does not see. */
function isGoPointer(value: SyntaxNode, context: RuleContext, certainty: Certainty): boolean {
  return !/\buintptr(?:_t)?\b/.test(value.text) && goMemory(value, context, certainty) !== undefined;
}

/** Go pointers among the elements of `T{...}` or `&T{...}`. */
export function heldInLiteral(
  expression: SyntaxNode,
  context: RuleContext,
  certainty: Certainty = "likely",
): readonly HeldPointer[] {
  let literal = bare(expression);
  if (literal.kind === "unary_expression" && literal.field("operator")?.kind === "&")
    literal = bare(literal.field("operand")!);
  const body = literal.kind === "composite_literal" ? literal.field("body") : undefined;
  const held: HeldPointer[] = [];
  for (const element of body?.children ?? []) {
    const value =
      element.kind === "keyed_element" ? element.children.at(-1)!.children[0] : element.children[0];
    if (value && isGoPointer(value, context, certainty))
      held.push({ value: context.types.unconverted(value), at: element });
  }
  return held;
}

/** The value of `v.f = value`, where `v` is the reference; undefined for `v = value`. */
export function givenToPart(
  reference: SyntaxNode,
): { readonly part: SyntaxNode; readonly value: SyntaxNode; readonly statement: SyntaxNode } | undefined {
  let at = reference;
  while (
    at.parent &&
    (/^(?:selector_expression|index_expression|parenthesized_expression)$/.test(at.parent.kind) ||
      (at.parent.kind === "unary_expression" && at.parent.field("operator")?.kind === "*")) &&
    at.fieldName !== "index"
  ) {
    at = at.parent;
  }
  const list = at.parent;
  const statement = list?.parent;
  if (
    at === reference ||
    list?.fieldName !== "left" ||
    statement?.kind !== "assignment_statement" ||
    statement.field("operator")?.text !== "="
  )
    return undefined;
  const values = statement.field("right")?.children ?? [];
  const value = values.length === list.children.length ? values[list.children.indexOf(at)] : undefined;
  return value && { part: at, value, statement };
}

/** A slice, map, channel or function in a struct or array. */
export interface GoPart {
  /** `.f`, `[0]`, `.inner.f`: what is put behind the value's name. */
  readonly way: string;
  readonly kind: "slice" | "map" | "channel" | "function";
  /** It lies at the value's own address. */
  readonly first: boolean;
}

/** The first part of a value that C has no type for; the value itself is none. */
export function goPart(type: GoType, context: RuleContext, depth = 0): GoPart | undefined {
  const under = context.types.underlying(type);
  if (depth > 5) return undefined;
  const parts =
    under.kind === "array" && under.length !== 0
      ? [{ way: "[0]", type: under.element }]
      : under.kind === "struct"
        ? under.fields.map((field) => ({ way: `.${field.name}`, type: field.type }))
        : [];
  for (const [at, part] of parts.entries()) {
    const { kind } = context.types.underlying(part.type);
    if (kind === "slice" || kind === "map" || kind === "channel" || kind === "function")
      return { way: part.way, kind, first: at === 0 };
    const inner = goPart(part.type, context, depth + 1);
    if (inner) return { ...inner, way: part.way + inner.way, first: at === 0 && inner.first };
  }
  return undefined;
}

/** The type of a variable; of `var v S[chan bool]` the struct with its type parameters filled in. */
export function filledType(variable: SyntaxNode, context: RuleContext): GoType {
  const type = context.types.typeOf(variable);
  const node = variable.kind === "identifier" ? context.file.local(variable)?.typeNode : undefined;
  const under = context.types.underlying(type);
  if (node?.kind !== "generic_type" || under.kind !== "struct") return type;
  const name = node.field("type")?.text ?? "";
  const spec = context.file.pkg.declared(name)?.entity.node.parent;
  const parameters = spec?.find("type_parameter_declaration").flatMap((d) => d.fields("name")) ?? [];
  const given = node.field("type_arguments")?.children ?? [];
  const fields = under.fields.map((field) => {
    const at = parameters.findIndex(({ text }) => text === field.node.parent?.field("type")?.text);
    return at >= 0 && given[at] ? { ...field, type: context.types.typeFrom(given[at]) } : field;
  });
  return { kind: "struct", fields };
}

/** An expression for a message: one line, and not a long one. */
export function shown(node: SyntaxNode): string {
  const text = node.text.replace(/\s+/g, " ");
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}

/** Calls of functions of C, without conversions to its types and cgo's own helpers. */
export function cCalls(context: RuleContext): readonly SyntaxNode[] {
  return context.file
    .calls("C")
    .filter(
      (call) =>
        !context.types.conversion(call) &&
        !/^(?:free|malloc|calloc|GoString|GoStringN|GoBytes|CString|CBytes)$/.test(
          context.target(call)!.name,
        ),
    );
}

/** Pins each pointer before the first place that needs it, until the function returns; undefined in loops. */
export function pinFix(
  pointers: readonly HeldPointer[],
  use: SyntaxNode,
  kind: Fix["kind"],
  context: RuleContext,
): Fix | undefined {
  const statements = pointers.map(({ at }) => listedStatement(at));
  const [first] = statements;
  const last = listedStatement(use);
  const fn = enclosingFunction(use);
  if (
    !context.since(PINNER) ||
    !first ||
    !last ||
    statements.some((s) => s?.parent !== first.parent || enclosingFunction(s!) !== fn || inLoop(s!)) ||
    pointers.some(({ value }) => !isStable(value))
  )
    return undefined;
  const builder = context.fix();
  const name = builder.freshName("pinner", first);
  const values = [...new Set(pointers.map(({ value }) => value.text))];
  builder.insertBefore(first, [
    `var ${name} ${builder.import("runtime")}.Pinner`,
    `defer ${name}.Unpin()`,
    ...values.map((text) => `${name}.Pin(${text})`),
  ]);
  return builder.build(kind, {
    en: "Pin the Go memory until the function returns",
    zh: "用 runtime.Pinner 固定这块 Go 内存，直到函数返回",
  });
}

/** runtime.Pinner came with Go 1.21. */
const PINNER = 21;

/** Whether the expression gives the same pointer when it is evaluated a second time. */
function isStable(value: SyntaxNode): boolean {
  const inner = bare(value);
  if (inner.kind === "identifier") return true;
  if (inner.kind === "call_expression") return /^\w+\.(?:SliceData|StringData)\(\w+\)$/.test(inner.text);
  return inner.kind === "unary_expression" && /^&\w+(?:\[\w+\]|\.\w+)*$/.test(inner.text);
}
