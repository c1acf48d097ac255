/** Every word of the generated files, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Note } from "./compile.ts";

const en = {
  colon: ": ",
  semicolon: "; ",
  otel: `Go crashes in log files, told by event. Made by golm-faultcheck export otel.

Needs a Collector with the filelog receiver, the transform processor and the count connector (the contrib build has
all). Name your files in GOLM_LOGS, and put your own exporters in place of debug. Each crash becomes one record with
golm.kind, golm.event and golm.fingerprint; count/golm makes the metric golm.crashes of them.`,
  vector: `Go crashes in log files, told by event. Made by golm-faultcheck export vector.

Each crash becomes one event with .golm.kind, .golm.event and .golm.fingerprint. Name your files in
sources.golm_logs.include, and put your own sinks in place of console.`,
  loki: `Go crashes in Loki, told by event: rules for its ruler. Made by golm-faultcheck export loki.

One entry must hold one whole crash: join the lines where the logs are collected (golm-faultcheck export otel and
export vector show how). Entries of single lines are told by their first line alone, and frames are not seen.
A crash that fits two events raises both, where Loki's filters cannot tell which goes first.`,
  prometheus: `Alerts on the causes of Go crashes. Made by golm-faultcheck export prometheus.

golm-causes reads the metrics of client_golang's Go and process collectors, cAdvisor, kube-state-metrics and the
exporters its expressions name. golm-faults reads golm_faults_total, which golm-faultcheck watch serves.
Thresholds are a beginning: fit them to your service.`,
  ownLeftOut: (alerts: readonly string[]) =>
    `Left out, because their metrics have names of your own (--own-metrics writes them too):\n  ${alerts.join("\n  ")}`,
  dashboard: {
    title: "Go crashes and runtime (GoLM)",
    source: "Data source",
    crashes: "Crashes",
    runtime: "Go runtime",
    total: "Crashes in this time",
    faults: "Different faults seen",
    last: "Last crash",
    byEvent: "Crashes by event",
    byCause: "Crashes by cause",
    fingerprints: "Most frequent faults by fingerprint",
    threads: "Threads",
    restarts: "Restarts",
    memory: "Memory",
    resident: "resident",
    heap: "heap in use",
    native: "Resident memory that is not Go's",
    limit: "Heap in use of GOMEMLIMIT",
    pause: "Longest collector pause",
    collections: "Collections per second",
    descriptors: "Descriptors in use",
  },
  fidelity: (events: number, exact: number) =>
    `Of the fault tree's ${events} events, ${exact} are asked as the catalogue has them. The others:`,
  approximate: "approximate",
  none: "not told",
  notes: {
    "lines-above": "lines above the crash are records of their own",
    "frame-position": "whose a frame is shows in its import path alone",
    "log-level": "the level of a log line is told by its usual words",
    recovered: "whether the panic was recovered shows in a server's words alone",
    comparison: "an exception that compares two numbers is not made",
  } satisfies Record<Note, string> as Record<Note, string>,
  leftOut: (what: string) => `no rule for a condition on ${what}`,
};

export type FleetWords = typeof en;

const zhCn: FleetWords = {
  colon: "：",
  semicolon: "；",
  otel: `按事件识别日志文件中的 Go 崩溃。由 golm-faultcheck export otel 生成。

需要带 filelog receiver、transform processor 和 count connector 的 Collector（contrib 版都有）。用 GOLM_LOGS
指定日志文件，把 debug 换成自己的 exporter。每次崩溃成为一条记录，带 golm.kind、golm.event、golm.fingerprint；
count/golm 据此产生指标 golm.crashes。`,
  vector: `按事件识别日志文件中的 Go 崩溃。由 golm-faultcheck export vector 生成。

每次崩溃成为一个事件，带 .golm.kind、.golm.event、.golm.fingerprint。在 sources.golm_logs.include 里写上
自己的日志文件，把 console 换成自己的 sink。`,
  loki: `按事件识别 Loki 中的 Go 崩溃：供 ruler 使用的规则。由 golm-faultcheck export loki 生成。

一条日志必须包含一次完整的崩溃：请在采集端合并各行（做法见 golm-faultcheck export otel 和 export vector）。
逐行入库的日志只能凭首行判断，看不到栈帧。Loki 的过滤器分不出先后时，同时符合两个事件的崩溃会触发两条告警。`,
  prometheus: `针对 Go 崩溃原因的告警。由 golm-faultcheck export prometheus 生成。

golm-causes 使用 client_golang 的 Go 与进程 collector、cAdvisor、kube-state-metrics 以及表达式中出现的 exporter 的
指标。golm-faults 使用 golm_faults_total，由 golm-faultcheck watch 提供。阈值只是起点，请按自己的服务调整。`,
  ownLeftOut: (alerts: readonly string[]) =>
    `以下规则的指标名称由你自定，未写入（加 --own-metrics 可写入）：\n  ${alerts.join("\n  ")}`,
  dashboard: {
    title: "Go 崩溃与运行时（GoLM）",
    source: "数据源",
    crashes: "崩溃",
    runtime: "Go 运行时",
    total: "所选时段内的崩溃次数",
    faults: "不同故障数",
    last: "最近一次崩溃",
    byEvent: "按事件统计的崩溃",
    byCause: "按原因统计的崩溃",
    fingerprints: "最常见的故障（按指纹）",
    threads: "线程数",
    restarts: "重启次数",
    memory: "内存",
    resident: "常驻内存",
    heap: "使用中的堆",
    native: "不属于 Go 的常驻内存",
    limit: "堆占 GOMEMLIMIT 的比例",
    pause: "最长 GC 停顿",
    collections: "每秒 GC 次数",
    descriptors: "描述符使用率",
  },
  fidelity: (events: number, exact: number) =>
    `故障树共 ${events} 个事件，其中 ${exact} 个与目录中的条件完全一致。其余如下：`,
  approximate: "近似",
  none: "无法识别",
  notes: {
    "lines-above": "崩溃之前的行属于另外的记录",
    "frame-position": "只能凭导入路径判断栈帧归谁",
    "log-level": "凭常见写法判断日志级别",
    recovered: "是否 recover 只能看服务器自己的措辞",
    comparison: "有一个排除条件要比较两个数，没有排除",
  },
  leftOut: (what: string) => `涉及 ${what} 的条件没有规则`,
};

export function fleetWords(language: Language): FleetWords {
  return language === "zh-cn" ? zhCn : en;
}
