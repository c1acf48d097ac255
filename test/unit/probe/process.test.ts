/** Real processes, with real settings and, where the machine lets us, a real control group. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGroups } from "../../../src/probe/cgroup.ts";
import type { ProbeReport } from "../../../src/probe/finding.ts";
import { tracebackLevel } from "../../../src/probe/go-environment.ts";
import { type ProcessFacts, readProcess } from "../../../src/probe/proc.ts";
import { parseSmaps } from "../../../src/probe/proc-text.ts";
import { judgeProcess } from "../../../src/probe/process.ts";
import { root, runner } from "../cli/cli.ts";
import { Service, workshop } from "./programs.ts";

const run = runner(join(root, "dist"));
const shop = workshop();
let program = "";
beforeAll(() => {
  program = shop.build("service", "service");
}, 300_000);
afterAll(() => shop.remove());

function check(pid: number, ...args: string[]) {
  const { status, stdout, stderr } = run(["check", "process", "--pid", String(pid), ...args]);
  return { status, stdout, stderr };
}

function levels(report: ProbeReport): Record<string, string> {
  return Object.fromEntries(report.findings.map(({ id, level }) => [id, level]));
}

function reportOf(pid: number, ...args: string[]): ProbeReport {
  return (JSON.parse(check(pid, "--format", "json", ...args).stdout) as { reports: ProbeReport[] })
    .reports[0]!;
}

describe("a process with debugging settings left on", () => {
  let service: Service;
  beforeAll(async () => {
    const env = {
      GODEBUG: "gctrace=1,cgocheck=0,madvdontneed=0",
      GOGC: "off",
      GOTRACEBACK: "yes",
      API_TOKEN: "t0p-secret",
    };
    const secrets = [
      "--api-key",
      "sk-0123456789abcdefghij",
      "--password=hunter2",
      "postgres://me:hunter2@db/llm",
    ];
    service = await Service.start(program, ["files=40", ...secrets], { env });
  });
  afterAll(() => service.stop());

  test("is told each of them, with the scenario", () => {
    const { status, stdout } = check(service.pid);
    expect(status).toBe(1);
    expect(stdout).toContain("❌ GODEBUG=gctrace=1 is on\n");
    expect(stdout).toContain("golm-faultcheck explain build-deploy/environment/gctrace-left-on");
    expect(stdout).toMatch(/Go\s+go1\.\d+/);
    expect(levels(reportOf(service.pid))).toMatchObject({
      gctrace: "bad",
      "godebug-cgocheck": "bad",
      "godebug-madvdontneed": "doubtful",
      gogc: "bad",
      gotraceback: "bad",
      files: "good",
      threads: "good",
    });
  });

  test("keeps its secrets in every output", () => {
    for (const format of ["text", "json"])
      for (const lang of ["en", "zh-cn"]) {
        const { stdout } = check(service.pid, "--format", format, "--lang", lang);
        expect(stdout).not.toMatch(/hunter2|0123456789abcdefghij|t0p-secret/);
        expect(stdout).toContain("***");
      }
  });

  test("is told its memory by the runtime where that is asked", () => {
    const report = reportOf(service.pid, "--pprof", service.url);
    const native = report.findings.find(({ id }) => id === "native-memory")!;
    expect(native.data?.go).toBeGreaterThan(1 << 20);
  });

  test("is told of memory that C took", async () => {
    const greedy = await Service.start(program, ["malloc=300"]);
    try {
      const native = reportOf(greedy.pid, "--pprof", greedy.url).findings.find(
        ({ id }) => id === "native-memory",
      )!;
      expect([native.level, native.cause]).toEqual([
        "doubtful",
        "resource/out-of-memory/c-memory-never-freed",
      ]);
      expect(native.data?.native).toBeGreaterThan(280 * 2 ** 20);
      expect(native.data?.native).toBeLessThan(330 * 2 ** 20);
    } finally {
      await greedy.stop();
    }
  });

  test("answers the one question alone", () => {
    const brief = run(["check", "--check-gc-trace", "--pid", String(service.pid)]);
    expect([brief.status, brief.stdout.split("\n")[0]]).toEqual([1, "❌ GODEBUG=gctrace=1 is on"]);
  });
});

describe("--check-gc-trace", () => {
  test.each([
    [["--check-gc-trace"], {}, 0, "✅ GODEBUG=gctrace is disabled (safe for prod)\n"],
    [
      ["check", "--check-gc-trace"],
      { GODEBUG: "gctrace=0" },
      0,
      "✅ GODEBUG=gctrace is disabled (safe for prod)\n",
    ],
    [["--check-gc-trace", "--lang", "zh-cn"], {}, 0, "✅ GODEBUG=gctrace 未开启（可用于生产）\n"],
    [["--lang", "zh-cn", "--check-gc-trace"], {}, 0, "✅ GODEBUG=gctrace 未开启（可用于生产）\n"],
    [["check", "process", "--check-gc-trace"], {}, 0, "✅ GODEBUG=gctrace is disabled (safe for prod)\n"],
  ])("%j with %j", (args, env, status, text) => {
    expect(run(args, { env: env as Record<string, string> })).toEqual({ status, stdout: text, stderr: "" });
  });

  test("the last setting of a name counts, as in the runtime", () => {
    expect(run(["--check-gc-trace"], { env: { GODEBUG: "gctrace=1,gctrace=0" } }).status).toBe(0);
    expect(run(["--check-gc-trace"], { env: { GODEBUG: "gctrace=0,gctrace=1" } }).status).toBe(1);
  });
});

describe("what cannot be looked at", () => {
  const said = (pid: number | string, ...args: string[]) => {
    const { status, stdout, stderr } = run(["check", "process", "--pid", String(pid), ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    return stderr;
  };

  test("is said in a sentence", async () => {
    expect(said(process.pid)).toMatch(/no Go program/);
    expect(said(2 ** 22 + 7)).toContain("there is no process");
    expect(said("-1")).toContain("is no process number");
    expect(said("1; rm -rf /")).toContain("is no process number");
    expect(said(process.pid, "--lang", "zh-cn")).toContain("不是 Go 程序");
    const missing = run(["check", "process"]);
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("--pid N is missing")]);
  });

  test("a process that has ended and waits for its parent", async () => {
    const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      const pid = await new Promise<string>((done) =>
        parent.stdout.once("data", (text) => done(String(text).trim())),
      );
      for (let turn = 0; turn < 100 && !/State:\s+Z/.test(status(pid)); turn++)
        await new Promise((done) => setTimeout(done, 20));
      expect(said(pid)).toContain("has ended");
    } finally {
      parent.kill("SIGKILL");
    }
  });
});

function status(pid: string): string {
  const facts = readProcess(Number(pid));
  return "problem" in facts && facts.problem === "zombie" ? "State: Z" : "";
}

// Only root may look at the world as another user.
if (process.getuid?.() === 0) {
  test("what another user may not read is named, part by part", async () => {
    const service = await Service.start(program, []);
    try {
      process.seteuid!(65534);
      const facts = readProcess(service.pid) as ProcessFacts;
      process.seteuid!(0);
      expect(facts.denied).toEqual(expect.arrayContaining(["environ", "exe", "fd"]));
      const report = judgeProcess(facts, "en");
      // Nothing is said of what was not read.
      expect(report.findings.map(({ id }) => id)).not.toContain("gctrace");
      expect(report.missing.join()).toContain("The environment may not be read");
      expect(readProcess(service.pid)).toMatchObject({ denied: [] });
    } finally {
      process.seteuid!(0);
      await service.stop();
    }
  });
}

/** A folder for a control group of ours, and how to put a process into it; undefined where we may make none. */
function limitedGroup(): { memory: string; cpu: string | undefined; remove: () => void } | undefined {
  const name = `golm-probe-${process.pid}`;
  try {
    const memory = `/sys/fs/cgroup/memory/${name}`;
    mkdirSync(memory);
    writeFileSync(`${memory}/memory.limit_in_bytes`, String(512 << 20));
    let cpu: string | undefined = `/sys/fs/cgroup/cpu/${name}`;
    try {
      mkdirSync(cpu);
      writeFileSync(`${cpu}/cpu.cfs_quota_us`, "50000");
    } catch {
      cpu = undefined;
    }
    const remove = () => {
      for (const folder of [memory, cpu]) if (folder) rmdirSync(folder);
    };
    return { memory, cpu, remove };
  } catch {
    return undefined;
  }
}

const group = limitedGroup();
afterAll(() => group?.remove());

if (group) {
  test("a real control group: its limits are read and judged", async () => {
    const service = await Service.start(program, [], {
      env: { GOMEMLIMIT: "1GiB", GOMAXPROCS: "8", GOTRACEBACK: "crash" },
    });
    try {
      writeFileSync(`${group.memory}/cgroup.procs`, String(service.pid));
      if (group.cpu) writeFileSync(`${group.cpu}/cgroup.procs`, String(service.pid));
      const report = reportOf(service.pid);
      expect(levels(report)).toMatchObject({
        gomemlimit: "bad",
        memory: "good",
        gotraceback: "good",
        ...(group.cpu && { gomaxprocs: "bad" }),
      });
      const title = (id: string) => report.findings.find((finding) => finding.id === id)?.title;
      expect(title("gomemlimit")).toBe("GOMEMLIMIT=1GiB is above the memory limit of the group (512 MiB)");
      if (group.cpu) expect(title("gomaxprocs")).toBe("GOMAXPROCS is 8, and the quota is 0.5 CPUs");
    } finally {
      await service.stop();
    }
  });
}

describe("control groups of other machines, from files as the kernel writes them", () => {
  const read = (files: Record<string, string>) => (path: string) => files[path];
  const MOUNT_2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";

  test("version 2: the tightest limit around, and Go's own view", () => {
    const groups = readGroups(
      "0::/kubepods/pod1/c1\n",
      MOUNT_2,
      read({
        "/sys/fs/cgroup/cgroup.controllers": "cpu memory pids\n",
        "/sys/fs/cgroup/kubepods/pod1/memory.max": "1073741824\n",
        "/sys/fs/cgroup/kubepods/pod1/memory.current": "900000000\n",
        "/sys/fs/cgroup/kubepods/pod1/c1/memory.max": "max\n",
        "/sys/fs/cgroup/kubepods/pod1/c1/memory.events": "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\n",
        "/sys/fs/cgroup/kubepods/pod1/cpu.max": "150000 100000\n",
        "/sys/fs/cgroup/kubepods/pod1/cpu.stat":
          "usage_usec 1\nnr_periods 200\nnr_throttled 90\nthrottled_usec 5\n",
        "/sys/fs/cgroup/kubepods/pod1/c1/cpu.max": "max 100000\n",
        "/sys/fs/cgroup/kubepods/pod1/c1/pids.max": "100\n",
        "/sys/fs/cgroup/kubepods/pod1/c1/pids.current": "90\n",
      }),
    );
    expect(groups).toEqual({
      memory: { limit: 1 << 30, path: "/sys/fs/cgroup/kubepods/pod1", usage: 900_000_000, oomKills: 2 },
      cpu: { cpus: 1.5, path: "/sys/fs/cgroup/kubepods/pod1", throttled: { periods: 90, of: 200 } },
      pids: { limit: 100, current: 90 },
    });
  });

  test("version 1 inside a container: the path is the host's, the mount shows the part below", () => {
    const mounts =
      "40 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n" +
      "41 31 0:33 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n";
    const groups = readGroups(
      "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n",
      mounts,
      read({
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "200000\n",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      }),
    );
    expect(groups).toEqual({
      memory: { limit: 268435456, path: "/sys/fs/cgroup/memory" },
      cpu: { cpus: 2, path: "/sys/fs/cgroup/cpu,cpuacct", own: 2 },
    });
  });

  test("no limit is none", () => {
    const files = { "/m/memory.limit_in_bytes": "9223372036854771712\n" };
    expect(readGroups("4:memory:/\n", "1 2 0:3 / /m rw - cgroup cgroup rw,memory\n", read(files))).toEqual({
      memory: {},
    });
  });
});

describe("facts of other machines", () => {
  const go = { goVersion: "go1.26.0", modules: [], settings: { GOOS: "linux", GOARCH: "amd64" } };
  const executable = {
    format: "elf",
    arch: "amd64",
    size: 1,
    go,
    oldGo: false,
    symbols: true,
    dwarf: true,
    lineTable: true,
    libraries: [],
    versions: [],
    pie: false,
    packed: false,
  } as const;
  const facts: ProcessFacts = {
    pid: 7,
    status: { rss: 2 * 2 ** 30, anonymous: 1900 * 2 ** 20, threads: 9000, cpus: 64 },
    arguments: ["/srv"],
    environment: {},
    exeDeleted: true,
    executable,
    limits: {
      files: { soft: 1024, hard: 4096 },
      core: { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY },
    },
    groups: {
      memory: { limit: 2 * 2 ** 30, oomKills: 3 },
      cpu: { cpus: 1.5, own: 1.5, throttled: { periods: 50, of: 100 } },
    },
    openFiles: 1000,
    memory: { rss: 2 * 2 ** 30, go: 300 * 2 ** 20, cHeap: 0, files: 0, otherAnonymous: 1600 * 2 ** 20 },
    corePattern: "|/usr/lib/systemd/systemd-coredump %P",
    denied: [],
  };

  test("are judged", () => {
    expect(levels(judgeProcess(facts, "en"))).toEqual({
      gctrace: "good",
      gotraceback: "doubtful",
      core: "doubtful",
      gomemlimit: "doubtful",
      "oom-kills": "bad",
      memory: "bad",
      "native-memory": "doubtful",
      gomaxprocs: "good",
      throttled: "bad",
      files: "bad",
      threads: "bad",
      deleted: "doubtful",
    });
  });

  test("Go before 1.25, and 1.25 told not to, take the machine's processors", () => {
    const old = { ...facts, executable: { ...executable, go: { ...go, goVersion: "go1.24.5" } } };
    expect(judgeProcess(old, "en").findings.find(({ id }) => id === "gomaxprocs")?.title).toBe(
      "GOMAXPROCS is 64, and the quota is 1.5 CPUs",
    );
    const off = { ...executable, go: { ...go, settings: { DefaultGODEBUG: "containermaxprocs=0" } } };
    expect(
      judgeProcess({ ...facts, executable: off }, "en").findings.find(({ id }) => id === "gomaxprocs")?.level,
    ).toBe("bad");
  });

  test("memory maps with Go's names are told apart", () => {
    const smaps =
      "c000000000-c000400000 rw-p 00000000 00:00 0                              [anon: Go: heap]\nRss:                4096 kB\n" +
      "7f0000000000-7f0000100000 rw-p 00000000 00:00 0 \nRss:                 512 kB\n" +
      "00400000-00500000 r-xp 00000000 08:01 12                                 /srv/server\nRss:                 100 kB\n" +
      "01000000-01100000 rw-p 00000000 00:00 0                                  [heap]\nRss:                  50 kB\n";
    expect(parseSmaps(smaps)).toEqual({
      rss: 4758 * 1024,
      go: 4 << 20,
      cHeap: 50 * 1024,
      files: 100 * 1024,
      otherAnonymous: 512 * 1024,
    });
  });

  test("a fake root is read like the real one", () => {
    const base = mkdtempSync(join(tmpdir(), "golm-root-"));
    try {
      const put = (path: string, text: string) => {
        mkdirSync(dirname(join(base, path)), { recursive: true });
        writeFileSync(join(base, path), text);
      };
      put(
        "proc/9/status",
        "Name:\tserver\nState:\tS (sleeping)\nThreads:\t12\nVmRSS:\t 2048 kB\nSigIgn:\t0000000000000004\n",
      );
      put("proc/9/cmdline", "/srv/server\0--model\0tiny\0");
      put("proc/9/environ", "GODEBUG=schedtrace=1000\0GODEBUG=ignored\0");
      put("proc/sys/kernel/core_pattern", "core\n");
      const read = readProcess(9, base) as ProcessFacts;
      expect(read.status).toMatchObject({ threads: 12, rss: 2 << 20, ignoresQuit: true });
      expect(read.arguments).toEqual(["/srv/server", "--model", "tiny"]);
      expect(levels(judgeProcess(read, "zh-cn"))).toMatchObject({
        gctrace: "good",
        "godebug-schedtrace": "bad",
      });
    } finally {
      rmSync(base, { recursive: true });
    }
  });
});

describe("what is said of the runtime", () => {
  const plain = () => shop.build("plain", "plain");

  test("a malformed GOMEMLIMIT ends it at the start", async () => {
    const { status, stderr } = await ends(plain(), { GOMEMLIMIT: "2Gi" });
    expect([status, stderr.includes("malformed GOMEMLIMIT")]).toEqual([2, true]);
  });

  test.each([
    ["single", true],
    ["none", false],
    ["0", false],
    ["yes", false],
    ["1", true],
  ])("GOTRACEBACK=%s prints the stack of a panic: %s", async (value, stacks) => {
    const { status, stderr } = await ends(program, { GOTRACEBACK: value }, ["panic=1"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("panic: no model")]);
    expect(/^goroutine \d+ .*\[/m.test(stderr)).toBe(stacks);
    expect(tracebackLevel(value) === "none").toBe(!stacks);
  });
});

/** Runs a program to its end. */
async function ends(path: string, env: Record<string, string>, args: string[] = []) {
  const child = spawn(path, args, { env: { PATH: process.env.PATH, ...env } });
  let stderr = "";
  child.stderr.on("data", (piece) => {
    stderr += piece;
  });
  child.stdout.resume();
  const status = await new Promise<number | null>((done) => child.on("close", done));
  return { status, stderr };
}
