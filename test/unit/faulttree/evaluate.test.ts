import { describe, expect, test } from "vitest";
import type { DiagnosisContext } from "../../../src/faulttree/diagnosis.ts";
import { evaluate } from "../../../src/faulttree/evaluate.ts";
import { Facts } from "../../../src/faulttree/facts.ts";
import { Condition } from "../../../src/faulttree/schema.ts";
import type { CrashReport } from "../../../src/trace/report.ts";
import { at, faulting, frame, goroutine, panic, report } from "./reports.ts";

/** `true`, `false`, or `needs ...`. The condition is parsed as a catalogue file's would be. */
function judge(condition: unknown, crash: CrashReport, context: DiagnosisContext = {}): string {
  const verdict = evaluate(Condition.parse(condition), new Facts(crash, context));
  return verdict.is === "unknown" ? `needs ${verdict.needs.join(", ")}` : verdict.is;
}

function captures(condition: unknown, crash: CrashReport): Readonly<Record<string, string>> | undefined {
  const verdict = evaluate(Condition.parse(condition), new Facts(crash, {}));
  return verdict.is === "true" ? verdict.captures : undefined;
}

const index = panic("runtime error: index out of range [3] with length 3");

describe("messages", () => {
  const crash = report({ panics: [panic("first"), index], header: "panic: first" });
  test("match any value of the chain", () => {
    expect(judge({ panic: { match: "^runtime error" } }, crash)).toBe("true");
    expect(judge({ panic: { match: "^error" } }, crash)).toBe("false");
    expect(judge({ message: { match: "^panic: " } }, crash)).toBe("true");
    expect(judge({ fatal: { match: "." } }, crash)).toBe("false");
  });
  test("hand on captures and bytes", () => {
    expect(captures({ panic: { match: "\\[(?P<index>\\d+)\\]" } }, crash)).toEqual({ index: "3" });
    const verdict = evaluate(
      Condition.parse({ panic: { match: "index" } }),
      new Facts(report({ panics: [panic("index", { at: { start: 7, end: 12 } })] }), {}),
    );
    expect(verdict).toMatchObject({ is: "true", at: { start: 7, end: 12 } });
  });
  test.each([
    ["index == length", "true"],
    ["index != length", "false"],
    ["index < length", "false"],
    ["index >= 3", "true"],
    ["index == length + 1", "false"],
    ["index == length * 1", "true"],
    ["index > length - 1", "true"],
  ])("compare captures: %s", (where, expected) => {
    const match = "\\[(?P<index>\\d+)\\] with length (?P<length>\\d+)";
    expect(judge({ panic: { match, where: [where] } }, crash)).toBe(expected);
  });
  test("take a name that captured nothing as equal to no number", () => {
    const match = "\\[(?P<index>-?\\d+)\\](?: with length (?P<length>\\d+))?";
    const negative = report({ panics: [panic("index out of range [-1]")] });
    expect(judge({ panic: { match, where: ["index != length"] } }, negative)).toBe("true");
    expect(judge({ panic: { match, where: ["index < length"] } }, negative)).toBe("false");
    expect(judge({ panic: { match, where: ["index < 0"] } }, negative)).toBe("true");
  });
  test("compare numbers beyond 2^53", () => {
    const huge = report({ panics: [panic("length 18446744073709551615")] });
    const match = "length (?P<n>\\d+)";
    expect(judge({ panic: { match, where: ["n == 18446744073709551615"] } }, huge)).toBe("true");
    expect(judge({ panic: { match, where: ["n == 18446744073709551614"] } }, huge)).toBe("false");
  });
  test("see native and runtime lines, and any line as text", () => {
    const native = report({
      kind: "signal",
      nativeLines: [{ text: "a.c:1: GGML_ASSERT(x) failed", at }],
      runtimeLines: ["runtime: goroutine stack exceeds 1000000000-byte limit"],
    });
    expect(judge({ native: { match: "GGML_ASSERT" } }, native)).toBe("true");
    expect(judge({ runtimeLine: { match: "stack exceeds" } }, native)).toBe("true");
    expect(judge({ text: { match: "^a\\.c" } }, native)).toBe("true");
    expect(judge({ text: { match: "seen by the caller" } }, native)).toBe("false");
    expect(judge({ text: { match: "seen by the caller" } }, native, { text: "x\nseen by the caller" })).toBe(
      "true",
    );
  });
  test("look at a bounded part of a hostile value", () => {
    const hostile = report({ panics: [panic("a".repeat(5_000_000))] });
    const begun = performance.now();
    expect(judge({ panic: { match: "a[^b]*c" } }, hostile)).toBe("false");
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe("the chain", () => {
  const crash = report({
    panics: [panic("a", { recovered: true, type: "main.E" }), panic("b", { repanicked: true })],
  });
  test.each([
    [{ chain: { length: "== 2" } }, "true"],
    [{ chain: { length: "> 2" } }, "false"],
    [{ chain: { recovered: true, repanicked: true } }, "true"],
    [{ chain: { recovered: false } }, "false"],
    [{ panicType: "^main\\.E$" }, "true"],
    [{ panicType: "^main\\.F$" }, "false"],
    [{ recovered: false }, "true"],
    [{ kind: ["fatal", "panic"] }, "true"],
    [{ kind: ["race"] }, "false"],
  ])("%j is %s", (condition, expected) => expect(judge(condition, crash)).toBe(expected));
});

describe("a signal", () => {
  const crash = report({
    kind: "signal",
    signal: { name: "SIGSEGV", code: "0x1", addr: "0x10", pc: "0x10", inCgo: true, at },
  });
  const aborted = report({
    kind: "signal",
    signal: { name: "SIGABRT", sigcode: "18446744073709551610", inCgo: true, at },
  });
  test.each([
    [{ name: "^SIGSEGV$" }, "true"],
    [{ name: "SIGBUS" }, "false"],
    [{ addr: "< 0x1000" }, "true"],
    [{ addr: ">= 0x1000" }, "false"],
    [{ code: "1", pcIsAddr: true, inCgo: true }, "true"],
    [{ code: "0x80" }, "false"],
    [{ pcIsAddr: false }, "false"],
    [{ sigcode: "-6" }, "needs signal"],
    [{ inCgo: false, sigcode: "-6" }, "false"],
  ])("%j is %s", (signal, expected) => expect(judge({ signal }, crash)).toBe(expected));
  test("compares as 64-bit words of either sign", () => {
    expect(judge({ signal: { sigcode: "-6" } }, aborted)).toBe("true");
    expect(judge({ signal: { sigcode: "0" } }, aborted)).toBe("false");
    expect(judge({ signal: { addr: "== 0" } }, aborted)).toBe("needs signal");
  });
  test("holds full 64-bit addresses", () => {
    const far = report({ signal: { name: "SIGSEGV", addr: "0xffffffffffffffff", inCgo: false, at } });
    expect(judge({ signal: { addr: "> 0xfffffffffffffffe" } }, far)).toBe("true");
  });
  test("is false, not unknown, where there is none", () => {
    expect(judge({ signal: { addr: "== 0" } }, report())).toBe("false");
  });
});

describe("frames", () => {
  const crash = report({
    goroutines: [
      faulting(
        [
          frame("sync.(*Mutex).Lock"),
          frame("main.(*Cache).get", { args: "0x0, {0x10, 0x20?}, ..." }),
          frame("main.main", { inlined: true, args: "..." }),
        ],
        { createdBy: frame("main.start") },
      ),
      goroutine(["main.worker"], { state: "chan send" }),
    ],
  });
  const fits = (parts: object, text = crash) => judge({ frame: parts }, text);
  test("by position", () => {
    expect(fits({ function: "Mutex", position: "top" })).toBe("true");
    expect(fits({ function: "main", position: "top" })).toBe("false");
    expect(fits({ function: "\\.get$", position: "top-user" })).toBe("true");
    expect(fits({ function: "^main\\.main$", position: "top-user" })).toBe("false");
    expect(fits({ function: "Mutex", position: "above-user" })).toBe("true");
    expect(fits({ function: "get", position: "above-user" })).toBe("false");
    expect(fits({ function: "start", position: "creator" })).toBe("true");
    expect(fits({ function: "^main\\.main$" })).toBe("true");
    expect(fits({ file: "^/src/main/", function: "get" })).toBe("true");
  });
  test("by goroutine", () => {
    expect(fits({ function: "worker" })).toBe("false");
    expect(fits({ function: "worker", goroutine: "other" })).toBe("true");
    expect(fits({ function: "get", goroutine: "other" })).toBe("false");
    expect(fits({ function: "worker", goroutine: "any" })).toBe("true");
    expect(fits({ function: "worker", goroutine: "any", position: "top-user" })).toBe("true");
    const g0 = { ...crash, runtimeStack: [frame("runtime.throw")] };
    expect(fits({ function: "throw", goroutine: "runtime" }, g0)).toBe("true");
    expect(fits({ function: "throw", goroutine: "runtime" })).toBe("false");
  });
  test("by argument words, aggregates opened", () => {
    const word = (index: number, value: string) => fits({ function: "get", arg: { index, value } });
    expect(word(0, "== 0")).toBe("true");
    expect(word(1, "== 0x10")).toBe("true");
    expect(word(2, "> 31")).toBe("true");
    expect(word(2, "> 32")).toBe("false");
    expect(word(7, "== 0")).toBe("needs arguments");
    expect(fits({ function: "^main\\.main$", arg: { index: 0, value: "== 0" } })).toBe("needs arguments");
  });
  test("hand on captures", () => {
    expect(captures({ frame: { function: "\\(\\*(?P<type>\\w+)\\)\\.get" } }, crash)).toEqual({
      type: "Cache",
    });
  });
  test("know a generic function with and without its type arguments", () => {
    const generic = report({
      panics: [index],
      goroutines: [
        faulting(["main.(*Cache[...]).get", "main.load[...].func1"], { createdBy: frame("main.serve[...]") }),
      ],
    });
    expect(fits({ function: "\\(\\*Cache\\)\\.get$" }, generic)).toBe("true");
    expect(fits({ function: "\\(\\*Cache\\[\\.\\.\\.\\]\\)\\.get$" }, generic)).toBe("true");
    expect(fits({ function: "main\\.load\\.func\\d+$" }, generic)).toBe("true");
    expect(fits({ function: "main\\.loa\\.func" }, generic)).toBe("false");
    expect(judge({ goroutines: { createdBy: "^main\\.serve$" } }, generic)).not.toBe("false");
    expect(judge({ goroutines: { function: "\\*Cache\\)\\.get" } }, generic)).toBe("true");
  });
  test("are unknown where goroutines or frames are not shown", () => {
    const alone = report({ panics: [index], goroutines: [faulting(["main.main"])] });
    expect(fits({ function: "worker", goroutine: "other" }, alone)).toBe("needs goroutines");
    expect(fits({ function: "x" }, report())).toBe("needs stack");
    const cut = report({ completeness: "cut-tail", goroutines: [faulting(["main.get"])] });
    expect(fits({ function: "deeper" }, cut)).toBe("needs stack");
    expect(fits({ function: "deeper", position: "top-user" }, cut)).toBe("false");
    expect(fits({ function: "get" }, cut)).toBe("true");
    const elided = report({ goroutines: [faulting(["main.get"], { elided: 10 }), goroutine(["main.x"])] });
    expect(fits({ function: "deeper" }, elided)).toBe("needs stack");
  });
  test("below the origin of a panic raised again", () => {
    const again = report({
      panics: [panic("a", { recovered: true, repanicked: true })],
      goroutines: [faulting(["main.rethrow", "panic", "main.origin", "main.main"])],
    });
    expect(fits({ function: "origin", position: "top-user" }, again)).toBe("true");
    expect(fits({ function: "rethrow", position: "above-user" }, again)).toBe("true");
  });
  test("a cgo wrapper counts as the top of the user's code, and so does its caller", () => {
    const native = report({
      kind: "signal",
      goroutines: [
        faulting(["runtime.cgocall", frame("main._Cfunc_boom", { file: "_cgo_gotypes.go" }), "main.run"], {
          state: "syscall",
        }),
      ],
    });
    expect(fits({ function: "_Cfunc_boom", position: "top-user" }, native)).toBe("true");
    expect(fits({ function: "main\\.run", position: "top-user" }, native)).toBe("true");
  });
});

describe("goroutines", () => {
  const blocked = (n: number) =>
    Array.from({ length: n }, () =>
      goroutine(["sync.(*Mutex).Lock", "main.work"], {
        state: "sync.Mutex.Lock",
        waitMinutes: 5,
        createdBy: frame("main.main"),
      }),
    );
  const crash = report({ kind: "fatal", goroutines: [faulting(["main.main"]), ...blocked(20)] });
  const count = (parts: object, text = crash) => judge({ goroutines: parts }, text);
  test("are counted by state, function, creator and wait", () => {
    expect(count({ state: "Mutex", count: "== 20" })).toBe("true");
    expect(count({ state: "Mutex", function: "work", createdBy: "main", minutes: ">= 5" })).toBe("true");
    expect(count({ state: "Mutex", minutes: "> 5" })).toBe("false");
    expect(count({ state: "select" })).toBe("false");
    expect(judge({ goroutineCount: ">= 21" }, crash)).toBe("true");
    expect(judge({ goroutineCount: "< 21" }, crash)).toBe("false");
  });
  test("match a state with its flag as printed", () => {
    const nil = report({
      kind: "fatal",
      goroutines: [faulting(["main.main"], { state: "chan send", flags: ["nil chan"] })],
    });
    expect(count({ state: "chan send \\(nil chan\\)" }, nil)).toBe("true");
  });
  test("are unknown only where more of them could change the answer", () => {
    const alone = report({ goroutines: [faulting(["main.work"])] });
    expect(count({ function: "work", count: ">= 1" }, alone)).toBe("true");
    expect(count({ function: "work", count: ">= 2" }, alone)).toBe("needs goroutines");
    expect(count({ function: "work", count: "< 2" }, alone)).toBe("needs goroutines");
    expect(count({ function: "work", count: "< 1" }, alone)).toBe("false");
    expect(count({ function: "work", count: "== 1" }, alone)).toBe("needs goroutines");
    expect(judge({ goroutineCount: ">= 2" }, alone)).toBe("needs goroutines");
    const limited = report({ kind: "fatal", goroutines: blocked(2), goroutineCount: 100_000 });
    expect(judge({ goroutineCount: ">= 100000" }, limited)).toBe("true");
    expect(judge({ goroutineCount: "> 100000" }, limited)).toBe("false");
    expect(count({ state: "Mutex", count: "> 2" }, limited)).toBe("needs goroutines");
  });
});

describe("a race", () => {
  const crash = report({
    kind: "race",
    race: {
      accesses: [
        { op: "write", previous: false, goroutine: 7, frames: [frame("main.put")] },
        { op: "read", previous: true, goroutine: 8, frames: [frame("main.get")] },
      ],
      creations: [{ goroutine: 7, state: "running", frames: [frame("main.main")] }],
    },
  });
  test("is asked by access, and its first access is the faulting one", () => {
    expect(judge({ race: { op: "^read", function: "get" } }, crash)).toBe("true");
    expect(judge({ race: { function: "main\\.main" } }, crash)).toBe("false");
    expect(judge({ frame: { function: "put", position: "top-user" } }, crash)).toBe("true");
    expect(judge({ frame: { function: "get" } }, crash)).toBe("false");
    expect(judge({ frame: { function: "get", goroutine: "other" } }, crash)).toBe("true");
    expect(judge({ race: { op: "." } }, report())).toBe("false");
  });
});

describe("surroundings", () => {
  test("test, server and exit", () => {
    const crash = report({
      test: { name: "TestLoad", running: ["TestLoad (10s)"] },
      serving: { server: "http", peer: "1.2.3.4:5" },
      exit: { status: 137, signal: "SIGKILL", oomKilled: true, text: "exit status 137", at },
    });
    expect(judge({ test: { name: "^TestLoad$", running: true } }, crash)).toBe("true");
    expect(judge({ test: { running: false } }, crash)).toBe("false");
    expect(judge({ serving: "^http2?$" }, crash)).toBe("true");
    expect(judge({ serving: "grpc" }, crash)).toBe("false");
    expect(judge({ exit: { status: 137, signal: "KILL", oomKilled: true, coreDumped: false } }, crash)).toBe(
      "true",
    );
    expect(judge({ exit: { status: 2 } }, crash)).toBe("false");
    expect(judge({ exit: { status: 2 } }, report())).toBe("needs exit");
    expect(judge({ test: { name: "." } }, report())).toBe("false");
  });
  test.each([
    [">=1.24", { exact: "1.24.3" }, "true"],
    ["<1.24", { exact: "1.24.3" }, "false"],
    [">=1.24", { min: "1.24" }, "true"],
    [">=1.24", { min: "1.22" }, "needs version"],
    ["<1.22", { max: "1.21" }, "true"],
    [">=1.22", { max: "1.21" }, "false"],
    [">=1.9", { exact: "1.10" }, "true"],
    ["<1.22", undefined, "needs version"],
  ])("Go %s with %j is %s", (go, goVersion, expected) => {
    expect(judge({ go }, report(goVersion ? { goVersion } : {}))).toBe(expected);
  });
  test("build information comes from the binary alone", () => {
    expect(judge({ build: { race: true } }, report())).toBe("needs binary");
    expect(judge({ build: { race: true } }, report(), { build: { race: true } })).toBe("true");
    expect(judge({ build: { race: true, cgo: true } }, report(), { build: { race: false } })).toBe("false");
    expect(judge({ go: "<1.22" }, report(), { build: { goVersion: "go1.21.5" } })).toBe("true");
  });
});

describe("the source at the location", () => {
  const lines = ["package main", "for i := 0; i <= len(s); i++ {", "", "total += s[i]", "}"];
  const source = { find: () => ({ path: "/src/main.go", text: lines.join("\n") }) };
  const crash = report({ panics: [index], goroutines: [faulting([frame("main.sum", { line: 4 })])] });
  test("is read at the line, then around it", () => {
    expect(judge({ source: { match: "^total" } }, crash, { source })).toBe("true");
    expect(judge({ source: { match: "<= len" } }, crash, { source })).toBe("false");
    expect(judge({ source: { match: "<= len", around: 2 } }, crash, { source })).toBe("true");
    expect(judge({ source: { match: "\\{\\n\\ntotal", around: 2 } }, crash, { source })).toBe("true");
    expect(judge({ source: { match: "package", around: 30 } }, crash, { source })).toBe("true");
  });
  test("of a function in one line is its body: the declaration calls nothing", () => {
    const text = "package main\n\n\nfunc (s *Session) expire(v interface{}) { s.c.open = false }";
    const one = { find: () => ({ path: "/src/main.go", text }) };
    expect(judge({ source: { match: "\\w\\(" } }, crash, { source: one })).toBe("false");
    expect(judge({ source: { match: "^s\\.c\\.open = false$" } }, crash, { source: one })).toBe("true");
    expect(judge({ source: { match: "^func", around: 1 } }, crash, { source: one })).toBe("true");
  });
  test("is unknown, not false, without the file or beyond its end", () => {
    expect(judge({ source: { match: "x" } }, crash)).toBe("needs source");
    expect(judge({ not: { source: { match: "x" } } }, crash)).toBe("needs source");
    expect(judge({ source: { match: "x" } }, crash, { source: { find: () => undefined } })).toBe(
      "needs source",
    );
    const beyond = report({ goroutines: [faulting([frame("main.sum", { line: 99 })])] });
    expect(judge({ source: { match: "x" } }, beyond, { source })).toBe("needs source");
  });
});

describe("all, any and not", () => {
  const yes = { panic: { match: "index" } };
  const no = { panic: { match: "divide" } };
  const unknown = { source: { match: "x" } };
  const crash = report({ panics: [index] });
  test.each([
    [{ all: [yes, yes] }, "true"],
    [{ all: [yes, no] }, "false"],
    [{ all: [yes, unknown] }, "needs source"],
    [{ all: [no, unknown] }, "false"],
    [{ any: [no, yes, unknown] }, "true"],
    [{ any: [no, unknown] }, "needs source"],
    [{ any: [unknown, yes] }, "true"],
    [{ any: [no, no] }, "false"],
    [{ not: yes }, "false"],
    [{ not: no }, "true"],
    [{ not: unknown }, "needs source"],
    [{ ...yes, not: no, any: [yes] }, "true"],
    [{ ...no, any: [yes] }, "false"],
    [{ ...unknown, build: { race: true } }, "needs binary, source"],
  ])("%j is %s", (condition, expected) => expect(judge(condition, crash)).toBe(expected));
  test("join captures of what holds", () => {
    const when = {
      all: [{ panic: { match: "\\[(?P<a>\\d)" } }, { any: [no, { panic: { match: "length (?P<b>\\d)" } }] }],
    };
    expect(captures(when, crash)).toEqual({ a: "3", b: "3" });
  });
});
