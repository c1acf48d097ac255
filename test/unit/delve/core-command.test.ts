/** `golm-faultcheck core` as a user runs it: real cores, a real Delve, the whole catalogue. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { program as cli } from "../cli/cli.ts";
import { build, crash, delve, needGdb, run, temporary } from "./fixture.ts";

// Each test starts several programs, on machines that have other work too.
vi.setConfig({ testTimeout: 90_000 });

let dlv = "";
beforeAll(async () => {
  dlv = await delve();
  needGdb();
}, 600_000);

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function core(
  args: readonly string[],
  { cwd = temporary(), env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "core", "--delve", dlv, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, LANG: "C", LC_ALL: "", LC_MESSAGES: "", NO_COLOR: "1", ...env },
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

function json(args: readonly string[]): ReturnType<typeof JSON.parse> {
  const { stdout, stderr, status } = core(["--format", "json", ...args]);
  expect(status, stderr).toBe(1);
  return JSON.parse(stdout);
}

describe("a core of", () => {
  it("an index out of range: reason, place, callers' values, groups, locks, memory", () => {
    const { core: path, program, source } = crash("service");
    const answer = json(["--source", source, program, path]);
    const [diagnosis] = answer.diagnoses;
    expect(diagnosis.event.id).toBe("runtime/index-out-of-range");
    expect(diagnosis.location).toMatchObject({ function: "main.pick", line: 34 });
    expect(diagnosis.crash.panics[0].value).toBe("runtime error: index out of range [5] with length 3");
    const read = answer.core;
    expect(read.match.verdict).toBe("same");
    expect(read.reason).toMatchObject({ kind: "panic" });
    expect(read.look.frame).toMatchObject({ function: "main.pick", line: 34 });
    const main = read.callers.find(
      (each: { frame: { function: string } }) => each.frame.function === "main.main",
    );
    expect(main.locals.map(({ name }: { name: string }) => name)).toContain("shared");
    const counts = read.goroutines.groups.map((group: { count: number; state: string }) => [
      group.count,
      group.state,
    ]);
    expect(counts).toContainEqual([5, "chan receive"]);
    expect(counts).toContainEqual([3, "sync.Mutex.Lock"]);
    expect(read.waits).toContainEqual(
      expect.objectContaining({
        kind: "mutex",
        waiting: 3,
        name: { path: "shared.mu", function: "main.main" },
        detail: { locked: true, waiters: 3, starving: false },
      }),
    );
    expect(read.waits).toContainEqual(
      expect.objectContaining({
        kind: "channel",
        waiting: 5,
        detail: { length: 0, capacity: 0, closed: false },
      }),
    );
    expect(read.memory.heapLive).toBeGreaterThan(0);
    expect(read.memory.maxProcs).toBeGreaterThan(0);
  });

  it("a program built for debugging: the first frame's own values", () => {
    const { core: path, program } = crash("service", { flags: ["-gcflags=all=-N -l"] });
    const { look } = json([program, path]).core;
    const values = Object.fromEntries(
      [...look.args, ...look.locals].map(({ name, text }: { name: string; text: string }) => [name, text]),
    );
    expect(values).toMatchObject({
      position: "5",
      scale: "2",
      r: '*{model: "tiny", tokens: []int len 3 cap 3 [1 2 3]}',
    });
  });

  it("a write to a nil map", () => {
    const { core: path, program, source } = crash("runtime/nil-map-write/never-made");
    const { diagnoses } = json(["--source", source, program, path]);
    expect(diagnoses[0].causes[0].id).toBe("runtime/nil-map-write/never-made");
  });

  it("a nil pointer: signal, address and pc out of the goroutine", () => {
    const { core: path, program, source, text } = crash("runtime/nil-dereference/map-miss");
    const { diagnoses, core: read } = json(["--source", source, program, path]);
    expect(diagnoses[0].event.id).toBe("runtime/nil-dereference");
    const printed = /addr=(0x[0-9a-f]+) pc=(0x[0-9a-f]+)/.exec(text)!;
    expect(read.reason.signal).toMatchObject({ name: "SIGSEGV", address: printed[1], pc: printed[2] });
  });

  it("a deadlock: nobody failed, main is looked at", () => {
    const { core: path, program, source } = crash("runtime/deadlock/send-without-receiver");
    const { diagnoses, core: read } = json(["--source", source, program, path]);
    expect(read.reason).toEqual({ kind: "fatal", message: "all goroutines are asleep - deadlock!" });
    expect(diagnoses[0].causes[0].id).toBe("runtime/deadlock/send-without-receiver");
    expect(read.look.frame.function).toBe("main.scoreAll");
  });

  it("a stack overflow: the message out of the spilled argument", () => {
    const { core: path, program } = crash("runtime/stack/cyclic-schema");
    expect(json([program, path]).core.reason).toMatchObject({ kind: "fatal", message: "stack overflow" });
  });

  it("a fault in C: signal, address, the C frame and the Go side", () => {
    const {
      core: path,
      program,
      source,
    } = crash("native/segv-in-c/null-in-c", { env: { CGO_ENABLED: "1" } });
    const { diagnoses, core: read } = json(["--source", source, program, path]);
    expect(read.reason).toMatchObject({
      kind: "signal",
      inCgo: true,
      signal: { name: "SIGSEGV", code: 1, address: "0x0" },
    });
    expect(diagnoses[0].causes[0].id).toBe("native/segv-in-c/null-in-c");
    expect(read.stack[0]).toMatchObject({ function: "tl_buffer_fill", native: true });
    expect(read.look.frame.function).toMatch(/^main\.\(\*Model\)\.loadLayers/);
    expect(read.native[0]).toMatchObject({
      function: "tl_buffer_fill",
      args: expect.stringContaining("buf=0x0"),
    });
  });
});

describe("a fault in a library without names", () => {
  it("is told with the library and the place in it", () => {
    const library = join(temporary(), "libvocab.so");
    const source = join(import.meta.dirname, "programs-c/vocab.c");
    run("gcc", ["-O1", "-shared", "-fPIC", "-s", "-o", library, source], temporary());
    const { core: path, program } = crash("library", { env: { CGO_ENABLED: "1" }, args: [library] });
    const { native } = json([program, path]).core;
    expect(native.slice(0, 2)).toEqual([
      { function: "??", library, pc: expect.stringMatching(/^0x/) },
      { function: "vocab_encode", library, pc: expect.stringMatching(/^0x/) },
    ]);
    const said = core([program, path]).stdout.replace(/\s+/g, " ");
    expect(said).toContain(`?? ${native[0].pc} ${library}`);
    expect(said).toContain(`vocab_encode ${library}`);
  });
});

describe("where Delve sees no Go", () => {
  it("a stripped program's panic is told by its stack", () => {
    const flags = ["-ldflags=-s -w"];
    const { core: path, program } = crash("runtime/nil-dereference/map-miss", { flags });
    const { diagnoses, core: read } = json([program, path]);
    expect(read.reason.panics[0].value).toBe(
      "runtime error: invalid memory address or nil pointer dereference",
    );
    expect(diagnoses[0].event.id).toBe("runtime/nil-dereference");
  });

  it("a panic in a library of Go, in a program of C, is no abort of native code", () => {
    const at = join(temporary(), "c-shared");
    const source = join(import.meta.dirname, "programs-c/library");
    mkdirSync(at);
    const library = join(at, "libpieces.so");
    const env = { GOFLAGS: "-mod=mod", GOWORK: "off", CGO_ENABLED: "1", GO111MODULE: "off" };
    run("go", ["build", "-buildmode=c-shared", "-o", library, join(source, "pieces.go")], at, env);
    const program = join(at, "host");
    run("gcc", ["-g", "-I", at, "-o", program, join(source, "host.c"), library, `-Wl,-rpath,${at}`], at);
    spawnSync("prlimit", ["--core=unlimited", program], {
      cwd: at,
      env: { ...process.env, GOTRACEBACK: "crash" },
    });
    const path = readdirSync(at).find((name) => /^core/.test(name))!;
    const { diagnoses, core: read } = json(["--source", source, program, join(at, path)]);
    expect(read.reason.panics[0].value).toBe("runtime error: index out of range [2] with length 2");
    expect(diagnoses[0].location).toMatchObject({ function: "main.(*tokenizer).piece" });
    expect(read.gaps).toContain("go-in-library");
  });

  it("an assertion of C in a stripped program is told in its own words", () => {
    const flags = ["-ldflags=-s -w"];
    const options = { flags, env: { CGO_ENABLED: "1" } };
    const { core: path, program } = crash("native/abort-in-c/assert-in-library", options);
    const { diagnoses, core: read } = json([program, path]);
    expect(read.aborted).toContain("Assertion");
    expect(diagnoses[0].causes[0].id).toBe("native/abort-in-c/assert-in-library");
  });
});

describe("goroutines that wait for locks", () => {
  interface Held {
    readonly goroutine: number;
    readonly mode: string;
    readonly function: string;
  }
  interface Wait {
    readonly state: string;
    readonly ids: readonly number[];
    readonly name?: { readonly path: string };
    readonly holders?: readonly Held[];
  }
  const functionsOf = ({ holders = [] }: Wait) =>
    holders.map(({ mode, function: name }) => `${mode} ${name}`);

  // With optimisation defers lie in slots of the frame, without it in the goroutine's chain.
  it.each([
    ["optimised", []],
    ["built for debugging", ["-gcflags=all=-N -l"]],
  ] as const)("are told who has still to unlock, and which wait for one another: %s", (_how, flags) => {
    const { core: path, program } = crash("locks", { flags });
    const waits = json([program, path]).core.waits as Wait[];
    const of = (name: string) => waits.find((each) => each.name?.path.endsWith(name))!;
    expect(functionsOf(of("models.mu"))).toEqual(["write main.(*runner).load"]);
    expect(functionsOf(of("slots.mu"))).toEqual(["write main.(*runner).evict"]);
    const reads = waits.find(({ state }) => state === "sync.RWMutex.RLock")!;
    expect(functionsOf(reads)).toEqual(["read main.(*adapters).resolve"]);
    expect(reads.holders![0]!.goroutine).toBe(reads.ids[0]);
    // What an earlier call left in the frame proves nothing.
    expect(of("q.mu").holders).toBeUndefined();
    const [loading, evicting] = [of("slots.mu").ids[0]!, of("slots.mu").holders![0]!.goroutine];
    const said = core(["--lang", "en", program, path]).stdout.replace(/\s+/g, " ");
    const [first, second] = [Math.min(loading, evicting), Math.max(loading, evicting)];
    expect(said).toContain(
      `Deadlock: goroutine ${first} waits for ${second}, goroutine ${second} waits for ${first}.`,
    );
    expect(said).toContain(`Deadlock: goroutine ${reads.ids[0]} waits for a lock that it holds itself.`);
    expect(said).toContain("no deferred Unlock of it was found");
    const chinese = core(["--lang", "zh-cn", program, path]).stdout.replace(/\s+/g, "");
    expect(chinese).toContain(`死锁：goroutine${first}等${second}，goroutine${second}等${first}。`);
  });
});

describe("the formats", () => {
  it("for people say the same, in both languages", () => {
    const { core: path, program, source } = crash("service");
    const english = core(["--source", source, program, path]);
    expect(english.stdout).toMatch(/^Index out of range: index 5, but the length is 3/);
    expect(english.stdout).toMatch(/shared\.mu in\s+main\.main/);
    expect(english.stdout).toMatch(/Core and binary belong together\./);
    const chinese = core(["--lang", "zh-cn", program, path]);
    expect(chinese.stdout).toContain("core 与二进制属于同一程序。");
    expect(chinese.stdout).toMatch(/3 × sync\.Mutex\.Lock：main\.main 中的 shared\.mu（地址\s*0x[0-9a-f]+）/);
    // The diagnosis counts the goroutines, and nothing below does again.
    for (const text of [english.stdout, chinese.stdout])
      expect(text.match(/^(?:Goroutines|Goroutine) /gm)).toHaveLength(1);
    expect(english.stdout).not.toContain("All goroutines");
    expect(english.stdout).toMatch(/mu: \{locked: true, waiters: 3\}/);
    expect(english.stdout).toMatch(/all sync\.WaitGroup = \{counter: 1, waiters: 1\}/);
    expect(english.stdout).toMatch(/tokens chan int = len 0 cap 0/);
    const markdown = core(["--format", "markdown", program, path]);
    expect(markdown.stdout).toContain("### Waited for\n\n```text\n");
    for (const each of [english, chinese, markdown]) {
      expect(each.status).toBe(1);
      expect(each.stderr).toBe("");
      expect(each.stdout).not.toMatch(/\x1b/);
    }
  });

  it("find the program by the core alone", () => {
    const { core: path, folder } = crash("service");
    const { status, stdout } = core(["--format", "json", path], {
      cwd: folder,
      env: { GOLM_RECORDS: join(folder, "none") },
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).core.match.verdict).toBe("same");
  });

  it("join the log that holds the crash, and leave another out", () => {
    const {
      core: path,
      program,
      text,
    } = crash("native/abort-in-c/assert-macro", { env: { CGO_ENABLED: "1" } });
    const log = join(temporary(), "run.log");
    writeFileSync(log, `started\n${text}`);
    const alone = json([program, path]).diagnoses[0];
    const joined = json(["--log", log, program, path]).diagnoses[0];
    expect(alone.crash.nativeLines).toEqual([]);
    expect(joined.crash.nativeLines[0].text).toContain("GGML_ASSERT");
    expect(joined.causes[0].id).toBe("native/abort-in-c/assert-macro");
    writeFileSync(
      log,
      "panic: something else\n\ngoroutine 1 [running]:\nmain.other(0x1)\n\t/x/other.go:3 +0x1d\n",
    );
    expect(core(["--log", log, program, path]).stderr).toContain("holds no crash of this core");
  });
});

describe("a stripped binary", () => {
  it("is said to be so, and read in full through a twin that leaves no file", () => {
    const { core: path, program, source } = crash("service", { flags: ["-ldflags=-s -w"] });
    const blind = core(["--format", "json", program, path]);
    expect(blind.stderr).toMatch(/has no debug information.*--twin/);
    expect(JSON.parse(blind.stdout).core.gaps).toContain("stripped");
    const seeing = json(["--twin", "--source", source, program, path]).core;
    expect(seeing.twin).toBe(true);
    expect(seeing.waits).toContainEqual(expect.objectContaining({ kind: "mutex", waiting: 3 }));
    expect(seeing.gaps).not.toContain("stripped");
  });
});

describe("what cannot be read is one sentence and status 2", () => {
  const refused = (args: readonly string[], words: RegExp) => {
    const { status, stdout, stderr } = core(args);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  };

  it("for a wrong binary, a replaced one, and another architecture", () => {
    const { core: path, program } = crash("service");
    refused(
      [build("runtime/nil-map-write/never-made").program, path],
      /was not written by .* build ID .*Find the binary/,
    );
    const other = join(temporary(), "other-machine");
    const bytes = Buffer.from(readFileSync(program));
    bytes.writeUInt16LE(183, 18);
    writeFileSync(other, bytes);
    refused([other, path], /The core is of amd64, the binary of arm64/);
    const foreign = join(temporary(), "foreign-core");
    const head = Buffer.from(readFileSync(path));
    head.writeUInt16LE(183, 18);
    writeFileSync(foreign, head);
    refused([program, foreign], /The core is of arm64, the binary of amd64/);
  });

  it("for files that are none, cut, empty, swapped or unreadable", () => {
    const { core: path, program, source } = crash("service");
    const at = (name: string) => join(temporary(), name);
    refused([program, at("missing")], /missing: there is no such file/);
    refused([program, join(source, "main.go")], /is not a core dump/);
    refused([path, program], /give the program first/);
    refused([path, path], /are both cores/);
    writeFileSync(at("empty"), "");
    refused([program, at("empty")], /is empty: the system could not write it/);
    copyFileSync(path, at("cut"));
    truncateSync(at("cut"), 3000);
    refused([program, at("cut")], /is cut short/);
    refused([source, path], /is not a regular file/);
    refused(["--limit", "0", program, path], /give whole seconds/);
  });

  it("for a core of another user", () => {
    const { core: path, program } = crash("service");
    const closed = join(temporary(), "closed");
    copyFileSync(path, closed);
    chmodSync(closed, 0);
    // Root may read everything: the command is run as somebody else then.
    const other =
      process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
    const [command = "", ...args] = [
      ...other,
      process.execPath,
      cli,
      "core",
      "--delve",
      dlv,
      program,
      closed,
    ];
    const { status, stderr } = spawnSync(command, args, {
      encoding: "utf8",
      env: { ...process.env, LANG: "C" },
    });
    expect(stderr).toMatch(/closed: permission denied\. Cores belong to the user/);
    expect(status).toBe(2);
  });

  it("for a Delve that is missing or none", () => {
    const { core: path, program } = crash("service");
    const ask = (delvePath: string) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [cli, "core", "--delve", delvePath, program, path],
        { encoding: "utf8" },
      );
      expect(status).toBe(2);
      return stderr;
    };
    expect(ask("/nowhere/dlv")).toMatch(
      /there is no such program.*go install github.com\/go-delve\/delve\/cmd\/dlv@v1\.27\.1/,
    );
    expect(ask("/bin/true")).toMatch(/does not answer as Delve does/);
  });
});

it("says why no core is written", () => {
  const { status, stdout } = core(["--why"], { env: { GOTRACEBACK: "single" } });
  expect(status).toBe(0);
  expect(stdout).toContain("GOTRACEBACK is single");
  expect(existsSync(join(temporary(), "core"))).toBe(false);
});
