/** What to do next, in both languages. */
import type { CrashReport } from "../trace/report.ts";
import type { IndexedCause } from "./catalog.ts";
import type { Language, Location, Need } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";
import { inLanguage } from "./rank.ts";

interface Situation {
  readonly facts: Facts;
  readonly event: string;
  readonly location: Location | undefined;
  /** The most likely cause, if any. */
  readonly cause: IndexedCause | undefined;
  readonly needs: ReadonlySet<Need>;
}

interface Step {
  readonly en: string;
  readonly zh: string;
}

/** The few steps that fit this diagnosis, the most telling first. */
export function nextSteps(situation: Situation, language: Language): string[] {
  const steps: (Step | undefined)[] = [
    lookAt(situation.location),
    verify(situation.cause),
    ...(situation.cause ? [] : unknownSteps(situation)),
    raceDetector(situation),
    nativeCore(situation),
    allGoroutines(situation),
    noStack(situation),
    wholeText(situation),
    source(situation),
  ];
  return steps.filter((step) => step !== undefined).map((step) => inLanguage(step, language));
}

function lookAt(location: Location | undefined): Step | undefined {
  if (!location) return undefined;
  const where = location.file === undefined ? undefined : `${location.file}:${location.line ?? 0}`;
  if (location.basis === "native") {
    const line = where ? `${where}` : `"${location.function}"`;
    return {
      en: `Start with the native code's own words: ${line}.`,
      zh: `先看原生代码自己的报错：${line}。`,
    };
  }
  const name = location.function;
  const at = where ? ` (${where})` : "";
  if (location.basis === "created-by")
    return {
      en: `No frame of yours is on this goroutine. It was started in ${name}${at}: look there.`,
      zh: `这个 goroutine 里没有你的代码。它由 ${name}${at} 启动，从那里看起。`,
    };
  if (location.basis === "runtime")
    return {
      en: `The trace holds no frame of yours. The innermost frame is ${name}${at}.`,
      zh: `栈里没有你的代码，最内层是 ${name}${at}。`,
    };
  return { en: `Look at ${name}${at}.`, zh: `查看 ${name}${at}。` };
}

function verify(cause: IndexedCause | undefined): Step | undefined {
  if (!cause) return undefined;
  const { says, command } = cause.verify;
  if (command === undefined) return says;
  return { en: `${says.en} Run: ${command}`, zh: `${says.zh} 执行：${command}` };
}

const sharedState = /map|race|concurren|channel|sync|waitgroup|pool/;

function raceDetector({ facts: { report, context }, event, cause }: Situation): Step | undefined {
  if (report.kind === "race" || context.build?.race) return undefined;
  if (cause?.verify.command?.includes("-race")) return undefined;
  const speaks = report.fatal?.message.includes("concurrent map") || sharedState.test(event);
  if (!speaks || /nil-map/.test(event)) return undefined;
  return {
    en: "Run the tests or the service with -race: it names both goroutines and both lines.",
    zh: "用 -race 跑测试或服务：它会给出冲突双方的 goroutine 和代码行。",
  };
}

function nativeCore({ facts: { report, context }, event }: Situation): Step | undefined {
  if (context.ofCore) return undefined;
  const native = report.signal?.inCgo || report.signal?.name === "SIGABRT" || event.startsWith("native/");
  if (!native || report.kind === "exit-status" || report.kind === "race") return undefined;
  if (report.exit?.coreDumped)
    return {
      en: "A core was written: dlv core EXE CORE opens it.",
      zh: "已生成 core 文件：用 dlv core EXE CORE 打开。",
    };
  if (report.kind !== "signal") return undefined;
  // The number is what the runtime prints of a Windows exception that has no name of its own there.
  if (/^(?:EXCEPTION_|0x)/.test(report.signal?.name ?? ""))
    return {
      en: "For the C stack get a minidump: set GOTRACEBACK=wer and let Windows Error Reporting keep full dumps (LocalDumps, DumpType 2), or dump the running process: procdump -ma PID",
      zh: "要看 C 的调用栈，先生成 minidump：设置 GOTRACEBACK=wer，并让 Windows 错误报告保留完整转储（LocalDumps，DumpType 2）；或转储运行中的进程：procdump -ma PID",
    };
  return {
    en: "For the C stack get a core: ulimit -c unlimited, then run with GOTRACEBACK=crash.",
    zh: "要看 C 的调用栈，先生成 core：执行 ulimit -c unlimited，再以 GOTRACEBACK=crash 运行。",
  };
}

function allGoroutines({ facts: { report }, cause, needs }: Situation): Step | undefined {
  if (report.kind !== "panic" || report.recovered || report.goroutines.length !== 1) return undefined;
  // An index is wrong whatever the other goroutines do.
  if (cause && !needs.has("goroutines")) return undefined;
  return {
    en: "Only one goroutine is shown. GOTRACEBACK=all prints the others too.",
    zh: "这里只显示了一个 goroutine。设置 GOTRACEBACK=all 可以打印其余的。",
  };
}

function noStack({ facts: { report } }: Situation): Step | undefined {
  const prints = report.kind === "panic" || report.kind === "fatal" || report.kind === "signal";
  if (!prints || report.goroutines.length > 0 || report.completeness !== "whole") return undefined;
  return {
    en: "The text holds no stack. GOTRACEBACK=none hides it: run with GOTRACEBACK=all.",
    zh: "文本里没有调用栈。GOTRACEBACK=none 会把它隐藏：请用 GOTRACEBACK=all 运行。",
  };
}

function wholeText({ facts: { report } }: Situation): Step | undefined {
  if (report.kind === "exit-status" || report.completeness === "whole") return undefined;
  if (isPanicWithoutWords(report)) return undefined;
  return {
    en: "The text is cut. The whole of it, from the first line to the last frame, may settle more.",
    zh: "文本不完整。补上从第一行到最后一帧的全文，可以判断得更准。",
  };
}

function source({ facts, location, needs }: Situation): Step | undefined {
  if (!needs.has("source") || facts.context.source === undefined || location?.file === undefined)
    return undefined;
  return {
    en: "The source file was not found here. Run this in the module's folder to have the line judged too.",
    zh: "这里找不到源文件。在模块目录下运行，就能连同这一行一起判断。",
  };
}

/** What helps where the catalogue has no event, by the class of failure. */
function unknownSteps({ facts: { report }, event }: Situation): (Step | undefined)[] {
  if (!event.startsWith("unknown/")) return [ruledOut];
  switch (report.kind) {
    case "panic":
      if (isPanicWithoutWords(report)) return [lostWords];
      return [unknownPanic(report.panics[0]?.value ?? report.header, report.panics[0]?.type)];
    case "fatal":
      return [fatalStep];
    case "signal":
      return [signalStep(report.signal?.name)];
    case "exit-status":
      return [exitStep(report.exit)];
    case "goroutine-dump":
      return [dumpStep];
    case "race":
      return [raceStep];
    case "test-timeout":
      return [timeoutStep];
  }
}

function unknownPanic(value: string, type: string | undefined): Step {
  if (value.startsWith("runtime error:"))
    return {
      en: "The runtime raised this itself: check what the line divides, indexes, converts or dereferences.",
      zh: "这是运行时自己抛出的：看这一行做了什么除法、下标、转换或解引用。",
    };
  if (type !== undefined || /^[\w./]+\.[\w*]+[({]/.test(value))
    return {
      en: "The value has a type of its own. Find where that type is made, and where it is passed to panic.",
      zh: "这个值有自己的类型。查找该类型在哪里构造、又在哪里传给 panic。",
    };
  return {
    en: "Somebody wrote this text: search the code and its modules for it, then read what the check demands.",
    zh: "这段文字是人写的：在代码和依赖模块里搜索它，看那处检查要求什么。",
  };
}

/** The stack of a panic is there, what it said is not. */
export function isPanicWithoutWords({ kind, header, panics }: CrashReport): boolean {
  return kind === "panic" && header === "" && (panics[0]?.value ?? "") === "";
}

const lostWords: Step = {
  en: "What the panic said stood above the stack. Fetch the lines before it, such as with kubectl logs --previous or journalctl; until then only the place is known.",
  zh: "panic 的报错信息本在栈的上方。先取回更早的日志（如 kubectl logs --previous、journalctl）；在那之前只知道出错位置。",
};
const ruledOut: Step = {
  en: "The text speaks against every known cause of this event. Read what the event proves, then the line.",
  zh: "文本排除了这个事件的所有已知原因。先看事件能证明什么，再看这一行。",
};
const fatalStep: Step = {
  en: "The runtime stopped on purpose and nothing can recover it. Search the Go source for the words behind `fatal error:`.",
  zh: "运行时主动终止，无法 recover。在 Go 源码里搜索 `fatal error:` 后面的文字。",
};
const dumpStep: Step = {
  en: "A dump is no failure by itself. Start with the largest group of equal stacks and the longest wait.",
  zh: "转储本身不是故障。从栈相同、数量最多、等待最久的那组 goroutine 看起。",
};
const raceStep: Step = {
  en: "Two goroutines use one address and nothing orders them. Decide which lock or channel must stand between both lines.",
  zh: "两个 goroutine 访问同一地址且没有先后约束。先确定两处代码之间该由哪把锁或哪个 channel 来约束。",
};
const timeoutStep: Step = {
  en: "Find the goroutine of the running test and what it waits for; go test -timeout 30s -run NAME repeats it sooner.",
  zh: "找到正在运行的测试所在的 goroutine，看它在等什么；go test -timeout 30s -run NAME 可以更快重现。",
};

/** Exit codes of a shell for a process that a signal ended. */
const signalOfStatus: Readonly<Record<number, string>> = {
  132: "SIGILL",
  134: "SIGABRT",
  135: "SIGBUS",
  139: "SIGSEGV",
};

function exitStep(exit: CrashReport["exit"]): Step {
  const signal = exit?.signal ?? signalOfStatus[exit?.status ?? 0];
  if (signal !== undefined && /^SIG(?:ILL|ABRT|BUS|SEGV|FPE)$/.test(signal))
    return {
      en: `Go prints a trace for ${signal} unless native code took the signal over, or stderr was lost. Look for the lines above, then get a core.`,
      zh: `Go 遇到 ${signal} 会打印调用栈，除非信号被原生代码接管，或 stderr 丢失。先找前面的输出，再取 core 文件。`,
    };
  if (exit?.status === 2)
    return {
      en: "Go ends with status 2 after a panic or a fatal error, and package flag after a wrong argument. The text went to stderr: see who started the program, and where that stream goes.",
      zh: "Go 在 panic 或致命错误后以状态 2 退出，flag 包遇到错误参数也是。文本写到了 stderr：看程序是谁启动的，这个流去了哪里。",
    };
  return {
    en: "The exit status alone is left. Find the program's last lines on stderr, and the kernel log if it was killed.",
    zh: "只剩退出状态。找到程序在 stderr 的最后几行；若是被杀死的，再看内核日志。",
  };
}

function signalStep(name: string | undefined): Step {
  const signal = name ?? "the signal";
  return {
    en: `Go cannot turn ${signal} into a panic here. Check who sent it: C code, the kernel, or another process.`,
    zh: `Go 无法把${name ? ` ${name} ` : "这个信号"}转成 panic。先查清是谁发出的：C 代码、内核，还是其他进程。`,
  };
}
