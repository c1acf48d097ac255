/** A channel in a field that one method closes while another, in a goroutine of its own, sends on it. */
import type { RuleContext } from "../context.ts";
import type { FileModel } from "../model/file.ts";
import { inferenceOf } from "../model/infer.ts";
import { type PackageModel, receiverType } from "../model/package.ts";
import { bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";
import { channelName, closedChannel, isProtected, reachesRunning } from "./operations.ts";

export interface FieldClose {
  readonly close: SyntaxNode;
  readonly channel: string;
  readonly sender: string;
  readonly send: SyntaxNode;
  readonly file: FileModel;
  /** What shows that both run at the same time. */
  readonly shown: "select" | "goroutine";
}

const ENDS =
  /^(?:close|stop|shutdown|terminate|cancel|finish|end|exit|destroy|kill|unsubscribe|disconnect|abort|dispose|quit|release|drain|unregister|remove)/i;

/** Closes of fields in the methods of a file that a caller ends something with. */
export function fieldCloses(method: SyntaxNode, context: RuleContext): FieldClose[] {
  const name = method.field("name")?.text ?? "";
  if (method.kind !== "method_declaration" || !ENDS.test(name) || isProtected(method)) return [];
  const type = receiverType(method);
  const receiver = method.field("receiver")?.children[0]?.field("name");
  const found: FieldClose[] = [];
  for (const call of method.find("call_expression")) {
    const channel = closedChannel(call, context);
    const at = channel && bare(channel);
    const named = channelName(at, context);
    if (!at || !named || named.entity.node !== receiver || !/^\.\w+$/.test(named.path)) continue;
    if (enclosingFunction(call) !== method || standsUnderCondition(call, method)) continue;
    if (!reachesRunning(context.flow(method), call, undefined, named, context)) continue;
    const field = named.path.slice(1);
    // A field that is set to nil or made anew has an owner that thought of it.
    if (new RegExp(`\\.${field}\\s*=[^=]`).test(method.text)) continue;
    const sent = senderOf(type, field, method, context);
    if (sent) found.push({ close: call, channel: at.text, ...sent });
  }
  return found;
}

/** Whoever asks before he closes knows something of who sends. */
function standsUnderCondition(node: SyntaxNode, method: SyntaxNode): boolean {
  for (let at = node.parent; at && at !== method; at = at.parent)
    if (/^(?:if|select|for|expression_switch)_statement$/.test(at.kind)) return true;
  return /\breturn\b/.test(method.text.slice(0, node.start - method.start));
}

function senderOf(
  type: string,
  field: string,
  closer: SyntaxNode,
  context: RuleContext,
): Pick<FieldClose, "sender" | "send" | "file" | "shown"> | undefined {
  const { pkg } = context.file;
  const of = new RegExp(`\\.${field}\\s*<-`);
  const closing = closer.field("name")!.text;
  let answer: Pick<FieldClose, "sender" | "send" | "file" | "shown"> | undefined;
  for (const name of pkg.fileNames) {
    if (name.endsWith("_test.go") || !of.test(pkg.textOf(name))) continue;
    const file = pkg.file(name);
    for (const fn of file.declarations) {
      if (!/^(?:function|method)_declaration$/.test(fn.kind) || !of.test(fn.chunk.text) || fn === closer)
        continue;
      for (const send of fn.find("send_statement")) {
        if (!sendsOn(send, type, field, file)) continue;
        // One careful sender tells that the package has a rule for it.
        if (isProtected(fn)) return undefined;
        const shown = shownBy(send, fn, pkg);
        if (shown && !answer) answer = { sender: fn.field("name")!.text, send, file, shown };
      }
    }
  }
  if (!answer || inOneGoroutine(closing, answer.sender, pkg)) return undefined;
  return answer;
}

function sendsOn(send: SyntaxNode, type: string, field: string, file: FileModel): boolean {
  const channel = send.field("channel") && bare(send.field("channel")!);
  if (channel?.kind !== "selector_expression" || channel.field("field")!.text !== field) return false;
  const holder = inferenceOf(file).typeOf(channel.field("operand")!);
  const of = holder.kind === "pointer" ? holder.element : holder;
  return of.kind === "named" && of.package === "" && of.name === type;
}

/** A select with a way out beside the send, or a go statement: the sender expects others to run meanwhile. */
function shownBy(send: SyntaxNode, fn: SyntaxNode, pkg: PackageModel): FieldClose["shown"] | undefined {
  const literal = enclosingFunction(send);
  if (literal?.kind === "func_literal") {
    const isGo = literal.fieldName === "function" && literal.parent?.parent?.kind === "go_statement";
    return isGo ? "goroutine" : undefined;
  }
  const name = fn.field("name")!.text;
  const started = new RegExp(`\\bgo\\s+[\\w.]*\\b${name}\\(`);
  if (pkg.fileNames.some((file) => !file.endsWith("_test.go") && started.test(pkg.textOf(file))))
    return "goroutine";
  const select = send.parent?.kind === "communication_case" ? send.parent.parent : undefined;
  const other = select?.children.some(
    (part) => part.kind === "communication_case" && part.field("communication")?.kind === "receive_statement",
  );
  return other ? "select" : undefined;
}

/** Whether some function calls both, directly or through others of the package: then they may run one after the other. */
function inOneGoroutine(closing: string, sending: string, pkg: PackageModel): boolean {
  const calls = callsByFunction(pkg);
  const reaches = (from: ReadonlySet<string>, goal: string, seen: Set<string>): boolean => {
    if (from.has(goal)) return true;
    for (const name of from) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const next of calls.get(name) ?? []) if (reaches(next, goal, seen)) return true;
    }
    return false;
  };
  for (const bodies of calls.values())
    for (const names of bodies)
      if (names.has(closing) && reaches(names, sending, new Set([closing]))) return true;
  return (
    (calls.get(sending) ?? []).some((names) => reaches(names, closing, new Set([sending]))) ||
    (calls.get(closing) ?? []).some((names) => reaches(names, sending, new Set([closing])))
  );
}

const graphs = new WeakMap<PackageModel, ReadonlyMap<string, readonly ReadonlySet<string>[]>>();

/** Names each function calls, for each of its bodies apart; what a go statement starts is a body of its own. */
function callsByFunction(pkg: PackageModel): ReadonlyMap<string, readonly ReadonlySet<string>[]> {
  const made = graphs.get(pkg);
  if (made) return made;
  const graph = new Map<string, Set<string>[]>();
  for (const name of pkg.fileNames) {
    if (name.endsWith("_test.go")) continue;
    for (const fn of pkg.file(name).declarations) {
      if (!/^(?:function|method)_declaration$/.test(fn.kind)) continue;
      const own = fn.field("name")?.text ?? "";
      const bodies = new Map<SyntaxNode, Set<string>>();
      for (const call of fn.find("call_expression")) {
        const callee = call.field("function")!;
        if (call.parent?.kind === "go_statement") continue;
        const called = callee.kind === "selector_expression" ? callee.field("field")!.text : callee.text;
        let body = enclosingFunction(call) ?? fn;
        while (
          body.kind === "func_literal" &&
          !(body.fieldName === "function" && body.parent?.parent?.kind === "go_statement")
        )
          body = enclosingFunction(body) ?? fn;
        const names = bodies.get(body) ?? new Set();
        names.add(called);
        bodies.set(body, names);
      }
      // A goroutine of its own is nobody's callee, but may hold both.
      const all = [...bodies].map(([body, names]) => ({ key: body === fn ? own : `${own} go`, names }));
      for (const { key, names } of all) graph.set(key, [...(graph.get(key) ?? []), names]);
    }
  }
  graphs.set(pkg, graph);
  return graph;
}
