import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageOf, parseLanguage } from "../../../src/cli/locale.ts";
import { edits, suggest } from "../../../src/cli/suggest.ts";
import { padEnd, truncate, width, wrap } from "../../../src/cli/terminal/layout.ts";
import { colored } from "../../../src/cli/terminal/style.ts";

describe("width", () => {
  test("Chinese and emoji take two columns, marks none", () => {
    expect(width("abc")).toBe(3);
    expect(width("下标 3")).toBe(6);
    expect(width("，。")).toBe(4);
    expect(width("e\u0301")).toBe(1);
    expect(width("😀")).toBe(2);
    expect(width("──")).toBe(2);
    expect(padEnd("下标", 6)).toBe("下标  ");
  });

  test("truncate keeps within the columns and marks the cut", () => {
    expect(truncate("下标越界", 5)).toBe("下标…");
    expect(truncate("abc", 3)).toBe("abc");
  });
});

describe("wrap", () => {
  test("breaks between words, and Chinese anywhere but before its punctuation", () => {
    expect(wrap("one two three four", 16)).toEqual(["one two three", "four"]);
    expect(wrap("一二三四五六七八，九十", 16)).toEqual(["一二三四五六七", "八，九十"]);
    expect(wrap("一二三四五六七（八九）", 16)).toEqual(["一二三四五六七", "（八九）"]);
  });

  test("keeps short code spans whole and breaks long paths behind a slash", () => {
    expect(wrap("runs while `i <= len(s)` holds", 20)).toEqual(["runs while", "`i <= len(s)` holds"]);
    expect(wrap("/home/build/work/service/main.go:12", 20)).toEqual([
      "/home/build/work/",
      "service/main.go:12",
    ]);
  });

  test("loses no character and keeps within the columns, for any text", () => {
    const unit = fc.constantFrom(..."ab `，。（）中文/.:-\u0301😀");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 80 }), fc.integer({ min: 16, max: 40 }), (text, columns) => {
        const lines = wrap(text, columns);
        const bare = (s: string) => s.replace(/\s/g, "");
        expect(bare(lines.join(""))).toBe(bare(text));
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("suggest", () => {
  const ids = ["runtime/deadlock", "runtime/deadlock/no-reader", "runtime/index-out-of-range/off-by-one"];

  test("finds typing errors, ends of ids, and words", () => {
    expect(suggest("runtime/deadlok", ids)[0]).toBe("runtime/deadlock");
    expect(suggest("of-by-one", ids)[0]).toBe("runtime/index-out-of-range/off-by-one");
    expect(suggest("reader", ids)[0]).toBe("runtime/deadlock/no-reader");
    expect(suggest("xyzzy", ids)).toEqual([]);
  });

  test("the distance is Levenshtein's", () => {
    expect(edits("kitten", "sitting")).toBe(3);
    expect(edits("", "abc")).toBe(3);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (a, b) => edits(a, b) === edits(b, a),
      ),
    );
  });
});

test("languages by any common spelling", () => {
  expect(["zh", "zh-CN", "zh_CN.UTF-8", "ZH-cn", "zh-Hans"].map(parseLanguage)).toEqual(
    Array(5).fill("zh-cn"),
  );
  expect(["en", "en_GB.UTF-8", "C", "POSIX", "C.UTF-8"].map(parseLanguage)).toEqual(Array(5).fill("en"));
  expect(parseLanguage("fr")).toBeUndefined();
  expect(languageOf({})).toBe("en");
});

test("colour needs a terminal that knows it", () => {
  expect(colored("auto", { isTTY: true }, { TERM: "xterm" })).toBe(true);
  expect(colored("auto", { isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(colored("auto", { isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(colored("auto", {}, {})).toBe(false);
});
