import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Recipe } from "../../../src/faulttree/schema.ts";
import {
  dapRecipe,
  dlvScript,
  fillRecipe,
  gdbScript,
  parseRecipe,
  type RecipeKind,
} from "../../../src/recipe/index.ts";

const says = { en: "Who shortens it.", zh: "谁把它缩短了。" };
const recipe: Recipe = {
  title: { en: "Watch the length", zh: "监视长度" },
  steps: [
    { breakpoint: "main.(*batch).step", condition: "len(b.slots) > 2", hits: ">3", once: true },
    { watch: "*(*int)(uintptr(&b.slots)+8)", condition: "len(b.slots) < 2" },
    { frame: "user", says },
    { print: "len(b.slots)" },
    { command: "stack 3" },
  ],
  proves: { en: "It is shorter than the loop believes.", zh: "它比循环以为的要短。" },
};
const parsed = (kind: RecipeKind, of: Recipe = recipe) => parseRecipe("a/b/c", kind, of);
const options = { language: "en", file: "golm.star" } as const;
/** The script without the Starlark that every one carries. */
const commands = (script: string) => script.split('\n"""\n')[0]!.split("\n");

describe("dlv", () => {
  test("a recipe that searches loads itself; its commands stand in a string", () => {
    expect(commands(dlvScript(parsed("live"), options))).toEqual([
      "# golm-faultcheck recipe a/b/c (live)",
      "# Watch the length",
      "# Build the program with -gcflags='all=-N -l', as dlv debug does: else some variables are not there.",
      "# Run: dlv exec ./PROGRAM --init golm.star",
      'sources = r"""',
      "source golm.star",
      "break golm1 main.(*batch).step",
      "condition golm1 len(b.slots) > 2",
      "condition -hitcount golm1 > 3",
      "continue",
      "clear golm1",
      "watch -w *(*int)(uintptr(&b.slots)+8)",
      "golm_condition 2 len(b.slots) < 2",
      "continue",
      "golm_say Who shortens it.",
      "golm_frame user",
      "print len(b.slots)",
      "stack 3",
      "golm_say It is the cause if: It is shorter than the loop believes.",
      "exit",
    ]);
  });

  test("one that does not is plain commands, its sentences comments", () => {
    const plain = parsed("core", { title: recipe.title, steps: [{ print: "os.Args", says }] });
    expect(dlvScript(plain, { ...options, language: "zh-cn" })).toBe(
      "# golm-faultcheck recipe a/b/c (core)\n# 监视长度\n# 运行：dlv core ./PROGRAM ./CORE --init golm.star\n" +
        "# 谁把它缩短了。\nprint os.Args\nexit\n",
    );
  });

  test("no text ends the string it stands in, or its line", () => {
    const hostile = { en: 'x"""\nexit', zh: "引号\\" };
    const made = parsed("live", { title: hostile, steps: [{ frame: "user", says: hostile }] });
    for (const language of ["en", "zh-cn"] as const) {
      const script = dlvScript(made, { ...options, language });
      const body = script.split('sources = r"""\n')[1]!.split('\n"""\n');
      expect(body).toHaveLength(2);
      expect(body[0]).not.toContain('"""');
      expect(body[0]!.split("\n").filter((line) => line === "exit")).toHaveLength(1);
    }
  });
});

describe("gdb", () => {
  test("Go's names are quoted, the program is started by the first stop", () => {
    const lines = gdbScript(parsed("gdb"), { ...options, file: "golm.gdb" }).split("\n");
    const from = lines.indexOf("end") + 1;
    expect(lines.slice(from, -1)).toEqual([
      "tbreak 'main.(*batch).step' if len(b.slots) > 2",
      "ignore $bpnum 3",
      "run",
      "watch *(*int)(uintptr(&b.slots)+8) if len(b.slots) < 2",
      "continue",
      "echo Who shortens it.\\n",
      "golm-frame user",
      "print len(b.slots)",
      "stack 3",
      "echo It is the cause if: It is shorter than the loop believes.\\n",
    ]);
  });

  test("nothing of the program is called, but for the call that a recipe makes itself", () => {
    const steps = [{ breakpoint: "f" }, { command: "call (void)malloc_stats()" }, { print: "x" }];
    const lines = gdbScript(parsed("gdb", { title: recipe.title, steps }), options).split("\n");
    expect(lines.filter((line) => /may-call|^call|^print/.test(line))).toEqual([
      "set may-call-functions off",
      "set may-call-functions on",
      "call (void)malloc_stats()",
      "set may-call-functions off",
      "print x",
    ]);
  });

  test("gdb's Python reads the commands it is given", () => {
    const folder = mkdtempSync(join(tmpdir(), "golm-gdb-"));
    try {
      const script = gdbScript(parsed("gdb"), options);
      const python = /^python\n([\s\S]*?)\nend$/m.exec(script)![1]!;
      writeFileSync(join(folder, "a.py"), python);
      const { status, stderr } = spawnSync("python3", ["-m", "py_compile", join(folder, "a.py")], {
        encoding: "utf8",
      });
      expect([status, stderr]).toEqual([0, ""]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("DAP", () => {
  test("breakpoints replace those before; what is met once is taken away", () => {
    const { launch, stops } = dapRecipe(parsed("live"), options);
    expect(launch).toEqual({ type: "go", request: "launch", mode: "exec", program: "PROGRAM" });
    expect(stops[0]!.set).toEqual([
      {
        command: "setFunctionBreakpoints",
        arguments: {
          breakpoints: [{ name: "main.(*batch).step", condition: "len(b.slots) > 2", hitCondition: ">3" }],
        },
      },
      { command: "continue", arguments: { threadId: "$thread" } },
      { command: "setFunctionBreakpoints", arguments: { breakpoints: [] } },
    ]);
    expect(stops[1]!.set[0]).toEqual({
      command: "setDataBreakpoints",
      arguments: {
        breakpoints: [
          {
            dataId: "$thread,0,*(*int)(uintptr(&b.slots)+8)",
            accessType: "write",
            condition: "len(b.slots) < 2",
          },
        ],
      },
    });
    expect(stops[1]!.look.map(({ command, find }) => [command, find?.by])).toEqual([
      ["stackTrace", "user"],
      ["evaluate", undefined],
      ["stackTrace", undefined],
    ]);
  });

  test("lines and instructions have requests of their own", () => {
    const steps = [{ breakpoint: "main.go:9" }, { breakpoint: "*0x4a84c6" }];
    const { stops } = dapRecipe(parsed("live", { title: recipe.title, steps }), options);
    expect(stops[0]!.set.map(({ command }) => command)).toEqual([
      "setBreakpoints",
      "setInstructionBreakpoints",
      "continue",
    ]);
  });

  test("a core stops on entry, or Delve calls it an exception that it cannot run", () => {
    const { launch } = dapRecipe(parsed("core", { title: recipe.title, steps: [{ print: "x" }] }), options);
    expect(launch).toMatchObject({ mode: "core", stopOnEntry: true });
  });
});

describe("a crash's own place", () => {
  const place = { function: "main.(*Queue).pop", file: "/srv/queue.go", line: 71, offset: 0x1d };

  test("takes the place of the example's function, and all variables that of the example's", () => {
    const { stops } = fillRecipe(
      parsed("live", {
        title: recipe.title,
        steps: [{ breakpoint: "main.(*batch).step" }, { print: "slot" }, { print: "len(b.slots)" }],
      }),
      place,
    );
    expect(stops[0]!.set[0]!.act).toMatchObject({ at: "/srv/queue.go:71" });
    expect(stops[0]!.looks.map(({ act }) => act)).toEqual([
      { is: "command", command: "args -v" },
      { is: "command", command: "locals -v" },
    ]);
  });

  test("is an instruction for gdb", () => {
    const steps = [{ breakpoint: "main.(*batch).step" }, { command: "x/i $pc" }];
    const { stops } = fillRecipe(parsed("gdb", { title: recipe.title, steps }), place);
    expect(stops[0]!.set[0]!.act).toMatchObject({ at: "*('main.(*Queue).pop'+29)" });
  });

  test("gives way to the panic where the example told one pass of a loop from the others", () => {
    const steps = [
      { breakpoint: "main.go:9", condition: "i == len(scores)" },
      { print: "i", sees: "^3" },
    ];
    const { stops } = fillRecipe(parsed("live", { title: recipe.title, steps }), place);
    expect(stops[0]!.set[0]!.act).toEqual({ is: "breakpoint", at: "runtime.gopanic", once: false });
    expect(stops[0]!.looks.map(({ act }) => act)).toEqual([
      { is: "frame", rule: { by: "user" } },
      { is: "command", command: "args -v" },
      { is: "command", command: "locals -v" },
    ]);
  });

  test("leaves stops in the runtime alone", () => {
    const of = parsed("live", { title: recipe.title, steps: [{ breakpoint: "runtime.gopanic" }] });
    expect(fillRecipe(of, place)).toEqual({ ...of, filled: true });
  });
});
