/** A client's response whose body is closed on no path, or not on all. */
import type { RuleContext } from "../../context.ts";
import { droppedRequests, type HeldResponse, heldResponses } from "../../http/response.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import {
  enclosingFunction,
  inLoop,
  listedStatement,
  type SyntaxNode,
  statementsOf,
} from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "http-body-not-closed",
  severity: "warning",
  cause: "runtime/http-server/response-body-not-closed",
  title: { en: "Response body is not closed", zh: "响应体没有关闭" },
  why: {
    en: "A response whose body is neither closed nor read to its end keeps its connection, a descriptor and two goroutines, for as long as the server does not hang up.",
    zh: "响应体既没有关闭也没有读完时，连接、一个文件描述符和两个 goroutine 会一直占着，直到服务端断开。",
  },
  page,
  anchors: ["net/http"],
  *check(context) {
    // A test that drops the response looks at what it does elsewhere.
    for (const call of context.file.name.endsWith("_test.go") ? [] : droppedRequests(context))
      yield { at: call, message: never("_"), ...(isInMain(call) && { severity: "hint" }) };
    for (const held of heldResponses(context)) {
      const finding = notClosed(held, context);
      if (finding) yield finding;
    }
  },
};

function notClosed(held: HeldResponse, context: RuleContext): RuleFinding | undefined {
  const { lifetime, requests, entity } = held;
  const leak = lifetime.leaks[0];
  const first = requests[0];
  if (!leak || !first) return undefined;
  const inTest = context.file.name.endsWith("_test.go");
  // A test that drops the response expects an error.
  if (entity.name === "_" && inTest) return undefined;
  const above = leak.overwritten ? requests.findLast((r) => r.start < leak.at.start) : undefined;
  const before = requests.findLast((r) => r.start < (leak.at.kind === "block" ? leak.at.end : leak.at.start));
  const at = above ?? requests.find((r) => r === leak.at) ?? before ?? first;
  const isEnd = leak.at.kind === "block";
  const line = isEnd ? context.file.position(leak.at.end).line : context.line(leak.at);
  const end = isEnd ? leak.at.end : leak.at.start;
  const isRead = held.readings.some((call) => call.start > at.start && call.start < end);
  // Read to its end, it has given its connection back; only a read that fails would keep it, and fails the test.
  if (isRead && inTest) return undefined;
  const fix = held.escapes ? beforeReturns(held, context) : withDefer(held, at, context);
  return {
    at,
    message: lifetime.neverReleased
      ? isRead
        ? onlyRead(entity.name)
        : never(entity.name)
      : leak.overwritten
        ? overwritten(entity.name)
        : somePath(entity.name, line),
    ...(isRead || inTest || isInMain(at) ? { severity: "hint" as const } : {}),
    ...(!lifetime.neverReleased &&
      leak.at !== at && {
        related: [{ at: isEnd ? { start: leak.at.end - 1, end: leak.at.end } : leak.at, message: LEFT }],
      }),
    ...(fix && { fixes: [fix] }),
  };
}

const never = (name: string): Words =>
  name === "_"
    ? {
        en: "The response is dropped and its body never closed: the connection stays open.",
        zh: "响应被丢弃，响应体没有关闭：连接一直占着。",
      }
    : {
        en: `${name}.Body is never closed in this function and does not leave it: the connection stays open.`,
        zh: `${name}.Body 在本函数内没有关闭，也没有交给别处：连接一直占着。`,
      };
const onlyRead = (name: string): Words => ({
  en: `${name}.Body is read, but never closed in this function and does not leave it.`,
  zh: `${name}.Body 读了，但在本函数内没有关闭，也没有交给别处。`,
});
const overwritten = (name: string): Words => ({
  en: `${name}.Body is not closed before ${name} gets another response.`,
  zh: `${name} 被下一个响应覆盖之前，${name}.Body 没有关闭。`,
});
const somePath = (name: string, line: number): Words => ({
  en: `${name}.Body is not closed on the way out at line ${line}.`,
  zh: `从第 ${line} 行返回时，${name}.Body 没有关闭。`,
});
const LEFT: Words = { en: "Left here without Body.Close.", zh: "从这里离开，没有调用 Body.Close。" };
const BEFORE_RETURN: Words = { en: "Close it before the return", zh: "返回之前关闭" };
const WITH_DEFER: Words = {
  en: "Close it with defer, behind the check of the error",
  zh: "检查错误之后用 defer 关闭",
};

/** main ends, and its connections with it. */
function isInMain(request: SyntaxNode): boolean {
  const fn = enclosingFunction(request);
  return fn?.kind === "function_declaration" && fn.field("name")?.text === "main" && !inLoop(request);
}

/** Where other paths hand the response on, it is closed before each return that does not. */
function beforeReturns(held: HeldResponse, context: RuleContext): Fix | undefined {
  const { lifetime, entity } = held;
  const builder = context.fix();
  for (const { at } of lifetime.leaks) {
    const named = at.find("identifier").filter((node) => node.text === entity.name);
    const isPlain = named.every((node) =>
      /^\.Status/.test(node.parent?.text.slice(entity.name.length) ?? ""),
    );
    if (at.kind !== "return_statement" || at.parent?.kind !== "statement_list" || !isPlain) return undefined;
    builder.insertBefore(at, [`${entity.name}.Body.Close()`]);
  }
  return builder.build("fix", BEFORE_RETURN);
}

/** `resp, err := ...; if err != nil { ...; return }`: the defer goes behind. */
function withDefer(held: HeldResponse, request: SyntaxNode, context: RuleContext): Fix | undefined {
  const { entity, closes } = held;
  const statement = listedStatement(request);
  if (!statement || inLoop(request) || held.requests.length > 1 || entity.assignments.length > 1)
    return undefined;
  if (enclosingFunction(request) !== entity.owner || entity.assignments[0]?.node !== statement)
    return undefined;
  const check = statement.parent!.children[statement.parent!.children.indexOf(statement) + 1];
  const error = statement.field("left")?.children[1]?.text;
  if (!check || !error || !isErrorExit(check, error)) return undefined;
  const explicit = closes.map((call) => call.parent).filter((parent) => parent !== undefined);
  const isAlone = (s: SyntaxNode) =>
    /^(?:expression|defer)_statement$/.test(s.kind) && s.parent?.kind === "statement_list";
  if (!explicit.every(isAlone)) return undefined;
  const builder = context.fix().insertAfter(check, [`defer ${entity.name}.Body.Close()`]);
  for (const close of explicit) builder.remove(close);
  return builder.build("fix", WITH_DEFER);
}

function isErrorExit(statement: SyntaxNode, error: string): boolean {
  if (statement.kind !== "if_statement" || statement.field("alternative") || statement.field("initializer"))
    return false;
  const condition = statement.field("condition")?.text.replace(/\s/g, "");
  const body = statement.field("consequence");
  const last = body && statementsOf(body).at(-1);
  const ends =
    last?.kind === "return_statement" || /^(?:panic\(|log\.Fatal|os\.Exit\()/.test(last?.text ?? "");
  return condition === `${error}!=nil` && ends;
}
