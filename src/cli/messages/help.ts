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
  file: "files to read, plain or packed with gzip or zstd, and folders of them; - is standard input (default)",
  format: "output format:",
  lang: "en or zh-cn (default: from the locale)",
  color: "auto, always or never (default: auto)",
  all: "show every cause, every goroutine group and every repeat",
  source: "look for source files below DIR (may be repeated; default: the current folder)",
  noSource: "do not read source files",
  follow: "keep reading as the files grow, over rotation and truncation",
  summary: "print a ranking of the faults, most frequent first, instead of their pages",
  jobs: "threads that read several files (default: one for each core, where it pays)",
  diagnoseAfter: `
With --follow, json is one object a line, without an end.
Exit status: 0 nothing found, 1 found, 2 usage or input error; what was found before an error is still printed.`,
  explain: "print the page of a cause or an event",
  id: "an id such as runtime/index-out-of-range/off-by-one, or its last part",
  list: "list all events and causes",
  filter: "show only what holds all these words",
  watch: "follow logs, print each new fault once and count the rest",
  watchFile: "files to follow, also ones that are not there yet; - is standard input (default)",
  every: "tell at most this often that a fault came again (default: 60s)",
  metrics: "serve /metrics for Prometheus; a port alone is for this machine only (default: 127.0.0.1:9477)",
  state: "keep places and counts in FILE, to go on from there after a restart",
  watchAfter: `
  kubectl logs -f deploy/llm-server | golm-faultcheck watch
  golm-faultcheck watch --metrics --state /var/lib/golm/watch.json -- /var/log/llm/*.log

Exit status: 0 nothing found, 1 found, 2 usage or input error.`,
  ci: "read go test -json or run a test command; diagnose its crashes for a CI job, keep its exit status",
  ciCommand:
    "a command to run, behind --; without it, the output of go test -json is read from standard input",
  sarif: "write the crashes as SARIF to FILE",
  jobSummary: "append the results as Markdown to FILE (default: GITHUB_STEP_SUMMARY)",
  annotations: "write GitHub annotations: auto, always or never (default: auto, in GitHub Actions)",
  verbose: "show the output of passing tests too, as it comes",
  ciAfter: `
  go test -json ./... | golm-faultcheck ci --sarif crashes.sarif
  golm-faultcheck ci -- go test -json -race ./...

Exit status: that of the tests or of the command. 2 where no test result came in.`,
  exec: "run a program and keep its crash text, the program itself and its core",
  execCommand: "the program and its arguments, behind --",
  execAfter: `
Output, exit status and signals pass through unchanged. What a crash leaves is kept in a folder of its own below
GOLM_RECORDS (default: golm-faultcheck/records in the user's state folder), the last 20 crashes at most.

  golm-faultcheck exec -- ./server -model tiny.gguf
  go test -exec 'golm-faultcheck exec --' ./...
  GOFLAGS='"-exec=golm-faultcheck exec --"' go run .`,
  mcp: "serve agents: diagnosis and fault tree as tools of the Model Context Protocol, over standard input and output",
  root: "read files below DIR and nowhere else (may be repeated; default: the current folder)",
  mcpAfter: `
An MCP client starts it; docs/agents.md tells how to add it to one. It opens no connection.`,
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
  file: "要读取的文件或目录，可以是 gzip 或 zstd 压缩的；- 表示标准输入（默认）",
  format: "输出格式：",
  lang: "en 或 zh-cn（默认取自系统语言环境）",
  color: "auto、always 或 never（默认 auto）",
  all: "列出全部原因、全部 goroutine 分组和每次重复",
  source: "在此目录下查找源文件（可重复给出；默认为当前目录）",
  noSource: "不读取源文件",
  follow: "文件增长时持续读取，支持轮转和截断",
  summary: "不逐个列出，改为按出现次数给出故障排名",
  jobs: "同时读取多个文件的线程数（默认：有必要时每个核一个）",
  diagnoseAfter: `
使用 --follow 时，json 格式每行一个对象，没有结尾。
退出码：0 没有发现崩溃，1 发现崩溃，2 用法或输入有误；出错之前找到的内容仍会输出。`,
  explain: "显示某个原因或事件的完整说明",
  id: "编号，例如 runtime/index-out-of-range/off-by-one，也可以只写最后一段",
  list: "列出全部事件和原因",
  filter: "只显示包含全部这些词的条目",
  watch: "跟踪日志，每种新故障只报一次，之后只计数",
  watchFile: "要跟踪的文件，可以尚不存在；- 表示标准输入（默认）",
  every: "同一故障再次出现时，最多每隔这么久报告一次（默认 60s）",
  metrics: "为 Prometheus 提供 /metrics；只写端口则仅限本机访问（默认 127.0.0.1:9477）",
  state: "把读取位置和计数保存在此文件，重启后接着读",
  watchAfter: `
  kubectl logs -f deploy/llm-server | golm-faultcheck watch
  golm-faultcheck watch --metrics --state /var/lib/golm/watch.json -- /var/log/llm/*.log

退出码：0 没有发现崩溃，1 发现崩溃，2 用法或输入有误。`,
  ci: "读取 go test -json 的输出或运行测试命令，为 CI 作业诊断崩溃，并保留其退出码",
  ciCommand: "要运行的命令，写在 -- 之后；不写则从标准输入读取 go test -json 的输出",
  sarif: "把崩溃写成 SARIF 文件",
  jobSummary: "把结果以 Markdown 追加到此文件（默认 GITHUB_STEP_SUMMARY）",
  annotations: "输出 GitHub 注解：auto、always 或 never（默认 auto，即在 GitHub Actions 中输出）",
  verbose: "同时实时显示通过的测试的输出",
  ciAfter: `
  go test -json ./... | golm-faultcheck ci --sarif crashes.sarif
  golm-faultcheck ci -- go test -json -race ./...

退出码：与测试或命令相同。没有读到测试结果时为 2。`,
  exec: "运行一个程序，崩溃时保存崩溃文本、程序本身和 core 文件",
  execCommand: "要运行的程序和参数，写在 -- 之后",
  execAfter: `
输出、退出码和信号原样传递。每次崩溃的内容保存在 GOLM_RECORDS 下的单独目录里
（默认是用户状态目录中的 golm-faultcheck/records），最多保留最近 20 次。

  golm-faultcheck exec -- ./server -model tiny.gguf
  go test -exec 'golm-faultcheck exec --' ./...
  GOFLAGS='"-exec=golm-faultcheck exec --"' go run .`,
  mcp: "供智能体使用：通过标准输入输出，以 Model Context Protocol 工具的形式提供诊断和故障树",
  root: "只读取此目录下的文件（可重复给出；默认为当前目录）",
  mcpAfter: `
由 MCP 客户端启动，接入方法见 docs/agents.md。它不建立任何网络连接。`,
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
