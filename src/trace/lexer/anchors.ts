/** The words the scanner looks for. */

export interface Anchor {
  readonly text: string;
  /** Offset of four bytes that are rare in logs: the scanner stops only where these stand. */
  readonly rare: number;
}

/**
 * At least one of them stands in every text that becomes a report. A false anchor costs a few lines read in vain, a
 * missing one a crash unseen.
 */
export const ANCHORS: readonly Anchor[] = [
  { text: "panic: ", rare: 1 },
  { text: "panic serving ", rare: 1 },
  { text: "panic recovered", rare: 1 },
  { text: "fatal error: ", rare: 0 },
  { text: "goroutine ", rare: 1 },
  // `SIGABRT: abort`, whose goroutines may be cut away, and `[signal SIGSEGV`.
  { text: "SIGABRT", rare: 0 },
  { text: "SIGSEGV", rare: 0 },
  { text: "SIGBUS", rare: 0 },
  { text: "SIGFPE", rare: 0 },
  { text: "SIGILL", rare: 0 },
  { text: "SIGQUIT", rare: 0 },
  { text: "SIGTRAP", rare: 0 },
  { text: "SIGSYS", rare: 0 },
  { text: "[signal ", rare: 2 },
  { text: "DATA RACE", rare: 3 },
  // Frames whose head was cut.
  { text: " +0x", rare: 0 },
  // Stacks of zap have no other mark.
  { text: "gopanic", rare: 3 },
  // Before Go 1.
  { text: "throw: ", rare: 2 },
  // Windows.
  { text: "Exception 0x", rare: 0 },
  // How a process ended.
  { text: "exit status ", rare: 1 },
  { text: "exit code", rare: 1 },
  { text: "ExitCode", rare: 1 },
  // kubectl describe.
  { text: "Exit Code:", rare: 1 },
  { text: "exitCode", rare: 1 },
  { text: "exited with", rare: 1 },
  { text: "signal: ", rare: 1 },
  { text: "by signal ", rare: 4 },
  { text: "core dumped", rare: 5 },
  { text: "egmentation fault", rare: 0 },
  { text: "Aborted", rare: 0 },
  { text: "Bus error", rare: 0 },
  { text: "Killed", rare: 0 },
  { text: "Kill process", rare: 0 },
  { text: "oom-kill", rare: 2 },
  // What keeps a program from starting: loaders, the kernel by way of runc and shells, the runtime's own check. Their order
  // gives them buckets in which they cost the least on logs without a crash.
  { text: "symbol lookup error: ", rare: 8 },
  { text: "microarchitecture support.", rare: 8 },
  { text: ": cannot execute", rare: 4 },
  { text: "loading shared librar", rare: 15 },
  { text: "' not found (required by ", rare: 17 },
  { text: "exec /", rare: 1 },
  { text: "xec format error", rare: 0 },
  { text: "Error relocating ", rare: 8 },
];
