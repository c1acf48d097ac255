/** Builds the real programs that the probes look at, and runs them. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../cli/cli.ts";

export const SOURCES = join(root, "test/fixtures-src/probes");

export interface Workshop {
  readonly path: string;
  build(program: string, name: string, options?: BuildOptions): string;
  remove(): void;
}

export interface BuildOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder for the programs of one test file. */
export function workshop(): Workshop {
  const path = mkdtempSync(join(tmpdir(), "golm-probe-"));
  return {
    path,
    build(program, name, { flags = [], env = {} } = {}) {
      const out = join(path, name);
      must("go", ["build", "-buildvcs=false", ...flags, "-o", out, "."], join(SOURCES, program), env);
      return out;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Runs a tool that has to work; throws with what it printed. */
export function must(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "", ...env },
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}

/** A program that runs until it is stopped. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    /** Where its pprof listens. */
    readonly url: string,
  ) {}

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until it says `ready`. `stderr` is a file for its standard error; without one that is a pipe. */
  static start(
    program: string,
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; stderr?: string; uid?: number } = {},
  ): Promise<Service> {
    const errors = options.stderr === undefined ? "pipe" : openSync(options.stderr, "a");
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, ...options.env },
      stdio: ["ignore", "pipe", errors],
    });
    if (errors !== "pipe") closeSync(errors);
    child.stderr?.resume();
    return new Promise((resolve, reject) => {
      let said = "";
      child.on("exit", (status) => reject(new Error(`${program} ended with ${status}: ${said}`)));
      child.on("error", reject);
      child.stdout!.on("data", (piece) => {
        said += piece;
        if (said.endsWith("ready\n")) resolve(new Service(child, said.split("\n")[0]!));
      });
    });
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends it, and waits until it has. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.removeAllListeners("exit");
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGKILL");
    await gone;
  }
}
