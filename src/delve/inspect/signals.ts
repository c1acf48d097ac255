/** Signals and exceptions. Pure. Linux signals by number, as Go names and describes them. Source: runtime/defs_linux_*.go, sigtab_linux_generic.go. */
const SIGNALS: Readonly<Record<number, readonly [name: string, words: string]>> = {
  1: ["SIGHUP", "terminal line hangup"],
  2: ["SIGINT", "interrupt"],
  3: ["SIGQUIT", "quit"],
  4: ["SIGILL", "illegal instruction"],
  5: ["SIGTRAP", "trace trap"],
  6: ["SIGABRT", "abort"],
  7: ["SIGBUS", "bus error"],
  8: ["SIGFPE", "floating-point exception"],
  9: ["SIGKILL", "kill"],
  11: ["SIGSEGV", "segmentation violation"],
  13: ["SIGPIPE", "write to broken pipe"],
  15: ["SIGTERM", "termination"],
  31: ["SIGSYS", "bad system call"],
};

/** Exceptions of Windows, by their NTSTATUS. Sources: ntstatus.h, runtime/defs_windows.go. */
const EXCEPTIONS: Readonly<Record<number, readonly [name: string, words: string]>> = {
  2147483651: ["EXCEPTION_BREAKPOINT", "breakpoint"],
  3221225477: ["EXCEPTION_ACCESS_VIOLATION", "access violation"],
  3221225478: ["EXCEPTION_IN_PAGE_ERROR", "page could not be read in"],
  3221225501: ["EXCEPTION_ILLEGAL_INSTRUCTION", "illegal instruction"],
  3221225614: ["EXCEPTION_FLT_DIVIDE_BY_ZERO", "floating-point division by zero"],
  3221225620: ["EXCEPTION_INT_DIVIDE_BY_ZERO", "integer division by zero"],
  3221225621: ["EXCEPTION_INT_OVERFLOW", "integer overflow"],
  3221225725: ["EXCEPTION_STACK_OVERFLOW", "stack overflow"],
  3221226356: ["STATUS_HEAP_CORRUPTION", "heap corruption"],
  3221226505: ["STATUS_STACK_BUFFER_OVERRUN", "fail fast, as abort() does"],
  3765269347: ["C++ exception", "not caught"],
};

/** Windows' codes have severity bits; Unix' signals are small. */
export function isException(number: number): boolean {
  return number >= 2 ** 30;
}

export function signalName(number: number): string {
  const known = SIGNALS[number] ?? EXCEPTIONS[number];
  return known?.[0] ?? (isException(number) ? `0x${number.toString(16)}` : `signal ${number}`);
}

export function signalWords(number: number): string {
  return (SIGNALS[number] ?? EXCEPTIONS[number])?.[1] ?? "";
}
