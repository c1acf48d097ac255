// Shapes of function names and paths (programs/shapes), servers that recover (programs/server), ways a shell or a
// container says that a process died.
const NIL = "runtime error: invalid memory address or nil pointer dereference";

function row(name, go, top, at, value, extra = {}) {
  const { faulting, ...rest } = extra;
  return {
    form: "shape",
    name: `${name}-go${go}`,
    program: "shapes",
    args: [name],
    go,
    crashes: [
      {
        kind: "panic",
        panics: [{ value, recovered: false }],
        faulting: { state: "running", topUser: top, at, ...faulting },
        completeness: "whole",
        wrappers: [],
      },
    ],
    ...rest,
  };
}

const YAML = "github.com/acme/llmserver/shapes/internal/yaml%2ev3";
const dotted = { faulting: { topPackage: "github.com/acme/llmserver/shapes/internal/yaml.v3" } };

const shapes = [
  row("generic", "1.26", "main.sum[...]", "generic", "runtime error: index out of range [2] with length 2"),
  row("generic", "1.22", "main.sum[...]", "generic", "runtime error: index out of range [2] with length 2"),
  row(
    "generic-method",
    "1.26",
    "main.(*stack[...]).pop",
    "generic-method",
    "runtime error: index out of range [-1]",
  ),
  row(
    "generic-pair",
    "1.27",
    "main.first[...]",
    "generic-pair",
    "runtime error: index out of range [0] with length 0",
  ),
  row("generic-closure", "1.26", "main.main.func1", "generic-closure", "compare"),
  row("dotted", "1.26", `${YAML}.Parse`, "dotted", "yaml: unterminated flow sequence", dotted),
  row("dotted", "1.22", `${YAML}.Parse`, "dotted", "yaml: unterminated flow sequence", {
    ...dotted,
    flags: ["-trimpath"],
  }),
  row("embedded", "1.26", `${YAML}.(*Decoder).Next`, "embedded", NIL, dotted),
  row("func-type", "1.26", "main.main.func2", "func-type", "handler"),
  row("many", "1.26", "main.many", "many", "many arguments"),
  row("by-value", "1.26", "main.byValue", "by-value", NIL),
  row("sort", "1.26", "main.main.func3", "sort", "less"),
  row(
    "method-value",
    "1.26",
    "main.(*stack[...]).pop",
    "generic-method",
    "runtime error: index out of range [-1]",
  ),
  row("deep-closure", "1.26", "main.main.func5.1.1.1", "deep-closure", NIL),
  row("go-defer", "1.26", "main.release", "go-defer", NIL, {
    faulting: { createdBy: { function: "main.main", goroutine: 1 } },
  }),
  row("global", "1.26", "main.init.func1", "global", "from a package variable"),
];

/** The whole directory of the program has blanks and a foreign letter in its path. */
const blanks = {
  ...row(
    "generic",
    "1.26",
    "main.sum[...]",
    "generic",
    "runtime error: index out of range [2] with length 2",
  ),
  name: "path-with-blanks-go1.26",
  root: "/src/My Projects (new)/llm sérver",
};

const i386 = row(
  "generic",
  "1.26",
  "main.sum[...]",
  "generic",
  "runtime error: index out of range [2] with length 2",
);
const words = [{ ...i386, name: "generic-386-go1.26", buildEnv: { GOARCH: "386", CGO_ENABLED: "0" } }];

function served(name, go, at, server, extra = {}) {
  return {
    form: "serving",
    name: `${name}-go${go}`,
    program: "server",
    args: [name],
    go,
    crashes: [
      {
        kind: "panic",
        recovered: true,
        serving: { server, peer: { $match: "^127\\.0\\.0\\.1:[0-9]+$" } },
        goroutineCount: 1,
        faulting: { state: "running", at },
        completeness: "whole",
        ...extra,
      },
    ],
  };
}

const RANGE = [{ value: "runtime error: index out of range [3] with length 0" }];
const serving = [
  served("http", "1.26", "prompt", "http", { panics: RANGE }),
  served("http", "1.18", "prompt", "http", { panics: RANGE }),
  served("http", "1.14", "prompt", "http", { panics: RANGE }),
  served("http2", "1.26", "prompt", "http2", { panics: RANGE }),
  served("error", "1.26", "error", "http", { panics: [{ value: "decode: unexpected EOF" }] }),
  {
    ...served("recovery", "1.26", "prompt", "http"),
    crashes: [
      {
        kind: "panic",
        recovered: true,
        goroutineCount: 1,
        faulting: { state: "running", functions: ["main.(*generator).prompt"] },
      },
    ],
  },
];

function status(name, command, exit, extra = {}) {
  return {
    form: "exit",
    name: `${name}-go1.26`,
    program: "native",
    go: "1.26",
    command: `go build -o llmserver . && ${command}; true`,
    crashes: [{ kind: "exit-status", exit, goroutineCount: 0, wrappers: [] }],
    ...extra,
  };
}

const exits = [
  {
    ...status("bash-core-dumped", "/bin/bash -c 'ulimit -c unlimited; ./llmserver thread-abort; true'", {
      signal: "SIGABRT",
      coreDumped: true,
    }),
  },
  {
    form: "exit",
    name: "panic-core-dumped-go1.26",
    program: "fatals",
    go: "1.26",
    env: { GOTRACEBACK: "crash" },
    command: "go build -o llmserver . && /bin/bash -c 'ulimit -c unlimited; ./llmserver abort; true'",
    crashes: [
      {
        kind: "panic",
        panics: [{ value: "leave a core" }],
        faulting: { id: 1, topUser: "main.main", at: "abort" },
        exit: { signal: "SIGABRT", coreDumped: true },
        completeness: "whole",
      },
    ],
  },
  status("bash-aborted", "/bin/bash -c './llmserver thread-abort; true'", {
    signal: "SIGABRT",
    coreDumped: null,
  }),
  status("bash-segmentation-fault", "/bin/bash -c './llmserver thread-segv; true'", { signal: "SIGSEGV" }),
  status("bash-killed", "/bin/bash -c './llmserver wait & sleep 0.5; kill -KILL $!; wait $!; true'", {
    signal: "SIGKILL",
  }),
  status("go-run-killed", "timeout -s KILL 0.4 true; go run . kill-self", { signal: "SIGKILL" }),
  status("go-run-segmentation", "go run . thread-segv", { signal: "SIGSEGV" }),
];

const more = [
  {
    ...row(
      "callback",
      "1.26",
      "main.goScore",
      "callback",
      "runtime error: index out of range [3] with length 3",
    ),
    program: "callback",
  },
  {
    ...row(
      "callback",
      "1.20",
      "main.goScore",
      "callback",
      "runtime error: index out of range [3] with length 3",
    ),
    program: "callback",
  },
  {
    ...row(
      "vendored",
      "1.26",
      "main.(*cache).block",
      "block",
      "runtime error: index out of range [7] with length 0",
    ),
    program: "loggers",
    command:
      "go mod vendor && go build -mod=vendor -o llmserver . && ./llmserver klog-observed 2>&1 | sed -n '/^panic: /,$p'; true",
    crashes: [
      {
        kind: "panic",
        panics: [{ recovered: true, repanicked: true }],
        faulting: {
          id: 1,
          functions: ["k8s.io/apimachinery/pkg/util/runtime.HandleCrash", "main.(*cache).block"],
        },
        completeness: "whole",
        wrappers: [],
      },
    ],
  },
  {
    form: "test",
    name: "gotestsum",
    program: "tests",
    go: "1.26",
    env: { GOCACHE: undefined },
    command:
      "go run gotest.tools/gotestsum@v1.13.0 --no-color -- -run 'TestSmall|TestMerge' ./... 2>/dev/null; true",
    crashes: [
      {
        kind: "panic",
        faulting: { state: "running", topUser: "github.com/acme/llmserver/tests.Merge" },
        count: false,
      },
    ],
  },
];

export const others = [...shapes, ...more, blanks, ...words, ...serving, ...exits];
