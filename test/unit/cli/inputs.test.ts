/** What is read, how it is packed, and what is said when it cannot be. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { openError } from "../../../src/cli/input/read.ts";
import { cliMessages } from "../../../src/cli/messages/index.ts";
import { environment, program, Running, root, runner, workFolder } from "./cli.ts";

const folder = workFolder();
const run = runner(folder.path);
afterAll(() => folder.remove());

const crash = readFileSync(join(root, "test/golden/cli/inputs/off-by-one.txt"));
const plain = folder.write("crash.log", crash);

interface Diagnoses {
  diagnoses: {
    event: { id: string };
    causes: { id: string }[];
    input: string;
    crash: { lines: { first: number } };
  }[];
  inputs: { name: string; bytes: number; crashes: number; error?: string }[];
}

const json = (args: string[], input?: string | Uint8Array) => {
  const result = run(["diagnose", "--format", "json", ...args], input === undefined ? {} : { input });
  return { ...result, ...(JSON.parse(result.stdout) as Diagnoses) };
};

describe("inputs", () => {
  test("a file", () => {
    const { status, diagnoses } = json([plain]);
    expect(status).toBe(1);
    expect(diagnoses.map((d) => d.causes[0]?.id)).toEqual(["runtime/index-out-of-range/off-by-one"]);
  });

  test("standard input, by default and as -", () => {
    expect(json([], crash).diagnoses).toHaveLength(1);
    expect(json(["-"], crash).diagnoses[0]?.input).toBe("<stdin>");
  });

  test("standard input redirected from a file", () => {
    const command = `"${process.execPath}" "${program}" diagnose --format json < "${plain}"`;
    const { stdout, status } = spawnSync("sh", ["-c", command], {
      env: environment(folder.path),
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnoses).toHaveLength(1);
  });

  test("several files, each named in its diagnosis", () => {
    const { status, diagnoses, inputs } = json([plain, "-", plain], "all is well\n");
    expect(status).toBe(1);
    expect(diagnoses.map((d) => d.input)).toEqual([plain, plain]);
    expect(inputs.map((i) => i.crashes)).toEqual([1, 0, 1]);
  });

  test("nothing found is status 0", () => {
    const { status, diagnoses } = json([], "all is well\n");
    expect(status).toBe(0);
    expect(diagnoses).toEqual([]);
    const text = run(["diagnose"], { input: "all is well\n" });
    expect(text).toEqual({
      status: 0,
      stdout: "",
      stderr: "golm-faultcheck: <stdin>: no Go crash found in 12 bytes of text.\n",
    });
  });

  test("an empty input is no error", () => {
    const result = run(["diagnose", folder.write("empty.log", "")]);
    expect(result.status).toBe(0);
    expect(result.stdout).toBe("");
    expect(result.stderr).toContain("is empty");
  });

  test("a crash far into a large log has its true line", () => {
    const lines = 200_000;
    const large = folder.write(
      "large.log",
      Buffer.concat([Buffer.from("INFO request done\n".repeat(lines)), crash]),
    );
    expect(json([large]).diagnoses[0]?.crash.lines.first).toBe(lines + 1);
  });

  test("invalid UTF-8 around a crash does no harm", () => {
    const noise = Buffer.from([0xff, 0xfe, 0x80, 0xc0, 0x0a]);
    const text = Buffer.concat([Buffer.from("x\n"), noise, crash, noise]);
    expect(json([], text).diagnoses).toHaveLength(1);
  });
});

describe("packed inputs", () => {
  test("gzip, also of several members", () => {
    const packed = folder.write("crash.gz", Buffer.concat([gzipSync("INFO a\n"), gzipSync(crash)]));
    expect(json([packed]).diagnoses).toHaveLength(1);
    expect(json([], gzipSync(crash)).diagnoses).toHaveLength(1);
  });

  test("what stood before broken gzip data is still found", () => {
    const text = Buffer.concat([crash, Buffer.from(`${"x".repeat(60)}\n`.repeat(5000))]);
    const packed = gzipSync(text, { level: 0 });
    const { status, diagnoses, stderr, inputs } = json([
      folder.write("cut.gz", packed.subarray(0, packed.length / 2)),
    ]);
    expect(status).toBe(2);
    expect(diagnoses).toHaveLength(1);
    expect(stderr).toMatch(/cut\.gz: the gzip data is broken or cut/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(inputs[0]?.error).toContain("broken or cut");
  });

  test("gzip magic and then nonsense", () => {
    const { status, stderr } = json([
      folder.write("bad.gz", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 99])),
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/gzip data is broken/);
  });

  // Made once with the zstd tool from off-by-one.txt behind 40,000 lines of log.
  const zstd = join(root, "test/golden/cli/inputs/off-by-one.zst");

  test("zstd", () => {
    const { diagnoses, inputs } = json([zstd]);
    expect(diagnoses[0]?.crash.lines.first).toBe(40_001);
    expect(inputs[0]?.bytes).toBe(40_000 * "INFO request done\n".length + crash.length);
  });

  test("cut zstd", () => {
    const cut = readFileSync(zstd).subarray(0, 60);
    const { status, stderr } = json([folder.write("cut.zst", cut)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/zstd data is broken or cut/);
  });

  test("UTF-16, as PowerShell's > writes it", () => {
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(crash.toString(), "utf16le")]);
    expect(json([folder.write("powershell.txt", little)]).diagnoses).toHaveLength(1);
    const big = Buffer.from(little).swap16();
    expect(json([folder.write("big.txt", big)]).diagnoses).toHaveLength(1);
  });
});

describe("inputs that are none", () => {
  const oneSentence = (args: string[], pattern: RegExp, status = 2) => {
    const result = run(args);
    expect(result.stdout).toBe("");
    expect(result.stderr).toMatch(pattern);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.status).toBe(status);
  };

  test("a missing file", () =>
    oneSentence(["diagnose", "no-such.log"], /no-such\.log: there is no such file/));

  test("in Chinese", () =>
    oneSentence(["diagnose", "no-such.log", "--lang", "zh-cn"], /no-such\.log：没有这个文件/));

  test("an empty directory", () => {
    mkdirSync(join(folder.path, "logs"));
    oneSentence(["diagnose", join(folder.path, "logs")], /the folder holds no files/, 0);
  });

  // The tests may run as root, whom no file refuses.
  test("a file one may not read", () => {
    const refused = Object.assign(new Error("EACCES: permission denied, open 'x'"), { code: "EACCES" });
    expect(openError("secret.log", refused, cliMessages("en"))).toMatch(
      /^secret\.log: permission denied\. Read it as/,
    );
    expect(openError("secret.log", refused, cliMessages("zh-cn"))).toMatch(/没有读取权限/);
  });

  test("an ELF executable", () => {
    const elf = Buffer.alloc(4096);
    elf.write("\x7fELF\x02\x01\x01", "latin1");
    elf[16] = 2;
    oneSentence(["diagnose", folder.write("server", elf)], /this is an ELF executable/);
  });

  test("a core dump", () => {
    const core = Buffer.alloc(4096);
    core.write("\x7fELF\x02\x01\x01", "latin1");
    core[16] = 4;
    oneSentence(["diagnose", folder.write("core", core)], /this is a core dump.*golm-faultcheck core/);
  });

  test("a PNG", () => {
    const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(100)]);
    oneSentence(["diagnose", folder.write("shot.png", png)], /this is a PNG image/);
  });

  test("binary data of no known kind", () => {
    oneSentence(["diagnose", folder.write("data.bin", Buffer.alloc(2000, 1))], /this is binary data/);
  });

  test("what was found in other inputs is still printed", () => {
    const result = run(["diagnose", "no-such.log", plain, "--no-source"]);
    expect(result.status).toBe(2);
    expect(result.stdout).toMatch(/Index out of range/);
    expect(result.stderr).toMatch(/no such file/);
  });

  test("a crash inside binary data is found", () => {
    const mixed = Buffer.concat([Buffer.alloc(500), Buffer.from("\n"), crash]);
    expect(json([folder.write("mixed.bin", mixed)]).status).toBe(1);
  });
});

describe("output that closes", () => {
  test("a full disk is said in one sentence", () => {
    const command = `"${process.execPath}" "${program}" diagnose --no-source "${plain}" > /dev/full`;
    const result = spawnSync("sh", ["-c", command], { env: environment(folder.path), encoding: "utf8" });
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(
      /^golm-faultcheck: the output could not be written: no space left on device\./,
    );
  });

  test("a closed standard error changes nothing", () => {
    const command = `"${process.execPath}" "${program}" diagnose --no-source no-such.log "${plain}" 2>&-`;
    const result = spawnSync("sh", ["-c", command], { env: environment(folder.path), encoding: "utf8" });
    expect(result.status).toBe(2);
    expect(result.stdout).toMatch(/^Index out of range/);
  });

  test("a working directory that is gone does no harm", () => {
    const command = `mkdir gone && cd gone && rmdir ../gone && "${process.execPath}" "${program}" diagnose "${plain}"`;
    const result = spawnSync("sh", ["-c", command], {
      cwd: folder.path,
      env: environment(folder.path),
      encoding: "utf8",
    });
    expect(result.stderr).toBe("");
    expect(result.status).toBe(1);
  });

  test("head ends it without a word", async () => {
    const many = folder.write("many.log", Buffer.concat(Array.from({ length: 3000 }, () => crash)));
    const command = `"${process.execPath}" "${program}" diagnose --all --no-source "${many}" | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", command], {
      env: environment(folder.path),
      encoding: "utf8",
    });
    expect(stdout).toMatch(/^Index out of range/);
    expect(stderr).toBe("");
  });

  test("and so does a reader that goes away while standard input is open", async () => {
    const running = new Running(["diagnose", "--no-source"], folder.path);
    running.child.stdout.destroy();
    running.child.stdin.on("error", () => {});
    running.child.stdin.write(crash);
    running.child.stdin.write(`\n${"INFO on\n".repeat(100_000)}`);
    expect(await running.ended).toBe(1);
    expect(running.stderr).toBe("");
  });
});
