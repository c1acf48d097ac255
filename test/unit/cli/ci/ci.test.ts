/** `ci` around real runs of `go test`, and the action's own steps. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { jobSummary } from "../../../../src/cli/ci/job-summary.ts";
import { folderOfPackage, modulesAround } from "../../../../src/cli/ci/places.ts";
import { TestRun } from "../../../../src/cli/ci/test-run.ts";
import { ciWords } from "../../../../src/cli/ci/words.ts";
import { program, type Result, root, workFolder } from "../cli.ts";

const folder = workFolder();
const module = join(folder.path, "repository/module");
const summary = join(folder.path, "summary.md");
const outputs = join(folder.path, "outputs");
const sarif = join(folder.path, "crashes.sarif");

/** What `go` needs, and what GitHub sets. */
const env: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  GOCACHE: process.env.GOCACHE,
  GOFLAGS: "-mod=mod",
  LANG: "C",
  GITHUB_ACTIONS: "true",
  GITHUB_WORKSPACE: join(folder.path, "repository"),
  GITHUB_STEP_SUMMARY: summary,
  GITHUB_OUTPUT: outputs,
};

function run(args: readonly string[], input: string | Buffer = "", more: NodeJS.ProcessEnv = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: module,
    env: { ...env, ...more },
    input,
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

function goTest(...args: string[]): string {
  return spawnSync("go", ["test", "-json", ...args], {
    cwd: module,
    env,
    maxBuffer: 1 << 28,
  }).stdout.toString();
}

let events = "";
let clean = "";

beforeAll(() => {
  cpSync(join(import.meta.dirname, "module"), module, { recursive: true });
  events = goTest("-timeout", "2s", "./...");
  clean = goTest("./clean");
}, 120_000);
beforeEach(() => {
  for (const file of [summary, outputs, sarif]) rmSync(file, { force: true });
});
afterAll(() => folder.remove());

const annotations = (text: string) => text.split("\n").filter((line) => line.startsWith("::error"));

describe("go test -json from standard input", () => {
  test("failed, crashed, timed out and not built: status 1, and each in its place", () => {
    const { status, stdout, stderr } = run(["ci", "--sarif", sarif], events);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    // What go test prints.
    expect(stdout).toMatch(/^ok {2}\texample\.com\/ci\/clean\t/m);
    expect(stdout).toMatch(/^FAIL\texample\.com\/ci\/broken \[build failed\]$/m);
    expect(stdout).toMatch(/^ {4}failing_test\.go:7: got 3, want 4\n {8}second line\n--- FAIL/m);
    expect(stdout).not.toMatch(/=== RUN|--- PASS|"Action"/);
    // The output of a test that never ended stands before the line of its package.
    expect(stdout.indexOf("panic: test timed out")).toBeLessThan(stdout.indexOf("FAIL\texample.com/ci/slow"));
    expect(stdout).toMatch(/^Look first at {4}panics\/panics\.go:8/m);

    const marks = annotations(stdout);
    expect(marks).toHaveLength(4);
    expect(marks[0]).toMatch(/^::error file=module\/panics\/panics\.go,line=8,title=Index out of range%3A/);
    expect(marks[1]).toMatch(/^::error file=module\/slow\/slow_test\.go,line=7,title=Test timed out/);
    expect(marks[2]).toMatch(
      /^::error file=module\/broken\/broken\.go,line=5,title=Build failed::cannot use/,
    );
    expect(marks[3]).toBe(
      "::error file=module/failing/failing_test.go,line=7,title=TestScores/empty failed::got 3, want 4%0A        second line",
    );

    const page = readFileSync(summary, "utf8");
    expect(page).toMatch(
      /^## ❌ Go tests\n\n\| passed \| failed \| skipped \| packages \| ⏱ \|\n\|.*\|\n\| 3 \| 4 \| 1 \| 5 \|/,
    );
    for (const name of ["TestScores/empty", "TestSum", "TestWaits"])
      expect(page).toContain(`<code>${name}</code>`);
    expect(page).not.toContain("<code>TestScores</code>");
    expect(page).toMatch(/\*\*🔥 2 crashes\*\*\n\n## Index out of range/);
    expect(readFileSync(outputs, "utf8")).toBe("crashes=2\npassed=3\nfailed=4\nskipped=1\n");

    const log = JSON.parse(readFileSync(sarif, "utf8"));
    const [first, second] = log.runs[0].results;
    expect(first.ruleId).toBe("runtime/index-out-of-range/off-by-one");
    expect(first.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: "module/panics/panics.go", uriBaseId: "%SRCROOT%" },
      region: { startLine: 8 },
    });
    expect(second.ruleId).toMatch(/^runtime\/test-timeout\//);
  });

  test("all passed: status 0, no annotation, and SARIF without a result", () => {
    const { status, stdout, stderr } = run(["ci", "--sarif", sarif], clean);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(annotations(stdout)).toEqual([]);
    expect(readFileSync(summary, "utf8")).toMatch(
      /^## ✅ Go tests\n[\s\S]*\| 1 \| 0 \| 1 \| 1 \|[\s\S]*\n\nNo crash\.\n$/,
    );
    expect(JSON.parse(readFileSync(sarif, "utf8")).runs[0].results).toEqual([]);
  });

  test("nothing a test prints is a workflow command", () => {
    const { stdout } = run(["ci", "--verbose"], clean);
    const token = /^::stop-commands::([0-9a-f-]{36})\n/.exec(stdout)![1]!;
    const at = stdout.indexOf("::error::a test may print anything");
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(stdout.indexOf(`\n::${token}::\n`));
  });

  test("outside of GitHub: no commands, nothing written, in Chinese", () => {
    const { stdout } = run(["ci", "--lang", "zh-cn"], events, {
      GITHUB_ACTIONS: "",
      GITHUB_STEP_SUMMARY: "",
      GITHUB_OUTPUT: "",
    });
    expect(stdout).not.toMatch(/^::/m);
    expect(stdout).toMatch(/^下标越界/m);
    expect(existsSync(summary)).toBe(false);
  });

  test.each([
    ["nothing", "", 2, /no result of a test came in: pipe in the output of go test -json/],
    ["plain go test", "ok  \texample.com/x\t0.1s\n", 2, /no result of a test came in/],
  ])("%s is 2 and passed on", (_, input, expected, sentence) => {
    const { status, stdout, stderr } = run(["ci", "--annotations", "never"], input);
    expect(status).toBe(expected);
    expect(stdout).toBe(input);
    expect(stderr).toMatch(sentence);
  });

  test("cut in the middle it is 1: a run that was killed did not pass", () => {
    const { status, stderr } = run(["ci"], clean.split("\n").slice(0, 4).join("\n"));
    expect(status).toBe(1);
    expect(stderr).toMatch(/the output ends in the middle of example\.com\/ci\/clean: this counts as failed/);
  });

  test("usage errors come before anything runs", () => {
    const missing = join(folder.path, "no/such/x.sarif");
    const result = run(["ci", "--sarif", missing, "--", "sh", "-c", "echo ran"]);
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr).toMatch(/--sarif \S+: cannot be written: no such file or directory\. Name a file/);
    expect(run(["ci", "--annotations", "maybe"]).stderr).toMatch(/one of auto, always, never/);
  });
});

describe("a command", () => {
  test("go test keeps its status and its output", () => {
    const { status, stdout } = run(["ci", "--", "go", "test", "./panics", "./clean"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ok {2}\texample\.com\/ci\/clean\t/m);
    expect(annotations(stdout)[0]).toMatch(/^::error file=module\/panics\/panics\.go,line=8/);
    expect(run(["ci", "--", "go", "test", "-json", "./clean"]).status).toBe(0);
  });

  test.each([
    [["sh", "-c", "echo out; echo err >&2; exit 7"], 7],
    [["sh", "-c", "kill -KILL $$"], 137],
    [["no-such-program"], 127],
  ])("%j ends with %i", (command, expected) => {
    const { status, stdout, stderr } = run(["ci", "--annotations", "never", "--", ...command]);
    expect(status).toBe(expected);
    if (expected === 7) expect({ stdout, stderr }).toEqual({ stdout: "out\n", stderr: "err\n" });
    if (expected === 127)
      expect(stderr).toMatch(/no-such-program could not be started: there is no such program/);
  });

  test("a crash on standard error is found too", () => {
    const crash = join(root, "test/golden/cli/inputs/deadlock.txt");
    const { status, stdout } = run(["ci", "--", "sh", "-c", 'cat "$0" >&2; exit 2', crash]);
    expect(status).toBe(2);
    expect(annotations(stdout)[0]).toMatch(/title=Deadlock/);
  });

  test("a signal is passed on, and its status kept", async () => {
    const child = spawn(
      process.execPath,
      [
        program,
        "ci",
        "--annotations",
        "never",
        "--",
        "sh",
        "-c",
        "trap 'exit 9' TERM; echo ready; while :; do sleep 0.1; done",
      ],
      { cwd: module, env, stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((done) => child.stdout.once("data", done));
    child.kill("SIGTERM");
    expect(await new Promise((done) => child.once("close", done))).toBe(9);
  });
});

describe("results", () => {
  test("lines that are no events are shown as they are, whatever they hold", () => {
    const tests = new TestRun(false);
    for (const line of [
      "{}\n",
      '{"Action":5}\n',
      '{"Action":"fail","Package":{}}\n',
      "{broken\n",
      "plain\n",
    ]) {
      expect(tests.line(line)).toBe(line);
    }
    expect(tests.results()).toMatchObject({ heard: false, failed: 0 });
  });

  test("the output of one test is kept within bounds", () => {
    const tests = new TestRun(false);
    const say = (Output: string) =>
      tests.line(`${JSON.stringify({ Action: "output", Package: "p", Test: "T", Output })}\n`);
    for (let i = 0; i < 400; i++) say(`${i} ${"x".repeat(20_000)}\n`);
    const shown = tests.line('{"Action":"fail","Package":"p","Test":"T","Elapsed":1}\n');
    expect(shown.length).toBeLessThan(3 << 20);
    expect(shown).toMatch(/^0 x/);
    expect(shown).toMatch(/\n399 x+\n$/);
    expect(tests.results().tests[0]!.output.length).toBeLessThan(40_000);
  });

  test("a summary fits what GitHub takes, and hostile names stay text", () => {
    const results = {
      ...new TestRun(false).results(),
      heard: true,
      failed: 1,
      tests: [{ package: "<img src=x>", name: "T/<script>", seconds: 0, output: "```\n</details><script>" }],
    };
    const crashes = Array.from({ length: 100 }, () => "x".repeat(50_000));
    const text = jobSummary({ results, crashes, crashCount: 100 }, ciWords("en"));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(900 << 10);
    expect(text).toMatch(/The rest does not fit/);
    expect(text).toContain("<code>T/&lt;script&gt;</code> &lt;img src=x&gt;");
    expect(text).toContain("````text\n```\n</details><script>\n````");
  });

  test("packages are found by go.mod and go.work", () => {
    const work = join(folder.path, "work");
    for (const [name, path] of [
      ["a", "example.com/a"],
      ["b", "example.com/a/b"],
    ] as const) {
      mkdirSync(join(work, name), { recursive: true });
      writeFileSync(join(work, name, "go.mod"), `module ${path}\n`);
    }
    writeFileSync(join(work, "go.work"), "go 1.24\nuse (\n\t./a // one\n\t./b\n)\n");
    const modules = modulesAround(work);
    expect(folderOfPackage("example.com/a/x", modules)).toBe(join(work, "a/x"));
    expect(folderOfPackage("example.com/a/b/y_test", modules)).toBe(join(work, "b/y"));
    expect(folderOfPackage("example.com/a/../../../etc", modules)).toBeUndefined();
    expect(folderOfPackage("example.org/z", modules)).toBeUndefined();
  });
});

interface Step {
  id: string;
  shell: string;
  run: string;
  env?: Record<string, string>;
}

describe("the action", () => {
  const text = readFileSync(join(root, "action.yml"), "utf8");
  const action = parse(text) as {
    inputs: Record<string, { default: string }>;
    outputs: Record<string, { value: string }>;
    runs: { steps: Step[] };
  };

  /** The schema that SchemaStore has for actions and workflows, in a validator of its own. */
  function validator(): { validateAction(text: string): Verdict; validateWorkflow(text: string): Verdict } {
    const cache = join(root, ".cache/action-validator");
    const entry = join(cache, "node_modules/@action-validator/core/action_validator.js");
    if (!existsSync(entry)) {
      mkdirSync(cache, { recursive: true });
      const args = [
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--prefix",
        cache,
        "@action-validator/core@0.6.0",
      ];
      const { status, stderr } = spawnSync("npm", args, { encoding: "utf8", timeout: 60_000 });
      expect(status, `npm could not install the validator: ${stderr}`).toBe(0);
    }
    return createRequire(import.meta.url)(entry);
  }
  interface Verdict {
    errors: object[];
  }

  test("action.yml and the workflow of the docs are valid", () => {
    const { validateAction, validateWorkflow } = validator();
    expect(validateAction(text).errors).toEqual([]);
    expect(validateAction(text.replaceAll("shell: bash", "")).errors).not.toEqual([]);
    const docs = readFileSync(join(root, "docs/ci.md"), "utf8");
    const workflow = /```yaml\n(name: test\n[\s\S]*?)```/.exec(docs)![1]!;
    expect(validateWorkflow(workflow).errors).toEqual([]);
    expect(validateWorkflow(workflow.replace("runs-on", "run-on")).errors).not.toEqual([]);
  });

  test("no input is read by the shell, and each output is one that ci writes", () => {
    for (const step of action.runs.steps) expect(step.run).not.toContain("${{");
    expect(Object.keys(action.outputs).sort()).toEqual(["crashes", "failed", "passed", "skipped"]);
  });

  /** Runs the steps as GitHub would. */
  function runSteps(inputs: Record<string, string>): Result {
    let last: Result = { status: null, stdout: "", stderr: "" };
    for (const step of action.runs.steps) {
      const script = folder.write("step.sh", step.run);
      const given = Object.entries(step.env ?? {}).map(([name, value]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)![1]!;
        return [name, inputs[input] ?? action.inputs[input]!.default];
      });
      expect(step.shell).toBe("bash");
      const { status, stdout, stderr } = spawnSync(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", script],
        {
          cwd: module,
          env: { ...env, GITHUB_ACTION_PATH: root, ...Object.fromEntries(given) },
          encoding: "utf8",
          timeout: 120_000,
        },
      );
      last = { status, stdout, stderr };
      if (status !== 0) return last;
    }
    return last;
  }

  test("its steps run the tests, write what was promised, and end as they do", () => {
    const { status, stdout, stderr } = runSteps({ run: "go test -json ./panics" });
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(annotations(stdout)).toHaveLength(1);
    expect(readFileSync(outputs, "utf8")).toMatch(/^crashes=1$/m);
    expect(JSON.parse(readFileSync(join(module, "golm-faultcheck.sarif"), "utf8")).version).toBe("2.1.0");
  });

  test("a pipe keeps the status of its first part, and hostile inputs stay inputs", () => {
    expect(runSteps({ run: "false | cat", "sarif-file": "" }).status).toBe(1);
    const odd = 'a b$(touch owned)"; touch owned; .sarif';
    expect(runSteps({ run: "go test -json ./clean", "sarif-file": odd }).status).toBe(0);
    expect(existsSync(join(module, odd))).toBe(true);
    expect(existsSync(join(module, "owned"))).toBe(false);
  });
});
