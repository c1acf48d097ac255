/** Tests of a Go file, found by their declarations alone: a lens must not wait for a language server. */

export interface GoTest {
  readonly kind: "test" | "benchmark" | "fuzz";
  readonly name: string;
  /** From 0. */
  readonly line: number;
}

const DECLARATION = /^func (Test|Benchmark|Fuzz)([\p{L}\p{N}_]*)\(\w+ \*testing\.(T|B|F)\)/u;
const KINDS = {
  Test: { kind: "test", takes: "T" },
  Benchmark: { kind: "benchmark", takes: "B" },
  Fuzz: { kind: "fuzz", takes: "F" },
} as const;

/** In the order of the file. `go test` runs none whose name goes on with a small letter, and so neither do we. */
export function goTestsIn(text: string): GoTest[] {
  const tests: GoTest[] = [];
  text.split("\n").forEach((source, line) => {
    const match = source.startsWith("func ") ? DECLARATION.exec(source) : null;
    if (!match) return;
    const { kind, takes } = KINDS[match[1] as keyof typeof KINDS];
    if (match[3] === takes && !/^\p{Ll}/u.test(match[2]!))
      tests.push({ kind, name: match[1]! + match[2]!, line });
  });
  return tests;
}

/** The arguments of `go` that run this test alone. */
export function argumentsOf(test: Pick<GoTest, "kind" | "name">): string[] {
  const only = `^${test.name}$`;
  if (test.kind === "benchmark") return ["test", "-run", "^$", "-bench", only, "."];
  return ["test", "-run", only, "-v", "."];
}
