/** Two C handles, one made from the other, each freed by the collector: in an order that nothing sets. */
import { type FinalizerCall, finalizedTypes, finalizerCalls, keptIn, wayFrom } from "../../cgo/finalizers.ts";
import { handleOf } from "../../cgo/handles.ts";
import { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import {
  argumentsOf,
  bare,
  enclosingFunction,
  listedStatement,
  type SyntaxNode,
  statementsOf,
} from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "finalizer-free-order",
  severity: "warning",
  cause: "native/segv-in-c/finalizer-freed-handle",
  title: {
    en: "The collector may free the parent before what was made from it",
    zh: "GC 可能先释放父对象，后释放由它创建的子对象",
  },
  why: {
    en: "The C object refers to the one it was made from, and the collector does not see that: unless the Go values refer to each other, the parent is freed while the child is in use.",
    zh: "C 的子对象引用着创建它的父对象，而 GC 看不到这层引用：Go 对象之间没有引用时，子对象还在用，父对象就已被释放。",
  },
  page,
  anchors: ["SetFinalizer", "AddCleanup"],
  *check(context) {
    for (const call of finalizerCalls(context)) {
      const found = finding(call, context);
      if (found) yield found;
    }
  },
};

/** What C reads while it makes something, and does not keep, by the names of such types. */
const PASSING =
  /(?:option|opts|config|param|setting|status|error|builder|attr|desc|descriptor|allocator|buffer|info|string|key)s?$/i;

/** A value whose handle made the child's. */
interface Parent {
  readonly entity: Entity;
  readonly type: string;
  /** The call of C that made the child. */
  readonly made: SyntaxNode;
}

function finding(call: FinalizerCall, context: RuleContext): RuleFinding | undefined {
  const fn = enclosingFunction(call.call);
  const object = bare(call.object).kind === "identifier" ? context.file.local(bare(call.object)) : undefined;
  const type = object && context.types.typeOfEntity(object);
  if (!fn || object?.owner !== fn || type?.kind !== "pointer" || type.element.kind !== "named")
    return undefined;
  const child = type.element.name;
  const handles = finalizedTypes(context.file.pkg).get(child)?.handles;
  if (!handles) return undefined;
  const parent = parentOf(fn, object, child, handles, context);
  if (!parent || countsReferences(parent.type, context)) return undefined;
  const isCleanup = call.form === "AddCleanup";
  if (isCleanup ? cleanupHolds(call, parent, context) : isHeld(parent, context)) return undefined;
  const fix = isCleanup
    ? keptByCleanup(call, parent, context)
    : keptByField(call, object, child, parent, context);
  return {
    at: call.call,
    message: isCleanup ? unordered(child, parent) : unreferenced(child, parent),
    related: [{ at: parent.made, message: MADE }],
    ...(fix && { fixes: [fix] }),
  };
}

const MADE: Words = { en: "Here C gets the parent's handle.", zh: "C 在这里拿到父对象的句柄。" };
const unreferenced = (child: string, { entity, type }: Parent): Words => ({
  en: `${child} does not refer to ${entity.name}: the collector may free the C object of ${type} while that of ${child}, made from it, is in use.`,
  zh: `${child} 没有引用 ${entity.name}：由它创建的 ${child} 还在使用时，GC 就可能释放 ${type} 的 C 对象。`,
});
const unordered = (child: string, { entity, type }: Parent): Words => ({
  en: `Cleanups run in no order: that of ${type} may free its C object before this one frees what ${child} made from it. Nothing keeps ${entity.name} until then.`,
  zh: `cleanup 的运行没有顺序：${type} 的 cleanup 可能先释放它的 C 对象，之后这里才释放 ${child} 由它创建的对象；没有代码让 ${entity.name} 存活到那时。`,
});

/** The value that a call of C made the child's handle from. */
function parentOf(
  fn: SyntaxNode,
  object: Entity,
  child: string,
  handles: ReadonlySet<string>,
  context: RuleContext,
): Parent | undefined {
  const types = finalizedTypes(context.file.pkg);
  for (const made of context.file.calls("C")) {
    if (enclosingFunction(made) !== fn || !storesIn(made, object, handles, context)) continue;
    for (const argument of argumentsOf(made)) {
      const handle = handleOf(argument, types, context);
      if (!handle || handle.type === child || handle.entity === object || PASSING.test(handle.type)) continue;
      // What is made here is in the function's hands; what comes in is its caller's.
      if (handle.entity.kind !== "parameter" && handle.entity.kind !== "receiver") continue;
      if (handle.entity.owner === fn && handle.entity.assignments.length === 0)
        return { entity: handle.entity, type: handle.type, made };
    }
  }
  return undefined;
}

/** Functions that let go of one reference, or wait for what was made from it. */
const LETS_GO = /\bC\.(?:\w*(?:unref|decref|close_v2)|\w+_put|CFRelease|clRelease\w+)\b/i;

/** Whether, by the names of what its finalizer calls, C itself keeps the type's object as long as it is needed. */
function countsReferences(type: string, context: RuleContext): boolean {
  const { pkg } = context.file;
  const frees = [...(finalizedTypes(pkg).get(type)?.frees ?? [])];
  const ofFile = (name: string) => {
    const there = new RuleContext(pkg.file(name));
    return finalizerCalls(there).filter(({ object }) => {
      const of = there.types.typeOf(object);
      return of.kind === "pointer" && of.element.kind === "named" && of.element.name === type;
    });
  };
  const calls = pkg.fileNames.filter((name) => pkg.textOf(name).includes("AddCleanup")).flatMap(ofFile);
  return [...frees, ...calls.map(({ fn }) => fn)].some((node) => LETS_GO.test(node.text));
}

/** Whether a call's result, or a local that holds it, becomes the handle of the object. */
function storesIn(
  call: SyntaxNode,
  object: Entity,
  handles: ReadonlySet<string>,
  context: RuleContext,
): boolean {
  const value = context.converted(call);
  const element = value.above("keyed_element", "block");
  if (element?.kind === "keyed_element" && element.children[1]!.holds(value)) {
    const isOwn = object.assignments.some((a) => a.value?.holds(element));
    return isOwn && handles.has(element.children[0]!.text);
  }
  const list = value.parent?.kind === "expression_list" ? value.parent : undefined;
  const left = list?.parent?.field("left")?.children[0];
  if (!list || !left || list.children.length !== 1) return false;
  const way = wayFrom(left, context.file);
  if (way) return way.entity === object && handles.has(way.way);
  const local = left.kind === "identifier" ? context.file.local(left) : undefined;
  return local !== undefined && keptIn(object, local, context).some((field) => handles.has(field));
}

/** Whether anything in the constructor may keep the parent: it is stored, handed on, or captured. */
function isHeld({ entity }: Parent, context: RuleContext): boolean {
  return entity.references.some((node) => {
    if (enclosingFunction(node) !== entity.owner) return true;
    let at = node;
    while (at.parent?.kind === "selector_expression" && at.fieldName === "operand") at = at.parent;
    const value = context.converted(at);
    const { parent } = value;
    // `p.lock()`, and p's fields where they go to C or are compared.
    if (value.fieldName === "function") return false;
    if (parent?.kind === "argument_list") return !isPassing(parent.parent!, context);
    if (parent?.kind === "binary_expression") return false;
    return at === node || !isNumberOrC(at, context);
  });
}

function isPassing(call: SyntaxNode, context: RuleContext): boolean {
  const target = context.target(call);
  return target?.path === "C" || (target?.path === "runtime" && target.name === "KeepAlive");
}

/** A copy of a handle or a number holds no Go value. */
function isNumberOrC(node: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.typeOf(node);
  return type.kind === "c" || type.kind === "basic" || (type.kind === "pointer" && type.element.kind === "c");
}

/** Whether the cleanup's argument or function may keep the parent; only the bare handle surely does not. */
function cleanupHolds({ fn, argument }: FinalizerCall, { entity }: Parent, context: RuleContext): boolean {
  if (entity.references.some((node) => fn.holds(node) || argument?.holds(node))) return true;
  return !argument || !isNumberOrC(argument, context);
}

/** The cleanup's literal captures the parent, and lets it go when it has run. */
function keptByCleanup({ fn }: FinalizerCall, { entity }: Parent, context: RuleContext): Fix | undefined {
  const body = fn.kind === "func_literal" ? fn.field("body") : undefined;
  const last = body && statementsOf(body).at(-1);
  if (!last || last.kind === "return_statement") return undefined;
  const builder = context.fix();
  builder.insertAfter(last, [`${builder.import("runtime")}.KeepAlive(${entity.name})`]);
  return builder.build("fix", {
    en: `Keep ${entity.name} until the cleanup has run`,
    zh: `让 ${entity.name} 存活到 cleanup 运行完`,
  });
}

/** A field for the parent: finalizers run in the order of references. */
function keptByField(
  { call }: FinalizerCall,
  object: Entity,
  child: string,
  { entity }: Parent,
  context: RuleContext,
): Fix | undefined {
  const { file } = context;
  const declared = file.pkg.declared(child);
  const list =
    declared?.file === file ? declared.entity.typeNode?.child("field_declaration_list") : undefined;
  const last = list?.children.at(-1);
  const statement = listedStatement(call);
  const type = entity.typeNode?.text;
  const name = entity.name;
  const positional = new RegExp(`\\b${child}\\{(?!\\s*\\}|\\s*\\w+:)`);
  const isTaken = list?.children.some((d) => d.fields("name").some((n) => n.text === name));
  const unkeyed = file.pkg.fileNames.some((other) => positional.test(file.pkg.textOf(other)));
  if (!last || !statement || !type || isTaken || unkeyed || name === "_") return undefined;
  const builder = context.fix();
  const added = `${name} ${type} // C uses it, and it must go last`;
  const { start, end } = list!;
  if (file.position(start).line !== file.position(end).line) builder.insert(last.end, `\n\n\t${added}`);
  else {
    const space = file.text[start - 1] === " " ? "" : " ";
    const fields = list!.children.map((d) => `\t${d.text}\n`).join("");
    builder.replace(list!, `${space}{\n${fields}\n\t${added}\n}`);
  }
  builder.insertBefore(statement, [`${object.name}.${name} = ${name}`]);
  return builder.build("fix", {
    en: `Keep ${name} in ${child}`,
    zh: `在 ${child} 中保存 ${name}`,
  });
}
