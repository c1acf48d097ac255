/** C.CString, C.CBytes, C.malloc: memory the garbage collector does not know, never freed. */
import { type Allocation, cMemory, isFree, type Resource } from "../../cgo/memory.ts";
import { lostParts } from "../../cgo/parts.ts";
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import { enclosingFunction, inLoop, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-memory-leak",
  severity: "warning",
  cause: "resource/out-of-memory/cstring-never-freed",
  title: { en: "C memory is never freed", zh: "C 内存没有释放" },
  why: {
    en: "The garbage collector does not know C memory: what C.CString, C.CBytes and C.malloc return stays until C.free is called, and the process grows until it is killed.",
    zh: "垃圾回收器管不到 C 内存：C.CString、C.CBytes、C.malloc 返回的内存只有调用 C.free 才会释放，否则进程不断变大，直到被系统杀掉。",
  },
  page,
  anchors: ["C.CString", "C.CBytes", "C.malloc", "C.calloc", "C.strdup", "C.strndup"],
  *check(context) {
    const memory = cMemory(context);
    for (const allocation of memory.unnamed) yield unnamed(allocation, context);
    for (const part of lostParts(context)) {
      yield {
        at: part.call,
        message: {
          en: `The memory of C.${part.name} goes into ${part.holder.name}, which does not leave this function, and is freed nowhere.`,
          zh: `C.${part.name} 分配的内存存入 ${part.holder.name}，而 ${part.holder.name} 不离开本函数，这块内存没有释放。`,
        },
        ...severityIn(part.call, context),
      };
    }
    for (const resource of memory.resources) {
      const finding = leaked(resource, context);
      if (finding) yield finding;
    }
  },
};

function leaked(resource: Resource, context: RuleContext): RuleFinding | undefined {
  const { lifetime, allocations } = resource;
  const first = allocations[0];
  const leak = lifetime.leaks[0];
  if (!first || !leak) return undefined;
  // What is overwritten was allocated above; in a loop, by the very call that overwrites it.
  const above = leak.overwritten ? allocations.findLast((a) => a.call.start < leak.at.start) : undefined;
  const at = above ?? allocations.find((a) => a.call === leak.at) ?? first;
  const end = leak.at.kind === "block" ? context.file.position(leak.at.end).line : context.line(leak.at);
  return {
    at: at.call,
    message: lifetime.neverReleased
      ? never(at.name)
      : leak.overwritten
        ? overwritten(at.name)
        : somePath(at.name, end),
    ...severityIn(at.call, context),
    ...(!lifetime.neverReleased &&
      leak.at !== at.call && {
        related: [
          {
            at: leak.at.kind === "block" ? { start: leak.at.end - 1, end: leak.at.end } : leak.at,
            message: STILL_HELD,
          },
        ],
      }),
    fixes: fixes(resource, at, context),
  };
}

/** In main, outside loops, the end of the process frees it. */
function severityIn(call: SyntaxNode, context: RuleContext): { severity?: "hint" } {
  const fn = enclosingFunction(call);
  const name = fn?.kind === "function_declaration" ? fn.field("name")?.text : "";
  const isMain =
    name === "main" &&
    context.file.declarations.some((d) => d.kind === "package_clause" && /\bmain$/.test(d.text));
  return (isMain || name === "init") && !inLoop(call) ? { severity: "hint" } : {};
}

function unnamed(
  allocation: Allocation & { receiver: SyntaxNode; receiverName: string },
  context: RuleContext,
): RuleFinding {
  const fix = hoist(allocation, context);
  return {
    at: allocation.call,
    message: {
      en: `The memory of C.${allocation.name} is passed to ${allocation.receiverName} and kept in no variable: nothing can free it.`,
      zh: `C.${allocation.name} 分配的内存直接传给 ${allocation.receiverName}，没有变量保存，之后无法释放。`,
    },
    ...severityIn(allocation.call, context),
    ...(fix && { fixes: [fix] }),
  };
}

const never = (name: string): Words => ({
  en: `The memory of C.${name} is never freed in this function and does not leave it.`,
  zh: `C.${name} 分配的内存在本函数内没有释放，也没有交给别处。`,
});
const overwritten = (name: string): Words => ({
  en: `The memory of C.${name} is not freed before the variable gets another value.`,
  zh: `变量被重新赋值之前，C.${name} 分配的内存没有释放。`,
});
const somePath = (name: string, line: number): Words => ({
  en: `The memory of C.${name} is not freed on the way out at line ${line}.`,
  zh: `从第 ${line} 行返回时，C.${name} 分配的内存没有释放。`,
});
const STILL_HELD: Words = { en: "Left here without C.free.", zh: "从这里离开，没有调用 C.free。" };
const WITH_DEFER: Words = { en: "Free it with defer", zh: "用 defer 释放" };
const AFTER_LAST_USE: Words = { en: "Free it after its last use", zh: "在最后一次使用之后释放" };
const IN_VARIABLE: Words = { en: "Keep it in a variable and free it", zh: "先存入变量，再释放" };

function fixes(resource: Resource, allocation: Allocation, context: RuleContext): Fix[] {
  const { entity } = resource;
  const statement = listedStatement(allocation.call);
  const own = entity.assignments.find((a) => a.value?.holds(allocation.call));
  // Declared in an if's or a for's head, the name does not reach beyond it.
  const isOwnStatement = statement && own && (own.node === statement || own.node.parent === statement);
  if (!statement || !isOwnStatement || enclosingFunction(allocation.call) !== entity.owner) return [];
  if (inLoop(allocation.call)) return afterLastUse(resource, statement, context);
  // What else a helper does that frees it must not be lost.
  if (resource.releases.some((call) => !isFree(context, call))) return [];
  const explicit = resource.releases.map((call) => call.parent).filter((p) => p !== undefined);
  if (explicit.some((s) => s.kind !== "expression_statement" || s.parent?.kind !== "statement_list"))
    return [];
  if (entity.assignments.length > 1 && explicit.length > 0) return [];
  const builder = context.fix().insertAfter(statement, [`defer ${freeOf(entity.name, context.fix())}`]);
  for (const release of explicit) builder.remove(release);
  needs(builder);
  return [builder.build("fix", WITH_DEFER)];
}

function needs(builder: ReturnType<RuleContext["fix"]>): void {
  builder.import("unsafe");
  builder.include("stdlib.h");
}

function freeOf(name: string, builder: ReturnType<RuleContext["fix"]>): string {
  return `C.free(${builder.import("unsafe")}.Pointer(${name}))`;
}

/** In a loop defer would wait for the function's end; the memory goes as soon as nothing below names it. */
function afterLastUse(resource: Resource, statement: SyntaxNode, context: RuleContext): Fix[] {
  if (resource.releases.length > 0) return [];
  const list = statement.parent!.children;
  const named = [...resource.names].flatMap((name) => name.references);
  const last = list.findLast((s) => named.some((reference) => s.holds(reference))) ?? statement;
  const between = list.slice(list.indexOf(statement), list.indexOf(last) + 1);
  const leaves = /^(?:return_statement|break_statement|continue_statement|goto_statement|func_literal)$/;
  let jumps = false;
  for (const s of between) {
    s.walk((node) => {
      if (leaves.test(node.kind)) jumps = true;
    });
  }
  if (jumps || named.some((reference) => !between.some((s) => s.holds(reference)))) return [];
  const builder = context.fix();
  builder.insertAfter(last, [freeOf(resource.entity.name, builder)]);
  needs(builder);
  return [builder.build("fix", AFTER_LAST_USE)];
}

/** Puts the value into a variable before the statement it stands in. */
function hoist(allocation: Allocation & { receiver: SyntaxNode }, context: RuleContext): Fix | undefined {
  const statement = listedStatement(allocation.call);
  // Only where it is evaluated once and unconditionally, whatever the statement does.
  if (
    !statement ||
    !/^(?:expression_statement|assignment_statement|short_var_declaration|return_statement)$/.test(
      statement.kind,
    )
  )
    return undefined;
  for (let at = allocation.call.parent; at && at !== statement; at = at.parent) {
    if (at.kind === "func_literal" || /&&|\|\|/.test(at.field("operator")?.kind ?? "")) return undefined;
  }
  const loop = inLoop(allocation.call);
  if (loop && statement.kind === "return_statement") return undefined;
  const builder = context.fix();
  const name = builder.freshName(allocation.name === "CString" ? "cstr" : "cmem", statement);
  const free = freeOf(name, builder);
  builder.insertBefore(statement, [`${name} := ${allocation.call.text}`, ...(loop ? [] : [`defer ${free}`])]);
  builder.replace(allocation.call, name);
  if (loop) builder.insertAfter(statement, [free]);
  needs(builder);
  return builder.build("fix", IN_VARIABLE);
}
