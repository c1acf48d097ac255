// Every fixture of test/golden/trace against its hand-reviewed expectation. An expectation names what matters and
// leaves the rest out; test/golden/trace/README.md says how to read one.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultingGoroutine, readTrace, TraceReader, topUserFrame } from "../../../src/trace/index.ts";
import type { CrashReport, Goroutine } from "../../../src/trace/report.ts";

const golden = join(import.meta.dirname, "../../golden/trace");

interface Expectation {
  readonly crashes?: readonly Record<string, unknown>[];
  /** No crash: at most goroutine dumps may be reported. */
  readonly healthy?: boolean;
}

/** The faulting goroutine as expectations write it: its top user frame and its number of frames. */
function faultingView(g: Goroutine | undefined): Record<string, unknown> | undefined {
  if (!g) return undefined;
  const top = topUserFrame(g);
  return {
    ...g,
    frames: g.frames.length,
    functions: g.frames.map((f) => f.function),
    topUser: top?.function,
    topPackage: top?.package,
    file: top?.file,
    line: top?.line,
  };
}

function view(report: CrashReport): Record<string, unknown> {
  return {
    ...report,
    faulting: faultingView(faultingGoroutine(report)),
    nativeLines: report.nativeLines.map((l) => l.text),
    registers: Object.keys(report.registers ?? {}),
    runtimeStack: report.runtimeStack?.map((f) => f.function),
    wrappers: report.wrappers.map((w) => w.kind),
    fingerprintOf: report.fingerprint,
    wrapperSources: report.wrappers.map((w) => w.source),
  };
}

/** The fingerprint of a raw fixture's first crash, which wrappers must not change. */
function fingerprintOf(base: string): string | undefined {
  return readTrace(readFileSync(join(golden, `${base}.txt`)))[0]?.fingerprint;
}

/** Lists of which an expectation names some members only, in any place. */
const CONTAINS = new Set(["nativeLines", "registers", "runtimeLines", "runtimeStack", "functions", "flags"]);

/** Where `actual` falls short of `wanted`; empty when it does not. */
function differences(wanted: unknown, actual: unknown, path: string): string[] {
  const report = () => [`${path}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}`];
  if (path.endsWith(".fingerprintOf")) return actual === fingerprintOf(String(wanted)) ? [] : report();
  if (wanted === null) return actual === undefined ? [] : report();
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual)) return report();
    const key = path.slice(path.lastIndexOf(".") + 1);
    if (CONTAINS.has(key)) {
      return wanted.flatMap((w) => (actual.some((a) => differences(w, a, "").length === 0) ? [] : report()));
    }
    if (wanted.length !== actual.length) return report();
    return wanted.flatMap((w, i) => differences(w, actual[i], `${path}[${i}]`));
  }
  if (typeof wanted === "object") {
    const fields = wanted as Record<string, unknown>;
    if ("$match" in fields) return new RegExp(String(fields.$match)).test(String(actual)) ? [] : report();
    if (typeof actual !== "object" || actual === null) return report();
    return Object.entries(fields).flatMap(([k, w]) =>
      differences(w, (actual as Record<string, unknown>)[k], `${path}.${k}`),
    );
  }
  if (path.endsWith(".file")) return String(actual).endsWith(String(wanted)) ? [] : report();
  return Object.is(wanted, actual) ? [] : report();
}

function check(reports: readonly CrashReport[], wanted: Expectation): void {
  const seen = reports.map((r) => `${r.kind}: ${r.header}`);
  if (wanted.healthy) {
    expect(seen.filter((header) => !header.startsWith("goroutine-dump: "))).toEqual([]);
    return;
  }
  const crashes = wanted.crashes ?? [];
  expect(seen, "crashes found").toHaveLength(crashes.length);
  const short = crashes.flatMap((c, i) => differences(c, view(reports[i]!), `crashes[${i}]`));
  expect(short, short.join("\n")).toEqual([]);
}

/** Pushes the input in pieces of odd sizes, so that every kind of line is cut somewhere. */
function streamed(bytes: Uint8Array): CrashReport[] {
  const reader = new TraceReader();
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 251 || 1) {
    reader.push(bytes.subarray(at, at + size));
  }
  return reader.end();
}

for (const form of readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const dir = join(golden, form.name);
  const names = readdirSync(dir).filter((name) => name.endsWith(".expect.json"));
  describe(form.name, () => {
    for (const name of names.map((n) => basename(n, ".expect.json")).sort()) {
      const bytes = readFileSync(join(dir, `${name}.txt`));
      const wanted = JSON.parse(readFileSync(join(dir, `${name}.expect.json`), "utf8")) as Expectation;
      test(name, () => {
        const whole = readTrace(bytes);
        check(whole, wanted);
        expect(streamed(bytes), "streamed").toEqual(whole);
      });
    }
  });
}
