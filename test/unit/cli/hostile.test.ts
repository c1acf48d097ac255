/** A crash text is written by whoever could make the program fail. None of it may act on the reader's screen. */
import { afterAll, describe, expect, test } from "vitest";
import { runner, workFolder } from "./cli.ts";

const folder = workFolder();
const run = runner(folder.path);
afterAll(() => folder.remove());

const attack = [
  "\x1b[2J\x1b[31mred",
  "\x1b]0;title\x07",
  "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
  "\x9b31m\x9d52;c;ZXZpbA==\x9c",
  "\u202egnp.exe\u2066\u200b\ufeff\u{e0041}",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "</details></pre>```\n````\n# Not a heading",
  "@everyone #1 [link](https://evil.example) ![i](https://evil.example/i.png) | a | b |",
  "\n::error file=secret::stolen\n::set-env name=X::y\r\n::warning::%0A::error::",
  "'\"&;$(touch x)`touch y`",
].join(" ");

const crash = (value: string) => `panic: ${value} index out of range [3] with length 3 ${value}

goroutine 1 [running\x1b[5m]:
main.pick<script>("\x1b]0;x\x07")
	/src/\x1b[31m<b>/we,ird:%\u202e dir/ma\`in.go:57 +0x1d
main.main()
	/src/main.go:9 +0x1d
exit status 2
`;

/** Everything that could act: C0 but line feed (and tab), DEL, C1, direction and invisible characters. */
const ACTIVE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

const formats = ["text", "json", "sarif", "github", "markdown", "html"];

describe.each(formats)("%s", (format) => {
  test.each(["en", "zh-cn"])("lets no control character through, in %s", (lang) => {
    for (const value of [attack, attack.replaceAll("\n", " ")]) {
      const result = run(["diagnose", "--format", format, "--lang", lang, "--all"], { input: crash(value) });
      expect(result.status).toBe(1);
      expect(ACTIVE.exec(result.stdout)).toBeNull();
      expect(result.stderr).toBe("");
    }
  });
});

test("text shows what was there, made visible", () => {
  const { stdout } = run(["diagnose", "--no-source"], { input: crash("\x1b[31mred\u202e") });
  // The reader of crash texts takes colours away before; what it leaves is escaped.
  expect(stdout).toContain("\\u{202e}");
});

test("coloured text holds none but our own sequences", () => {
  const { stdout } = run(["diagnose", "--no-source", "--color", "always"], { input: crash(attack) });
  const own = /\x1b\[(?:0|1|2|22|3[1-9]|39)m/g;
  expect(stdout).toMatch(own);
  expect(ACTIVE.exec(stdout.replace(own, ""))).toBeNull();
});

test("github: one command for each crash, and nothing of the text begins another", () => {
  const { stdout } = run(["diagnose", "--format", "github"], {
    input: crash(attack) + crash("second\n::error::x"),
  });
  const lines = stdout.trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning) [^:]*::/);
  for (const line of lines) {
    const properties = /^::\w+ (.*?)::/.exec(line)![1]!;
    for (const property of properties.split(",")) expect(property).toMatch(/^(?:file|line|title)=/);
  }
});

test("html holds no element of the text's making", () => {
  const { stdout } = run(["diagnose", "--format", "html"], { input: crash(attack) });
  expect(stdout).not.toMatch(/<script|<img|<b>\/|onerror=[^&]*>|href=/i);
  expect(stdout).toContain("&lt;script&gt;");
  expect(stdout).toContain("default-src 'none'");
  expect([...stdout.matchAll(/<pre\b/g)].length).toBe([...stdout.matchAll(/<\/pre>/g)].length);
});

test("markdown: fences hold, and nothing mentions, links or folds", () => {
  const { stdout } = run(["diagnose", "--format", "markdown"], { input: crash(attack) });
  const outside = withoutCode(stdout);
  expect(outside).not.toMatch(/@everyone|\]\(https?:|<script|<img|<\/pre>|(?<!<!-- -->)\b#1\b/);
  expect([...outside.matchAll(/<details>/g)].length).toBe([...outside.matchAll(/<\/details>/g)].length);
  expect(outside).not.toMatch(/^# Not a heading/m);
});

/** Markdown without its fenced blocks and code spans, found as CommonMark finds them. */
function withoutCode(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const ticks = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && ticks) fence = ticks;
    else if (fence !== undefined) {
      if (ticks && ticks.length >= fence.length && line.trim() === ticks) fence = undefined;
    } else lines.push(line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "CODE"));
  }
  expect(fence).toBeUndefined();
  return lines.join("\n");
}

test("a file name of the command line is shown harmless too", () => {
  const { stderr, status } = run(["diagnose", "\x1b]0;x\x07.log"]);
  expect(status).toBe(2);
  expect(ACTIVE.exec(stderr)).toBeNull();
});

test("a crash text cannot make us read any file but source", () => {
  const secret = folder.write("secret.txt", "password\n".repeat(20));
  const text = `panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.f()\n\t${secret}:3 +0x1d\n`;
  expect(run(["diagnose"], { input: text }).stdout).not.toContain("password\n");
});
