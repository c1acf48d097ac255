import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isRecordName, parseRecord, untaken } from "../../../src/editor/records.ts";
import { keepRecord } from "../../../src/recorder/record.ts";
import { readTrace } from "../../../src/trace/index.ts";

test("what the recorder writes is what the editor reads", async () => {
  const folder = mkdtempSync(join(tmpdir(), "golm-records-"));
  try {
    const [program, core] = [join(folder, "beam.test"), join(folder, "core.7")];
    writeFileSync(program, "ELF");
    writeFileSync(core, "CORE");
    const texts = [Buffer.from("panic: x\n")];
    const run = { program, core, cwd: "/src/beam", pid: 7, begun: 1764000000000, status: 2, texts };
    const kept = await keepRecord(join(folder, "records"), run);
    expect(isRecordName(kept.split("/").at(-1)!)).toBe(true);
    expect(parseRecord(readFileSync(join(kept, "record.json"), "utf8"))).toEqual({
      label: "beam.test",
      cwd: "/src/beam",
      begun: 1764000000000,
      texts: ["crash-1.txt"],
      program: "program-beam.test",
      core: "core",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const RECORD = { format: 1, program: { path: "/x/beam" }, cwd: "/x", begun: 5, texts: ["crash-1.txt"] };

test.each([
  "",
  "{",
  "null",
  "[]",
  "7",
  JSON.stringify({ ...RECORD, format: 2 }),
  JSON.stringify({ ...RECORD, begun: "5" }),
  JSON.stringify({ ...RECORD, program: 7 }),
  JSON.stringify({ ...RECORD, texts: ["../../secret"] }),
  JSON.stringify({ ...RECORD, texts: [".."] }),
  JSON.stringify({ ...RECORD, texts: [7] }),
  JSON.stringify({ ...RECORD, core: { path: "/x/core", kept: "/etc/passwd" } }),
])("%s is no record", (text) => {
  expect(parseRecord(JSON.stringify(RECORD))).toBeDefined();
  expect(parseRecord(text)).toBeUndefined();
});

test("a run that died without a word is told in Go's", () => {
  const silent = { ...RECORD, texts: [], signal: "SIGSEGV" };
  expect(parseRecord(JSON.stringify(silent))!.said).toBe("signal: segmentation fault\n");
  const core = { path: "/x/core", kept: "core" };
  const { said } = parseRecord(JSON.stringify({ ...silent, core }))!;
  expect(said).toBe("signal: segmentation fault (core dumped)\n");
  expect(readTrace(said!)[0]!.exit).toMatchObject({ signal: "SIGSEGV" });
  expect(parseRecord(JSON.stringify({ ...silent, signal: "constructor" }))!.said).toBeUndefined();
});

test("only whole records that were not taken are taken, the oldest first", () => {
  const names = [
    "20261125120001-7",
    ".20261125120002-8.tmp",
    "20261125120000-9",
    "notes",
    "20261125115959-1",
  ];
  expect(untaken(names, new Set(["20261125115959-1"]))).toEqual(["20261125120000-9", "20261125120001-7"]);
});
