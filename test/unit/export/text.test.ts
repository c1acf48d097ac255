/** The small functions that keep text harmless and say numbers plainly. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisiveNumbers, size } from "../../../src/export/decisive.ts";
import { escapeData, escapeProperty } from "../../../src/export/github.ts";
import { prose as htmlProse } from "../../../src/export/html-text.ts";
import { code, fence, prose } from "../../../src/export/markdown.ts";
import { en } from "../../../src/export/messages/en.ts";
import { zhCn } from "../../../src/export/messages/zh-cn.ts";
import { pathUri, repositoryPath } from "../../../src/export/paths.ts";
import { percent } from "../../../src/export/percent.ts";
import { shorten, visible, visibleLine } from "../../../src/export/visible.ts";
import { readTrace } from "../../../src/trace/index.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

describe("visible", () => {
  test("escapes what acts, keeps what is read", () => {
    expect(visible("a\x1b[31mb\u202ec\u{e0041}\n\té中😀")).toBe("a\\x1b[31mb\\u{202e}c\\u{e0041}\n\té中😀");
    expect(visible("a\r\nb\rc")).toBe("a\nb\\x0dc");
    expect(visible("\ud800x")).toBe("\\u{d800}x");
  });

  test("is idempotent and leaves no control character, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        expect(visible(shown)).toBe(shown);
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(visibleLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });

  test("shorten never cuts a character in two", () => {
    expect(shorten("a😀b", 3)).toBe("a…");
    expect(shorten("abc", 3)).toBe("abc");
  });
});

describe("workflow commands", () => {
  test("escape what ends or divides them", () => {
    expect(escapeData("50%\r\n::error::")).toBe("50%25%0D%0A::error::");
    expect(escapeProperty("a:b,c%\n")).toBe("a%3Ab%2Cc%25%0A");
  });
});

describe("markdown", () => {
  test("a fence is longer than any run of backticks in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", "\n", " "), maxLength: 40 }), (text) => {
        const block = fence(text, "text").split("\n");
        const ticks = /^`+/.exec(block[0]!)![0];
        expect(block.slice(1, -1).some((line) => line.includes(ticks))).toBe(false);
      }),
    );
  });

  test("a code span holds backticks", () => {
    expect(code("a``b")).toBe("```a``b```");
    expect(code("`a`")).toBe("`` `a` ``");
  });

  test("prose keeps code spans and disarms the rest", () => {
    expect(prose("see `a*b` and *c* <d>")).toBe("see `a*b` and \\*c\\* &lt;d&gt;");
    expect(prose("@all #12 GH-3 https://x.example www.x.example")).toBe(
      "@<!-- -->all #<!-- -->12 GH-<!-- -->3 https:<!-- -->//x.example www<!-- -->.x.example",
    );
    expect(prose("# title")).toBe("\\# title");
    expect(prose("1. item")).toBe("1\\. item");
  });
});

test("html prose escapes everything, code spans too", () => {
  expect(htmlProse("`<b>` & \"'")).toBe("<code>&lt;b&gt;</code> &amp; &quot;&#39;");
});

describe("paths", () => {
  test("below the root they are relative", () => {
    expect(repositoryPath("/work/a/b.go", "/work/")).toBe("a/b.go");
    expect(repositoryPath("/workshop/b.go", "/work")).toBe("/workshop/b.go");
    expect(repositoryPath("C:\\w\\b.go", "C:\\w")).toBe("b.go");
  });

  test("as URIs they are escaped and have no scheme of their own", () => {
    expect(pathUri("a b/c:d.go")).toBe("a%20b/c%3Ad.go");
    expect(pathUri("C:\\a b\\c.go")).toBe("file:///C:/a%20b/c.go");
    expect(pathUri("//host/share")).toBe("file:///host/share");
  });
});

describe("decisive numbers", () => {
  const say = (text: string, language: "en" | "zh-cn" = "en") =>
    decisiveNumbers(readTrace(text)[0]!, language);
  const panic = (value: string) =>
    `panic: ${value}\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d\n`;

  test.each([
    ["runtime error: index out of range [5] with length 3", "index 5, but the length is 3 (valid: 0 to 2)"],
    ["runtime error: index out of range [0] with length 0", "index 0, but it is empty"],
    ["runtime error: index out of range [-1]", "index -1, and no index is negative"],
    ["runtime error: slice bounds out of range [:5] with capacity 3", "cut up to 5, but the capacity is 3"],
    ["runtime error: slice bounds out of range [4:2]", "cut from 4 to 2, but the start lies behind the end"],
    [
      "interface conversion: interface {} is float64, not int",
      "the value holds float64, but int was asserted",
    ],
    [
      "interface conversion: interface {} is nil, not string",
      "the value holds nothing (nil), but string was asserted",
    ],
    ["send on closed channel", "sent on a closed channel"],
    ["runtime error: hash of unhashable type []int", "a map key holds a []int"],
    ["sync: negative WaitGroup counter", "Done was called more often than Add"],
    ["we never send on closed channel", undefined],
    ["boom", undefined],
  ])("%s", (value, said) => {
    expect(say(panic(value))).toBe(said);
  });

  test("a fault address is told as an offset from nil", () => {
    const text = `panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x47e0b6]\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d\n`;
    expect(say(text)).toBe("address 0x18 was touched, a null pointer plus 24 bytes");
    expect(say(text, "zh-cn")).toBe("访问了地址 0x18，即空指针加 24 字节的偏移");
  });

  test("sizes are decimal and short", () => {
    expect([0, 999, 1000, 1_500_000, 123_456_789, 1e9].map(size)).toEqual([
      "0 bytes",
      "999 bytes",
      "1 kB",
      "1.5 MB",
      "123 MB",
      "1 GB",
    ]);
  });
});

test("a percentage promises no more than is known", () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual([0, 1, 50, 99, 100]);
});

test("no word of the Chinese table is left in English by mistake", () => {
  const same = Object.entries(en).filter(
    ([key, value]) => typeof value === "string" && zhCn[key as keyof typeof zhCn] === value,
  );
  expect(same).toEqual([]);
});
