/** A verdict is said only where something decides. */
import { describe, expect, it } from "vitest";
import { type Seen, verdictOn } from "../../../src/adapter/recipe-verdict.ts";

const nothing: Seen = { expected: 0, unseen: 0, unread: 0, missed: 0, broken: false };

describe("a recipe's verdict", () => {
  it.each<[string, Partial<Seen>, string]>([
    ["proves when all was seen", { expected: 2 }, "proven"],
    ["rules out when a value is another", { expected: 2, unseen: 1 }, "refuted"],
    ["rules out when a stop was in place and never hit", { missed: 1 }, "refuted"],
    ["is open when nothing names what must be seen", {}, "open"],
    ["is open when a value could not be read", { expected: 2, unread: 1 }, "open"],
    [
      "rules out by one value though another could not be read",
      { expected: 2, unread: 1, unseen: 1 },
      "refuted",
    ],
    ["is open when a stop could not be placed", { expected: 2, missed: 1, broken: true }, "open"],
  ])("%s", (_, seen, verdict) => {
    expect(verdictOn({}, { ...nothing, ...seen })).toBe(verdict);
  });

  it.each<[string, Partial<Seen>]>([
    ["shows all", { expected: 2 }],
    ["shows the example's values nowhere", { expected: 2, unseen: 2 }],
    ["never stops", { missed: 1 }],
    ["names nothing", {}],
  ])("is open for a crash's own place, where the recipe %s", (_, seen) => {
    expect(verdictOn({ filled: true }, { ...nothing, ...seen })).toBe("open");
  });
});
