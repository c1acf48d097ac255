/**
 * Fuzz target of the linter: mutates Go programs and checks what must hold for any text: nothing is thrown, findings and
 * fixes lie in the text, an edited tree gives what a new one gives, and the time is bounded.
 *
 * `node scripts/fuzz.mjs --target lint [--seconds 60] [--seed N]`.
 */
import {
  applyEdits,
  combine,
  GoParser,
  type LintFinding,
  lintPackage,
  PackageModel,
} from "../../src/golint/index.ts";
import type { ParserBytes } from "../../src/golint/syntax/parser.ts";
import { mutate as mutateBytes, type Random, random } from "./trace.ts";

export { random };

/** Pieces of programs, so that mutants reach the rules and not only the parser. */
// biome-ignore format: a table
const TOKENS = [
  "import \"C\"\n", "\"C\"", "unsafe.Pointer(", "C.CString(", "C.free(", "C.malloc(", "defer ", "go func() {", "func f(", "func (t *T) m(", "(", ")", "{", "}", "[", "]", "[0]", "&", "*", "...", ":=", "=", "<-", "chan ",
  "if len(v) > 0 {", "for i := range v {", "for {", "switch x := v.(type) {", "case 1:", "default:", "return", "goto end", "end:", "break", "continue", "select {", "fallthrough", "interface{}", "struct{", "map[string]", "type T = ",
  "make([]byte, n)", "append(v, ", "runtime.SetFinalizer(", "sync.Pool{", "pool.Put(", "reflect.SliceHeader{", "uintptr(", "context.Background()", "http.Get(", "resp.Body.Close()", "//golm:ignore ", "/*", "*/", "//export f\n", "//go:build ", "`", "\"", "'", "\\", "\n", "\t", "0x", "1e9", "\u0000", "\ufeff", "\u2028", "请求", "\ud83d\ude00", ";", "package p\n", "var x, y = f()\n", "v, err := f()\n", "const a = iota\n",
];

export interface LintTarget {
  readonly mutate: (random: Random, corpus: readonly Uint8Array[]) => Uint8Array;
  readonly check: (random: Random, bytes: Uint8Array) => string | undefined;
}

/** Milliseconds that a text of some 20,000 bytes may take, on a busy machine. */
const LONGEST = 10_000;

export async function lintTarget(bytes: ParserBytes): Promise<LintTarget> {
  const parser = await GoParser.load(bytes);
  return {
    mutate: (from, corpus) => sprinkled(from, mutateBytes(from, corpus)),
    check: (from, text) => check(parser, from, new TextDecoder().decode(text)),
  };
}

/** Tokens of Go where the trace engine's would have been. */
function sprinkled(random: Random, bytes: Uint8Array): Uint8Array {
  let text = new TextDecoder().decode(bytes);
  for (let rounds = random.next(5); rounds > 0; rounds--) {
    const at = random.next(text.length + 1);
    const token = TOKENS[random.next(TOKENS.length)]!;
    const copies = random.next(20) === 0 ? 1 + random.next(3000) : 1;
    text = text.slice(0, at) + token.repeat(copies) + text.slice(at);
  }
  return new TextEncoder().encode(text);
}

function check(parser: GoParser, random: Random, text: string): string | undefined {
  const begin = Date.now();
  try {
    return checkText(parser, random, text) ?? late(begin);
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

const late = (begin: number): string | undefined =>
  Date.now() - begin > LONGEST ? `took ${Date.now() - begin} ms` : undefined;

function checkText(parser: GoParser, random: Random, text: string): string | undefined {
  const pkg = new PackageModel(parser, [{ name: "a.go", text }], { minor: 15 + random.next(12) });
  const { findings, failures } = lintPackage(pkg);
  pkg.dispose();
  // Nested too deep is told; anything else is a fault of ours.
  const fault = failures.find(({ why }) => !/^nested deeper/.test(why));
  if (fault) return `failed: ${fault.why}`;
  const outside = findings.find((finding) => !isInside(finding, text));
  if (outside) return `outside of the text: ${outside.rule}`;
  const { edits } = combine(findings.flatMap(({ fixes }) => fixes.slice(0, 1)));
  if (edits.length > 0 && applyEdits(text, edits) === undefined) return "edits that overlap";
  return failures.length > 0 ? undefined : checkEdited(parser, random, text);
}

function isInside({ range, related, fixes }: LintFinding, text: string): boolean {
  const spans = [range, ...related.map((r) => r.range)];
  const lines = text.split("\n").length;
  return (
    spans.every((s) => s.start >= 0 && s.start <= s.end && s.end <= text.length) &&
    range.from.line >= 1 &&
    range.to.line <= lines &&
    fixes.every(({ edits }) => edits.every((e) => e.from >= 0 && e.from <= e.to && e.to <= text.length))
  );
}

/** A cut is typed into the tree; what comes out is what a new tree gives. */
function checkEdited(parser: GoParser, random: Random, text: string): string | undefined {
  const from = random.next(text.length + 1);
  const to = Math.min(text.length, from + random.next(40));
  const insert = TOKENS[random.next(TOKENS.length)]!;
  const found = (source: { name: string; text: string; tree?: ReturnType<GoParser["parse"]> }) => {
    const pkg = new PackageModel(parser, [source], { minor: 24 });
    const { findings, failures } = lintPackage(pkg);
    pkg.dispose();
    return failures.length > 0
      ? "failed"
      : JSON.stringify(findings.map(({ rule, range }) => [rule, range.start, range.end]));
  };
  const tree = parser.parse(text);
  found({ name: "a.go", text, tree });
  const edited = parser.reparse(tree, [{ from, to, insert }]);
  const [typed, anew] = [
    found({ name: "a.go", text: edited.text, tree: edited }),
    found({ name: "a.go", text: edited.text }),
  ];
  edited.dispose();
  if (typed === anew) return undefined;
  return `edit at ${from}..${to} to ${JSON.stringify(insert)} gives ${typed}\n instead of ${anew}`;
}
