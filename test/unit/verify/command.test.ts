import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runVerifyCommand, type VerifyCommandOptions } from "../../../src/verify/command.ts";
import { CLEAN, CRASH, makeCatalogue, type Scenario } from "./catalogue.ts";

let remove: (() => void) | undefined;
afterEach(() => {
  remove?.();
  remove = undefined;
});

interface Shown {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function verify(
  scenarios: Readonly<Record<string, Scenario>>,
  ids: readonly string[] = [],
  options: VerifyCommandOptions = {},
): Promise<Shown> {
  const catalogue = makeCatalogue(scenarios);
  remove = catalogue.remove;
  return again(catalogue.dir, ids, options);
}

async function again(catalogDir: string, ids: readonly string[] = [], options: VerifyCommandOptions = {}) {
  let out = "";
  let err = "";
  const status = await runVerifyCommand(ids, {
    catalogDir,
    color: false,
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
    ...options,
  });
  return { status, out, err };
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("golm-verify-"));

describe("a scenario", { timeout: 60_000 }, () => {
  it("passes when it crashes and its fix does not", async () => {
    const before = leftovers();
    const { status, out } = await verify({ good: { repro: CRASH } });
    expect(out).toMatch(/^pass {2}runtime\/index\/good {2}panic/);
    expect(out).toMatch(/\n1 scenarios: 1 end in a crash text \(1 panic\), 0 silent\.\n/);
    expect(out).toMatch(/\nScenarios: 1 passed, 0 failed, 0 skipped\n$/);
    expect(status).toBe(0);
    expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
  });

  it("fails when the repro does not crash", async () => {
    const { status, out } = await verify({ tame: { repro: CLEAN } });
    expect(out).toContain("FAIL  runtime/index/tame");
    expect(out).toContain("repro: expected exit status 2, got 0");
    expect(out).toContain("repro: no crash was found in its output");
    expect(status).toBe(1);
  });

  it("fails when the fixed program crashes", async () => {
    const { status, out } = await verify({ broken: { repro: CRASH, fixed: CRASH } });
    expect(out).toContain("fixed: it ended with status 2");
    expect(out).toContain("fixed: a crash was found in its output: panic");
    expect(out).toContain("| panic: runtime error: index out of range");
    expect(status).toBe(1);
  });

  it("fails when the fixed program prints other words than promised", async () => {
    const cause = { fixed: { race: false, checkptr: false, output: "^dirty" } };
    const { out } = await verify({ words: { repro: CRASH, cause } });
    expect(out).toContain("fixed: its output does not match ^dirty");
  });

  it("fails when it crashes in another way, and shows the ranking", async () => {
    const { out } = await verify({ other: { repro: "var m map[string]int\n\tm[os.Args[0]] = 1" } });
    expect(out).toContain("repro: expected event runtime/index, got");
    expect(out).toContain("diagnosed: ");
  });

  it("fails when a sibling is as likely", async () => {
    const { out } = await verify({ one: { repro: CRASH }, two: { repro: CRASH } }, ["runtime/index/one"]);
    expect(out).toContain("repro: expected at place 1 or before, got place 2");
    expect(out).toContain("Scenarios: 0 passed, 1 failed, 0 skipped");
  });

  it("fails when it does not build, with the compiler's words", async () => {
    const { out } = await verify({ typo: { repro: "undefinedName()" } });
    expect(out).toContain("repro: it does not build");
    expect(out).toContain("undefined: undefinedName");
  });

  it("fails when it does not end, and is killed", async () => {
    const cause = { repro: { seconds: 1, expect: {} } };
    const { out } = await verify({ endless: { repro: "time.Sleep(time.Hour)", cause } });
    expect(out).toContain("repro: it did not end within 1 s");
  });

  it("is tried again when it depends on timing", async () => {
    const rare = `name := os.Args[0] + ".tries"
	tries, _ := os.ReadFile(name)
	os.WriteFile(name, append(tries, 'x'), 0o600)
	if len(tries) < 2 {
		return
	}
	${CRASH}`;
    const cause = { repro: { tries: 3, expect: { status: 2 } } };
    const { status, out } = await verify({ rare: { repro: rare, cause } });
    expect(out).toMatch(/^pass .*, 3 tries\n/);
    expect(status).toBe(0);
  });

  it("is judged again by itself when it failed beside another", async () => {
    const marker = join(mkdtempSync(join(tmpdir(), "golm-beside-")), "ran");
    const once = `if _, err := os.Stat(${JSON.stringify(marker)}); err != nil {
		os.WriteFile(${JSON.stringify(marker)}, nil, 0o600)
		return
	}
	${CRASH}`;
    const cause = { repro: { expect: { status: 2 } } };
    const { status, out } = await verify({
      beside: { repro: once, cause },
      wrong: { repro: CLEAN, cause: { prior: -2 } },
    });
    rmSync(dirname(marker), { recursive: true });
    expect(out).toMatch(/^FAIL {2}runtime\/index\/beside/m);
    expect(out).toMatch(/^pass {2}runtime\/index\/beside .*, by itself$/m);
    expect(out).toMatch(/^FAIL {2}runtime\/index\/wrong .*, by itself$/m);
    expect(out).toContain("Failed beside another scenario, passed by itself: runtime/index/beside\n");
    expect(out).toContain("Failed: runtime/index/wrong\n");
    expect(out).toMatch(/Scenarios: 1 passed, 1 failed, 0 skipped\n$/);
    expect(status).toBe(1);
  });

  it("that is silent passes by its probe's words, which its fix does not print", async () => {
    const cause = { kind: "silent", repro: { expect: { output: "leaked [1-9]" } } };
    const repro = 'fmt.Println("leaked 3")';
    const { status, out } = await verify({
      leak: { repro, fixed: 'fmt.Println("leaked 0")', cause },
      still: { repro, fixed: repro, cause },
    });
    expect(out).toMatch(/pass {2}runtime\/index\/leak {2}silent/);
    expect(out).toContain("fixed: its output still shows the fault: it matches leaked [1-9]");
    expect(out).toContain("2 scenarios: 0 end in a crash text, 2 silent.");
    expect(status).toBe(1);
  });

  it("sees nothing of our environment, and what it prints cannot steer the terminal", async () => {
    process.env.GOTRACEBACK = "none";
    try {
      const repro = `fmt.Println("\\x1b[2J" + os.Getenv("GOTRACEBACK") + "|")\n\tos.Exit(3)`;
      const { out } = await verify({ env: { repro } });
      expect(out).toContain("| \ufffd[2J|");
      expect(out).not.toContain("\u001b");
    } finally {
      delete process.env.GOTRACEBACK;
    }
  });

  it("that needs another Go is skipped with the reason", async () => {
    const { status, out } = await verify({ future: { repro: CRASH, cause: { go: ">=1.99" } } });
    expect(out).toMatch(/skip {2}runtime\/index\/future {2}needs Go >=1\.99, this is 1\.\d+/);
    expect(out).toContain("Scenarios: 0 passed, 0 failed, 1 skipped");
    expect(status).toBe(0);
  });
});

describe("the command", { timeout: 60_000 }, () => {
  it.each(["../../etc", "/etc/passwd", "runtime/index/absent", "runtime/ind", "", "-exec=x", "$(touch x)"])(
    "refuses the id %j",
    async (id) => {
      const { status, out, err } = await verify({ good: { repro: CRASH } }, [id]);
      expect({ status, out }).toEqual({ status: 2, out: "" });
      expect(err).toContain("No scenario or folder of the catalogue is called");
    },
  );

  it("refuses a folder that is no catalogue", async () => {
    expect(await again(tmpdir())).toMatchObject({ status: 2, err: expect.stringContaining("no go.mod") });
  });

  it("names the Go command that is not there", async () => {
    const { status, err } = await verify({ good: { repro: CRASH } }, [], {
      goBinary: "go-that-is-not-there",
    });
    expect(status).toBe(2);
    expect(err).toContain("go is not installed");
  });

  it("refuses a catalogue with errors, with file and line, unless they are elsewhere", async () => {
    const scenarios = { good: { repro: CRASH }, bad: { repro: CRASH, cause: { severity: "dire" } } };
    const { status, err } = await verify(scenarios);
    expect(status).toBe(2);
    expect(err).toMatch(/runtime\/index\/bad\/cause\.yaml:1:\d+: /);
    expect(err).not.toContain("/good/");
  });

  it("prints JSON", async () => {
    const { out } = await verify({ tame: { repro: CLEAN } }, ["runtime/index"], { format: "json" });
    const shown = JSON.parse(out);
    expect(shown).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(shown.scenarios[0]).toMatchObject({ id: "runtime/index/tame", status: "failed" });
    expect(shown.scenarios[0].failures[0]).toMatchObject({ part: "repro", output: "clean\n" });
  });

  it("with --changed runs again only what did not pass as it stands", async () => {
    const catalogue = makeCatalogue({ good: { repro: CRASH } });
    remove = catalogue.remove;
    const changed = { changed: true };
    expect((await again(catalogue.dir, [], changed)).out).toContain("Scenarios: 1 passed");
    expect(existsSync(join(catalogue.dir, "../.cache/verify.json"))).toBe(true);
    const second = await again(catalogue.dir, [], changed);
    expect(second.out).toContain("1 scenarios passed before and are unchanged.");
    expect(second.out).toContain("Scenarios: 0 passed");
    const program = join(catalogue.dir, "runtime/index/good/repro/main.go");
    writeFileSync(program, readFileSync(program, "utf8").replace("s := ", "s := append([]string{}, "));
    expect((await again(catalogue.dir, [], changed)).out).toContain("Scenarios: 0 passed, 1 failed");
  });
});
