/** Words for the runtime's own settings, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Words } from "../finding.ts";

const en = {
  gctraceOff: { title: "GODEBUG=gctrace is disabled (safe for prod)" } as Words,
  gctraceOn: (value: string): Words => ({
    title: `GODEBUG=gctrace=${value} is on`,
    why: "The runtime writes a line to standard error at each collection, in several writes, into the middle of the log. Only the start of the process reads it: nothing turns it off while it runs.",
    todo: "Take gctrace out of GODEBUG in the image, the unit or the manifest and start anew. The same figures without log lines: runtime/metrics, /gc/cycles/total:gc-cycles.",
  }),
  godebug: (name: string, value: string, says: string): Words => ({
    title: `GODEBUG=${name}=${value}`,
    why: says,
    todo: `Take ${name} out of GODEBUG, unless you look into something with it just now.`,
  }),
  tracebackNone: (given: string): Words => ({
    title: `GOTRACEBACK=${given}: a crash prints no stack`,
    why: "The message is all that will be left of a crash. A word the runtime does not know counts as 0, which prints none either.",
    todo: "Set GOTRACEBACK=all, or crash to have a core as well.",
  }),
  tracebackSingle: (given: string): Words => ({
    title: given
      ? `GOTRACEBACK=${given}: a crash prints one goroutine`
      : "GOTRACEBACK is not set: a crash prints one goroutine",
    why: "The goroutine that panics is often the one that noticed; who holds the lock, the slot or the channel stays unprinted.",
    todo: "Set GOTRACEBACK=all, or crash to have a core as well.",
  }),
  tracebackAll: (level: string): Words => ({ title: `GOTRACEBACK=${level}: a crash prints all goroutines` }),
};

export type SettingsWords = typeof en;

const zhCn: SettingsWords = {
  gctraceOff: { title: "GODEBUG=gctrace 未开启（可用于生产）" },
  gctraceOn: (value) => ({
    title: `GODEBUG=gctrace=${value} 处于开启状态`,
    why: "运行时每次 GC 都向标准错误写一行，而且分多次写入，会插进正常日志中间。这个设置只在进程启动时读取，运行中关不掉。",
    todo: "从镜像、服务单元或部署清单的 GODEBUG 中删掉 gctrace，然后重启。同样的数据可由 runtime/metrics 获取，不写日志：/gc/cycles/total:gc-cycles。",
  }),
  godebug: (name, value, says) => ({
    title: `GODEBUG=${name}=${value}`,
    why: says,
    todo: `如果不是正在用它排查问题，就把 ${name} 从 GODEBUG 中删掉。`,
  }),
  tracebackNone: (given) => ({
    title: `GOTRACEBACK=${given}：崩溃时不打印任何栈`,
    why: "崩溃后只剩一行消息。运行时不认识的词按 0 处理，同样什么也不打印。",
    todo: "设为 GOTRACEBACK=all；还想要 core 就设为 crash。",
  }),
  tracebackSingle: (given) => ({
    title: given
      ? `GOTRACEBACK=${given}：崩溃时只打印一个 goroutine`
      : "没有设置 GOTRACEBACK：崩溃时只打印一个 goroutine",
    why: "panic 的 goroutine 往往只是发现问题的那个，真正占着锁、槽位或 channel 的不会打印出来。",
    todo: "设为 GOTRACEBACK=all；还想要 core 就设为 crash。",
  }),
  tracebackAll: (level) => ({ title: `GOTRACEBACK=${level}：崩溃时打印全部 goroutine` }),
};

const WORDS: Readonly<Record<Language, SettingsWords>> = { en, "zh-cn": zhCn };

export function settingsWords(language: Language): SettingsWords {
  return WORDS[language];
}
