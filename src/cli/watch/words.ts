/** The words of `watch`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";

const en = {
  fresh: "new",
  inAll: (count: number) => `${count} in all`,
  explain: (id: string) => `golm-faultcheck explain ${id}`,
  fingerprint: (hex: string) => `fingerprint ${hex}`,
  summary: (crashes: number, faults: number, amount: string) =>
    `${crashes} ${crashes === 1 ? "crash" : "crashes"}, ${faults} ${faults === 1 ? "fault" : "faults"}, ${amount} read.`,
  nothing: (amount: string) => `No crash in ${amount}.`,
  span: (first: string, last: string) => (first === last ? `at ${first}` : `from ${first} to ${last}`),
  others: (faults: number, count: number) =>
    `${count} crashes of ${faults} older faults are counted together.`,
  more: (faults: number) => `${faults} more with fewer crashes.`,
  serving: (url: string) => `metrics are at ${url}.`,
  cannotListen: (address: string, why: string) =>
    `--metrics ${address}: cannot listen there: ${why}. Name another address, such as 127.0.0.1:9478.`,
  badAddress: (given: string) =>
    `--metrics ${given}: this is no address. Write --metrics=PORT for this machine alone, --metrics=HOST:PORT for others, or --metrics behind the files.`,
  badDuration: (given: string) => `--every ${given}: write a time such as 30s, 5m or 1h, from 100ms to 24h.`,
  notAState: (path: string) =>
    `--state ${path}: this file was not written by this version of watch, and it would be overwritten. Name another one, or remove it.`,
  stateNotSaved: (path: string, why: string) =>
    `--state ${path}: could not be written: ${why}. After a restart, crashes may be counted twice.`,
  resumed: (crashes: number) =>
    `going on from the saved state: ${crashes} ${crashes === 1 ? "crash" : "crashes"} so far.`,
  packed: (name: string) => `${name} is compressed and grows no more: left out. Read it with diagnose.`,
};

export type WatchWords = typeof en;

const zhCn: WatchWords = {
  fresh: "新增",
  inAll: (count) => `累计 ${count} 次`,
  explain: (id) => `golm-faultcheck explain ${id}`,
  fingerprint: (hex) => `指纹 ${hex}`,
  summary: (crashes, faults, amount) => `共 ${crashes} 次崩溃，${faults} 种故障，已读取 ${amount}。`,
  nothing: (amount) => `读取了 ${amount}，没有崩溃。`,
  span: (first, last) => (first === last ? `时间 ${first}` : `${first} 至 ${last}`),
  others: (faults, count) => `较早的 ${faults} 种故障共 ${count} 次崩溃，合并计数。`,
  more: (faults) => `另有 ${faults} 种故障次数较少，未列出。`,
  serving: (url) => `指标地址：${url}`,
  cannotListen: (address, why) =>
    `--metrics ${address}：无法监听：${why}。请换一个地址，例如 127.0.0.1:9478。`,
  badAddress: (given) =>
    `--metrics ${given}：不是有效地址。只供本机访问写 --metrics=端口，供其他机器访问写 --metrics=主机:端口，或把 --metrics 放在文件之后。`,
  badDuration: (given) => `--every ${given}：请写成 30s、5m、1h 这样的时间，范围 100ms 到 24h。`,
  notAState: (path) =>
    `--state ${path}：这个文件不是当前版本的 watch 写的，继续会把它覆盖。请换一个文件名，或先删除它。`,
  stateNotSaved: (path, why) => `--state ${path}：写入失败：${why}。重启后部分崩溃可能会重复计数。`,
  resumed: (crashes) => `从保存的状态继续，此前已有 ${crashes} 次崩溃。`,
  packed: (name) => `${name} 是压缩文件，不会再增长，已跳过。请用 diagnose 读取。`,
};

const WORDS: Readonly<Record<Language, WatchWords>> = { en, "zh-cn": zhCn };

export function watchWords(language: Language): WatchWords {
  return WORDS[language];
}
