/** Prometheus' own tool, out of Debian's package where it is not there yet. */
import { spawnSync } from "node:child_process";

/** Where the tests' tool comes from, for the message of a machine that cannot install it. */
const HOW = "Install Prometheus' promtool, such as Debian's package prometheus, so that it is in PATH.";

/** Makes sure that `promtool` runs; as root with apt-get it is installed. Throws with how to get it. */
export function requirePromtool(): void {
  if (works()) return;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "--no-install-recommends", "prometheus"],
    ])
      spawnSync("apt-get", args, { env, stdio: "ignore", timeout: 300_000 });
  }
  if (!works()) throw new Error(`promtool is missing. ${HOW}`);
}

function works(): boolean {
  return spawnSync("promtool", ["--version"]).status === 0;
}

export interface Ran {
  readonly status: number | null;
  readonly said: string;
}

export function promtool(args: readonly string[], cwd: string): Ran {
  const { status, stdout, stderr } = spawnSync("promtool", args, { cwd, encoding: "utf8", timeout: 120_000 });
  return { status, said: `${stdout}${stderr}` };
}
