/**
 * Every rule on its programs: `RULE-ID/bad*.go` must be found on the lines that say `// want RULE-ID` and on no
 * other, `good*.go` nowhere. Then every fix is made, and what comes out is checked again and built by Go.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applyEdits,
  GoParser,
  type LintFinding,
  lintPackage,
  PackageModel,
  RULES,
} from "../../../src/golint/index.ts";
import { readFault } from "../../lint-programs/program.ts";
import { parserBytes } from "./wasm.ts";

const here = new URL(".", import.meta.url).pathname;
/** What the programs are written for. */
const MINOR = 24;

let parser: GoParser;
beforeAll(async () => {
  parser = await GoParser.load(parserBytes());
});

function lint(name: string, text: string): readonly LintFinding[] {
  const pkg = new PackageModel(parser, [{ name, text }], { minor: MINOR });
  try {
    const { findings, failures } = lintPackage(pkg);
    expect(failures).toEqual([]);
    return findings;
  } finally {
    pkg.dispose();
  }
}

const wanted = (text: string): string[] =>
  text.split("\n").flatMap((line, at) => {
    const ids = /\/\/ want ([\w -]+)$/.exec(line)?.[1]?.split(" ") ?? [];
    return ids.map((id) => `${at + 1} ${id}`);
  });

const found = (findings: readonly LintFinding[]) =>
  findings.map(({ range, rule }) => `${range.from.line} ${rule}`).sort();

const programs = RULES.flatMap(({ id }) => {
  const folder = join(here, id);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".go")) : [];
  return names.map((name) => ({ id, name, text: readFileSync(join(folder, name), "utf8") }));
});

describe.each(RULES.map(({ id }) => id))("%s", (id) => {
  const own = programs.filter((program) => program.id === id);

  it("has five bad programs and five good ones", () => {
    for (const kind of ["bad", "good"])
      expect(own.filter(({ name }) => name.startsWith(kind)).length).toBeGreaterThanOrEqual(5);
  });

  it.each(own.map(({ name, text }) => [name, text] as const))("%s", (name, text) => {
    const findings = lint(name, text);
    expect(found(findings)).toEqual(wanted(text).sort());
    for (const { cause } of findings)
      if (cause !== undefined) expect(existsSync(join("catalog", cause, "cause.yaml")), cause).toBe(true);
    expect(wanted(text).length > 0).toBe(name.startsWith("bad"));
    if (name.startsWith("bad")) expect(readFault(text)).toBeTypeOf("object");
  });
});

describe("the fixes", () => {
  let folder: string;
  // Not where only other tests were asked for: then nothing would remove it.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "golm-fixes-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("mend what they are for, and the programs still build", { timeout: 300_000 }, () => {
    writeFileSync(join(folder, "go.mod"), `module example.com/fixes\n\ngo 1.${MINOR}\n`);
    let made = 0;
    for (const { id, name, text } of programs) {
      for (const [at, finding] of lint(name, text).entries()) {
        for (const [number, fix] of finding.fixes.filter(({ kind }) => kind === "fix").entries()) {
          const label = `${id}/${name} finding ${at}, fix ${number}`;
          const mended = applyEdits(text, fix.edits);
          expect(mended, label).toBeDefined();
          expect(lint(name, mended!).length, `${label}\n${mended}`).toBeLessThan(lint(name, text).length);
          const target = join(folder, id, `${name.replace(".go", "")}-${at}-${number}`);
          mkdirSync(target, { recursive: true });
          writeFileSync(join(target, "main.go"), mended!);
          made++;
        }
      }
    }
    expect(made).toBeGreaterThanOrEqual(RULES.length);
    const env = { ...process.env, CGO_ENABLED: "1", GOFLAGS: "-mod=mod", GOWORK: "off" };
    const go = (...args: string[]) =>
      spawnSync("go", args, { cwd: folder, env, encoding: "utf8", timeout: 240_000 });
    const vet = go("vet", "./...");
    expect(vet.stderr + (vet.error?.message ?? "")).toBe("");
    const format = spawnSync("gofmt", ["-l", "."], { cwd: folder, encoding: "utf8" });
    expect(format.stdout).toBe("");
  });
});
