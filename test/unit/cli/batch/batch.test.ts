/** Folders of rotated and packed logs, read by threads: as if one had read them all, in one order. */
import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entriesOf, rotationOf } from "../../../../src/cli/batch/tree.ts";
import { cliMessages } from "../../../../src/cli/messages/index.ts";
import { environment, program, root, runner, workFolder } from "../cli.ts";

const folder = workFolder();
const run = runner(folder.path);
const inputs = join(root, "test/golden/cli/inputs");
const crash = readFileSync(join(inputs, "off-by-one.txt"), "utf8");
const deadlock = readFileSync(join(inputs, "deadlock.txt"), "utf8");
const logs = join(folder.path, "logs");

const put = (name: string, data: string | Uint8Array) => {
  const path = join(logs, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, data);
};

beforeAll(() => {
  put("api/app.log.10.gz", gzipSync(crash.repeat(3)));
  put("api/app.log.2.gz", gzipSync(`INFO\n${deadlock}`));
  put("api/app.log.1", crash);
  put("api/app.log", `${"INFO now\n".repeat(2000)}${crash}`);
  put("api/app.log-20261124.gz", gzipSync(crash.replace("[3]", "[4]")));
  put("worker/calm.log", "INFO calm\n");
  put("worker/picture.png", Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1"));
  put("worker/empty.log", "");
  put(".hidden/secret.log", crash);
  symlinkSync(join(folder.path, "catalog.json"), join(logs, "link.log"));
  cpSync(join(root, "test/golden/trace"), join(logs, "traces"), {
    recursive: true,
    filter: (path) => !/\/[h-z][^/]*$|\.(?:json|ts|mjs)$/.test(path.slice(root.length + 18)),
  });
});
afterAll(() => folder.remove());

interface Summary {
  summary: {
    fingerprint: string;
    count: number;
    event: { id: string };
    cause: { id: string } | null;
    location: { file: string } | null;
    first: { input: string; lines: { first: number } };
    last: { input: string; lines: { first: number } };
  }[];
  others: number;
  inputs: { name: string; crashes: number; skipped?: string; error?: string }[];
}

describe("the order of files", () => {
  test("is that in which they were written", () => {
    const { entries } = entriesOf([join(logs, "api"), join(logs, "worker")], cliMessages("en"));
    expect(entries.map(({ name }) => name.slice(logs.length + 1))).toEqual([
      "api/app.log-20261124.gz",
      "api/app.log.10.gz",
      "api/app.log.2.gz",
      "api/app.log.1",
      "api/app.log",
      "worker/calm.log",
      "worker/empty.log",
      "worker/picture.png",
    ]);
  });

  test.each([
    ["server.log", "server.log", "", 0],
    ["server.log.3.zst", "server.log", "", 3],
    ["a/server.log-20261125.gz", "server.log", "20261125", 0],
    ["server-2026-11-25T19-00-00.000.log.gz", "server.log", "2026-11-25T19-00-00.000", 0],
    ["server.1.log", "server.log", "", 1],
    ["v2", "v2", "", 0],
    ["port-8080-x.log", "port-8080-x.log", "", 0],
  ])("%s", (name, stem, date, number) => {
    expect(rotationOf(name)).toMatchObject({ stem, date, number });
  });
});

describe("threads", () => {
  test.each(["text", "json", "markdown"])(
    "%s: what is printed is the same to the byte with one and with four",
    (format) => {
      const outputs = [1, 4].map((jobs) =>
        run(["diagnose", logs, "--no-source", "--format", format, "--jobs", String(jobs)]),
      );
      expect(outputs[0]!.status).toBe(1);
      expect(outputs[0]!.stdout.length).toBeGreaterThan(10_000);
      expect(outputs[1]).toEqual(outputs[0]);
    },
  );

  test("a broken and a missing file are told in their place, and the rest is read", () => {
    const cut = folder.write("cut.gz", gzipSync(deadlock).subarray(0, 300));
    const files = [join(logs, "api/app.log.1"), cut, join(logs, "api/app.log")];
    const [serial, threads] = [1, 2].map((jobs) =>
      run(["diagnose", ...files, "--no-source", "--summary", "--format", "json", "--jobs", String(jobs)]),
    );
    expect(threads).toEqual(serial);
    expect(serial!.status).toBe(2);
    expect(serial!.stderr).toMatch(/cut\.gz: the gzip data is broken or cut/);
    const { summary } = JSON.parse(serial!.stdout) as Summary;
    expect(summary.map(({ count }) => count)).toContain(2);
  });

  test("a reader that leaves early ends all of them", async () => {
    const child = spawn(
      process.execPath,
      [program, "diagnose", logs, "--no-source", "--all", "--jobs", "2"],
      {
        env: environment(folder.path),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await new Promise((done) => child.on("close", done))).toBe(1);
    expect(errors).toBe("");
  });

  test("more crashes than may wait are read in bounded memory, behind a slow first file", () => {
    // The second file is through long before the first, and larger than what may wait for it.
    const first = folder.write(
      "slow.log.gz",
      gzipSync(Buffer.concat(Array(120).fill(Buffer.from("INFO a line\n".repeat(20_000))))),
    );
    const second = folder.write("dense.log", deadlock.repeat(8_000));
    const third = folder.write("third.log", crash);
    const { status, stdout } = run([
      "diagnose",
      first,
      second,
      third,
      "--no-source",
      "--summary",
      "--format",
      "json",
      "--jobs",
      "2",
    ]);
    expect(status).toBe(1);
    const { summary } = JSON.parse(stdout) as Summary;
    expect(summary.map(({ count }) => count)).toEqual([8_000, 1]);
  });
});

describe("a folder", () => {
  test("hidden files and links are passed over, files that are no text named once", () => {
    const { stderr, stdout } = run(["diagnose", logs, "--no-source", "--summary", "--format", "json"]);
    expect(stderr).toMatch(
      /1 file was left out because it is no plain, gzip or zstd text: \S+picture\.png \(a PNG image\)\./,
    );
    const names = (JSON.parse(stdout) as Summary).inputs.map(({ name }) => name);
    expect(names.filter((name) => /secret|link\.log/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
  });

  test("without a crash is 0, without a file too, one that may not be read is 2", () => {
    expect(run(["diagnose", join(logs, "worker")])).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/no Go crash found in 3 files/),
    });
    mkdirSync(join(folder.path, "nothing"));
    expect(run(["diagnose", join(folder.path, "nothing")])).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/the folder holds no files/),
    });
    if (process.getuid?.() === 0) return;
    const closed = join(folder.path, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0);
    expect(run(["diagnose", closed])).toMatchObject({ status: 2 });
    chmodSync(closed, 0o700);
  });
});

describe("--summary", () => {
  const api = join(logs, "api");

  test("ranks faults by their crashes, with the first and the last file", () => {
    const { status, stdout } = run(["diagnose", api, "--no-source", "--summary"]);
    expect(status).toBe(1);
    expect(stdout.replaceAll(`${api}/`, "")).toBe(`\
  6  Index out of range: index 4, but the length is 3 (valid: 0 to 2)
     example.com/app/app/main.go:9 · Index equal to the length (31 %)
     runtime/index-out-of-range/off-by-one · 5d8e0f4fa16ab8d1
     app.log-20261124.gz, lines 1 to 7 … app.log, lines 2001 to 2007

  1  Deadlock: all goroutines are asleep (13 in all)
     example.com/app/workers/main.go:23 · Nobody reads the channel (27 %)
     runtime/deadlock/no-reader · ef65a88a9c21b614
     app.log.2.gz, lines 2 to 82

7 crashes, 2 faults, 5 inputs (21.5 kB)
`);
  });

  test("as JSON and Markdown, in Chinese", () => {
    const { stdout } = run(["diagnose", api, "--no-source", "--summary", "--format", "json"]);
    const { summary, others, inputs } = JSON.parse(stdout) as Summary;
    expect(others).toBe(0);
    expect(inputs).toHaveLength(5);
    expect(summary[0]).toMatchObject({
      fingerprint: "5d8e0f4fa16ab8d1",
      count: 6,
      event: { id: "runtime/index-out-of-range" },
      first: { lines: { first: 1 } },
      last: { input: join(api, "app.log"), lines: { first: 2001 } },
    });
    const markdown = run([
      "diagnose",
      api,
      "--no-source",
      "--summary",
      "--format",
      "markdown",
      "--lang",
      "zh-cn",
    ]);
    expect(markdown.stdout).toMatch(/^共 7 次崩溃，2 种故障，5 个输入\n\n\| 次数 \| /);
    expect(
      markdown.stdout
        .trim()
        .split("\n")
        .slice(2)
        .every((line) => /^\|.*\|$/.test(line)),
    ).toBe(true);
  });

  test.each([
    [["--summary", "--format", "sarif"], /--summary cannot be written as sarif/],
    [["--summary", "--follow"], /--summary needs an end/],
    [["--jobs", "0"], /--jobs 0: give a number/],
    [["--jobs", "many"], /--jobs many: give a number/],
  ])("%j is refused", (args, sentence) => {
    const result = run(["diagnose", ...args, api]);
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr).toMatch(sentence);
  });
});
