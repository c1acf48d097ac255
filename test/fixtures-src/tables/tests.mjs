// What `go test` and `go run` print around a crash, and race reports (programs/tests, newest, races).

const PACKAGE = "github.com/acme/llmserver/tests";
const again = [{ recovered: true, repanicked: true }];
const OUT_OF_RANGE = "runtime error: index out of range [5] with length 1";

function row(name, go, command, crash, extra = {}) {
  return {
    form: "test",
    name: `${name}-go${go}`,
    program: "tests",
    go,
    command,
    crashes: [{ kind: "panic", exit: { status: 2 }, completeness: "whole", wrappers: [], ...crash }],
    ...extra,
  };
}

const word = {
  panics: [{ value: OUT_OF_RANGE, recovered: true, repanicked: true }],
  faulting: { state: "running", topUser: `${PACKAGE}.(*Vocabulary).Word`, at: "word" },
  test: { package: PACKAGE, name: { $match: "^TestWord" } },
};

const merge = {
  panics: [{ value: "assignment to entry in nil map", recovered: true, repanicked: true }],
  faulting: { state: "running", topUser: `${PACKAGE}.Merge`, at: "merge" },
  test: { package: PACKAGE, name: "TestMerge" },
};

const timeout = {
  kind: "test-timeout",
  header: { $match: "^panic: test timed out after 1s$" },
  test: { package: PACKAGE, timeout: "1s", running: ["TestSlow (1s)"] },
  goroutineCount: 3,
};

const tests = [
  row("panic", "1.26", "go test -run 'TestSmall|TestWord'", word),
  row("panic", "1.13", "go test -run 'TestSmall|TestWord'", {
    ...word,
    panics: [{ value: OUT_OF_RANGE }, { value: OUT_OF_RANGE }],
  }),
  row("panic-verbose", "1.26", "go test -v -run 'TestSmall|TestWord'", {
    ...word,
    test: { package: PACKAGE, name: "TestWord/unknown_id" },
  }),
  row("panic-verbose", "1.20", "go test -v -run 'TestSmall|TestWord'", {
    ...word,
    panics: [
      { value: OUT_OF_RANGE, recovered: true },
      { value: OUT_OF_RANGE, recovered: false },
    ],
  }),
  row("panic-json", "1.26", "go test -json -run TestMerge", {
    ...merge,
    count: false,
    goroutineCount: 1,
    exit: undefined,
    wrappers: ["test2json"],
  }),
  row("panic-json", "1.20", "go test -json -run TestMerge", {
    ...merge,
    panics: [{ value: "assignment to entry in nil map" }, { value: "assignment to entry in nil map" }],
    count: false,
    goroutineCount: 1,
    exit: undefined,
    wrappers: ["test2json"],
  }),
  row("panic-json-verbose-parallel", "1.26", "go test -json -v -run 'TestParallel|TestSmall'", {
    panics: [{ value: "shard without weights", recovered: true, repanicked: true }],
    faulting: { state: "running", topUser: `${PACKAGE}.TestParallel.func1`, at: "test-parallel" },
    test: { package: PACKAGE, name: { $match: "^TestParallel" } },
    count: false,
    goroutineCount: 1,
    exit: undefined,
    wrappers: ["test2json"],
  }),
  row("parallel", "1.26", "go test -v -run TestParallel", {
    panics: [{ value: "shard without weights", recovered: true, repanicked: true }],
    faulting: { state: "running", topUser: `${PACKAGE}.TestParallel.func1`, at: "test-parallel" },
    test: { package: PACKAGE, name: "TestParallel/shard-1" },
  }),
  row("background", "1.26", "go test -run TestBackground", {
    signal: { name: "SIGSEGV", code: "0x1", addr: "0x8", inCgo: false },
    faulting: { state: "running", topUser: `${PACKAGE}.(*Vocabulary).Word`, at: "word" },
  }),
  row("benchmark", "1.26", "go test -run XX -bench .", {
    faulting: { state: "running", topUser: `${PACKAGE}.(*Vocabulary).Word`, at: "word" },
  }),
  row("fuzz-seed", "1.26", "go test -run FuzzWord", {
    faulting: { state: "running", topUser: `${PACKAGE}.(*Vocabulary).Word`, at: "word" },
  }),
  row("example", "1.26", "go test -run ExampleMerge", {
    faulting: { id: 1, state: "running", topUser: `${PACKAGE}.Merge`, at: "merge" },
    test: { package: PACKAGE, name: "ExampleMerge" },
  }),
  row("timeout", "1.26", "go test -run TestSlow -timeout 1s", timeout),
  row("timeout-verbose", "1.24", "go test -v -run TestSlow -timeout 1s", timeout),
  row("timeout", "1.14", "go test -run TestSlow -timeout 1s", {
    ...timeout,
    test: { package: PACKAGE, timeout: "1s" },
  }),
  row("timeout-json", "1.26", "go test -json -run TestSlow -timeout 1s", {
    ...timeout,
    count: false,
    exit: undefined,
    wrappers: ["test2json"],
  }),
  {
    ...row("bubble-deadlock", "1.25", "go test -run 'TestBubble$'", {
      panics: [{ value: "deadlock: all goroutines in bubble are blocked", ...again[0] }],
      goroutines: [
        { state: "running" },
        { state: "chan receive", bubble: 1, flags: ["durable"] },
        { state: "select (no cases)", bubble: 1, flags: ["durable"] },
        { state: "chan send", bubble: 1 },
      ],
      goVersion: { min: "1.25" },
    }),
    program: "newest",
  },
  {
    ...row("bubble-panic", "1.27", "GOTRACEBACK=all go test -run TestBubblePanic", {
      panics: [{ value: "runtime error: index out of range [0] with length 0" }],
      faulting: { state: "running", bubble: 1, at: "bubble-panic" },
    }),
    program: "newest",
  },
  {
    ...row("labels", "1.27", "GOTRACEBACK=all go test -run TestLabels", {
      panics: [{ value: "labelled" }],
      faulting: { state: "running", labels: { phase: "decode: {1}, two", quote: 'a "b"' }, at: "labels" },
    }),
    program: "newest",
  },
];

const harmless = [
  row("fails-without-panic", "1.26", "go test -run TestFails", {}),
  row("logs-the-word-panic", "1.26", "go test -v -run TestLogsPanicWord", {}),
  row("fails-json", "1.26", "go test -json -run TestFails", {}),
].map((r) => ({ ...r, crashes: [] }));

/** `go run` prints the status of the program below its crash. */
const runs = [
  row("go-run", "1.26", "go run . index", {
    panics: [{ value: "runtime error: index out of range [3] with length 3" }],
    faulting: { id: 1, state: "running", topUser: "main.pick", at: "index" },
  }),
  row("go-run", "1.14", "go run . nil-deref", {
    panics: [{ value: "runtime error: invalid memory address or nil pointer dereference" }],
    signal: { name: "SIGSEGV", code: "0x1" },
    faulting: { id: 1, state: "running", topUser: "main.(*server).prompt", at: "nil-deref" },
  }),
].map((r) => ({ ...r, form: "exit", program: "panics" }));

function race(name, count, accesses, extra = {}) {
  return {
    form: "race",
    name: `${name}-go${extra.go ?? "1.26"}`,
    program: "races",
    args: [name],
    go: "1.26",
    flags: ["-race"],
    crashes: Array.from({ length: count }, (_, i) => ({
      kind: "race",
      recovered: false,
      header: "WARNING: DATA RACE",
      ...(i === 0 ? { race: { accesses } } : {}),
      wrappers: [],
      count: false,
      ...(i === 0 && count === 1 ? { completeness: "whole" } : {}),
    })),
    ...extra,
  };
}

const races = [
  race("one", 1, [
    { op: { $match: "^(read|write)$" }, previous: false },
    { op: { $match: "^(read|write)$" }, previous: true },
  ]),
  race("main", 1, [{ previous: false }, { previous: true }]),
  race("atomic", 1, [{ previous: false }, { previous: true }]),
  race("one", 1, [{ previous: false }, { previous: true }], { go: "1.8" }),
  race("one", 1, [{ previous: false }, { previous: true }], { go: "1.18" }),
];

/** How many races the detector sees differs from run to run: the text says, one report each. */
const all = (last) => (text) => [
  ...Array.from(text.matchAll(/^WARNING: DATA RACE$/gm), () => ({
    kind: "race",
    wrappers: [],
    count: false,
  })),
  ...last,
];
const many = [
  { ...race("three", 1, []), crashes: all([]) },
  {
    ...race("panic", 1, []),
    crashes: all([
      {
        kind: "panic",
        panics: [{ value: "assignment to entry in nil map" }],
        faulting: { id: 1, topUser: "main.(*stats).record", at: "race-map" },
        completeness: "whole",
      },
    ]),
  },
  {
    ...row("race", "1.26", "go test -race -run TestRacy", {}),
    crashes: [{ kind: "race", test: { package: PACKAGE, name: "TestRacy" }, count: false }],
  },
];

export const goTests = [...tests, ...harmless, ...runs, ...races, ...many];
