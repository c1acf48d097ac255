/** Packages by npm's own client, unpacked without running a script of theirs. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Long enough for a slow line; npm retries single requests itself. */
const GIVE_UP_MS = 10 * 60_000;

/** What `npm test` tells its children about this repository is not meant for an install elsewhere. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^npm_(lifecycle|package)_|^npm_config_(local_prefix|prefix|global_prefix)$/i.test(key),
    ),
  );
}

/** Runs a program quietly; what it printed is in the error when it fails, and is returned when not. */
export function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: cleanEnv(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: GIVE_UP_MS,
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on("close", (status) =>
      status === 0
        ? resolve(output)
        : reject(new Error(`${command} ${args.join(" ")} ended with ${status}:\n${output}`)),
    );
  });
}

/** Unpacks a package's files into `folder`: all of them, or those of `paths` (below the package's own folder). */
export async function unpack(
  spec: string,
  folder: string,
  { paths = [], without = [] }: { paths?: readonly string[]; without?: readonly string[] } = {},
): Promise<void> {
  const temporary = mkdtempSync(join(folder, ".pack-"));
  try {
    await run("npm", ["pack", spec, "--silent", "--pack-destination", temporary], temporary);
    const archive = readdirSync(temporary).find((name) => name.endsWith(".tgz"));
    if (!archive) throw new Error(`npm pack ${spec} left no archive`);
    await run(
      "tar",
      [
        ...without.map((path) => `--exclude=package/${path}`),
        "-xzf",
        join(temporary, archive),
        "--no-same-owner",
        "--strip-components=1",
        ...paths.map((path) => `package/${path}`),
      ],
      folder,
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Installs what a package.json names, without scripts. */
export const installDependencies = (folder: string) =>
  run("npm", ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
