/** The words of `--help`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";

const en = {
  titles: {} as Readonly<Record<string, string>>,
  program:
    "Takes a Go crash text to its proven cause: what happened, where to look first, and how to mend it.",
  version: "print the version",
  help: "print this help",
  after: `
Examples:
  go test ./... 2>&1 | golm-faultcheck diagnose
  golm-faultcheck diagnose server.log.gz
  golm-faultcheck diagnose --follow /var/log/app.log
  golm-faultcheck explain runtime/index-out-of-range/off-by-one

Exit status: 0 nothing found, 1 found, 2 usage or input error.`,
  diagnose: "read logs and crash texts, print a diagnosis for each crash",
  file: "files to read, plain or packed with gzip or zstd; - is standard input (default)",
  format: "output format:",
  lang: "en or zh-cn (default: from the locale)",
  color: "auto, always or never (default: auto)",
  all: "show every cause, every goroutine group and every repeat",
  source: "look for source files below DIR (may be repeated; default: the current folder)",
  noSource: "do not read source files",
  follow: "keep reading as the files grow, over rotation and truncation",
  diagnoseAfter: `
With --follow, json is one object a line, without an end.
Exit status: 0 nothing found, 1 found, 2 usage or input error; what was found before an error is still printed.`,
  explain: "print the page of a cause or an event",
  id: "an id such as runtime/index-out-of-range/off-by-one, or its last part",
  list: "list all events and causes",
  filter: "show only what holds all these words",
  lint: "check Go source for misuse of unsafe and cgo, and mend it",
  lintPackage: "folders, DIR/... or .go files (default: ./...)",
  lintSeverity:
    "show and fail from this level on: error, warning or hint (default: show all, fail from warning)",
  lintRules: "only these rules, separated by commas",
  lintFix: "make every fix that is sure, then report what is left",
  lintBaseline: "do not show the findings kept in FILE",
  lintWriteBaseline: "write all findings to the file of --baseline instead of showing them",
  lintTags: "build tags, as of go build",
  lintListRules: "list the rules",
  lintAfter: `
A finding is left alone by a line above it or a comment behind it: //golm:ignore RULE reason
Exit status: 0 nothing found, 1 found, 2 usage or input error.`,
  lsp: "show what lint finds in any editor that speaks the Language Server Protocol",
  lspAfter: `
Speaks over standard input and output until the editor closes them. Nothing is run and nothing is built.
docs/lint.md shows how Neovim, Helix, Emacs and others start it.`,
  exec: "run a program and keep its crash text, the program itself and its core",
  execCommand: "the program and its arguments, behind --",
  execAfter: `
Output, exit status and signals pass through unchanged. What a crash leaves is kept in a folder of its own below
GOLM_RECORDS (default: golm-faultcheck/records in the user's state folder), the last 20 crashes at most.

  golm-faultcheck exec -- ./server -model tiny.gguf
  go test -exec 'golm-faultcheck exec --' ./...
  GOFLAGS='"-exec=golm-faultcheck exec --"' go run .`,
  verify: "run the catalogue's programs with the installed Go and compare what they do",
  verifyId: "causes or events to verify (default: all)",
  verifyCatalog: "folder of the catalogue with its programs (default: the one beside the program)",
  verifyGo: "the go command to use (default: from PATH)",
  verifyChanged: "only what changed since it last passed",
};

export type HelpWords = typeof en;

const zhCn: HelpWords = {
  titles: {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Global Options:": "全局选项：",
  },
  program: "读入 Go 崩溃文本，找出有据可查的原因：发生了什么、先看哪一行、怎么改。",
  version: "显示版本",
  help: "显示帮助",
  after: `
示例：
  go test ./... 2>&1 | golm-faultcheck diagnose
  golm-faultcheck diagnose server.log.gz
  golm-faultcheck diagnose --follow /var/log/app.log
  golm-faultcheck explain runtime/index-out-of-range/off-by-one

退出码：0 没有发现崩溃，1 发现崩溃，2 用法或输入有误。`,
  diagnose: "读取日志和崩溃文本，逐个给出诊断",
  file: "要读取的文件，可以是 gzip 或 zstd 压缩的；- 表示标准输入（默认）",
  format: "输出格式：",
  lang: "en 或 zh-cn（默认取自系统语言环境）",
  color: "auto、always 或 never（默认 auto）",
  all: "列出全部原因、全部 goroutine 分组和每次重复",
  source: "在此目录下查找源文件（可重复给出；默认为当前目录）",
  noSource: "不读取源文件",
  follow: "文件增长时持续读取，支持轮转和截断",
  diagnoseAfter: `
使用 --follow 时，json 格式每行一个对象，没有结尾。
退出码：0 没有发现崩溃，1 发现崩溃，2 用法或输入有误；出错之前找到的内容仍会输出。`,
  explain: "显示某个原因或事件的完整说明",
  id: "编号，例如 runtime/index-out-of-range/off-by-one，也可以只写最后一段",
  list: "列出全部事件和原因",
  filter: "只显示包含全部这些词的条目",
  lint: "检查 Go 源码中 unsafe 和 cgo 的误用，并可自动修复",
  lintPackage: "目录、DIR/... 或 .go 文件（默认 ./...）",
  lintSeverity: "从哪个级别开始显示并算作发现：error、warning 或 hint（默认全部显示，warning 起算作发现）",
  lintRules: "只用这些规则，以逗号分隔",
  lintFix: "完成所有有把握的修复，再报告剩余的发现",
  lintBaseline: "不显示 FILE 中已记录的发现",
  lintWriteBaseline: "把全部发现写入 --baseline 指定的文件，不再显示",
  lintTags: "构建标签，与 go build 相同",
  lintListRules: "列出全部规则",
  lintAfter: `
要忽略某个发现，在它的上一行或行尾写注释：//golm:ignore 规则 理由
退出码：0 没有发现，1 有发现，2 用法或输入有误。`,
  lsp: "语言服务器：在任何支持 LSP 的编辑器中显示 lint 的发现",
  lspAfter: `
通过标准输入和标准输出通信，编辑器关闭它们时结束。不运行也不构建任何东西。
docs/lint.md 说明 Neovim、Helix、Emacs 等编辑器如何启动它。`,
  exec: "运行一个程序，崩溃时保存崩溃文本、程序本身和 core 文件",
  execCommand: "要运行的程序和参数，写在 -- 之后",
  execAfter: `
输出、退出码和信号原样传递。每次崩溃的内容保存在 GOLM_RECORDS 下的单独目录里
（默认是用户状态目录中的 golm-faultcheck/records），最多保留最近 20 次。

  golm-faultcheck exec -- ./server -model tiny.gguf
  go test -exec 'golm-faultcheck exec --' ./...
  GOFLAGS='"-exec=golm-faultcheck exec --"' go run .`,
  verify: "用本机的 Go 运行各场景的程序，并核对其结果",
  verifyId: "要核对的原因或事件（默认全部）",
  verifyCatalog: "含场景程序的目录（默认取程序旁边的）",
  verifyGo: "要使用的 go 命令（默认从 PATH 查找）",
  verifyChanged: "只核对上次通过之后有改动的场景",
};

const WORDS: Readonly<Record<Language, HelpWords>> = { en, "zh-cn": zhCn };

export function helpWords(language: Language): HelpWords {
  return WORDS[language];
}
