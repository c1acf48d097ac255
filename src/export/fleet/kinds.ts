/** How a record's kind is told: in this order, the first that fits. See CrashKind in src/trace/report.ts. */
import type { CrashKind } from "../../trace/report.ts";
import { type Ask, any, find } from "./tests.ts";

/**
 * The line that opens a panic's text. In the middle of a line it counts only where a traceback follows, because many a
 * logger writes the word.
 */
const PANIC = any([
  find("(?m)^[\\t]*panic: "),
  find("(?m)^(?:[^\\n]*[^a-z.])?[a-z][a-z0-9./-]*: panic serving [^ \\n]+: "),
  find("(?m)^[^\\n]*[^A-Za-z_(\"']panic: [^\\n]*\\n(?:[^\\n]*\\n){0,3}goroutine [0-9]+[^\\n]*\\["),
]);

/** In front of a panic's value. Places of `find` questions: see place(). */
export const panicBefore =
  "(?:\\t*panic: |(?:[^\\n]*[^a-z.])?[a-z][a-z0-9./-]*: panic serving [^ \\n]+: |[^\\n]*[^A-Za-z_(\"'\\t]panic: )";

const FATAL = find("(?m)^(?:fatal error|throw): ");

/** Names of signals, and the words that tell them where the process ended without a Go text. */
export const endings: Readonly<Record<string, { readonly words: string; readonly number: number }>> = {
  SIGHUP: { words: "hangup", number: 1 },
  SIGINT: { words: "interrupt", number: 2 },
  SIGQUIT: { words: "quit", number: 3 },
  SIGILL: { words: "illegal instruction", number: 4 },
  SIGTRAP: { words: "trace/breakpoint trap", number: 5 },
  SIGABRT: { words: "aborted|abort trap", number: 6 },
  SIGBUS: { words: "bus error", number: 7 },
  SIGFPE: { words: "floating point exception", number: 8 },
  SIGKILL: { words: "killed", number: 9 },
  SIGSEGV: { words: "segmentation fault", number: 11 },
  SIGTERM: { words: "terminated", number: 15 },
  SIGSYS: { words: "bad system call", number: 31 },
};

/** Lines that say a process ended by itself or was ended, RE2, for the status or signal given. */
export function endedWith(status: string): string {
  return `(?m)^(?:exit status ${status}$|[ ]+Exit Code:[ ]+${status}$|[^\\n]*(?:exit(?:ed)?(?: with)?(?: status| code)|exit_?[cC]ode|Exit ?Code)["']?[ ]?[:=]?[ ]?${status}(?:[^0-9]|$))`;
}

/** Finds the end by one of these signals, in words or by number; undefined where none has words. */
export function endedBy(names: readonly string[]): string | undefined {
  const known = names.flatMap((name) => endings[name] ?? []);
  if (known.length === 0) return undefined;
  const words = known.map((ending) => ending.words).join("|");
  const shell = words.replace(/(^|\|)([a-z])/g, (_all, bar: string, c: string) => bar + c.toUpperCase());
  return (
    `(?m)(?:(?:^|[ :"])signal: (?:${words})(?: \\(core dumped\\))?["' ]*$` +
    `|^(?:[^\\n]{0,100}[ \\t][0-9]+:?[ \\t]+)?(?:${shell})(?:[ \\t]*\\(core dumped\\)[^\\n]*|[ ]{2,}[^\\n]+)?$` +
    `|(?:terminated|killed) by signal (?:${known.map(({ number }) => number).join("|")})(?:[^0-9]|$))`
  );
}

export const outOfMemoryKill = find(
  "(?m)(?:Reason[\"']?[ ]*[:=][ ]*[\"']?OOMKilled|^[ ]*OOMKilled|OOMKilled[\"']?[ ]*[:=][ ]*true|(?:Memory cgroup out|Out) of memory: Kill(?:ed)? process|oom-kill:constraint=)",
);

/** A log line of the level that ends the process, as glog, klog, zap, zerolog, logrus, slog write it. */
export const fatalLine = find(
  "(?m)(?:^F[0-9]{4} [0-9]{2}:[0-9]{2}:|^FATA\\[|(?:^|[ \\t])FATAL(?::[ ]?[^ ]|[ \\t\\]])|[\"']?level[\"']?[:=][ ]?[\"']?fatal\\b)",
);

const SIGNAL = find("(?m)^[ \\t]*(?:SIG[A-Z]{2,8}: [a-z][a-z /-]+$|Exception 0x[0-9a-f]+ |Signal [0-9]+$)");
const DUMP = find("(?m)^[ \\t]*(?:goroutine [0-9]+[^\\n]*\\[[^\\n]*\\]:$|\\[?Goroutine [0-9]+ in state )");

/** Words of what kept a program from starting, of loaders and shells. */
const NOT_STARTED = find(
  "(?m)(?:error while loading shared libraries: |symbol lookup error: |' not found \\(required by |Error (?:loading shared library|relocating) |exec format error|Exec format error|exec /[^ ]*: no such file|cannot execute|microarchitecture support\\.)",
);

/** A line of Go's log package, directly below which the process ends as log.Fatal ends it. */
export const lastLogLine = find(
  "(?m)^[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9.]+ [^\\n]*\\nexit status 1$",
);

/** A parent's word on a child that ended with a status above 1. */
const CHILD_ENDED = find(
  "(?im)\\b(?:process|runner|child|command|container|server|worker|plugin|subprocess)\\b[^\\n]{0,80}\\b(?:terminated|exited|died|no longer running|crashed|ended)\\b[^\\n]{0,40}(?:exit status|exit code|code|status)[ :=]*(?:[2-9]|[0-9]{2,3})(?:[^0-9]|$)",
);

/** Signals that end a process by themselves; the others are how one is asked to end. */
const fatalSignals = Object.keys(endings).filter((name) => !["SIGINT", "SIGTERM", "SIGHUP"].includes(name));

const ENDED = any([
  CHILD_ENDED,
  lastLogLine,
  find(endedWith("(?:12[67]|13[0-9]|14[0-9]|15[0-9])")),
  find(endedBy(fatalSignals)!),
  outOfMemoryKill,
]);

/** Each kind's question, in the order they are asked. glog and klog print all stacks below a fatal line. */
export const kinds: readonly (readonly [CrashKind, Ask])[] = [
  ["race", find("(?m)^WARNING: DATA RACE")],
  ["test-timeout", find("(?m)^[\\t]*panic: test timed out after ")],
  ["panic", PANIC],
  ["fatal", FATAL],
  ["signal", SIGNAL],
  ["exit-status", fatalLine],
  ["goroutine-dump", DUMP],
  ["exit-status", any([ENDED, NOT_STARTED])],
];

/** What every record with a crash holds: cheap to ask before all else. RE2. */
export const guard =
  "panic: |panic serving |fatal error: |throw: |SIG[A-Z]{2,8}: |Exception 0x|DATA RACE|oroutine [0-9]+ |signal: |by signal |xit(?:ed)?[ _](?:with|status|code)|[eE]xit ?[cC]ode|OOM|oom-kill|out of memory: |Killed|Aborted|fault|rror|core dumped|FATA|fatal|(?m:^F[0-9]{4} )|not found \\(required by |xec format|cannot execute|microarchitecture|exec /";
