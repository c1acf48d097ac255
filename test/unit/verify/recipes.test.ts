import { describe, expect, test } from "vitest";
import type { Recipe } from "../../../src/faulttree/schema.ts";
import { parseRecipe } from "../../../src/recipe/index.ts";
import { byStep, judgeRun } from "../../../src/verify/recipes/judge.ts";
import { TABLE_BEGINS, withTable } from "../../../src/verify/recipes/table.ts";
import type { RecipeResult } from "../../../src/verify/recipes/verify.ts";

const recipe: Recipe = {
  title: { en: "Title", zh: "标题" },
  steps: [
    { breakpoint: "runtime.gopanic" },
    { frame: "user", sees: "main\\.sum at" },
    { print: "i", sees: "^3$" },
  ],
};
const live = parseRecipe("a/b/c", "live", recipe);

/** As Delve 1.27.1 printed it, shortened. */
const GOOD = `Type 'help' for list of commands.
@@0
Breakpoint golm1 set at 0x484493 for runtime.gopanic() /usr/local/go/src/runtime/panic.go:809
> [golm1] runtime.gopanic() /usr/local/go/src/runtime/panic.go:809 (hits goroutine(1):1 total:1) (PC: 0x484493)
=> 809:	func gopanic(e any) {
@@1
frame 3: main.sum at /srv/main.go:9
@@2
3
@@end
`;

describe("a run", () => {
  test("passes when it stops where it says and shows what it says", () => {
    expect(judgeRun(live, GOOD)).toEqual({
      problems: [],
      stoppedAt: "runtime.gopanic panic.go:809, main.sum main.go:9",
    });
  });

  test.each([
    ["it stopped for something else", GOOD.replace("> [golm1]", "> [unrecovered-panic]"), /did not stop at/],
    ["the value is another", GOOD.replace("\n3\n", "\n4\n"), /did not show "\^3\$"/],
    ["the value stands at another step", GOOD.replace("@@2\n3", "3\n@@2\n"), /step 3: it did not show/],
    [
      "a command was refused",
      GOOD.replace("\n3\n", "\ngolm.star:9: could not find symbol value for i\n"),
      /the debugger said/,
    ],
    ["no frame was the user's", GOOD.replace(/frame 3.*/, "no frame: user"), /no frame: user/],
    ["only a listing shows it", GOOD.replace("frame 3: main.sum at", "   9:\tmain.sum at"), /step 2/],
    ["it showed nothing", "", /did not stop at/],
  ])("fails when %s", (_what, output, problem) => {
    expect(judgeRun(live, output).problems.join("\n")).toMatch(problem);
  });

  test("of gdb passes by gdb's words, and fails by them", () => {
    const gdb = parseRecipe("a/b/c", "gdb", {
      title: recipe.title,
      steps: [{ breakpoint: "munmap" }, { command: "bt", sees: "arena_close" }],
    });
    const good = "@@0\nBreakpoint 1, munmap () at x.S:1\n@@1\n#1 0x4a in arena_close () at a.c:9\n@@end\n";
    expect(judgeRun(gdb, good).problems).toEqual([]);
    expect(judgeRun(gdb, good.replace("#1", 'No symbol "x" in current context.\n#1')).problems).toHaveLength(
      1,
    );
    expect(judgeRun(gdb, good.replace("Breakpoint 1, ", "")).problems).toHaveLength(1);
  });
});

describe("a watchpoint", () => {
  const steps = [{ breakpoint: "main.f", once: true }, { watch: "x" }];
  const gdb = parseRecipe("a/b/c", "gdb", { title: recipe.title, steps });
  const dlv = parseRecipe("a/b/c", "live", { title: recipe.title, steps });
  const atGdb = (rest: string) => `@@0\nTemporary breakpoint 1, f () at a.c:1\n@@1\n${rest}\n@@end\n`;
  const atDlv = (rest: string) =>
    `@@0\n> [golm1] main.f() /m.go:1 (hits goroutine(1):1 total:1)\n@@1\n${rest}\n@@end\n`;

  test.each([
    [
      "gdb names it",
      gdb,
      atGdb("Hardware watchpoint 2: x\n\nHardware watchpoint 2: x\n\nOld value = 1\nNew value = 2"),
    ],
    [
      "gdb says that it was read",
      gdb,
      atGdb("Hardware read watchpoint 2: x\n\nHardware read watchpoint 2: x\n\nValue = 2"),
    ],
    [
      "Delve names it",
      dlv,
      atDlv("Watchpoint x set at 0xc000\n> [watchpoint on x] main.f() /m.go:2 (hits total:1)"),
    ],
  ])("was hit where %s", (_what, parsed, output) => {
    expect(judgeRun(parsed, output).problems).toEqual([]);
  });

  test.each([
    ["gdb only set it", gdb, atGdb("Hardware watchpoint 2: x\n[Inferior 1 (process 7) exited normally]")],
    [
      "the program was killed first",
      gdb,
      atGdb("Hardware watchpoint 2: x\nThread 1 received signal SIGSEGV"),
    ],
    [
      "a breakpoint was hit instead",
      dlv,
      atDlv("Watchpoint x set at 0xc000\n> [golm1] main.f() /m.go:1 (hits total:2)"),
    ],
    ["Delve only set it", dlv, atDlv("Watchpoint x set at 0xc000\nProcess 7 has exited with status 2")],
  ])("was not hit where %s", (_what, parsed, output) => {
    expect(judgeRun(parsed, output).problems.join("\n")).toMatch(/watchpoint on x was never hit/);
  });
});

test("what a program prints between marks belongs to the step before", () => {
  expect(byStep("a\n@@0\nb\nc\n@@1\n@@end\nd")).toEqual(
    new Map([
      [0, "\nb\nc\n"],
      [1, "\n"],
    ]),
  );
});

describe("the table", () => {
  const result = (id: string, rest: Partial<RecipeResult>): RecipeResult => ({
    id,
    kind: "live",
    title: "A | title",
    status: "passed",
    problems: [],
    stoppedAt: "main.f main.go:1",
    debugBuild: true,
    how: "exec",
    tries: 1,
    seconds: 1,
    output: "",
    ...rest,
  });
  const page = `# Page\n\n${TABLE_BEGINS}\nold\n`;
  const all = [
    { id: "a/b/c", kind: "live" },
    { id: "a/d/e", kind: "gdb" },
  ] as const;

  test("is made anew below its mark, a part for each event", () => {
    const made = withTable(page, [result("a/b/c", {}), result("a/d/e", { kind: "gdb", how: "core" })], {
      versions: ["Go 1.26"],
      all,
    });
    expect(made).toContain("## a/b\n");
    expect(made).toContain("| c | A \\| title (live) | debug | `main.f main.go:1` |");
    expect(made).toContain("| e | A \\| title (gdb, core) | debug |");
    expect(made).not.toContain("old");
    expect(made.startsWith("# Page\n")).toBe(true);
  });

  test("keeps the rows of what was not run, and loses those of what is gone", () => {
    const both = withTable(page, [result("a/b/c", {}), result("a/d/e", { kind: "gdb" })], {
      versions: [],
      all,
    });
    const one = withTable(both, [result("a/b/c", { stoppedAt: "main.g main.go:2" })], { versions: [], all });
    expect(one).toContain("main.g main.go:2");
    expect(one).toContain("| e | ");
    expect(one).toContain("| live | 1 | 0 | 0 |\n");
    expect(withTable(one, [], { versions: [], all: all.slice(0, 1) })).not.toContain("| e | ");
  });

  test("says which failed, and refuses a page without a mark", () => {
    const failed = result("a/b/c", { status: "failed", problems: ["it did not stop"] });
    expect(withTable(page, [failed], { versions: [], all })).toContain("**failed**: it did not stop");
    expect(() => withTable("# Page\n", [], { versions: [], all })).toThrow(/no line/);
  });
});
