/** --follow: logs that grow, rotate, are cut, and appear late. */
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { Running, root, runner, workFolder } from "./cli.ts";

const folder = workFolder();
const inputs = join(root, "test/golden/cli/inputs");
const crash = readFileSync(join(inputs, "off-by-one.txt"), "utf8");
const deadlock = readFileSync(join(inputs, "deadlock.txt"), "utf8");

let running: Running | undefined;
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.ended;
});
afterAll(() => folder.remove());

const follow = (...args: string[]) => {
  running = new Running(["diagnose", "--follow", "--no-source", "--format", "json", ...args], folder.path);
  return running;
};

interface Line {
  event: { id: string };
  input: string;
  crash: { lines: { first: number; last: number } };
}
const found = (program: Running): Line[] =>
  program.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

describe("a file", () => {
  test("is read from its start, and each crash reported when it is quiet", async () => {
    const log = folder.write("grow.log", `INFO start\n${crash}`);
    const program = follow(log);
    await program.until(() => found(program).length === 1, "the first crash");
    appendFileSync(log, "INFO again\n");
    appendFileSync(log, deadlock);
    await program.until(() => found(program).length === 2, "the second crash");
    expect(found(program).map((line) => line.event.id)).toEqual([
      "runtime/index-out-of-range",
      "runtime/deadlock",
    ]);
    // 1 line of log, 7 of the first crash, 1 of log.
    expect(found(program)[1]!.crash.lines.first).toBe(10);
    program.child.kill("SIGINT");
    expect(await program.ended).toBe(1);
  });

  test("a crash written in pieces is one crash", async () => {
    const log = folder.write("pieces.log", "");
    const program = follow(log);
    for (let at = 0; at < crash.length; at += 40) {
      appendFileSync(log, crash.slice(at, at + 40));
      await new Promise((done) => setTimeout(done, 60));
    }
    await program.until(() => found(program).length > 0, "the crash");
    expect(found(program)).toHaveLength(1);
    expect(found(program)[0]!.crash.lines).toEqual({ first: 1, last: 7 });
  });

  test("rotation: the rest of the old file and the new one are read", async () => {
    const log = folder.write("rotate.log", `INFO old\n${crash}`);
    const program = follow(log);
    await program.until(() => found(program).length === 1, "the crash in the old file");
    appendFileSync(log, crash);
    renameSync(log, `${log}.1`);
    writeFileSync(log, `INFO new\n${deadlock}`);
    await program.until(() => found(program).length === 3, "the crashes after it");
    // 1 line of log and 7 of the first crash; 1 line of log in the new file.
    expect(found(program).map((line) => line.crash.lines.first)).toEqual([2, 9, 2]);
    expect(program.stderr).toMatch(/rotate\.log was replaced/);
  });

  test("truncation: it is read from its beginning again", async () => {
    const log = folder.write("cut.log", `${"INFO long\n".repeat(500)}${crash}`);
    const program = follow(log);
    await program.until(() => found(program).length === 1, "the first crash");
    truncateSync(log);
    await program.until(() => /cut\.log was cut/.test(program.stderr), "the truncation");
    appendFileSync(log, deadlock);
    await program.until(() => found(program).length === 2, "the second crash");
    expect(found(program)[1]!.crash.lines.first).toBe(1);
  });

  test("that is not there yet is waited for", async () => {
    const log = join(folder.path, "late.log");
    const program = follow(log);
    await program.until(() => /is not there yet/.test(program.stderr), "the notice");
    writeFileSync(log, crash);
    await program.until(() => found(program).length === 1, "the crash");
  });

  test("several are followed at once", async () => {
    const one = folder.write("one.log", "");
    const two = folder.write("two.log", "");
    const program = follow(one, two);
    appendFileSync(two, crash);
    await program.until(() => found(program).length === 1, "the crash in the second");
    appendFileSync(one, crash);
    await program.until(() => found(program).length === 2, "the crash in the first");
    expect(found(program).map((line) => line.input)).toEqual([two, one]);
  });

  test("ends with 0 when nothing was found", async () => {
    const program = follow(folder.write("calm.log", "INFO calm\n"), join(folder.path, "never.log"));
    await program.until(() => /never\.log is not there yet/.test(program.stderr), "it to follow");
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
  });
});

describe("standard input", () => {
  test("reports while it is open, and ends with it", async () => {
    const program = follow("-");
    program.child.stdin.write(`INFO\n${crash}`);
    await program.until(() => found(program).length === 1, "the crash");
    program.child.stdin.end(deadlock);
    expect(await program.ended).toBe(1);
    expect(found(program)).toHaveLength(2);
  });
});

test("a packed file is refused, a directory too", () => {
  const run = runner(folder.path);
  const packed = folder.write("log.gz", gzipSync(crash));
  const refused = run(["diagnose", "--follow", packed]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/is compressed: it cannot be followed/);
  expect(run(["diagnose", "--follow", folder.path]).stderr).toMatch(/is a directory/);
});
