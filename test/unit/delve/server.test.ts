/** One headless Delve: how it starts, fails, answers and ends. Real Delve; stand-ins for what hangs or is not on every machine. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LOAD, Watch } from "../../../src/delve/api.ts";
import { DapClient, DapReader, dapFrame } from "../../../src/delve/dap.ts";
import { delveVersion, findDelve, installDelve, installedVersion } from "../../../src/delve/find.ts";
import { DelveProblem } from "../../../src/delve/problem.ts";
import { descendants, endSurely, identify, pause, spawnTied } from "../../../src/delve/process.ts";
import { DelveServer, type DelveTarget, type ServerOptions } from "../../../src/delve/server.ts";
import { delveForGo, lacking, parseVersion, readsGo } from "../../../src/delve/versions.ts";
import { build, crash, delve, run, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

let dlv = "";
beforeAll(async () => {
  dlv = await delve();
}, 180_000);

const servers: DelveServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const child of standing.splice(0)) child.kill("SIGKILL");
});

const standing: ChildProcess[] = [];

/** A process to attach to, until the test ends. */
function standingProgram(
  command = build("standing").program,
  args: readonly string[] = ["3"],
): { pid: number } {
  const child = spawn(command, args, { stdio: "ignore" });
  standing.push(child);
  return { pid: child.pid! };
}

async function start(target: DelveTarget, more: Partial<ServerOptions> = {}): Promise<DelveServer> {
  const server = await DelveServer.start({ delve: dlv, target, ...more });
  servers.push(server);
  return server;
}

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (failure) {
    return failure instanceof DelveProblem ? failure.code : `no problem: ${failure}`;
  }
  return "nothing thrown";
}

/** A program that stands in for Delve. */
function script(name: string, body: string): string {
  const path = join(temporary(), name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const coreTarget = (): DelveTarget => {
  const { program, core } = crash("service");
  return { mode: "core", program, core };
};

describe("finding Delve", () => {
  it("reads off the file what the program would print", async () => {
    expect(installedVersion(dlv)).toEqual(await delveVersion(dlv));
    // A script, and another program of Go.
    expect(installedVersion(script("says-so", 'echo "Delve Debugger\\nVersion: 1.27.1"'))).toBeUndefined();
    expect(installedVersion(build("service").program)).toBeUndefined();
  });

  it("looks at the named path, the setting, GOBIN, GOPATH and PATH, in this order", async () => {
    const folder = join(temporary(), "bin");
    mkdirSync(folder, { recursive: true });
    script("bin/dlv", `exec '${dlv}' "$@"`);
    const env = { PATH: folder, GOPATH: "/nowhere", HOME: "/nowhere" };
    expect(await findDelve({ named: dlv })).toMatchObject({
      path: dlv,
      from: "named",
      version: { text: "1.27.1" },
    });
    expect(await findDelve({ setting: dlv, env })).toMatchObject({ path: dlv, from: "setting" });
    expect(await findDelve({ setting: "/nowhere/dlv", env })).toMatchObject({ from: "path" });
    expect(await findDelve({ env: { ...env, GOBIN: folder } })).toMatchObject({ from: "gobin" });
    expect(await code(findDelve({ env: { PATH: "/nowhere:.", GOPATH: "/nowhere" } }))).toBe("delveMissing");
    expect(await code(findDelve({ named: "/nowhere/dlv" }))).toBe("delveNamedMissing");
  });

  it("refuses what is too old, of a new generation, not executable or no Delve", async () => {
    const prints = (version: string) =>
      script(`dlv-${version}`, `printf 'Delve Debugger\\nVersion: ${version}\\n'`);
    expect(await code(findDelve({ named: prints("1.9.1") }))).toBe("delveTooOld");
    expect(await code(findDelve({ named: prints("2.0.0") }))).toBe("delveTooNew");
    expect((await findDelve({ named: prints("1.99.0") })).notice?.code).toBe("delveUntried");
    expect(await code(findDelve({ named: script("no-dlv", "echo hello") }))).toBe("delveNotDelve");
    const broken = script("broken", "");
    chmodSync(broken, 0o644);
    expect(await code(findDelve({ named: broken }))).toBe("delveNotExecutable");
  });

  it("says what an installation lacks, and leaves nothing", async () => {
    const folder = join(temporary(), "install");
    const path = process.env.PATH;
    try {
      process.env.PATH = "/nowhere";
      expect(await code(installDelve(folder))).toBe("goMissing");
    } finally {
      process.env.PATH = path;
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it("knows which Go each Delve reads", () => {
    const [delve127, go] = [parseVersion("1.27.1")!, (text: string) => parseVersion(text)!];
    expect(readsGo(delve127, go("go1.24.3"))).toBe("go-too-old");
    expect(readsGo(delve127, go("go1.26.8"))).toBe("yes");
    expect(readsGo(delve127, go("go1.28rc1"))).toBe("go-too-new");
    expect(delveForGo(go("go1.22.1"))).toBe("1.25.2");
    expect(parseVersion("nonsense")).toBeUndefined();
  });

  it("knows what each Delve gives an editor", () => {
    const missing = (text: string) => lacking(parseVersion(text)!).features;
    expect(missing("1.25.2")).toEqual(["memory", "hitConditions", "dataBreakpoints", "memoryChanges"]);
    expect(missing("1.26.1")).toEqual(["dataBreakpoints", "memoryChanges"]);
    expect(missing("1.27.2")).toEqual([]);
  });
});

describe("a core under Delve", () => {
  it("answers JSON-RPC and DAP on one port", async () => {
    const server = await start(coreTarget());
    expect(server.version.Backend).toBe("core");
    const { Goroutines, Nextg } = await server.rpc.goroutines({ count: 3 });
    expect([Goroutines!.length, Nextg]).toEqual([3, 3]);
    expect(await server.rpc.buildId()).toMatch(/^[\w/-]{20,}$/);
    expect((await server.rpc.packages("")).length).toBeGreaterThan(0);
    const frames = await server.rpc.stacktrace(-1, 20);
    const scope = {
      GoroutineID: -1,
      Frame: frames.findIndex((frame) => frame.function?.name === "main.pick"),
    };
    const listing = await server.rpc.disassemble(scope, { start: frames[scope.Frame]!.pc });
    expect(listing.some(({ Text }) => Text.length > 0)).toBe(true);
    const header = await server.rpc.memory(frames[scope.Frame]!.function!.value, 2500);
    expect(header).toHaveLength(2500);
    const dap = await server.connectDap();
    const stopped = dap.nextEvent<DebugProtocol.StoppedEvent>("stopped");
    await dap.request("initialize", {
      adapterID: "go",
      pathFormat: "path",
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    const initialized = dap.nextEvent("initialized");
    await dap.request("attach", { mode: "remote", stopOnEntry: true });
    await initialized;
    await dap.request("configurationDone");
    expect((await stopped).body.reason).toBe("entry");
    const threads = await dap.request<DebugProtocol.ThreadsResponse>("threads");
    expect(threads.threads.length).toBeGreaterThan(8);
    dap.close();
  });

  it("refuses by name what a core cannot do", async () => {
    const server = await start(coreTarget());
    await expect(server.rpc.createBreakpoint({ functionName: "main.main" })).rejects.toMatchObject({
      code: "delveRefused",
    });
    await expect(
      server.rpc.evaluate("nothing.here", { GoroutineID: -1, Frame: 0 }, LOAD),
    ).rejects.toMatchObject({ code: "delveRefused" });
  });

  it("leaves no process, however it ends", async () => {
    const server = await start(coreTarget());
    const before = [{ pid: server.pid }, ...descendants(server.pid)];
    await server.stop();
    for (const { pid } of before) expect(identify(pid)).toBeUndefined();
    expect(await code(server.rpc.state())).toBe("delveEnded");
  });

  it("killed in mid load is one problem and no process", async () => {
    const { program, core } = crash("service");
    const starting = DelveServer.start({ delve: dlv, target: { mode: "core", program, core } });
    const loading = () =>
      descendants(process.pid).filter(({ pid }) => {
        const name = safely(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")) ?? "";
        return name.includes(`${dlv}\0core`) && name.includes(core);
      });
    // A busy machine may not have begun after 20 ms.
    for (let tries = 0; tries < 200 && loading().length === 0; tries++) await pause(10);
    for (const { pid } of loading()) process.kill(pid, "SIGKILL");
    expect(["startFailed", "delveEnded"]).toContain(await code(starting));
  });

  it("killed between two questions is told to those who wait", async () => {
    const server = await start(coreTarget());
    process.kill(server.pid, "SIGKILL");
    await server.ended;
    expect(await code(server.rpc.goroutines())).toBe("delveEnded");
  });
});

describe("a live program under Delve", () => {
  const debuggee = () => build("runtime/index-out-of-range/off-by-one", { flags: ["-gcflags=all=-N -l"] });

  it("stops at breakpoints and watchpoints, and ends with it", async () => {
    const { program } = debuggee();
    const server = await start({ mode: "exec", program });
    await server.rpc.createBreakpoint({ functionName: "main.sumScores", name: "sum" });
    const state = await server.rpc.command("continue", {}, { timeoutMs: 20_000 });
    expect(state.currentThread?.breakPoint?.name).toBe("sum");
    for (let step = 0; step < 2; step++) await server.rpc.command("next");
    const scope = { GoroutineID: -1, Frame: 0 };
    const watch = await server.rpc.createWatchpoint(scope, "total", Watch.write);
    expect(watch.WatchExpr).toBe("total");
    const hit = await server.rpc.command("continue");
    expect(hit.currentThread?.breakPoint?.WatchExpr).toBe("total");
    expect((await server.rpc.locals(scope, LOAD)).find(({ name }) => name === "total")?.value).toMatch(/^0/);
    const children = descendants(server.pid);
    expect(children.length).toBeGreaterThan(0);
    await server.stop();
    for (const { pid } of children) expect(identify(pid)).toBeUndefined();
  });

  it("ends even when Delve was killed", async () => {
    const { program } = debuggee();
    const server = await start({ mode: "exec", program });
    const { Pid } = await server.rpc.state();
    expect(identify(Pid)).toBeDefined();
    process.kill(server.pid, "SIGKILL");
    await server.ended;
    await server.stop();
    expect(identify(Pid)).toBeUndefined();
  });

  it("goes on when Delve was only attached to it", async () => {
    const sleeper = spawn("sleep", ["60"], { stdio: "ignore" });
    try {
      const server = await start({ mode: "attach", pid: sleeper.pid! });
      await server.stop();
      expect(identify(sleeper.pid!)).toBeDefined();
    } finally {
      sleeper.kill("SIGKILL");
    }
  });

  it("is built into a folder that is gone afterwards; what does not compile is said", async () => {
    const { source } = debuggee();
    const server = await start({ mode: "debug" }, { cwd: source });
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`golm-debug-${process.pid}-`));
    expect(left()).toHaveLength(1);
    await server.stop();
    expect(left()).toEqual([]);
    const broken = join(temporary(), "does-not-compile");
    mkdirSync(broken);
    writeFileSync(join(broken, "go.mod"), "module x\n\ngo 1.24\n");
    writeFileSync(join(broken, "main.go"), "package main\n\nfunc main() { undefined() }\n");
    expect(await code(start({ mode: "debug" }, { cwd: broken }))).toBe("buildFailed");
    expect(left()).toEqual([]);
  });
});

describe("what keeps Delve from starting is explained", () => {
  it("a port that is taken", async () => {
    const holder = createServer();
    const port = await new Promise<number>((done) => {
      holder.listen(0, "127.0.0.1", () => done((holder.address() as { port: number }).port));
    });
    expect(await code(start(coreTarget(), { listen: `127.0.0.1:${port}` }))).toBe("portTaken");
    holder.close();
  });

  it("a process that is gone, a file that is no program, a core that is none", async () => {
    const { program, source } = crash("service");
    const text = join(source, "main.go");
    expect(await code(start({ mode: "attach", pid: 4_000_000 }))).toBe("processGone");
    expect(await code(start({ mode: "exec", program: text }))).toBe("notExecutable");
    expect(await code(start({ mode: "core", program, core: text }))).toBe("notACore");
    expect(await code(start(coreTarget(), { delve: "/nowhere/dlv" }))).toBe("notStarted");
  });

  it("a program of another Go release, with the Delve that reads it", async () => {
    const words = (go: string) =>
      `Go version go${go} is too old for this version of Delve (minimum supported version 1.25, suppress`;
    const refusing = (go: string) => script(`old-${go}`, `echo '${words(go)}' >&2; exit 1`);
    await expect(start(coreTarget(), { delve: refusing("1.23.4") })).rejects.toThrow("cmd/dlv@v1.25.2");
    expect(await code(start(coreTarget(), { delve: refusing("1.17.1") }))).toBe("goTooOldForAny");
  });

  it("ptrace refused by a seccomp filter, to attach and to start", async () => {
    const filter = join(temporary(), "noptrace");
    run("gcc", ["-o", filter, join(import.meta.dirname, "programs-c/noptrace.c")], temporary());
    const refused = script("filtered", `exec '${filter}' '${dlv}' "$@"`);
    const { pid } = standingProgram();
    const attach = start({ mode: "attach", pid }, { delve: refused });
    await expect(attach).rejects.toMatchObject({ code: "ptraceRefused" });
    await expect(attach).rejects.toThrow(`(could not attach to pid ${pid}: operation not permitted)`);
    const exec = start({ mode: "exec", program: build("standing").program }, { delve: refused });
    await expect(exec).rejects.toMatchObject({ code: "ptraceRefused" });
  });

  // Only root can become another user, or give up what root may.
  it.runIf(process.getuid?.() === 0)(
    "ptrace refused to another user, and to root in a container",
    async () => {
      const open = mkdtempSync(join(tmpdir(), "golm-ptrace-"));
      try {
        chmodSync(open, 0o755);
        copyFileSync(dlv, join(open, "dlv"));
        const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        const as = (name: string, words: readonly string[]) =>
          script(name, `exec setpriv ${words.join(" ")} env HOME=${open} '${join(open, "dlv")}' "$@"`);
        const { pid } = standingProgram();
        const other = start({ mode: "attach", pid }, { delve: as("as-nobody", nobody) });
        // We are who Delve is, but for this test.
        const we = vi.spyOn(process, "getuid").mockReturnValue(65534);
        await expect(other).rejects.toMatchObject({ code: "notYourProcess" });
        we.mockRestore();
        const theirs = standingProgram("setpriv", [...nobody, "sleep", "60"]);
        const weak = start(
          { mode: "attach", pid: theirs.pid },
          { delve: as("weak", ["--bounding-set=-sys_ptrace"]) },
        );
        await expect(weak).rejects.toMatchObject({ code: "ptraceRefused" });
        await expect(weak).rejects.toThrow("SYS_PTRACE");
      } finally {
        rmSync(open, { recursive: true, force: true });
      }
    },
  );

  it("ptrace refused by Yama, in the words Delve has for it", async () => {
    // The kernel of these machines need not have Yama: source of the words is service/debugger/debugger_linux.go.
    const refusing = script(
      "yama",
      `echo 'Could not attach to pid 7: this could be caused by a kernel security setting, try writing "0" to /proc/sys/kernel/yama/ptrace_scope' >&2; exit 1`,
    );
    expect(await code(start({ mode: "attach", pid: 7 }, { delve: refusing }))).toBe("ptraceScope");
  });

  it("a Delve that hangs, before and after it listens, and one that ignores SIGTERM", async () => {
    const silent = script("silent", "trap '' TERM\nsleep 60 &\nwait\nsleep 60");
    const begun = performance.now();
    expect(await code(start(coreTarget(), { delve: silent, readyMs: 300 }))).toBe("startTimeout");
    const holder = createServer(() => {});
    const port = await new Promise<number>((done) => {
      holder.listen(0, "127.0.0.1", () => done((holder.address() as { port: number }).port));
    });
    const mute = script("mute", `echo 'API server listening at: 127.0.0.1:${port}'\nexec sleep 60`);
    expect(await code(start(coreTarget(), { delve: mute, readyMs: 300 }))).toBe("startTimeout");
    expect(performance.now() - begun).toBeLessThan(8000);
    holder.close();
    expect(
      descendants(process.pid).filter(({ pid }) =>
        (safely(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")) ?? "").startsWith("sleep\0"),
      ),
    ).toEqual([]);
  });

  it("the user who gives up", async () => {
    const stop = new AbortController();
    const starting = start(coreTarget(), { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    expect(await code(starting)).toBe("cancelled");
    const early = new AbortController();
    const hardly = start(coreTarget(), { signal: early.signal });
    // Before it was spawned.
    early.abort();
    expect(await code(hardly)).toBe("cancelled");
  });
});

describe("50 random kills", () => {
  it("leave no process and no file", async () => {
    const { source, program } = build("runtime/index-out-of-range/off-by-one", {
      flags: ["-gcflags=all=-N -l"],
    });
    // Other tests have folders of their own there at the same time.
    const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`golm-debug-${process.pid}-`));
    const seen: { pid: number }[] = [];
    let seed = 20_251_125;
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % most;
    };
    const once = async (round: number): Promise<void> => {
      const targets: DelveTarget[] = [coreTarget(), { mode: "exec", program }, { mode: "debug" }];
      const target = targets[round % targets.length]!;
      const stop = new AbortController();
      const starting = DelveServer.start({ delve: dlv, target, cwd: source, signal: stop.signal });
      starting.catch(() => {});
      await pause(random(400));
      const below = descendants(process.pid);
      seen.push(...below);
      const ours = below.filter(({ pid }) =>
        (safely(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")) ?? "").includes("dlv"),
      );
      const way = random(3);
      if (way === 0) stop.abort();
      else if (way === 1 && ours.length > 0)
        safely(() => process.kill(ours[random(ours.length)]!.pid, "SIGKILL"));
      const server = await starting.catch(() => undefined);
      await server?.stop();
    };
    // Two at a time, so that kills strike in any phase.
    for (let round = 0; round < 50; round += 2) await Promise.all([once(round), once(round + 1)]);
    const left = () =>
      seen.filter(
        ({ pid }) =>
          (safely(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")) ?? "").match(/dlv|crash/) &&
          identify(pid),
      );
    for (let tries = 0; tries < 20 && left().length > 0; tries++) await pause(50);
    expect(left()).toEqual([]);
    expect(files()).toEqual([]);
  }, 90_000);
});

describe("a process of ours", () => {
  it("ends with everything it started, in whatever group", async () => {
    const child = spawnTied("/bin/sh", ["-c", "setsid sleep 50 & sleep 50 & wait"]);
    await pause(300);
    const below = descendants(child.pid!);
    expect(below.length).toBeGreaterThanOrEqual(2);
    await endSurely(child, { grace: 200 });
    for (const each of below) expect(identify(each.pid)).toBeUndefined();
  });
});

describe("a DAP client", () => {
  it("takes the first of two answers, and names the second", async () => {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const client = new DapClient(toServer, toClient);
    const surplus: DebugProtocol.Response[] = [];
    client.on("surplus", (response) => surplus.push(response));
    const reader = new DapReader((message) => {
      const answer = (success: boolean) =>
        toClient.write(
          dapFrame({
            seq: 0,
            type: "response",
            request_seq: message.seq,
            command: "variables",
            success,
            message: "no",
          } as DebugProtocol.Response),
        );
      answer(false);
      answer(true);
    });
    toServer.on("data", (chunk: Buffer) => reader.push(chunk));
    const response = await client.send("variables", { variablesReference: 99 });
    expect(response.success).toBe(false);
    await pause(20);
    expect(surplus).toHaveLength(1);
    expect(await code(client.send("threads", {}, { timeoutMs: 10 }))).toBe("nothing thrown");
  });

  it("reads frames cut anywhere and stops at what is none", () => {
    const messages: unknown[] = [];
    let broken = "";
    const reader = new DapReader(
      (message) => messages.push(message),
      (why) => (broken = why),
    );
    const bytes = Buffer.concat(
      [1, 2, 3].map((seq) => dapFrame({ seq, type: "event", event: "输出" } as DebugProtocol.Event)),
    );
    for (const byte of bytes) reader.push(Buffer.from([byte]));
    expect(messages).toHaveLength(3);
    reader.push(Buffer.from("Content-Length: 99999999999\r\n\r\n"));
    expect(broken).toBe("no length");
  });
});

function safely<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
