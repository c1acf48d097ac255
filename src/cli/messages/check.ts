/** Words of `check`: its help, its own errors, and the labels of its output. */
import type { Language } from "../../faulttree/diagnosis.ts";

const en = {
  check: "look at a process, its goroutines, a binary, a Dockerfile or a pod",
  checkAfter: `
Examples:
  golm-faultcheck --check-gc-trace
  golm-faultcheck check process --pid 4711
  golm-faultcheck check goroutines --pprof http://127.0.0.1:6060 --interval 60s
  golm-faultcheck check binary ./server
  golm-faultcheck check dockerfile Dockerfile
  kubectl get pod NAME -o json | golm-faultcheck check pod -

Exit status: 0 all is well, 1 something was found (❌ or ⚠️), 2 usage or input error.`,
  gcTrace: "only whether GODEBUG=gctrace is on: in this environment, or with --pid in a process",
  process: "settings and limits of a running Go process (Linux)",
  pid: "number of the process",
  pprofMemory: "ask the runtime of its memory at this net/http/pprof address",
  goroutines: "goroutines that stay, and memory that only grows",
  dump: "dumps (debug=2, SIGQUIT) or profiles, oldest first; - is standard input",
  pprof: "address of net/http/pprof, such as http://127.0.0.1:6060",
  sigquit: "with --pid: send SIGQUIT, which ENDS the process, and read the dump",
  interval: "take a second sample after this time, such as 60s; for files: the time between them",
  samples: "number of samples (default: 2 with --interval, else 1)",
  older: "from when on a wait counts as old (default: 60s)",
  least: "from how many goroutines of one kind on to tell (default: 10)",
  timeout: "longest wait for an answer (default: 30s)",
  light: "ask for the profile alone: no states and no ages, but the program is not stopped for a dump",
  goroutinesSource: "look for source files below DIR, to tell tickers from other channels",
  binary: "build, symbols, native libraries and processor level of an executable",
  exe: "the executable: ELF, Mach-O or PE",
  root: "folder of an unpacked image, in which its libraries are looked for",
  dockerfile: "what the image will lack when something goes wrong",
  dockerfileFile: "the Dockerfile; - is standard input",
  fix: "write what can be mended into the file",
  pod: "status, limits and probes of a pod",
  podFile: "output of kubectl get pod -o json; - is standard input",
  log: "log of the container before its restart; may be repeated",
  container: "only this container",
  why: "why",
  todo: "do",
  more: "more",
  notLookedAt: "not looked at",
  diff: "what can be mended (--fix writes it):",
  unknownProbe: (given: string) =>
    `unknown probe '${given}'. Probes: process, goroutines, binary, dockerfile, pod.`,
  noPid: "--pid N is missing: which process? pgrep -a NAME finds it.",
  badPid: (given: string) => `--pid ${given} is no process number.`,
  badDuration: (name: string, given: string) => `${name} ${given} is no time. Examples: 2s, 500ms, 1m, 60.`,
  badCount: (name: string, given: string) => `${name} ${given} is no number above zero.`,
  sampling: (index: number, of: number, seconds: number) => `sample ${index} of ${of} in ${seconds} s`,
};

export type CheckWords = typeof en;

const zhCn: CheckWords = {
  check: "检查进程、goroutine、二进制、Dockerfile 或 pod",
  checkAfter: `
示例：
  golm-faultcheck --check-gc-trace
  golm-faultcheck check process --pid 4711
  golm-faultcheck check goroutines --pprof http://127.0.0.1:6060 --interval 60s
  golm-faultcheck check binary ./server
  golm-faultcheck check dockerfile Dockerfile
  kubectl get pod NAME -o json | golm-faultcheck check pod -

退出码：0 一切正常，1 有发现（❌ 或 ⚠️），2 用法或输入有误。`,
  gcTrace: "只看 GODEBUG=gctrace 是否开启：查当前环境，加 --pid 则查某个进程",
  process: "运行中的 Go 进程的设置和限额（Linux）",
  pid: "进程号",
  pprofMemory: "向这个 net/http/pprof 地址询问运行时的内存",
  goroutines: "不退出的 goroutine，以及只增不减的内存",
  dump: "转储（debug=2、SIGQUIT）或 profile，从旧到新；- 表示标准输入",
  pprof: "net/http/pprof 的地址，例如 http://127.0.0.1:6060",
  sigquit: "配合 --pid：发送 SIGQUIT（会结束进程）并读取转储",
  interval: "隔这么久再采一次，例如 60s；对文件而言是它们相隔的时间",
  samples: "采样次数（有 --interval 时默认 2，否则 1）",
  older: "等待多久算久（默认 60s）",
  least: "同类 goroutine 达到多少个才报告（默认 10）",
  timeout: "等待响应的最长时间（默认 30s）",
  light: "只取 profile：没有状态和时长，但程序不必为转储停住",
  goroutinesSource: "在此目录下查找源文件，用来区分 ticker 与其他 channel",
  binary: "可执行文件的构建参数、符号、动态库和处理器级别",
  exe: "可执行文件：ELF、Mach-O 或 PE",
  root: "解开的镜像目录，在其中查找动态库",
  dockerfile: "出问题时镜像里会缺什么",
  dockerfileFile: "Dockerfile；- 表示标准输入",
  fix: "把能修改的写回文件",
  pod: "pod 的状态、限额和探针",
  podFile: "kubectl get pod -o json 的输出；- 表示标准输入",
  log: "容器重启之前的日志，可重复给出",
  container: "只看这个容器",
  why: "原因",
  todo: "处理",
  more: "详见",
  notLookedAt: "未检查",
  diff: "可以自动修改的部分（--fix 会写回）：",
  unknownProbe: (given) => `未知的检查项“${given}”。可用的有：process、goroutines、binary、dockerfile、pod。`,
  noPid: "缺少 --pid N：要查哪个进程？pgrep -a 名称 可以查到。",
  badPid: (given) => `--pid ${given} 不是进程号。`,
  badDuration: (name, given) => `${name} ${given} 不是时间。例如：2s、500ms、1m、60。`,
  badCount: (name, given) => `${name} ${given} 不是大于零的数字。`,
  sampling: (index, of, seconds) => `${seconds} 秒后进行第 ${index} 次采样，共 ${of} 次`,
};

const WORDS: Readonly<Record<Language, CheckWords>> = { en, "zh-cn": zhCn };

export function checkWords(language: Language): CheckWords {
  return WORDS[language];
}
