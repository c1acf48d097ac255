// Records: whole or not there, bounded, and with the core the kernel's pattern names.
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { corePattern, findCore } from "../../../src/recorder/core-file.ts";
import { keepRecord, listRecords, recordsFolder } from "../../../src/recorder/record.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "golm-record-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = Buffer.from("panic: x\n\ngoroutine 1 [running]:\n");

function run(pid: number, parts: object = {}) {
  const begun = Date.UTC(2026, 0, 2, 3, 4, pid);
  return { program: join(folder, "server"), cwd: folder, pid, begun, status: 2, texts: [text], ...parts };
}

describe("a record", () => {
  test("holds text, program and core, and says how the run ended", async () => {
    const program = join(folder, "server");
    const core = join(folder, "core.7");
    writeFileSync(program, "program", { mode: 0o755 });
    writeFileSync(core, "core");
    const records = join(folder, "records");
    const kept = await keepRecord(records, run(7, { core, signal: "SIGABRT", status: undefined }));
    rmSync(program);
    rmSync(core);
    const [found] = await listRecords(records);
    expect(found?.folder).toBe(kept);
    expect(found?.record).toMatchObject({
      program: { path: program, kept: "program-server" },
      core: { path: core, kept: "core" },
      pid: 7,
      signal: "SIGABRT",
      texts: ["crash-1.txt"],
    });
    expect(found?.record.status).toBeUndefined();
    expect(readFileSync(join(kept, "program-server"), "utf8")).toBe("program");
    expect(readFileSync(join(kept, "core"), "utf8")).toBe("core");
    expect(readFileSync(join(kept, "crash-1.txt"))).toEqual(text);
    expect(statSync(kept).mode & 0o077).toBe(0);
  });

  test("is written without a program that is gone, and without a tool from PATH", async () => {
    const gone = await keepRecord(folder, run(1));
    const tool = await keepRecord(folder, run(2, { program: "go" }));
    for (const kept of [gone, tool]) expect(readdirSync(kept).sort()).toEqual(["crash-1.txt", "record.json"]);
  });

  test("makes room for itself: the oldest go first, by number and by size", async () => {
    for (let pid = 1; pid <= 5; pid++) await keepRecord(folder, run(pid), { records: 3, bytes: 1e9 });
    expect((await listRecords(folder)).map(({ record }) => record.pid)).toEqual([5, 4, 3]);
    const program = join(folder, "large");
    writeFileSync(program, Buffer.alloc(1 << 20, 1));
    const bounds = { records: 9, bytes: 1.5 * 2 ** 20 };
    await keepRecord(folder, run(6, { program }), bounds);
    writeFileSync(join(folder, "other"), Buffer.alloc(1 << 20, 1));
    await keepRecord(folder, run(7, { program: join(folder, "other") }), bounds);
    expect((await listRecords(folder)).map(({ record }) => record.pid)).toEqual([7]);
  });

  test("leaves alone what is none of its own", async () => {
    mkdirSync(join(folder, "20260102030401-x"));
    writeFileSync(join(folder, "notes.txt"), "mine");
    mkdirSync(join(folder, "20250101000000-1"));
    writeFileSync(join(folder, "20250101000000-1", "record.json"), "{broken");
    await keepRecord(folder, run(1), { records: 2, bytes: 1e9 });
    expect((await listRecords(folder)).map(({ record }) => record.pid)).toEqual([1]);
    expect(existsSync(join(folder, "notes.txt"))).toBe(true);
    expect(existsSync(join(folder, "20260102030401-x"))).toBe(true);
  });

  test("goes where the user says, else into the state folder", () => {
    expect(recordsFolder({ GOLM_RECORDS: "/r" })).toBe("/r");
    expect(recordsFolder({ XDG_STATE_HOME: "/s" })).toBe("/s/golm-faultcheck/records");
    expect(recordsFolder({})).toMatch(/\.local\/state\/golm-faultcheck\/records$/);
  });
});

describe("a core", () => {
  const ended = (parts: object = {}) => ({ pid: 42, cwd: folder, begun: Date.now(), ...parts });
  const put = (name: string, age = 0) => {
    const path = join(folder, name);
    writeFileSync(path, "");
    const at = Date.now() / 1000 - age;
    utimesSync(path, at, at);
    return path;
  };

  test.each([
    ["core", "core"],
    ["core", "core.42"],
    ["core.%p", "core.42"],
    ["core.%e.%p.%t", "core.server.42.1767"],
    ["%e-%%-%p", "server-%-42"],
    ["c+re", "c+re"],
  ])("by pattern %s is %s", async (pattern, name) => {
    const path = put(name);
    put("corex");
    put("core.43");
    expect(await findCore(pattern, ended())).toBe(path);
  });

  test("is not one of an earlier run, nor of another program", async () => {
    put("core", 60);
    put("core.43");
    expect(await findCore("core", ended())).toBeUndefined();
    expect(await findCore("core.%p", ended())).toBeUndefined();
  });

  test("may lie in a folder of its own, but a folder by program is not searched", async () => {
    mkdirSync(join(folder, "cores"));
    const path = put("cores/core.42");
    expect(await findCore(`${folder}/cores/core.%p`, ended({ cwd: "/" }))).toBe(path);
    expect(await findCore("/var/%e/core", ended())).toBeUndefined();
  });

  test("goes to a program where the pattern says so", () => {
    writeFileSync(join(folder, "pattern"), "|/usr/lib/systemd/systemd-coredump %P\n");
    expect(corePattern(join(folder, "pattern"))).toBeUndefined();
    writeFileSync(join(folder, "pattern"), "core.%p\n");
    expect(corePattern(join(folder, "pattern"))).toBe("core.%p");
    expect(corePattern(join(folder, "missing"))).toBeUndefined();
  });

  test("is kept even when the file is linked already", async () => {
    const core = put("core");
    linkSync(core, join(folder, "again"));
    const kept = await keepRecord(join(folder, "records"), run(3, { core }));
    expect(existsSync(join(kept, "core"))).toBe(true);
  });
});
