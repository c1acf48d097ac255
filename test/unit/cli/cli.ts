/** Runs the built command line as a user does. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { index, pages } from "./catalogue.ts";

export const root = resolve(import.meta.dirname, "../../..");
export const program = join(root, "dist/cli.js");

/** A folder for one test file, removed when it is done; holds the small catalogue. */
export function workFolder(): {
  path: string;
  write(name: string, data: string | Uint8Array): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "golm-cli-"));
  const write = (name: string, data: string | Uint8Array) => {
    const file = join(path, name);
    writeFileSync(file, data);
    return file;
  };
  write("catalog.json", JSON.stringify(index));
  write("catalog-pages.json", JSON.stringify(pages));
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The variables that change what is printed are set here, so that a test sees the same on every machine. */
export function environment(catalog: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LANG: "C", GOLM_CATALOG: catalog, ...more };
}

export function runner(catalog: string): (args: readonly string[], options?: RunOptions) => Result {
  return (args, options = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: options.cwd ?? root,
      env: environment(catalog, options.env),
      input: options.input ?? "",
      maxBuffer: 1 << 28,
    });
    return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
  };
}

/** Starts the program and lets the test talk with it. */
export class Running {
  stdout = "";
  stderr = "";
  readonly child;
  readonly ended: Promise<number | null>;

  constructor(args: readonly string[], catalog: string, cwd = root) {
    this.child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: environment(catalog),
      stdio: "pipe",
    });
    this.child.stdout.on("data", (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr.on("data", (chunk) => {
      this.stderr += chunk;
    });
    this.ended = new Promise((done) => this.child.on("close", done));
  }

  /** Waits until something holds; throws with what was printed when it never does. */
  async until(holds: () => boolean, what: string): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (holds()) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`waited for ${what}; stdout: ${this.stdout} stderr: ${this.stderr}`);
  }
}
