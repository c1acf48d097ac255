/** A killed test leaves neither a process nor a file. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { poll } from "../driver/poll.ts";
import { ROOT } from "../setup/store.ts";

/** Processes with this in their command line or environment. */
function processesOf(folder: string): string[] {
  const mark = `GOLM_EDITOR_RUN=${folder.slice(-6)}`;
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, "latin1");
        return read("cmdline").includes(folder) || read("environ").includes(mark);
      } catch {
        return false;
      }
    });
}

it.runIf(process.platform === "linux").each(["SIGTERM", "SIGKILL"] as const)(
  "a test ended by %s leaves no process and no file",
  async (signal) => {
    const child = spawn(process.execPath, [join(ROOT, "scripts/ts.mjs"), "test/editor/harness/victim.ts"], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: ROOT,
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    const answer = () => /^\{.*\}$/m.exec(said)?.[0];
    try {
      await poll(() => answer() !== undefined || child.exitCode !== null, "the victim's editor");
      const { pid, folder, workspace } = JSON.parse(answer() ?? "null");
      try {
        expect(existsSync(folder)).toBe(true);
        // Server, extension host, browser with its helpers, a shell and the sleeper in it.
        expect(processesOf(folder).length).toBeGreaterThan(5);
        process.kill(pid, signal);
      } catch (error) {
        process.kill(pid, "SIGKILL");
        throw error;
      }
      await poll(() => processesOf(folder).length === 0, "its processes to end", 20_000);
      await poll(() => !existsSync(folder), "its folder to go", 20_000);
      await poll(() => !existsSync(workspace), "its workspace to go", 20_000);
    } finally {
      child.kill();
    }
  },
);
