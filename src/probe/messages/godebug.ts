/** GODEBUG settings that do not belong into production, and what each does. Source: runtime package documentation. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Level } from "../finding.ts";

export interface GodebugRule {
  readonly name: string;
  /** Whether a value does something worth telling. */
  readonly applies: (value: string) => boolean;
  readonly level: Level;
  readonly cause?: string;
  readonly says: { readonly en: string; readonly zh: string };
}

const on = (value: string) => /^[1-9]\d*$/.test(value);
const off = (value: string) => value === "0";

/** `gctrace` is not here: it has words of its own. */
export const GODEBUG_RULES: readonly GodebugRule[] = [
  {
    name: "schedtrace",
    applies: on,
    level: "bad",
    cause: "build-deploy/environment/gctrace-left-on",
    says: {
      en: "The scheduler writes a line to standard error every that many milliseconds, between the log's own lines.",
      zh: "调度器每隔这么多毫秒就向标准错误写一行，夹在正常日志之间。",
    },
  },
  {
    name: "scheddetail",
    applies: on,
    level: "bad",
    says: {
      en: "With schedtrace the state of every thread and goroutine is written, with the scheduler's lock held.",
      zh: "配合 schedtrace 会输出每个线程和 goroutine 的状态，期间一直持有调度器锁。",
    },
  },
  {
    name: "tracebackancestors",
    applies: on,
    level: "doubtful",
    says: {
      en: "Each `go` statement records the stack it was run from: memory and time for every goroutine. Good for a search, dear for ever.",
      zh: "每条 `go` 语句都要记录创建者的栈，每个 goroutine 都多花内存和时间。排查时有用，长期开着代价大。",
    },
  },
  {
    name: "cgocheck",
    applies: off,
    level: "bad",
    cause: "native/cgo-pointer-rule/nested-go-pointer",
    says: {
      en: "The check of pointers passed to C is off. What it would have stopped now corrupts memory and crashes elsewhere.",
      zh: "关闭了传给 C 的指针检查。原本会被拦下的错误将破坏内存，最后崩在别处。",
    },
  },
  {
    name: "cgocheck",
    applies: (value) => /^[2-9]/.test(value),
    level: "bad",
    says: {
      en: "Go 1.21 and later end with a fatal error at the start: this check is GOEXPERIMENT=cgocheck2 of the build now.",
      zh: "Go 1.21 起启动时就会 fatal error：这项检查已改为编译时的 GOEXPERIMENT=cgocheck2。",
    },
  },
  {
    name: "madvdontneed",
    applies: off,
    level: "doubtful",
    cause: "build-deploy/environment/lazy-free",
    says: {
      en: "Freed memory stays in RSS until the kernel wants it. Memory limits and dashboards count it as used.",
      zh: "释放的内存要等内核需要时才离开 RSS，内存限额和监控都会把它算作已用。",
    },
  },
  {
    name: "asyncpreemptoff",
    applies: on,
    level: "bad",
    cause: "build-deploy/environment/preemption-off",
    says: {
      en: "A loop without calls cannot be interrupted: one of them holds up every collection, and with it every request.",
      zh: "没有函数调用的循环无法被抢占：只要有一个，GC 和全部请求都得等它。",
    },
  },
  {
    name: "invalidptr",
    applies: off,
    level: "bad",
    cause: "native/bad-pointer/integer-as-pointer",
    says: {
      en: "The collector no longer stops at a pointer into memory that is not in use. The corruption stays, its report is gone.",
      zh: "GC 遇到指向未用内存的指针不再报错。破坏仍在发生，只是没人报告了。",
    },
  },
  {
    name: "gcstoptheworld",
    applies: on,
    level: "bad",
    says: {
      en: "Each collection stops all goroutines for its whole length.",
      zh: "每次 GC 全程暂停所有 goroutine。",
    },
  },
  {
    name: "gccheckmark",
    applies: on,
    level: "bad",
    says: {
      en: "Each collection marks a second time, with the world stopped.",
      zh: "每次 GC 都在 STW 状态下再标记一遍。",
    },
  },
  {
    name: "clobberfree",
    applies: on,
    level: "bad",
    says: {
      en: "Freed objects are overwritten: good to find a use after free, dear in production.",
      zh: "释放的对象会被填充垃圾值：查释放后使用很有效，生产环境代价大。",
    },
  },
  {
    name: "sbrk",
    applies: on,
    level: "bad",
    cause: "resource/out-of-memory/collector-off",
    says: { en: "Nothing is ever freed.", zh: "任何内存都不会被回收。" },
  },
  {
    name: "efence",
    applies: on,
    level: "bad",
    says: {
      en: "Every object gets a page of its own and is never used again: memory grows without end.",
      zh: "每个对象独占一页且永不复用，内存只增不减。",
    },
  },
  ...(["gcpacertrace", "scavtrace", "inittrace"] as const).map((name) => ({
    name,
    applies: on,
    level: name === "inittrace" ? ("doubtful" as const) : ("bad" as const),
    says: {
      en: "The runtime writes trace lines to standard error, between the log's own lines.",
      zh: "运行时会向标准错误写跟踪行，夹在正常日志之间。",
    },
  })),
  {
    name: "http2debug",
    applies: on,
    level: "bad",
    says: {
      en: "net/http logs every HTTP/2 connection; with 2 every frame, headers and tokens included.",
      zh: "net/http 会记录每条 HTTP/2 连接；取 2 时连每一帧都记录，包括请求头里的令牌。",
    },
  },
  {
    name: "panicnil",
    applies: on,
    level: "doubtful",
    cause: "runtime/explicit-panic/panic-nil",
    says: {
      en: "recover() cannot tell panic(nil) from no panic.",
      zh: "recover() 分不清 panic(nil) 和没有 panic。",
    },
  },
  ...(["x509sha1", "tls10server", "tlsrsakex", "tls3des", "x509negativeserial"] as const).map((name) => ({
    name,
    applies: on,
    level: "doubtful" as const,
    says: {
      en: "Weakens TLS or certificates to what older releases allowed.",
      zh: "把 TLS 或证书校验放宽到旧版本的程度。",
    },
  })),
  {
    name: "checkfinalizers",
    applies: on,
    level: "bad",
    says: {
      en: "Each collection runs twice to look for finalizers that can never run.",
      zh: "每次 GC 都跑两遍，用来查找永远不会执行的 finalizer。",
    },
  },
];

export function godebugSays(rule: GodebugRule, language: Language): string {
  return language === "zh-cn" ? rule.says.zh : rule.says.en;
}
