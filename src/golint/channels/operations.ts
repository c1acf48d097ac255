/** Sends, closes and waits: what the rules about channels read out of single statements. */
import type { RuleContext } from "../context.ts";
import type { Flow } from "../flow/graph.ts";
import type { Entity } from "../model/entity.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";

/** A channel as a function names it: a local, or a field of what a local holds. */
export interface ChannelName {
  readonly entity: Entity;
  /** "" for the local itself, else ".field" or ".field.field". */
  readonly path: string;
}

export function channelName(node: SyntaxNode | undefined, context: RuleContext): ChannelName | undefined {
  let at = node && bare(node);
  let path = "";
  while (at?.kind === "selector_expression") {
    path = `.${at.field("field")?.text ?? ""}${path}`;
    at = at.field("operand");
  }
  const entity = at?.kind === "identifier" ? context.file.local(at) : undefined;
  return entity?.owner && entity.kind !== "constant" && entity.kind !== "type" ? { entity, path } : undefined;
}

/** ch of `close(ch)`. */
export function closedChannel(node: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  return context.isBuiltinCall(node, "close") ? argumentsOf(node)[0] : undefined;
}

/** The calls of close in a function's own statements and deferred literals, not in other literals. */
export function closesIn(fn: SyntaxNode, context: RuleContext): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  fn.field("body")?.walk((node) => {
    if (node.kind === "func_literal" && !isDeferred(node)) return false;
    if (closedChannel(node, context)) found.push(node);
    return true;
  });
  return found;
}

/** `defer func() { ... }()`. */
export function isDeferred(literal: SyntaxNode): boolean {
  return literal.fieldName === "function" && literal.parent?.parent?.kind === "defer_statement";
}

/** Anything that keeps two goroutines apart, or stands the panic: whoever does this has thought of it. */
export function isProtected(fn: SyntaxNode): boolean {
  return /\b(?:R?Lock|TryLock|recover|CompareAndSwap\w*|Swap\w*|Do)\(|\.Load\w*\(/.test(fn.text);
}

/** Channels on which something else than the end of the senders' work arrives. */
const SIGNAL = /^(?:timeout|timer|deadline|quit|stop|sigs?|signals?|interrupt|cancel)(?:C|Ch|Chan|Signal)?$/i;

/** Whether what is received tells of a cancellation or of time, rather than of work that is done. */
function isSignal(channel: SyntaxNode, context: RuleContext): boolean {
  const at = bare(channel);
  if (at.kind === "call_expression") {
    const target = context.target(at);
    if (target?.path === "time") return true;
    const fn = at.field("function");
    // A context's, not a worker's.
    return (
      fn?.field("field")?.text === "Done" && /(?:ctx|context)(?:\(\))?$/i.test(fn.field("operand")!.text)
    );
  }
  if (at.kind === "selector_expression") {
    const name = at.field("field")!.text;
    return name === "C" || SIGNAL.test(name);
  }
  if (at.kind !== "identifier") return false;
  const values =
    context.file.local(at)?.assignments.flatMap(({ value }) => (value ? [bare(value)] : [])) ?? [];
  return (
    SIGNAL.test(at.text) || values.some((value) => value.kind !== "identifier" && isSignal(value, context))
  );
}

const WAITS = /wait|stop|join|shutdown|close|drain|finish|done|flush|kill|terminate|load/i;

/** Whether a statement may wait until others are done: a receive, `wg.Wait()`, or a call whose name says so. */
export function waits(
  node: SyntaxNode,
  target: SyntaxNode,
  channel: ChannelName,
  context: RuleContext,
): boolean {
  let found = false;
  node.walk((inner) => {
    if (found || inner.kind === "func_literal" || inner.kind === "go_statement") return false;
    if (inner.kind === "unary_expression" && inner.field("operator")?.kind === "<-")
      found = !isSignal(inner.field("operand")!, context);
    else if (inner.kind === "call_expression" && !closedChannel(inner, context)) {
      const fn = inner.field("function")!;
      const name = fn.kind === "selector_expression" ? fn.field("field")!.text : fn.text;
      found = WAITS.test(name) && !/\.Done$/.test(fn.text);
    } else if (inner.kind === "range_clause") {
      const over = inner.field("right");
      const type = over && context.types.underlying(context.types.typeOf(over));
      // Of the channel itself there may be more to come, to whoever stands inside the loop.
      const own = channelName(over, context);
      const isOwn = own?.entity === channel.entity && own.path === channel.path;
      found = type?.kind === "channel" && !(isOwn && inner.parent?.holds(target));
    }
    return !found;
  });
  return found;
}

const deferredBody = (call: SyntaxNode): SyntaxNode => {
  const fn = call.field("function");
  return fn?.kind === "func_literal" ? (fn.field("body") ?? call) : call;
};

/** A loop that has ended, and waited inside, is believed to have waited for all. */
function waitedInLoop(
  condition: SyntaxNode,
  target: SyntaxNode,
  channel: ChannelName,
  context: RuleContext,
): boolean {
  const loop = condition.above("for_statement");
  const body = loop?.field("body");
  if (!body || body.holds(condition)) return false;
  const over = condition.kind === "range_clause" ? condition.field("right") : undefined;
  const type = over && context.types.underlying(context.types.typeOf(over));
  return (
    type?.kind === "channel" ||
    waits(condition, target, channel, context) ||
    waits(body, target, channel, context)
  );
}

/**
 * Whether a step may be reached while what `begins` began is still running: on a path without a wait in between.
 * Without `begins` it runs from the start.
 */
export function reachesRunning(
  flow: Flow,
  target: SyntaxNode,
  begins: SyntaxNode | undefined,
  channel: ChannelName,
  context: RuleContext,
): boolean {
  const running = new Map([[flow.entry, begins === undefined]]);
  const work = [flow.entry];
  let deferred = false;
  let reached = false;
  const waitsAtEnd = flow.blocks.some(({ steps }) =>
    steps.some(({ node, kind }) => kind === "defer" && waits(deferredBody(node), target, channel, context)),
  );
  while (work.length > 0) {
    const block = work.pop()!;
    let now = running.get(block)!;
    for (const { node, kind } of block.steps) {
      if (kind === "end") {
        if (deferred && now && !waitsAtEnd) reached = true;
        continue;
      }
      const isTarget = node.holds(target);
      if (isTarget && kind === "defer") deferred = true;
      else if (isTarget && now) reached = true;
      if (begins && node.holds(begins)) now = true;
      else if (kind !== "defer" && kind !== "go" && waits(node, target, channel, context)) now = false;
      if (kind === "return" && deferred && now && !waitsAtEnd) reached = true;
    }
    for (const { to, condition, holds } of block.edges) {
      const after =
        now && !(condition && holds === false && waitedInLoop(condition, target, channel, context));
      const before = running.get(to);
      if (before === true || before === after) continue;
      running.set(to, after);
      work.push(to);
    }
  }
  return reached;
}

/** Whether the condition a step stands under looks at a flag that the function keeps: paths are not told apart by those. */
export function standsUnderFlag(node: SyntaxNode): boolean {
  const fn = enclosingFunction(node);
  // What is set to nil beside it is asked, or is a channel that nothing comes from any more.
  const list = node.above("statement_list");
  if (list?.children.some(({ kind, text }) => kind === "assignment_statement" && /=\s*nil$/.test(text)))
    return true;
  for (let at = node; at.parent && at !== fn; at = at.parent) {
    if (at.parent.kind !== "if_statement" || at.fieldName === "condition") continue;
    const condition = at.parent.field("condition");
    if (!condition) continue;
    if (condition.find("selector_expression").length > 0 || condition.find("call_expression").length > 0)
      return true;
    const names = condition.find("identifier").map(({ text }) => text);
    const set = (name: string) =>
      new RegExp(`(?:^|[^\\w.])${name}\\s*:?=\\s*(?:true|false|nil|\\d+)\\b`).test(fn?.text ?? "");
    if (names.some((name) => /^\w+$/.test(name) && set(name))) return true;
  }
  return false;
}
