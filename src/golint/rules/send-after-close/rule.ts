/** A channel that is closed while somebody may still send on it, or that is closed twice. */

import { mayClose } from "../../channels/closers.ts";
import { type FieldClose, fieldCloses } from "../../channels/fields.ts";
import { type CloseWhileSending, closesWhileSending } from "../../channels/goroutines.ts";
import { type AfterClose, afterClose } from "../../channels/paths.ts";
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "send-after-close",
  severity: "warning",
  cause: "runtime/channel/closed-before-workers-finish",
  title: { en: "Send on a channel that may be closed", zh: "可能向已关闭的 channel 发送" },
  why: {
    en: "A send on a closed channel panics, and so does a second close. In a goroutine nothing recovers it: the process ends.",
    zh: "向已关闭的 channel 发送会 panic，再次关闭也会 panic；发生在 goroutine 里没人 recover，整个进程退出。",
  },
  page,
  anchors: ["close("],
  *check(context) {
    for (const fn of context.file.bodies("(")) {
      if (mayClose(fn.text, context.file.pkg))
        for (const found of afterClose(fn, context)) yield onPath(found, context);
    }
    // A test knows in which order its goroutines run.
    if (context.file.name.endsWith("_test.go")) return;
    for (const fn of context.file.bodies("close(")) {
      for (const found of closesWhileSending(fn, context)) yield acrossGoroutines(found, context);
      for (const found of fieldCloses(fn, context)) yield acrossMethods(found, context);
    }
  },
};

const CLOSED = { en: "It is closed here.", zh: "在这里关闭。" };
const SENT = { en: "It is sent on here.", zh: "在这里发送。" };

function onPath({ close, second, kind, channel }: AfterClose, context: RuleContext): RuleFinding {
  const line = context.line(close);
  const isAgain = kind === "close";
  const fix = isAgain ? withoutOne(close, second, context) : undefined;
  const message = isAgain
    ? {
        en: `${channel} is closed at line ${line} already: the second close panics.`,
        zh: `${channel} 在第 ${line} 行已经关闭：再次关闭会 panic。`,
      }
    : {
        en: `${channel} is closed at line ${line}: this send panics.`,
        zh: `${channel} 在第 ${line} 行已关闭：这里发送会 panic。`,
      };
  return {
    at: second,
    message:
      close === second
        ? { en: `${channel} is closed in each round of the loop.`, zh: `${channel} 每次循环都会被关闭。` }
        : message,
    cause: isAgain ? "runtime/channel/closed-twice" : "runtime/channel/closed-before-workers-finish",
    ...(close !== second && { related: [{ at: close, message: CLOSED }] }),
    ...(fix && { fixes: [fix] }),
  };
}

/** With a deferred close, the one that is not deferred can go. */
function withoutOne(close: SyntaxNode, second: SyntaxNode, context: RuleContext): Fix | undefined {
  const plain = [close, second].filter((node) => node.parent?.kind === "expression_statement");
  const statement = plain.length === 1 ? listedStatement(plain[0]!) : undefined;
  if (!statement || statement !== plain[0]!.parent) return undefined;
  return context
    .fix()
    .remove(statement)
    .build("suggestion", { en: "Keep the deferred close alone", zh: "只保留 defer 的关闭" });
}

function acrossGoroutines(found: CloseWhileSending, context: RuleContext): RuleFinding {
  const { close, send, kind, channel, cancelled } = found;
  if (kind === "every")
    return {
      at: close,
      message: {
        en: `Each goroutine of the loop closes ${channel}: the second one panics, and so does whoever still sends.`,
        zh: `循环启动的每个 goroutine 都会关闭 ${channel}：第二个关闭时 panic，仍在发送的也会 panic。`,
      },
      cause: "runtime/channel/closed-by-every-worker",
    };
  const line = context.line(send);
  return {
    at: close,
    message: {
      en: `The goroutine that sends on ${channel} at line ${line} may still run: its send panics after this close.`,
      zh: `在第 ${line} 行向 ${channel} 发送的 goroutine 可能还在运行：关闭之后它的发送会 panic。`,
    },
    cause: cancelled ? "runtime/channel/stream-after-cancel" : "runtime/channel/closed-before-workers-finish",
    related: [{ at: send, message: SENT }],
  };
}

function acrossMethods(
  { close, channel, sender, send, file, shown }: FieldClose,
  context: RuleContext,
): RuleFinding {
  return {
    at: close,
    message: {
      en: `${sender} may be sending on ${channel} in another goroutine: its send panics after this close${shown === "select" ? ", the other case of its select notwithstanding" : ""}.`,
      zh: `${sender} 可能正在另一个 goroutine 里向 ${channel} 发送：关闭之后它的发送会 panic${shown === "select" ? "，select 里的其他分支挡不住" : ""}。`,
    },
    cause: "runtime/channel/queue-closed-at-shutdown",
    ...(file === context.file && { related: [{ at: send, message: SENT }] }),
  };
}
