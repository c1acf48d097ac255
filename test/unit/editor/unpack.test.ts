import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { membersOf } from "../../../src/editor/unpack.ts";

const LIMITS = { bytes: 10 << 20, members: 100 };

async function unpacked(name: string, bytes: Uint8Array, limits = LIMITS): Promise<[string, string][]> {
  const members: [string, string][] = [];
  for await (const member of membersOf(name, bytes, limits))
    members.push([member.name, new TextDecoder().decode(member.bytes)]);
  return members;
}

test("plain files and gzip", async () => {
  expect(await unpacked("a.log", Buffer.from("x"))).toEqual([["a.log", "x"]]);
  expect(await unpacked("a.log.gz", gzipSync("x"))).toEqual([["a.log", "x"]]);
});

test("a tar of the system's tar, packed, with a packed log in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "golm-tar-"));
  try {
    mkdirSync(join(folder, "pods"));
    writeFileSync(join(folder, "pods/a.log"), "panic: a\n".repeat(100));
    writeFileSync(join(folder, "pods/b.log.gz"), gzipSync("b"));
    expect(spawnSync("tar", ["-czf", "logs.tgz", "pods"], { cwd: folder }).status).toBe(0);
    const members = await unpacked("logs.tgz", readFileSync(join(folder, "logs.tgz")));
    expect(members.sort()).toEqual([
      ["pods/a.log", "panic: a\n".repeat(100)],
      ["pods/b.log", "b"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a zip of Python's", async () => {
  const folder = mkdtempSync(join(tmpdir(), "golm-zip-"));
  try {
    writeFileSync(join(folder, "a.log"), "panic: a\n".repeat(100));
    const { status, error } = spawnSync("python3", ["-m", "zipfile", "-c", "a.zip", "a.log"], {
      cwd: folder,
    });
    if (error) return;
    expect(status).toBe(0);
    expect(await unpacked("a.zip", readFileSync(join(folder, "a.zip")))).toEqual([
      ["a.log", "panic: a\n".repeat(100)],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("broken archives give what could be read, and bombs no more than the limit", async () => {
  const packed = gzipSync(Buffer.alloc(5 << 20, "x"));
  const [[, cut]] = (await unpacked("a.gz", packed.subarray(0, packed.length - 20))) as [[string, string]];
  expect(cut.length).toBeGreaterThan(0);
  const [[, bounded]] = (await unpacked("a.gz", packed, { bytes: 1000, members: 5 })) as [[string, string]];
  expect(bounded.length).toBe(1000);
  for (const head of [
    [0x1f, 0x8b],
    [0x50, 0x4b, 3, 4],
    [0x28, 0xb5, 0x2f, 0xfd],
  ])
    expect((await unpacked("broken", Uint8Array.from([...head, 1, 2, 3]))).length).toBeLessThan(2);
});
