// What the runtime throws itself, signals from outside and the other word sizes (programs/fatals).

/** One row: `message` is the text after `fatal error: `; `faulting` the hand-written view of the first goroutine. */
function row(name, go, message, faulting, extra = {}) {
  const { crash, args, ...rest } = extra;
  return {
    form: "fatal",
    name: `${name}-go${go}`,
    program: "fatals",
    args: args ?? [name],
    go,
    crashes: [
      {
        kind: "fatal",
        recovered: false,
        panics: [],
        fatal: { message },
        ...(faulting ? { faulting } : {}),
        completeness: "whole",
        wrappers: [],
        ...crash,
      },
    ],
    ...rest,
  };
}

const each = (versions, make) => versions.map(make);
const DEADLOCK = "all goroutines are asleep - deadlock!";
const overflow = { topUser: "main.(*node).walk", at: "walk-entry", id: 1, state: "running" };
const checkptr = { flags: ["-gcflags=all=-d=checkptr"] };
const CGO_OFF = { CGO_ENABLED: "0" };
const I386 = { GOARCH: "386", CGO_ENABLED: "0" };

const deadlocks = [
  ...each(["1.5", "1.8", "1.14", "1.20", "1.23", "1.26", "1.27"], (go) =>
    row("deadlock", go, DEADLOCK, { id: 1, state: "chan receive", topUser: "main.main", at: "deadlock" }),
  ),
  row("deadlock-select", "1.26", DEADLOCK, {
    id: 1,
    state: "select (no cases)",
    topUser: "main.main",
    at: "deadlock-select",
  }),
  row("deadlock-mutex", "1.26", DEADLOCK, {
    id: 1,
    state: "sync.Mutex.Lock",
    topUser: "main.main",
    at: "deadlock-mutex",
  }),
  row("deadlock-mutex", "1.18", DEADLOCK, {
    id: 1,
    state: "semacquire",
    topUser: "main.main",
    at: "deadlock-mutex",
  }),
  row("deadlock-nil-channel", "1.26", DEADLOCK, {
    id: 1,
    state: "chan send (nil chan)",
    topUser: "main.main",
    at: "deadlock-nil-channel",
  }),
  row("deadlock-workers", "1.26", DEADLOCK, {
    id: 1,
    state: "sync.WaitGroup.Wait",
    topUser: "main.main",
    at: "deadlock-workers",
  }),
  row("deadlock-workers", "1.9", DEADLOCK, {
    id: 1,
    state: "semacquire",
    topUser: "main.main",
    at: "deadlock-workers",
  }),
];

const maps = [
  ...each(["1.6", "1.8", "1.18", "1.23", "1.24", "1.26"], (go) =>
    row("map-writes", go, "concurrent map writes", { topUser: "main.(*cache).put", at: "map-writes" }),
  ),
  row("map-read-write", "1.26", "concurrent map read and map write", {
    topUser: "main.(*cache).get",
    at: "map-read-write",
  }),
  row("map-iteration", "1.26", "concurrent map iteration and map write", {
    topUser: "main.(*cache).sum",
    at: "map-iteration",
  }),
  row("map-iteration", "1.16", "concurrent map iteration and map write", {
    topUser: "main.(*cache).sum",
    at: "map-iteration",
  }),
];

const memory = [
  ...each(["1.21", "1.26", "1.27"], (go) =>
    row(
      "stack-overflow",
      go,
      "stack overflow",
      { ...overflow, elided: { $match: "^[1-9][0-9]+$" } },
      {
        crash: {
          runtimeLines: [{ $match: "^runtime: goroutine stack exceeds 1048576-byte limit" }],
          runtimeStack: ["runtime.newstack"],
        },
      },
    ),
  ),
  ...each(["1.5", "1.11", "1.18"], (go) =>
    row(
      "stack-overflow",
      go,
      "stack overflow",
      { ...overflow, ...(go === "1.5" ? { state: "stack growth" } : {}), elided: -1 },
      {
        crash: {
          runtimeLines: [{ $match: "^runtime: goroutine stack exceeds 1048576-byte limit" }],
          runtimeStack: ["runtime.newstack"],
        },
      },
    ),
  ),
  row("stack-overflow-default", "1.26", "stack overflow", overflow, {
    crash: { runtimeLines: [{ $match: "^runtime: goroutine stack exceeds 1000000000-byte limit" }] },
  }),
  row(
    "out-of-memory",
    "1.26",
    "runtime: out of memory",
    { topUser: "main.main", at: "out-of-memory" },
    {
      crash: { runtimeStack: ["runtime.sysMapOS"] },
    },
  ),
  row("out-of-memory-small", "1.9", "runtime: out of memory", {
    topUser: "main.main",
    at: "out-of-memory-small",
  }),
  row("unlock", "1.26", "sync: unlock of unlocked mutex", { id: 1, topUser: "main.main", at: "unlock" }),
  row("unlock", "1.13", "sync: unlock of unlocked mutex", { id: 1, topUser: "main.main", at: "unlock" }),
  row("rwunlock", "1.26", "sync: RUnlock of unlocked RWMutex", {
    id: 1,
    topUser: "main.main",
    at: "rwunlock",
  }),
  row("threads", "1.26", "thread exhaustion", undefined, {
    crash: {
      runtimeLines: ["runtime: program exceeds 8-thread limit"],
      runtimeStack: ["runtime.checkmcount"],
    },
  }),
  row(
    "fault-address",
    "1.26",
    "fault",
    { id: 1, state: "running", topUser: "main.main", at: "fault-address" },
    {
      crash: { signal: { name: "SIGSEGV", code: "0x1", addr: "0xdeadbeef000", inCgo: false } },
    },
  ),
  row(
    "fault-address",
    "1.8",
    "fault",
    { id: 1, state: "running", topUser: "main.main", at: "fault-address" },
    {
      crash: { signal: { name: "SIGSEGV", code: "0x1", addr: "0xdeadbeef000", inCgo: false } },
    },
  ),
  row(
    "non-canonical",
    "1.26",
    "fault",
    { id: 1, topUser: "main.main", at: "non-canonical" },
    {
      crash: { signal: { name: "SIGSEGV", code: "0x80", addr: "0x0", inCgo: false } },
    },
  ),
  ...each(["1.14", "1.20", "1.26"], (go) =>
    row(
      "checkptr-alignment",
      go,
      go === "1.14" ? "checkptr: unsafe pointer conversion" : "checkptr: misaligned pointer conversion",
      {
        id: 1,
        topUser: "main.main",
        at: "checkptr-alignment",
      },
      checkptr,
    ),
  ),
  row(
    "checkptr-straddle",
    "1.26",
    "checkptr: converted pointer straddles multiple allocations",
    {
      id: 1,
      topUser: "main.main",
      at: "checkptr-straddle",
    },
    checkptr,
  ),
  row(
    "checkptr-arithmetic",
    "1.26",
    "checkptr: pointer arithmetic result points to invalid allocation",
    {
      id: 1,
      topUser: "main.main",
      at: "checkptr-arithmetic",
    },
    checkptr,
  ),
];

/** A dump asked for with SIGQUIT: the program failed at nothing. */
function quit(go, extra = {}) {
  return {
    form: "signal",
    name: `sigquit-go${go}`,
    program: "fatals",
    args: ["wait"],
    go,
    signal: "SIGQUIT",
    crashes: [
      {
        kind: "goroutine-dump",
        recovered: false,
        panics: [],
        signal: {
          name: "SIGQUIT",
          description: "quit",
          m: 0,
          ...(go === "1.5" ? {} : { sigcode: "0" }),
          inCgo: false,
        },
        completeness: "whole",
        registers: ["rip", "rsp"],
        wrappers: [],
        ...extra,
      },
    ],
    edit: (text) => text.replace(/^ready\n/, ""),
  };
}

const aborted = {
  form: "signal",
  name: "panic-crash-go1.26",
  program: "fatals",
  go: "1.26",
  env: { GOTRACEBACK: "crash" },
  command: "go build -o llmserver . && /bin/bash -c './llmserver abort; true'",
  crashes: [
    {
      kind: "panic",
      panics: [{ value: "leave a core" }],
      faulting: { id: 1, topUser: "main.main", at: "abort" },
      exit: { signal: "SIGABRT" },
      count: false,
      completeness: "whole",
    },
  ],
};

const small = [
  {
    ...row(
      "stack-overflow",
      "1.26",
      "stack overflow",
      { ...overflow, elided: { $match: "^[1-9][0-9]+$" } },
      { buildEnv: I386 },
    ),
    name: "stack-overflow-386-go1.26",
  },
  {
    ...row("fault-address", "1.22", "fault", { id: 1, topUser: "main.main" }, {}),
    name: "fault-address-nocgo-go1.22",
    buildEnv: CGO_OFF,
  },
];

/** Panics that show other goroutines: running elsewhere, waiting for minutes, with a core to be left. */
const crowds = [
  ["busy", "1.26", { GOTRACEBACK: "all" }, "busy", { goroutineCount: 3 }],
  [
    "busy",
    "1.9",
    { GOTRACEBACK: "all", GOMAXPROCS: "4" },
    "busy",
    { goroutines: [{ id: 1 }, { state: "running", frames: [] }, { state: "running", frames: [] }] },
  ],
  ["busy-crash", "1.26", { GOTRACEBACK: "crash", GOMAXPROCS: "4" }, "busy", {}],
  [
    "minutes",
    "1.26",
    { GOTRACEBACK: "all" },
    "minutes",
    {
      goroutines: [
        { state: "running" },
        { state: "select (no cases)", waitMinutes: 1, lockedToThread: true },
        { state: "chan receive", waitMinutes: 1, lockedToThread: false },
      ],
    },
  ],
  ["minutes", "1.8", { GOTRACEBACK: "all" }, "minutes", {}],
  ["minutes", "1.21", { GOTRACEBACK: "all" }, "minutes", {}],
].map(([name, go, env, args, crash]) => ({
  form: "crowd",
  name: `${name}-go${go}`,
  program: "fatals",
  args: [args],
  go,
  env,
  limit: 90_000,
  crashes: [
    {
      kind: "panic",
      panics: [{ value: args === "busy" ? "others are running" : "after a while" }],
      faulting: { id: 1, state: "running", topUser: "main.main", at: args },
      ...(name === "busy-crash" ? {} : { completeness: "whole" }),
      wrappers: [],
      ...crash,
    },
  ],
}));

export const fatals = [
  ...crowds,
  row(
    "bus",
    "1.26",
    "fault",
    { id: 1, topUser: "main.bus", at: "bus" },
    {
      crash: { signal: { name: "SIGBUS", code: "0x2", addr: { $match: "^0x7f" }, inCgo: false } },
    },
  ),
  ...deadlocks,
  ...maps,
  ...memory,
  quit("1.5"),
  quit("1.14"),
  quit("1.26"),
  aborted,
  ...small,
];
