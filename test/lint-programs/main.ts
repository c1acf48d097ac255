/**
 * `npm run verify -- --lint [RULE...]`: builds and runs every bad program of the linter's rules and compares its end
 * with its `// Fails:` line; then makes its fixes, and the mended program must end with 0 and without that text.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GoParser, RULES } from "../../src/golint/index.ts";
import { buildProgram, instrumentationOf } from "../../src/verify/build.ts";
import { DEFAULT_LIMITS, runLimited } from "../../src/verify/limits.ts";
import { findToolchain, programEnvironment, type Toolchain } from "../../src/verify/toolchain.ts";
import { parserBytes } from "../unit/golint/wasm.ts";
import { BUILD_FLAGS, type Fault, MINOR, mend, readFault } from "./program.ts";

const AT_ONCE = 2;
/** Lengths that no 32 bits hold take room, though nobody touches it. */
const LIMITS = { ...DEFAULT_LIMITS, seconds: 30, outputBytes: 1 << 20, memoryBytes: 6 * 2 ** 30 };
const programs = new URL("../unit/golint/", `file://${process.cwd()}/test/lint-programs/`).pathname;

interface Program {
  readonly rule: string;
  readonly name: string;
  readonly text: string;
}

interface Verdict {
  readonly program: Program;
  /** `failed`: the bad program failed as it says. `mended` too: and its fixed form did not. */
  readonly result: "failed" | "mended" | "not shown" | "wrong";
  readonly why: string;
}

interface Ending {
  readonly status: number | undefined;
  readonly text: string;
}

class Runner {
  private number = 0;

  constructor(
    private readonly toolchain: Toolchain,
    private readonly parser: GoParser,
    private readonly folder: string,
  ) {}

  async verdict(program: Program): Promise<Verdict> {
    const wrong = (why: string): Verdict => ({ program, result: "wrong", why });
    const fault = readFault(program.text);
    if (typeof fault === "string") return wrong(fault);
    const bad = await this.ending(program.text, fault);
    if (typeof bad === "string") return wrong(bad);
    if (fault.kind === "not shown") return { program, result: "not shown", why: fault.why };
    if (!fault.pattern.test(bad.text)) return wrong(`does not fail so, but with ${said(bad)}`);
    const mended = mend(this.parser, program.name, program.text);
    if (!mended.all) return { program, result: "failed", why: "" };
    const good = await this.ending(mended.text, fault);
    if (typeof good === "string") return wrong(`mended: ${good}`);
    if (good.status !== 0) return wrong(`mended, it fails still: ${said(good)}`);
    if (fault.pattern.test(good.text)) return wrong(`mended, it says the same still: ${said(good)}`);
    return { program, result: "mended", why: "" };
  }

  /** Builds and runs a program; a sentence when it cannot be built or does not end. */
  private async ending(text: string, fault: Fault): Promise<Ending | string> {
    const name = `p${++this.number}`;
    const own = join(this.folder, name);
    mkdirSync(own);
    writeFileSync(join(own, "main.go"), text);
    const { toolchain } = this;
    const flags = BUILD_FLAGS[fault.kind];
    const missing = (fault.kind === "asan" && !toolchain.asan) || (fault.kind === "race" && !toolchain.race);
    if (missing) return `-${fault.kind} is not to be had for ${toolchain.target}`;
    // In a folder of its own: Go takes no go.mod that lies in the temporary folder itself.
    if (fault.kind === "vet") return this.run(toolchain.go, ["vet", "."], own, flags);
    const output = join(own, "program");
    const built = await buildProgram(toolchain, {
      module: this.folder,
      folder: name,
      as: "run",
      flags,
      // Without cgo: its 32-bit headers are on few machines.
      env: fault.kind === "386" ? { GOARCH: "386", CGO_ENABLED: "0" } : {},
      output,
    });
    if (!built.ok) return `does not build: ${built.message}`;
    // Nothing to compare: that it builds is all that is asked.
    const ending = fault.kind === "not shown" ? { status: 0, text: "" } : this.run(output, [], own, flags);
    const result = await ending;
    rmSync(own, { recursive: true, force: true });
    return result;
  }

  private async run(command: string, args: string[], cwd: string, flags: readonly string[]) {
    const outcome = await runLimited({
      command,
      args,
      cwd,
      env: programEnvironment(this.toolchain, cwd, { CGO_ENABLED: "1", GOWORK: "off" }),
      limits: LIMITS,
      instrumentation: instrumentationOf(flags),
    });
    const text = outcome.output.toString("utf8");
    if (outcome.stopped) return `stopped after ${outcome.seconds.toFixed(0)} s (${outcome.stopped})`;
    return { status: outcome.status, text: `${text}\n${outcome.signal ?? ""}` };
  }
}

const said = ({ status, text }: Ending): string =>
  `exit ${status ?? "by signal"}: ${JSON.stringify(text.trim().slice(0, 400))}`;

function badPrograms(rules: readonly string[]): Program[] {
  return RULES.filter(({ id }) => rules.length === 0 || rules.includes(id)).flatMap(({ id }) =>
    readdirSync(join(programs, id))
      .filter((name) => /^bad.*\.go$/.test(name))
      .map((name) => ({ rule: id, name, text: readFileSync(join(programs, id, name), "utf8") })),
  );
}

async function main(rules: readonly string[]): Promise<number> {
  const unknown = rules.filter((rule) => !RULES.some(({ id }) => id === rule));
  if (unknown.length > 0) {
    console.error(`No such rule: ${unknown.join(", ")}. \`lint --list-rules\` shows them.`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "golm-lint-programs-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(2));
  writeFileSync(join(folder, "go.mod"), `module example.com/programs\n\ngo 1.${MINOR}\n`);
  const parser = await GoParser.load(parserBytes());
  const runner = new Runner(await findToolchain(), parser, folder);
  const waiting = badPrograms(rules);
  const verdicts: Verdict[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const verdict = await runner.verdict(next);
      verdicts.push(verdict);
      console.log(
        `${verdict.result.padEnd(9)} ${next.rule}/${next.name}${verdict.why && `: ${verdict.why}`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const count = (result: Verdict["result"]) => verdicts.filter((v) => v.result === result).length;
  const failed = count("failed") + count("mended");
  console.log(
    `${verdicts.length} bad programs: ${failed} fail as they say, ${count("mended")} of them run clean once mended; ${count("not shown")} not shown; ${count("wrong")} wrong.`,
  );
  return count("wrong") > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
