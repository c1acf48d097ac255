// Faults on the C side: signals during cgo, the words of C above them, cgo's pointer rules, symbolized C frames.

const ABORT = { name: "SIGABRT", description: "abort", m: 0, sigcode: "18446744073709551610", inCgo: true };
const segv = (addr, sigcode = "1") => ({
  name: "SIGSEGV",
  description: "segmentation violation",
  sigcode,
  addr,
  inCgo: true,
});

function row(name, go, signal, extra = {}) {
  const { lines, crash, faulting, top = "main.(*model).forward", ...rest } = extra;
  return {
    form: "cgo",
    name: `${name}-go${go}`,
    program: "native",
    args: [name],
    go,
    crashes: [
      {
        kind: "signal",
        recovered: false,
        panics: [],
        signal,
        faulting: { topUser: top, at: name, ...faulting },
        ...(lines ? { nativeLines: lines } : {}),
        registers: ["rax", "rip", "rsp"],
        completeness: "whole",
        wrappers: [],
        ...crash,
      },
    ],
    ...rest,
  };
}

function rule(name, go, message, extra = {}) {
  return {
    form: "cgo",
    name: `rule-${name}-go${go}`,
    program: "native",
    args: [name],
    go,
    crashes: [
      {
        kind: "panic",
        panics: [{ value: `runtime error: ${message}` }],
        faulting: { id: 1, state: "running", at: name },
        completeness: "whole",
        wrappers: [],
      },
    ],
    ...extra,
  };
}

const syscall = { faulting: { id: 1, state: "syscall" } };

export const native = [
  row("abort", "1.26", ABORT, syscall),
  row("abort", "1.20", ABORT, syscall),
  // Before Go 1.12 the signal was charged to goroutine 0, with a hex dump of its stack.
  row("abort", "1.11", { ...ABORT, inCgo: false }, { crash: { faulting: undefined } }),
  row("abort", "1.8", { name: "SIGABRT", description: "abort", m: 0 }, { crash: { faulting: undefined } }),
  row("assert", "1.26", ABORT, {
    ...syscall,
    top: "main.(*model).forward.func1",
    lines: [{ $match: "die_assert: Assertion `t->weights != NULL' failed\\.$" }],
  }),
  row("ggml-assert", "1.26", ABORT, {
    ...syscall,
    lines: [{ $match: "ggml.c:4096: GGML_ASSERT\\(ne\\[0\\] == src->ne\\[0\\]\\) failed$" }],
  }),
  row("cuda", "1.24", ABORT, { ...syscall, lines: ["CUDA error: out of memory"] }),
  row("free-invalid", "1.26", ABORT, { ...syscall, lines: ["free(): invalid pointer"] }),
  row("double-free", "1.22", ABORT, { ...syscall, lines: ["free(): double free detected in tcache 2"] }),
  row("null", "1.26", segv("0x8"), { ...syscall, top: "main.(*model).forward.func2" }),
  row("bad-read", "1.26", segv("0x7f0000001000"), syscall),
  row("read-only", "1.26", segv({ $match: "^0x[0-9a-f]+$" }, "2"), syscall),
  row("jump", "1.26", { ...segv("0xdeadbeef"), pc: "0xdeadbeef" }, syscall),
  row(
    "divide",
    "1.26",
    { name: "SIGFPE", description: "floating-point exception", sigcode: "1", inCgo: true },
    syscall,
  ),
  row(
    "trap",
    "1.26",
    { name: "SIGILL", description: "illegal instruction", sigcode: "2", inCgo: true },
    syscall,
  ),
  row("bus", "1.26", { name: "SIGBUS", description: "bus error", sigcode: "2", inCgo: true }, syscall),
  row("c-stack", "1.26", segv({ $match: "^0x7ff" }), syscall),
  {
    ...row("exception", "1.26", ABORT, {
      ...syscall,
      top: "main.main",
      lines: [
        { $match: "^terminate called after throwing an instance of 'std::runtime_error'" },
        { $match: "what\\(\\):  failed to open /models/llama.gguf" },
      ],
    }),
    program: "cpp",
    args: [],
  },
  {
    ...row("segv", "1.26", segv("0x10"), {
      top: "main.decode",
      faulting: { id: 1, state: "syscall", functions: ["ggml_vec_dot", "ggml_compute", "main.decode"] },
    }),
    name: "symbolizer-segv-go1.26",
    program: "symbolizer",
  },
  {
    ...row("abort", "1.26", ABORT, {
      top: "main.decode",
      faulting: { id: 1, state: "syscall", functions: ["runtime.cgocall", "main.decode"] },
    }),
    name: "symbolizer-non-go-function-go1.26",
    program: "symbolizer",
  },
  rule("pointer-to-pointer", "1.6", "cgo argument has Go pointer to Go pointer"),
  rule("pointer-to-pointer", "1.18", "cgo argument has Go pointer to Go pointer"),
  rule("pointer-to-pointer", "1.21", "cgo argument has Go pointer to unpinned Go pointer"),
  rule("pointer-to-pointer", "1.24", "cgo argument has Go pointer to unpinned Go pointer"),
  rule("pointer-to-pointer", "1.26", "argument of cgo function has Go pointer to unpinned Go pointer"),
  rule("holder", "1.27", "argument of cgo function has Go pointer to unpinned Go pointer"),
  {
    ...rule("stored", "1.26", ""),
    buildEnv: { GOEXPERIMENT: "cgocheck2" },
    crashes: [{ kind: "fatal", faulting: { at: "stored", topUser: "main.rules" }, completeness: "whole" }],
  },
];
