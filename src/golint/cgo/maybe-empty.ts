/**
 * Where an empty slice may come from. A slice without a check is not yet a fault: only one that a caller hands in, that is
 * made as long as something of a caller, or that begins empty.
 */
import { RuleContext } from "../context.ts";
import { assignsTo, isNotEmpty, notEmptyGuard } from "../flow/bounds.ts";
import type { Guard } from "../flow/guard.ts";
import { argumentsFor, isExported, isOpen } from "../model/callers.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode, statementsOf } from "../syntax/node.ts";

/** Callers of callers are looked at so far. */
const DEEPEST = 3;

/** Whether something in sight makes this slice (or string, or map) empty, or a caller outside of the package may. */
export function mayBeEmpty(expression: SyntaxNode, context: RuleContext, depth = 0): boolean {
  const node = context.types.unconverted(expression);
  if (depth > DEEPEST) return false;
  switch (node.kind) {
    case "nil":
      return true;
    case "identifier":
      return localMayBe(node, context, depth, (value) => mayBeEmpty(value, context, depth + 1));
    case "selector_expression":
      return fieldMayBeEmpty(node, context, depth);
    case "index_expression":
      return true;
    case "composite_literal":
      return node.field("body")?.children.length === 0;
    case "interpreted_string_literal":
    case "raw_string_literal":
      return node.text.length === 2;
    case "slice_expression": {
      const end = node.field("end");
      if (node.field("start")) return false;
      return end
        ? mayBeZero(end, context, depth + 1)
        : mayBeEmpty(node.field("operand")!, context, depth + 1);
    }
  }
  if (context.isBuiltinCall(node, "make")) {
    const length = argumentsOf(node)[1];
    return length === undefined || mayBeZero(length, context, depth + 1);
  }
  if (!context.isBuiltinCall(node, "append")) return false;
  const [first, ...more] = argumentsOf(node);
  const isSpread = (argument: SyntaxNode) => argument.kind === "variadic_argument";
  if (!first || !more.every(isSpread)) return false;
  return [first, ...more.flatMap((m) => m.children[0] ?? [])].every((one) =>
    mayBeEmpty(one, context, depth + 1),
  );
}

/** As `notEmptyGuard`; where the slice is given a value of which it is not known that it is empty, that is believed. */
export function filledGuard(slice: SyntaxNode, context: RuleContext): Guard {
  const guard = notEmptyGuard(slice, context);
  const believed = (value: SyntaxNode) => !mayBeEmpty(value, context);
  return {
    condition: guard.condition,
    step: (node) => {
      const known = guard.step!(node);
      return known === false ? assignsTo(node, slice.text, believed) : known;
    },
  };
}

/** Whether a length may be 0; of what is computed elsewhere it is not believed. */
function mayBeZero(expression: SyntaxNode, context: RuleContext, depth: number): boolean {
  const node = context.types.unconverted(expression);
  if (depth > DEEPEST) return false;
  const value = context.types.constant(node);
  if (value !== undefined) return value === 0n;
  if (node.kind === "identifier")
    return (
      !isFilledByC(node, context) &&
      localMayBe(node, context, depth, (one) => mayBeZero(one, context, depth + 1))
    );
  const zero = (one: SyntaxNode | undefined) => one !== undefined && mayBeZero(one, context, depth + 1);
  if (context.isBuiltinCall(node, "len")) {
    const of = argumentsOf(node)[0];
    return of !== undefined && !isSurelyFilled(of, context) && mayBeEmpty(of, context, depth + 1);
  }
  if (context.isBuiltinCall(node, "min")) return argumentsOf(node).some(zero);
  if (context.isBuiltinCall(node, "max")) return argumentsOf(node).every(zero);
  if (node.kind !== "binary_expression") return false;
  const [left, right] = [node.field("left"), node.field("right")];
  switch (node.field("operator")?.kind) {
    case "+":
      return zero(left) && zero(right);
    case "*":
      return zero(left) || zero(right);
    case "/":
    case "-":
    case "<<":
    case ">>":
      return zero(left);
    default:
      return false;
  }
}

/** `var n C.size_t`, whose address C is given: what it writes there is computed elsewhere. */
function isFilledByC(number: SyntaxNode, context: RuleContext): boolean {
  const entity = context.file.local(number);
  return (
    entity?.kind === "variable" &&
    entity.assignments.length === 0 &&
    entity.references.some((node) => {
      const address = node.parent?.kind === "unary_expression" ? context.converted(node.parent) : undefined;
      const call = address?.parent?.kind === "argument_list" ? address.parent.parent : undefined;
      return call !== undefined && context.target(call)?.path === "C";
    })
  );
}

/** `d := data; if len(data) == 0 { d = []byte{0} }`: another one stands in where it is empty. */
export function isReplacedWhereEmpty(slice: SyntaxNode, context: RuleContext): boolean {
  const entity = context.localOf(slice);
  const [first, ...more] = entity?.kind === "variable" ? entity.assignments : [];
  const source = first?.value && bare(first.value).kind === "identifier" ? bare(first.value).text : undefined;
  return (
    source !== undefined &&
    more.length > 0 &&
    more.every(({ value, node }) => {
      const branch = node.parent?.parent?.parent;
      const condition = branch?.kind === "if_statement" ? branch.field("condition") : undefined;
      return (
        value !== undefined &&
        isNotEmpty(value, context) &&
        branch?.field("consequence")?.holds(node) === true &&
        condition?.text.replace(/\s/g, "") === `len(${source})==0`
      );
    })
  );
}

const isSurelyFilled = (slice: SyntaxNode, context: RuleContext): boolean =>
  isNotEmpty(slice, context) || context.isGuarded(slice, notEmptyGuard(slice, context));

/** A name: a parameter by who may call, a variable by what it gets; those of the package are left alone. */
function localMayBe(
  name: SyntaxNode,
  context: RuleContext,
  depth: number,
  value: (assigned: SyntaxNode) => boolean,
): boolean {
  const entity = context.file.local(name);
  if (!entity) return name.text === "nil";
  if (entity.kind === "receiver") return true;
  if (entity.kind === "parameter") return callerMay(entity, context, depth);
  if (entity.kind !== "variable" && entity.kind !== "result") return false;
  const given = entity.assignments.filter((a) => a.operator !== "range" && a.value !== undefined);
  // Declared alone, a range over slices, or the name of a type switch.
  if (given.length === 0) return true;
  if (given.some((a) => isPadded(a.node, context))) return false;
  const isOwn = (assigned: SyntaxNode) => new RegExp(`\\b${entity.name}\\b`).test(assigned.text);
  const begins = given[0]!.operator === "=" || given[0]!.operator === "+=";
  return (
    (begins && given.every((a) => isOwn(a.value!))) ||
    given.some((a) => a.index === undefined && value(a.value!) && !isGuardedThere(a.value!, context))
  );
}

/** `for n < least { s = append(s, ...) }`, or for each of what is not empty. */
function isPadded(assignment: SyntaxNode, context: RuleContext): boolean {
  for (let at = assignment.parent; at; at = at.parent) {
    if (/^(?:func_literal|if_statement|\w+_case)$/.test(at.kind)) return false;
    if (at.kind !== "for_statement") continue;
    if (at.children[0]?.kind === "binary_expression") return true;
    const over = at.child("range_clause")?.field("right");
    if (over && (isSurelyFilled(over, context) || (context.types.constant(over) ?? 0n) > 0n)) return true;
  }
  return false;
}

const isGuardedThere = (value: SyntaxNode, context: RuleContext): boolean =>
  /^(?:identifier|selector_expression)$/.test(value.kind) && isSurelyFilled(value, context);

/** What an exported function is given is not known; of another, the calls in the package tell. */
function callerMay(parameter: Entity, context: RuleContext, depth: number): boolean {
  const { owner } = parameter;
  const name = owner?.field("name");
  if (!owner || !name) return false;
  if (isOpen(owner)) return true;
  if (depth >= DEEPEST) return false;
  let called = false;
  for (const { argument, file } of argumentsFor(parameter, context.file)) {
    called = true;
    if (argument.kind === "variadic_argument") continue;
    const there = file === context.file ? context : new RuleContext(file);
    if (there.types.constant(argument) === 0n) return true;
    if (isSurelyFilled(argument, there) || isVetted(argument, argument, there)) continue;
    if (mayBeEmpty(argument, there, depth + 1) || mayBeZero(argument, there, depth + 1)) return true;
  }
  // An exported method of a type that is not: others call it through an interface.
  return !called && isExported(name.text);
}

/** Exported fields are anyone's. Of others the package tells: silent where a value in sight is not empty. */
function fieldMayBeEmpty(node: SyntaxNode, context: RuleContext, depth: number): boolean {
  const name = node.field("field")?.text ?? "";
  if (context.file.qualified(node)) return false;
  if (isExported(name)) return true;
  const { pkg } = context.file;
  for (const fileName of pkg.fileNames) {
    if (!new RegExp(`\\b${name}(?::|\\s*=)`).test(pkg.textOf(fileName))) continue;
    const there = fileName === context.file.name ? context : new RuleContext(pkg.file(fileName));
    for (const value of valuesOfField(name, there.file))
      if (!mayBeEmpty(value, there, depth + 1)) return false;
  }
  return true;
}

/** Values of `name: value` in literals, and of `x.name = value`. */
function* valuesOfField(name: string, file: FileModel): Generator<SyntaxNode> {
  for (const top of file.declarations) {
    if (top.kind === "comment" || !top.chunk.text.includes(name)) continue;
    for (const element of top.find("keyed_element")) {
      const [key, value] = element.children;
      if (key?.text === name && value) yield value.kind === "literal_element" ? value.children[0]! : value;
    }
    for (const assignment of top.find("assignment_statement")) {
      const left = assignment.field("left")?.children ?? [];
      const right = assignment.field("right")?.children ?? [];
      for (const [at, target] of left.entries()) {
        if (target.kind === "selector_expression" && target.field("field")?.text === name && right[at])
          yield right[at];
      }
    }
  }
}

/**
 * Whether a check above has to do with the slice, though not on every path or not with its length:
 * `if n > 0 && (n-1)*step >= len(s) { panic() }`, `if err := validate(s); err != nil { return err }`. A function that
 * panics by itself for lengths that do not fit panics on purpose.
 */
export function isVetted(slice: SyntaxNode, place: SyntaxNode, context: RuleContext): boolean {
  const name = bare(slice).text;
  const fn = enclosingFunction(place);
  for (let at: SyntaxNode | undefined = place; at && at !== fn; at = at.parent) {
    if (at.parent?.kind !== "statement_list") continue;
    const results = new Set<string>();
    for (const before of at.parent.children) {
      if (before.start >= at.start) break;
      const condition =
        before.kind === "if_statement" && endsPath(before) ? before.field("condition") : undefined;
      if (condition) {
        const initializer = before.field("initializer");
        if (initializer && judges(initializer, name, context)) return true;
        if (judges(condition, name, context) || looksAtLength(condition, name, panics(before), context))
          return true;
        if (condition.find("identifier").some((one) => results.has(one.text))) return true;
      }
      const assigns = /^(?:short_var_declaration|assignment_statement)$/.test(before.kind);
      const follows = () => before.find("identifier").some((one) => results.has(one.text));
      if (assigns && (judges(before, name, context) || follows()))
        for (const result of before.field("left")?.children ?? []) results.add(result.text);
    }
  }
  return false;
}

/** `n >= len(s)`; of any length where the answer is a panic. */
function looksAtLength(
  condition: SyntaxNode,
  name: string,
  anyLength: boolean,
  context: RuleContext,
): boolean {
  return condition.find("binary_expression").some((one) => {
    const operator = one.field("operator")?.kind ?? "";
    const isRelation = /^[<>]=?$/.test(operator) || (anyLength && operator === "!=");
    const sides = [one.field("left")!, one.field("right")!].map((side) => context.types.unconverted(side));
    return (
      isRelation &&
      sides.some((side) => (anyLength ? /^len\(/.test(side.text) : side.text === `len(${name})`))
    );
  });
}

/** A Go function is given the slice, or is its method; what it answers depends on it. */
function judges(node: SyntaxNode, name: string, context: RuleContext): boolean {
  return node.find("call_expression").some((call) => {
    const fn = call.field("function");
    if (!fn || context.types.conversion(call) || context.target(call)?.path === "C") return false;
    if (["len", "cap", "append", "copy", "make", "min", "max"].includes(fn.text)) return false;
    const given = [
      ...argumentsOf(call),
      ...(fn.kind === "selector_expression" ? [fn.field("operand")!] : []),
    ];
    return given.some((one) => one.text === name);
  });
}

function panics(statement: SyntaxNode): boolean {
  const body = statement.field("consequence");
  return /^panic\(/.test((body && statementsOf(body).at(-1)?.text) ?? "");
}

function endsPath(statement: SyntaxNode): boolean {
  const body = statement.field("consequence");
  const last = body && statementsOf(body).at(-1);
  return panics(statement) || /^(?:return|break|continue|goto)_statement$/.test(last?.kind ?? "");
}
