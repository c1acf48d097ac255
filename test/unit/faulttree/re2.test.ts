import { describe, expect, test } from "vitest";
import { compileRe2, Re2Error, translateRe2 } from "../../../src/faulttree/re2.ts";
import { askGo, whyRunsAway } from "./regexp.ts";

/** Expressions over every form the translation knows, with texts on which a wrong one shows. */
const forms: readonly (readonly [re: string, ...texts: string[]])[] = [
  ["a.c", "abc", "a\nc", "a\rc", "a\u2028c", "a界c"],
  ["(?s)a.c", "a\nc"],
  ["(?m)^b$", "a\nb\nc", "a\rb\rc", "b"],
  ["(?m)\\Ab", "a\nb", "b"],
  ["(?m)a\\z", "a\nb", "b\na"],
  ["(?i)SigSegv", "SIGSEGV", "sigsegv"],
  ["(?im)^b$", "a\nB"],
  ["^a$", "a", "a\n", "b\na"],
  ["\\Aa\\z", "a", "ba"],
  ["\\s+", "a\u00a0b", "a\vb", "a b", "\u3000"],
  ["[\\s]", "\v", "\t"],
  ["\\S", "\u00a0", " ", "\v"],
  ["[^\\S]", "\u00a0", " "],
  ["[\\Sx]", "\v", "\n"],
  ["\\d+\\D", "12a", "١a"],
  ["\\w+\\W", "ab é", "é"],
  ["[\\W]", "é", "a"],
  ["[\\D5]+", "a5b", "4"],
  ["\\bgo\\B", "gone", "go"],
  ["[[:alpha:]]+", "ab1", "1"],
  ["[[:^alpha:]]+", "ab1", "ab"],
  ["[[:punct:]]+", "a-b", "a^b", "a`b", "a1"],
  ["[[:^punct:]]+", "-a-"],
  ["[[:space:]]", "\v", "x"],
  ["[[:^space:][:digit:]]+", " 1"],
  ["[[:xdigit:]]+$", "0xBEEF", "g"],
  ["[[:word:]-]+", "a-b_c"],
  ["[[:^word:]]", "é", "_"],
  ["[[:cntrl:]]", "\u0007", "a"],
  ["[[:graph:]]", " ", "!"],
  ["[[:^graph:]]", " ", "!", "é"],
  ["[[:print:]]", "\n", " "],
  ["[[:blank:]]", "\n", "\t"],
  ["[[:ascii:]]", "é", "e"],
  ["[[:upper:]][[:lower:]]", "Ab", "ab"],
  ["[[:alnum:]]", "-", "9"],
  ["[]a]", "]", "b"],
  ["[^]a]", "]", "b"],
  ["[a-]", "-", "b"],
  ["[-a]", "-", "b"],
  ["[a\\-z]", "-", "m"],
  ["[+--]", ",", "-", "."],
  ["[.$^]", "$", "^", "x"],
  ["[\\]]", "]"],
  ["[\\x{4e00}-\\x{9fff}]+", "下标", "ab"],
  ["\\x41\\x{1F600}", "A😀"],
  ["^.$", "😀"],
  ["[😀]", "😀"],
  ["\\pL+", "日本a1", "1"],
  ["\\p{Han}+", "日本a", "a"],
  ["\\PL", "a1"],
  ["\\p{^Greek}", "α", "a"],
  ["[\\p{L}\\d]+", "日1-"],
  ["\\Qa.b*\\E+", "a.b**", "axb"],
  ["\\Q[x", "[x"],
  ["a{2}b{1,}c{0,2}", "aabcc", "abc"],
  ["a{,2}", "a{,2}", "aa"],
  ["a{b}", "a{b}"],
  ["x{", "x{"],
  ["}]", "}]"],
  ["a+?b*?", "aaabb"],
  ["(a)|(b)", "b", "a"],
  ["(?:a|b)+c", "abac"],
  ["(?P<index>-?\\d+)(?: of (?P<length>\\d+))?", "-1", "3 of 4"],
  ["(?<name>x)", "x"],
  ["", "a"],
  ["a|", "b"],
  ["()", "a"],
  ["\\.\\/\\-\\_\\#\\ \\'\\\"\\<", "./-_# '\"<"],
  ["\\a\\f\\t\\n\\r\\v", "\u0007\f\t\n\r\v"],
  ["main\\.\\(\\*T\\)", "main.(*T).f"],
];

describe("translateRe2", () => {
  test("means what Go's regexp means", () => {
    const questions = forms.flatMap(([re, ...texts]) => texts.map((text) => ({ re, text })));
    const answers = askGo(questions);
    for (const [i, { re, text }] of questions.entries()) {
      const ours = compileRe2(re).exec(text);
      const go = answers[i]!;
      expect(go.error, re).toBeUndefined();
      const shown = `${re} on ${JSON.stringify(text)}`;
      expect(ours !== null, shown).toBe(go.matches);
      if (ours)
        expect(
          [...ours].map((group) => group ?? null),
          shown,
        ).toEqual(go.groups);
    }
  }, 120_000);

  const rejected: readonly (readonly [re: string, reason: RegExp])[] = [
    ["a(?=b)", /look-around/],
    ["a(?!b)", /look-around/],
    ["(?<=a)b", /look-around/],
    ["(?<!a)b", /look-around/],
    ["(a)\\1", /back-reference/],
    ["(?P<a>x)(?P=a)", /back-reference/],
    ["(?>a)", /atomic/],
    ["a++", /repeated/],
    ["a**", /repeated/],
    ["*a", /nothing to repeat/],
    ["(*a)", /nothing to repeat/],
    ["a(?i)b", /very start/],
    ["(?i:a)", /very start/],
    ["(?U)a", /flag U/],
    ["(a", /not closed/],
    ["a)", /no opening/],
    ["[a", /not closed/],
    ["[z-a]", /./],
    ["[a-\\d]", /range/],
    ["[[:letter:]]", /no class/],
    ["\\p{Klingon}", /Unicode/],
    ["\\k<a>", /not an escape/],
    ["\\Z", /not an escape/],
    ["a{1001}", /1000/],
    ["a{3,2}", /backwards/],
    ["(?P<a>x)(?P<a>y)", /two groups/],
    ["a\\", /backslash/],
  ];
  test.each(rejected)("rejects %s", (re, reason) => {
    expect(() => translateRe2(re)).toThrow(Re2Error);
    expect(() => translateRe2(re)).toThrow(reason);
  });

  test("says where the fault is", () => {
    try {
      translateRe2("abc(?=d)");
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ offset: 3, message: expect.stringContaining("character 4") });
    }
  });
});

describe("the proof that an expression cannot run away", () => {
  test.each(["^(a|aa)+$", "(?:[^\\n]*,)+$", "(\\w+\\s?)*:"])("refuses the exponential %s", async (re) => {
    expect(await whyRunsAway(re)).toMatch(/exponential/);
  });
  test("refuses a cubic one", async () => {
    expect(await whyRunsAway("a.*b.*c")).toMatch(/3rd degree/);
  });
  test("refuses what RE2 cannot read, such as a look-ahead", async () => {
    await expect(whyRunsAway("a(?=b)")).rejects.toThrow(/look-around/);
  });
  test("accepts linear ones", async () => {
    expect(await whyRunsAway("^runtime error: index out of range \\[(?P<index>\\d+)\\]")).toBeUndefined();
    expect(await whyRunsAway("a[^b]*b[^c]*c")).toBeUndefined();
    expect(await whyRunsAway("go func\\(|\\.Go\\(")).toBeUndefined();
  });
});
