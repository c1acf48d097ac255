import { describe, expect, it } from "vitest";
import { compileRe2, openingOf } from "../../../src/faulttree/re2.ts";

describe("opening of an expression", () => {
  it.each([
    ["^runtime error: index out of range", "runtime error: index out of range"],
    ["^send on (?:closed|nil) channel", "send on "],
    ["^colou?r", "colo"],
    ["^a{2}b", ""],
    ["^foo|bar", ""],
    ["^(?:foo|bar)", ""],
    ["^foo[|]bar", "foo"],
    ["^foo\\|bar", "foo"],
    ["index", ""],
    ["(?i)^index", ""],
  ])("%s", (source, opening) => {
    expect(openingOf(source)).toBe(opening);
  });

  it("never rejects what the expression accepts", () => {
    for (const [source, text] of [
      ["^colou?r", "color"],
      ["^foo|bar", "a bar"],
      ["^x*y", "y"],
    ] as const) {
      expect(compileRe2(source).test(text)).toBe(true);
      expect(text.startsWith(openingOf(source))).toBe(true);
    }
  });
});
