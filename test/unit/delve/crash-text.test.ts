/** The text made of a core against what the runtime printed of the same crash. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ApiVariable } from "../../../src/delve/api.ts";
import { Kind } from "../../../src/delve/api.ts";
import { openBinary, openCore } from "../../../src/delve/core-file.ts";
import { crashReport, sameCrash } from "../../../src/delve/inspect/crash-report.ts";
import { crashText } from "../../../src/delve/inspect/crash-text.ts";
import type { CoreFindings } from "../../../src/delve/inspect/findings.ts";
import { inspectCore } from "../../../src/delve/inspect/inspect.ts";
import { nativeFrames } from "../../../src/delve/inspect/native.ts";
import { ringsOf } from "../../../src/delve/inspect/rings.ts";
import { coreSections } from "../../../src/delve/inspect/sections.ts";
import { argumentWords, valueText } from "../../../src/delve/inspect/values.ts";
import { DelveServer } from "../../../src/delve/server.ts";
import { readTrace } from "../../../src/trace/reader.ts";
import { type Crashed, crash, delve } from "./fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  await delve();
}, 180_000);

async function inspect({ program, core: path }: Crashed): Promise<CoreFindings> {
  const [binary, core] = [openBinary(program), openCore(path)];
  const server = await DelveServer.start({
    delve: await delve(),
    target: { mode: "core", program, core: path },
  });
  try {
    return await inspectCore({
      rpc: server.rpc,
      binary,
      core: path,
      native: false,
      ...("info" in core && { info: core.info }),
    });
  } finally {
    await server.stop();
    binary.source.close();
    core.source.close();
  }
}

const head = (text: string) => text.slice(0, text.indexOf("\n\ngoroutine"));

describe("the header", () => {
  for (const kind of [
    "error",
    "pointer",
    "label",
    "structptr",
    "float",
    "nil",
    "nested",
    "repanic",
    "multi",
  ]) {
    it(`is the runtime's own (${kind})`, async () => {
      const crashed = crash("panics", { args: [kind] });
      expect(head(crashText(await inspect(crashed)))).toBe(head(crashed.text));
    });
  }

  it("leaves the value of what is printed by address to be shown beside it", async () => {
    const findings = await inspect(crash("panics", { args: ["structptr"] }));
    const sections = coreSections(findings, { language: "en", all: false, diagnosed: 1 });
    expect(sections[0]!.lines.map(({ text }) => text)).toContain(
      "the panic's value: *main.point *{X: 1, Y: 2}",
    );
  });
});

describe("the sections", () => {
  it("show a value once, and name together what cannot be read", async () => {
    const findings = await inspect(crash("service"));
    const [caller] = findings.callers;
    const inner = { ...caller!.frame, function: "main.inner" };
    const lost = (name: string) => ({ name, type: "int", text: "", unreadable: "optimized away" });
    const look = { ...caller!, frame: inner, args: [lost("a"), lost("b")] };
    const values = coreSections({ ...findings, look }, { language: "en", all: false })
      .find(({ label }) => label === "Values")!
      .lines.map(({ text }) => text);
    expect(values).toContain("not readable here: a int, b int");
    expect(values).toContain("shared *main.registry = as above (shared, main.inner)");
  });

  it("count the goroutines where no diagnosis does, or one of a part of them", async () => {
    const findings = await inspect(crash("service"));
    const labels = (diagnosed?: number) =>
      coreSections(findings, {
        language: "en",
        all: false,
        ...(diagnosed !== undefined && { diagnosed }),
      }).map(({ label }) => label);
    expect(labels()).toContain("All goroutines");
    expect(labels(1)).toContain("All goroutines");
    const living = findings.goroutines.groups.reduce((sum, { count }) => sum + count, 0);
    expect(labels(living)).not.toContain("All goroutines");
  });
});

describe("the report", () => {
  const scenarios = [
    "runtime/nil-map-write/never-made",
    "runtime/nil-dereference/map-miss",
    "runtime/deadlock/send-without-receiver",
    "runtime/slice-bounds/string-cut",
    "native/segv-in-c/null-in-c",
  ];
  for (const scenario of scenarios) {
    it(`has the fingerprint of the text (${scenario})`, async () => {
      const crashed = crash(scenario, { env: { CGO_ENABLED: "1" } });
      const made = crashReport(await inspect(crashed))!.report;
      const printed = readTrace(crashed.text)[0]!;
      expect([made.kind, made.header]).toEqual([printed.kind, printed.header]);
      expect(made.fingerprint).toBe(printed.fingerprint);
      expect(sameCrash(made, printed)).toBe(true);
      expect(made.signal?.addr).toBe(printed.signal?.addr);
    });
  }
});

describe("values", () => {
  const variable = (more: Partial<ApiVariable>): ApiVariable => ({
    name: "v",
    addr: 4096,
    onlyAddr: false,
    type: "T",
    realType: "T",
    flags: 0,
    kind: Kind.int,
    value: "",
    len: 0,
    cap: 0,
    children: [],
    base: 0,
    unreadable: "",
    LocationExpr: "",
    DeclLine: 0,
    ...more,
  });

  it("are written as Go writes them", () => {
    const text = variable({ kind: Kind.string, value: "a\u001b[31m", len: 900 });
    expect(valueText(text)).toBe('"a\\u001b[31m"… (len 900)');
    expect(valueText(variable({ kind: Kind.pointer, children: [variable({ addr: 0 })] }))).toBe("nil");
    expect(valueText(variable({ kind: Kind.slice, type: "[]int" }))).toBe("nil");
    expect(valueText(variable({ kind: Kind.map, type: "map[int]int" }))).toBe("nil map");
    const members = [variable({ name: "n", value: "3" }), variable({ name: "bad", unreadable: "gone" })];
    expect(valueText(variable({ kind: Kind.struct, children: members }))).toBe("{n: 3, bad: ?}");
  });

  it("become the words of a traceback", () => {
    const words = [
      variable({ value: "-1" }),
      variable({ kind: Kind.string, base: 0x1000, len: 2 }),
      variable({ unreadable: "gone" }),
      variable({ kind: Kind.interface }),
      variable({ flags: 16, value: "5" }),
    ];
    expect(argumentWords(words)).toBe("0xffffffffffffffff, {0x1000, 0x2}, _, {0x0, 0x0}");
  });
});

describe("gdb's stack", () => {
  it("is read from the last signal handler to the runtime's call into C", () => {
    const text = [
      "#5  <signal handler called>",
      "#6  runtime.raise () at /go/src/runtime/sys_linux_amd64.s:154",
      "#12 <signal handler called>",
      "#13 __GI_abort () at ./stdlib/abort.c:79",
      "#14 0x00000000004a558a in tl_mul_mat (ctx=<optimized out>, a=0x0) at tensor.c:44",
      "#15 0x0000000000481f04 in runtime.asmcgocall () at /go/src/runtime/asm_amd64.s:995",
      "#16 0x00000ec50dee01e0 in ?? ()",
    ].join("\n");
    expect(nativeFrames(text)).toEqual([
      { function: "__GI_abort", file: "./stdlib/abort.c", line: 79 },
      {
        function: "tl_mul_mat",
        args: "ctx=<optimized out>, a=0x0",
        file: "tensor.c",
        line: 44,
        pc: "0x00000000004a558a",
      },
    ]);
    expect(nativeFrames("No stack.")).toBeUndefined();
  });

  it("begins at a handler of C that failed itself, not at what it interrupted", () => {
    const text = [
      "#11 0x000000000047b566 in runtime.sigtramp () at /go/src/runtime/sys_linux_amd64.s:364",
      "#12 <signal handler called>",
      "#13 on_usr1 (sig=10) at main.go:9",
      "#14 <signal handler called>",
      "#15 0x00007fd98b88cfb2 in __GI_raise (sig=10) at ../sysdeps/posix/raise.c:26",
    ].join("\n");
    expect(nativeFrames(text)?.map(({ function: name }) => name)).toEqual(["on_usr1", "__GI_raise"]);
  });
});

describe("goroutines that hold locks for one another", () => {
  const wait = (ids: number[], holder: number) => ({
    ids,
    holders: [{ goroutine: holder, mode: "write" as const, function: "main.f" }],
  });
  it("make a ring, told once and from its lowest number", () => {
    expect(ringsOf([wait([9, 7], 8), wait([8], 7)])).toEqual([[7, 8]]);
    expect(ringsOf([wait([5], 5)])).toEqual([[5]]);
    expect(ringsOf([wait([4], 6), wait([6], 5), wait([5], 4)])).toEqual([[4, 6, 5]]);
  });

  it("make none where the holder waits for nobody", () => {
    expect(ringsOf([wait([1, 2, 3], 9), { ids: [9] }])).toEqual([]);
  });
});
