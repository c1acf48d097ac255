/**
 * What can be read off a crash text, and no opinion about it.
 *
 * Every optional field is absent when the text does not say it: nothing here is guessed. Addresses and
 * 64-bit register values are lower-case hexadecimal strings with `0x`, because they do not fit a number.
 * Byte offsets count in the input as it was pushed (after decompression), from 0.
 */

/** The form of the failure, as the text itself shows it. */
export type CrashKind =
  | "panic"
  | "fatal"
  | "signal"
  | "race"
  | "test-timeout"
  | "goroutine-dump"
  | "exit-status";

/** Half-open range of bytes of the input. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** How much of the text the input holds. A header without any frame is `cut-tail`. */
export type Completeness = "whole" | "cut-head" | "cut-tail" | "cut-both";

/** One link of the panic chain, in the order printed (oldest first). Source: runtime/panic.go printpanics. */
export interface Panic {
  /**
   * The value as printed, without `panic: `, marks and `[recovered]`. Several lines are joined by `\n`,
   * each without the tab the runtime adds.
   */
  readonly value: string;
  /** The dynamic type where the runtime printed one: `main.T` of `(main.T) 0xc000012345` or `main.E(3)`. */
  readonly type?: string;
  readonly recovered: boolean;
  readonly repanicked: boolean;
  /** `panic: ... [recovered]` after `runtime.Goexit`: a Goexit link of the chain. */
  readonly goexit?: boolean;
  readonly at: ByteRange;
}

/** `fatal error: MESSAGE`; `throw: MESSAGE` before Go 1. */
export interface FatalError {
  readonly message: string;
  readonly at: ByteRange;
}

/**
 * A signal (or Windows exception) the text names. Sources: runtime/signal_unix.go, signal_windows.go.
 * From the bracketed line after a panic, or from the `SIGABRT: abort` block.
 */
export interface Signal {
  /** `SIGSEGV`; for Windows `EXCEPTION_ACCESS_VIOLATION` or the number as printed, `0xc0000005`. */
  readonly name: string;
  /** The words after the name: `segmentation violation`, `abort`. */
  readonly description?: string;
  /** si_code of the bracketed form (`code=0x1`). */
  readonly code?: string;
  readonly addr?: string;
  readonly pc?: string;
  /** `sigcode=` of the block form, as printed in decimal: `18446744073709551610` is -6, SI_TKILL. */
  readonly sigcode?: string;
  /** `m=` of the block form: the thread that took the signal. */
  readonly m?: number;
  /** `signal arrived during cgo execution` or `external code execution`. */
  readonly inCgo: boolean;
  readonly at: ByteRange;
}

/** One frame. Frames without `at` are shared between goroutines: compare them by identity where speed counts. */
export interface Frame {
  /** As printed, without arguments: `main.(*Server).handle`, `net/http.HandlerFunc.ServeHTTP`. */
  readonly function: string;
  /** Import path of the function, unescaped: `github.com/acme/llm.v2`. Empty for C symbols. */
  readonly package: string;
  readonly file?: string;
  readonly line?: number;
  /** `+0x1d`, the offset of the pc in its function. */
  readonly offset?: number;
  /** Absolute pc, for C frames and `pc=0x..` suffixes. */
  readonly pc?: string;
  /** Arguments as printed, without the parentheses. `parseArguments` reads them. */
  readonly args?: string;
  /** `(...)`: the compiler inlined this call, arguments unknown. */
  readonly inlined?: boolean;
  /** A C, C++ or assembly frame from a cgo symbolizer, or `non-Go function`. */
  readonly native?: boolean;
  /** Where the frame stands in the input; present for faulting goroutines and `runtime stack:`. */
  readonly at?: ByteRange;
}

/** `created by F in goroutine N` (the goroutine since Go 1.21). */
export interface CreatedBy extends Frame {
  readonly goroutine?: number;
}

/** `[originating from goroutine N]:` with GODEBUG=tracebackancestors. */
export interface Ancestor {
  readonly goroutine: number;
  readonly frames: readonly Frame[];
  readonly createdBy?: CreatedBy;
}

export interface Goroutine {
  readonly id: number;
  /** `running`, `select (no cases)`, `chan receive (nil chan)`: the wait reason without the suffixes that become flags. */
  readonly state: string;
  /** `5 minutes`: the runtime prints a wait only from one minute on. */
  readonly waitMinutes?: number;
  readonly lockedToThread: boolean;
  /** `scan`, `leaked`, `durable` in parentheses, and words after commas that are none of the fields below. */
  readonly flags?: readonly string[];
  /** Number of the synctest bubble. */
  readonly bubble?: number;
  /** pprof labels (Go 1.27 on). */
  readonly labels?: Readonly<Record<string, string>>;
  /** `gp=0x.. m=0 mp=0x..` of fatal tracebacks. */
  readonly gp?: string;
  readonly m?: number;
  readonly mp?: string;
  readonly frames: readonly Frame[];
  /** Frames left out: the number printed, or -1 where only "additional frames elided" stands. */
  readonly elided?: number;
  readonly createdBy?: CreatedBy;
  readonly ancestors?: readonly Ancestor[];
  /** The goroutine that failed: the first after the header. A dump has none. */
  readonly faulting?: boolean;
  readonly at: ByteRange;
}

/** One access of a race report. */
export interface RaceAccess {
  /** `read`, `write`, `atomic read`, `atomic write`. */
  readonly op: string;
  readonly previous: boolean;
  readonly addr?: string;
  /** Goroutine id; 0 for the main goroutine. */
  readonly goroutine: number;
  readonly frames: readonly Frame[];
}

/** `WARNING: DATA RACE`. Source: compiler-rt tsan_report.cpp (Go flavour). */
export interface RaceReport {
  readonly accesses: readonly RaceAccess[];
  /** Creation stacks of the goroutines involved. */
  readonly creations: readonly {
    readonly goroutine: number;
    /** `running` or `finished`. */
    readonly state: string;
    readonly frames: readonly Frame[];
  }[];
  /** `found 2 data race(s)` where the runtime printed it. */
  readonly found?: number;
}

/** A line of native code's own words above the crash: assertion, glibc, CUDA, sanitizer, Rust, C++ runtime. */
export interface NativeLine {
  readonly text: string;
  readonly at: ByteRange;
}

/** What `go test` says around a crash. */
export interface TestContext {
  readonly package?: string;
  readonly name?: string;
  /** `running tests:` of a timeout, with the elapsed text in parentheses: `TestSlow (10s)`. */
  readonly running?: readonly string[];
  /** `10m0s` of `test timed out after 10m0s`. */
  readonly timeout?: string;
}

/** How the process ended, as the shell, `go run`, a container or a parent process said it. */
export interface Exit {
  readonly status?: number;
  /** `SIGKILL` for `signal: killed` or `Killed`. */
  readonly signal?: string;
  readonly coreDumped?: boolean;
  readonly oomKilled?: boolean;
  /** The header is the log line that ended the process: of a fatal level, or the last of Go's log package. */
  readonly logged?: "fatal" | "log";
  readonly text: string;
  readonly at: ByteRange;
}

/** `http: panic serving ADDR:` and its relatives: the server recovered the panic and went on. */
export interface Serving {
  /** `http`, `http2`, `rpc`, `grpc`, `klog`... the word before the colon. */
  readonly server: string;
  readonly peer?: string;
}

/** What was around the text: outermost first. */
export interface Wrapper {
  /** `journald`, `syslog`, `timestamp`, `compose`, `cri`, `klog`, `json`, `test2json`, `quote`, `comment`, ... */
  readonly kind: string;
  /** Who spoke, where the wrapper tells: service, pod, unit, container, test package. */
  readonly source?: string;
  readonly pid?: number;
}

export interface CrashReport {
  readonly kind: CrashKind;
  /** The line that says what happened, as printed but unwrapped. Empty when it is cut away. */
  readonly header: string;
  /** True when the process went on: `panic serving`, a recovered panic that a logger printed. */
  readonly recovered: boolean;
  readonly panics: readonly Panic[];
  readonly fatal?: FatalError;
  readonly signal?: Signal;
  /** Other `runtime: ...` lines around the header, such as `runtime: goroutine stack exceeds`. */
  readonly runtimeLines: readonly string[];
  readonly goroutines: readonly Goroutine[];
  /** Goroutines counted in the text: more than `goroutines.length` when a limit was reached. */
  readonly goroutineCount: number;
  readonly runtimeStack?: readonly Frame[];
  readonly registers?: Readonly<Record<string, string>>;
  readonly race?: RaceReport;
  readonly nativeLines: readonly NativeLine[];
  readonly test?: TestContext;
  readonly serving?: Serving;
  readonly exit?: Exit;
  /** Oldest and newest Go version that prints such text, as `1.24`; paths such as GOROOT's may pin it exactly. */
  readonly goVersion?: { readonly min?: string; readonly max?: string; readonly exact?: string };
  /** `gc` unless the text says otherwise. */
  readonly compiler: "gc" | "gccgo";
  readonly wrappers: readonly Wrapper[];
  readonly completeness: Completeness;
  readonly at: ByteRange;
  /** First and last line of the crash in the input, from 1. */
  readonly lines: { readonly first: number; readonly last: number };
  /** Stable over addresses, ids, runtime line shifts and Go versions: the same fault has the same one. 16 hex digits. */
  readonly fingerprint: string;
}
