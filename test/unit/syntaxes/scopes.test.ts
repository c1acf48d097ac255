/** What the grammars make of whole texts, for a person to read, and that no text holds the engine up. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { type Line, loadGrammar, root, tokenize } from "./tokens.ts";

const update = process.env.UPDATE_GOLDEN === "1";
const fixture = (name: string) => readFileSync(join(root, "test/golden/trace", `${name}.txt`), "utf8");

/** Each line, and below it the innermost scope of each piece but punctuation. */
function render(lines: readonly Line[]): string {
  return lines
    .flatMap(({ text, tokens }) => [
      text,
      ...tokens.flatMap(({ text: piece, scopes }) => {
        const scope = scopes.at(-1);
        return scope === undefined || scope.startsWith("punctuation") || piece.trim() === ""
          ? []
          : [`        ${scope.padEnd(32)} ${piece}`];
      }),
    ])
    .join("\n");
}

function compare(name: string, actual: string): void {
  const file = join(root, "test/golden/syntaxes", `${name}.scopes`);
  if (update || !existsSync(file)) {
    if (!update) throw new Error(`no ${file}: run with UPDATE_GOLDEN=1 and read it`);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `${actual}\n`);
  }
  expect(`${actual}\n`).toBe(readFileSync(file, "utf8"));
}

let grammar: IGrammar;
let markdown: IGrammar;
beforeAll(async () => {
  grammar = await loadGrammar("text.go-crash");
  markdown = await loadGrammar("text.html.markdown");
});

/** A representative of each form; of long dumps the head, where all kinds of lines are. */
const REPRESENTATIVES: readonly [fixture: string, lines: number][] = [
  ["panic/three-deep-go1.26", 99],
  ["panic/nil-deref-go1.26", 99],
  ["panic/worker-ancestors-go1.26", 99],
  ["fatal/stack-overflow-go1.26", 16],
  ["cgo/ggml-assert-go1.26", 12],
  ["cgo/symbolizer-segv-go1.26", 14],
  ["race/one-go1.26", 99],
  ["test/timeout-go1.26", 12],
  ["test/labels-go1.27", 6],
  ["test/bubble-panic-go1.27", 8],
  ["test/fails-without-panic-go1.26", 99],
  ["serving/http-go1.26", 8],
  ["crowd/minutes-go1.26", 30],
  ["wrapped/journald-short-index", 99],
  ["mangled/tail-with-registers-only", 12],
];

describe("scopes of", () => {
  test.each(REPRESENTATIVES)("%s", (name, count) => {
    const text = fixture(name).trimEnd().split("\n").slice(0, count).join("\n");
    compare(name.replace("/", "-"), render(tokenize(grammar, text)));
  });
});

describe("a crash in Markdown", () => {
  const crash = fixture("panic/index-go1.26");
  const scopesIn = (text: string) =>
    new Set(tokenize(markdown, text).flatMap(({ tokens }) => tokens.flatMap(({ scopes }) => scopes)));

  test.each(["```go-crash", "```gotrace", "~~~~ Go-Crash title=x", "  ```gotrace {1,3}"])("%s", (open) => {
    const fence = /[`~]+/.exec(open)![0];
    const lines = tokenize(markdown, `Before\n\n${open}\n${crash.trimEnd()}\n${fence}\n\npanic: after\n`);
    const inside = lines.slice(3, 3 + crash.trimEnd().split("\n").length);
    const alone = tokenize(grammar, crash.trimEnd());
    expect(inside.map(innermost)).toEqual(alone.map(innermost));
    expect(
      lines[2]!.tokens.some(({ scopes }) => scopes.includes("fenced_code.block.language.markdown")),
    ).toBe(true);
    const after = lines.slice(-2).flatMap(({ tokens }) => tokens.flatMap(({ scopes }) => scopes));
    expect(after).toEqual(["meta.paragraph.markdown"]);
  });

  test("other fences stay as they were", () => {
    const scopes = scopesIn(`\`\`\`go\n${crash}\`\`\`\n\`\`\`go-crasher\n${crash}\`\`\`\n`);
    expect([...scopes]).toEqual(["markup.fenced_code.block.markdown"]);
  });

  test("a fence that never ends", () => {
    expect(scopesIn(`\`\`\`go-crash\n${crash}`)).toContain("keyword.control.goroutine");
  });
});

/** Pieces with our own scopes only: Markdown adds its own around them. */
function innermost({ tokens }: Line): string[] {
  return tokens.flatMap(({ text, scopes }) => {
    const scope = scopes.at(-1);
    return scope === undefined || /markdown$|^meta\.embedded/.test(scope) ? [] : [`${scope} ${text}`];
  });
}

describe("long and hostile input", () => {
  test("a dump of 1 MB", () => {
    const dump = fixture("signal/sigquit-go1.26");
    const lines = tokenize(grammar, dump.repeat(Math.ceil(1_000_000 / dump.length)));
    const tokens = lines.reduce((sum, line) => sum + line.tokens.length, 0);
    // So many that each line is read by its rule; the number itself means nothing.
    expect(tokens / lines.length).toBeGreaterThan(5);
  }, 120_000);

  /** Beginnings of what the rules look for, none of which ends. The editor gives up at 20,000 characters. */
  const PIECES = [
    ..."a ( [ { < > | = \" ' ` \t \\ : . / 0 -".split(" "),
    "a/",
    "a.",
    "a:1 ",
    "f::",
    "0x1 ",
    "rax 0x1 ",
    "goroutine 1 [",
    "goroutine 1 [a] {",
    "goroutine 1 [a, ",
    "main.f(",
    "main.(*T",
    "main.(T).",
    "main.[",
    "a.b(0x1, ",
    "panic({",
    "/a.go:1 ",
    "\ta.go",
    "created by a.",
    "created by a.b in goroutine ",
    "panic: ",
    "fatal error: ",
    "[signal SIGSEGV",
    "http: panic serving ",
    "GGML_ASSERT",
    "\\n\\t",
    "#011",
    "\x1b[31m",
    "\u4e00",
    "--- FAIL: ",
  ];

  test("never stops the engine early", () => {
    for (const piece of PIECES) {
      const long = piece.repeat(Math.ceil(20_000 / piece.length));
      // tokenize throws when the engine stops early. Inside a goroutine's block all rules are tried.
      expect(tokenize(grammar, `goroutine 1 [running]:\n${long}`)).toHaveLength(2);
    }
  }, 120_000);
});
