// Panic values and chains (programs/panics), over Go 1.5 to 1.27.

/** One row; `top` is the first user frame, `panics` the chain. */
function row(name, go, top, panics, extra = {}) {
  const { state = "running", id = 1, kind = "panic", faulting, crash, mark, ...rest } = extra;
  return {
    form: "panic",
    name: `${name}-go${go}`,
    program: "panics",
    args: [name],
    go,
    crashes: [
      {
        kind,
        recovered: false,
        panics,
        faulting: { ...(id ? { id } : {}), state, topUser: top, at: mark ?? name, ...faulting },
        completeness: "whole",
        wrappers: [],
        ...crash,
      },
    ],
    ...rest,
  };
}

const value = (text, more) => ({ value: text, recovered: false, repanicked: false, ...more });
const simple = (name, go, text, top = "main.die", extra) => row(name, go, top, [value(text)], extra);
const segv = (code, addr) => ({ crash: { signal: { name: "SIGSEGV", code, addr, inCgo: false } } });
const NIL = "runtime error: invalid memory address or nil pointer dereference";

/** Addresses change from run to run: only the form is expected. */
const form = (match, type) => ({ value: { $match: match }, type, recovered: false, repanicked: false });
const recovered = { recovered: true };
const trim = { flags: ["-trimpath"] };

const values = [
  ...["1.5", "1.6", "1.9", "1.11", "1.14", "1.17", "1.18", "1.21", "1.23", "1.26", "1.27"].map((go) =>
    simple("string", go, "tokenizer: vocabulary is empty"),
  ),
  simple("error", "1.26", "model file is truncated", "main.die", trim),
  simple("error", "1.17", "model file is truncated"),
  simple("custom-error", "1.26", "load /models/llama.gguf: code 7"),
  simple("wrapped-error", "1.24", "start: load /models/llama.gguf: code 7"),
  simple("stringer", "1.26", "phase-decode"),
  simple("stringer", "1.5", "phase-decode"),
  simple("int", "1.26", "42"),
  row("negative", "1.8", "main.die", [form("^\\(int8\\) \\(0x", "int8")]),
  simple("negative", "1.26", "-7"),
  simple("uint64", "1.26", "18446744073709551615"),
  simple("float", "1.26", "1.5"),
  row("float", "1.18", "main.die", [value("+1.500000e+000")]),
  simple("complex", "1.26", "(1-2i)"),
  simple("bool", "1.26", "true"),
  row("named-int", "1.26", "main.die", [value("main.tokenLimit(4096)", { type: "main.tokenLimit" })]),
  row("named-int", "1.8", "main.die", [form("^\\(main.tokenLimit\\) \\(0x", "main.tokenLimit")]),
  row("named-string", "1.26", "main.die", [value('main.modelName("llama "3"")', { type: "main.modelName" })]),
  row("struct", "1.26", "main.die", [form("^\\(main.request\\) 0x", "main.request")]),
  row("struct-pointer", "1.27", "main.die", [form("^\\(\\*main.request\\) 0x", "*main.request")]),
  row("struct-pointer", "1.6", "main.die", [form("^\\(\\*main.request\\) \\(0x", "*main.request")]),
  row("slice-value", "1.26", "main.die", [form("^\\(\\[\\]int\\) 0x", "[]int")]),
  simple("multi-line", "1.26", "bad request:\nmodel: llama\n\nprompt: <empty>"),
  row("multi-line", "1.16", "main.die", [value("bad request:\nmodel: llama\n\nprompt: <empty>")]),
  row("stack-inside", "1.26", "main.die", [{ value: { $match: "^worker died: boom\\ngoroutine 1 " } }], {
    crash: { goroutineCount: 1 },
  }),
  row("stack-inside", "1.16", "main.die", [{ value: { $match: "^worker died: boom" } }], {
    crash: { count: false, faulting: { id: 1, state: "running", topUser: "main.die" } },
  }),
  simple("text-like-trace", "1.26", "relay:\ngoroutine 7 [running]:\nmain.fake()\n\t/fake/fake.go:1 +0x1"),
  simple("nil", "1.26", "panic called with nil argument"),
  simple("nil", "1.21", "panic called with nil argument"),
  simple("nil", "1.18", "nil"),
  simple("empty", "1.26", ""),
];

const runtimeErrors = [
  // The load of a string reads its length or its pointer first, as the compiler likes.
  ...["1.10", "1.14", "1.18", "1.22", "1.26", "1.27"].map((go) =>
    simple("nil-deref", go, NIL, "main.(*server).prompt", segv("0x1", { $match: "^0x(8|10)$" })),
  ),
  // Inlined calls had no frames of their own yet.
  ...["1.5", "1.8"].map((go) =>
    simple("nil-deref", go, NIL, "main.die", {
      ...segv("0x1", { $match: "^0x(0|8|10)$" }),
      mark: "nil-deref-call",
    }),
  ),
  simple("nil-func", "1.26", NIL, "main.die", segv("0x1", "0x0")),
  simple("nil-map", "1.26", "assignment to entry in nil map"),
  simple("nil-map", "1.20", "assignment to entry in nil map"),
  simple("closed-channel", "1.26", "send on closed channel"),
  simple("close-twice", "1.26", "close of closed channel"),
  simple("close-nil", "1.26", "close of nil channel"),
  simple("negative-waitgroup", "1.26", "sync: negative WaitGroup counter"),
  simple("index", "1.26", "runtime error: index out of range [3] with length 3", "main.pick"),
  simple("index", "1.13", "runtime error: index out of range [3] with length 3", "main.pick"),
  simple("index", "1.11", "runtime error: index out of range", "main.pick"),
  simple("index-negative", "1.26", "runtime error: index out of range [-1]", "main.pick", { mark: "index" }),
  simple("slice", "1.26", "runtime error: slice bounds out of range [:5] with capacity 2", "main.cut"),
  simple("slice-order", "1.26", "runtime error: slice bounds out of range [3:1]", "main.cut", {
    mark: "slice",
  }),
  simple("divide", "1.26", "runtime error: integer divide by zero", "main.ratio", trim),
  simple("makeslice", "1.26", "runtime error: makeslice: len out of range", "main.grow"),
  simple(
    "conversion",
    "1.26",
    "interface conversion: interface {} is main.tokenLimit, not string",
    "main.text",
  ),
  simple("conversion-nil", "1.26", "interface conversion: interface {} is nil, not string", "main.text", {
    mark: "conversion",
  }),
  simple(
    "missing-method",
    "1.26",
    "interface conversion: main.request is not io.Reader: missing method Read",
    "main.reader",
  ),
  simple("hash", "1.26", "runtime error: hash of unhashable type []int"),
  simple("compare", "1.26", "runtime error: comparing uncomparable type []int"),
];

const chains = [
  row("deferred", "1.26", "main.chain.func1", [value("first"), value("while cleaning up")]),
  row("recovered-repanic", "1.26", "main.chain.func2", [value("first", recovered), value("again: first")]),
  row("recovered-repanic", "1.9", "main.chain.func2", [value("first", recovered), value("again: first")]),
  row("repanic-same", "1.26", "main.chain.func3", [value("first", { recovered: true, repanicked: true })]),
  row("repanic-same", "1.22", "main.chain.func3", [value("first", recovered), value("first")]),
  row("repanic-twice", "1.26", "main.chain.func4", [value("first", { recovered: true, repanicked: true })]),
  row("repanic-twice", "1.20", "main.chain.func4", [
    value("first", recovered),
    value("first", recovered),
    value("first"),
  ]),
  row("three-deep", "1.26", "main.chain.func6", [
    value("first"),
    value("second\nwith a line", recovered),
    value("third after second\nwith a line"),
  ]),
  row("three-deep", "1.11", "main.chain.func6", [
    value("first"),
    value("second\nwith a line", recovered),
    value("third after second\nwith a line"),
  ]),
  row("error-panics", "1.26", "main.faultyError.Error", [], {
    kind: "fatal",
    mark: "faulty-error",
    crash: { fatal: { message: "panic while printing panic value: Error() itself failed" } },
  }),
  row("goexit", "1.26", "main.chain.func8.1", [value("cleanup after Goexit")], { id: null }),
  row("worker", "1.26", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    faulting: { createdBy: { function: "main.chain", goroutine: 1 } },
  }),
  row("worker", "1.16", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    faulting: { createdBy: { function: "main.chain" } },
  }),
  row("closure", "1.26", "main.chain.chain.func9.func11", [value("in a closure")]),
  row("closure", "1.17", "main.chain.func11", [value("in a closure")]),
  row("init-once", "1.26", "main.chain.func10", [value("once")]),
  simple("method-value", "1.26", "stage 4", "main.stage.apply"),
  simple("method-value", "1.10", "stage 4", "main.stage.apply"),
];

const modes = [
  row("worker", "1.26", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    env: { GOTRACEBACK: "all" },
  }),
  row("worker", "1.26", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    env: { GOTRACEBACK: "system" },
  }),
  row("worker", "1.11", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    env: { GOTRACEBACK: "system" },
  }),
  row("worker", "1.26", "main.worker", [value("worker 2: empty batch")], {
    id: null,
    env: { GODEBUG: "tracebackancestors=5" },
    faulting: { ancestors: [{ goroutine: 1 }] },
  }),
].map((r) => ({ ...r, name: r.name.replace("worker", `worker-${r.env.GOTRACEBACK ?? "ancestors"}`) }));

const none = {
  ...row("index", "1.26", "", [value("runtime error: index out of range [3] with length 3")], {
    env: { GOTRACEBACK: "none" },
  }),
  name: "index-none-go1.26",
};
none.crashes[0] = { ...none.crashes[0], faulting: undefined, goroutineCount: 0, completeness: "cut-tail" };

export const panics = [...values, ...runtimeErrors, ...chains, ...modes, none];
