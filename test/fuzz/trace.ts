/**
 * Fuzz target of the trace engine: mutates real crash texts and checks what must hold for any bytes.
 *
 * `node scripts/fuzz.mjs [--seconds 60] [--seed N]`. A failing input is written to .cache/fuzz/ with its reason.
 */
import { type CrashReport, readTrace, TraceReader } from "../../src/trace/index.ts";

/** Pieces of crash texts and wrappers, so that mutants reach the parsers behind the first check. */
// biome-ignore format: a table
const TOKENS = [
  "panic: ", "fatal error: ", "goroutine 7 [running]:\n", "goroutine 1 [chan receive, 5 minutes]:\n", "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x1]\n",
  "SIGABRT: abort\n", "PC=0x1 m=0 sigcode=18446744073709551610\n", "signal arrived during cgo execution\n", "runtime stack:\n", "main.f(0x1, {0x2, 0x3?})\n", "\t/src/a.go:12 +0x1d\n",
  "created by main.main in goroutine 1\n", "...12 frames elided...\n", "[originating from goroutine 3]:\n", "WARNING: DATA RACE\n", "==================\n", "exit status 2\n", "FAIL\tpkg\t0.1s\n",
  "http: panic serving 1.2.3.4:5: boom\n", " [recovered]", "\tpanic: ", "{\"log\":\"", "\\n", "\\t", "\"}\n", "2026-11-23T05:58:11.000Z stdout P ", "svc-1  | ", "> ", "\x1b[31m", "&lt;", "\r\n", "\n\n", "\t", "panic(", "goroutine ", "\u0000", "\ufeff", "请求",
  "Nov 23 05:58:11 host app[12]: ", "I1123 05:58:11.000000  12 a.go:3] ", "rax    0x0\n", "-----\n", "#012", "{model: \"x\"}:", " gp=0x1 m=0 mp=0x2",
];

export interface Random {
  /** Integer in [0, below). */
  next(below: number): number;
}

/** xorshift32: the same seed gives the same mutants. */
export function random(seed: number): Random {
  let state = seed | 0 || 1;
  return {
    next(below) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % Math.max(1, below);
    },
  };
}

/** One mutant of a text: cut, doubled, spliced with another, sprinkled with tokens and random bytes. */
export function mutate(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  let bytes = [...corpus[random.next(corpus.length)]!.subarray(0, 20_000)];
  for (let rounds = 1 + random.next(6); rounds > 0; rounds--) bytes = mutateOnce(random, bytes, corpus);
  return Uint8Array.from(bytes);
}

function mutateOnce(random: Random, bytes: number[], corpus: readonly Uint8Array[]): number[] {
  const at = random.next(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.next(200));
  switch (random.next(7)) {
    case 0:
      return [...bytes.slice(0, at), ...bytes.slice(to)];
    case 1:
      return [...bytes.slice(0, to), ...bytes.slice(at)];
    case 2: {
      const other = corpus[random.next(corpus.length)]!;
      const from = random.next(other.length);
      return [...bytes.slice(0, at), ...other.subarray(from, from + random.next(2000)), ...bytes.slice(to)];
    }
    case 3:
      return bytes.slice(0, at);
    case 4:
      return bytes.map((byte, index) => (index === at ? random.next(256) : byte));
    default: {
      const token = new TextEncoder().encode(TOKENS[random.next(TOKENS.length)]!);
      const copies = random.next(10) === 0 ? 1 + random.next(60) : 1;
      const inserted = Array.from({ length: copies }, () => [...token]).flat();
      return [...bytes.slice(0, at), ...inserted, ...bytes.slice(at)];
    }
  }
}

/** What holds for any input. Returns the reason when it does not. */
export function check(random: Random, bytes: Uint8Array): string | undefined {
  let reports: CrashReport[];
  try {
    reports = readTrace(bytes);
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
  const wrong = reports
    .map((report) => checkReport(report, bytes.length))
    .find((reason) => reason !== undefined);
  if (wrong) return wrong;
  const cuts = Array.from({ length: 1 + random.next(5) }, () => random.next(bytes.length + 1)).sort(
    (a, b) => a - b,
  );
  const reader = new TraceReader({ expectedBytes: bytes.length });
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    reader.push(bytes.subarray(from, cut));
    from = cut;
  }
  const pieces = JSON.stringify(reader.end());
  return pieces === JSON.stringify(reports) ? undefined : `cut at ${cuts.join(", ")}: other reports`;
}

function checkReport(report: CrashReport, length: number): string | undefined {
  const { start, end } = report.at;
  if (start < 0 || end > length || start > end) return `range ${start}..${end} of ${length}`;
  if (report.lines.first < 1 || report.lines.last < report.lines.first) return "line numbers out of order";
  if (!/^[0-9a-f]{16}$/.test(report.fingerprint)) return `fingerprint ${report.fingerprint}`;
  if (report.goroutines.length > report.goroutineCount) return "more goroutines than counted";
  for (const goroutine of report.goroutines) {
    if (!Number.isSafeInteger(goroutine.id) && goroutine.id < 0) return `goroutine id ${goroutine.id}`;
    if (goroutine.at.end > length) return "goroutine beyond the input";
    if (goroutine.frames.some((frame) => frame.function === "")) return "a frame without a function";
  }
  return undefined;
}
