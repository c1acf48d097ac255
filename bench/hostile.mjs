// Inputs made to hurt: whoever writes a log can send any of these. Time per byte must not grow with their size.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { work } from "./prepare.mjs";

const stack = "panic: x\n\ngoroutine 1 [running]:\n";

/** Each makes about `n` bytes. */
export const patterns = {
  "one long value": (n) => `panic: ${"a".repeat(n)}`,
  "open parentheses": (n) => `${stack}main.f(${"(".repeat(n)})\n`,
  "open braces": (n) => `${stack}main.f(${"{".repeat(n)})\n\t/a.go:1\n`,
  "file after file": (n) => `${stack}main.f()\n\t${".go:1".repeat(n / 5)}x\n`,
  "headers on one line": (n) => "goroutine 1 [running]: ".repeat(n / 22),
  "headers alone": (n) => "goroutine 1 [running]:\n".repeat(n / 22),
  "panics without end": (n) => "panic: a [recovered]\n".repeat(n / 21),
  "nested JSON": (n) => `${'{"a":'.repeat(n / 5)}panic: goroutine 1\n`,
  "escaped newlines": (n) => `panic: ${"\\n".repeat(n / 2)}goroutine 1 [running]:\n`,
  "one long symbol": (n) => `${stack}${"a.".repeat(n / 2)}()\n`,
  "quotes in labels": (n) => `goroutine 1 [running] {${'"'.repeat(n)}}:\n`,
  "broken colours": (n) => `panic: ${"\x1b[".repeat(n / 2)}`,
  entities: (n) => `panic: ${"&lt;".repeat(n / 4)}`,
  "spaces in a stack": (n) => `${stack}${" ".repeat(n)}x\n`,
  registers: (n) => `SIGSEGV: segmentation violation\n${"rax 0x1\n".repeat(n / 8)}`,
  "race without end": (n) =>
    `WARNING: DATA RACE\n${"Read at 0x1 by goroutine 1:\n  main.f()\n      /a.go:1 +0x1\n".repeat(n / 60)}`,
  "a new prefix each line": (n) =>
    Array.from({ length: n / 40 }, (_, i) => `p${"x".repeat(i % 17)} goroutine ${i} [running]:`).join("\n"),
  "a new speaker each line": (n) =>
    Array.from({ length: n / 40 }, (_, i) => `svc${i}-${i % 7}  | panic: x`).join("\n"),
  "pieces without end": (n) => "2026-01-02T03:04:05Z stdout P panic: \n".repeat(n / 40),
  "blank lines": (n) => `panic: x\n${"\n".repeat(n)}`,
  "ancestors without end": (n) =>
    `goroutine 1 [running]:\n[originating from goroutine 2]:\n${"main.f()\n\t/a.go:1 +0x1\n".repeat(n / 22)}`,
  "flattened without end": (n) =>
    `panic: x goroutine 1 [running]: ${"main.f() /a.go:1 +0x1 ".repeat(n / 22)}`,
};

const SIZES = [0.5e6, 2e6, 8e6];

/** Nanoseconds a byte at three sizes, and how much the largest costs beyond the middle one. */
export async function hostile(tools) {
  const rows = Object.entries(patterns).map(([name, make]) => {
    const costs = SIZES.map((size) => {
      const file = join(work, "hostile.txt");
      const text = make(size);
      writeFileSync(file, text);
      const { seconds } = JSON.parse(
        execFileSync("node", [tools.engine, "parse", file, "3"], { encoding: "utf8" }),
      );
      return (Math.min(...seconds) / Buffer.byteLength(text)) * 1e9;
    });
    return [
      name,
      ...costs.map((cost) => `${cost.toFixed(1)} ns/byte`),
      `${(costs[2] / costs[1]).toFixed(2)}×`,
    ];
  });
  return {
    title: "Hostile inputs: best time per byte at 0.5, 2 and 8 MB",
    head: ["input", "0.5 MB", "2 MB", "8 MB", "8 MB / 2 MB"],
    rows,
  };
}
