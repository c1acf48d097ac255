/** `watch`: each fault once, counts over rotation and restarts, metrics, bounded memory. */
import { spawn } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { environment, program, Running, root, runner, workFolder } from "../cli.ts";

const folder = workFolder();
const run = runner(folder.path);
const inputs = join(root, "test/golden/cli/inputs");
const crash = readFileSync(join(inputs, "off-by-one.txt"), "utf8");
const deadlock = readFileSync(join(inputs, "deadlock.txt"), "utf8");

const started: Running[] = [];
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.child.kill("SIGKILL");
    await each.ended;
  }
});
afterAll(() => folder.remove());

function watch(...args: string[]): Running {
  const running = new Running(["watch", "--no-source", "--format", "json", ...args], folder.path);
  started.push(running);
  return running;
}

interface Line {
  type: "fault" | "count" | "summary";
  fingerprint: string;
  event: { id: string };
  cause: { id: string } | null;
  input: string;
  count: number;
  more: number;
  lines: { first: number; last: number };
  crashes: number;
  bytes: number;
  faults: Line[];
  other?: { faults: number; count: number };
}

const linesOf = (text: string): Line[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
const told = (running: Running, type: Line["type"]) =>
  linesOf(running.stdout.slice(0, running.stdout.lastIndexOf("\n") + 1)).filter((line) => line.type === type);

async function stopped(running: Running): Promise<Line> {
  running.child.kill("SIGINT");
  await running.ended;
  return told(running, "summary")[0]!;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe("what is printed", () => {
  test("each fault once, then its count, then a summary", () => {
    const { status, stdout, stderr } = run(["watch", "--no-source"], {
      input: crash + deadlock + crash.repeat(3),
    });
    expect(stderr).toBe("");
    expect(status).toBe(1);
    const timeless = stdout.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "TIME");
    // The second may change between two crashes.
    expect(timeless.replaceAll("from TIME to TIME", "at TIME")).toBe(`\
TIME new   Index out of range: index 3, but the length is 3 (valid: 0 to 2)
                          example.com/app/app/main.go:9 in main.sumScores
                          Index equal to the length (very likely, 77 %)
                          golm-faultcheck explain runtime/index-out-of-range/off-by-one
                          <stdin>, lines 1 to 7 · fingerprint 5d8e0f4fa16ab8d1
TIME new   Deadlock: all goroutines are asleep (13 in all)
                          example.com/app/workers/main.go:23 in main.main
                          Nobody reads the channel (possible, 27 %)
                          golm-faultcheck explain runtime/deadlock/no-reader
                          <stdin>, lines 8 to 88 · fingerprint ef65a88a9c21b614
TIME +3    Index out of range · example.com/app/app/main.go:9 · runtime/index-out-of-range/off-by-one · 5d8e0f4fa16ab8d1 · 4 in all

5 crashes, 2 faults, 3.1 kB read.
4  Index out of range · example.com/app/app/main.go:9 · runtime/index-out-of-range/off-by-one · 5d8e0f4fa16ab8d1 · at TIME
1  Deadlock: all goroutines are asleep · example.com/app/workers/main.go:23 · runtime/deadlock/no-reader · ef65a88a9c21b614 · at TIME
`);
  });

  test("in Chinese", () => {
    const { stdout } = run(["watch", "--no-source", "--lang", "zh-cn"], { input: crash });
    expect(stdout).toMatch(/新增 {2}下标越界：下标是 3/);
    expect(stdout).toMatch(/共 1 次崩溃，1 种故障，已读取 \d+ bytes。/);
  });

  test("nothing found is 0 and one sentence", () => {
    expect(run(["watch"], { input: "INFO calm\n" })).toEqual({
      status: 0,
      stdout: "No crash in 10 bytes.\n",
      stderr: "",
    });
  });

  test("a recurring fault is told at most once an interval", async () => {
    const running = watch("--every", "1s");
    for (let i = 0; i < 30; i++) {
      running.child.stdin.write(crash);
      await pause(60);
    }
    running.child.stdin.end();
    expect(await running.ended).toBe(1);
    const counts = told(running, "count");
    expect(told(running, "fault")).toHaveLength(1);
    expect(counts.length).toBeGreaterThanOrEqual(1);
    expect(counts.length).toBeLessThanOrEqual(5);
    expect(counts.reduce((sum, { more }) => sum + more, 0)).toBe(29);
    expect(told(running, "summary")[0]).toMatchObject({ crashes: 30, bytes: 30 * crash.length });
  });

  test("a crash text cannot reach the terminal with an escape sequence", () => {
    const input = crash.replace("main.sumScores", "main.\x1b]0;owned\x07sum\u202e");
    const { stdout } = run(["watch", "--no-source", "--color", "never"], { input });
    expect(stdout).not.toMatch(/[\x1b\x07\u202e]/);
    expect(stdout).toMatch(/1 fault/);
  });
});

describe("usage errors", () => {
  const mine = folder.write("mine.log", "precious\n");
  test.each([
    [["--every", "soon"], /--every soon: write a time such as 30s/],
    [["--every", "1ms"], /--every 1ms/],
    [["--metrics", "app.log"], /--metrics app\.log: this is no address\. Write --metrics=PORT/],
    [["--metrics", "127.0.0.1:99999"], /this is no address/],
    [["--state", mine], /mine\.log: this file was not written by this version of watch/],
    [["--format", "sarif"], /unknown format 'sarif'\. Known: text, json/],
  ])("%j", (args, sentence) => {
    const result = run(["watch", ...args]);
    expect(result.status).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(readFileSync(mine, "utf8")).toBe("precious\n");
  });

  test("a folder is refused, a packed file left out, and the rest is watched", async () => {
    const log = folder.write("beside.log", crash);
    const packed = folder.write("beside.log.2.gz", gzipSync(crash));
    const running = watch(log, packed, folder.path);
    await running.until(() => told(running, "fault").length === 1, "the crash");
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(2);
    expect(running.stderr).toMatch(/beside\.log\.2\.gz is compressed and grows no more: left out/);
    expect(running.stderr).toMatch(/is a directory/);
    expect(told(running, "summary")[0]!.crashes).toBe(1);
  });
});

describe("files", () => {
  test("rotation by renaming, with both names watched: no crash is lost and none counted twice", async () => {
    const log = folder.write("app.log", `INFO\n${crash}`);
    const older = folder.write("app.log.1", deadlock);
    const running = watch("--every", "100ms", log, older);
    await running.until(() => told(running, "fault").length === 2, "both faults");
    appendFileSync(log, `INFO\n${crash}`);
    renameSync(log, older);
    writeFileSync(log, crash);
    await running.until(() => told(running, "count").at(-1)?.count === 3, "the crashes around the rotation");
    await pause(1500);
    const summary = await stopped(running);
    expect(summary.faults.map(({ count }) => count)).toEqual([3, 1]);
  });

  test("copytruncate, even when the file is longer than before at the next look", async () => {
    const log = folder.write("cut.log", `${"INFO first\n".repeat(5)}${crash}`);
    const running = watch("--every", "100ms", log);
    await running.until(() => told(running, "fault").length === 1, "the crash");
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
    writeFileSync(log, `${"INFO second time\n".repeat(500)}${crash}`);
    await running.until(() => told(running, "count").at(-1)?.count === 2, "the crash in the new text");
    expect(running.stderr).toMatch(/cut\.log was cut/);
    const summary = await stopped(running);
    expect(summary.crashes).toBe(2);
  });

  test("one that appears later, and a crash in pieces over many looks", async () => {
    const log = join(folder.path, "late.log");
    const running = watch(log);
    await running.until(() => /is not there yet/.test(running.stderr), "the notice");
    for (let at = 0; at < crash.length; at += 60) {
      appendFileSync(log, crash.slice(at, at + 60));
      await pause(150);
    }
    await running.until(() => told(running, "fault").length > 0, "the crash");
    const summary = await stopped(running);
    expect(summary.crashes).toBe(1);
    expect(told(running, "fault")[0]!.lines).toEqual({ first: 1, last: 7 });
  });

  test("a pipe with a name is read as a stream", async () => {
    const child = spawn(
      "bash",
      [
        "-c",
        '"$0" "$1" watch --no-source --format json <(cat "$2")',
        process.execPath,
        program,
        join(inputs, "deadlock.txt"),
      ],
      { env: environment(folder.path), stdio: ["ignore", "pipe", "inherit"] },
    );
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    expect(await new Promise((done) => child.on("close", done))).toBe(1);
    expect(linesOf(out).at(-1)).toMatchObject({ type: "summary", crashes: 1 });
  });
});

describe("restarts with --state", () => {
  const saved = (state: string) => existsSync(state) && JSON.parse(readFileSync(state, "utf8")).state;

  const readUpTo = (state: string, log: string) => saved(state)?.bytes?.[log] === statSync(log).size;

  async function killed(running: Running): Promise<void> {
    running.child.kill("SIGKILL");
    await running.ended;
  }

  test("killed in the middle of a crash: it is counted once, and so is all before and after it", async () => {
    const log = folder.write("kill.log", `INFO\n${crash}`);
    const state = join(folder.path, "kill.json");
    const first = watch("--state", state, log);
    await first.until(() => saved(state)?.faults?.length === 1, "the saved count");
    const half = deadlock.length >> 1;
    appendFileSync(log, deadlock.slice(0, half));
    await first.until(() => readUpTo(state, log), "the first half to be read");
    await killed(first);

    const second = watch("--state", state, log);
    appendFileSync(log, deadlock.slice(half) + crash);
    await second.until(() => told(second, "fault").length === 1, "the crash that was cut");
    const summary = await stopped(second);
    expect(second.stderr).toMatch(/going on from the saved state: 1 crash so far/);
    expect(told(second, "fault")[0]).toMatchObject({
      event: { id: "runtime/deadlock" },
      lines: { first: 9, last: 89 },
    });
    expect(summary.crashes).toBe(3);
    expect(summary.faults.map(({ count }) => count)).toEqual([2, 1]);
    expect(summary.bytes).toBe(statSync(log).size);
    // Readable by its owner alone: it tells what crashed.
    expect(statSync(state).mode & 0o777).toBe(0o600);
  });

  test("stopped in the middle of a crash: what was told is not told again when the rest comes", async () => {
    const log = folder.write("stop.log", `INFO\n${deadlock.slice(0, deadlock.length >> 1)}`);
    const state = join(folder.path, "stop.json");
    const first = watch("--state", state, log);
    await first.until(() => readUpTo(state, log), "it to be read");
    expect((await stopped(first)).crashes).toBe(1);
    appendFileSync(log, deadlock.slice(deadlock.length >> 1) + crash);
    const second = watch("--state", state, log);
    await second.until(() => told(second, "fault").length === 1, "the next crash");
    expect((await stopped(second)).faults.map(({ count }) => count)).toEqual([1, 1]);
  });

  test("rotated while nobody watched: the rest of the old file is read first", async () => {
    const log = folder.write("down.log", `INFO\n${crash}`);
    const state = join(folder.path, "down.json");
    const first = watch("--state", state, log);
    await first.until(() => told(first, "fault").length === 1, "the crash");
    await stopped(first);
    appendFileSync(log, deadlock);
    renameSync(log, `${log}.1`);
    writeFileSync(log, crash);
    const second = watch("--state", state, log);
    await second.until(() => told(second, "fault").length === 1, "the crash in the old file");
    await second.until(() => /down\.log was replaced/.test(second.stderr), "the notice");
    await pause(1500);
    const summary = await stopped(second);
    expect(summary.faults.map(({ count }) => count)).toEqual([2, 1]);
    // Neither log is read a second time.
    const third = watch("--state", state, log, `${log}.1`);
    await third.until(() => /going on/.test(third.stderr), "the start");
    await pause(1500);
    expect((await stopped(third)).crashes).toBe(3);
  });

  test("another file in its place, with the same name and inode, is read from its start", async () => {
    const log = folder.write("again.log", `INFO monday\n${crash}`);
    const state = join(folder.path, "again.json");
    const first = watch("--state", state, log);
    await first.until(() => told(first, "fault").length === 1, "the crash");
    await stopped(first);
    truncateSync(log);
    writeFileSync(log, `INFO tuesday\n${crash}${"INFO more\n".repeat(50)}`);
    const second = watch("--state", state, "--every", "100ms", log);
    await second.until(() => told(second, "count").length === 1, "the crash");
    expect((await stopped(second)).crashes).toBe(2);
  });
});
