/** C that stands in headers beside the package: found as cgo finds it, and believed only where it says one thing. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GoParser, Headers, lintPackage, PackageModel } from "../../../src/golint/index.ts";
import { includeFolders } from "../../../src/golint/model/c-headers.ts";
import { headersOf } from "../../../src/goworkspace/headers.ts";
import { parserBytes } from "./wasm.ts";

let parser: GoParser;
const folder = mkdtempSync(join(tmpdir(), "golm-headers-"));
beforeAll(async () => {
  parser = await GoParser.load(parserBytes());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ENGINE = `#ifndef ENGINE_H
#define ENGINE_H
#include <stddef.h>
#include "types.h"
#define API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* What the model is run with. */
API struct params default_params(void);
API float temperature(const struct params *p);
static inline int twice(int n) { return 2 * n; }

#ifdef __cplusplus
}
#endif
#endif
`;
const TYPES = `#pragma once
typedef int token;
struct params { token threads; float temperature; };
#if defined(_WIN32)
typedef long handle;
#else
typedef int handle;
#endif
struct os { int a;
#ifdef __linux__
int b;
#endif
};
`;
/** As cgo writes the package's folder. */
const HERE = ["$", "{SRCDIR}"].join("");
const GO = `package main

/*
#cgo CFLAGS: -O2 -I${HERE}/include
#include "engine.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type Params struct {
	Threads     int
	Temperature float32
}

func main() {
	p := Params{Threads: 4, Temperature: 0.7}
	fmt.Printf("C reads %.1f\\n", C.temperature((*C.struct_params)(unsafe.Pointer(&p))))
}
`;

function model(go: string, files: Readonly<Record<string, string>>): PackageModel {
  const headers = new Headers((path) => {
    const text = files[path];
    return text === undefined ? undefined : { stamp: String(text.length), text: () => text };
  });
  return new PackageModel(parser, [{ name: "main.go", text: go }], { minor: 24, headers });
}

const declared = (files: Readonly<Record<string, string>>, go = GO) => {
  const pkg = model(go, files);
  try {
    return pkg.file("main.go").declaredInC;
  } finally {
    pkg.dispose();
  }
};

describe("headers", () => {
  const files = { "include/engine.h": ENGINE, "include/types.h": TYPES };

  it("are read through guards, extern C, export macros and other headers", () => {
    const c = declared(files);
    expect([...c.functions.keys()]).toEqual(["default_params", "temperature", "twice"]);
    expect(c.functions.get("default_params")?.result).toBe("struct params");
    expect(c.functions.get("temperature")?.parameters).toEqual([
      { type: "const struct params *", name: "p" },
    ]);
    expect(c.functions.get("twice")?.body).toContain("2 * n");
    expect([...c.structs.keys()]).toEqual(["params"]);
    expect(c.typedefs.get("token")).toBe("int");
    expect([...c.conditional]).toEqual(["handle"]);
  });

  it("lie where -I says, or beside the header that includes them", () => {
    expect(includeFolders(GO)).toEqual(["include"]);
    expect(
      includeFolders(`//#cgo linux,amd64 CPPFLAGS: -I${HERE}/../c -iquote ./x -I$ROOT/y -I/usr/z\n`),
    ).toEqual(["../c", "./x"]);
    expect(declared({ "engine.h": ENGINE }, GO.replace(`-I${HERE}/include`, "")).functions.size).toBe(3);
    expect(
      declared({ "engine.h": "int f(void);" }, GO.replace('"engine.h"', "<engine.h>")).functions.size,
    ).toBe(0);
    expect(
      declared({ "include/engine.h": "int f(void);" }, GO.replace('"engine.h"', "<engine.h>")).functions.size,
    ).toBe(1);
  });

  it("may go in a circle, and contradict each other", () => {
    const circle = {
      "include/engine.h": '#include "a.h"\n#include "b.h"\nint same(int);',
      "include/a.h": '#include "engine.h"\nint same(int);\nint other(int);',
      "include/b.h": "long other(int);\ntypedef int t;",
    };
    expect([...declared(circle).functions.keys()]).toEqual(["same"]);
  });

  it("are read once, and again when they change", () => {
    let [reads, text] = [0, "int f(void);"];
    const read = () => {
      reads++;
      return text;
    };
    const headers = new Headers((path) => (path === "engine.h" ? { stamp: text, text: read } : undefined));
    const names = () => {
      const pkg = new PackageModel(parser, [{ name: "main.go", text: GO }], { minor: 24, headers });
      const { functions } = pkg.file("main.go").declaredInC;
      pkg.dispose();
      return [...functions.keys()];
    };
    expect([names(), names(), reads]).toEqual([["f"], ["f"], 1]);
    text = "int g(void);";
    expect([names(), reads]).toEqual([["g"], 2]);
  });

  it("stay quick however long or broken they are", () => {
    const begun = performance.now();
    for (const text of [
      "A ".repeat(200_000),
      `#if\n${"struct {".repeat(50_000)}`,
      "int f(".repeat(50_000),
      `${"#ifdef __cplusplus\n".repeat(30_000)}`,
      " ".repeat(500_000),
      "/*".repeat(200_000),
      `#include "engine.h"\n`.repeat(20_000),
    ])
      declared({ "include/engine.h": text });
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

it("a struct of a header, mirrored wrongly, is found and really reads wrong values", () => {
  const files = {
    "go.mod": "module example.com/mirror\n\ngo 1.24\n",
    "main.go": GO,
    "engine.c": '#include "engine.h"\nfloat temperature(const struct params *p) { return p->temperature; }\n',
    "include/engine.h": ENGINE.replace("API struct params default_params(void);\n", ""),
    "include/types.h": TYPES,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const pkg = new PackageModel(parser, [{ name: "main.go", text: GO }], {
    minor: 24,
    headers: headersOf(folder),
  });
  const { findings } = lintPackage(pkg);
  pkg.dispose();
  expect(findings.map(({ rule }) => rule)).toEqual(["cgo-mirrored-struct"]);
  expect(findings[0]!.message.en).toContain('"token threads" of C.struct_params');
  const env = { ...process.env, CGO_ENABLED: "1", GOFLAGS: "", GOWORK: "off", GOTOOLCHAIN: "local" };
  const ran = spawnSync("go", ["run", "."], { cwd: folder, env, encoding: "utf8", timeout: 110_000 });
  expect(ran.stdout + ran.stderr).toBe("C reads 0.0\n");
});
