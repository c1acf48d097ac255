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
  recipe: "print a cause's recipe for a debugger, or check recipes of your own",
  recipeId: "id of a cause, name of a recipe in .golm/recipes, or with --check its files",
  recipeFor: "dlv, dap or gdb (default: dlv)",
  recipeKind: "live or core (default: live where there is one)",
  recipeCrash: "put the line and the instruction of this crash text in; - is standard input",
  recipeOutput: "write the script to FILE instead of standard output",
  recipeCheck: "check the files named and say what is wrong with them",
  recipeAfter: `
Examples:
  golm-faultcheck recipe index-out-of-range/off-by-one -o golm.star && dlv exec ./server --init golm.star
  golm-faultcheck recipe deadlock/mutex-locked-twice --kind core -o golm.star && dlv core ./server core --init golm.star
  golm-faultcheck recipe gc-mark-crash/overrun-into-next-object --for gdb > golm.gdb
  golm-faultcheck recipe --check .golm/recipes/*.yaml`,
  instruction: "show the machine instruction that a frame's offset points at, and the operand that faulted",
  instructionExe: "the program that crashed",
  instructionPlace: "function and offset as the crash text prints them: 'main.(*Server).handle+0x1d'",
  instructionCrash: "the crash text, for what the registers held; - is standard input",
  list: "list all events and causes",
  filter: "show only what holds all these words",
  lint: "check Go source for misuse of unsafe, cgo, pools and responses, and mend it",
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
  dap: "debug adapter over standard input and output: cores and recipes in Delve",
  dapAfter: `
For editors that speak the Debug Adapter Protocol. launch takes "mode": core (program, core), debug, test or exec
(program, args, recipe); attach takes processId. docs/debugging.md lists them all.`,
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
  core: "open a core dump with its program under Delve and print what it tells, with the diagnosis",
  coreFiles: "the program and its core, or the core alone: then the program is looked for",
  coreDelve: "the dlv to use (default: GOBIN, GOPATH/bin, PATH)",
  coreTwin: "build a twin with debug information for a stripped program, from the source in --source",
  coreLog: "a log that holds this crash's text: what native code printed is joined",
  coreLimit: "time for reading goroutines (default: 60)",
  coreAnyGo: "let Delve read programs of Go releases it does not know",
  coreNoNative: "do not ask gdb for the native stack",
  coreWhy: "say what keeps programs started here from leaving a core",
  coreAfter: `
Exit status: 1 with a diagnosis, 0 for the dump of a program that had not failed, 2 usage or input error, or when core
and program do not belong together.

  golm-faultcheck core ./server core
  golm-faultcheck core --twin --source ~/src/server ./server core`,
  mcp: "serve agents: diagnosis and fault tree as tools of the Model Context Protocol, over standard input and output",
  root: "read files below DIR and nowhere else (may be repeated; default: the current folder)",
  mcpAfter: `
An MCP client starts it; docs/agents.md tells how to add it to one. It opens no connection.`,
  verify: "run the catalogue's programs with the installed Go and compare what they do",
  verifyId: "causes or events to verify (default: all)",
  verifyCatalog: "folder of the catalogue with its programs (default: the one beside the program)",
  verifyGo: "the go command to use (default: from PATH)",
  verifyChanged: "only what changed since it last passed",
  verifyRecipes: "run the scenarios' recipes in dlv and gdb, and compare what those show",
  verifyKind: "with --recipes: only live, core or gdb, or several with commas",
  verifySample: "with --recipes: a few of every kind",
  verifyTable: "with --recipes: make the rows of what was run anew in this page",
  verifyDlv: "the dlv command to use (default: from PATH)",
  verifyGdb: "the gdb command to use (default: from PATH)",
  export: "write rules for the systems a fleet runs, made from the catalogue",
  exportSystem: "prometheus, grafana, loki, otel or vector",
  exportOutput: "write to FILE instead of standard output",
  exportRunbook: "prometheus, loki: address of a runbook, {id} stands for the event or cause",
  exportOwn: "prometheus: also rules over metrics that you have to name yourself",
  exportSelector: "loki: the streams to read",
  exportBy: "loki: labels of the streams an alert keeps",
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
  recipe: "输出某个原因在调试器里的步骤，或检查自己写的步骤文件",
  recipeId: "原因的编号、.golm/recipes 里的步骤名；使用 --check 时是文件名",
  recipeFor: "dlv、dap 或 gdb（默认 dlv）",
  recipeKind: "live 或 core（默认有 live 就用 live）",
  recipeCrash: "填入这段崩溃文本里的行号和指令位置；- 表示标准输入",
  recipeOutput: "写入此文件，不输出到标准输出",
  recipeCheck: "检查给出的文件，指出错误",
  recipeAfter: `
示例：
  golm-faultcheck recipe index-out-of-range/off-by-one -o golm.star && dlv exec ./server --init golm.star
  golm-faultcheck recipe deadlock/mutex-locked-twice --kind core -o golm.star && dlv core ./server core --init golm.star
  golm-faultcheck recipe gc-mark-crash/overrun-into-next-object --for gdb > golm.gdb
  golm-faultcheck recipe --check .golm/recipes/*.yaml`,
  instruction: "显示栈帧偏移所指的机器指令，以及出错的操作数",
  instructionExe: "崩溃的程序",
  instructionPlace: "函数和偏移，照崩溃文本的写法：'main.(*Server).handle+0x1d'",
  instructionCrash: "崩溃文本，用来得知寄存器的值；- 表示标准输入",
  list: "列出全部事件和原因",
  filter: "只显示包含全部这些词的条目",
  lint: "检查 Go 源码中 unsafe、cgo、对象池和 HTTP 响应的误用，并可自动修复",
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
  dap: "经标准输入输出提供调试适配器：在 Delve 中打开 core、按步骤调试",
  dapAfter: `
供支持 Debug Adapter Protocol 的编辑器使用。launch 的 "mode" 可取 core（program、core）、debug、test 或
exec（program、args、recipe）；attach 需要 processId。完整说明见 docs/debugging.md。`,
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
  core: "用 Delve 打开 core 和它的程序，给出其中的信息和诊断",
  coreFiles: "程序和它的 core；只给 core 时会自动查找程序",
  coreDelve: "要使用的 dlv（默认查找 GOBIN、GOPATH/bin、PATH）",
  coreTwin: "程序被剥离时，用 --source 中的源码重建带调试信息的孪生程序",
  coreLog: "含有这次崩溃文本的日志，用来补上原生代码打印的内容",
  coreLimit: "读取 goroutine 的时限，秒（默认 60）",
  coreAnyGo: "允许 Delve 读取它不认识的 Go 版本构建的程序",
  coreNoNative: "不用 gdb 读取原生调用栈",
  coreWhy: "说明在这里启动的程序为什么不会留下 core",
  coreAfter: `
退出码：1 给出了诊断，0 是没有出错的程序的转储，2 用法或输入有误，或 core 与程序不属于一起。

  golm-faultcheck core ./server core
  golm-faultcheck core --twin --source ~/src/server ./server core`,
  mcp: "供智能体使用：通过标准输入输出，以 Model Context Protocol 工具的形式提供诊断和故障树",
  root: "只读取此目录下的文件（可重复给出；默认为当前目录）",
  mcpAfter: `
由 MCP 客户端启动，接入方法见 docs/agents.md。它不建立任何网络连接。`,
  verify: "用本机的 Go 运行各场景的程序，并核对其结果",
  verifyId: "要核对的原因或事件（默认全部）",
  verifyCatalog: "含场景程序的目录（默认取程序旁边的）",
  verifyGo: "要使用的 go 命令（默认从 PATH 查找）",
  verifyChanged: "只核对上次通过之后有改动的场景",
  verifyRecipes: "在 dlv 和 gdb 里执行各场景的调试步骤，核对它们显示的内容",
  verifyKind: "配合 --recipes：只执行 live、core 或 gdb，可用逗号写多个",
  verifySample: "配合 --recipes：每种只执行几个",
  verifyTable: "配合 --recipes：在此页的表格里更新本次执行的各行",
  verifyDlv: "要使用的 dlv 命令（默认从 PATH 查找）",
  verifyGdb: "要使用的 gdb 命令（默认从 PATH 查找）",
  export: "根据目录为监控和日志系统生成规则",
  exportSystem: "prometheus、grafana、loki、otel 或 vector",
  exportOutput: "写入此文件，而不是标准输出",
  exportRunbook: "prometheus、loki：处理手册的地址，{id} 代表事件或原因的编号",
  exportOwn: "prometheus：也写入需要你自定指标名称的规则",
  exportSelector: "loki：要读取的日志流",
  exportBy: "loki：告警保留的流标签",
};

const WORDS: Readonly<Record<Language, HelpWords>> = { en, "zh-cn": zhCn };

export function helpWords(language: Language): HelpWords {
  return WORDS[language];
}
