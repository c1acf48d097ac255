import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../../src/editor/links.ts";

const golden = resolve(import.meta.dirname, "../../golden/trace");

function shown(line: string): string[] {
  return partsOf(line).map(({ kind, start, length }) => `${kind} ${line.slice(start, start + length)}`);
}

describe("headers", () => {
  test.each([
    ["panic: runtime error: index out of range [3] with length 3"],
    ["fatal error: all goroutines are asleep - deadlock!"],
    ["SIGABRT: abort"],
    ["[signal SIGSEGV: segmentation violation code=0x1 addr=0x10 pc=0x48c0a1]"],
    ["WARNING: DATA RACE"],
  ])("%s", (line) => {
    expect(shown(line)).toEqual([`crash ${line}`]);
  });

  test("stand behind prefixes", () => {
    expect(shown("svc-1  | 2026/11/25 16:20:07 http: panic serving 10.0.0.7:4711: boom")).toEqual([
      "crash panic serving 10.0.0.7:4711: boom",
    ]);
    expect(shown("web-1 | panic: send on closed channel  ")).toEqual(["crash panic: send on closed channel"]);
  });

  test("are not found in words", () => {
    expect(shown("tympanic: a drum")).toEqual([]);
    expect(shown("mypanic: x")).toEqual([]);
    expect(shown("the signal is strong")).toEqual([]);
  });
});

describe("frames", () => {
  test.each([
    ["\t/home/me/beam/main.go:9 +0x1d", "/home/me/beam/main.go", 9],
    ["        /home/me/my project/main.go:9 +0x1d", "/home/me/my project/main.go", 9],
    ["\tC:/Users/me/beam/main.go:9 +0x1d", "C:/Users/me/beam/main.go", 9],
    ["\tC:\\Users\\me\\my beam\\main.go:9 +0x1d", "C:\\Users\\me\\my beam\\main.go", 9],
    ["\texample.com/m@v1.2.3/x.go:120", "example.com/m@v1.2.3/x.go", 120],
    ["\t./main.go:7", "./main.go", 7],
    [
      "\t/usr/local/go/src/runtime/panic.go:783 +0x132 fp=0xc0 sp=0xc1 pc=0x1",
      "/usr/local/go/src/runtime/panic.go",
      783,
    ],
    ["svc-1  | \t/app/server/decode.go:42 +0x1d", "/app/server/decode.go", 42],
    ["  /src/ggml/ggml.c:4096 pc=0x7f", "/src/ggml/ggml.c", 4096],
    ["      /src/race/main.go:12 +0x44", "/src/race/main.go", 12],
  ])("%j", (line, file, number) => {
    const [part] = partsOf(line);
    expect(part).toMatchObject({ kind: "place", file, line: number });
  });

  test("are no compiler errors or test failures, whose links are the editor's own", () => {
    expect(shown("./main.go:9:2: undefined: x")).toEqual([]);
    expect(shown("    scores_test.go:12: got 3")).toEqual([]);
    expect(shown("vet: main.go:9: unreachable code")).toEqual([]);
  });

  test("are found in every line of every traceback there is", () => {
    let frames = 0;
    for (const folder of ["panic", "cgo", "signal", "race", "test"]) {
      const names = readdirSync(join(golden, folder)).filter((name) => name.endsWith(".txt"));
      for (const name of names) {
        for (const line of readFileSync(join(golden, folder, name), "utf8").split("\n")) {
          const frame = /^\s+(\/.*\.(?:go|c|s)):(\d+)(?: \+0x[0-9a-f]+.*)?$/.exec(line);
          if (!frame) continue;
          frames++;
          expect(partsOf(line), `${name}: ${line}`).toMatchObject([
            { kind: "place", file: frame[1], line: Number(frame[2]) },
          ]);
        }
      }
    }
    expect(frames).toBeGreaterThan(500);
  });
});

test("hostile lines cost no more than their length", () => {
  const lines = [
    "a".repeat(8000),
    `${".go:1 ".repeat(1300)}`,
    `\t${"/a".repeat(3900)}.go:1`,
    `panic: ${"panic: ".repeat(1100)}`,
    "x:".repeat(4000),
  ];
  for (const line of lines) {
    const begun = performance.now();
    for (let i = 0; i < 20; i++) partsOf(line);
    expect((performance.now() - begun) / 20).toBeLessThan(20);
  }
});
