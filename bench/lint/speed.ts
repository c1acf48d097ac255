/**
 * `node scripts/ts.mjs bench/lint/speed.ts [--write] [--runs 5]`: the whole of one module, linted by ours, gosec and
 * staticcheck one after the other: wall time, processor time and peak memory, medians. Each tool runs once before, so that
 * caches are warm. The peers run with CGO_ENABLED=0: with it they would first have the module's C++ compiled, and without it
 * they see less, so the comparison favours them. `--write` puts the table into bench/lint/README.md. Build first: what is measured is `dist/cli.js`.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const MODULE = "github.com/ollama/ollama@v0.17.4";
const STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@v0.8.2";
const GOSEC = "github.com/securego/gosec/v2/cmd/gosec@v2.30.0";
const README = "bench/lint/README.md";

/** Runs a command and writes what the kernel counted for it and all its children, as JSON, to its first argument. */
const TIMER = `package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	begin := time.Now()
	err := cmd.Run()
	wall := time.Since(begin)
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	text := fmt.Sprintf(\`{"wall":%f,"cpu":%f,"rss":%d}\`, wall.Seconds(), cpu.Seconds(), used.Maxrss)
	os.WriteFile(os.Args[1], []byte(text), 0o644)
}
`;

interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processor time, user and system. */
  readonly cpu: number;
  /** Kibibytes, of the largest process. */
  readonly rss: number;
  readonly output: string;
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-lint-speed-")));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const env = {
  ...process.env,
  GOBIN: join(folder, "bin"),
  GOWORK: "off",
  GOFLAGS: "-mod=mod",
};

function run(command: string, args: readonly string[], cwd: string, cgo = false): string {
  const done = spawnSync(command, args, {
    cwd,
    env: { ...env, CGO_ENABLED: cgo ? "1" : "0" },
    encoding: "utf8",
    timeout: 1_800_000,
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new Error(`${command} ${args.join(" ")}: ${done.error.message}`);
  return done.stdout + done.stderr;
}

function timed(command: readonly string[], cwd: string, cgo: boolean): Run {
  const file = join(folder, "usage.json");
  const output = run(join(folder, "bin/timer"), [file, ...command], cwd, cgo);
  return { ...(JSON.parse(readFileSync(file, "utf8")) as Omit<Run, "output">), output };
}

/** A copy of the module that may be written to, with all it needs downloaded; the tools and the timer. */
function prepare(): string {
  const timer = join(folder, "timer");
  mkdirSync(timer);
  writeFileSync(join(timer, "main.go"), TIMER);
  writeFileSync(join(timer, "go.mod"), "module timer\n\ngo 1.21\n");
  run("go", ["install", "."], timer, true);
  for (const tool of [STATICCHECK, GOSEC]) run("go", ["install", tool], timer, true);
  const missing = ["timer", "staticcheck", "gosec"].filter((name) => !readdirSync(env.GOBIN).includes(name));
  if (missing.length > 0) throw new Error(`cannot be installed: ${missing.join(", ")}`);
  const answer = run("go", ["mod", "download", "-json", MODULE], timer);
  const { Dir } = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1)) as {
    Dir: string;
  };
  const copy = join(folder, "module");
  cpSync(Dir, copy, { recursive: true });
  for (const name of readdirSync(copy, { recursive: true, encoding: "utf8" }))
    chmodSync(join(copy, name), 0o755);
  run("go", ["mod", "download"], copy);
  return copy;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

interface Tool {
  readonly name: string;
  readonly command: readonly string[];
  readonly count: (output: string) => number;
}

const jsonOf = <T>(output: string): T =>
  JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)) as T;
const issues = (output: string) => jsonOf<{ Issues: unknown[] }>(output).Issues.length;

function tools(): readonly Tool[] {
  const gosec = [join(folder, "bin/gosec"), "-quiet", "-fmt", "json"];
  return [
    {
      name: "golm-faultcheck lint",
      command: [process.execPath, join(process.cwd(), "dist/cli.js"), "lint", "--format", "json", "./..."],
      count: (output) => jsonOf<{ findings: unknown[] }>(output).findings.length,
    },
    { name: "gosec (G103, G115)", command: [...gosec, "-include", "G103,G115", "./..."], count: issues },
    { name: "gosec (all)", command: [...gosec, "./..."], count: issues },
    {
      name: "staticcheck",
      command: [join(folder, "bin/staticcheck"), "./..."],
      count: (output) => output.split("\n").filter((line) => /^\S+\.go:\d+:/.test(line)).length,
    },
  ];
}

function main(): void {
  const at = process.argv.indexOf("--runs");
  const runs = at < 0 ? 5 : Number(process.argv[at + 1]);
  const module = prepare();
  const begin = loadavg()[0]!;
  const rows: string[] = [];
  let ours = 0;
  for (const { name, command, count } of tools()) {
    const cgo = rows.length === 0;
    const found = count(timed(command, module, cgo).output);
    const measured = Array.from({ length: runs }, () => timed(command, module, cgo));
    const [wall, cpu, rss] = (["wall", "cpu", "rss"] as const).map((key) =>
      median(measured.map((m) => m[key])),
    );
    ours ||= cpu!;
    const times = (cpu! / ours).toFixed(1);
    rows.push(
      `| ${name} | ${wall!.toFixed(1)} s | ${cpu!.toFixed(1)} s | ${times} | ${(rss! / 1024).toFixed(0)} MB | ${found} |`,
    );
    console.error(rows.at(-1));
  }
  const load = `${begin.toFixed(1)} at the begin, ${loadavg()[0]!.toFixed(1)} at the end, ${cpus().length} processors`;
  const text = [
    `${MODULE}; median of ${runs} ${runs === 1 ? "run" : "runs"} with warm caches; the peers without cgo; load of the machine ${load}`,
    "",
    "| tool | wall | processor | times ours | peak memory | findings |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
  console.log(text);
  if (!process.argv.includes("--write")) return;
  const marked = /<!-- speed: begin -->[\s\S]*<!-- speed: end -->/;
  const page = readFileSync(README, "utf8");
  writeFileSync(
    README,
    page.replace(marked, () => `<!-- speed: begin -->\n\n${text}\n\n<!-- speed: end -->`),
  );
}

main();
