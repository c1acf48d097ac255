// Loggers that print recovered panics (programs/loggers), goroutines of healthy programs, other languages' traces,
// and prose that only talks of crashes.
import { prose } from "../lib/prose.mjs";

const VALUE = "runtime error: index out of range [7] with length 0";
const BLOCK = { functions: ["main.(*cache).block"] };

function logger(name, crashes, extra = {}) {
  return { form: "logger", name, program: "loggers", args: [name], go: "1.26", crashes, ...extra };
}

const recovered = (more) => [{ kind: "panic", recovered: true, goroutineCount: 1, faulting: BLOCK, ...more }];
const json = { panics: [{ value: VALUE }], wrappers: ["json"], count: false };

const loggers = [
  logger("zap-json", recovered(json)),
  logger("slog-json", recovered(json)),
  logger("zerolog-json", recovered(json)),
  logger(
    "logrus-json",
    recovered({ ...json, panics: [{ value: { $match: VALUE.replace(/[[\]]/g, "\\$&") } }] }),
  ),
  logger("slog-text", recovered({ count: false })),
  logger("logrus-text", recovered({ count: false })),
  logger("zap-console", recovered({ count: false })),
  logger("zerolog-console", recovered({ count: false })),
  logger("std-log", recovered({ count: false, panics: [{ value: VALUE }] })),
  logger("klog-error", recovered({ count: false })),
  logger("klog-observed", [
    { kind: "panic", recovered: true, faulting: BLOCK, count: false },
    {
      kind: "panic",
      recovered: false,
      panics: [{ value: VALUE, recovered: true, repanicked: true }],
      faulting: { id: 1, ...BLOCK },
      count: false,
      completeness: "whole",
    },
  ]),
  logger("std-log-panic", [
    {
      kind: "panic",
      panics: [{ value: "cannot load /models/llama.gguf" }],
      faulting: { id: 1, topUser: "main.main", at: "std-log-panic" },
      completeness: "whole",
    },
  ]),
  logger("zap-panic", [
    {
      kind: "panic",
      panics: [{ value: "cannot load model" }],
      faulting: { id: 1, functions: ["main.main"] },
      completeness: "whole",
    },
  ]),
  logger("logrus-panic", [
    {
      kind: "panic",
      panics: [{ value: { $match: "^\\(\\*logrus.Entry\\) 0x" }, type: "*logrus.Entry" }],
      faulting: { id: 1, functions: ["main.main"] },
      completeness: "whole",
    },
  ]),
  // Errors with a stack, and fatal log lines: nobody panicked.
  logger("zap-stacktrace", []),
  logger("pkg-errors", []),
  logger("klog-fatal", []),
  logger("debug-stack", "healthy"),
  logger("print-stack", "healthy"),
];

const healthy = ["debug-2", "debug-1", "all-stacks", "one-stack"].flatMap((name) =>
  ["1.26", "1.13"].map((go) => ({
    form: "healthy",
    name: `${name}-go${go}`,
    program: "healthy",
    args: [name],
    go,
    crashes: "healthy",
  })),
);

const home = { HOME: process.env.HOME };
const foreign = [
  ["python", "python3 trace.py plain"],
  ["python-chained", "python3 trace.py chained"],
  ["node", "node trace.mjs"],
  ["node-rejection", "node trace.mjs rejection"],
  ["java", "java Trace.java threw"],
  ["java-threads", "java Trace.java threads"],
  ["rust", "rustc -g -o trace trace.rs 2>/dev/null; ./trace"],
  ["rust-backtrace", "rustc -g -o trace trace.rs 2>/dev/null; RUST_BACKTRACE=1 ./trace"],
  [
    "c-backtrace",
    "printf 'int main(void){int *p=0;return *p;}' > t.c && gcc -fsanitize=address,undefined -g -o t t.c 2>/dev/null; ./t",
  ],
].map(([name, command]) => ({
  form: "foreign",
  name,
  program: "foreign",
  go: "1.26",
  command: `${command}; true`,
  env: home,
  crashes: [],
}));

const ABORT = { name: "SIGABRT", description: "abort", inCgo: true };
const below = [
  {
    form: "foreign",
    name: "rust-under-cgo",
    program: "rustlib",
    go: "1.26",
    env: home,
    command:
      "rustc --crate-type=staticlib -C panic=abort -o libtokenizer.a tokenizer.rs 2>/dev/null && go build -o llmserver . && ./llmserver; true",
    crashes: [
      {
        kind: "signal",
        signal: ABORT,
        nativeLines: [{ $match: "panicked at tokenizer.rs:4:" }],
        faulting: { id: 1, topUser: "main.main", at: "tokenize" },
        completeness: "whole",
      },
    ],
  },
  {
    form: "foreign",
    name: "asan-under-cgo",
    program: "asan",
    go: "1.26",
    env: { ...home, ASAN_OPTIONS: "abort_on_error=1:symbolize=0" },
    command: "go build -asan -o llmserver . && ./llmserver; true",
    crashes: [
      {
        kind: "signal",
        signal: ABORT,
        nativeLines: [{ $match: "ERROR: AddressSanitizer: heap-buffer-overflow" }],
        faulting: { id: 1, topUser: "main.main", at: "overflow" },
      },
    ],
  },
];

const words = Object.entries(prose).map(([name, text]) => ({
  form: "prose",
  name,
  text: () => text,
  crashes: [],
}));

const tools = [
  [
    "go-vet",
    "tests",
    'printf \'package tokenizer\\nimport "fmt"\\nfunc bad() { fmt.Printf("%%d panic", "x") }\\n\' > bad.go; go vet .',
  ],
  ["compiler", "tests", "printf 'package tokenizer\\nfunc bad() int { panic := 1 }\\n' > bad.go; go build ."],
].map(([name, program, command]) => ({
  form: "prose",
  name,
  program,
  go: "1.26",
  command: `${command}; true`,
  crashes: [],
}));

const NIL = "runtime error: invalid memory address or nil pointer dereference";
const observed = {
  form: "logger",
  name: "klog-observed-before-0.32",
  program: "observed",
  go: "1.26",
  crashes: [
    { kind: "panic", recovered: true, faulting: { functions: ["main.(*cache).block"] }, count: false },
    {
      kind: "panic",
      recovered: false,
      panics: [{ value: NIL, recovered: true, repanicked: true }],
      signal: { name: "SIGSEGV", code: "0x1", addr: "0x0" },
      faulting: { functions: ["main.(*cache).block"] },
      count: false,
      completeness: "whole",
    },
  ],
};

/** Goroutines that nobody can wake any more, as Go 1.27 finds them. */
const leaked = {
  form: "healthy",
  name: "leaked-go1.27",
  program: "leak",
  go: "1.27",
  crashes: [
    {
      kind: "goroutine-dump",
      goroutines: [
        { id: 1, state: "running" },
        { state: "chan send", flags: ["leaked"] },
        { state: "chan send", flags: ["leaked"] },
      ],
    },
  ],
};

/** Web frameworks that recover, with stacks in a form of their own. */
const PROMPT = "runtime error: index out of range [3] with length 0";
const frameworks = [
  ["gin", { faulting: { at: "prompt" } }],
  ["chi", { faulting: { topUser: "main.(*generator).prompt", at: "prompt" } }],
  ["echo", { faulting: { functions: ["main.(*generator).prompt"] } }],
].map(([name, more]) => ({
  form: "serving",
  name,
  program: "frameworks",
  args: [name],
  go: "1.26",
  crashes: [{ kind: "panic", recovered: true, panics: [{ value: PROMPT }], count: false, ...more }],
}));

export const quiet = [
  ...frameworks,
  observed,
  leaked,
  ...loggers,
  ...healthy,
  ...foreign,
  ...below,
  ...words,
  ...tools,
];
