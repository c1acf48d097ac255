/** Linux signals by number, as Go names and describes them. Source: runtime/defs_linux_*.go, sigtab_linux_generic.go. */
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

export function signalName(number: number): string {
  return SIGNALS[number]?.[0] ?? `signal ${number}`;
}

export function signalWords(number: number): string {
  return SIGNALS[number]?.[1] ?? "";
}
