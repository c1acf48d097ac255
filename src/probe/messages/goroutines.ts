/** Words of `check goroutines`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Words } from "../finding.ts";
import type { ShapeId } from "../shapes.ts";
import { secondsText } from "../sizes.ts";

interface ShapeWords {
  /** Follows a number. */
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

const within = (seconds: number | undefined) =>
  seconds === undefined ? "" : ` in ${secondsText(seconds)} s`;
const zhWithin = (seconds: number | undefined) =>
  seconds === undefined ? "" : `（相隔 ${secondsText(seconds)} 秒）`;

const shapes: Readonly<Record<ShapeId, ShapeWords>> = {
  "http2-idle": {
    what: "idle http2.serverConn goroutines",
    why: "Each is a connection with no request in work, which the server keeps because it has no IdleTimeout.",
    todo: "Set IdleTimeout on http.Server (http2.Server.IdleTimeout with x/net), and close idle connections on the client.",
  },
  "http1-idle": {
    what: "idle net/http connections of the server",
    why: "Each waits for a next request; without IdleTimeout it waits for ever.",
    todo: "Set IdleTimeout and ReadHeaderTimeout on http.Server.",
  },
  "body-open": {
    what: "http.persistConn goroutines that wait for a response body to be read or closed",
    why: "The reader of a connection stays until the body is read to its end or closed; its writer stays with it.",
    todo: "defer resp.Body.Close() right behind the error check of each request.",
  },
  "client-idle": {
    what: "idle client connections",
    why: "A Transport for each request or client keeps connections of its own.",
    todo: "Share one http.Client; set IdleConnTimeout where a Transport is made by hand.",
  },
  "no-timeout": {
    what: "HTTP requests that wait for an answer",
    why: "The upstream took the connection and does not answer; nothing limits the wait.",
    todo: "Give the request a context with a deadline, or the client a Timeout.",
  },
  "nil-channel": {
    what: "goroutines blocked for ever on a nil channel",
    why: "Send and receive on a nil channel never return.",
    todo: "Make the channel before the goroutine starts.",
  },
  "no-cases": {
    what: "goroutines in select {}",
    why: "select without cases never returns: what started it cannot end it.",
    todo: "Wait for ctx.Done() instead.",
  },
  waitgroup: {
    what: "goroutines in WaitGroup.Wait",
    why: "Some goroutine has not called Done, or ended on a path without it.",
    todo: "defer wg.Done() as the first statement of the goroutine, or wg.Go (Go 1.25).",
  },
  context: {
    what: "goroutines of package context that wait for a parent",
    why: "A context derived from a type of your own needs a goroutine until the child is cancelled; nobody called its cancel function.",
    todo: "defer cancel() behind each WithCancel, WithTimeout and WithDeadline.",
  },
  lock: {
    what: "goroutines that wait for a lock",
    why: "Who holds it waits itself, or returned without Unlock.",
    todo: "Find the holder among the other goroutines: it is in code that locks, and waits for something else.",
  },
  "grpc-client": {
    what: "gRPC client connections",
    why: "Each grpc.ClientConn keeps its transport until Close; one for each request is a leak.",
    todo: "Make one ClientConn for each target at the start, share it, Close it at the end.",
  },
  "grpc-server": {
    what: "gRPC server connections",
    why: "Clients stay connected; without MaxConnectionIdle or MaxConnectionAge nothing ends it.",
    todo: "Set keepalive.ServerParameters{MaxConnectionIdle: 5 * time.Minute}.",
  },
  "sql-db": {
    what: "sql.DB pools",
    why: "sql.Open makes a pool with a goroutine of its own; one for each request is a leak.",
    todo: "Open one sql.DB at the start, share it.",
  },
  "in-c": {
    what: "goroutines inside a C call",
    why: "Each holds a thread; Go can neither stop nor preempt it.",
    todo: "Look at the C side: gdb -p PID, thread apply all bt. Bound how many may be in C at once.",
  },
  send: {
    what: "goroutines blocked on a send",
    why: "The reader of the channel returned, on an error or a cancel, and nobody else receives.",
    todo: "Select over the send and ctx.Done(), or give the channel room for all that may be sent.",
  },
  ticker: {
    what: "goroutines in a loop over a time.Ticker",
    why: "The loop has no way out: Stop does not close the ticker's channel.",
    todo: "Select over ticker.C and ctx.Done(), and stop the ticker on the way out.",
  },
  receive: {
    what: "goroutines waiting on a receive at one place",
    why: "As many idle workers would look the same; it is a leak where their owner is gone.",
    todo: "Compare with the size of the pool. Close the channel, or select over ctx.Done(), when the owner ends.",
  },
  select: {
    what: "goroutines waiting in one select",
    why: "As many sessions or workers would look the same; it is a leak where their owner is gone.",
    todo: "Compare with the number of clients. Let one case be ctx.Done() of the owner.",
  },
};

const en = {
  shapes,
  leak: (n: number, what: string) => `Found goroutine leak: ${n} ${what}`,
  leakOlder: (n: number, what: string, seconds: number) => `Found goroutine leak: ${n} ${what} > ${seconds}s`,
  leakGrowing: (from: number, to: number, what: string) =>
    `Found goroutine leak: ${what} grew from ${from} to ${to}`,
  manyOlder: (n: number, what: string, seconds: number) => `${n} ${what} > ${seconds}s`,
  many: (n: number, what: string) => `${n} ${what}; their age is not known`,
  marked: (n: number) => `Go's collector marked ${n} of them as leaked: nothing can wake them.`,
  provenByMinutes: (n: number) => `The runtime itself prints that ${n} have waited that long.`,
  provenBySamples: (n: number, seconds: number) =>
    `${n} stood at the same place in two samples ${secondsText(seconds)} s apart.`,
  rest: (n: number) => `Of ${n} more the age is not known.`,
  unknownAge: (seconds: number) =>
    `How old waits are: the runtime prints minutes only from one on, and counts from the first collection after the wait began. A second sample proves it: --interval ${seconds}s.`,
  grew: (counts: readonly number[], seconds: number | undefined) =>
    `Counts: ${counts.join(", ")}${within(seconds)}.`,
  unknownGrowth: (from: number, to: number, state: string, seconds: number | undefined): Words => ({
    title: `Found goroutine leak: goroutines in ${state} at one place grew from ${from} to ${to}${within(seconds)}`,
    todo: "Read the stack: what should have ended them, and did it?",
  }),
  none: (total: number): Words => ({ title: `no known leak among ${total} goroutines` }),
  leakProfile: (n: number, what: string, todo: string | undefined): Words => ({
    title: `Found goroutine leak: nothing can wake ${n} ${what} (Go's own leak profile)`,
    why: "The collector found that what they wait for cannot be reached from any goroutine that can still run: this is proof, not suspicion.",
    todo: todo ?? "Read the stack: who was to receive, send or unlock, and where did it return?",
  }),
  inState: (state: string) => `goroutines in ${state}`,
  leakProfileNone: { title: "Go's own leak profile names no goroutine" } as Words,
  noLeakProfile:
    "Go's own leak profile is not there: it needs Go 1.27, or Go 1.26 built with GOEXPERIMENT=goroutineleakprofile.",
  heapGrows: (from: string, to: string, place: string, seconds: number | undefined): Words => ({
    title: `memory held by ${place} grew from ${from} to ${to}${within(seconds)}`,
    why: "What was allocated there is still reachable: a cache, a map or a slice that only grows (a KV cache that is appended to looks so). A profile shows the heap as of the last collection, from one sampled allocation in 512 KiB.",
    todo: "Bound it: evict by age or size, free the sequence's slots when its request ends. A third sample tells a leak from a warm-up: --samples 3.",
  }),
  heapSteady: (bytes: string): Words => ({ title: `no place holds ever more memory (${bytes} in use)` }),
  heapOnce: (bytes: string): Words => ({ title: `${bytes} of heap in use; the places that hold most:` }),
  facts: {
    goroutines: "goroutines",
    samples: "samples",
    largest: "largest groups",
  },
  apart: (n: number, seconds: number | undefined) => `${n}${within(seconds)}`,
  group: (n: number, state: string, at: string) => `${n} ${state} ${at}`,
  cut: "The runtime stops a text dump at 64 MiB: there are more goroutines than were read; the counts are those of the profile.",
  noHeap: (why: string) => `The heap profile could not be read: ${why}`,
  notADump: (name: string) =>
    `${name} holds no goroutines and no profile. Give what /debug/pprof/goroutine?debug=2, SIGQUIT or a pprof file hold.`,
  otherProfile: (name: string, type: string) =>
    `${name} is a profile of ${type}. check goroutines reads goroutine, goroutineleak, heap and allocs.`,
  badUrl: (given: string) => `${given} is no http or https URL. Example: --pprof http://127.0.0.1:6060`,
  refused: (url: string) =>
    `${url}: connection refused. Is net/http/pprof imported and its server listening there? From outside a pod: kubectl port-forward POD 6060`,
  unreachable: (url: string, why: string) => `${url}: ${why}.`,
  timedOut: (url: string, seconds: number) =>
    `${url}: no whole answer within ${seconds} s. A large dump stops the program for its length; --timeout raises the limit, --light asks for the profile alone.`,
  tooLarge: (url: string, limit: string) =>
    `${url}: the answer is larger than ${limit}; it was not read to its end.`,
  redirected: (url: string, to: string) =>
    `${url} redirects to ${to}, another host: not followed. Name that URL if you mean it.`,
  status: (url: string, status: number) =>
    status === 404
      ? `${url}: 404. Import net/http/pprof, or register its handlers on the mux of that port.`
      : `${url}: HTTP status ${status}.`,
  notPprof: (url: string) => `${url} answers with something that is no pprof. Is that the port of pprof?`,
  needSource: "name a source: --pprof URL, one or more dump files, or --pid N --sigquit.",
  oneSource: "name one source: --pprof URL, dump files, or --pid N --sigquit.",
  needQuit: (pid: number) =>
    `a dump of process ${pid} without pprof takes SIGQUIT, which ends the process: add --sigquit if that is what you want.`,
  quitNowhere: (pid: number, where: string) =>
    `process ${pid} was left alone: its standard error is ${where}, so the dump would go there and not to us. Send it yourself and read it there: kill -QUIT ${pid}`,
  quitIgnored: (pid: number) => `process ${pid} ignores SIGQUIT; it was not sent.`,
  quitDenied: (pid: number) => `SIGQUIT to process ${pid} is not allowed: run as its user or as root.`,
  quitNothing: (pid: number, file: string) =>
    `process ${pid} got SIGQUIT, and no goroutines appeared in ${file}: it handles the signal itself.`,
  quitSent: (pid: number) => `SIGQUIT was sent to process ${pid}: it printed its goroutines and ended.`,
};

export type GoroutineWords = typeof en;

const zhShapes: Readonly<Record<ShapeId, ShapeWords>> = {
  "http2-idle": {
    what: "个空闲的 http2.serverConn goroutine",
    why: "每个对应一条没有请求的连接；服务器没有设置 IdleTimeout，所以一直留着。",
    todo: "给 http.Server 设置 IdleTimeout（用 x/net 时是 http2.Server.IdleTimeout），客户端也要关闭空闲连接。",
  },
  "http1-idle": {
    what: "条空闲的 net/http 服务端连接",
    why: "每条都在等下一个请求；没有 IdleTimeout 就会一直等下去。",
    todo: "给 http.Server 设置 IdleTimeout 和 ReadHeaderTimeout。",
  },
  "body-open": {
    what: "个 http.persistConn goroutine，在等响应体被读完或关闭",
    why: "响应体读完或关闭之前，连接的读 goroutine 不会退出，写 goroutine 也跟着留下。",
    todo: "每次请求检查完错误，紧接着 defer resp.Body.Close()。",
  },
  "client-idle": {
    what: "条空闲的客户端连接",
    why: "每个请求或客户端各建一个 Transport，就各留一份连接。",
    todo: "共用一个 http.Client；自建 Transport 时设置 IdleConnTimeout。",
  },
  "no-timeout": {
    what: "个等待响应的 HTTP 请求",
    why: "上游接了连接却不响应，而等待没有任何时限。",
    todo: "给请求带上有截止时间的 context，或给 client 设置 Timeout。",
  },
  "nil-channel": {
    what: "个 goroutine 永远卡在 nil channel 上",
    why: "对 nil channel 的收发永远不会返回。",
    todo: "启动 goroutine 之前先 make 好 channel。",
  },
  "no-cases": {
    what: "个 goroutine 停在 select {}",
    why: "没有 case 的 select 永不返回，启动它的代码也无法结束它。",
    todo: "改为等待 ctx.Done()。",
  },
  waitgroup: {
    what: "个 goroutine 停在 WaitGroup.Wait",
    why: "有 goroutine 没有调用 Done，或从没有 Done 的分支返回了。",
    todo: "goroutine 的第一句写 defer wg.Done()，或用 wg.Go（Go 1.25）。",
  },
  context: {
    what: "个 context 包的 goroutine，在等父 context",
    why: "从自定义类型派生的 context 要靠一个 goroutine 维持，直到被取消；而没有人调用它的 cancel。",
    todo: "每个 WithCancel、WithTimeout、WithDeadline 之后都 defer cancel()。",
  },
  lock: {
    what: "个 goroutine 在等锁",
    why: "持锁者自己也在等待，或没有 Unlock 就返回了。",
    todo: "在其余 goroutine 里找持锁者：它处在加锁的代码里，又在等别的东西。",
  },
  "grpc-client": {
    what: "条 gRPC 客户端连接",
    why: "grpc.ClientConn 在 Close 之前一直保留传输层；每个请求建一个就是泄漏。",
    todo: "启动时为每个目标建一个 ClientConn，共用，结束时 Close。",
  },
  "grpc-server": {
    what: "条 gRPC 服务端连接",
    why: "客户端一直连着；没有 MaxConnectionIdle 或 MaxConnectionAge 就不会断开。",
    todo: "设置 keepalive.ServerParameters{MaxConnectionIdle: 5 * time.Minute}。",
  },
  "sql-db": {
    what: "个 sql.DB 连接池",
    why: "sql.Open 会建一个自带 goroutine 的连接池；每个请求建一个就是泄漏。",
    todo: "启动时打开一个 sql.DB，全程共用。",
  },
  "in-c": {
    what: "个 goroutine 停在 C 调用里",
    why: "每个占着一个线程，Go 既不能停下它，也不能抢占它。",
    todo: "到 C 一侧看：gdb -p PID，thread apply all bt。并限制同时进入 C 的数量。",
  },
  send: {
    what: "个 goroutine 卡在发送上",
    why: "channel 的读方因出错或取消已经返回，没有别人接收。",
    todo: "发送时同时 select ctx.Done()，或给 channel 留足缓冲。",
  },
  ticker: {
    what: "个 goroutine 停在 time.Ticker 循环里",
    why: "循环没有出口：Stop 不会关闭 ticker 的 channel。",
    todo: "同时 select ticker.C 和 ctx.Done()，退出时停掉 ticker。",
  },
  receive: {
    what: "个 goroutine 在同一处等待接收",
    why: "同样多的空闲 worker 看上去也是这样；如果它们的主人已经不在，就是泄漏。",
    todo: "与池的大小对照。主人结束时关闭 channel，或让接收同时 select ctx.Done()。",
  },
  select: {
    what: "个 goroutine 停在同一个 select",
    why: "同样多的会话或 worker 看上去也是这样；如果它们的主人已经不在，就是泄漏。",
    todo: "与客户端数量对照。让其中一个 case 是主人的 ctx.Done()。",
  },
};

const zhCn: GoroutineWords = {
  shapes: zhShapes,
  leak: (n, what) => `发现 goroutine 泄漏：${n} ${what}`,
  leakOlder: (n, what, seconds) => `发现 goroutine 泄漏：${n} ${what} > ${seconds}s`,
  leakGrowing: (from, to, what) => `发现 goroutine 泄漏：从 ${from} 增加到 ${to} ${what}`,
  manyOlder: (n, what, seconds) => `${n} ${what} > ${seconds}s`,
  many: (n, what) => `${n} ${what}；存在多久尚不清楚`,
  marked: (n) => `其中 ${n} 个被 Go 的 GC 标记为 leaked：再也不会被唤醒。`,
  provenByMinutes: (n) => `其中 ${n} 个的等待时长由运行时自己打印。`,
  provenBySamples: (n, seconds) => `${n} 个在相隔 ${secondsText(seconds)} 秒的两次采样中停在同一处。`,
  rest: (n) => `另有 ${n} 个存在多久尚不清楚。`,
  unknownAge: (seconds) =>
    `等待了多久：运行时满一分钟才打印时长，而且从等待开始后的第一次 GC 算起。再采一次就能证明：--interval ${seconds}s。`,
  grew: (counts, seconds) => `数量变化：${counts.join("、")}${zhWithin(seconds)}。`,
  unknownGrowth: (from, to, state, seconds) => ({
    title: `发现 goroutine 泄漏：同一处处于 ${state} 的 goroutine 从 ${from} 个增加到 ${to} 个${zhWithin(seconds)}`,
    todo: "看栈：本应由什么来结束它们，结束了没有？",
  }),
  none: (total) => ({ title: `${total} 个 goroutine 中没有发现已知的泄漏` }),
  leakProfile: (n, what, todo) => ({
    title: `发现 goroutine 泄漏：${n} ${what}，再也不会被唤醒（Go 自带的泄漏 profile）`,
    why: "GC 发现它们所等的东西，从任何还能运行的 goroutine 都到达不了：这是证明，不是怀疑。",
    todo: todo ?? "看栈：本该由谁来接收、发送或解锁，它又是在哪里返回的？",
  }),
  inState: (state) => `个处于 ${state} 的 goroutine`,
  leakProfileNone: { title: "Go 自带的泄漏 profile 没有指出任何 goroutine" },
  noLeakProfile:
    "没有 Go 自带的泄漏 profile：需要 Go 1.27，或以 GOEXPERIMENT=goroutineleakprofile 构建的 Go 1.26。",
  heapGrows: (from, to, place, seconds) => ({
    title: `${place} 持有的内存从 ${from} 增加到 ${to}${zhWithin(seconds)}`,
    why: "在那里分配的内存仍然可达：某个缓存、map 或切片只增不减（不断追加的 KV cache 就是这样）。profile 反映的是上次 GC 时的堆，每 512 KiB 抽样一次分配。",
    todo: "设上限：按时间或大小淘汰，请求结束就释放该序列的槽位。再采一次可以区分泄漏与预热：--samples 3。",
  }),
  heapSteady: (bytes) => ({ title: `没有哪一处的内存在持续增长（在用 ${bytes}）` }),
  heapOnce: (bytes) => ({ title: `堆在用 ${bytes}，占用最多的几处：` }),
  facts: { goroutines: "goroutine", samples: "采样", largest: "最大的几组" },
  apart: (n, seconds) => `${n} 次${zhWithin(seconds)}`,
  group: (n, state, at) => `${n} 个 ${state} ${at}`,
  cut: "运行时的文本转储到 64 MiB 为止：实际的 goroutine 比读到的多；数量以 profile 为准。",
  noHeap: (why) => `无法读取堆 profile：${why}`,
  notADump: (name) =>
    `${name} 里既没有 goroutine 也不是 profile。请提供 /debug/pprof/goroutine?debug=2、SIGQUIT 的输出或 pprof 文件。`,
  otherProfile: (name, type) =>
    `${name} 是 ${type} 的 profile。check goroutines 只读 goroutine、goroutineleak、heap 和 allocs。`,
  badUrl: (given) => `${given} 不是 http 或 https 地址。例如：--pprof http://127.0.0.1:6060`,
  refused: (url) =>
    `${url}：连接被拒绝。是否导入了 net/http/pprof，它的服务是否监听在那里？从 pod 外访问：kubectl port-forward POD 6060`,
  unreachable: (url, why) => `${url}：${why}。`,
  timedOut: (url, seconds) =>
    `${url}：${seconds} 秒内没有收完响应。大的转储会让程序停住相应的时间；可用 --timeout 放宽，或用 --light 只取 profile。`,
  tooLarge: (url, limit) => `${url}：响应超过 ${limit}，没有读完。`,
  redirected: (url, to) => `${url} 重定向到另一台主机 ${to}，没有跟随。确实要用就直接写那个地址。`,
  status: (url, status) =>
    status === 404
      ? `${url}：404。请导入 net/http/pprof，或在该端口的 mux 上注册它的 handler。`
      : `${url}：HTTP 状态 ${status}。`,
  notPprof: (url) => `${url} 的响应不是 pprof。那是 pprof 的端口吗？`,
  needSource: "请指定来源：--pprof URL、一个或多个转储文件，或 --pid N --sigquit。",
  oneSource: "只能指定一种来源：--pprof URL、转储文件，或 --pid N --sigquit。",
  needQuit: (pid) =>
    `不经 pprof 取得进程 ${pid} 的转储要靠 SIGQUIT，而它会结束进程：确实要这样做，请加 --sigquit。`,
  quitNowhere: (pid, where) =>
    `没有动进程 ${pid}：它的标准错误是${where}，转储会写到那里，我们读不到。请自行发送并到那里查看：kill -QUIT ${pid}`,
  quitIgnored: (pid) => `进程 ${pid} 忽略 SIGQUIT，没有发送。`,
  quitDenied: (pid) => `无权向进程 ${pid} 发送 SIGQUIT：请换成该进程的用户或 root。`,
  quitNothing: (pid, file) =>
    `已向进程 ${pid} 发送 SIGQUIT，但 ${file} 中没有出现 goroutine：它自己处理了这个信号。`,
  quitSent: (pid) => `已向进程 ${pid} 发送 SIGQUIT：它打印了 goroutine，随后结束。`,
};

const WORDS: Readonly<Record<Language, GoroutineWords>> = { en, "zh-cn": zhCn };

export function goroutineWords(language: Language): GoroutineWords {
  return WORDS[language];
}
