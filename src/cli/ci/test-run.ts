/**
 * The results in the output of `go test -json`, and what a person wants to read of it: as `go test` alone prints,
 * the output of tests that failed. Source: `go doc test2json`, `go help buildjson`.
 */

/** One line of `go test -json`. */
interface TestEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Elapsed?: number;
  readonly Output?: string;
  readonly ImportPath?: string;
}

export interface FailedTest {
  readonly package: string;
  readonly name: string;
  readonly seconds: number;
  readonly output: string;
}

export interface Results {
  /** False when no event came at all: the text was something else. */
  readonly heard: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly packages: number;
  /** Packages that failed, for whatever reason. */
  readonly failedPackages: readonly string[];
  /** Packages that were begun and never ended. */
  readonly unfinished: readonly string[];
  /** The innermost tests that failed: a parent fails with its subtest. */
  readonly tests: readonly FailedTest[];
  /** What the compiler said. */
  readonly buildOutput: string;
  readonly seconds: number;
}

/** Bytes kept of the beginning and of the end of a test's output. */
const HEAD = 1 << 20;
const TAIL = 1 << 20;
/** Failed tests whose output is kept for the report. */
const TESTS_KEPT = 1000;
const OUTPUT_KEPT = 32 << 10;

/** The beginning and the end of a text of any length. */
class Bounded {
  private head = "";
  private tail: string[] = [];
  private tailLength = 0;
  private lost = false;

  add(text: string): void {
    if (this.tailLength === 0 && this.head.length < HEAD) {
      this.head += text;
      return;
    }
    this.tail.push(text);
    this.tailLength += text.length;
    while (this.tailLength > TAIL && this.tail.length > 1) {
      this.tailLength -= this.tail.shift()!.length;
      this.lost = true;
    }
  }

  get text(): string {
    return this.head + (this.lost ? "\n[...]\n" : "") + this.tail.join("");
  }
}

export class TestRun {
  private readonly outputs = new Map<string, Bounded>();
  private readonly begun = new Set<string>();
  private readonly failedPackages = new Set<string>();
  private readonly failures: FailedTest[] = [];
  private readonly build = new Bounded();
  private readonly counts = { pass: 0, fail: 0, skip: 0 };
  private packages = 0;
  private heard = false;
  private seconds = 0;

  /** `verbose`: output is passed on as it comes, that of passing tests too. */
  constructor(private readonly verbose: boolean) {}

  /** Takes a line with its line feed and returns what to show for it. A line that is no event is shown as it is. */
  line(line: string): string {
    const event = eventOf(line);
    if (!event) return line;
    this.heard = true;
    switch (event.Action) {
      case "start":
        this.begun.add(event.Package ?? "");
        return "";
      case "build-output":
        this.build.add(event.Output ?? "");
        return event.Output ?? "";
      case "build-fail":
        this.failedPackages.add(event.ImportPath ?? "");
        return "";
      case "output":
        return this.output(event);
      case "pass":
      case "fail":
      case "skip":
        return event.Test === undefined
          ? this.endPackage(event, event.Action)
          : this.endTest(event, event.Action);
      default:
        return "";
    }
  }

  results(): Results {
    const { failures, begun } = this;
    const names = new Set(failures.map(keyOf));
    const parents = new Set(
      failures.flatMap(({ package: path, name }) =>
        ancestors(name).map((parent) => keyOf({ package: path, name: parent })),
      ),
    );
    return {
      heard: this.heard,
      passed: this.counts.pass,
      failed: this.counts.fail,
      skipped: this.counts.skip,
      packages: this.packages,
      failedPackages: [...this.failedPackages],
      unfinished: [...begun],
      tests: failures.filter((test) => names.has(keyOf(test)) && !parents.has(keyOf(test))),
      buildOutput: this.build.text.slice(0, OUTPUT_KEPT),
      seconds: this.seconds,
    };
  }

  /** What was held back of tests that never ended. */
  rest(): string {
    const text = [...this.outputs.values()].map((output) => shown(output.text)).join("");
    this.outputs.clear();
    return this.verbose ? "" : text;
  }

  private output({ Package: path = "", Test: name, Output: text = "" }: TestEvent): string {
    if (name === undefined) {
      this.begun.add(path);
      if (this.verbose || text !== "PASS\n")
        return (text.startsWith("FAIL\t") ? this.endRunning(path) : "") + text;
      return "";
    }
    const key = keyOf({ package: path, name });
    let output = this.outputs.get(key);
    if (!output) {
      output = new Bounded();
      this.outputs.set(key, output);
    }
    output.add(text);
    return this.verbose ? text : "";
  }

  private endTest(event: TestEvent, action: "pass" | "fail" | "skip"): string {
    const test = { package: event.Package ?? "", name: event.Test! };
    const key = keyOf(test);
    const output = this.outputs.get(key)?.text ?? "";
    this.outputs.delete(key);
    this.counts[action]++;
    if (action !== "fail") return "";
    if (this.failures.length < TESTS_KEPT) {
      this.failures.push({ ...test, seconds: event.Elapsed ?? 0, output: ends(output) });
    }
    return this.verbose ? "" : shown(output);
  }

  private endPackage(event: TestEvent, action: "pass" | "fail" | "skip"): string {
    const path = event.Package ?? "";
    this.begun.delete(path);
    this.packages++;
    this.seconds += event.Elapsed ?? 0;
    if (action !== "fail") return "";
    this.failedPackages.add(path);
    return this.endRunning(path);
  }

  /** A process that died took its running tests with it: nobody said how they ended. */
  private endRunning(path: string): string {
    let rest = "";
    for (const [key, { text }] of this.outputs) {
      if (!key.startsWith(`${path}\n`)) continue;
      this.outputs.delete(key);
      this.counts.fail++;
      if (this.failures.length < TESTS_KEPT)
        this.failures.push({
          package: path,
          name: key.slice(path.length + 1),
          seconds: 0,
          output: ends(text),
        });
      rest += shown(text);
    }
    return this.verbose ? "" : rest;
  }
}

function keyOf({ package: path, name }: { package: string; name: string }): string {
  return `${path}\n${name}`;
}

/** `A/b` and `A` of `A/b/c`. */
function ancestors(name: string): string[] {
  const parts = name.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

function eventOf(line: string): TestEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const event = JSON.parse(line) as TestEvent;
    return typeof event.Action === "string" &&
      isText(event.Package, event.Test, event.Output, event.ImportPath)
      ? event
      : undefined;
  } catch {
    return undefined;
  }
}

function isText(...values: readonly unknown[]): boolean {
  return values.every((value) => value === undefined || typeof value === "string");
}

/** Without the marks of -v, which -json implies. */
function shown(output: string): string {
  return output.replace(/^=== (?:RUN|PAUSE|CONT|NAME) .*\n/gm, "");
}

function ends(text: string): string {
  if (text.length <= OUTPUT_KEPT) return text;
  return `${text.slice(0, OUTPUT_KEPT / 2)}\n[...]\n${text.slice(-OUTPUT_KEPT / 2)}`;
}
