/** What the server says, in both languages. */
import type { Language } from "../faulttree/diagnosis.ts";
import type { Words } from "../golint/rule.ts";

const en = {
  suggestion: (title: string) => `${title} (suggestion)`,
  fixAll: "Make all sure fixes in this file",
  fixRule: (rule: string, count: number) => `Mend all ${count} findings of ${rule} in this file`,
  ignore: (rule: string) => `Ignore this finding of ${rule}`,
  reason: "TODO: why this is right here",
  openTree: "Open in Fault Tree",
  leadsTo: (crash: string) => `Leads to: ${crash}`,
  aboutRule: "About this rule",
  explain: (id: string) => `golm-faultcheck explain ${id}`,
  severity: { error: "error", warning: "warning", hint: "hint" },
  linting: "Linting Go packages",
  progress: (done: number, all: number) => `${done} of ${all} folders`,
  done: (findings: number, files: number, checked: number) =>
    findings === 0
      ? `No findings in ${checked} ${checked === 1 ? "file" : "files"}.`
      : `${findings} ${findings === 1 ? "finding" : "findings"} in ${files} of ${checked} ${checked === 1 ? "file" : "files"}.`,
  cancelled: "Linting was cancelled. What was found until then is shown.",
  noFolder: "There is no folder to lint: open one.",
  isOff: "The linter is off: golm.lint.enable.",
  workerFailed: (why: string) => `The workspace could not be linted: ${why}.`,
  failed: (file: string, why: string) => `${file} could not be checked: ${why}.`,
};

export type ServerWords = typeof en;

const zhCn: ServerWords = {
  suggestion: (title) => `${title}（建议）`,
  fixAll: "完成本文件中所有有把握的修复",
  fixRule: (rule, count) => `修复本文件中 ${rule} 的全部 ${count} 处`,
  ignore: (rule) => `忽略 ${rule} 的这一处`,
  reason: "TODO：说明此处为何没有问题",
  openTree: "在故障树中打开",
  leadsTo: (crash) => `会导致：${crash}`,
  aboutRule: "关于这条规则",
  explain: (id) => `golm-faultcheck explain ${id}`,
  severity: { error: "错误", warning: "警告", hint: "提示" },
  linting: "正在检查 Go 代码包",
  progress: (done, all) => `${done} / ${all} 个目录`,
  done: (findings, files, checked) =>
    findings === 0
      ? `检查了 ${checked} 个文件，没有发现问题。`
      : `检查了 ${checked} 个文件，在 ${files} 个文件中发现 ${findings} 处问题。`,
  cancelled: "检查已取消，此前的发现仍会显示。",
  noFolder: "没有可检查的文件夹，请先打开一个。",
  isOff: "检查器已关闭：golm.lint.enable。",
  workerFailed: (why) => `工作区检查失败：${why}。`,
  failed: (file, why) => `${file} 无法检查：${why}。`,
};

export const serverWords = (language: Language): ServerWords => (language === "en" ? en : zhCn);

export const inLanguage = (words: Words, language: Language): string =>
  language === "en" ? words.en : words.zh;
