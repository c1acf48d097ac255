/** The single lines around a traceback: headers, signals, exits. Sources: runtime/panic.go, signal_unix.go, os/exec. */
import type { ByteRange, Exit, Panic, Serving, Signal } from "./report.ts";

const SIGNAL_BRACKET =
  /^\s*\[signal (SIG[A-Z0-9]+|0x[0-9a-f]+|\d+)(?:: ([^\]=]*?))? ?(?:code=(0x[0-9a-f]+|-?\d+))? ?(?:addr=(0x[0-9a-f]+))? ?(?:pc=(0x[0-9a-f]+))?\]?\s*$/;

/** `[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x4a1b17]`. */
export function parseSignalBracket(text: string, at: ByteRange): Signal | undefined {
  const match = text.includes("[signal ") ? SIGNAL_BRACKET.exec(text) : null;
  if (!match) return undefined;
  const [, name, description, code, addr, pc] = match;
  return {
    name: signalName(name!),
    ...(description && { description: description.trim() }),
    ...(code && { code }),
    ...(addr && { addr }),
    ...(pc && { pc }),
    inCgo: false,
    at,
  };
}

const SIGNAL_LINE = /^\s*(SIG[A-Z]{2,8}): ([a-z][a-z /-]{2,60})\s*$/;
const UNNAMED_SIGNAL_LINE = /^Signal (\d{1,3})\s*$/;
const EXCEPTION_LINE =
  /^\s*Exception (0x[0-9a-f]{1,8})(?: 0x[0-9a-f]+)?(?: (0x[0-9a-f]+))?(?: (0x[0-9a-f]+))?\s*$/;

/** `SIGABRT: abort`, the first line of the block a fatal signal prints; Windows' `Exception 0xc0000005 ...`. */
export function parseSignalLine(text: string, at: ByteRange): Signal | undefined {
  const match = SIGNAL_LINE.exec(text);
  if (match) return { name: match[1]!, description: match[2]!, inCgo: false, at };
  const exception = EXCEPTION_LINE.exec(text);
  if (exception) {
    return {
      name: windowsException(exception[1]!) ?? exception[1]!,
      code: exception[1]!,
      ...(exception[2] && { addr: exception[2] }),
      ...(exception[3] && { pc: exception[3] }),
      inCgo: false,
      at,
    };
  }
  const unnamed = UNNAMED_SIGNAL_LINE.exec(text);
  return unnamed ? { name: unnamed[1]!, inCgo: false, at } : undefined;
}

/** Go 1.5 to 1.8 print the number: `[signal 0xb code=0x1 ...`. */
function signalName(name: string): string {
  if (name.startsWith("SIG")) return name;
  return windowsException(name) ?? SIGNAL_NUMBERS[Number(name)] ?? name;
}

/** NTSTATUS codes the runtime meets. Source: runtime/defs_windows.go. */
function windowsException(code: string): string | undefined {
  switch (code.toLowerCase()) {
    case "0xc0000005":
      return "EXCEPTION_ACCESS_VIOLATION";
    case "0xc000001d":
      return "EXCEPTION_ILLEGAL_INSTRUCTION";
    case "0xc0000094":
      return "EXCEPTION_INT_DIVIDE_BY_ZERO";
    case "0xc0000095":
      return "EXCEPTION_INT_OVERFLOW";
    case "0xc0000006":
      return "EXCEPTION_IN_PAGE_ERROR";
    default:
      return undefined;
  }
}

const PC_LINE = /^\s*PC=(0x[0-9a-f]+)(?: m=(-?\d+))?(?: sigcode=(\d+))?(?: addr=(0x[0-9a-f]+))?(?: .*)?\s*$/;

/** `PC=0x7f.. m=0 sigcode=18446744073709551610 addr=0x0`: more of the signal above it. */
export function parsePcLine(text: string): Partial<Signal> | undefined {
  const match = text.includes("PC=") ? PC_LINE.exec(text) : null;
  if (!match) return undefined;
  const [, pc, m, sigcode, addr] = match;
  return {
    pc: pc!,
    ...(m !== undefined && { m: Number(m) }),
    ...(sigcode !== undefined && { sigcode }),
    ...(addr !== undefined && { addr }),
  };
}

/** True for the line that says the signal hit C code. */
export function isCgoSignalLine(text: string): boolean {
  return /^\s*signal arrived during (?:cgo|external code) execution/.test(text);
}

const TYPED_POINTER =
  /^\((\*?[^\s()]+|\*?[^()]{1,200})\) (?:0x[0-9a-f]+|\(0x[0-9a-f]+(?:, ?0x[0-9a-f]+)*\)|\{|\()/;
const TYPED_VALUE = /^([\w./\-%~]*\.[\w[\],./]+)[({]/;

/** Reads the value behind `panic: `, which may hold several lines. */
export function parsePanicValue(raw: string, at: ByteRange): Panic {
  let value = raw;
  let recovered = false;
  let repanicked = false;
  const marks = / \[(recovered(?:, repanicked)?|repanicked)\]\s*$/.exec(value);
  if (marks) {
    recovered = marks[1]!.startsWith("recovered");
    repanicked = marks[1]!.includes("repanicked");
    value = value.slice(0, marks.index);
  }
  const type = (TYPED_POINTER.exec(value) ?? TYPED_VALUE.exec(value))?.[1];
  return { value: value.trimEnd(), ...(type && { type }), recovered, repanicked, at };
}

const SERVING = /(?:^|[\s\]:>|])([a-z][\w./-]{1,30}): panic serving ([^\s]{1,100}?): (.*)$/;

/** `http: panic serving 10.0.0.7:51234: boom`: who served whom, and the value. */
export function parseServing(text: string): { serving: Serving; value: string } | undefined {
  const match = text.includes("panic serving ") ? SERVING.exec(text) : null;
  if (!match) return undefined;
  return { serving: { server: match[1]!, peer: match[2]! }, value: match[3]! };
}

const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  aborted: "SIGABRT",
  "abort trap": "SIGABRT",
  "segmentation fault": "SIGSEGV",
  "bus error": "SIGBUS",
  "illegal instruction": "SIGILL",
  "floating point exception": "SIGFPE",
  "trace/breakpoint trap": "SIGTRAP",
  "bad system call": "SIGSYS",
  killed: "SIGKILL",
  terminated: "SIGTERM",
  quit: "SIGQUIT",
  interrupt: "SIGINT",
  hangup: "SIGHUP",
};

const SHELL_WORDS =
  "Aborted|Abort trap|Segmentation fault|Bus error|Illegal instruction|Floating point exception|Trace/breakpoint trap|Bad system call|Killed|Quit";
const GO_SIGNAL = /(?:^|[\s:"])signal: ([a-z][a-z /]*[a-z])( \(core dumped\))?["'\s]*$/;
const SHELL_SIGNAL = new RegExp(
  `^(?:.{0,200}?:\\s+(?:line )?\\d+:?\\s+|.{0,100}?\\s\\d+\\s+|\\[\\d+\\]\\s*[-+]?\\s+(?:\\d+\\s+)?)?(${SHELL_WORDS})(?::? \\d+)?(?:\\s*(\\(core dumped\\))(?:\\s+\\S.{0,2000})?|\\s{2,}\\S.{0,2000})?\\s*$`,
);
/** Kubernetes' status and its table, docker inspect, and the kernel's own lines; the bare word is prose. */
const OOM =
  /(?:[Rr]eason["']?\s*[:=]\s*["']?|^\s*|^\S+\s+\d+\/\d+\s+)OOMKilled(?!\w)(?=["',\s]|$)(?![,;] )|OOMKilled["']?\s*[:=]\s*true|(?:Memory cgroup out|Out) of memory: Kill(?:ed)? process|oom-kill:constraint=/;
const STATUS_LINE = /^\s*exit status (\d{1,10}|0x[0-9a-f]{1,8})\s*$/;
/** `kubectl describe` of a container. */
const DESCRIBED = /^\s+Exit Code:\s+(\d{1,3})\s*$/;
const EXITED =
  /\b(?:exit(?:ed)?(?: with)?(?: status| code)|exitCode|exit_code|Exit Code|ExitCode)["']?\s*[:=]?\s*(\d{1,3}|0x[0-9a-f]{8})\b/;
const CHILD_ENDED =
  /\b(?:process|runner|child|command|container|server|worker|plugin|subprocess)\b.{0,80}?\b(?:terminated|exited|died|no longer running|crashed|ended)\b.{0,40}?(?:exit status|exit code|code|status)[ :=]*(\d{1,3}|0x[0-9a-f]{8})\b/i;
/** Postgres tells the same of its own children, in words no Go program has. */
const TERMINATED_BY = /(?<!\(PID \d{1,10}\) was )\b(?:terminated|killed) by signal (\d{1,2})\b/i;

/** Numbers of Linux signals that end a crash. */
const SIGNAL_NUMBERS: Readonly<Record<number, string>> = {
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
  31: "SIGSYS",
};

/**
 * How the process ended, when the line says so. `alone` tells whether the line is worth a report without any
 * crash text before it: a signal or a status of 128 and above is, `exit status 1` is not.
 */
export function parseExit(text: string, at: ByteRange): { exit: Exit; alone: boolean } | undefined {
  if (text.length > 2000) return undefined;
  const status = STATUS_LINE.exec(text) ?? DESCRIBED.exec(text);
  if (status) return fromStatus(Number(status[1]), text, at, isRefusal(Number(status[1])));
  if (text.includes("signal: ")) {
    const match = GO_SIGNAL.exec(text);
    const name = match && SIGNAL_WORDS[match[1]!];
    if (name)
      return fromSignal(name, match[2] !== undefined, text, at, name !== "SIGINT" && name !== "SIGTERM");
  }
  if (OOM.test(text)) return fromOom(text, at);
  const shell = /[AFSBITKQ]/.test(text) ? SHELL_SIGNAL.exec(text) : null;
  if (shell) {
    const dumped = shell[2] !== undefined;
    return fromSignal(
      SIGNAL_WORDS[shell[1]!.toLowerCase()]!,
      dumped,
      text,
      at,
      dumped || shell[1] !== "Quit",
    );
  }
  const child = CHILD_ENDED.exec(text);
  if (child) return fromStatus(Number(child[1]), text, at, Number(child[1]) > 1);
  const by = TERMINATED_BY.exec(text);
  if (by && SIGNAL_NUMBERS[Number(by[1])])
    return fromSignal(SIGNAL_NUMBERS[Number(by[1])]!, false, text, at, true);
  const exited = EXITED.exec(text);
  return exited ? fromStatus(Number(exited[1]), text, at, false) : undefined;
}

/** Statuses of shells and loaders for a program that they could not start; programs of their own give others. */
function isRefusal(status: number): boolean {
  return status === 126 || status === 127;
}

function fromStatus(status: number, text: string, at: ByteRange, child: boolean) {
  const name = status > 128 && status < 160 ? SIGNAL_NUMBERS[status - 128] : undefined;
  const exit: Exit = { status, ...(name && { signal: name }), text: text.trim(), at };
  return { exit, alone: name !== undefined ? name !== "SIGINT" : child && status > 1 };
}

function fromSignal(signal: string, coreDumped: boolean, text: string, at: ByteRange, alone: boolean) {
  return { exit: { signal, ...(coreDumped && { coreDumped }), text: text.trim(), at }, alone };
}

function fromOom(text: string, at: ByteRange) {
  const code = EXITED.exec(text);
  return {
    exit: {
      ...(code && { status: Number(code[1]) }),
      signal: "SIGKILL",
      oomKilled: true,
      text: text.trim(),
      at,
    },
    alone: true,
  };
}

/** Every architecture has its own names: amd64 `rax`, arm64 `lr`, riscv64 `ra`. */
const REGISTER =
  /^\s*([a-z][a-z0-9]{0,7})\s+0x([0-9a-f]{1,16})(?:\s+([a-z][a-z0-9]{0,7})\s+0x([0-9a-f]{1,16}))?\s*$/;

/** `rax    0x0`, one or two to a line. */
export function parseRegisters(text: string): [string, string][] | undefined {
  if (text.length > 120 || !text.includes("0x")) return undefined;
  const match = REGISTER.exec(text);
  if (!match) return undefined;
  const list: [string, string][] = [[match[1]!, `0x${match[2]!}`]];
  if (match[3]) list.push([match[3], `0x${match[4]!}`]);
  return list;
}

const NATIVE = new RegExp(
  [
    "GGML_ASSERT",
    "ggml_abort",
    "GGML_ABORT",
    "Assertion (?:[`'\"].*['\"] failed|failed)",
    "\\bassertion failed",
    "CUDA error",
    "cudaError",
    "CUDA_ERROR_",
    "cublas\\w* ?(?:error|failed|status)",
    "CUBLAS_STATUS_",
    "HIP error",
    "hipError",
    "ncclError|NCCL WARN",
    "(?:free|malloc|realloc|calloc|munmap_chunk|malloc_consolidate|corrupted|unlink_chunk)\\w*\\(\\): ",
    "double free or corruption",
    "corrupted (?:size|double-linked|unsorted)",
    "\\*\\*\\* .*(?:detected|corruption)",
    "terminate called",
    "what\\(\\): ",
    "libc\\+\\+abi",
    "thread '.*' (?:\\(\\d+\\) )?panicked at",
    "fatal runtime error:",
    "panic in a function that cannot unwind",
    "(?:Address|Leak|Memory|Thread|UndefinedBehavior|HWAddress)Sanitizer",
    "error while loading shared libraries",
    "symbol lookup error",
    "undefined symbol:",
    "version [`']GLIBC",
    "pthread_create failed",
    "runtime/cgo: ",
    "llama_\\w+: .*(?:error|fail)",
    "ggml_\\w+: .*(?:error|fail|out of memory|unsupported)",
    "(?:cannot|failed to|unable to) allocate",
    "out of memory",
    "std::(?:bad_alloc|runtime_error|\\w+_error)",
    "pure virtual method called",
    "stack smashing",
    "buffer overflow detected",
    "Fatal Python error",
    "Intel MKL (?:FATAL )?ERROR",
    "OpenBLAS.*(?:error|fail|warning)",
    "Illegal instruction",
  ].join("|"),
);

/** True for a line that native code, its libraries or its sanitizers print before they give up. */
export function isNativeLine(text: string): boolean {
  return text.length <= 4000 && NATIVE.test(text) && !/^\s*(?:panic|fatal error|runtime): /.test(text);
}

const RUNTIME_LINE =
  /^\s*(?:runtime: |runtime\/cgo: |unexpected fault address |fatal: |checkptr: |cgocheck |acquirem: |sweep |instruction bytes: |object=0x|\*\(object\+|runtime stack:|stack=\[|sp=0x)/;

/** True for the runtime's own remarks around a header: `runtime: out of memory`, `unexpected fault address`. */
export function isRuntimeLine(text: string): boolean {
  return RUNTIME_LINE.test(text);
}
