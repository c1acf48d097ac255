/** The parts rules stand on: parsing, names, types, paths, edits, directives, build constraints. */
import { beforeAll, describe, expect, it } from "vitest";
import { flowOf } from "../../../src/golint/flow/graph.ts";
import {
  applyEdits,
  combine,
  GoParser,
  isBuilt,
  isGenerated,
  lintPackage,
  PackageModel,
  readGoMod,
  readGoWork,
} from "../../../src/golint/index.ts";
import { readPreamble } from "../../../src/golint/model/c-preamble.ts";
import { inferenceOf } from "../../../src/golint/model/infer.ts";
import { typeText } from "../../../src/golint/model/types.ts";
import { parserBytes } from "./wasm.ts";

let parser: GoParser;
beforeAll(async () => {
  parser = await GoParser.load(parserBytes());
});

function model(...texts: string[]) {
  return new PackageModel(
    parser,
    texts.map((text, at) => ({ name: `f${at}.go`, text })),
    { minor: 24 },
  );
}

const rulesFound = (text: string) =>
  lintPackage(model(text)).findings.map(({ rule, range }) => `${range.from.line} ${rule}`);

describe("the types of expressions", () => {
  it.each([
    ["x := []byte(s)", "[]byte"],
    ["x := (*C.char)(unsafe.Pointer(&b[0]))", "*C.char"],
    ["x := C.CString(s)", "*C.char"],
    ["x := C.count(3)", "C.int"],
    ["x := C.size_t(4)", "C.size_t"],
    ["x := make([]float32, 3)", "[]float32"],
    ["x := unsafe.Slice(p, 3)", "[]int64"],
    ["x := r.items[0]", "uint16"],
    ["x := r.size()", "int32"],
    ["x := &record{}", "*record"],
    ["x := len(s) * 2", "int"],
    ["x := 2 * r.size()", "int32"],
    ["x, _ := strconv.Atoi(s)", "int"],
    ["x, err := C.count(1)", "C.int"],
    ["var x = [...]int{1, 2, 3}", "[3]int"],
    ["x := elsewhere", "*record"],
  ])("%s is %s", (line, type) => {
    const body = `package p\n\n/*\nstatic int count(int n) { return n; }\n*/\nimport "C"\n\nimport (\n\t"strconv"\n\t"unsafe"\n)\n\nfunc f(s string, b []byte, p *int64, r *record) {\n\t${line}\n}\n`;
    const pkg = model(
      body,
      "package p\n\ntype record struct { items []uint16 }\n\nfunc (r *record) size() int32 { return 0 }\n\nvar elsewhere = &record{}\n",
    );
    const file = pkg.file("f0.go");
    const x = file.locals(file.functions()[0]!).find(({ name }) => name === "x")!;
    expect(typeText(inferenceOf(file).typeOfEntity(x))).toBe(type);
  });
});

it("reads prototypes, bodies, structs and typedefs of a preamble", () => {
  const preamble = readPreamble(
    "#include <stdlib.h>\n#define X(a) \\\n  { a }\ntypedef struct { int x; char *name; } point;\nstruct node { struct node *next; };\ntypedef unsigned int id_t2;\nextern const char *text(void *p, int n);\nstatic inline int add(int a, int b) { if (a) { return b; } return a; }\n",
  );
  expect([...preamble.functions.keys()]).toEqual(["text", "add"]);
  expect(preamble.functions.get("text")).toMatchObject({
    result: "const char *",
    parameters: [
      { type: "void *", name: "p" },
      { type: "int", name: "n" },
    ],
  });
  expect(preamble.functions.get("add")?.body).toContain("return b");
  expect(preamble.structs.get("point")?.fields).toEqual([
    { type: "int", name: "x" },
    { type: "char *", name: "name" },
  ]);
  expect(preamble.typedefs.get("id_t2")).toBe("unsigned int");
  expect(preamble.includes).toEqual(["stdlib.h"]);
});

describe("what other files of the package say", () => {
  const head = "package p\n\n/*\n#include <stdlib.h>\n";
  const use = `${head}void keep(char *s);\n*/\nimport "C"\n\nfunc hand(s string) { C.keep(C.CString(s)) }\n`;
  const body = (text: string) => `${head}void keep(char *s) { ${text} }\n*/\nimport "C"\n`;
  const found = (...texts: string[]) => lintPackage(model(...texts)).findings.map(({ rule }) => rule);

  it("counts for a C function that only another preamble defines", () => {
    expect(found(use, body("free(s);"))).toEqual([]);
    expect(found(use, body("s[0] = 0;"))).toEqual(["cgo-memory-leak"]);
  });

  it("counts for slices that the callers make sure of", () => {
    const sum = `package p\n\n/*\nvoid sum(float *v);\n*/\nimport "C"\n\nfunc sum(v []C.float) { C.sum(&v[0]) }\n`;
    const caller = (check: string) => `package p\n\nfunc Sum(v []C.float) {\n${check}\tsum(v)\n}\n`;
    expect(found(sum, caller("\tif len(v) == 0 {\n\t\treturn\n\t}\n"))).toEqual([]);
    expect(found(sum, caller(""))).toEqual(["cgo-empty-slice-pointer"]);
  });
});

describe("code as it is typed", () => {
  const whole =
    'package p\n\n// #include <stdlib.h>\nimport "C"\n\nfunc f(s string) {\n\tcs := C.CString(s)\n\t_ = C.strlen(cs)\n}\n\nfunc g() { println("x") }\n';

  it("can be cut anywhere without harm", () => {
    for (let at = 0; at <= whole.length; at += 3)
      expect(lintPackage(model(whole.slice(0, at))).failures).toEqual([]);
  });

  it("gives the same findings after an edit as when parsed anew", () => {
    let tree = parser.parse(whole);
    const lint = () =>
      lintPackage(new PackageModel(parser, [{ name: "a.go", text: tree.text, tree }], { minor: 24 }))
        .findings;
    expect(lint()).toHaveLength(1);
    const at = whole.indexOf("import");
    for (const [from, to, insert] of [
      [at, at, "// more\n"],
      [0, 0, "// top\n"],
      [60, 62, "x"],
      [60, 61, ""],
      [70, 70, "{"],
      [70, 71, ""],
    ] as const) {
      tree = parser.reparse(tree, [{ from, to, insert }]);
      const anew = lintPackage(model(tree.text)).findings.map(({ rule, range }) => ({ rule, range }));
      expect(lint().map(({ rule, range }) => ({ rule, range }))).toEqual(anew);
      const kinds = (t: typeof tree) => t.declarations.map((d) => `${d.kind} ${d.start} ${d.end}`);
      expect(kinds(tree)).toEqual(kinds(parser.parse(tree.text)));
    }
    tree.dispose();
  });

  const FREES = 'package p\n\nimport "C"\n\nfunc f() {\n\tp := C.malloc(1)\n\tC.free(p)\n\tC.free(p)\n}\n';
  const whyNot = (...texts: string[]) =>
    lintPackage(model(...texts))
      .failures.map(({ why }) => why)
      .join();

  it.each([
    ["brackets", `${FREES}\nvar x = ${"(".repeat(10_000)}1${")".repeat(10_000)}\n`],
    ["blocks", `${FREES}\nfunc g() ${"{".repeat(10_000)}${"}".repeat(10_000)}\n`],
    ["branches", `${FREES}\nfunc g() {${"if x {".repeat(10_000)}${"}".repeat(10_000)}}\n`],
    ["literals", `${FREES}\nvar x = ${"[]T{".repeat(10_000)}${"}".repeat(10_000)}\n`],
    ["brackets that are never closed", `package p\nimport "C"\nfunc f(if x {\n${"uintptr(".repeat(400)}`],
    ["sums", `${FREES}\nvar x = 1${" + 1".repeat(10_000)}\n`],
    ["pointers", `${FREES}\nvar x ${"*".repeat(10_000)}int\n`],
  ])("tells of %s too deep, and reads the other files as before", (_, deep) => {
    const { findings, failures } = lintPackage(model(deep, FREES.replace("f()", "other()")));
    expect(failures.map(({ file }) => file)).toEqual(["f0.go"]);
    expect(failures[0]!.why).toMatch(/^nested deeper than /);
    expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual(["f1.go cgo-double-free"]);
    expect(rulesFound(FREES)).toEqual(["8 cgo-double-free"]);
  });

  it("reads what is as deep as people write, brackets in strings left out", () => {
    const text = `${FREES}\nvar z = ${"(".repeat(90)}1${" + 1".repeat(800)}${")".repeat(90)}\n${'var y = "((" + `[` + "{" // (\n'.repeat(300)}\n`;
    expect(whyNot(text)).toBe("");
    expect(rulesFound(text)).toEqual(["8 cgo-double-free"]);
  });

  it("tells a file that is nested too deep instead of failing", () => {
    const deep = `package p\n\nimport "C"\n\nvar x = ${"(".repeat(60_000)}C.free(nil)${")".repeat(60_000)}\n`;
    expect(whyNot(deep)).toBe("nested deeper than 100 brackets");
  });
});

describe("paths through a function", () => {
  it.each([
    ["return", "if n > 0 { return }\nprintln()", true],
    ["a loop without end", "for { println() }", false],
    ["a loop left by its label", "a: for { for { break a } }", true],
    ["panic", "panic(1)", false],
    ["goto", "goto end\nend: println()", true],
    ["a switch that always returns", "switch { case n > 0: return\ndefault: panic(1) }", true],
    ["select", "select {}", false],
  ])("%s", (_, body, ends) => {
    const file = model(`package p\n\nfunc f(n int) {\n${body}\n}\n`).file("f0.go");
    const flow = flowOf(file.functions()[0]!, file);
    const seen = new Set([flow.entry]);
    for (const block of seen) for (const { to } of block.edges) seen.add(to);
    expect(seen.has(flow.exit)).toBe(ends);
  });
});

describe("//golm:ignore", () => {
  const program = (above: string, behind: string) =>
    `package p\n\n// #include <stdlib.h>\nimport "C"\n\nfunc f() {\n\tp := C.malloc(1)\n${above}\tC.free(p)\n\tC.free(p)${behind}\n}\n`;

  it.each([
    ["nothing", "", "", ["9 cgo-double-free"]],
    ["its own line", "", " //golm:ignore cgo-double-free known to be harmless", []],
    [
      "without a reason",
      "",
      " //golm:ignore cgo-double-free",
      ["9 cgo-double-free", "9 ignore-without-reason"],
    ],
    ["another rule", "", " //golm:ignore cgo-memory-leak a reason", ["9 cgo-double-free", "9 ignore-unused"]],
    [
      "an unknown rule",
      "",
      " //golm:ignore cgo-dobule-free a reason",
      ["9 cgo-double-free", "9 ignore-unknown-rule"],
    ],
    [
      "the line above another",
      "\t//golm:ignore cgo-double-free a reason\n",
      "",
      ["10 cgo-double-free", "8 ignore-unused"],
    ],
  ])("%s", (_, above, behind, expected) => {
    expect(rulesFound(program(above, behind)).sort()).toEqual(expected);
  });

  it("is no directive inside a string", () => {
    expect(rulesFound('package p\n\nvar s = "//golm:ignore x"\n')).toEqual([]);
  });
});

describe("edits", () => {
  it("refuse to overlap, and make a shared one once", () => {
    expect(
      applyEdits("abc", [
        { from: 0, to: 2, insert: "x" },
        { from: 1, to: 3, insert: "y" },
      ]),
    ).toBeUndefined();
    const shared = { from: 0, to: 0, insert: "i", shared: true };
    const { edits, taken } = combine([
      { edits: [shared, { from: 1, to: 2, insert: "" }] },
      { edits: [shared, { from: 2, to: 3, insert: "z" }] },
      { edits: [{ from: 1, to: 3, insert: "q" }] },
    ]);
    expect(taken).toHaveLength(2);
    expect(applyEdits("abc", edits)).toBe("iaz");
  });

  it("take an import out when together they take away its last uses", () => {
    const text = "import u;u.a;u.b;u.c";
    const edit = { from: 0, to: 9, insert: "", shared: true };
    const drop = (gone: number) => ({ edit, name: "u", uses: [9, 13, 17], gone: [gone] });
    const group = (gone: number, insert = "x") => ({
      edits: [{ from: gone, to: gone + 3, insert }],
      drops: [drop(gone)],
    });
    const made = (...groups: ReturnType<typeof group>[]) => applyEdits(text, combine(groups).edits);
    expect(made(group(9), group(13), group(17))).toBe("x;x;x");
    expect(made(group(9), group(13))).toBe("import u;x;x;u.c");
    expect(made(group(9), group(13), group(17, "u.d"))).toBe("import u;x;x;u.d");
  });
});

describe("the files of a configuration", () => {
  const linux = { goos: "linux", goarch: "amd64", cgo: true, tags: ["gpu"], minor: 24 };
  it.each([
    ["a.go", "package p\n", true],
    ["a_windows.go", "package p\n", false],
    ["a_linux_arm64.go", "package p\n", false],
    ["linux.go", "package p\n", true],
    ["a_linux_test.go", "package p\n", true],
    ["a.go", "//go:build gpu && !cgo\n\npackage p\n", false],
    ["a.go", "//go:build (darwin || linux) && go1.21\n\npackage p\n", true],
    ["a.go", "//go:build ignore\n\npackage p\n", false],
    ["_a.go", "package p\n", false],
  ])("%s with %j: %s", (name, head, built) => {
    expect(isBuilt(name, head, linux)).toBe(built);
  });

  it("leave cgo out without it, and know generated code", () => {
    expect(isBuilt("a.go", 'package p\n\nimport "C"\n', { ...linux, cgo: false })).toBe(false);
    expect(isGenerated("// Code generated by protoc. DO NOT EDIT.\n\npackage p\n")).toBe(true);
    expect(isGenerated("package p\n\nvar s = `\n// Code generated by x. DO NOT EDIT.\n`\n")).toBe(false);
  });

  it("come with the module's version", () => {
    expect(readGoMod("module example.com/x // c\n\ngo 1.21.3\n")).toEqual({
      module: "example.com/x",
      minor: 21,
    });
    expect(readGoMod("module x\n").minor).toBe(16);
    expect(readGoWork("go 1.22\n\nuse ./a\nuse (\n\t./b // c\n\t../c\n)\n")).toEqual(["./a", "./b", "../c"]);
  });
});
