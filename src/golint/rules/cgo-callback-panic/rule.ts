/** An exported function, which C calls, that panics by its own hand or calls what may. */
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule, Words } from "../../rule.ts";
import { enclosingFunction, type SyntaxNode, statementsOf } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-callback-panic",
  severity: "hint",
  cause: "native/callback/panic-in-callback",
  title: { en: "Panic may leave a function that C calls", zh: "panic 可能越过 C 调用的函数" },
  why: {
    en: "No C code expects a panic: the process ends, or the frames of C are skipped with their locks held.",
    zh: "C 代码不会处理 panic：要么进程结束，要么 C 的栈帧被跳过，它持有的锁不会释放。",
  },
  page,
  anchors: ["//export "],
  *check(context) {
    if (!context.file.usesCgo) return;
    const risks = exported(context)
      .filter((fn) => !recovers(fn, context))
      .flatMap((fn) => riskIn(fn, context) ?? []);
    // A file of trampolines is one matter, not twenty.
    const handedIn = risks.filter((risk) => !risk.isOwn);
    for (const risk of risks) {
      if (!risk.isOwn && risk !== handedIn[0]) continue;
      const fix = recoverFirst(risk.fn, context);
      const name = nameOf(risk.fn);
      yield {
        at: risk.at,
        message: {
          en: `C calls ${name}, and ${risk.words.en}: nothing here recovers.`,
          zh: `${name} 由 C 调用，而${risk.words.zh}，这里没有 recover。`,
        },
        related: (risk.isOwn ? [] : handedIn.slice(1)).map((other) => ({
          at: other.at,
          message: { en: `The same in ${nameOf(other.fn)}.`, zh: `${nameOf(other.fn)} 中也一样。` },
        })),
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

const nameOf = (fn: SyntaxNode): string => fn.field("name")!.text;

/** Functions with `//export name` right above. */
function exported(context: RuleContext): readonly SyntaxNode[] {
  return context.file.functions().filter((fn) => {
    const above = context.file.text.slice(Math.max(0, fn.start - 2000), fn.start);
    return /(?:^|\n)\/\/export \w+[^\n]*\n(?:\/\/[^\n]*\n)*$/.test(above);
  });
}

/** A deferred literal or function of this package with recover; of others nothing is known, and they may. */
function recovers(fn: SyntaxNode, context: RuleContext): boolean {
  return fn.find("defer_statement").some((statement) => {
    if (/\brecover\(\)/.test(statement.text)) return true;
    const called = statement.children[0]?.field("function");
    if (called?.kind === "identifier") {
      const node = context.file.pkg.declared(called.text)?.entity.node.parent;
      return node === undefined || /\brecover\(\)/.test(node.text);
    }
    return called?.kind === "selector_expression" && /recover|panic|guard|protect/i.test(called.text);
  });
}

interface Risk {
  readonly fn: SyntaxNode;
  /** The function's own panic, not one that comes out of what it calls. */
  readonly isOwn: boolean;
  readonly at: SyntaxNode;
  readonly words: Words;
}

function riskIn(fn: SyntaxNode, context: RuleContext): Risk | undefined {
  let found: Risk | undefined;
  fn.field("body")!.walk((node) => {
    if (found) return false;
    // A literal runs when it is called, elsewhere perhaps.
    if (node.kind === "func_literal") return false;
    found = riskOf(node, fn, context);
    return found === undefined;
  });
  return found;
}

function riskOf(node: SyntaxNode, fn: SyntaxNode, context: RuleContext): Risk | undefined {
  if (context.isBuiltinCall(node, "panic"))
    return { fn, isOwn: true, at: node, words: { en: "this is a panic", zh: "这里会 panic" } };
  const target = node.kind === "call_expression" ? context.target(node) : undefined;
  if (target?.path === "log" && target.name.startsWith("Panic"))
    return { fn, isOwn: true, at: node, words: { en: "this is a panic", zh: "这里会 panic" } };
  return node.kind === "call_expression" ? callOfValue(node, fn, context) : undefined;
}

/** `handler(x)` of a function that somebody handed in: a field, an entry, a parameter or variable. */
function callOfValue(call: SyntaxNode, fn: SyntaxNode, context: RuleContext): Risk | undefined {
  const callee = call.field("function")!;
  const words = {
    en: `${callee.text} is a function that was handed in, which may panic`,
    zh: `${callee.text} 是外部传入的函数，可能 panic`,
  };
  if (callee.kind === "index_expression" || callee.kind === "type_assertion_expression")
    return context.types.conversion(call) ? undefined : { fn, isOwn: false, at: call, words };
  if (callee.kind === "identifier") {
    const entity = context.file.local(callee);
    const isValue = entity?.kind === "variable" && enclosingFunction(entity.node) === fn;
    const literal = entity?.assignments.some(({ value }) => value?.kind === "func_literal");
    return isValue && !literal ? { fn, isOwn: false, at: call, words } : undefined;
  }
  if (callee.kind !== "selector_expression" || context.file.qualified(callee)) return undefined;
  return isFunctionField(callee, context) ? { fn, isOwn: false, at: call, words } : undefined;
}

/** A field of function type, not a method. */
function isFunctionField(callee: SyntaxNode, context: RuleContext): boolean {
  const holder = context.types.typeOf(callee.field("operand")!);
  const type = holder.kind === "pointer" ? holder.element : holder;
  const under = context.types.underlying(type);
  const field =
    under.kind === "struct" && under.fields.find(({ name }) => name === callee.field("field")!.text);
  return field !== undefined && field !== false && context.types.underlying(field.type).kind === "function";
}

function recoverFirst(fn: SyntaxNode, context: RuleContext): Fix | undefined {
  const first = statementsOf(fn.field("body")!)[0];
  if (!first) return undefined;
  const builder = context.fix();
  const log = builder.import("log");
  builder.insertBefore(first, [
    "defer func() {",
    "\tif r := recover(); r != nil {",
    `\t\t${log}.Printf("panic in ${nameOf(fn)}: %v", r)`,
    "\t}",
    "}()",
  ]);
  return builder.build("suggestion", { en: "Recover here", zh: "在这里 recover" });
}
