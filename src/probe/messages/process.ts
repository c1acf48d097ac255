/** Words of `check process`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Words } from "../finding.ts";

const en = {
  facts: {
    program: "program",
    arguments: "arguments",
    go: "Go",
    module: "module",
    memory: "memory",
    cpu: "CPU",
    files: "open files",
    threads: "threads",
    core: "core",
    environment: "environment",
  },
  resident: (rss: string, go: string | undefined, files: string) =>
    `${rss} resident${go ? `, ${go} of it the Go runtime's` : ""}, ${files} mapped files`,
  limitOf: (limit: string, used: string | undefined) => `limit ${limit}${used ? `, ${used} used` : ""}`,
  noLimit: "no limit",
  cpus: (allowed: string, quota: string | undefined) =>
    `${allowed} allowed${quota ? `, quota ${quota}` : ", no quota"}`,
  notGo: (pid: number, exe: string): string =>
    `process ${pid} (${exe}) is no Go program, or its build information was removed. Name a Go process.`,
  wrapperHint: (pid: number, exe: string): string =>
    `process ${pid} is ${exe}, no Go program: a shell or an init that starts one. Name its child: pgrep -P ${pid}`,
  gone: (pid: number) => `there is no process ${pid}; it may have ended. Find it again: pgrep -a NAME`,
  zombie: (pid: number) =>
    `process ${pid} has ended; only its exit status waits for its parent. Nothing of it is left to read.`,
  kernel: (pid: number) => `process ${pid} is a thread of the kernel.`,
  noAccess: (pid: number) =>
    `process ${pid} belongs to another user, and its program may not be read. Run as that user or as root: sudo golm-faultcheck check process --pid ${pid}`,
  notLinux: (platform: string) =>
    `check process reads /proc, which ${platform} does not have: it works on Linux alone. check goroutines --pprof URL works everywhere.`,
  missing: {
    environ: "The environment may not be read: run as the process's user or as root.",
    exe: "The program file may not be read: run as the process's user or as root.",
    fd: "The open files may not be counted: run as the process's user or as root.",
    smaps: "The memory map may not be read: run as the process's user or as root.",
    limits: "The limits may not be read.",
    heap: "How much of the memory is Go's cannot be told: its mappings have no names. With --pprof http://HOST:PORT the runtime says it itself.",
  },
  limitMalformed: (value: string): Words => ({
    title: `GOMEMLIMIT=${value} cannot be read`,
    why: "The runtime ends with `malformed GOMEMLIMIT` at the start. This process got past it, so the variable was meant for a child.",
    todo: "Write a number and B, KiB, MiB, GiB or TiB: GOMEMLIMIT=900MiB.",
  }),
  limitAbove: (value: string, group: string): Words => ({
    title: `GOMEMLIMIT=${value} is above the memory limit of the group (${group})`,
    why: "The kernel kills the process before the collector begins to work harder: the setting has no effect.",
    todo: "Set GOMEMLIMIT to 80 to 90 % of the group's limit, less what C code and mapped files need.",
  }),
  limitClose: (value: string, share: number, group: string): Words => ({
    title: `GOMEMLIMIT=${value} is ${share} % of the group's memory limit (${group})`,
    why: "GOMEMLIMIT counts the Go runtime's memory alone. C allocations, stacks of C threads and mapped files come on top, and the kernel counts them all.",
    todo: "Leave room: 80 to 90 % for pure Go, less where cgo or mmap holds weights.",
  }),
  limitGood: (value: string, share: number, group: string): Words => ({
    title: `GOMEMLIMIT=${value} is ${share} % of the group's memory limit (${group})`,
  }),
  limitUnset: (group: string): Words => ({
    title: `GOMEMLIMIT is not set, and the group may use ${group}`,
    why: "With GOGC=100 the heap may grow to twice what is live before a collection; the kernel kills the process at the limit, without a trace of it in the log.",
    todo: "Set GOMEMLIMIT to 80 to 90 % of the group's limit.",
  }),
  gogcOff: {
    title: "GOGC=off without GOMEMLIMIT: nothing is ever collected",
    why: "The heap grows until the machine or the group has no more.",
    todo: "Set GOMEMLIMIT beside GOGC=off, or take GOGC out.",
  } as Words,
  gogcLow: (value: number): Words => ({
    title: `GOGC=${value}: the collector runs very often`,
    why: "A collection begins when the heap grew by that share; small values spend CPU on marking the same objects again and again.",
    todo: "Use GOMEMLIMIT to hold memory down, and a GOGC of 50 or more.",
  }),
  limitBelowHeap: (value: string, live: string): Words => ({
    title: `GOMEMLIMIT=${value} is below what the heap holds (${live})`,
    why: "The collector runs without a pause and gains nothing; up to half of the CPU goes to it.",
    todo: "Raise GOMEMLIMIT and the group's limit, or hold less.",
  }),
  nearLimit: (rss: string, share: number, group: string): Words => ({
    title: `${rss} of memory, ${share} % of the group's limit (${group})`,
    why: "At the limit the kernel sends SIGKILL: no panic, no trace, exit status 137.",
    todo: "Look at the heap now: golm-faultcheck check goroutines --pprof URL. Then raise the limit or set GOMEMLIMIT.",
  }),
  memoryGood: (rss: string, share: number, group: string): Words => ({
    title: `${rss} of memory, ${share} % of the group's limit (${group})`,
  }),
  oomKills: (count: number): Words => ({
    title: `the kernel has killed ${count} ${count === 1 ? "process" : "processes"} of this group for memory`,
    why: "The group's counter says so; it was this program before a restart, or a child of it.",
    todo: "Compare the limit with what a load needs, and set GOMEMLIMIT below it.",
  }),
  nativeMemory: (native: string, share: number, rss: string): Words => ({
    title: `${native} (${share} % of ${rss}) is memory the Go runtime does not know`,
    why: "C code allocated it: malloc, mmap or CUDA's host buffers. Neither pprof's heap nor GOMEMLIMIT sees it.",
    todo: "Where it should be weights, that is as it should be. Where it grows with requests, look for C.CString, C.malloc and handles without their free.",
  }),
  nativeGood: (native: string): Words => ({ title: `${native} of memory unseen by the collector` }),
  procsAbove: (procs: number, quota: string, why: "set" | "old" | "switched-off" | "outer"): Words => ({
    title: `GOMAXPROCS is ${procs}, and the quota is ${quota} CPUs`,
    why: {
      set: "More threads run than the quota pays for; the kernel then stops all of them for the rest of each period, the collector included. Requests stall for tens of milliseconds.",
      old: "Go before 1.25 takes the number of the machine's CPUs, whatever the quota; the kernel then stops all threads for the rest of each period.",
      "switched-off":
        "containermaxprocs=0 makes Go take the number of the machine's CPUs (the default where go.mod says go 1.24 or older); the kernel then stops all threads for the rest of each period.",
      outer:
        "Go reads the limit of its own group; that of a group around it is tighter, and the kernel stops all threads for the rest of each period.",
    }[why],
    todo: `Set GOMAXPROCS=${Math.max(1, Math.ceil(Number(quota)))}${why === "switched-off" ? ", or raise the go line of go.mod to 1.25" : ""}.`,
  }),
  procsGood: (procs: number, quota: string | undefined): Words => ({
    title: `GOMAXPROCS is ${procs}${quota ? ` with a quota of ${quota} CPUs` : ""}`,
  }),
  procsUseless: (value: string): Words => ({
    title: `GOMAXPROCS=${value} is no number above zero: the runtime ignores it`,
    todo: "Write a number or take it out.",
  }),
  throttled: (share: number): Words => ({
    title: `stopped for want of CPU in ${share} % of the periods`,
    why: "The quota was used up before the period's end; everything waits for the next, health checks too.",
    todo: "Raise the CPU limit, or lower GOMAXPROCS to it.",
  }),
  coreOff: (hard: string): Words => ({
    title: "core size limit is 0: a crash leaves no core",
    why: "Without a core there is nothing to open after a crash of C code or a corrupted heap.",
    todo: `Raise it for the running process: prlimit --pid PID --core=unlimited (hard limit: ${hard}). For good: LimitCORE=infinity in the unit, --ulimit core=-1 for a container.`,
  }),
  coreNotCrash: (level: string): Words => ({
    title: `cores are allowed, but GOTRACEBACK=${level} writes none for a panic`,
    why: "Go ends with status 2 after a panic; only crash ends it with SIGABRT, which leaves a core.",
    todo: "Set GOTRACEBACK=crash.",
  }),
  coreGood: (where: string): Words => ({ title: `a crash leaves a core: ${where}` }),
  coreGoesNowhere: (pattern: string): Words => ({
    title: `core_pattern is ${pattern}: the core is thrown away`,
    todo: "sysctl -w kernel.core_pattern=/cores/core.%e.%p.%t, with a folder the process may write to.",
  }),
  corePiped: (program: string) => `piped to ${program} on the host`,
  coreRelative: (pattern: string, folder: string) => `${pattern} in ${folder}`,
  filesNear: (open: number, limit: number, share: number): Words => ({
    title: `${open} of ${limit} file descriptors are open (${share} %)`,
    why: "At the limit accept, open and dial fail with `too many open files`.",
    todo: "See what they are: ls -l /proc/PID/fd. Sockets that pile up are unclosed response bodies or connections; then raise the limit.",
  }),
  filesGood: (open: number, limit: string): Words => ({
    title: `${open} of ${limit} file descriptors are open`,
  }),
  threadsNear: (threads: number, limit: number, of: string): Words => ({
    title: `${threads} of ${limit} threads (${of})`,
    why: "Each blocking C call or system call takes a thread of its own. At the limit the runtime ends with a fatal error.",
    todo: "Bound how many goroutines are in C at once with a semaphore.",
  }),
  threadsGood: (threads: number): Words => ({ title: `${threads} threads` }),
  ofPids: "pids limit of the group",
  ofGo: "limit of the Go runtime",
  raceBuild: (kind: string): Words => ({
    title: `this is a ${kind} build`,
    why: "A build for tests: 2 to 20 times slower, 5 to 10 times the memory.",
    todo: `Build without ${kind} for production.`,
  }),
  deleted: {
    title: "the program file was replaced or removed since the start",
    why: "A core of this process fits the old file alone.",
    todo: "Keep a copy while it runs: cp /proc/PID/exe program-that-runs.",
  } as Words,
  stripped: {
    title: "the program has no debug information (-s -w)",
    why: "Go tracebacks still have names and lines. A core shows no variables, and Delve finds no goroutines in it.",
    todo: "Build without -s -w and move the symbols to a file of their own: golm-faultcheck check binary says more.",
  } as Words,
};

export type ProcessWords = typeof en;

const zhCn: ProcessWords = {
  facts: {
    program: "程序",
    arguments: "参数",
    go: "Go",
    module: "模块",
    memory: "内存",
    cpu: "CPU",
    files: "打开的文件",
    threads: "线程",
    core: "core",
    environment: "环境变量",
  },
  resident: (rss, go, files) => `常驻 ${rss}${go ? `，其中 Go 运行时 ${go}` : ""}，映射文件 ${files}`,
  limitOf: (limit, used) => `限额 ${limit}${used ? `，已用 ${used}` : ""}`,
  noLimit: "没有限额",
  cpus: (allowed, quota) => `可用 ${allowed} 个${quota ? `，配额 ${quota}` : "，没有配额"}`,
  notGo: (pid, exe) => `进程 ${pid}（${exe}）不是 Go 程序，或构建信息已被删除。请指定 Go 进程。`,
  wrapperHint: (pid, exe) =>
    `进程 ${pid} 是 ${exe}，不是 Go 程序，而是启动它的 shell 或 init。请指定它的子进程：pgrep -P ${pid}`,
  gone: (pid) => `没有进程 ${pid}，可能已经结束。重新查找：pgrep -a 名称`,
  zombie: (pid) => `进程 ${pid} 已经结束，只剩退出码等父进程来取，没有别的可读。`,
  kernel: (pid) => `进程 ${pid} 是内核线程。`,
  noAccess: (pid) =>
    `进程 ${pid} 属于其他用户，无权读取它的程序文件。请换成该用户或 root：sudo golm-faultcheck check process --pid ${pid}`,
  notLinux: (platform) =>
    `check process 要读取 /proc，${platform} 没有，因此只能在 Linux 上使用。check goroutines --pprof URL 在各系统都能用。`,
  missing: {
    environ: "无权读取环境变量：请换成该进程的用户或 root。",
    exe: "无权读取程序文件：请换成该进程的用户或 root。",
    fd: "无权统计打开的文件：请换成该进程的用户或 root。",
    smaps: "无权读取内存映射：请换成该进程的用户或 root。",
    limits: "无权读取资源限制。",
    heap: "看不出内存里有多少属于 Go：它的映射没有名字。加上 --pprof http://主机:端口，由运行时自己来说。",
  },
  limitMalformed: (value) => ({
    title: `GOMEMLIMIT=${value} 无法识别`,
    why: "运行时启动时会以 `malformed GOMEMLIMIT` 退出。这个进程没有退出，说明这个变量是给子进程的。",
    todo: "写成数字加 B、KiB、MiB、GiB 或 TiB，例如 GOMEMLIMIT=900MiB。",
  }),
  limitAbove: (value, group) => ({
    title: `GOMEMLIMIT=${value} 超过了控制组的内存限额（${group}）`,
    why: "GC 还没开始加紧回收，内核就先杀掉进程了，这个设置不起作用。",
    todo: "把 GOMEMLIMIT 设为控制组限额的 80% 到 90%，再减去 C 代码和映射文件所需的内存。",
  }),
  limitClose: (value, share, group) => ({
    title: `GOMEMLIMIT=${value} 占控制组内存限额的 ${share}%（${group}）`,
    why: "GOMEMLIMIT 只算 Go 运行时的内存；C 分配的内存、C 线程的栈和映射文件都在此之外，而内核全都计入。",
    todo: "留出余量：纯 Go 用 80% 到 90%，用 cgo 或 mmap 加载权重的要更低。",
  }),
  limitGood: (value, share, group) => ({
    title: `GOMEMLIMIT=${value} 占控制组内存限额的 ${share}%（${group}）`,
  }),
  limitUnset: (group) => ({
    title: `没有设置 GOMEMLIMIT，而控制组限额为 ${group}`,
    why: "GOGC=100 时，堆涨到存活对象的两倍才会 GC；一到限额，内核直接杀掉进程，日志里不留痕迹。",
    todo: "把 GOMEMLIMIT 设为控制组限额的 80% 到 90%。",
  }),
  gogcOff: {
    title: "GOGC=off 又没有 GOMEMLIMIT：内存永远不回收",
    why: "堆会一直涨到机器或控制组没有内存为止。",
    todo: "GOGC=off 要配合 GOMEMLIMIT 使用，否则删掉 GOGC。",
  },
  gogcLow: (value) => ({
    title: `GOGC=${value}：GC 过于频繁`,
    why: "堆每增长这么多就触发一次 GC；值太小，CPU 都花在反复标记同样的对象上。",
    todo: "压低内存请用 GOMEMLIMIT，GOGC 保持在 50 以上。",
  }),
  limitBelowHeap: (value, live) => ({
    title: `GOMEMLIMIT=${value} 低于堆中现有的内存（${live}）`,
    why: "GC 不停运行却收不回内存，最多会占去一半 CPU。",
    todo: "调高 GOMEMLIMIT 和控制组限额，或减少占用。",
  }),
  nearLimit: (rss, share, group) => ({
    title: `内存 ${rss}，已达控制组限额的 ${share}%（${group}）`,
    why: "到了限额内核就发 SIGKILL：没有 panic，没有栈，退出码 137。",
    todo: "现在就看堆：golm-faultcheck check goroutines --pprof URL。然后调高限额或设置 GOMEMLIMIT。",
  }),
  memoryGood: (rss, share, group) => ({ title: `内存 ${rss}，占控制组限额的 ${share}%（${group}）` }),
  oomKills: (count) => ({
    title: `内核已因内存不足杀过这个控制组的 ${count} 个进程`,
    why: "这是控制组的计数器：被杀的是重启前的本程序，或它的子进程。",
    todo: "对照负载检查限额，并把 GOMEMLIMIT 设在限额之下。",
  }),
  nativeMemory: (native, share, rss) => ({
    title: `${native}（${rss} 的 ${share}%）是 Go 运行时不知道的内存`,
    why: "由 C 代码分配：malloc、mmap 或 CUDA 的主机缓冲区。pprof 的堆和 GOMEMLIMIT 都看不到。",
    todo: "如果是模型权重，属于正常；如果随请求增长，请查找没有配对释放的 C.CString、C.malloc 和句柄。",
  }),
  nativeGood: (native) => ({ title: `GC 看不到的内存 ${native}` }),
  procsAbove: (procs, quota, why) => ({
    title: `GOMAXPROCS 为 ${procs}，而 CPU 配额只有 ${quota} 个`,
    why: {
      set: "运行的线程超过配额，内核会在每个周期余下的时间停住所有线程，GC 也一样，请求会卡上几十毫秒。",
      old: "Go 1.25 之前的版本按机器的 CPU 数取值，不看配额；内核会在每个周期余下的时间停住所有线程。",
      "switched-off":
        "containermaxprocs=0（go.mod 写 go 1.24 或更早时的默认值）让 Go 按机器的 CPU 数取值；内核会在每个周期余下的时间停住所有线程。",
      outer: "Go 只读自己所在控制组的配额，外层控制组的更小，内核会在每个周期余下的时间停住所有线程。",
    }[why],
    todo: `设置 GOMAXPROCS=${Math.max(1, Math.ceil(Number(quota)))}${why === "switched-off" ? "，或把 go.mod 的 go 版本提到 1.25" : ""}。`,
  }),
  procsGood: (procs, quota) => ({ title: `GOMAXPROCS 为 ${procs}${quota ? `，CPU 配额 ${quota} 个` : ""}` }),
  procsUseless: (value) => ({
    title: `GOMAXPROCS=${value} 不是大于零的数字，运行时会忽略`,
    todo: "改成数字，或删掉。",
  }),
  throttled: (share) => ({
    title: `${share}% 的周期里因 CPU 配额用尽而停顿`,
    why: "配额在周期结束前就用完了，一切都要等下个周期，健康检查也不例外。",
    todo: "调高 CPU 限额，或把 GOMAXPROCS 降到配额。",
  }),
  coreOff: (hard) => ({
    title: "core 大小限制为 0：崩溃不会留下 core",
    why: "没有 core，C 代码崩溃或堆被破坏之后就没有东西可查。",
    todo: `对运行中的进程：prlimit --pid PID --core=unlimited（硬限制 ${hard}）。长期：服务单元里写 LimitCORE=infinity，容器用 --ulimit core=-1。`,
  }),
  coreNotCrash: (level) => ({
    title: `允许写 core，但 GOTRACEBACK=${level} 时 panic 不会写`,
    why: "Go 在 panic 后以退出码 2 结束；只有 crash 才会以 SIGABRT 结束并留下 core。",
    todo: "设置 GOTRACEBACK=crash。",
  }),
  coreGood: (where) => ({ title: `崩溃会留下 core：${where}` }),
  coreGoesNowhere: (pattern) => ({
    title: `core_pattern 为 ${pattern}：core 会被丢弃`,
    todo: "sysctl -w kernel.core_pattern=/cores/core.%e.%p.%t，目录要让进程可写。",
  }),
  corePiped: (program) => `由宿主机上的 ${program} 接收`,
  coreRelative: (pattern, folder) => `${folder} 下的 ${pattern}`,
  filesNear: (open, limit, share) => ({
    title: `文件描述符已打开 ${open} 个，上限 ${limit}（${share}%）`,
    why: "到了上限，accept、open、dial 都会报 `too many open files`。",
    todo: "看看都是什么：ls -l /proc/PID/fd。越积越多的 socket 多半是没关的响应体或连接；之后再调高上限。",
  }),
  filesGood: (open, limit) => ({ title: `文件描述符已打开 ${open} 个，上限 ${limit}` }),
  threadsNear: (threads, limit, of) => ({
    title: `线程 ${threads} 个，上限 ${limit}（${of}）`,
    why: "每个阻塞的 C 调用或系统调用都独占一个线程，到了上限运行时会 fatal error。",
    todo: "用信号量限制同时进入 C 的 goroutine 数。",
  }),
  threadsGood: (threads) => ({ title: `线程 ${threads} 个` }),
  ofPids: "控制组的 pids 限额",
  ofGo: "Go 运行时的上限",
  raceBuild: (kind) => ({
    title: `这是 ${kind} 构建`,
    why: "用于测试的构建：慢 2 到 20 倍，内存多 5 到 10 倍。",
    todo: `生产环境构建时去掉 ${kind}。`,
  }),
  deleted: {
    title: "启动之后，程序文件已被替换或删除",
    why: "这个进程的 core 只能配旧文件打开。",
    todo: "趁它还在运行，留一份副本：cp /proc/PID/exe program-that-runs。",
  },
  stripped: {
    title: "程序没有调试信息（-s -w）",
    why: "Go 的 traceback 仍有函数名和行号；但 core 里看不到变量，Delve 也找不到 goroutine。",
    todo: "构建时不要 -s -w，把符号移到单独的文件：详见 golm-faultcheck check binary。",
  },
};

const WORDS: Readonly<Record<Language, ProcessWords>> = { en, "zh-cn": zhCn };

export function processWords(language: Language): ProcessWords {
  return WORDS[language];
}
