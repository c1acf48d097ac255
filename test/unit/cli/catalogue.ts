/** A small catalogue that never changes, so that the texts made from it can be compared whole. */
import type { CatalogIndex, CatalogPages, CausePage, IndexedCause } from "../../../src/faulttree/catalog.ts";
import { Catalog } from "../../../src/faulttree/catalog.ts";

const said = (en: string, zh: string) => ({ en, zh });

const offByOne: IndexedCause = {
  id: "runtime/index-out-of-range/off-by-one",
  event: "runtime/index-out-of-range",
  title: said("Index equal to the length", "下标正好等于长度"),
  severity: "high",
  kind: "panic",
  llm: false,
  prior: 0.5,
  evidence: [
    {
      id: "index-equals-length",
      when: {
        panic: {
          match: "index out of range \\[(?P<index>\\d+)\\] with length (?P<length>\\d+)",
          where: ["index == length"],
        },
      },
      weight: 2,
      required: false,
      says: said("Index {index} equals the length.", "下标 {index} 与长度相等。"),
    },
    {
      id: "loop-with-le",
      when: { source: { match: "<= ?len\\(", around: 4 } },
      weight: 2,
      required: false,
      says: said("A loop near the line runs while `<= len(...)`.", "该行附近的循环条件是 `<= len(...)`。"),
    },
    {
      id: "empty",
      when: { panic: { match: "with length 0$" } },
      weight: -2,
      required: false,
      says: said("It is empty: no loop reaches it.", "里面没有元素，循环根本进不去。"),
    },
  ],
  verify: {
    says: said("Read the condition that bounds the index.", "查看约束下标的条件。"),
    command: "go test -run TestSum ./...",
  },
  separates: [
    {
      from: "empty-slice",
      says: said("Can the slice hold elements at that line?", "执行到那一行时，切片里会有元素吗？"),
    },
  ],
  go: ">=1.21",
};

const emptySlice: IndexedCause = {
  id: "runtime/index-out-of-range/empty-slice",
  event: "runtime/index-out-of-range",
  title: said("First element of an empty slice", "读取空切片的首个元素"),
  severity: "medium",
  kind: "panic",
  llm: true,
  prior: 0,
  evidence: [
    {
      id: "length-zero",
      when: { panic: { match: "\\[(?P<index>\\d+)\\] with length 0$" } },
      weight: 3,
      required: false,
      says: said("Index {index} of an empty slice.", "切片为空，下标却是 {index}。"),
    },
  ],
  verify: { says: said("Log the length before the line.", "在这一行之前打印长度。") },
  separates: [],
  go: ">=1.21",
};

const lostReader: IndexedCause = {
  id: "runtime/deadlock/no-reader",
  event: "runtime/deadlock",
  title: said("Nobody reads the channel", "没有人读取通道"),
  severity: "critical",
  kind: "fatal",
  llm: false,
  prior: 0,
  evidence: [],
  verify: { says: said("Find the receive that should be there.", "找出本应存在的接收操作。") },
  separates: [],
  go: ">=1.21",
};

const page = (what: [string, string], why: [string, string], fix: [string, string]): CausePage => ({
  what: said(...what),
  why: said(...why),
  signals: [said("The process ends with exit status 2.", "进程以退出码 2 结束。")],
  fix: { says: said(...fix) },
  earlier: [],
  recipes: {},
  references: [{ title: "panicIndex", at: "runtime/panic.go, Go 1.26" }],
  incidents: [],
  repro: {
    as: "run",
    args: [],
    env: {},
    buildFlags: [],
    needs: [],
    seconds: 20,
    tries: 1,
    expect: { rank: 1 },
  },
  fixed: { args: [], env: {}, race: true, checkptr: true },
  files: [],
});

const loop = (operator: string) =>
  `package main\n\nfunc sum(scores []float64) float64 {\n\ttotal := 0.0\n\tfor i := 0; i ${operator} len(scores); i++ {\n\t\ttotal += scores[i]\n\t}\n\treturn total\n}\n`;

export const index: CatalogIndex = {
  format: 1,
  events: [
    {
      id: "runtime/deadlock",
      title: said("Deadlock: all goroutines are asleep", "死锁：所有 goroutine 都在等待"),
      proves: said("No goroutine can go on.", "没有一个 goroutine 能继续运行。"),
      severity: "critical",
      gate: "or",
      match: [{ fatal: { match: "all goroutines are asleep" } }],
      priority: 0,
    },
    {
      id: "runtime/index-out-of-range",
      title: said("Index out of range", "下标越界"),
      proves: said("An index was not below the length.", "下标不小于长度。"),
      severity: "high",
      gate: "or",
      match: [{ panic: { match: "index out of range" } }],
      priority: 0,
    },
  ],
  causes: [lostReader, emptySlice, offByOne],
};

export const pages: CatalogPages = {
  format: 1,
  events: {
    "runtime/deadlock": { references: [] },
    "runtime/index-out-of-range": {
      references: [{ title: "Index expressions", at: "Go specification, Index expressions" }],
    },
  },
  causes: {
    [lostReader.id]: page(
      ["A send waits for ever.", "一次发送永远在等待。"],
      ["An unbuffered channel hands over only to a receiver.", "无缓冲通道只有在有人接收时才能交付。"],
      ["Start the receiver first.", "先启动接收方。"],
    ),
    [emptySlice.id]: page(
      ["The code took the first element of nothing.", "代码从空切片里取首个元素。"],
      ["An upstream answered with an empty list.", "上游返回了空列表。"],
      ["Check the length first.", "先检查长度。"],
    ),
    [offByOne.id]: {
      ...page(
        ["The code read one element past the end.", "代码多读了末尾之后的一个元素。"],
        ["A loop ran to `i <= len(s)`.", "循环条件写成了 `i <= len(s)`。"],
        ["Bound the loop with `< len(s)`.", "用 `< len(s)` 限定循环。"],
      ),
      earlier: [
        { tool: "test", says: said("A test with one element fails.", "只有一个元素的测试就会失败。") },
      ],
      recipes: {
        live: {
          title: said("Stop before the last pass", "停在最后一轮循环之前"),
          steps: [{ breakpoint: "main.sum", condition: "i == len(scores)" }, { print: "len(scores)" }],
        },
      },
      watch: {
        alert: "ServiceRestarts",
        promql: "rate(restarts[5m]) > 0",
        for: "5m",
        own: true,
        says: said("Restarts of the service.", "服务的重启次数。"),
        test: {
          fires: [{ series: "restarts", values: "0+1x30" }],
          silent: [{ series: "restarts", values: "1x30" }],
        },
      },
      claim: said(
        "Often described as memory damage; Go checks every index.",
        "常被说成内存损坏；Go 会检查每个下标。",
      ),
      files: [{ path: "main.go", before: loop("<="), after: loop("<") }],
    },
  },
};

export const catalog = new Catalog(index, () => pages);
