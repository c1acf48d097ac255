/** Options, languages, exit statuses, and the commands beside diagnose. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root, runner, workFolder } from "./cli.ts";

const folder = workFolder();
const run = runner(folder.path);
afterAll(() => folder.remove());

const input = "test/golden/cli/inputs/off-by-one.txt";

describe("usage errors are one sentence and status 2", () => {
  test.each([
    [["diagnose", "--fromat", "json"], /unknown option '--fromat'/],
    [
      ["diagnose", "--format", "xml"],
      /unknown format 'xml'\. Known: text, json, sarif, github, markdown, html/,
    ],
    [["diagnose", "--lang", "fr"], /unknown language 'fr'/],
    [["diagnose", "--color", "blue"], /unknown colour mode 'blue'/],
    [["diagnose", "--source", "no-such-folder", input], /no-such-folder: this is no directory/],
    [["diagnose", "--format"], /needs a value/],
    [["diagnos", input], /unknown command 'diagnos'/],
    [["explain"], /ID is missing/],
    [
      ["explain", "runtime/index-out-of-range/of-by-one"],
      /Did you mean runtime\/index-out-of-range\/off-by-one/,
    ],
    [["explain", "zzzzzzzz"], /there is no cause or event 'zzzzzzzz'\. golm-faultcheck list/],
    [["list", "--format", "html"], /unknown format 'html'\. Known: text, json/],
    [["diagnose", "--follow", "--format", "html", input], /--follow cannot write html/],
  ])("%j", (args, sentence) => {
    const result = run(args as string[]);
    expect(result.status).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toMatch(sentence as RegExp);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
  });

  test("they speak Chinese where asked", () => {
    expect(run(["diagnose", "--lang", "zh-cn", "--nope"]).stderr).toMatch(/未知选项“--nope”/);
    expect(run(["--nope"], { env: { LANG: "zh_CN.UTF-8" } }).stderr).toMatch(/未知选项/);
  });

  test("a missing catalogue says how to get one", () => {
    const result = run(["list"], { env: { GOLM_CATALOG: join(folder.path, "nowhere") } });
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/the catalogue .*catalog\.json cannot be read/);
  });

  test("no command at all prints the help, on stderr", () => {
    const result = run([]);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/Usage: golm-faultcheck/);
    expect(result.stdout).toBe("");
  });
});

describe("language", () => {
  const title = (env: Record<string, string>, ...args: string[]) =>
    run(["diagnose", "--no-source", input, ...args], { env }).stdout.split("\n")[0];

  test("comes from LC_ALL, then LC_MESSAGES, then LANG", () => {
    expect(title({ LANG: "zh_CN.UTF-8" })).toMatch(/^下标越界/);
    expect(title({ LANG: "zh_CN.UTF-8", LC_MESSAGES: "en_US.UTF-8" })).toMatch(/^Index/);
    expect(title({ LANG: "en_US.UTF-8", LC_ALL: "zh_CN" })).toMatch(/^下标越界/);
    expect(title({ LANG: "de_DE.UTF-8" })).toMatch(/^Index/);
  });

  test("and is overruled by --lang", () => {
    expect(title({ LANG: "zh_CN.UTF-8" }, "--lang", "en")).toMatch(/^Index/);
    expect(title({}, "--lang=zh-CN")).toMatch(/^下标越界/);
  });
});

describe("colour", () => {
  const coloured = (env: Record<string, string>, ...args: string[]) =>
    run(["diagnose", "--no-source", input, ...args], { env }).stdout.includes("\x1b[");

  test("only on a terminal, unless asked", () => {
    expect(coloured({})).toBe(false);
    expect(coloured({}, "--color", "always")).toBe(true);
    expect(coloured({ FORCE_COLOR: "1" })).toBe(true);
    expect(coloured({ FORCE_COLOR: "0" })).toBe(false);
  });

  test("NO_COLOR wins over FORCE_COLOR, the command line over both", () => {
    expect(coloured({ NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
    expect(coloured({ NO_COLOR: "1" }, "--color", "always")).toBe(true);
    expect(coloured({ FORCE_COLOR: "1" }, "--color", "never")).toBe(false);
  });
});

describe("list", () => {
  test("json has the promised shape", () => {
    const list = JSON.parse(run(["list", "--format", "json"]).stdout);
    expect(Object.keys(list)).toEqual(["events", "causes"]);
    expect(Object.keys(list.events[0])).toEqual(["id", "title"]);
    expect(Object.keys(list.causes[0])).toEqual(["id", "event", "title", "kind"]);
  });

  test("words narrow it, in either language", () => {
    const ids = (...args: string[]) =>
      JSON.parse(run(["list", "--format", "json", ...args]).stdout).causes.map((c: { id: string }) => c.id);
    expect(ids("empty")).toEqual(["runtime/index-out-of-range/empty-slice"]);
    expect(ids("通道")).toEqual(["runtime/deadlock/no-reader"]);
    expect(ids("index", "length")).toEqual(["runtime/index-out-of-range/off-by-one"]);
    expect(ids("llm")).toEqual(["runtime/index-out-of-range/empty-slice"]);
  });

  test("nothing that fits is an answer", () => {
    const result = run(["list", "zebra"]);
    expect(result).toEqual({
      status: 0,
      stdout: "",
      stderr: "golm-faultcheck: Nothing in the catalogue fits 'zebra'.\n",
    });
  });
});

describe("explain", () => {
  test("json holds both languages and the diff", () => {
    const page = JSON.parse(run(["explain", "off-by-one", "--format", "json"]).stdout);
    expect(page.id).toBe("runtime/index-out-of-range/off-by-one");
    expect(page.what.zh).toBe("代码多读了末尾之后的一个元素。");
    expect(page.diff).toContain("+\tfor i := 0; i < len(scores); i++ {");
  });

  test("json of an event names its causes", () => {
    const page = JSON.parse(run(["explain", "runtime/deadlock", "--format", "json"]).stdout);
    expect(page.causes).toEqual(["runtime/deadlock/no-reader"]);
  });
});

test("the version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(run(["--version"]).stdout).toBe(`golm-faultcheck ${version}\n`);
});

test("help names the commands that exist, and only them", () => {
  const { stdout, status } = run(["--help"]);
  expect(status).toBe(0);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) [[<]/gm)].map((match) => match[1]!);
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) {
    const { stdout: help, status: ended } = run([command, "--help"]);
    expect(ended).toBe(0);
    expect(help).toContain(`golm-faultcheck ${command}`);
  }
});

test("the real catalogue lists, explains and diagnoses", () => {
  const env = { GOLM_CATALOG: join(root, "dist") };
  const list = JSON.parse(run(["list", "--format", "json"], { env }).stdout);
  expect(list.causes.length).toBeGreaterThan(0);
  for (const format of ["text", "markdown"]) {
    const page = run(["explain", list.causes[0].id, "--format", format], { env });
    expect(page.status).toBe(0);
    expect(page.stdout).toContain(list.causes[0].title);
  }
  const { diagnoses } = JSON.parse(run(["diagnose", "--format", "json", input], { env }).stdout);
  expect(diagnoses[0].event.id).toBe("runtime/index-out-of-range");
});
