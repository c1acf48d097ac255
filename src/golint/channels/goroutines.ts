/** A local channel that one goroutine closes while another may still send on it. */
import type { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import { inferenceOf } from "../model/infer.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode, statementsOf } from "../syntax/node.ts";
import { onlyValue } from "../unsafe/views.ts";
import { type ChannelName, closedChannel, isDeferred, isProtected, reachesRunning } from "./operations.ts";

export interface CloseWhileSending {
  readonly close: SyntaxNode;
  readonly send: SyntaxNode;
  /** Each of several equal goroutines closes it. */
  readonly kind: "race" | "every";
  /** Close is reached because a context ended. */
  readonly cancelled: boolean;
  readonly channel: string;
}

/** What is done with the channel, and in which goroutine. */
interface Deed {
  readonly kind: "send" | "close";
  readonly node: SyntaxNode;
  /** The function whose statements run it: the owner, or the literal that a go statement starts. */
  readonly body: SyntaxNode;
  /** The call that starts the goroutine; absent for the owner's own. */
  readonly launch?: SyntaxNode;
}

export function closesWhileSending(fn: SyntaxNode, context: RuleContext): CloseWhileSending[] {
  return context.file.locals(fn).flatMap((entity) => {
    if (entity.owner !== fn || !isMadeChannel(entity, context)) return [];
    const deeds = entity.references.flatMap((node) => deedOf(node, entity, context) ?? []);
    const closes = deeds.filter(
      ({ kind, node }) => kind === "close" && !isProtected(enclosingFunction(node) ?? fn),
    );
    for (const close of closes) {
      const found = byEveryWorker(close, entity) ?? race(close, deeds, entity, context);
      if (found) return [found];
    }
    return [];
  });
}

function isMadeChannel(entity: Entity, context: RuleContext): boolean {
  const value = onlyValue(entity);
  return (
    value !== undefined &&
    context.isBuiltinCall(value, "make") &&
    context.types.typeOf(value).kind === "channel"
  );
}

function deedOf(node: SyntaxNode, entity: Entity, context: RuleContext): Deed | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  let kind: Deed["kind"] | undefined;
  let at = parent;
  if (parent.kind === "send_statement" && node.fieldName === "channel") kind = "send";
  else if (parent.kind === "argument_list" && parent.parent) {
    at = parent.parent;
    if (closedChannel(at, context)) kind = "close";
    else kind = doneByCallee(at, argumentsOf(at).indexOf(node), context, 0);
  }
  if (!kind) return undefined;
  // `go embed(text, results)`.
  if (at.parent?.kind === "go_statement") {
    const launcher = enclosingFunction(at);
    return launcher === entity.owner ? { kind, node: at, body: at, launch: at } : undefined;
  }
  if (kind === "close" && !closedChannel(at, context)) return undefined;
  let body = enclosingFunction(at);
  while (body && body !== entity.owner && isDeferred(body)) body = enclosingFunction(body);
  if (!body) return undefined;
  if (body === entity.owner) return { kind, node: at, body };
  const launch = launchOf(body, context);
  return launch && enclosingFunction(launch) === entity.owner ? { kind, node: at, body, launch } : undefined;
}

/** The call that starts a literal as a goroutine: of a go statement, of errgroup's and WaitGroup's Go. */
function launchOf(literal: SyntaxNode, _context: RuleContext): SyntaxNode | undefined {
  const { parent } = literal;
  if (literal.fieldName === "function" && parent?.parent?.kind === "go_statement") return parent;
  const call = parent?.kind === "argument_list" ? parent.parent : undefined;
  return call?.field("function")?.field("field")?.text === "Go" ? call : undefined;
}

/** What a function of the package does with a channel it is handed. */
function doneByCallee(
  call: SyntaxNode,
  at: number,
  context: Pick<RuleContext, "file" | "types">,
  depth: number,
): Deed["kind"] | undefined {
  if (depth > 2 || at < 0) return undefined;
  const callee = calleeOf(call, context);
  const names = (callee?.node.field("parameters")?.children ?? []).flatMap((p) => p.fields("name"));
  const entity = names[at] && callee?.file.local(names[at]);
  if (!callee || !entity || entity.assignments.length > 0 || isProtected(callee.node)) return undefined;
  const inner = { file: callee.file, types: inferenceOf(callee.file) };
  if (
    statementsOf(callee.node.field("body") ?? callee.node).some(
      (s) => s.text === `defer close(${entity.name})`,
    )
  )
    return "close";
  for (const node of entity.references) {
    if (enclosingFunction(node) !== callee.node) continue;
    const { parent } = node;
    if (parent?.kind === "send_statement" && node.fieldName === "channel") return "send";
    const within = parent?.kind === "argument_list" ? parent.parent : undefined;
    if (within && within.parent?.kind !== "go_statement" && within.field("function")?.text !== "close") {
      const done = doneByCallee(within, argumentsOf(within).indexOf(node), inner, depth + 1);
      if (done === "send") return done;
    }
  }
  return undefined;
}

function calleeOf(
  call: SyntaxNode,
  { file, types }: Pick<RuleContext, "file" | "types">,
): { node: SyntaxNode; file: FileModel } | undefined {
  const fn = call.field("function");
  if (fn?.kind === "identifier" && !file.local(fn)) {
    const declared = file.pkg.declared(fn.text);
    const node = declared?.entity.kind === "function" ? declared.entity.node.parent : undefined;
    return declared && node ? { node, file: declared.file } : undefined;
  }
  if (fn?.kind !== "selector_expression") return undefined;
  const type = types.typeOf(fn.field("operand")!);
  const of = type.kind === "pointer" ? type.element : type;
  if (of.kind !== "named" || of.package !== "") return undefined;
  return file.pkg.methods(of.name).find(({ node }) => node.field("name")?.text === fn.field("field")!.text);
}

/** `for range n { go func() { defer close(results) ... }() }` with one channel for all of them. */
function byEveryWorker(close: Deed, entity: Entity): CloseWhileSending | undefined {
  const loop = close.launch && loopAround(close.launch, entity);
  const statement = close.node.parent;
  const every: CloseWhileSending = {
    close: close.node,
    send: close.node,
    kind: "every",
    cancelled: false,
    channel: entity.name,
  };
  if (loop && close.body === close.launch)
    return /\b(?:break|return)\b/.test(after(loop, close.launch)) ? undefined : every;
  if (!loop || !/^(?:expression|defer)_statement$/.test(statement?.kind ?? "")) return undefined;
  if (
    statement!.parent?.parent?.parent !== close.body ||
    /\b(?:break|return)\b/.test(after(loop, close.launch!))
  )
    return undefined;
  if (/\bif\b/.test(textBefore(close))) return undefined;
  return { close: close.node, send: close.node, kind: "every", cancelled: false, channel: entity.name };
}

const after = (loop: SyntaxNode, launch: SyntaxNode): string => loop.text.slice(launch.end - loop.start);
const textBefore = ({ body, node }: Deed): string =>
  node.parent?.kind === "defer_statement" ? "" : body.text.slice(0, node.start - body.start);

/** The loop a goroutine is started in, where the channel is from outside it. */
function loopAround(launch: SyntaxNode, entity: Entity): SyntaxNode | undefined {
  const loop = launch.above("for_statement");
  const isInside = loop?.holds(entity.node);
  return loop && !isInside && enclosingFunction(loop) === entity.owner && loop.children.length > 1
    ? loop
    : undefined;
}

function race(
  close: Deed,
  deeds: readonly Deed[],
  entity: Entity,
  context: RuleContext,
): CloseWhileSending | undefined {
  const name: ChannelName = { entity, path: "" };
  const flow = context.flow(entity.owner!);
  for (const send of deeds) {
    if (send.kind !== "send" || send.body === close.body || isProtected(send.body)) continue;
    if (!close.launch) {
      if (!send.launch || !reachesRunning(flow, close.node, send.launch, name, context)) continue;
    } else {
      if (close.body.kind !== "func_literal") continue;
      if (!reachesRunning(context.flow(close.body), close.node, undefined, name, context)) continue;
      // The owner sends after it has started the goroutine that closes, or both are started.
      if (send.launch) {
        if (!bothRun(send.launch, close.launch, entity, context)) continue;
      } else if (!reachesRunning(flow, send.node, close.launch, name, context)) continue;
    }
    return {
      close: close.node,
      send: send.node,
      kind: "race",
      cancelled: isCancelled(close.node),
      channel: entity.name,
    };
  }
  return undefined;
}

function bothRun(send: SyntaxNode, close: SyntaxNode, entity: Entity, context: RuleContext): boolean {
  const name: ChannelName = { entity, path: "" };
  const flow = context.flow(entity.owner!);
  return reachesRunning(flow, close, send, name, context) || reachesRunning(flow, send, close, name, context);
}

/** In a select's case for `<-ctx.Done()`, or behind a wait for it. */
function isCancelled(close: SyntaxNode): boolean {
  const part = close.above("communication_case");
  if (part) return /\.Done\(\)/.test(bare(part.field("communication") ?? part).text);
  const body = enclosingFunction(close);
  return /<-\s*[\w.]*(?:ctx|Context\(\))\.Done\(\)/.test(body?.text ?? "") && body?.kind === "func_literal";
}
