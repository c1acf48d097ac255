import { describe, expect, test } from "vitest";
import { diagnose } from "../../../src/faulttree/index.ts";
import {
  at,
  catalogOf,
  cause,
  event,
  evidence,
  faulting,
  frame,
  goroutine,
  panic,
  report,
} from "./reports.ts";

const index = report({
  panics: [panic("runtime error: index out of range [3] with length 3")],
  goroutines: [faulting(["main.sum", "main.main"])],
});
const anyPanic = { panic: { match: "." } };
const never = { panic: { match: "^never$" } };
const needsSource = { source: { match: "x", around: 0 } };

describe("the event", () => {
  test("with the higher priority wins, then the more specific, then the first id", () => {
    const specific = event("a/specific", [{ panic: { match: "^runtime error: index" } }]);
    const general = event("a/general", [{ panic: { match: "^runtime" } }]);
    const twin = event("a/twin", [{ panic: { match: "^runtime error: index" } }]);
    const first = event("z/first", [anyPanic], { priority: 1 });
    const pick = (...events: (typeof first)[]) => diagnose(index, catalogOf(events, [])).event.id;
    expect(pick(general, specific)).toBe("a/specific");
    expect(pick(twin, specific)).toBe("a/specific");
    expect(pick(general, specific, first)).toBe("z/first");
    expect(
      diagnose(index, catalogOf([general, specific, first], [])).alsoMatches?.map(({ id }) => id),
    ).toEqual(["a/specific", "a/general"]);
  });
  test("needs certainty: what cannot be judged does not match", () => {
    expect(diagnose(index, catalogOf([event("a/b", [needsSource])], [])).event.id).toBe("unknown/panic");
  });
  test("speaks the language asked", () => {
    const catalog = catalogOf([event("a/b", [anyPanic])], [cause("a/b/c")]);
    expect(diagnose(index, catalog).event.title).toBe("a/b");
    const chinese = diagnose(index, catalog, { language: "zh-cn" });
    expect(chinese.event.title).toBe("a/b（中文）");
    expect(chinese.event.proves).toContain("中文");
    expect(chinese.causes[0]!.title).toBe("a/b/c（中文）");
    expect(chinese.nextSteps.every((step) => /\p{Script=Han}/u.test(step))).toBe(true);
  });
});

describe("causes", () => {
  const events = [event("a/b", [anyPanic])];
  const rank = (...causes: ReturnType<typeof cause>[]) => diagnose(index, catalogOf(events, causes)).causes;
  test("are ranked by prior and weights, ties by id", () => {
    const ranked = rank(
      cause("a/b/rare", { prior: -1 }),
      cause("a/b/twin-b"),
      cause("a/b/twin-a"),
      cause("a/b/shown", { evidence: [evidence("e", anyPanic, 3)] }),
      cause("a/b/refuted", { evidence: [evidence("e", anyPanic, -3)] }),
    );
    expect(ranked.map(({ id }) => id)).toEqual([
      "a/b/shown",
      "a/b/twin-a",
      "a/b/twin-b",
      "a/b/rare",
      "a/b/refuted",
    ]);
    expect(ranked[1]!.confidence).toBe(ranked[2]!.confidence);
  });
  test("share their confidence with something else", () => {
    // e^score over the sum with e^1 for something else.
    expect(rank(cause("a/b/c"))[0]!.confidence).toBe(0.268);
    expect(rank(cause("a/b/c", { prior: 1 }))[0]!.confidence).toBe(0.5);
    expect(rank(cause("a/b/c", { evidence: [evidence("e", anyPanic, 4)] }))[0]!.confidence).toBe(0.952);
    const two = rank(cause("a/b/c", { prior: 3 }), cause("a/b/d", { prior: 3 }));
    expect(two.map(({ confidence }) => confidence)).toEqual([0.468, 0.468]);
  });
  test("do not compete under an and gate", () => {
    const both = [event("a/b", [anyPanic], { gate: "and" })];
    const causes = [cause("a/b/c", { prior: 3 }), cause("a/b/d", { prior: 3 })];
    expect(diagnose(index, catalogOf(both, causes)).causes.map(({ confidence }) => confidence)).toEqual([
      0.88, 0.88,
    ]);
  });
  test("without their required evidence are out; unjudged, they stay and say so", () => {
    const ranked = rank(
      cause("a/b/out", { prior: 3, evidence: [evidence("e", never, 1, { required: true })] }),
      cause("a/b/open", { prior: 3, evidence: [evidence("e", needsSource, 1, { required: true })] }),
      cause("a/b/optional", { prior: 1.5, evidence: [evidence("e", needsSource, 1)] }),
    );
    expect(ranked.map(({ id }) => id)).toEqual(["a/b/optional", "a/b/open"]);
    expect(ranked[1]!.unknown).toEqual([{ id: "e", needs: "source" }]);
  });
  test("list evidence for and against, strongest first, captures filled in", () => {
    const when = { panic: { match: "\\[(?P<index>\\d+)\\](?P<rest>zzz)?" } };
    const ranked = rank(
      cause("a/b/c", {
        evidence: [
          evidence("weak", anyPanic, 1),
          evidence("not-true", never, 3),
          evidence("against", when, -2, { says: "Index {index}{rest}, {other} stays." }),
        ],
      }),
    );
    expect(ranked[0]!.evidence).toEqual([
      { id: "against", weight: -2, says: "Index 3…, … stays.", at },
      { id: "weak", weight: 1, says: "weak", at },
    ]);
  });
  test("of older Go versions only are marked down", () => {
    const old = cause("a/b/loopvar", { prior: 3, go: ">=1.5 <1.22" });
    const catalog = catalogOf(events, [old]);
    const at122 = diagnose({ ...index, goVersion: { exact: "1.24.1" } }, catalog).causes[0]!;
    expect(at122.evidence).toMatchObject([{ id: "go-version", weight: -2 }]);
    expect(at122.confidence).toBeLessThan(diagnose(index, catalog).causes[0]!.confidence);
    expect(diagnose({ ...index, goVersion: { max: "1.21" } }, catalog).causes[0]!.evidence).toEqual([]);
  });
  test("all ruled out leave the event and a step that says so", () => {
    const out = cause("a/b/out", { evidence: [evidence("e", never, 1, { required: true })] });
    const diagnosis = diagnose(index, catalogOf(events, [out]));
    expect(diagnosis).toMatchObject({ event: { id: "a/b" }, causes: [] });
    expect(diagnosis.nextSteps.join()).toContain("every known cause");
  });
  test("that are close come with the question that separates them", () => {
    const says = { en: "Which one?", zh: "是哪一个？" };
    const one = cause("a/b/one", { prior: 1 });
    const other = cause("a/b/other", { separates: [{ from: "one", says }] });
    const ask = (...causes: (typeof one)[]) => diagnose(index, catalogOf(events, causes)).question;
    expect(ask(one, other)).toBe("Which one?");
    expect(ask({ ...one, prior: 3 }, other)).toBeUndefined();
    expect(ask(one, cause("a/b/other"))).toBeUndefined();
  });
});

describe("the location", () => {
  const locate = (...args: Parameters<typeof report>) =>
    diagnose(report(...args), catalogOf([], [])).location;
  const user = (name: string) => expect.objectContaining({ function: name, basis: "user" });
  const boom = [panic("boom")];

  test("is the first user frame of the faulting goroutine", () => {
    expect(
      locate({ panics: boom, goroutines: [faulting(["panic", "runtime.f", "main.a", "main.b"])] }),
    ).toEqual({
      function: "main.a",
      file: "/src/main/x.go",
      line: 10,
      basis: "user",
    });
  });
  test("is the origin of a panic that handlers raised again", () => {
    const frames = [
      "main.log",
      "panic",
      "main.recoverer",
      "panic",
      "runtime.panicmem",
      "main.origin",
      "main.main",
    ];
    expect(locate({ panics: boom, goroutines: [faulting(frames)] })).toEqual(user("main.origin"));
  });
  test("of two failures is that of the one the event speaks of", () => {
    const goroutines = [faulting(["main.close", "panic", "main.load", "main.main"])];
    const second = panic("runtime error: nil", { at: { start: 20, end: 30 } });
    const events = [
      event("a/nil", [{ panic: { match: "nil" } }]),
      event("a/load", [{ panic: { match: "boom" } }]),
    ];
    const where = (events: Parameters<typeof catalogOf>[0], panics: ReturnType<typeof panic>[]) =>
      diagnose(report({ panics, goroutines }), catalogOf(events, [])).location!.function;
    expect(where([events[0]!], [...boom, second])).toBe("main.close");
    expect(where([events[1]!], [...boom, second])).toBe("main.load");
    expect(where([], [...boom, second])).toBe("main.load");
    // Recovered and raised in other words: one failure.
    expect(where([events[0]!], [panic("boom", { recovered: true }), second])).toBe("main.load");
  });
  test("of a signal on the runtime's own stack is there, not at a goroutine that was in C", () => {
    const signal = { name: "SIGSEGV", m: 3, inCgo: false, at };
    const worker = faulting(["runtime.systemstack_switch", "runtime.gcBgMarkWorker"], { m: 3 });
    const inC = goroutine(["runtime.cgocall", "main._Cfunc_decode", "main.decode"], { state: "syscall" });
    const system = (...frames: string[]) => goroutine(frames, { id: 0, state: "idle", m: 3 });
    const where = (own: ReturnType<typeof system>, inCgo: boolean) =>
      locate({ kind: "signal", signal: { ...signal, inCgo }, goroutines: [own, worker, inC] })?.function;
    expect(where(system("runtime.scanObject", "runtime.gcDrain"), false)).toBe("runtime.scanObject");
    expect(where(system("runtime.scanObject", "runtime.gcDrain"), true)).toBe("main.decode");
  });
  test("is below the recovery of a middleware and of net/http", () => {
    const gin = frame("github.com/gin-gonic/gin.CustomRecovery.func1.1", {
      file: "/home/dev/go/pkg/mod/github.com/gin-gonic/gin@v1.10.0/recovery.go",
    });
    expect(
      locate({ recovered: true, panics: boom, goroutines: [faulting([gin, "panic", "main.handler", gin])] }),
    ).toEqual(user("main.handler"));
    const served = [
      "net/http.(*conn).serve.func1",
      "panic",
      "main.(*api).chat",
      "net/http.HandlerFunc.ServeHTTP",
    ];
    expect(locate({ recovered: true, panics: boom, goroutines: [faulting(served)] })).toEqual(
      user("main.(*api).chat"),
    );
  });
  test("is the caller of a library that panics on purpose", () => {
    const library = (name: string) => frame(name, { file: "/go/pkg/mod/github.com/x/y@v1.0.0/z.go" });
    const stack = [
      "panic",
      library("github.com/x/y.check"),
      library("github.com/x/y.MustRegister"),
      "main.init.0",
    ];
    expect(locate({ panics: [panic("duplicate")], goroutines: [faulting(stack)] })).toEqual(
      user("main.init.0"),
    );
    const fault = [panic("runtime error: invalid memory address or nil pointer dereference")];
    expect(locate({ panics: fault, goroutines: [faulting(stack)] })).toEqual(user("github.com/x/y.check"));
  });
  test("skips generated method wrappers", () => {
    const wrapper = frame("main.(*T).M", { file: "<autogenerated>", line: 1 });
    expect(
      locate({ panics: boom, goroutines: [faulting(["runtime.panicwrap", wrapper, "main.main"])] }),
    ).toEqual(user("main.main"));
  });
  test("of a native fault is the Go line that called into C, on the thread of the signal", () => {
    const wrapper = frame("main._Cfunc_decode", { file: "_cgo_gotypes.go" });
    const inC = (caller: string, m: number) =>
      goroutine(["runtime.cgocall", wrapper, caller, "main.main"], { state: "syscall", m });
    expect(
      locate({
        kind: "signal",
        signal: { name: "SIGABRT", inCgo: true, m: 5, at },
        goroutines: [faulting(["runtime.raise"], { id: 0 }), inC("main.other", 3), inC("main.decode", 5)],
        nativeLines: [{ text: "GGML_ASSERT(n > 0) failed", at }],
      }),
    ).toEqual(user("main.decode"));
  });
  test("is the native line where no Go frame is", () => {
    expect(
      locate({
        kind: "signal",
        signal: { name: "SIGABRT", inCgo: false, at },
        nativeLines: [{ text: "runner: src/kv.c:88: find_slot: Assertion `n > 0' failed.", at }],
      }),
    ).toEqual({ function: "find_slot", file: "src/kv.c", line: 88, basis: "native" });
    expect(
      locate({
        kind: "exit-status",
        nativeLines: [{ text: "/llama.cpp/ggml.c:12: GGML_ASSERT(x) failed", at }],
      }),
    ).toMatchObject({ file: "/llama.cpp/ggml.c", line: 12, basis: "native" });
  });
  test("of a race is in its first access", () => {
    const access = (name: string) => ({
      op: "write",
      previous: false,
      goroutine: 1,
      frames: [frame("runtime.mapassign"), frame(name)],
    });
    const race = { accesses: [access("main.put"), access("main.get")], creations: [] };
    expect(locate({ kind: "race", race })).toEqual(user("main.put"));
  });
  test("of a deadlock is where main or another goroutine waits", () => {
    const fatal = { message: "all goroutines are asleep - deadlock!", at };
    const waiting = goroutine(["sync.(*WaitGroup).Wait", "main.wait"], { id: 7 });
    expect(locate({ kind: "fatal", fatal, goroutines: [faulting(["runtime.gopark"]), waiting] })).toEqual(
      user("main.wait"),
    );
    const main = goroutine(["main.main"], { id: 1 });
    expect(
      locate({ kind: "fatal", fatal, goroutines: [faulting(["runtime.gopark"], { id: 9 }), waiting, main] }),
    ).toEqual(user("main.main"));
  });
  test("of a timeout is in the test that ran", () => {
    const alarm = faulting(["panic", "testing.(*M).startAlarm.func1"]);
    const parent = goroutine(["testing.(*T).Run", "main.TestAll", "testing.tRunner"]);
    const other = goroutine(["main.helper", "main.TestOther", "testing.tRunner"]);
    const slow = goroutine(["main.wait", "main.TestSlow", "testing.tRunner"]);
    const panics = [panic("test timed out after 10s")];
    const goroutines = [alarm, parent, other, slow];
    const running = { running: ["TestSlow (10s)"] };
    expect(locate({ kind: "test-timeout", panics, goroutines, test: running })).toEqual(user("main.wait"));
    expect(locate({ kind: "test-timeout", panics, goroutines })).toEqual(user("main.helper"));
  });
  test("of a dump is where most goroutines are", () => {
    const shared = frame("main.worker");
    const many = Array.from({ length: 3 }, () => goroutine([shared]));
    expect(locate({ kind: "goroutine-dump", goroutines: [goroutine(["main.main"]), ...many] })).toEqual(
      user("main.worker"),
    );
  });
  test("is the creator where only library frames are, then the runtime", () => {
    const lost = faulting(["runtime.gopark"], { createdBy: frame("main.start") });
    expect(locate({ panics: boom, goroutines: [lost] })).toMatchObject({
      function: "main.start",
      basis: "created-by",
    });
    expect(locate({ panics: boom, goroutines: [faulting(["runtime.gopark"])] })).toMatchObject({
      basis: "runtime",
    });
    expect(locate({ panics: boom })).toBeUndefined();
  });
  test("carries the source around the line where it is found", () => {
    const text = Array.from({ length: 11 }, (_, i) => `line ${i + 1}`).join("\n");
    const source = { find: () => ({ path: "/here/x.go", text: `${text}\n` }) };
    const located = diagnose(index, catalogOf([], []), { source }).location!;
    expect(located.source).toEqual({
      path: "/here/x.go",
      first: 7,
      lines: ["line 7", "line 8", "line 9", "line 10", "line 11"],
    });
  });
});

describe("next steps", () => {
  const steps = (...args: Parameters<typeof report>) =>
    diagnose(report(...args), catalogOf([], [])).nextSteps.join("\n");
  test("name the line, and GOTRACEBACK where one goroutine is shown", () => {
    const text = steps({ panics: [panic("boom")], goroutines: [faulting(["main.a"])] });
    expect(text).toContain("main.a (/src/main/x.go:10)");
    expect(text).toContain("GOTRACEBACK=all");
    const recovered = steps({ recovered: true, panics: [panic("boom")], goroutines: [faulting(["main.a"])] });
    expect(recovered).not.toContain("GOTRACEBACK=all");
    const when = { goroutines: { state: "chan", count: ">= 1" } };
    const known = (list: ReturnType<typeof evidence>[]) =>
      diagnose(
        index,
        catalogOf([event("a/b", [anyPanic])], [cause("a/b/c", { evidence: list })]),
      ).nextSteps.join();
    expect(known([])).not.toContain("GOTRACEBACK=all");
    expect(known([evidence("e", when, 1)])).toContain("GOTRACEBACK=all");
  });
  test("carry the command that verifies the first cause", () => {
    const verify = { says: { en: "Check it.", zh: "检查。" }, command: "go test -race ./..." };
    const catalog = catalogOf(
      [event("a/concurrent-map", [anyPanic])],
      [cause("a/concurrent-map/b", { verify })],
    );
    const text = diagnose(index, catalog).nextSteps.join("\n");
    expect(text).toContain("Check it. Run: go test -race ./...");
    expect(text).not.toContain("with -race:");
  });
  test("ask for -race, a core, the whole text where that helps", () => {
    expect(steps({ kind: "fatal", fatal: { message: "concurrent map writes", at } })).toContain("-race");
    expect(steps({ kind: "signal", signal: { name: "SIGSEGV", inCgo: true, at } })).toContain(
      "GOTRACEBACK=crash",
    );
    for (const name of ["EXCEPTION_ACCESS_VIOLATION", "0xc0000374"]) {
      const windows = steps({ kind: "signal", signal: { name, inCgo: true, at } });
      expect(windows).toContain("GOTRACEBACK=wer");
      expect(windows).not.toContain("ulimit");
    }
    expect(steps({ panics: [panic("boom")] })).toContain("GOTRACEBACK=none hides it");
    expect(steps({ completeness: "cut-head" })).toContain("What the panic said stood above");
    expect(steps({ panics: [panic("boom")], completeness: "cut-head" })).toContain("The text is cut");
  });
  test.each([
    ["panic", { panics: [panic("runtime error: something new")] }, "The runtime raised this itself"],
    ["panic", { panics: [panic("main.E{}", { type: "main.E" })] }, "a type of its own"],
    ["panic", { panics: [panic("bad state")] }, "Somebody wrote this text"],
    ["fatal", { fatal: { message: "new", at } }, "fatal error:"],
    ["signal", { signal: { name: "SIGUSR1", inCgo: false, at } }, "SIGUSR1"],
    ["exit-status", {}, "exit status"],
    ["exit-status", { exit: { status: 139, text: "", at } }, "SIGSEGV"],
    ["exit-status", { exit: { signal: "SIGABRT", text: "", at } }, "SIGABRT"],
    ["exit-status", { exit: { status: 1, text: "", at } }, "kernel log"],
    ["race", {}, "Two goroutines"],
    ["test-timeout", {}, "running test"],
    ["goroutine-dump", {}, "largest group"],
  ] as const)("help with an unknown %s", (kind, parts, text) => {
    const crash = report({ kind, ...parts });
    const diagnosis = diagnose(crash, catalogOf([], []));
    expect(diagnosis.event.id).toBe(`unknown/${kind}`);
    expect(diagnosis.causes).toEqual([]);
    expect(diagnosis.nextSteps.join("\n")).toContain(text);
    const chinese = diagnose(crash, catalogOf([], []), { language: "zh-cn" });
    expect([chinese.event.title, ...chinese.nextSteps].every((line) => /\p{Script=Han}/u.test(line))).toBe(
      true,
    );
  });
});
