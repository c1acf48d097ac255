/** The refactoring that wraps a C resource: what it writes is formatted, vetted, built and run by Go. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyEdits, GoParser, PackageModel } from "../../../../src/golint/index.ts";
import { wrapResource } from "../../../../src/golint/refactor/wrap-resource.ts";
import { parserBytes } from "../wasm.ts";

let parser: GoParser;
const folder = mkdtempSync(join(tmpdir(), "golm-wrap-"));
beforeAll(async () => {
  parser = await GoParser.load(parserBytes());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** C that counts what is alive, so that a program can print what it left behind. */
const PREAMBLE = `/*
#include <stdlib.h>
typedef struct engine { int layers; } engine;
static int alive;
static engine *engine_new(int layers, const char *name) {
	if (layers < 0) return NULL;
	alive++;
	engine *e = malloc(sizeof *e);
	e->layers = layers;
	return e;
}
static int engine_run(engine *e, int n) { return e->layers * n; }
static void engine_free(engine *e) { alive--; free(e); }
static int engines(void) { return alive; }
static int *lost_new(int n) { return calloc(n, sizeof(int)); }
*/
import "C"
`;

/** Wraps the call at the first `«`, which is taken out. */
function wrap(marked: string, minor = 24): string | undefined {
  const at = marked.indexOf("«");
  const text = marked.replace("«", "");
  const pkg = new PackageModel(parser, [{ name: "main.go", text }], { minor });
  try {
    const fix = wrapResource(pkg.file("main.go"), { start: at, end: at });
    if (fix) expect(new Set(fix.edits.map((edit) => JSON.stringify(edit))).size).toBe(fix.edits.length);
    return fix && applyEdits(text, fix.edits);
  } finally {
    pkg.dispose();
  }
}

const PROGRAMS = {
  "a pointer that is freed with defer": {
    body: `import "fmt"

func main() {
	name := C.CString("tiny")
	defer C.free(unsafe.Pointer(name))
	e := «C.engine_new(3, name)
	defer C.engine_free(e)
	if e == nil {
		return
	}
	fmt.Println(C.engine_run(e, 4), e.layers)
}
`,
    prints: "12 3\n",
    holds: ["e, err := newEngine(3, name)", "defer e.Close()"],
  },
  "a pointer that is never freed, in a function with an error": {
    body: `import "fmt"

func run(layers C.int) (string, *int, error) {
	e := C.«engine_new(layers, nil)
	return fmt.Sprint(C.engine_run(e, 2)), nil, nil
}

func main() {
	text, _, err := run(5)
	_, _, failed := run(-1)
	fmt.Println(text, err, failed, C.engines())
}
`,
    prints: "10 <nil> C.engine_new returned no memory 0\n",
    holds: ['return "", nil, err', "runtime.AddCleanup("],
  },
  "memory of malloc behind a conversion": {
    body: `import "fmt"

func fill(n int) int {
	p := (*C.int)(«C.malloc(C.size_t(n) * 4))
	p2 := C.engine_run((*C.engine)(unsafe.Pointer(p)), 0)
	C.free(unsafe.Pointer(p))
	return int(p2)
}

func main() {
	fmt.Println(fill(8))
}
`,
    prints: "0\n",
    holds: ["func newCBuffer(size C.size_t) *cBuffer {", "defer p.Close()"],
  },
  "a pointer that leaves the function": {
    body: `import "fmt"

type model struct {
	e *C.engine
}

func load() *model {
	return &model{e: «C.engine_new(2, nil)}
}

func main() {
	m := load()
	fmt.Println(C.engine_run(m.e, 3))
	C.engine_free(m.e)
}
`,
    prints: "6\n",
    holds: [
      "return &model{e: C.engine_new(2, nil)}",
      "func newEngine(layers C.int, name *C.char) (*engine, error) {",
    ],
  },
} as const;

describe.each([24, 21])("for Go 1.%i", (minor) => {
  it("writes programs that Go formats, vets and runs", { timeout: 120_000 }, () => {
    const root = join(folder, String(minor));
    const names = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[];
    for (const [at, name] of names.entries()) {
      const { body, holds } = PROGRAMS[name];
      const imports = body.includes("unsafe.") ? `${PREAMBLE}import "unsafe"\n` : PREAMBLE;
      const wrapped = wrap(`package main\n\n${imports}${body}`, minor);
      for (const part of holds) {
        if (minor < 24 && part.includes("AddCleanup"))
          expect(wrapped, name).toContain("runtime.SetFinalizer(");
        else expect(wrapped, name).toContain(part);
      }
      mkdirSync(join(root, `p${at}`), { recursive: true });
      writeFileSync(join(root, `p${at}`, "main.go"), wrapped!);
    }
    writeFileSync(join(root, "go.mod"), `module example.com/wrap\n\ngo 1.${minor}\n`);
    const env = {
      ...process.env,
      CGO_ENABLED: "1",
      GOFLAGS: "-mod=mod",
      GOWORK: "off",
      GOTOOLCHAIN: "local",
    };
    const go = (...args: string[]) =>
      spawnSync("go", args, { cwd: root, env, encoding: "utf8", timeout: 110_000 });
    expect(spawnSync("gofmt", ["-d", "."], { cwd: root, encoding: "utf8" }).stdout).toBe("");
    expect(go("vet", "./...").stderr).toBe("");
    expect(go("build", "-o", "bin/", "./...").stderr).toBe("");
    for (const [at, name] of names.entries()) {
      const ran = spawnSync(join(root, "bin", `p${at}`), { encoding: "utf8", timeout: 10_000 });
      expect(ran.stderr + ran.stdout, name).toBe(PROGRAMS[name].prints);
    }
  });
});

describe("nothing is offered", () => {
  const offered = (line: string) => wrap(`package main\n\n${PREAMBLE}\nfunc f() {\n\t${line}\n}\n`);
  it.each([
    ["where nothing is known to release it", "p := «C.lost_new(3)\n\t_ = p"],
    ["for a call that makes nothing", "«C.engine_run(nil, 3)"],
    ["away from calls", "x := 1\n\t«_ = x"],
  ])("%s", (_, line) => {
    expect(offered(line)).toBeUndefined();
  });

  it("in text that is no Go", () => {
    expect(wrap(`package main\n\n${PREAMBLE}\nfunc f( { e := «C.engine_new(`)).toBeUndefined();
    expect(wrap("«")).toBeUndefined();
  });
});

it("takes another name where its own is taken", () => {
  const wrapped = wrap(
    `package main\n\n${PREAMBLE}\ntype engine int\n\nfunc f() {\n\te := «C.engine_new(1, nil)\n\tC.engine_run(e, 1)\n}\n`,
  );
  expect(wrapped).toContain("type engineHandle struct {");
  expect(wrapped).toContain("e, err := newEngineHandle(1, nil)");
});

it("imports once what it needs twice", () => {
  const wrapped = wrap(
    `package main\n\n${PREAMBLE}\nfunc f() {\n\tname := «C.CString("tiny")\n\tC.engine_new(1, name)\n}\n`,
  );
  expect(wrapped).toContain('import "unsafe"');
});
