import { describe, expect, test } from "vitest";
import { readOwnRecipe } from "../../../src/recipe/own.ts";

const good = `title: Watch our queue
kind: live
cause: runtime/channel/closed-twice
steps:
  - breakpoint: main.(*Queue).close
    says: Who closes it.
  - frame: user
  - print: q.items
    sees: 'len: \\d+'
`;

describe("a workspace's own recipe", () => {
  test("is read, in one language or two", () => {
    const { recipe, cause, errors } = readOwnRecipe(".golm/recipes/queue.yaml", good);
    expect(errors).toEqual([]);
    expect(cause).toBe("runtime/channel/closed-twice");
    expect(recipe).toMatchObject({
      id: "queue",
      kind: "live",
      how: "exec",
      title: { en: "Watch our queue" },
    });
    expect(recipe!.stops[0]!.looks).toHaveLength(2);
  });

  test.each([
    ["title: x\nsteps: [{}]\n", "1:", /empty step/],
    ["title: x\nsteps: []\n", "2:", /steps/],
    ["title: x\nsteps: [{ brekpoint: main.f }]\n", "2:", /"brekpoint" is not a field.*breakpoint/],
    ["title: x\nsteps: [{ condition: x > 1 }]\n", "2:", /needs a breakpoint or a watch/],
    ["title: x\nsteps: [{ hits: '> 3', print: x }]\n", "2:", /"hits" needs a breakpoint/],
    ["title: x\nsteps: [{ breakpoint: f, watch: x }]\n", "2:", /One step sets one thing/],
    ["title: x\nkind: core\nsteps: [{ breakpoint: f }]\n", "3:", /A core cannot be stopped/],
    ["title: x\nkind: core\nhow: exec\nsteps: [{ print: f }]\n", "3:", /A core recipe reads a core/],
    ["title: x\nsteps: [{ print: x, sees: '(' }]\n", "2:", /regular expression cannot be used/],
    ["title: x\nsteps: [{ command: shell rm -rf / }]\n", "2:", /runs no other program/],
    ["title: x\nsteps: [{ command: '!ls' }]\n", "2:", /runs no other program/],
    ["title: x\nsteps: [{ command: source evil.star }]\n", "2:", /runs no other program/],
    ['title: x\nsteps: [{ print: "x\\nexit" }]\n', "2:", /line end/],
    ["title: x\nkind: soon\nsteps: [{ print: x }]\n", "2:", /live/],
    ["title: [\n", "2:", /./],
  ])("says what is wrong, and where: %j", (text, line, message) => {
    const { recipe, errors } = readOwnRecipe("own.yaml", text);
    expect(recipe).toBeUndefined();
    expect(errors.join("\n")).toMatch(message);
    expect(errors[0]!.startsWith(`own.yaml:`)).toBe(true);
    if (!/empty step/.test(message.source)) expect(errors[0]).toContain(`own.yaml:${line}`);
  });

  test("is refused when it is too large to be one", () => {
    expect(readOwnRecipe("own.yaml", "x".repeat(1 << 20)).errors[0]).toMatch(/too large/);
  });
});
