/** A finalizer or cleanup that holds its own object: the object is never collected. */
import { type FinalizerCall, finalizerCalls } from "../../cgo/finalizers.ts";
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import { bare, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "finalizer-captures-object",
  severity: "error",
  cause: "native/finalizer/cleanup-holds-its-object",
  title: {
    en: "A finalizer or cleanup holds its own object",
    zh: "finalizer 或 cleanup 持有自己的对象",
  },
  why: {
    en: "The runtime keeps what the function captures: an object that its own finalizer or cleanup refers to is never collected, and the function never runs. For cleanups, Go 1.26 panics.",
    zh: "运行时会保留函数捕获的一切：对象如果被自己的 finalizer 或 cleanup 引用，就永远不会被回收，该函数也永远不会运行；对于 cleanup，Go 1.26 会 panic。",
  },
  page,
  anchors: ["SetFinalizer", "AddCleanup"],
  *check(context) {
    for (const call of finalizerCalls(context)) {
      const object = bare(call.object);
      const entity = object.kind === "identifier" ? context.file.local(object) : undefined;
      // A name that later holds something else is captured by reference.
      if (!entity || entity.assignments.length > 1) continue;
      const found = captured(call, entity, context) ?? passed(call, entity, context);
      if (found) yield found;
    }
  },
};

const NEVER: Words = {
  en: "it is never collected and this never runs",
  zh: "它永远不会被回收，这个函数也永远不会运行",
};

function captured(call: FinalizerCall, entity: Entity, context: RuleContext): RuleFinding | undefined {
  const { fn, form } = call;
  const kind = form === "SetFinalizer" ? "finalizer" : "cleanup";
  if (fn.kind === "selector_expression") {
    const operand = bare(fn.field("operand")!);
    if (operand.kind !== "identifier" || context.file.local(operand) !== entity) return undefined;
    // A field of function type holds nothing by itself.
    if (!isMethod(entity, fn.field("field")!.text, context)) return undefined;
    return {
      at: fn,
      message: {
        en: `The method value ${fn.text} holds ${entity.name}: ${NEVER.en}.`,
        zh: `方法值 ${fn.text} 持有 ${entity.name}：${NEVER.zh}。`,
      },
    };
  }
  if (fn.kind !== "func_literal") return undefined;
  const uses = entity.references.filter((node) => fn.holds(node));
  const [first] = uses;
  if (!first) return undefined;
  const fix = form === "SetFinalizer" ? useParameter(fn, uses, entity, context) : undefined;
  return {
    at: first,
    message: {
      en: `The ${kind} captures ${entity.name}, its own object: ${NEVER.en}.`,
      zh: `${kind} 捕获了自己的对象 ${entity.name}：${NEVER.zh}。`,
    },
    ...(fix && { fixes: [fix] }),
  };
}

function isMethod(entity: Entity, name: string, context: RuleContext): boolean {
  const type = context.types.typeOfEntity(entity);
  const holder = type.kind === "pointer" ? type.element : type;
  return (
    holder.kind === "named" &&
    holder.package === "" &&
    context.file.pkg
      .methods(holder.name)
      .some((m) => m.node.field("name")?.text === name && hasPointerReceiver(m.node))
  );
}

const hasPointerReceiver = (method: SyntaxNode): boolean =>
  method.field("receiver")?.children[0]?.field("type")?.kind === "pointer_type";

/** The object itself, or a pointer into it, as the cleanup's argument. */
function passed(
  { argument, form }: FinalizerCall,
  entity: Entity,
  context: RuleContext,
): RuleFinding | undefined {
  if (form !== "AddCleanup" || !argument) return undefined;
  const held = holdsInArgument(argument, entity, context);
  if (held) return held;
  let inner = context.types.unconverted(argument);
  if (inner.kind === "unary_expression" && inner.field("operator")?.kind === "&") {
    inner = bare(inner.field("operand")!);
    // Beyond a pointer or slice lies other memory.
    while (inner.kind === "selector_expression") {
      const holder = bare(inner.field("operand")!);
      const isOwn = holder.kind === "identifier" && context.file.local(holder) === entity;
      if (!isOwn && context.types.underlying(context.types.typeOf(holder)).kind !== "struct")
        return undefined;
      inner = holder;
    }
  }
  if (inner.kind !== "identifier" || context.file.local(inner) !== entity) return undefined;
  const type = context.types.typeOfEntity(entity);
  if (type.kind !== "pointer") return undefined;
  return {
    at: argument,
    message: {
      en: `The cleanup of ${entity.name} gets ${argument.text}, which keeps ${entity.name} alive: ${NEVER.en}, or AddCleanup panics.`,
      zh: `${entity.name} 的 cleanup 收到的参数是 ${argument.text}，它使 ${entity.name} 一直存活：${NEVER.zh}，或者 AddCleanup 直接 panic。`,
    },
  };
}

/** `obj.close` or a literal that names obj, handed to the cleanup as its argument. */
function holdsInArgument(
  argument: SyntaxNode,
  entity: Entity,
  context: RuleContext,
): RuleFinding | undefined {
  const node = bare(argument);
  const operand = node.kind === "selector_expression" ? bare(node.field("operand")!) : undefined;
  const isValue =
    operand?.kind === "identifier" &&
    context.file.local(operand) === entity &&
    isMethod(entity, node.field("field")!.text, context);
  const inside = node.kind === "func_literal" ? entity.references.find((use) => node.holds(use)) : undefined;
  if (!isValue && !inside) return undefined;
  const what = isValue ? node.text : entity.name;
  return {
    at: inside ?? argument,
    message: isValue
      ? {
          en: `The cleanup of ${entity.name} gets the method value ${what}, which holds ${entity.name}: ${NEVER.en}.`,
          zh: `${entity.name} 的 cleanup 收到方法值 ${what}，它持有 ${entity.name}：${NEVER.zh}。`,
        }
      : {
          en: `The cleanup of ${entity.name} gets a function that captures ${what}: ${NEVER.en}.`,
          zh: `${entity.name} 的 cleanup 收到的函数捕获了 ${what}：${NEVER.zh}。`,
        },
  };
}

/** The finalizer's parameter is the object: name it in place of what is captured. */
function useParameter(
  fn: SyntaxNode,
  uses: readonly SyntaxNode[],
  entity: Entity,
  context: RuleContext,
): Fix | undefined {
  const parameter = fn.field("parameters")?.children[0];
  const names = parameter?.fields("name") ?? [];
  if (!parameter || fn.field("parameters")!.children.length !== 1 || names.length > 1) return undefined;
  const [name] = names;
  const builder = context.fix();
  if (!name) builder.insert(parameter.start, `${entity.name} `);
  else if (name.text === "_") builder.replace(name, entity.name);
  else for (const use of uses) builder.replace(use, name.text);
  return builder.build("fix", { en: "Use the finalizer's parameter", zh: "使用 finalizer 的参数" });
}
