/** A string that is a view of a buffer: which buffer, and what the function does to it. */
import { RuleContext } from "../context.ts";
import type { Block, Flow, Step } from "../flow/graph.ts";
import type { Entity } from "../model/entity.ts";
import { isString } from "../model/types.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";
import { isUnsafeCall, onlyValue, reinterpreted } from "./views.ts";

/** The bytes a string expression is a view of: `b[:n]` of `unsafe.String(&b[0], n)`, as Go source and as a node. */
export function viewedBytes(
  node: SyntaxNode,
  context: RuleContext,
  depth = 0,
): { readonly bytes: SyntaxNode; readonly text: string } | undefined {
  if (isUnsafeCall(node, "String", context)) return ofPointer(node, context);
  if (/^(?:unary|type_conversion)_expression$/.test(node.kind)) {
    const of = isString(context.types.typeOf(node)) ? reinterpreted(node, context) : undefined;
    return of && context.types.typeOf(of).kind === "slice" ? { bytes: of, text: of.text } : undefined;
  }
  return node.kind === "call_expression" && depth === 0 ? ofHelper(node, context) : undefined;
}

function ofPointer(call: SyntaxNode, context: RuleContext): { bytes: SyntaxNode; text: string } | undefined {
  const [pointer, length] = argumentsOf(call);
  if (!pointer || !length) return undefined;
  const inner = context.types.unconverted(pointer);
  if (isUnsafeCall(inner, "SliceData", context)) {
    const bytes = argumentsOf(inner)[0];
    if (!bytes) return undefined;
    return {
      bytes,
      text: length.text === `len(${bytes.text})` ? bytes.text : `${bytes.text}[:${length.text}]`,
    };
  }
  const operand =
    inner.kind === "unary_expression" && inner.field("operator")?.kind === "&"
      ? bare(inner.field("operand")!)
      : undefined;
  if (operand?.kind !== "index_expression") return undefined;
  const bytes = operand.field("operand")!;
  const type = context.types.underlying(context.types.typeOf(bytes)).kind;
  if (type !== "slice" && type !== "array") return undefined;
  const isFirst = context.types.constant(operand.field("index")!) === 0n;
  const end = isFirst && length.text === `len(${bytes.text})` ? "" : `[:${length.text}]`;
  return isFirst ? { bytes, text: `${bytes.text}${end}` } : undefined;
}

/** `func b2s(b []byte) string { return unsafe.String(...) }`, called. */
function ofHelper(call: SyntaxNode, context: RuleContext): { bytes: SyntaxNode; text: string } | undefined {
  const fn = call.field("function");
  const [argument, more] = argumentsOf(call);
  if (fn?.kind !== "identifier" || !argument || more || context.file.local(fn)) return undefined;
  const found = context.file.pkg.declared(fn.text);
  const node = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
  if (!found || !node?.field("body")?.text.includes("unsafe.")) return undefined;
  const there = found.file === context.file ? context : new RuleContext(found.file);
  const returns = node.find("return_statement").filter((r) => enclosingFunction(r) === node);
  const values = returns
    .map((r) => r.children[0]?.children[0])
    .filter((v) => v !== undefined && v.text !== '""');
  const view = values.length === 1 && values[0] ? viewedBytes(bare(values[0]), there, 1) : undefined;
  const entity = view && rootsOf(view.bytes, there).at(0);
  return entity?.kind === "parameter" && view!.text === entity.name
    ? { bytes: argument, text: argument.text }
    : undefined;
}

/** The locals whose memory an expression is: b of `b[:n]`, b and bp of `b := *bp`, buf of `buf.Bytes()`. */
export function rootsOf(bytes: SyntaxNode, context: RuleContext): readonly Entity[] {
  const roots: Entity[] = [];
  let at: SyntaxNode | undefined = bare(bytes);
  for (let step = 0; at && step < 8; step++) {
    if (at.kind === "slice_expression") at = bare(at.field("operand")!);
    else if (at.kind === "unary_expression" && at.field("operator")?.kind === "*")
      at = bare(at.field("operand")!);
    else if (at.kind === "call_expression") {
      const fn: SyntaxNode | undefined = at.field("function");
      const isBytes: boolean =
        fn?.kind === "selector_expression" &&
        fn.field("field")?.text === "Bytes" &&
        argumentsOf(at).length === 0;
      // What is appended to a cut slice stays in its memory while there is room.
      const first: SyntaxNode | undefined = context.isBuiltinCall(at, "append")
        ? argumentsOf(at)[0]
        : undefined;
      at = isBytes
        ? bare(fn!.field("operand")!)
        : first && bare(first).kind === "slice_expression"
          ? first
          : undefined;
    } else if (at.kind === "identifier") {
      const entity = context.file.local(at);
      if (!entity || entity.kind === "constant" || roots.includes(entity)) break;
      roots.push(entity);
      at = onlyValue(entity);
    } else break;
  }
  return roots;
}

export interface Change {
  readonly at: SyntaxNode;
  readonly step: Step;
  readonly block: Block;
  readonly kind: "put" | "write";
}

/** Where the buffer is written again or given back. */
export function changesOf(roots: readonly Entity[], flow: Flow, context: RuleContext): readonly Change[] {
  const found: Change[] = [];
  for (const block of flow.blocks) {
    for (const step of block.steps) {
      if (step.kind === "end" || step.kind === "go") continue;
      const change = changeIn(step.node, roots, context);
      if (change) found.push({ ...change, step, block });
    }
  }
  return found;
}

function changeIn(
  step: SyntaxNode,
  roots: readonly Entity[],
  context: RuleContext,
): { at: SyntaxNode; kind: Change["kind"] } | undefined {
  let found: { at: SyntaxNode; kind: Change["kind"] } | undefined;
  const isRoot = (node: SyntaxNode | undefined) =>
    node !== undefined && rootsOf(withoutAddress(node), context).some((root) => roots.includes(root));
  step.walk((node) => {
    if (found || (node.kind === "func_literal" && node.parent?.kind !== "call_expression")) return false;
    if (node.kind === "call_expression") {
      const kind = callChanges(node, isRoot, context);
      if (kind) found = { at: node, kind };
    } else if (node.kind === "assignment_statement") {
      for (const left of node.field("left")?.children ?? []) {
        const target = bare(left);
        if (target.kind === "index_expression" && isRoot(target.field("operand")))
          found ??= { at: left, kind: "write" };
      }
    }
    return !found;
  });
  return found;
}

const withoutAddress = (node: SyntaxNode): SyntaxNode =>
  node.kind === "unary_expression" && node.field("operator")?.kind === "&"
    ? bare(node.field("operand")!)
    : node;

function callChanges(
  call: SyntaxNode,
  isRoot: (node: SyntaxNode | undefined) => boolean,
  context: RuleContext,
): Change["kind"] | undefined {
  const args = argumentsOf(call);
  if (context.isBuiltinCall(call, "copy") || context.isBuiltinCall(call, "clear"))
    return isRoot(args[0]) ? "write" : undefined;
  if (context.isBuiltinCall(call, "append")) {
    const first = args[0] && bare(args[0]);
    return first?.kind === "slice_expression" && args.length > 1 && isRoot(first) ? "write" : undefined;
  }
  const target = context.target(call);
  if (target)
    return target.path === "io" && /^Read(?:Full|AtLeast)$/.test(target.name) && isRoot(args[1])
      ? "write"
      : undefined;
  const fn = call.field("function");
  if (fn?.kind !== "selector_expression") return undefined;
  const name = fn.field("field")!.text;
  if (name === "Put" && args.length === 1 && isRoot(args[0])) return "put";
  if (/^Read(?:At)?$/.test(name) && isRoot(args[0])) return "write";
  // bufio.Scanner: the next Scan may read over what Bytes gave.
  if (name === "Scan" && args.length === 0 && fn.field("operand")!.kind === "identifier")
    return isRoot(fn.field("operand")) ? "write" : undefined;
  // bytes.Buffer: what was written is overwritten after a Reset.
  return /^(?:Reset|Truncate)$/.test(name) &&
    fn.field("operand")!.kind === "identifier" &&
    isRoot(fn.field("operand"))
    ? "write"
    : undefined;
}
