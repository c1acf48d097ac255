/** `recipe` and `instruction` as a user calls them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root, runner, workFolder } from "./cli.ts";

const folder = workFolder();
const catalogue = runner(join(root, "dist"));
const run = (args: readonly string[]) => catalogue(args, { cwd: folder.path });
afterAll(() => folder.remove());
const CRASH = join(root, "test/golden/cli/inputs/off-by-one.txt");

describe("recipe", () => {
  test("prints a script for Delve", async () => {
    const { status, stdout } = await run(["recipe", "index-out-of-range/off-by-one"]);
    expect(status).toBe(0);
    expect(stdout).toContain("\nbreak golm1 main.go:9\n");
    expect(stdout).toContain("\nexit\n");
  });

  test("prints requests for a debug adapter as JSON", async () => {
    const { stdout } = await run([
      "recipe",
      "index-out-of-range/off-by-one",
      "--for",
      "dap",
      "--kind",
      "core",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "core", launch: { mode: "core", stopOnEntry: true } });
  });

  test("puts the line of a crash in", async () => {
    const { stdout } = await run(["recipe", "channel/stream-after-cancel", "--crash", CRASH]);
    expect(stdout).toMatch(/^break golm1 \S+\.go:\d+$/m);
    expect(stdout).not.toContain("completions");
    // A condition on the example's variables cannot go with it.
    const looped = await run(["recipe", "index-out-of-range/off-by-one", "--crash", CRASH]);
    expect(looped.stdout).toMatch(/^break golm1 runtime\.gopanic$/m);
  });

  test("writes a script under a name that Delve loads, and says how it is run", async () => {
    const { status, stderr } = await run(["recipe", "pool-double-put", "-o", "a.star"]);
    expect(status).toBe(0);
    expect(stderr).toContain("dlv exec ./PROGRAM --init a.star");
    expect(readFileSync(join(folder.path, "a.star"), "utf8")).toContain("\nsource a.star\n");
    const refused = await run(["recipe", "pool-double-put", "-o", "a.txt"]);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("end in .star")]);
  });

  test.each([
    [["native/loader/missing-library"], /has no recipe.*explain/],
    [["index-out-of-range/off-by-one", "--for", "gdb"], /It has: --for dlv --kind live/],
    [["index-out-of-range/of-by-one"], /Did you mean runtime\/index-out-of-range\/off-by-one/],
    [["runtime/deadlock"], /is an event.*runtime\/deadlock\//],
    [["off-by-one", "--for", "lldb"], /Known: dlv, dap, gdb/],
    [["off-by-one", "--kind", "gdb"], /Known: live, core/],
    [["off-by-one", "--crash", "nowhere.txt"], /nowhere\.txt/],
    [[], /needs the id/],
  ])("%j ends with 2 and one sentence", async (args, sentence) => {
    const { status, stdout, stderr } = await run(["recipe", ...args, "--lang", "en"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("checks and prints a workspace's own", async () => {
    mkdirSync(join(folder.path, ".golm/recipes"), { recursive: true });
    writeFileSync(
      join(folder.path, ".golm/recipes/queue.yaml"),
      "title: Queue\nsteps:\n  - breakpoint: main.f\n  - frame: user\n",
    );
    writeFileSync(join(folder.path, "bad.yaml"), "title: Queue\nsteps:\n  - brekpoint: main.f\n");
    const own = await run(["recipe", "queue"]);
    expect([own.status, own.stdout]).toEqual([0, expect.stringContaining("break golm1 main.f")]);
    const good = await run(["recipe", "--check", ".golm/recipes/queue.yaml"]);
    expect(good.status).toBe(0);
    const bad = await run(["recipe", "--check", "bad.yaml"]);
    expect([bad.status, bad.stdout]).toEqual([2, expect.stringMatching(/^bad\.yaml:3:\d+: "brekpoint"/)]);
  });
});

describe("instruction", () => {
  test.each([
    [["/nowhere/program", "main.f+0x1"], /cannot be read/],
    [["/etc", "main.f+0x1"], /cannot be read/],
    [["/etc/passwd", "main.f"], /is no place in a function/],
    [["/etc/passwd", "main.f+0x1"], /objdump could not read/],
  ])("%j ends with 2 and one sentence", async (args, sentence) => {
    const { status, stderr } = await run(["instruction", ...args, "--lang", "en"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
