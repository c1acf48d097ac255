/** Sentences for whoever reads an agent's answers; descriptions of tools are for the model and stay English. */
import type { Language } from "../faulttree/diagnosis.ts";

const en = {
  outside: (path: string, roots: string) =>
    `${path} lies outside of ${roots}. This server reads nothing else; start it with --root DIR to allow another folder.`,
  missing: (path: string) =>
    `${path}: there is no such file below the roots. Paths are relative to the first root.`,
  notAFile: (path: string) => `${path} is no regular file. Name a file.`,
  unreadable: (path: string, why: string) => `${path}: reading failed: ${why}.`,
  noCrash: (amount: string) => `No Go crash in ${amount} of text.`,
  noText: (path: string, kind: string) => `${path}: no Go crash text; this is ${kind}.`,
  found: (crashes: number, faults: number) =>
    `${crashes} ${crashes === 1 ? "crash" : "crashes"}, ${faults} different ${faults === 1 ? "fault" : "faults"}, most frequent first.`,
  leftOut: (count: number) =>
    `${count} further faults are left out. Pass less text, or use golm-faultcheck diagnose.`,
  cut: "The rest is left out: the answer would be too long.",
  stopped: (seconds: number) =>
    `Reading was stopped after ${seconds} s: this is what had been found by then.`,
  times: (count: number) => `${count} times`,
  listed: (shown: number, all: number, from: number) =>
    shown === all ? `${all} in all.` : `${shown} of ${all}, the first ${from} passed over.`,
  nothing: "Nothing in the catalogue fits.",
  noRecipes: (id: string) => `${id} has no debugger recipe.`,
  failed: (command: string, why: string) => `golm-faultcheck ${command} failed: ${why}`,
  timedOut: (command: string, seconds: number) =>
    `golm-faultcheck ${command} took more than ${seconds} s and was ended.`,
  tooLong: (command: string) =>
    `golm-faultcheck ${command} printed too much for an answer. Name a single file.`,
  badRoot: (path: string) => `--root ${path}: this is no directory that can be read.`,
  messageTooLong:
    "a message of more than 10 MiB came in: this is no MCP client, or it sends whole logs. Ended.",
  terminal:
    "this is a server for MCP clients, which speak JSON over standard input. docs/agents.md tells how to add it to one.",
};

export type McpWords = typeof en;

const zhCn: McpWords = {
  outside: (path, roots) =>
    `${path} 不在 ${roots} 之内。此服务不读取其他位置；如需读取别的目录，请在启动时加 --root 目录。`,
  missing: (path) => `${path}：允许的目录中没有这个文件。路径相对于第一个 --root。`,
  notAFile: (path) => `${path} 不是普通文件。请指定一个文件。`,
  unreadable: (path, why) => `${path}：读取失败：${why}。`,
  noCrash: (amount) => `${amount} 文本中没有发现 Go 崩溃。`,
  noText: (path, kind) => `${path}：没有 Go 崩溃文本；这是${kind}。`,
  found: (crashes, faults) => `共 ${crashes} 次崩溃，${faults} 种故障，按次数从多到少排列。`,
  leftOut: (count) => `另有 ${count} 种故障未列出。请缩小文本范围，或使用 golm-faultcheck diagnose。`,
  cut: "其余部分已省略：全部列出会过长。",
  stopped: (seconds) => `读取 ${seconds} 秒后停止，以上是此前发现的内容。`,
  times: (count) => `${count} 次`,
  listed: (shown, all, from) =>
    shown === all ? `共 ${all} 条。` : `共 ${all} 条，从第 ${from + 1} 条起列出 ${shown} 条。`,
  nothing: "目录中没有符合的条目。",
  noRecipes: (id) => `${id} 没有调试步骤。`,
  failed: (command, why) => `golm-faultcheck ${command} 失败：${why}`,
  timedOut: (command, seconds) => `golm-faultcheck ${command} 超过 ${seconds} 秒，已终止。`,
  tooLong: (command) => `golm-faultcheck ${command} 的输出过长。请指定单个文件。`,
  badRoot: (path) => `--root ${path}：不是可读取的目录。`,
  messageTooLong: "收到超过 10 MiB 的消息：对方不是 MCP 客户端，或在传送整份日志。已结束。",
  terminal: "这是供 MCP 客户端使用的服务，通过标准输入以 JSON 通信。接入方法见 docs/agents.md。",
};

const WORDS: Readonly<Record<Language, McpWords>> = { en, "zh-cn": zhCn };

export function mcpWords(language: Language): McpWords {
  return WORDS[language];
}
