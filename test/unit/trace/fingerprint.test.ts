import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { normaliseMessage, normaliseSymbol } from "../../../src/trace/fingerprint.ts";
import { readTrace } from "../../../src/trace/index.ts";

const golden = new URL("../../golden/trace/", import.meta.url).pathname;

/**
 * The same program with several Go versions. Left out are those whose texts tell different stories: other inlining
 * (nil-deref before 1.10, map-writes, rule-pointer-to-pointer in 1.6), a value whose type was not printed then, a
 * message that was split into two (checkptr), two programs under one name (go-run).
 */
const SAME = [
  "cgo/abort",
  "fatal/deadlock",
  "fatal/deadlock-mutex",
  "fatal/deadlock-workers",
  "fatal/fault-address",
  "fatal/map-iteration",
  "fatal/stack-overflow",
  "fatal/unlock",
  "panic/closure",
  "panic/error",
  "panic/float",
  "panic/index",
  "panic/method-value",
  "panic/multi-line",
  "panic/named-int",
  "panic/nil",
  "panic/nil-map",
  "panic/repanic-same",
  "panic/repanic-twice",
  "panic/stack-inside",
  "panic/string",
  "panic/stringer",
  "panic/struct-pointer",
  "panic/three-deep",
  "panic/worker",
  "panic/worker-system",
  "race/one",
  "serving/http",
  "shape/dotted",
  "shape/generic",
  "test/panic",
  "test/timeout",
];

function versionsOf(family: string): string[] {
  const [folder, name] = family.split("/") as [string, string];
  return readdirSync(`${golden}${folder}`)
    .filter((file) => file.startsWith(`${name}-go1.`) && file.endsWith(".txt"))
    .map((file) => `${golden}${folder}/${file}`);
}

describe("fingerprint", () => {
  it.each(SAME)("of %s is the same in every Go version", (family) => {
    const files = versionsOf(family);
    expect(files.length).toBeGreaterThan(1);
    const seen = files.map((file) => readTrace(new Uint8Array(readFileSync(file)))[0]!.fingerprint);
    expect(new Set(seen).size).toBe(1);
  });

  it("is the same whatever the wrapper", () => {
    const names = readdirSync(`${golden}wrapped`).filter((name) => name.endsWith("-index.txt"));
    const seen = new Set(
      names
        .map((name) => readTrace(new Uint8Array(readFileSync(`${golden}wrapped/${name}`)))[0]!)
        .filter((report) => report.completeness === "whole")
        .map((report) => report.fingerprint),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(seen.size).toBe(1);
  });

  it("differs for different faults", () => {
    const names = [
      "panic/nil-map-go1.26",
      "panic/error-go1.26",
      "fatal/deadlock-go1.26",
      "panic/index-go1.26",
    ];
    const seen = names.map((name) => readTrace(new Uint8Array(readFileSync(`${golden}${name}.txt`)))[0]!);
    expect(new Set(seen.map((report) => report.fingerprint)).size).toBe(names.length);
  });

  it("leaves out what versions and runs change", () => {
    expect(normaliseMessage("runtime error: index out of range [5] with length 2")).toBe(
      normaliseMessage("runtime error: index out of range"),
    );
    expect(normaliseSymbol("main.Map[go.shape.int,go.shape.string].func2.1")).toBe("main.Map");
    expect(normaliseSymbol("main.(*T).M-fm")).toBe("main.(*T).M");
  });
});
