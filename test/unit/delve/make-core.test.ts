/** Cores made, looked for, and missed: with real programs and a real Delve. */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type OpenCore, openBinary, openCore } from "../../../src/delve/core-file.ts";
import { type CoreSetup, readCoreSetup } from "../../../src/delve/core-setup.ts";
import { coredumpctlList, findCores, findProgram } from "../../../src/delve/find-core.ts";
import { inspectCore } from "../../../src/delve/inspect/inspect.ts";
import { dumpProcess, planRun, runWithCore } from "../../../src/delve/make-core.ts";
import { matchCore } from "../../../src/delve/match.ts";
import { DelveProblem } from "../../../src/delve/problem.ts";
import { identify } from "../../../src/delve/process.ts";
import { DelveServer } from "../../../src/delve/server.ts";
import { sayNoCore, whyNoCore, whyNoDump } from "../../../src/delve/why-no-core.ts";
import { keepRecord } from "../../../src/recorder/record.ts";
import { build, crash, delve, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  await delve();
}, 180_000);

const children: number[] = [];
afterEach(() => {
  for (const pid of children.splice(0)) if (identify(pid)) process.kill(pid, "SIGKILL");
});

/** A service that stands still until it is ended. */
async function standing(): Promise<{ pid: number; program: string }> {
  const { program } = build("standing");
  const child = spawn(program, ["2000"], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child.pid!);
  await new Promise((ready) => child.stdout!.once("data", ready));
  return { pid: child.pid!, program };
}

function opened(path: string): OpenCore {
  const core = openCore(path);
  if (!("info" in core)) throw new Error("a minidump");
  return core;
}

describe("a run again with a core", () => {
  it("raises the limit, sets GOTRACEBACK, says where it lands, and finds it", async () => {
    const { program } = build("runtime/nil-map-write/never-made");
    const cwd = join(temporary(), "again");
    mkdirSync(cwd);
    const plan = planRun(program, ["a b", "$(touch evil)"], { cwd });
    expect(plan.env).toEqual({ GOTRACEBACK: "crash" });
    expect(plan.obstacles).toEqual([]);
    const printed: string[] = [];
    const end = await runWithCore(plan, (child) =>
      child.stderr!.on("data", (text) => printed.push(String(text))),
    );
    expect(printed.join("")).toContain("assignment to entry in nil map");
    expect(end.signal).toBe("SIGABRT");
    expect(end.core).toBe(plan.lands);
    expect(opened(end.core!).info.process!.commandLine).toContain("a b $(touch evil)");
    expect(readdirSync(cwd)).toEqual(["core"]);
  });

  it("tells what is left in the way", () => {
    const plan = planRun("./server", [], {
      cwd: "/nowhere",
      setup: { ...sound, folder: "/nowhere", folderWritable: false, softLimit: 0 },
    });
    expect(plan.command).toMatch(/prlimit$/);
    expect(plan.obstacles.map(({ code }) => code)).toEqual(["readOnly"]);
  });
});

describe("the dump of a running process", () => {
  it("is whole, matches its program, and lets the process go on", async () => {
    const { pid, program } = await standing();
    const destination = join(temporary(), "dump.core");
    const steps: number[] = [];
    await dumpProcess({ delve: await delve(), pid, destination, onProgress: (done) => steps.push(done) });
    expect(identify(pid)).toBeDefined();
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/TracerPid:\s+0/);
    expect(steps.at(-1)).toBeGreaterThan(0);
    const core = opened(destination);
    expect(core.info).toMatchObject({ writer: "delve", delve: { goos: "linux", goarch: "amd64", pid } });
    const binary = openBinary(program);
    const match = matchCore(core, binary);
    expect(match.verdict, JSON.stringify(match.reasons.map(({ code }) => code))).toBe("same");
    const other = openBinary(build("service").program);
    expect(matchCore(core, other).verdict).toBe("different");
    const server = await DelveServer.start({
      delve: await delve(),
      target: { mode: "core", program, core: destination },
    });
    try {
      const findings = await inspectCore({ rpc: server.rpc, binary, core: destination, info: core.info });
      expect(findings.reason).toEqual({ kind: "none" });
      const waiting = findings.goroutines.groups.find(({ count }) => count === 2000)!;
      expect(waiting).toMatchObject({ state: "chan receive", system: false });
      expect(waiting.ids).toHaveLength(100);
      // Time is up before the second page: what was seen stays, and it is said.
      const hasty = await inspectCore({ rpc: server.rpc, binary, core: destination, budgetMs: 1 });
      expect(hasty.gaps).toContain("survey-cut");
      expect(hasty.goroutines.listed).toBe(1000);
      expect(hasty.goroutines.total).toBeGreaterThanOrEqual(2000);
    } finally {
      await server.stop();
      for (const each of [core, binary, other]) each.source.close();
    }
  });

  it("can be given up, and then leaves no file and a process that goes on", async () => {
    const { pid } = await standing();
    const stop = new AbortController();
    const folder = join(temporary(), "cancelled");
    mkdirSync(folder);
    const dump = dumpProcess({
      delve: await delve(),
      pid,
      destination: join(folder, "core"),
      onProgress: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(dump).rejects.toMatchObject({ code: "cancelled" });
    expect(readdirSync(folder)).toEqual([]);
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/TracerPid:\s+0/);
  });

  it("of a process that is gone is refused", async () => {
    const dump = dumpProcess({
      delve: await delve(),
      pid: 4_000_000,
      destination: join(temporary(), "none"),
    });
    await expect(dump).rejects.toMatchObject({ code: "processGone" });
    expect(existsSync(join(temporary(), "none"))).toBe(false);
  });
});

describe("looking for cores", () => {
  it("finds the recorder's, those of the workspace and of the pattern, the newest first", async () => {
    const { core, program, folder } = crash("service");
    const records = join(temporary(), "records");
    await keepRecord(records, {
      program,
      core,
      cwd: folder,
      pid: 7,
      begun: Date.now(),
      signal: "SIGABRT",
      texts: [],
    });
    const crashes = join(temporary(), "crashes");
    mkdirSync(crashes);
    copyFileSync(core, join(crashes, "core.server.4711"));
    writeFileSync(join(crashes, "core.txt"), "no core\n");
    const found = await findCores({
      folders: [folder],
      records,
      pattern: join(crashes, "core.%e.%p"),
      coredumpctl: "/nowhere/coredumpctl",
      apport: "/nowhere",
    });
    expect(found.map(({ from }) => from).sort()).toEqual(["pattern", "record", "workspace"]);
    expect(found.find(({ from }) => from === "record")).toMatchObject({ pid: 7, signal: "SIGABRT" });
    expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).sort((a, b) => b - a));
  });

  it("finds the program under another name beside the core, by its build ID", async () => {
    const { core, program } = crash("service", { flags: ["-tags=moved"] });
    const folder = join(temporary(), "moved");
    mkdirSync(folder);
    linkSync(core, join(folder, "core"));
    copyFileSync(program, join(folder, "released"));
    copyFileSync(build("standing").program, join(folder, "another"));
    const { rmSync } = await import("node:fs");
    rmSync(program);
    const core2 = opened(join(folder, "core"));
    expect(await findProgram(core2, [])).toBe(join(folder, "released"));
    rmSync(join(folder, "released"));
    await expect(findProgram(core2, [])).rejects.toBeInstanceOf(DelveProblem);
    core2.source.close();
  });

  it("reads the list of coredumpctl, and nothing else", () => {
    // The form systemd 252 prints; a core that is gone is left out.
    const list = JSON.stringify([
      {
        time: 1_764_000_000_000_000,
        pid: 42,
        uid: 0,
        gid: 0,
        sig: 6,
        corefile: "present",
        exe: "/srv/llm",
        size: 4096,
      },
      {
        time: 1_764_000_000_000_001,
        pid: 43,
        uid: 0,
        gid: 0,
        sig: 11,
        corefile: "missing",
        exe: "/srv/llm",
        size: null,
      },
    ]);
    expect(coredumpctlList(list)).toEqual([
      {
        from: "coredumpctl",
        pid: 42,
        time: 1_764_000_000_000,
        program: "/srv/llm",
        signal: "6",
        bytes: 4096,
      },
    ]);
    for (const text of ["", "No coredumps found.", "{}", "[null, 7]"])
      expect(coredumpctlList(text)).toEqual([]);
  });
});

const sound: CoreSetup = {
  platform: "linux",
  softLimit: Number.POSITIVE_INFINITY,
  hardLimit: Number.POSITIVE_INFINITY,
  pattern: "core",
  usesPid: false,
  folder: "/tmp",
  folderWritable: true,
  freeBytes: 2 ** 40,
  container: false,
  gotraceback: "crash",
  filter: 0x33,
};

describe("why no core was written", () => {
  it("names every reason and what to do, in both languages", () => {
    const cases: readonly [Partial<CoreSetup>, string, RegExp][] = [
      [{ softLimit: 0 }, "softLimit", /ulimit -c unlimited/],
      [{ softLimit: 0, hardLimit: 0 }, "hardLimit", /LimitCORE=infinity/],
      [{ softLimit: 1 << 20 }, "shortLimit", /1 MiB/],
      [{ gotraceback: "all" }, "traceback", /GOTRACEBACK is all/],
      [{ pattern: "" }, "noPattern", /sysctl -w kernel.core_pattern/],
      [{ pattern: "|/usr/lib/systemd/systemd-coredump %P %u" }, "systemd", /coredumpctl/],
      [{ pattern: "|/usr/share/apport/apport %p" }, "apport", /apport/],
      [{ pattern: "|/opt/collect %p" }, "handler", /\/opt\/collect/],
      [{ pattern: "|/opt/collect %p", container: true }, "hostHandler", /on the host/],
      [{ folderWritable: false }, "readOnly", /\/tmp/],
      [{ freeBytes: 1 << 20 }, "noRoom", /1 MiB free/],
      [{ filter: 0 }, "filter", /coredump_filter/],
      [{ filter: 0x23 }, "filterHeaders", /compared/],
      [{ platform: "darwin" }, "platform", /macOS/],
    ];
    for (const [change, wanted, words] of cases) {
      const found = whyNoCore({ ...sound, ...change });
      expect(found.map(({ code }) => code)).toEqual([wanted]);
      expect(sayNoCore(found[0]!, "en")).toMatch(words);
      expect(sayNoCore(found[0]!, "zh-cn")).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(whyNoCore(sound)).toEqual([]);
    expect(whyNoDump({ ...sound, ptraceScope: 1 }).map(({ code }) => code)).toEqual(["ptraceScope"]);
  });

  it("reads this machine's own setting", () => {
    const setup = readCoreSetup({ cwd: temporary(), env: {} });
    expect(setup.pattern).toBe(readFileSync("/proc/sys/kernel/core_pattern", "utf8").trim());
    expect(setup.freeBytes).toBeGreaterThan(0);
    expect(setup.folder).toBe(temporary());
    expect(setup.softLimit).toBeGreaterThanOrEqual(0);
    expect(statSync(setup.folder!).isDirectory()).toBe(true);
  });
});
