/** The words of `ci`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";

const en = {
  tests: "Go tests",
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  packages: "packages",
  seconds: (value: number) => `${value.toFixed(1)} s`,
  failedTests: "Failed tests",
  failedBuilds: "Not built",
  unfinished: "Ended in the middle",
  crashes: (count: number) => (count === 1 ? "1 crash" : `${count} crashes`),
  noCrash: "No crash.",
  exit: (status: number) => `The command ended with status ${status}.`,
  testFailed: (name: string) => `${name} failed`,
  buildFailed: "Build failed",
  more: (count: number) => `${count} more.`,
  cut: "The rest does not fit a job summary. The log and the SARIF file hold all of it.",
  noEvents:
    "no result of a test came in: pipe in the output of go test -json, or let ci run the command: golm-faultcheck ci -- go test ./...",
  notEnded: (packages: string) => `the output ends in the middle of ${packages}: this counts as failed.`,
  cannotWrite: (option: string, path: string, why: string) =>
    `${option} ${path}: cannot be written: ${why}. Name a file in a folder that exists.`,
  badWhen: (given: string) => `--annotations ${given}: one of auto, always, never.`,
};

export type CiWords = typeof en;

const zhCn: CiWords = {
  tests: "Go 测试",
  passed: "通过",
  failed: "失败",
  skipped: "跳过",
  packages: "包",
  seconds: (value) => `${value.toFixed(1)} 秒`,
  failedTests: "失败的测试",
  failedBuilds: "编译失败",
  unfinished: "中途结束",
  crashes: (count) => `${count} 次崩溃`,
  noCrash: "没有崩溃。",
  exit: (status) => `命令以退出码 ${status} 结束。`,
  testFailed: (name) => `${name} 失败`,
  buildFailed: "编译失败",
  more: (count) => `另有 ${count} 项。`,
  cut: "其余内容超出作业摘要的大小限制，完整内容见日志和 SARIF 文件。",
  noEvents:
    "没有读到任何测试结果：请传入 go test -json 的输出，或让 ci 直接运行命令：golm-faultcheck ci -- go test ./...",
  notEnded: (packages) => `输出在 ${packages} 中途结束，按失败处理。`,
  cannotWrite: (option, path, why) => `${option} ${path}：无法写入：${why}。请指定已有目录中的文件。`,
  badWhen: (given) => `--annotations ${given}：只能是 auto、always 或 never。`,
};

const WORDS: Readonly<Record<Language, CiWords>> = { en, "zh-cn": zhCn };

export function ciWords(language: Language): CiWords {
  return WORDS[language];
}
