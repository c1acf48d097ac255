import { describe, expect, test } from "vitest";
import { moduleFor } from "../../golden/releases/module.ts";
import { outcomeOf } from "../../golden/releases/outcome.ts";
import { type Cell, formatRecording, readRecording } from "../../golden/releases/store.ts";

describe("a recording", () => {
  test("comes back as it was written", () => {
    const cells = new Map<string, Cell>([
      ["a/b/c", { text: "panic: x\n\n== a/b/d\n\tmain.go:3\n" }],
      ["a/b/empty", { text: "" }],
      ["a/b/open", { text: "no newline" }],
      ["a/b/blank", { text: "\n" }],
      ["a/b/none", { why: "does not build: undefined: sync.X" }],
    ]);
    const back = readRecording(formatRecording({ version: "1.27.4", cells }));
    expect(back.version).toBe("1.27.4");
    expect(Object.fromEntries(back.cells)).toEqual(Object.fromEntries(cells));
  });

  test("does not depend on the order of recording", () => {
    const one: [string, Cell] = ["a/b/c", { text: "x\n" }];
    const two: [string, Cell] = ["a/b/d", { text: "y\n" }];
    const format = (...cells: [string, Cell][]) =>
      formatRecording({ version: "1.27.4", cells: new Map(cells) });
    expect(format(one, two)).toBe(format(two, one));
  });
});

describe("the ending of a kept text", () => {
  test("is the status or the signal of its last line", () => {
    expect(outcomeOf("panic: x\nexit status 2\n")).toMatchObject({
      status: 2,
      output: Buffer.from("panic: x\n"),
    });
    expect(outcomeOf("abc\nsignal: killed\n")).toMatchObject({
      signal: "SIGKILL",
      output: Buffer.from("abc\n"),
    });
    expect(outcomeOf("exit status 1\n")).toMatchObject({ status: 1, output: Buffer.from("") });
  });

  test("is success without one", () => {
    expect(outcomeOf("the child said exit status 1\n")).toMatchObject({ status: 0 });
    expect(outcomeOf("")).toMatchObject({ status: 0 });
  });
});

describe("the go.mod of a release", () => {
  const catalogMod =
    "module m\n\ngo 1.24.0\n\nrequire (\n\texample.com/a v1.2.0\n\texample.com/b/v2 v2.0.1\n)\n\nrequire (\n\texample.com/c v0.1.0 // indirect\n)\n";

  test("has its own go line and the versions it can build, and resolves the rest anew", () => {
    const made = moduleFor(catalogMod, {
      release: "1.21",
      version: "1.21.13",
      requires: { "example.com/a": "v1.0.0" },
    });
    expect(made).toBe(
      "module m\n\ngo 1.21.0\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b/v2 v2.0.1\n)\n",
    );
  });
});
