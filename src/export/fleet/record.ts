/**
 * A crash as one log record. Go prints a crash line by line; collectors read lines. Each collector can join lines into
 * a record when told which lines go on with the one before: these are the lines that stand only inside a crash text.
 */

/** Lines that a crash text goes on with, RE2, anchored at a line's start. */
const CONTINUATIONS: readonly string[] = [
  // Blank lines, indented ones (files, chained panics, races), `goroutine 7 [running]:`.
  "[ \\t]*$",
  "[ \\t]+[^ \\t]",
  "goroutine [0-9]+[ :]",
  "\\[(?:signal |originating from goroutine |Goroutine [0-9])",
  "(?:created by |runtime stack:|signal arrived |unexpected signal |\\.\\.\\.)",
  // `main.(*T).f(0x1, ...)`, `net/http.HandlerFunc.ServeHTTP(...)`, C frames of a symbolizer.
  "[A-Za-z0-9_./~%*()\\[\\]-]*[./][^ \\t]*\\([^\\n]*\\)(?: [a-z]+=0x[0-9a-f]+[^\\n]*)?$",
  "panic\\((?:0x|\\{|\\.\\.\\.)",
  "non-Go function$",
  // `PC=0x4a1b17 m=0 sigcode=1`, registers.
  "PC=0x",
  "[a-z][a-z0-9]{1,7} +0x[0-9a-f]+$",
  // Of the race detector.
  "={10,}$",
  "(?:Previous |Read |Write |Atomic )[a-z ]*(?:at|by) 0x",
  "Goroutine [0-9]+ \\([a-z]+\\) created at:",
  "running tests:",
  // Of a broken stack: what was on it, and where the unwinder lost its way.
  "(?:instruction bytes:|stack: frame=|[0-9a-f]{16}: |runtime: g [0-9]+[ :])",
  // An exported Go function and C symbols without a dot in their names.
  "_?cgo[a-z]*_[0-9A-Za-z_]+\\(|_cgoexp_|crosscall2\\(",
  // How the process ended, below its last words.
  "(?:exit status [0-9]+|signal: [a-z][a-z /]+(?: \\(core dumped\\))?)$",
];

/** Finds a line that goes on with the record before it. */
export const continuation = `^(?:${CONTINUATIONS.join("|")})`;

/** Lines of one record: a dump of more goroutines is told in several. */
export const longestRecord = 20_000;
