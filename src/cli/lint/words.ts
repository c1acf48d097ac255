/** What `lint` says, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Problem } from "../../goworkspace/find.ts";

const en = {
  severity: { error: "error", warning: "warning", hint: "hint" },
  fixable: "fix",
  suggestion: "suggestion",
  nothing: (files: number) => `No findings in ${files} ${files === 1 ? "file" : "files"}.`,
  summary: (counts: readonly (readonly [string, number])[], files: number) =>
    `${counts.map(([name, n]) => `${n} ${name}${n === 1 ? "" : "s"}`).join(", ")} in ${files} checked ${files === 1 ? "file" : "files"}.`,
  fixes: (n: number) => `${n} can be mended with --fix.`,
  fixed: (n: number, files: number) =>
    `Mended ${n} ${n === 1 ? "finding" : "findings"} in ${files} ${files === 1 ? "file" : "files"}.`,
  changed: (path: string) => `${path} was changed meanwhile: it was left as it is. Run lint again.`,
  explain: (id: string) => `golm-faultcheck explain ${id}`,
  known: (n: number) => `${n} ${n === 1 ? "finding" : "findings"} of the baseline not shown.`,
  baselineWritten: (path: string, n: number) => `${path}: ${n} ${n === 1 ? "finding" : "findings"} written.`,
  baselineBroken: (path: string) =>
    `${path}: this is no baseline of golm-faultcheck. Write one with --write-baseline.`,
  baselineMissing: (path: string) => `${path}: there is no such baseline. Write one with --write-baseline.`,
  baselineNeeded: "--write-baseline needs --baseline FILE.",
  unknownRule: (id: string, near: readonly string[]) =>
    `there is no rule '${id}'. ${near.length > 0 ? `Did you mean ${near.join(", ")}?` : "golm-faultcheck lint --list-rules shows all."}`,
  unknownSeverity: (given: string) => `unknown severity '${given}'. Known: error, warning, hint.`,
  failed: (path: string, why: string) => `${path} could not be checked: ${why}.`,
  problem: {
    missing: (path: string) => `${path}: there is no such file or folder. Name a folder, a .go file or ./...`,
    denied: (path: string) => `${path}: permission denied.`,
    large: (path: string) => `${path} is larger than 16 MiB and was left out.`,
    unreadable: (path: string) => `${path} cannot be read.`,
    "not-go": (path: string) => `${path} is no Go file. lint reads .go files.`,
  } satisfies Record<Problem["kind"], (path: string) => string>,
  severityLabel: "Severity",
  causeLabel: "Leads to",
};

export type LintWords = typeof en;

const zhCn: LintWords = {
  severity: { error: "错误", warning: "警告", hint: "提示" },
  fixable: "可修复",
  suggestion: "建议",
  nothing: (files) => `检查了 ${files} 个文件，没有发现问题。`,
  summary: (counts, files) =>
    `检查了 ${files} 个文件：${counts.map(([name, n]) => `${n} 个${name}`).join("，")}。`,
  fixes: (n) => `其中 ${n} 个可用 --fix 修复。`,
  fixed: (n, files) => `已在 ${files} 个文件中修复 ${n} 处。`,
  changed: (path) => `${path} 在此期间被改动，未做修复。请重新运行 lint。`,
  explain: (id) => `golm-faultcheck explain ${id}`,
  known: (n) => `基线中已有的 ${n} 个发现没有显示。`,
  baselineWritten: (path, n) => `${path}：写入 ${n} 个发现。`,
  baselineBroken: (path) => `${path}：不是 golm-faultcheck 的基线文件。请用 --write-baseline 生成。`,
  baselineMissing: (path) => `${path}：没有这个基线文件。请用 --write-baseline 生成。`,
  baselineNeeded: "--write-baseline 需要同时给出 --baseline FILE。",
  unknownRule: (id, near) =>
    `没有名为 '${id}' 的规则。${near.length > 0 ? `是不是 ${near.join("、")}？` : "golm-faultcheck lint --list-rules 可列出全部规则。"}`,
  unknownSeverity: (given) => `未知的级别 '${given}'。可用：error、warning、hint。`,
  failed: (path, why) => `${path} 无法检查：${why}。`,
  problem: {
    missing: (path) => `${path}：没有这个文件或目录。请给出目录、.go 文件或 ./...`,
    denied: (path) => `${path}：没有访问权限。`,
    large: (path) => `${path} 超过 16 MiB，已跳过。`,
    unreadable: (path) => `${path} 无法读取。`,
    "not-go": (path) => `${path} 不是 Go 文件。lint 只读取 .go 文件。`,
  },
  severityLabel: "级别",
  causeLabel: "会导致",
};

export const lintWords = (language: Language): LintWords => (language === "en" ? en : zhCn);
