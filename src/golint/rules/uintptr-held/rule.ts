/** An address kept in a uintptr and made a pointer again later: nothing keeps its object where it is. */
import { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { FileModel } from "../../model/file.ts";
import { receiverType } from "../../model/package.ts";
import type { Rule, RuleFinding, Words } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { addressIn, asPointer, isGoMemory, toPointers } from "../../unsafe/addresses.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "uintptr-held",
  severity: "warning",
  cause: "native/bad-pointer/uintptr-kept-across-gc",
  title: { en: "An address is kept in a uintptr", zh: "用 uintptr 保存地址" },
  why: {
    en: "A uintptr is a number: it keeps no object alive and does not follow a stack that moves. Made a pointer again, it may lead to memory that holds something else.",
    zh: "uintptr 只是数字：不能让对象存活，栈移动时也不会更新。再转回指针时，指向的内存可能已经是别的内容。",
  },
  page,
  anchors: ["uintptr"],
  *check(context) {
    if (context.file.importName("unsafe") === undefined) return;
    const kept = fieldsKept(context);
    for (const { at, operand } of toPointers(context)) {
      const local = heldIn(operand, context);
      if (local) {
        yield finding(at, local.entity, local.source, context);
        continue;
      }
      const place = placeOf(operand, context);
      const source = place === undefined ? undefined : kept.get(place);
      if (source) {
        yield elsewhere(at, operand, source, context);
        continue;
      }
      const passed = passedIn(operand, context);
      if (passed) yield handed(at, passed, context);
      const returned = returnedFrom(operand, context);
      if (returned) yield result(at, operand, returned, context);
    }
  },
};

/** The local whose number is made a pointer, and the address it was given in a statement before. */
function heldIn(
  operand: SyntaxNode,
  context: RuleContext,
  depth = 0,
): { entity: Entity; source: SyntaxNode } | undefined {
  const node = numberIn(operand);
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  if (entity?.kind !== "variable" || entity.owner !== enclosingFunction(operand)) return undefined;
  for (const { value, index } of entity.assignments) {
    if (!value || index !== undefined) continue;
    const pointer = addressIn(value, context);
    if (pointer && isGoMemory(pointer, context)) return { entity, source: value };
    // `next := addr + 8`, where addr holds one.
    const before =
      depth < 3 && numberIn(value) !== node ? heldIn(bare(value), context, depth + 1) : undefined;
    if (before && before.entity !== entity) return { entity, source: before.source };
  }
  return undefined;
}

const numberIn = (operand: SyntaxNode): SyntaxNode => {
  const inner = bare(operand);
  return inner.kind === "binary_expression" ? bare(inner.field("left")!) : inner;
};

interface Elsewhere {
  readonly source: SyntaxNode;
  readonly file: FileModel;
}

/** A parameter that a function of the package is called with the address of Go memory for. */
function passedIn(operand: SyntaxNode, context: RuleContext): (Elsewhere & { entity: Entity }) | undefined {
  const node = numberIn(operand);
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  const fn = entity?.owner;
  const name = fn?.field("name")?.text;
  if (entity?.kind !== "parameter" || !fn || name === undefined || isEscaped(fn, context)) return undefined;
  const at = (fn.field("parameters")?.children ?? []).flatMap((p) => p.fields("name")).indexOf(entity.node);
  const type = fn.kind === "method_declaration" ? receiverType(fn) : undefined;
  const { pkg } = context.file;
  for (const other of pkg.fileNames) {
    if (!pkg.textOf(other).includes(`${name}(uintptr(`) && !/uintptr\(/.test(pkg.textOf(other))) continue;
    const file = pkg.file(other);
    const inside = new RuleContext(file);
    for (const top of file.declarations) {
      if (top.kind === "comment" || !top.chunk.text.includes(`${name}(`)) continue;
      for (const call of top.find("call_expression")) {
        const source = calls(call, name, type, inside) ? argumentsOf(call)[at] : undefined;
        const pointer = source && addressIn(source, inside);
        if (pointer && isGoMemory(pointer, inside)) return { entity, source, file };
      }
    }
  }
  return undefined;
}

/** The compiler keeps what such functions are handed alive, and off the stack. */
const isEscaped = (fn: SyntaxNode, context: RuleContext): boolean =>
  /\n\/\/go:uintptr(?:escapes|keepalive)[^\n]*\n(?:\/\/[^\n]*\n)*$/.test(
    `\n${context.file.text.slice(0, fn.start)}`,
  );

function calls(call: SyntaxNode, name: string, type: string | undefined, context: RuleContext): boolean {
  const fn = call.field("function")!;
  if (type === undefined) return fn.kind === "identifier" && fn.text === name && !context.file.local(fn);
  if (fn.kind !== "selector_expression" || fn.field("field")!.text !== name) return false;
  const holder = context.types.typeOf(fn.field("operand")!);
  const of = holder.kind === "pointer" ? holder.element : holder;
  return of.kind === "named" && of.package === "" && of.name === type;
}

/** A function of the package that returns the address of Go memory as a number. */
function returnedFrom(operand: SyntaxNode, context: RuleContext): Elsewhere | undefined {
  const node = numberIn(operand);
  const callee = node.kind === "call_expression" ? node.field("function") : undefined;
  if (!callee) return undefined;
  const found = calleeOf(callee, context);
  if (!found?.node.field("body")) return undefined;
  const inside = new RuleContext(found.file);
  for (const statement of found.node.find("return_statement")) {
    const value = statement.children[0]?.children[0];
    const pointer =
      value && enclosingFunction(statement) === found.node ? addressIn(value, inside) : undefined;
    if (value && pointer && isGoMemory(pointer, inside)) return { source: value, file: found.file };
  }
  return undefined;
}

function calleeOf(
  callee: SyntaxNode,
  context: RuleContext,
): { node: SyntaxNode; file: FileModel } | undefined {
  const { pkg } = context.file;
  if (callee.kind === "identifier" && !context.file.local(callee)) {
    const declared = pkg.declared(callee.text);
    const node = declared?.entity.kind === "function" ? declared.entity.node.parent : undefined;
    return declared && node ? { node, file: declared.file } : undefined;
  }
  if (callee.kind !== "selector_expression") return undefined;
  const type = context.types.typeOf(callee.field("operand")!);
  const of = type.kind === "pointer" ? type.element : type;
  if (of.kind !== "named" || of.package !== "") return undefined;
  return pkg.methods(of.name).find(({ node }) => node.field("name")?.text === callee.field("field")!.text);
}

/** Package variables and fields, by a text that is the same for all who name them. */
function placeOf(operand: SyntaxNode, context: RuleContext): string | undefined {
  const node = operand.kind === "binary_expression" ? bare(operand.field("left")!) : operand;
  if (node.kind === "identifier")
    return !context.file.local(node) && context.file.entity(node)?.kind === "variable"
      ? node.text
      : undefined;
  if (node.kind !== "selector_expression") return undefined;
  const type = context.types.typeOf(node.field("operand")!);
  const holder = type.kind === "pointer" ? type.element : type;
  return holder.kind === "named" && holder.package === ""
    ? `${holder.name}.${node.field("field")!.text}`
    : undefined;
}

/** Where an address of Go memory is put into a field or package variable. */
function fieldsKept(context: RuleContext): Map<string, SyntaxNode> {
  const kept = new Map<string, SyntaxNode>();
  for (const fn of context.file.functions("uintptr(")) {
    fn.walk((node) => {
      if (node.kind === "assignment_statement") {
        const [left, right] = [node.field("left")?.children ?? [], node.field("right")?.children ?? []];
        for (const [at, value] of right.entries()) {
          const pointer = left.length === right.length ? addressIn(value, context) : undefined;
          const place =
            pointer && isGoMemory(pointer, context) ? placeOf(bare(left[at]!), context) : undefined;
          if (place !== undefined) kept.set(place, value);
        }
      } else if (node.kind === "keyed_element") {
        const literal = node.above("composite_literal");
        const value =
          node.children[1]?.kind === "literal_element" ? node.children[1].children[0] : node.children[1];
        const pointer = value && addressIn(value, context);
        const type = literal && context.types.typeOf(literal);
        if (pointer && isGoMemory(pointer, context) && type?.kind === "named" && type.package === "")
          kept.set(`${type.name}.${node.children[0]!.text}`, value);
      }
    });
  }
  return kept;
}

const FROM = { en: "The address becomes a number here.", zh: "地址在这里变成了数字。" };

function finding(at: SyntaxNode, entity: Entity, source: SyntaxNode, context: RuleContext): RuleFinding {
  const fix = asPointer(entity, context);
  return {
    at,
    message: {
      en: `${entity.name} held the address as a number: since line ${context.line(source)} the object may have been freed, or moved with its stack.`,
      zh: `${entity.name} 以数字形式保存地址：自第 ${context.line(source)} 行起，对象可能已被回收，或随栈移动。`,
    },
    related: [{ at: source, message: FROM }],
    alsoIn: "vet",
    ...(fix && { fixes: [fix] }),
  };
}

function elsewhere(
  at: SyntaxNode,
  operand: SyntaxNode,
  source: SyntaxNode,
  context: RuleContext,
): RuleFinding {
  return {
    at,
    message: {
      en: `${operand.text} holds an address as a number, stored at line ${context.line(source)}: it does not keep the object alive.`,
      zh: `${operand.text} 以数字形式保存地址（第 ${context.line(source)} 行存入），无法让对象存活。`,
    },
    related: [{ at: source, message: FROM }],
    alsoIn: "vet",
  };
}

/** A line of this file, or the name of the other. */
const whereIs = ({ source, file }: Elsewhere, context: RuleContext): Words => {
  const line = file.position(source.start).line;
  const name = file === context.file ? "" : ` ${file.name.split("/").at(-1)}`;
  return { en: `${name === "" ? "" : `${name}, `}line ${line}`.trim(), zh: `${name}第 ${line} 行`.trim() };
};

function handed(at: SyntaxNode, passed: Elsewhere & { entity: Entity }, context: RuleContext): RuleFinding {
  const { entity, source, file } = passed;
  const where = whereIs(passed, context);
  return {
    at,
    message: {
      en: `${entity.name} is the address of Go memory as a number (${where.en}): during the call nothing keeps it where it is. Take an unsafe.Pointer.`,
      zh: `${entity.name} 是以数字形式传入的 Go 内存地址（${where.zh}）：调用期间没有任何东西让它留在原处。参数应改为 unsafe.Pointer。`,
    },
    alsoIn: "vet",
    ...(file === context.file && { related: [{ at: source, message: FROM }] }),
  };
}

function result(at: SyntaxNode, operand: SyntaxNode, from: Elsewhere, context: RuleContext): RuleFinding {
  const where = whereIs(from, context);
  const call = numberIn(operand).text;
  return {
    at,
    message: {
      en: `${call} returns the address of Go memory as a number (${where.en}): it need not be there any more. Return an unsafe.Pointer.`,
      zh: `${call} 以数字形式返回 Go 内存的地址（${where.zh}）：对象可能已不在那里。应返回 unsafe.Pointer。`,
    },
    alsoIn: "vet",
    ...(from.file === context.file && { related: [{ at: from.source, message: FROM }] }),
  };
}
