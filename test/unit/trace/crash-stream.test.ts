import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { CrashStream, crashesIn, type FoundCrash } from "../../../src/trace/crash-stream.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { RecentBytes } from "../../../src/trace/recent-bytes.ts";

const golden = resolve(import.meta.dirname, "../../golden/trace");
const texts = ["panic", "cgo", "signal", "race", "test", "serving", "wrapped"].flatMap((folder) =>
  readdirSync(join(golden, folder))
    .filter((name) => name.endsWith(".txt"))
    .map((name) => `${folder}/${name}`),
);

function heard(pieces: readonly string[]): FoundCrash[] {
  const found: FoundCrash[] = [];
  const stream = new CrashStream((crash) => found.push(crash));
  for (const piece of pieces) stream.push(piece);
  stream.flush();
  return found;
}

function cut(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, i) =>
    text.slice(i * length, (i + 1) * length),
  );
}

describe("a crash heard in pieces", () => {
  test("is the one read as a whole, and its text gives it again", () => {
    expect(texts.length).toBeGreaterThan(100);
    for (const name of texts) {
      const text = readFileSync(join(golden, name), "utf8");
      const whole = readTrace(text).map(({ fingerprint }) => fingerprint);
      const found = heard(cut(text, 97));
      expect(found.map(({ report }) => report.fingerprint).sort(), name).toEqual([...whole].sort());
      for (const { raw, report } of found) {
        const again = crashesIn(raw).map((crash) => crash.report.fingerprint);
        expect(again, name).toContain(report.fingerprint);
      }
    }
  });

  test("comes out of much other output, with the bytes it stands at", () => {
    const crash = readFileSync(join(golden, "../cli/inputs/off-by-one.txt"), "utf8");
    const noise = `${"level=info msg=served tokens=128 语言\n".repeat(20_000)}`;
    const text = noise + crash + noise + crash;
    const found = heard(cut(text, 40_000));
    expect(found).toHaveLength(2);
    const bytes = new TextEncoder().encode(text);
    for (const { report, raw, rawStart } of found) {
      expect(rawStart).toBeLessThanOrEqual(report.at.start);
      expect(Buffer.from(raw).equals(Buffer.from(bytes.subarray(rawStart, report.at.end)))).toBe(true);
    }
  });

  test("ends when it is quiet", () => {
    const crash = readFileSync(join(golden, "../cli/inputs/off-by-one.txt"), "utf8");
    const found: FoundCrash[] = [];
    const stream = new CrashStream((each) => found.push(each));
    stream.push(`serving\n${crash}`);
    expect(stream.open).toBe(true);
    stream.flush();
    expect(found).toHaveLength(1);
    stream.push(crash);
    stream.flush();
    expect(stream.crashes).toBe(2);
    expect(found[1]!.report.fingerprint).toBe(found[0]!.report.fingerprint);
  });

  test("is found in what a terminal adds to it", () => {
    const crash = readFileSync(join(golden, "../cli/inputs/off-by-one.txt"), "utf8");
    const terminal = `\x1b]633;C\x07\x1b[?2004l\r\n\x1b[31m${crash.replaceAll("\n", "\x1b[0m\r\n\x1b[31m")}\x1b[0m`;
    const [found] = heard(cut(terminal, 11));
    expect(found?.report.fingerprint).toBe(readTrace(crash)[0]!.fingerprint);
  });
});

test("a text too long to keep keeps its head, and what follows it is kept again", () => {
  const recent = new RecentBytes(1 << 10);
  const piece = new Uint8Array(1 << 20);
  recent.append(new TextEncoder().encode("panic: much\n"), false);
  for (let i = 0; i < 20; i++) recent.append(piece.fill(i), true);
  const { raw, rawStart } = recent.slice(0, 20 << 20);
  expect(rawStart).toBe(0);
  expect(raw.length).toBe(16 << 20);
  expect(new TextDecoder().decode(raw.subarray(0, 12))).toBe("panic: much\n");
  const behind = (20 << 20) + 12;
  recent.append(new TextEncoder().encode("later"), false);
  expect(recent.slice(behind, behind + 5)).toEqual({
    raw: new TextEncoder().encode("later"),
    rawStart: behind,
  });
});
