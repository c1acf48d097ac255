import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, type Limits, type RunOutcome, runLimited } from "../../../src/verify/limits.ts";

const folder = mkdtempSync(join(tmpdir(), "golm-limits-"));
afterAll(() => rmSync(folder, { recursive: true }));

function sh(script: string, limits: Partial<Limits> = {}): Promise<RunOutcome> {
  return runLimited({
    command: "/bin/sh",
    args: ["-c", script],
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ONLY: "this" },
    limits: { ...DEFAULT_LIMITS, ...limits },
    instrumentation: "none",
  });
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that is dead but not yet waited for still has its number.
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "latin1") : "";
  return !/\) Z /.test(stat);
};

describe("runLimited", () => {
  it("returns the status and both streams in the order of writing", async () => {
    const { output, status, signal, stopped } = await sh("echo a; echo b >&2; echo c; exit 7");
    expect(output.toString()).toBe("a\nb\nc\n");
    expect({ status, signal, stopped }).toEqual({ status: 7 });
  });

  it("returns the signal that ended the program", async () => {
    expect(await sh("kill -SEGV $$")).toMatchObject({ signal: "SIGSEGV" });
  });

  it("hands over no environment but the one given, no input and the folder", async () => {
    const { output } = await sh('echo "$ONLY $HOME"; cat; pwd');
    expect(output.toString()).toBe(`this \n${folder}\n`);
  });

  it("writes no core", async () => {
    expect((await sh("ulimit -c")).output.toString()).toBe("0\n");
  });

  it("ends the whole group when the time is up, and only that", async () => {
    const { output, stopped, seconds } = await sh("sleep 60 & echo $!; sleep 60", { seconds: 1 });
    expect(stopped).toBe("time");
    expect(seconds).toBeLessThan(10);
    await expect.poll(() => isAlive(Number(output.toString()))).toBe(false);
  });

  it("ends what the program leaves behind", async () => {
    const { output, status } = await sh("sleep 60 & echo $!");
    expect(status).toBe(0);
    await expect.poll(() => isAlive(Number(output.toString()))).toBe(false);
  });

  it.runIf(process.platform === "linux")("does not wait for a process that left the group", async () => {
    const { status, seconds } = await sh("setsid sleep 6 & sleep 0.3; exit 3");
    expect(seconds).toBeGreaterThan(2);
    expect(status).toBe(3);
    expect(seconds).toBeLessThan(5);
  });

  it("keeps the head and the tail of an endless output", async () => {
    const { output, stopped, truncated } = await sh("echo first; yes", { seconds: 1, outputBytes: 1 << 16 });
    expect({ stopped, truncated }).toEqual({ stopped: "time", truncated: true });
    expect(output.length).toBeLessThan((1 << 16) + 100);
    expect(output.subarray(0, 6).toString()).toBe("first\n");
  });

  it.runIf(process.platform === "linux")("ends a program that takes too much memory", async () => {
    const hoard = 'x=a; while :; do x="$x$x"; done';
    const outcome = await sh(hoard, { memoryBytes: 256 << 20, seconds: 15 });
    // Whether the kernel's limit makes the shell fail by itself or the watch ends it is theirs to settle.
    expect(outcome.status).not.toBe(0);
    expect(outcome.stopped).not.toBe("time");
  });

  it.runIf(process.platform === "linux")("ends a program that starts too many processes", async () => {
    const outcome = await sh("for i in 1 2 3 4 5 6 7 8 9; do sleep 9 & done; wait", { processes: 5 });
    expect(outcome.stopped).toBe("processes");
  });

  it("rejects when the folder is not there", async () => {
    const request = {
      command: "/bin/true",
      args: [],
      cwd: join(folder, "absent"),
      env: {},
      limits: DEFAULT_LIMITS,
      instrumentation: "none" as const,
    };
    await expect(runLimited(request)).rejects.toThrow(/ENOENT/);
  });
});
