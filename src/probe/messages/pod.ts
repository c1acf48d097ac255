/** Words of `check pod`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Words } from "../finding.ts";

const en = {
  facts: { phase: "phase", container: "container" },
  limit: (text: string) => `limit ${text}`,
  hidden: (name: string) =>
    `${name} takes variables from a ConfigMap or Secret (envFrom), which this text does not show.`,
  notPod: (name: string) =>
    `${name} is no Pod and no list of Pods. Give the output of: kubectl get pod NAME -o json`,
  notJson: (name: string) => `${name} is no JSON. Give the output of: kubectl get pod NAME -o json`,
  noContainer: (name: string) => `no container is called ${name}.`,
  noCrashInLog: (file: string) =>
    `${file} holds no Go crash. The log of the container before its restart: kubectl logs POD --previous`,
  evicted: (message: string): Words => ({
    title: "the pod was evicted",
    ...(message && { why: message }),
    todo: "The node ran short. Give requests that are true, and a limit for ephemeral storage.",
  }),
  log: (file: string, title: string, place: string | undefined): Words => ({
    title: `${file}: ${title}`,
    ...(place && { why: `Look first at ${place}.` }),
    todo: `The whole diagnosis: golm-faultcheck diagnose ${file}`,
  }),
  oomKilled: (limit: string | undefined): Words => ({
    title: `killed for memory (OOMKilled${limit ? `, limit ${limit}` : ""})`,
    why: "The kernel ended it at the limit: no panic and no trace in the log.",
    todo: "Set GOMEMLIMIT to 80 to 90 % of the limit; find what grows with check goroutines --pprof URL; C memory and mapped weights count too.",
  }),
  cannotRun: (message: string): Words => ({
    title: "the container could not be started",
    why: message,
    todo: "Check the image's entry point, its architecture and its C library: golm-faultcheck check binary.",
  }),
  exit0: { title: "ended by itself with status 0", why: "A service should not end. main returned." } as Words,
  exit2: (told: boolean): Words => ({
    title: "exit status 2: a Go panic, a fatal error, or wrong flags",
    why: "The Go runtime ends with 2 after it has printed the goroutines.",
    ...(!told && {
      todo: "Its words are in the log before the restart: kubectl logs POD --previous > crash.log, then --log crash.log.",
    }),
  }),
  exit126: {
    title: "exit status 126: the program may not be executed",
    todo: "Check its mode in the image and the architecture it was built for.",
  } as Words,
  exit127: {
    title: "exit status 127: the program, or a library it needs, is not there",
    todo: "golm-faultcheck check binary --root IMAGE names what is missing.",
  } as Words,
  exit134: (told: boolean): Words => ({
    title: "exit status 134: SIGABRT",
    why: "C code called abort (an assertion, the heap check of glibc, a C++ exception), or Go with GOTRACEBACK=crash.",
    ...(!told && {
      todo: "The line above the signal in the log says which: kubectl logs POD --previous, then --log FILE.",
    }),
  }),
  exit137: (probe: boolean): Words => ({
    title: "exit status 137: SIGKILL, and not for its own memory limit",
    why: probe
      ? "The liveness probe failed, or the program did not end within the grace period after SIGTERM, or the node itself was short of memory."
      : "The program did not end within the grace period after SIGTERM, or the node itself was short of memory.",
    todo: "kubectl describe pod shows the events: Unhealthy and Killing belong to a probe.",
  }),
  exit139: (told: boolean): Words => ({
    title: "exit status 139: SIGSEGV that Go did not turn into a panic",
    why: "A fault in C code, on a thread of C, or with the signal handler replaced. Go's own nil dereference ends with 2.",
    ...(!told && {
      todo: "kubectl logs POD --previous; without words there, a core is what is left: GOTRACEBACK=crash and golm-faultcheck core.",
    }),
  }),
  exit143: {
    title: "exit status 143: ended by SIGTERM",
    why: "Asked to end, by a deployment, a node or a probe, and the program does not handle the signal: requests in work were cut.",
    todo: "signal.NotifyContext and http.Server.Shutdown.",
  } as Words,
  exitOther: (code: number): Words => ({
    title: `exit status ${code}`,
    todo: "kubectl logs POD --previous shows its last words.",
  }),
  crashLoop: (name: string, restarts: number, ended: boolean): Words => ({
    title: `crash loop: ${restarts} restarts`,
    why: ended ? "Each start ends as said here." : "How it ended is not in this text.",
    todo: `kubectl logs POD -c ${name} --previous > crash.log, then --log crash.log.`,
  }),
  waiting: (reason: string, message: string): Words => ({
    title: `waiting: ${reason}`,
    ...(message && { why: message }),
  }),
  restarts: (count: number): Words => ({
    title: `restarted ${count} times; how it ended is no longer in the status`,
  }),
  livenessTimeout: (seconds: number): Words => ({
    title: `the liveness probe waits ${seconds} s for an answer`,
    why: "A collection over a large heap, a used-up CPU quota or one long cgo call takes longer; the probe then counts as failed.",
    todo: "timeoutSeconds: 5.",
  }),
  livenessPatience: (seconds: number, failures: number): Words => ({
    title: `the liveness probe kills after ${seconds} s (${failures} failures)`,
    why: "Overload makes answers slow; killing one pod moves its load to the next.",
    todo: "failureThreshold: 6 and periodSeconds: 10; readiness takes a pod out of service, liveness should end only what is dead.",
  }),
  livenessStart: (seconds: number): Words => ({
    title: `the start has ${seconds} s until the liveness probe kills, and there is no startupProbe`,
    why: "Loading a model of several gigabytes takes longer.",
    todo: "A startupProbe with failureThreshold times periodSeconds above the longest load.",
  }),
  sameProbe: (what: string): Words => ({
    title: `liveness and readiness ask the same (${what})`,
    why: "What makes a pod not ready, such as a backend that is away, then also kills it.",
    todo: "Let liveness ask only whether the process answers at all.",
  }),
  noMemoryLimit: { title: "no memory limit: the node's memory is the limit" } as Words,
  memoryUnset: (limit: string): Words => ({
    title: `GOMEMLIMIT is not set, and the container may use ${limit}`,
    why: "With GOGC=100 the heap may grow to twice what is live before a collection; the kernel kills at the limit.",
    todo: "env: GOMEMLIMIT at 80 to 90 % of limits.memory.",
  }),
  memoryFromLimits: (limit: string): Words => ({
    title: `GOMEMLIMIT is the container's whole limit (${limit}, by resourceFieldRef)`,
    why: "It leaves no room for C memory, stacks of C threads and mapped files, which the kernel counts too.",
    todo: "Write a value of 80 to 90 %, or use automemlimit, or set a divisor.",
  }),
  memoryMalformed: (value: string): Words => ({
    title: `GOMEMLIMIT=${value} cannot be read`,
    why: "The runtime ends at the start: malformed GOMEMLIMIT. Kubernetes writes Gi, Go wants GiB.",
    todo: "Write a number and B, KiB, MiB, GiB or TiB.",
  }),
  memoryAbove: (value: string, limit: string): Words => ({
    title: `GOMEMLIMIT=${value} is above the container's limit (${limit})`,
    why: "The kernel kills before the collector works harder.",
    todo: "80 to 90 % of limits.memory.",
  }),
  memoryClose: (value: string, share: number, limit: string): Words => ({
    title: `GOMEMLIMIT=${value} is ${share} % of the container's limit (${limit})`,
    why: "C memory and mapped files come on top.",
    todo: "80 to 90 % of limits.memory.",
  }),
  memoryGood: (value: string, share: number, limit: string): Words => ({
    title: `GOMEMLIMIT=${value} is ${share} % of the container's limit (${limit})`,
  }),
  procsUnset: (limit: string): Words => ({
    title: `GOMAXPROCS is not set, CPU limit ${limit}`,
    why: "Go 1.25 and later take the limit, where go.mod says go 1.25 or later; older ones take all CPUs of the node, and are stopped for the rest of each period.",
    todo: "golm-faultcheck check process --pid N in the container tells which.",
  }),
  procsAbove: (procs: number, limit: string): Words => ({
    title: `GOMAXPROCS=${procs}, and the CPU limit is ${limit}`,
    why: "More threads run than the limit pays for; the kernel stops all of them for the rest of each period.",
    todo: "Take GOMAXPROCS out with Go 1.25 and later, or set it to the limit.",
  }),
  procsGood: (procs: number, limit: string): Words => ({
    title: `GOMAXPROCS=${procs} with a CPU limit of ${limit}`,
  }),
  coreStorage: (storage: string, memory: string): Words => ({
    title: `ephemeral storage of ${storage}, and a core may take ${memory}`,
    why: "A core is as large as the memory in use; above the limit the pod is evicted and the core is gone.",
    todo: "Mount a volume for cores, and let core_pattern of the node name it.",
  }),
  coreNowhere: {
    title: "GOTRACEBACK=crash with a read-only root and no volume for cores",
    todo: "Mount an emptyDir where core_pattern points.",
  } as Words,
  grace: (seconds: number): Words => ({
    title: `the pod has ${seconds} s to end`,
    why: "A generation in work takes longer; it is cut by SIGKILL.",
    todo: "terminationGracePeriodSeconds above the longest request, and Shutdown on SIGTERM.",
  }),
  readOnly: {
    title: "read-only root without a /tmp",
    why: "os.CreateTemp and large multipart uploads fail.",
    todo: "Mount an emptyDir on /tmp.",
  } as Words,
};

export type PodWords = typeof en;

const zhCn: PodWords = {
  facts: { phase: "阶段", container: "容器" },
  limit: (text) => `限额 ${text}`,
  hidden: (name) => `${name} 从 ConfigMap 或 Secret 取环境变量（envFrom），这份文本里看不到。`,
  notPod: (name) => `${name} 不是 Pod，也不是 Pod 列表。请提供 kubectl get pod NAME -o json 的输出。`,
  notJson: (name) => `${name} 不是 JSON。请提供 kubectl get pod NAME -o json 的输出。`,
  noContainer: (name) => `没有名为 ${name} 的容器。`,
  noCrashInLog: (file) => `${file} 中没有 Go 崩溃。重启之前的容器日志：kubectl logs POD --previous`,
  evicted: (message) => ({
    title: "pod 被驱逐",
    ...(message && { why: message }),
    todo: "节点资源不足。requests 要如实填写，并给临时存储设限额。",
  }),
  log: (file, title, place) => ({
    title: `${file}：${title}`,
    ...(place && { why: `先看 ${place}。` }),
    todo: `完整诊断：golm-faultcheck diagnose ${file}`,
  }),
  oomKilled: (limit) => ({
    title: `因内存被杀（OOMKilled${limit ? `，限额 ${limit}` : ""}）`,
    why: "内核在到达限额时结束了它：没有 panic，日志里也没有痕迹。",
    todo: "把 GOMEMLIMIT 设为限额的 80% 到 90%；用 check goroutines --pprof URL 查什么在增长；C 内存和映射的权重也计入限额。",
  }),
  cannotRun: (message) => ({
    title: "容器无法启动",
    why: message,
    todo: "检查镜像的入口、架构和 C 库：golm-faultcheck check binary。",
  }),
  exit0: { title: "自行以退出码 0 结束", why: "服务不该结束，而 main 返回了。" },
  exit2: (told) => ({
    title: "退出码 2：Go panic、fatal error，或命令行参数有误",
    why: "Go 运行时打印完 goroutine 后以 2 结束。",
    ...(!told && {
      todo: "内容在重启之前的日志里：kubectl logs POD --previous > crash.log，再加 --log crash.log。",
    }),
  }),
  exit126: { title: "退出码 126：程序不可执行", todo: "检查镜像中的文件权限，以及构建时的架构。" },
  exit127: {
    title: "退出码 127：找不到程序，或找不到它需要的库",
    todo: "golm-faultcheck check binary --root 镜像目录，会列出缺什么。",
  },
  exit134: (told) => ({
    title: "退出码 134：SIGABRT",
    why: "C 代码调用了 abort（断言、glibc 的堆检查、C++ 异常），或 Go 设了 GOTRACEBACK=crash。",
    ...(!told && { todo: "日志中信号上方那一行会说明原因：kubectl logs POD --previous，再加 --log 文件。" }),
  }),
  exit137: (probe) => ({
    title: "退出码 137：SIGKILL，但不是因为自身的内存限额",
    why: probe
      ? "存活探针失败，或 SIGTERM 之后没能在宽限期内结束，或节点本身内存不足。"
      : "SIGTERM 之后没能在宽限期内结束，或节点本身内存不足。",
    todo: "kubectl describe pod 可看事件：出现 Unhealthy 和 Killing 就是探针。",
  }),
  exit139: (told) => ({
    title: "退出码 139：没有变成 panic 的 SIGSEGV",
    why: "错误出在 C 代码、C 的线程，或信号处理函数被替换。Go 自身的空指针会以 2 结束。",
    ...(!told && {
      todo: "kubectl logs POD --previous；如果那里没有内容，就只能靠 core：GOTRACEBACK=crash 加 golm-faultcheck core。",
    }),
  }),
  exit143: {
    title: "退出码 143：被 SIGTERM 结束",
    why: "发布、节点或探针要求它结束，而程序没有处理这个信号：处理到一半的请求被切断。",
    todo: "使用 signal.NotifyContext 和 http.Server.Shutdown。",
  },
  exitOther: (code) => ({ title: `退出码 ${code}`, todo: "kubectl logs POD --previous 可看最后的输出。" }),
  crashLoop: (name, restarts, ended) => ({
    title: `循环崩溃：已重启 ${restarts} 次`,
    why: ended ? "每次启动的结局如这里所述。" : "这份文本里没有它如何结束。",
    todo: `kubectl logs POD -c ${name} --previous > crash.log，再加 --log crash.log。`,
  }),
  waiting: (reason, message) => ({ title: `等待中：${reason}`, ...(message && { why: message }) }),
  restarts: (count) => ({ title: `已重启 ${count} 次；状态里已看不到上次如何结束` }),
  livenessTimeout: (seconds) => ({
    title: `存活探针只等 ${seconds} 秒`,
    why: "大堆上的一次 GC、CPU 配额用尽或一次较长的 cgo 调用都会更久，探针就算失败。",
    todo: "timeoutSeconds: 5。",
  }),
  livenessPatience: (seconds, failures) => ({
    title: `存活探针 ${seconds} 秒后就杀（连续失败 ${failures} 次）`,
    why: "过载时响应会变慢，杀掉一个 pod，负载就压到下一个。",
    todo: "failureThreshold: 6，periodSeconds: 10；摘流量交给就绪探针，存活探针只结束真正死掉的。",
  }),
  livenessStart: (seconds) => ({
    title: `启动 ${seconds} 秒后存活探针就会杀，而且没有 startupProbe`,
    why: "加载几 GB 的模型需要更久。",
    todo: "加 startupProbe，failureThreshold 乘以 periodSeconds 要大于最长的加载时间。",
  }),
  sameProbe: (what) => ({
    title: `存活探针和就绪探针问的是同一件事（${what}）`,
    why: "让 pod 不就绪的事（例如后端不可用），也会把它杀掉。",
    todo: "存活探针只问进程是否还能响应。",
  }),
  noMemoryLimit: { title: "没有内存限额：以节点的内存为限" },
  memoryUnset: (limit) => ({
    title: `没有设置 GOMEMLIMIT，而容器限额为 ${limit}`,
    why: "GOGC=100 时，堆涨到存活对象的两倍才会 GC；一到限额内核就会杀进程。",
    todo: "在 env 里把 GOMEMLIMIT 设为 limits.memory 的 80% 到 90%。",
  }),
  memoryFromLimits: (limit) => ({
    title: `GOMEMLIMIT 等于容器的全部限额（${limit}，来自 resourceFieldRef）`,
    why: "没有给 C 内存、C 线程的栈和映射文件留余地，而内核全都计入。",
    todo: "写成限额的 80% 到 90%，或使用 automemlimit，或设置 divisor。",
  }),
  memoryMalformed: (value) => ({
    title: `GOMEMLIMIT=${value} 无法识别`,
    why: "运行时一启动就会退出：malformed GOMEMLIMIT。Kubernetes 写 Gi，Go 要 GiB。",
    todo: "写成数字加 B、KiB、MiB、GiB 或 TiB。",
  }),
  memoryAbove: (value, limit) => ({
    title: `GOMEMLIMIT=${value} 超过容器限额（${limit}）`,
    why: "GC 还没加紧回收，内核就先杀了。",
    todo: "设为 limits.memory 的 80% 到 90%。",
  }),
  memoryClose: (value, share, limit) => ({
    title: `GOMEMLIMIT=${value} 占容器限额的 ${share}%（${limit}）`,
    why: "C 内存和映射文件还在此之外。",
    todo: "设为 limits.memory 的 80% 到 90%。",
  }),
  memoryGood: (value, share, limit) => ({ title: `GOMEMLIMIT=${value} 占容器限额的 ${share}%（${limit}）` }),
  procsUnset: (limit) => ({
    title: `没有设置 GOMAXPROCS，CPU 限额为 ${limit}`,
    why: "Go 1.25 起（且 go.mod 写 go 1.25 以上）会按限额取值；更早的版本按节点的 CPU 数取值，每个周期余下的时间都会被停住。",
    todo: "在容器里运行 golm-faultcheck check process --pid N 就能知道是哪一种。",
  }),
  procsAbove: (procs, limit) => ({
    title: `GOMAXPROCS=${procs}，而 CPU 限额只有 ${limit}`,
    why: "运行的线程超过限额，内核会在每个周期余下的时间停住所有线程。",
    todo: "Go 1.25 以上删掉 GOMAXPROCS 即可，否则设为限额。",
  }),
  procsGood: (procs, limit) => ({ title: `GOMAXPROCS=${procs}，CPU 限额 ${limit}` }),
  coreStorage: (storage, memory) => ({
    title: `临时存储限额 ${storage}，而 core 可能有 ${memory}`,
    why: "core 与所用内存一样大；超过限额 pod 会被驱逐，core 也就没了。",
    todo: "给 core 挂一个卷，并让节点的 core_pattern 指向它。",
  }),
  coreNowhere: {
    title: "设了 GOTRACEBACK=crash，根文件系统却是只读的，也没有存放 core 的卷",
    todo: "在 core_pattern 指向的位置挂一个 emptyDir。",
  },
  grace: (seconds) => ({
    title: `pod 只有 ${seconds} 秒时间结束`,
    why: "正在进行的生成需要更久，会被 SIGKILL 切断。",
    todo: "terminationGracePeriodSeconds 要大于最长的请求，并在收到 SIGTERM 时 Shutdown。",
  }),
  readOnly: {
    title: "根文件系统只读，又没有 /tmp",
    why: "os.CreateTemp 和较大的 multipart 上传会失败。",
    todo: "在 /tmp 挂一个 emptyDir。",
  },
};

const WORDS: Readonly<Record<Language, PodWords>> = { en, "zh-cn": zhCn };

export function podWords(language: Language): PodWords {
  return WORDS[language];
}
