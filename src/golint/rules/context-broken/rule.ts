/** context.Background() handed to a call where the caller's context is at hand. */
import type { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule } from "../../rule.ts";
import { argumentsOf, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

/** Functions that end things: they must run although the caller's context is done. */
const ENDS =
  /clos|shut|stop|commit|clean|drain|flush|rollback|releas|unlock|delet|remov|revok|abort|cancel|kill|leave|finish|teardown|destroy|evict|reset|async|background|detach|spawn|schedul|^(?:main|init|run|serve|start|new)|^(?:Test|Benchmark|Example|Fuzz)/i;
/** Calls that only note something: their context carries values, no deadline. */
const NOTES =
  /^(?:Log|Debug|Info|Warn|Error|Print|Add|Record|Start|Observe|Enabled|Handle|Trace|Event|Inc|Dec|Set|Tag|Measure|Clone|With\w*)(?:[A-Z]\w*)?$/;
const SAYS_WHY = /context|ctx|cancel|background|detach|timeout|deadline|outliv|shutdown|lifetime|caller/i;

export const rule: Rule = {
  id: "context-broken",
  severity: "hint",
  cause: "runtime/context/deadline-chain-broken",
  title: { en: "The caller's context is not passed on", zh: "没有传递调用方的 context" },
  why: {
    en: "What runs under context.Background() goes on when the caller has hung up and its deadline is over: work for nobody, for as long as the other side takes.",
    zh: "用 context.Background() 启动的工作，在调用方断开、期限已过之后仍会继续：没有人在等结果，却要等到对方返回为止。",
  },
  page,
  anchors: ["Background()", "TODO()", ".NewRequest("],
  *check(context) {
    if (context.file.name.endsWith("_test.go")) return;
    for (const call of context.file.calls("net/http", "NewRequest")) {
      const around = scope(call, context);
      if (!around || !isSentHere(call, around.fn, context)) continue;
      yield {
        at: call,
        message: {
          en: `${around.expression} is at hand, but this request has a context of its own: it goes on when the caller has hung up.`,
          zh: `这里有 ${around.expression} 可用，但这个请求用的是自己的 context：调用方断开后它仍会继续。`,
        },
        fixes: [withContext(call, around.expression, context)],
      };
    }
    for (const call of context.file.calls("context")) {
      const name = context.target(call)!.name;
      if (name !== "Background" && name !== "TODO") continue;
      const around = scope(call, context);
      if (!around || isMeant(call, around.fn, context)) continue;
      const fix = passOn(call, around.expression, context);
      yield {
        at: call,
        message: {
          en: `${around.expression} is at hand, but this call runs under context.${name}(): it does not end when the caller does.`,
          zh: `这里有 ${around.expression} 可用，调用却使用 context.${name}()：调用方结束时它不会结束。`,
        },
        fixes: [fix],
      };
    }
  },
};

/** Whether the function itself sends the request, and gives it no context later. */
function isSentHere(call: SyntaxNode, fn: SyntaxNode, context: RuleContext): boolean {
  const own = fn.field("name")?.text ?? "";
  if (ENDS.test(own) || ENDS.test(fn.field("receiver")?.find("type_identifier")[0]?.text ?? "")) return false;
  if (call.above("defer_statement", "go_statement")) return false;
  if (/\.Done\(\)|\.Err\(\)|WithContext|WithoutCancel|ctxhttp|\.Clone\(/.test(fn.text)) return false;
  const statement = call.above("short_var_declaration", "assignment_statement", "block");
  const first = statement?.field("left")?.children[0];
  const entity =
    first && context.file.locals(fn).find((e) => e.node === first || context.file.local(first) === e);
  return (
    entity?.assignments.length === 1 &&
    entity.references.some((node) => {
      const sent = node.parent?.kind === "argument_list" ? node.parent.parent : undefined;
      return sent?.field("function")?.field("field")?.text === "Do" && argumentsOf(sent)[0] === node;
    })
  );
}

function withContext(call: SyntaxNode, expression: string, context: RuleContext): Fix {
  const fn = call.field("function")!;
  const first = argumentsOf(call)[0];
  const builder = context.fix().replace(fn.field("field")!, "NewRequestWithContext");
  if (first) builder.insert(first.start, `${expression}, `);
  return builder.build("suggestion", { en: `Pass ${expression} on`, zh: `传入 ${expression}` });
}

interface Scope {
  readonly fn: SyntaxNode;
  /** `ctx`, or `r.Context()`. */
  readonly expression: string;
}

/** The context that the function itself is given; what an outer function was given may be over when a literal runs. */
function scope(call: SyntaxNode, context: RuleContext): Scope | undefined {
  const fn = enclosingFunction(call);
  const body = fn?.field("body");
  if (!fn || !body?.holds(call)) return undefined;
  const parameters = fn.field("parameters")?.children ?? [];
  if (parameters.some((p) => /^\*?testing\.(?:T|B|TB|F)$/.test(p.field("type")?.text ?? "")))
    return undefined;
  for (const parameter of parameters) {
    const name = parameter.fields("name")[0];
    const entity = name && name.text !== "_" ? context.file.local(name) : undefined;
    const type = entity && context.types.typeOfEntity(entity);
    if (!entity || !type || isReassigned(entity)) continue;
    if (type.kind === "named" && type.package === "context" && type.name === "Context")
      return isShadowed(entity, call, context) ? undefined : { fn, expression: entity.name };
    const pointee = type.kind === "pointer" ? type.element : undefined;
    if (pointee?.kind === "named" && pointee.package === "net/http" && pointee.name === "Request")
      return isShadowed(entity, call, context) ? undefined : { fn, expression: `${entity.name}.Context()` };
  }
  return undefined;
}

/** `if ctx == nil { ctx = context.Background() }`, or another context from here on. */
const isReassigned = (entity: Entity): boolean => entity.assignments.length > 0;

const isShadowed = (entity: Entity, call: SyntaxNode, context: RuleContext): boolean =>
  context.file
    .locals(enclosingFunction(call)!)
    .some((other) => other !== entity && other.name === entity.name && other.node.start < call.start);

/** Whether the new context is there on purpose, as far as the text tells. */
function isMeant(call: SyntaxNode, fn: SyntaxNode, context: RuleContext): boolean {
  if (call.above("defer_statement", "go_statement")) return true;
  const list = call.parent;
  const receiver = list?.kind === "argument_list" ? list.parent : undefined;
  // Only what is handed to a call at once; a variable or a field may be meant for later.
  if (!receiver || argumentsOf(receiver)[0] !== call) return true;
  const callee = receiver.field("function");
  const name = callee?.field("field")?.text ?? callee?.text ?? "";
  const target = context.target(receiver);
  const derives = target?.path === "context" && /^With(?:Timeout|Deadline)(?:Cause)?$/.test(target.name);
  if (target?.path === "context" && !derives) return true;
  const own = fn.field("name")?.text ?? "";
  if (ENDS.test(own) || ENDS.test(fn.field("receiver")?.find("type_identifier")[0]?.text ?? "")) return true;
  if (
    !derives &&
    (ENDS.test(name) || NOTES.test(name) || /log|metric|trac|span|telemetry/i.test(callee?.text ?? ""))
  )
    return true;
  const text = fn.text;
  if (derives && isOfHours(receiver, context)) return true;
  // What is derived may be handed to something that ends things, or to a goroutine.
  if (
    derives &&
    /\b\w*(?:Close|Shutdown|Stop|Cleanup|Delete|Remove|Release|Unlock|Revoke|Rollback)\w*\(|\bgo (?:func|\w)/.test(
      text,
    )
  )
    return true;
  // After the wait for its end, or where its error was looked at, the caller's context is over.
  if (/\.Done\(\)|\.Err\(\)|WithoutCancel|context\.Cause/.test(text)) return true;
  const line = context.line(call);
  return fn.chunk.comments.some((comment) => {
    const end = context.file.position(comment.end).line;
    return end >= line - 4 && end <= line && SAYS_WHY.test(comment.text.replace("context-broken", ""));
  });
}

/** A deadline of an hour or more is none of a caller who waits: the work is meant to go on without. */
function isOfHours(derivation: SyntaxNode, context: RuleContext): boolean {
  const duration = argumentsOf(derivation)[1];
  if (!duration) return false;
  const entity = duration.kind === "identifier" ? context.file.local(duration) : undefined;
  const values = [duration, ...(entity?.assignments.flatMap(({ value }) => value ?? []) ?? [])];
  return values.some((value) => /\btime\.Hour\b/.test(value.text));
}

function passOn(call: SyntaxNode, expression: string, context: RuleContext): Fix {
  const builder = context.fix().replace(call, expression);
  builder.dropImport("context", [call]);
  return builder.build("suggestion", { en: `Pass ${expression} on`, zh: `传入 ${expression}` });
}
