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
  verifyRecipes: "run the scenarios' recipes in dlv and gdb, and compare what those show",
  verifyKind: "with --recipes: only live, core or gdb, or several with commas",
  verifySample: "with --recipes: a few of every kind",
  verifyTable: "with --recipes: make the rows of what was run anew in this page",
  verifyDlv: "the dlv command to use (default: from PATH)",
  verifyGdb: "the gdb command to use (default: from PATH)",
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
  verifyRecipes: "在 dlv 和 gdb 里执行各场景的调试步骤，核对它们显示的内容",
  verifyKind: "配合 --recipes：只执行 live、core 或 gdb，可用逗号写多个",
  verifySample: "配合 --recipes：每种只执行几个",
  verifyTable: "配合 --recipes：在此页的表格里更新本次执行的各行",
  verifyDlv: "要使用的 dlv 命令（默认从 PATH 查找）",
  verifyGdb: "要使用的 gdb 命令（默认从 PATH 查找）",
};

const WORDS: Readonly<Record<Language, HelpWords>> = { en, "zh-cn": zhCn };

export function helpWords(language: Language): HelpWords {
  return WORDS[language];
}
