/** `&s[0]` handed to C, where s may be empty. */
import { filledGuard, isReplacedWhereEmpty, isVetted, mayBeEmpty } from "../../cgo/maybe-empty.ts";
import type { RuleContext } from "../../context.ts";
import { isNotEmpty } from "../../flow/bounds.ts";
import { isPointerFree } from "../../model/types.ts";
import type { Fix, Rule } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

/** unsafe.SliceData came with Go 1.20. */
const SLICE_DATA = 20;

export const rule: Rule = {
  id: "cgo-empty-slice-pointer",
  severity: "warning",
  cause: "runtime/index-out-of-range/empty-slice",
  title: { en: "&s[0] of a slice that may be empty, passed to C", zh: "把可能为空的切片的 &s[0] 传给 C" },
  why: {
    en: "An empty slice has no element 0: the index panics before C is called.",
    zh: "空切片没有第 0 个元素：还没调用 C 就会因下标越界 panic。",
  },
  page,
  anchors: ['import "C"', '"C"'],
  *check(context) {
    for (const [first, ...more] of bySlice(context)) {
      const { address, slice, callee } = first!;
      const fix = withSliceData([first!, ...more], context);
      yield {
        at: address,
        message: {
          en: `${slice.text} may be empty here: ${address.text} panics then. C.${callee} should get a nil pointer, or no call.`,
          zh: `${slice.text} 在这里可能为空，此时 ${address.text} 会 panic。应传给 C.${callee} 空指针，或者不调用。`,
        },
        related: more.map((other) => ({
          at: other.address,
          message: { en: "The same here.", zh: "这里也一样。" },
        })),
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

/** Unsure places, those of one slice in one function together: what one of them needs, all do. */
function bySlice(context: RuleContext): Iterable<readonly Unsure[]> {
  const groups = new Map<unknown, Map<string, Unsure[]>>();
  const seen = new Set<SyntaxNode>();
  for (const call of context.file.calls("C")) {
    for (const argument of argumentsOf(call)) {
      const address = context.types.unconverted(argument);
      const found =
        firstElement(address, context) ??
        throughVariable(address, context) ??
        throughHelper(address, context);
      if (!found || seen.has(found.address) || isSure(found.slice, found.address, context)) continue;
      seen.add(found.address);
      const fn = enclosingFunction(found.address);
      const ofFunction = groups.get(fn) ?? new Map<string, Unsure[]>();
      groups.set(fn, ofFunction);
      const text = found.slice.text;
      ofFunction.set(text, [
        ...(ofFunction.get(text) ?? []),
        { ...found, callee: context.target(call)!.name },
      ]);
    }
  }
  return [...groups.values()].flatMap((group) => [...group.values()]);
}

interface Unsure extends FirstElement {
  readonly callee: string;
}

interface FirstElement {
  readonly address: SyntaxNode;
  readonly slice: SyntaxNode;
}

/** `&s[0]` of a slice. */
function firstElement(node: SyntaxNode, context: RuleContext): FirstElement | undefined {
  if (node.kind !== "unary_expression" || node.field("operator")?.kind !== "&") return undefined;
  const element = bare(node.field("operand")!);
  if (element.kind !== "index_expression") return undefined;
  const [slice, index] = [element.field("operand"), element.field("index")];
  if (!slice || !index || context.types.constant(index) !== 0n) return undefined;
  return context.types.underlying(context.types.typeOf(slice)).kind === "slice"
    ? { address: node, slice: bare(slice) }
    : undefined;
}

/** `p := &s[0]`, and p handed on. */
function throughVariable(node: SyntaxNode, context: RuleContext): FirstElement | undefined {
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  const value = entity?.assignments.length === 1 ? entity.assignments[0]!.value : undefined;
  return value && firstElement(context.types.unconverted(value), context);
}

/** `func ptr(s []T) unsafe.Pointer { return unsafe.Pointer(&s[0]) }` of this file, called. */
function throughHelper(node: SyntaxNode, context: RuleContext): FirstElement | undefined {
  const fn = node.kind === "call_expression" ? node.field("function") : undefined;
  if (fn?.kind !== "identifier" || context.file.local(fn)) return undefined;
  const found = context.file.pkg.declared(fn.text);
  const declaration = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
  if (found?.file !== context.file || !declaration?.field("body")?.text.includes("[0]")) return undefined;
  for (const statement of declaration.find("return_statement")) {
    const value = statement.children[0]?.children[0];
    const address = value && context.types.unconverted(value);
    const first = address && (firstElement(address, context) ?? throughVariable(address, context));
    if (first && context.localOf(first.slice)?.kind === "parameter") return first;
  }
  return undefined;
}

function isSure(slice: SyntaxNode, address: SyntaxNode, context: RuleContext): boolean {
  if (isNotEmpty(slice, context)) return true;
  if (context.isGuarded(address, filledGuard(slice, context))) return true;
  if (isReplacedWhereEmpty(slice, context)) return true;
  return isVetted(slice, address, context) || !mayBeEmpty(slice, context);
}

/** The same type and, for an empty slice, a pointer that may be nil and is not looked through. */
function withSliceData(places: readonly FirstElement[], context: RuleContext): Fix | undefined {
  if (!context.since(SLICE_DATA)) return undefined;
  const type = context.types.underlying(context.types.typeOf(places[0]!.slice));
  // cgo checks the one slice behind `&s[0]`, but all that a call's result may point into.
  const kind =
    type.kind === "slice" && isPointerFree(context.types.underlying(type.element)) ? "fix" : "suggestion";
  const builder = context.fix();
  for (const { address, slice } of places)
    builder.replace(address, `${builder.import("unsafe")}.SliceData(${slice.text})`);
  return builder.build(kind, { en: "Use unsafe.SliceData", zh: "改用 unsafe.SliceData" });
}
