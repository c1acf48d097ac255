/** Real programs, real cores and a real Delve, made when they are first asked for. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { installDelve } from "../../editor/setup/delve.ts";

const CATALOG = resolve(fileURLToPath(new URL("../../../catalog", import.meta.url)));
const PROGRAMS = resolve(fileURLToPath(new URL("programs", import.meta.url)));

export interface Crashed {
  readonly folder: string;
  /** Where the source lies. */
  readonly source: string;
  readonly program: string;
  readonly core: string;
  /** What it printed on standard error. */
  readonly text: string;
}

let folder: string | undefined;

/** A folder of this test file, removed after it. */
export function temporary(): string {
  folder ??= realpathSync(mkdtempSync(join(tmpdir(), "golm-core-")));
  return folder;
}

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
  made.clear();
});

/** The path of the pinned dlv. */
export function delve(): Promise<string> {
  return installDelve();
}

/** Makes sure of gdb: installs it where that can be done, else says what is missing. */
export function needGdb(): void {
  const there = () => spawnSync("gdb", ["--version"]).status === 0;
  if (there()) return;
  const apt = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (apt) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { env, timeout: 120_000 });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "gdb"], { env, timeout: 300_000 });
  }
  if (!there())
    throw new Error(
      "gdb is missing, which this test compares with: install it (Debian: apt-get install gdb).",
    );
}

/** The folder of a program: of the catalogue (`runtime/EVENT/CAUSE`), or of `programs/`. */
function sourceOf(name: string): string {
  const own = join(PROGRAMS, name);
  return existsSync(own) ? own : join(CATALOG, name, "repro");
}

export interface Build {
  /** Further arguments of `go build`. */
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Builds a copy of a program and returns its folder and path; the same call gives the same program. */
export function build(
  name: string,
  { flags = [], env = {} }: Build = {},
): { source: string; program: string } {
  const key = JSON.stringify([name, flags, env]);
  const at = join(temporary(), `build-${made.size}`);
  const known = made.get(key);
  if (known) return known;
  const source = join(at, "src");
  mkdirSync(at, { recursive: true });
  cpSync(sourceOf(name), source, { recursive: true });
  if (!existsSync(join(source, "go.mod")))
    writeFileSync(join(source, "go.mod"), "module example.com/crash\n\ngo 1.24\n");
  const program = join(at, "crash");
  run("go", ["build", "-buildvcs=false", ...flags, "-o", program, "."], source, {
    GOFLAGS: "",
    GOWORK: "off",
    ...env,
  });
  const result = { source, program };
  made.set(key, result);
  return result;
}

const made = new Map<string, { source: string; program: string }>();
const crashes = new Map<string, Crashed>();

/** Builds a program, lets it crash in a folder of its own and returns its core. */
export function crash(name: string, options: Build & { readonly args?: readonly string[] } = {}): Crashed {
  const key = JSON.stringify([name, options]);
  const known = crashes.get(key);
  if (known && existsSync(known.core)) return known;
  const { source, program } = build(name, options);
  const at = mkdtempSync(join(temporary(), "run-"));
  const pattern = readFileSync("/proc/sys/kernel/core_pattern", "utf8").trim();
  if (!/^core(\.%p)?$/.test(pattern)) {
    throw new Error(
      `These tests let programs write a core into their folder: kernel.core_pattern must be "core" and is "${pattern}".`,
    );
  }
  const { stderr, status, signal } = spawnSync(
    "prlimit",
    ["--core=unlimited", program, ...(options.args ?? [])],
    {
      cwd: at,
      encoding: "utf8",
      env: { ...process.env, GOTRACEBACK: "crash" },
      timeout: 30_000,
    },
  );
  const core = ["core", ...glob(at)].map((each) => join(at, each)).find((each) => existsSync(each));
  if (!core) throw new Error(`${name} left no core (status ${status}, signal ${signal}):\n${stderr}`);
  const result = { folder: at, source, program, core, text: stderr };
  crashes.set(key, result);
  return result;
}

function glob(at: string): string[] {
  const { stdout } = spawnSync("ls", [at], { encoding: "utf8" });
  return stdout.split("\n").filter((name) => name.startsWith("core"));
}

export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}
