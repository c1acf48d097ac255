/**
 * The decisive words of a crash in plain words: the numbers a reader looks for first in the header, said so that nobody
 * has to remember what the brackets mean, and what was done where the event's title names a family of mistakes.
 */
import type { Language } from "../faulttree/diagnosis.ts";
import type { CrashReport } from "../trace/report.ts";

type Captures = Readonly<Record<string, string>>;

interface Saying {
  readonly pattern: RegExp;
  readonly en: (c: Captures) => string;
  readonly zh: (c: Captures) => string;
}

/** Texts of runtime/error.go and runtime/panic.go; first match wins. */
const SAYINGS: readonly Saying[] = [
  {
    pattern: /index out of range \[(?<index>-?\d+)\] with length (?<length>\d+)/,
    en: ({ index, length }) =>
      length === "0"
        ? `index ${index}, but it is empty`
        : `index ${index}, but the length is ${length} (valid: 0 to ${less(length!)})`,
    zh: ({ index, length }) =>
      length === "0"
        ? `下标是 ${index}，而里面一个元素都没有`
        : `下标是 ${index}，而长度只有 ${length}（合法范围 0 到 ${less(length!)}）`,
  },
  {
    pattern: /index out of range \[(?<index>-\d+)\]/,
    en: ({ index }) => `index ${index}, and no index is negative`,
    zh: ({ index }) => `下标是 ${index}，而下标不能为负`,
  },
  {
    pattern: /slice bounds out of range \[(?<low>-?\d+):(?<high>-?\d+)\]/,
    en: ({ low, high }) => `cut from ${low} to ${high}, but the start lies behind the end`,
    zh: ({ low, high }) => `从 ${low} 切到 ${high}，起点在终点之后`,
  },
  {
    pattern: /slice bounds out of range \[:(?<high>-?\d+)\] with (?<what>length|capacity) (?<limit>\d+)/,
    en: ({ high, what, limit }) => `cut up to ${high}, but the ${what} is ${limit}`,
    zh: ({ high, what, limit }) => `要切到 ${high}，而${what === "length" ? "长度" : "容量"}只有 ${limit}`,
  },
  {
    pattern: /slice bounds out of range \[::?(?<high>-?\d+):?\]/,
    en: ({ high }) => `cut at ${high}, which lies outside`,
    zh: ({ high }) => `要切到 ${high}，超出了范围`,
  },
  {
    pattern:
      /cannot convert slice with length (?<length>\d+) to (?:array or pointer to array with|pointer to array with) length (?<want>\d+)/,
    en: ({ length, want }) => `${length} elements, but the array needs ${want}`,
    zh: ({ length, want }) => `只有 ${length} 个元素，而数组需要 ${want} 个`,
  },
  {
    pattern: /interface conversion: (?<iface>.+) is (?<got>.+), not (?<want>.+)/,
    en: ({ got, want }) =>
      `the value holds ${got === "nil" ? "nothing (nil)" : got}, but ${want} was asserted`,
    zh: ({ got, want }) => `实际值是 ${got === "nil" ? "空（nil）" : got}，断言要的却是 ${want}`,
  },
  {
    pattern: /goroutine stack exceeds (?<bytes>\d+)-byte limit/,
    en: ({ bytes }) => `the stack grew past its limit of ${size(bytes!)}`,
    zh: ({ bytes }) => `栈增长超过了 ${size(bytes!)} 的上限`,
  },
  {
    pattern: /out of memory: cannot allocate (?<bytes>\d+)-byte block \((?<used>\d+) in use\)/,
    en: ({ bytes, used }) => `${size(bytes!)} wanted, ${size(used!)} already in use`,
    zh: ({ bytes, used }) => `申请 ${size(bytes!)}，此前已用 ${size(used!)}`,
  },
  {
    pattern: /program exceeds (?<limit>\d+)-thread limit/,
    en: ({ limit }) => `more than ${limit} threads`,
    zh: ({ limit }) => `线程超过 ${limit} 个`,
  },
  {
    pattern: /test timed out after (?<after>\S+)/,
    en: ({ after }) => `the test ran for ${after}`,
    zh: ({ after }) => `测试运行了 ${after}`,
  },
  {
    pattern: /^(?:runtime error: )?send on closed channel/,
    en: () => "sent on a closed channel",
    zh: () => "向已关闭的 channel 发送",
  },
  {
    pattern: /^(?:runtime error: )?close of closed channel/,
    en: () => "closed a channel that was closed already",
    zh: () => "重复关闭已关闭的 channel",
  },
  {
    pattern: /^(?:runtime error: )?close of nil channel/,
    en: () => "closed a nil channel",
    zh: () => "关闭了 nil channel",
  },
  {
    pattern: /^runtime error: integer divide by zero/,
    en: () => "divided by zero",
    zh: () => "除数为零",
  },
  {
    pattern: /^concurrent map writes/,
    en: () => "two goroutines write it",
    zh: () => "两个 goroutine 同时写入",
  },
  {
    pattern: /^concurrent map read and map write/,
    en: () => "one goroutine reads it while another writes",
    zh: () => "一个 goroutine 在读，另一个在写",
  },
  {
    pattern: /^concurrent map iteration and map write/,
    en: () => "one goroutine ranges over it while another writes",
    zh: () => "一个 goroutine 在遍历，另一个在写",
  },
  {
    pattern: /^sync: (?:R?Unlock of unlocked (?:RW)?Mutex|unlock of unlocked mutex)/,
    en: () => "unlocked what was not locked",
    zh: () => "解了没有加锁的锁",
  },
  {
    pattern: /^sync: negative WaitGroup counter/,
    en: () => "Done was called more often than Add",
    zh: () => "Done 的次数多于 Add",
  },
  {
    pattern: /^runtime error: hash of unhashable type (?<type>\S+)/,
    en: ({ type }) => `a map key holds a ${type}`,
    zh: ({ type }) => `map 的键里装的是 ${type}`,
  },
  {
    pattern: /^runtime error: comparing uncomparable type (?<type>\S+)/,
    en: ({ type }) => `two ${type} were compared`,
    zh: ({ type }) => `比较了两个 ${type}`,
  },
];

/** Says the decisive numbers, or undefined where there are none. The text may hold hostile characters. */
export function decisiveNumbers(report: CrashReport, language: Language): string | undefined {
  for (const message of messages(report)) {
    for (const saying of SAYINGS) {
      const found = saying.pattern.exec(message);
      if (found) return (language === "zh-cn" ? saying.zh : saying.en)(found.groups ?? {});
    }
  }
  return faultAddress(report, language) ?? deadlock(report, language);
}

function* messages(report: CrashReport): Generator<string> {
  for (const panic of report.panics) yield panic.value;
  if (report.fatal) yield report.fatal.message;
  yield* report.runtimeLines;
  yield report.header;
}

/** The zero page is never mapped: an address in it is nil plus the offset of a field. */
const ZERO_PAGE = 4096n;

function faultAddress(report: CrashReport, language: Language): string | undefined {
  const addr = report.signal?.addr;
  if (addr === undefined || !/^0x[0-9a-f]+$/.test(addr)) return undefined;
  const zh = language === "zh-cn";
  const value = BigInt(addr);
  // With code 0x80 the kernel knows no address and reports 0 (a non-canonical pointer on amd64).
  const told = report.signal?.code !== "0x80";
  if (value === 0n && told) return zh ? "访问了地址 0" : "address 0 was touched";
  if (value < ZERO_PAGE && told) {
    return zh
      ? `访问了地址 ${addr}，即空指针加 ${value} 字节的偏移`
      : `address ${addr} was touched, a null pointer plus ${value} bytes`;
  }
  if (report.signal?.pc === addr) return zh ? `跳到了坏地址 ${addr}` : `a jump to the bad address ${addr}`;
  return value === 0n ? undefined : zh ? `出错地址 ${addr}` : `at address ${addr}`;
}

function deadlock(report: CrashReport, language: Language): string | undefined {
  if (!report.fatal?.message.includes("all goroutines are asleep")) return undefined;
  const count = report.goroutineCount;
  if (count < 2) return undefined;
  return language === "zh-cn" ? `共 ${count} 个` : `${count} in all`;
}

function less(length: string): string {
  return String(BigInt(length) - 1n);
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB", "PB"];

/** `1 GB` for 1000000000, `1.5 GB`; decimal, because the runtime's own limits are round in decimal. */
export function size(bytes: string | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[unit]}`;
}
