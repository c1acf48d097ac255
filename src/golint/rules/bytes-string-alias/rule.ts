/** A string that is a view of a buffer, used or kept while the buffer gets other contents. */
import type { RuleContext } from "../../context.ts";
import type { Block, Flow } from "../../flow/graph.ts";
import type { Entity } from "../../model/entity.ts";
import type { Rule, RuleFinding } from "../../rule.ts";
import { bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { type Change, changesOf, rootsOf, viewedBytes } from "../../unsafe/alias.ts";
import { onlyValue } from "../../unsafe/views.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "bytes-string-alias",
  severity: "warning",
  cause: "runtime/data-race/recycled-while-in-use",
  title: {
    en: "A string shares the memory of a buffer that changes",
    zh: "字符串与之后会改变的缓冲区共用内存",
  },
  why: {
    en: "Made without a copy, the string is the buffer: when that is read into again or given back to a pool, the string changes, and a map that has it as a key loses it.",
    zh: "不复制而得到的字符串就是缓冲区本身：缓冲区再次读入数据或归还给池之后，字符串的内容随之改变，以它为键的 map 也会再也找不到它。",
  },
  page,
  anchors: ["unsafe"],
  *check(context) {
    for (const fn of context.file.functions()) {
      if (!/String|\*string|\b\w*[sS]tr\w*\(|2s\(/.test(fn.chunk.text)) continue;
      const views: SyntaxNode[] = [];
      fn.field("body")!.walk((node) => {
        if (/^(?:call|unary|type_conversion)_expression$/.test(node.kind)) views.push(node);
      });
      for (const view of views) {
        const found = finding(view, context);
        if (found) yield found;
      }
    }
  },
};

interface Place {
  readonly block: Block;
  readonly index: number;
}

function finding(view: SyntaxNode, context: RuleContext): RuleFinding | undefined {
  const viewed = viewedBytes(view, context);
  const fn = viewed && enclosingFunction(view);
  if (!viewed || !fn?.field("body")) return undefined;
  const roots = rootsOf(viewed.bytes, context);
  if (roots.length === 0 || roots.some((root) => root.owner !== fn || !keepsItsMemory(root, context)))
    return undefined;
  const flow = context.flow(fn);
  const changes = changesOf(roots, flow, context);
  const from = placeOf(view, flow);
  if (changes.length === 0 || !from) return undefined;
  const harm = harmed(view, from, roots, changes, flow, context);
  if (!harm) return undefined;
  const name = roots[0]!.name;
  const builder = context.fix().replace(view, `string(${viewed.text})`);
  builder.dropImport("unsafe", [view]);
  return {
    at: view,
    message: {
      en: `This string is the memory of ${name}, which is ${harm.change.kind === "put" ? "given back" : "written again"} at line ${context.line(harm.change.at)} while the string is still ${harm.kept ? "kept" : "used"}.`,
      zh: `这个字符串就是 ${name} 的内存，而 ${name} 在第 ${context.line(harm.change.at)} 行${harm.change.kind === "put" ? "被归还" : "又被写入"}，此时字符串仍${harm.kept ? "被保存着" : "在使用"}。`,
    },
    related: [
      {
        at: harm.change.at,
        message: { en: "The buffer changes hands or contents here.", zh: "缓冲区在这里换了主人或内容。" },
      },
      { at: harm.use, message: { en: "The string is used here.", zh: "字符串在这里使用。" } },
    ],
    fixes: [builder.build("fix", { en: "Copy the bytes", zh: "复制字节" })],
  };
}

/** Given its memory once, or only ever itself again: `b = b[:n]`, `b = append(b[:0], ...)`. */
function keepsItsMemory(root: Entity, context: RuleContext): boolean {
  const more = root.kind === "variable" ? root.assignments.slice(1) : root.assignments;
  if (context.file.isCaptured(root) && root.references.some((r) => r.above("go_statement"))) return false;
  if (root.kind === "variable" && root.range) return false;
  return more.every(({ value, operator }) => {
    if (operator !== "=" || !value) return false;
    const at = bare(value);
    const inner = context.isBuiltinCall(at, "append") ? at.field("arguments")!.children[0] : at;
    const operand = inner?.kind === "slice_expression" ? bare(inner.field("operand")!) : undefined;
    return operand?.kind === "identifier" && context.file.local(operand) === root;
  });
}

function placeOf(node: SyntaxNode, flow: Flow): Place | undefined {
  for (const block of flow.blocks) {
    const index = block.steps.findIndex((s) => s.kind !== "end" && s.node.holds(node));
    if (index >= 0) return { block, index };
  }
  return undefined;
}

interface Harm {
  readonly change: Change;
  readonly use: SyntaxNode;
  readonly kept: boolean;
}

function harmed(
  view: SyntaxNode,
  from: Place,
  roots: readonly Entity[],
  changes: readonly Change[],
  flow: Flow,
  context: RuleContext,
): Harm | undefined {
  const name = namedBy(view, context);
  // A name with other values may hold a copy by then.
  if (name === "unknown") return undefined;
  const uses = name ? name.references.filter((r) => enclosingFunction(r) === name.owner) : [view];
  const kept = uses.filter((use) => isKept(use, context));
  const deferred = changes.find((c) => c.step.kind === "defer" && c.kind === "put");
  const leaves = kept.at(0) ?? uses.find((use) => isReturned(use, context));
  if (deferred && leaves) return { change: deferred, use: leaves, kept: true };
  const plain = changes.filter((c) => c.step.kind !== "defer");
  for (const change of plain) {
    const at = { block: change.block, index: change.block.steps.indexOf(change.step) };
    const isFresh = (p: Place) => declares(p, roots);
    for (const use of kept) {
      const place = placeOf(use, flow);
      if (place && reaches(place, at, isFresh)) return { change, use, kept: true };
    }
    if (!name || !reaches(from, at, isFresh)) continue;
    for (const use of uses) {
      const place = placeOf(use, flow);
      if (place && reaches(at, place, (p) => same(p, from) || isFresh(p)))
        return { change, use, kept: false };
    }
  }
  return undefined;
}

const same = (a: Place, b: Place): boolean => a.block === b.block && a.index === b.index;

/** Whether a step makes one of the names anew: what was before belongs to another memory. */
function declares({ block, index }: Place, roots: readonly Entity[]): boolean {
  const { node } = block.steps[index]!;
  return roots.some(
    (root) =>
      root.assignments[0]?.node === node ||
      (root.kind === "variable" && node.holds(root.node) && /declaration/.test(node.kind)),
  );
}

/** Whether a way leads from behind one step to another without passing a step that stops it. */
function reaches(from: Place, to: Place, stops: (place: Place) => boolean): boolean {
  const seen = new Set<Block>();
  const work: Place[] = [{ block: from.block, index: from.index + 1 }];
  for (let at = work.pop(); at; at = work.pop()) {
    let index = at.index;
    for (; index < at.block.steps.length; index++) {
      const place = { block: at.block, index };
      if (same(place, to)) return true;
      if (stops(place)) break;
    }
    if (index < at.block.steps.length) continue;
    for (const { to: next } of at.block.edges) {
      if (seen.has(next)) continue;
      seen.add(next);
      work.push({ block: next, index: 0 });
    }
  }
  return false;
}

/** The local that holds the view and nothing else; undefined where the view is used at once. */
function namedBy(view: SyntaxNode, context: RuleContext): Entity | "unknown" | undefined {
  const { parent } = view;
  if (
    parent?.kind !== "expression_list" ||
    !/^(?:assignment_statement|short_var_declaration|var_spec)$/.test(parent.parent?.kind ?? "")
  )
    return undefined;
  const left = parent.parent!.field("left")?.children ?? parent.parent!.fields("name");
  const target = left[parent.children.indexOf(view)];
  if (target?.kind !== "identifier") return undefined;
  const entity =
    context.file.local(target) ??
    context.file.locals(enclosingFunction(view)!).find((e) => e.node === target);
  return entity && onlyValue(entity) === view ? entity : "unknown";
}

/** Put where it outlives the statement: a map, a field, a list, a channel. */
function isKept(use: SyntaxNode, context: RuleContext): boolean {
  const value = context.converted(use);
  const { parent } = value;
  if (parent?.kind === "index_expression" && value.fieldName === "index")
    return (
      isAssigned(parent) &&
      context.types.underlying(context.types.typeOf(parent.field("operand")!)).kind === "map"
    );
  if (parent?.kind === "argument_list" && parent.parent && context.isBuiltinCall(parent.parent, "append"))
    return parent.children[0] !== value;
  if (parent?.kind === "send_statement") return value.fieldName === "value";
  if (
    parent?.kind !== "expression_list" ||
    parent.fieldName !== "right" ||
    parent.parent?.kind !== "assignment_statement"
  )
    return false;
  const target = parent.parent.field("left")?.children[parent.children.indexOf(value)];
  return target?.kind === "selector_expression" || target?.kind === "index_expression";
}

/** `m[k] = v`, `m[k] += v`, `m[k]++`. */
function isAssigned({ parent }: SyntaxNode): boolean {
  if (parent?.kind === "inc_statement" || parent?.kind === "dec_statement") return true;
  return parent?.fieldName === "left" && parent.parent?.kind === "assignment_statement";
}

function isReturned(use: SyntaxNode, context: RuleContext): boolean {
  const { parent } = context.converted(use);
  return parent?.kind === "expression_list" && parent.parent?.kind === "return_statement";
}
