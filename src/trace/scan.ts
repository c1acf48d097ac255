/** Finds the next place where a crash may be, so that the bytes between are passed over and not read as lines. */

/** Where the scan stands and what it passed. */
export interface ScanResult {
  /** Offset of the first anchor, or -1. */
  readonly anchor: number;
}

/**
 * Bytes that at least one line of every crash text holds. Order does not matter; each is listed with the reason it
 * cannot be left out.
 */
export const ANCHORS: readonly string[] = [
  "panic: ", // every unrecovered panic, and logged ones
  "panic serving ", // net/http and x/net/http2
  "fatal error: ", // runtime.throw and runtime.fatal
  "goroutine ", // any traceback, also behind an unknown header
  "[signal ", // head cut above it
  "SIG", // SIGABRT: abort and its kin, whose goroutines may be cut
  "DATA RACE",
  " +0x", // frames whose head was cut
  "gopanic", // zap stacks have no other mark
  "throw: ", // before Go 1
  "Exception 0x", // Windows
  "exit status ",
  "exit code",
  "ExitCode",
  "exitCode",
  "exited with",
  "signal: ",
  "by signal ",
  "core dumped",
  "egmentation fault",
  "Aborted",
  "Bus error",
  "Killed",
  "Kill process",
  "oom-kill",
];

/** Longest anchor: a scan may stop that short of the end of what is there, and go on when more has come. */
export const ANCHOR_MAX = Math.max(...ANCHORS.map((anchor) => anchor.length));
