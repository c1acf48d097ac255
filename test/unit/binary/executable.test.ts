/** Real programs, read by us and by the tools everybody trusts: readelf, ldd, go version. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memorySource } from "../../../src/binary/byte-source.ts";
import { readDynamic } from "../../../src/binary/dynamic.ts";
import { interpreter, readElf } from "../../../src/binary/elf.ts";
import { type Executable, readExecutable } from "../../../src/binary/executable.ts";
import { openSource } from "../../../src/binary/file-source.ts";
import { findLibraries } from "../../../src/probe/libraries.ts";
import { libraryHost } from "../../../src/probe/library-host.ts";
import { must, workshop } from "../probe/programs.ts";

const shop = workshop();
const made: Record<string, string> = {};

beforeAll(() => {
  made.plain = shop.build("plain", "plain");
  made.stripped = shop.build("plain", "stripped", { flags: ["-trimpath", "-ldflags=-s -w"] });
  made.windows = shop.build("plain", "plain.exe", { env: { GOOS: "windows", GOARCH: "amd64" } });
  made.mac = shop.build("plain", "plain-mac", { env: { GOOS: "darwin", GOARCH: "arm64" } });
  made.pie = shop.build("plain", "pie", {
    flags: ["-buildmode=pie", "-ldflags=-linkmode=external -bindnow"],
  });
}, 300_000);
afterAll(() => shop.remove());

function read(path: string): Executable {
  const file = openSource(path);
  try {
    return readExecutable(file)!;
  } finally {
    file.close();
  }
}

describe("Go's build information", () => {
  test.each(["plain", "stripped", "windows", "mac", "pie"])("of %s is what go version -m prints", (name) => {
    const printed = must("go", ["version", "-m", made[name]!], shop.path);
    const { go } = read(made[name]!);
    expect(printed).toContain(`: ${go!.goVersion}\n`);
    for (const [key, value] of Object.entries(go!.settings)) {
      // Values with spaces are quoted there.
      expect(printed).toMatch(new RegExp(`\tbuild\t${escaped(key)}="?${escaped(value)}"?\n`));
    }
    expect(Object.keys(go!.settings)).toHaveLength(printed.match(/\tbuild\t/g)!.length);
    expect(go!.path).toBe("example.com/plain");
  });

  test("is absent in a program that is not Go's", () => {
    expect(read("/bin/sh").go).toBeUndefined();
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("formats", () => {
  test("are told apart, with what was stripped", () => {
    expect(read(made.plain!)).toMatchObject({
      format: "elf",
      dwarf: true,
      symbols: true,
      lineTable: true,
      pie: false,
    });
    expect(read(made.stripped!)).toMatchObject({
      format: "elf",
      dwarf: false,
      symbols: false,
      lineTable: true,
    });
    expect(read(made.windows!)).toMatchObject({
      format: "pe",
      arch: "amd64",
      dwarf: true,
      libraries: ["kernel32.dll"],
    });
    expect(read(made.mac!)).toMatchObject({ format: "mach-o", arch: "arm64", dwarf: true, lineTable: true });
    expect(read(made.mac!).libraries).toContain("/usr/lib/libSystem.B.dylib");
    expect(read(made.pie!)).toMatchObject({ pie: true, relro: "full" });
  });

  test("other files are none", () => {
    for (const text of ["", "#!/bin/sh\n", "\x7fELF", "MZ", "\xca\xfe\xba\xbe\0\0\0\x41"])
      expect(readExecutable(memorySource(Buffer.from(text, "latin1")))).toBeUndefined();
  });
});

describe("ELF", () => {
  test.each(["/bin/sh", "/usr/bin/env", process.execPath])("%s is read as readelf reads it", (path) => {
    const file = openSource(path);
    const elf = readElf(file);
    const printed = must("readelf", ["-dlnVW", path], "/");
    const needed = [...printed.matchAll(/\(NEEDED\)\s+Shared library: \[(.*)\]/g)].map((m) => m[1]);
    const versions = [...printed.matchAll(/Name: (\S+)\s+Flags: \S+(?: \S+)?\s+Version: \d+/g)].map(
      (m) => m[1],
    );
    expect(readDynamic(file, elf)!.needed).toEqual(needed);
    expect(printed).toContain(`Requesting program interpreter: ${interpreter(file, elf)}`);
    const exe = readExecutable(file)!;
    expect(exe.versions.map(({ version }) => version).sort()).toEqual(versions.sort());
    if (exe.buildId) expect(printed).toContain(`Build ID: ${exe.buildId}`);
    file.close();
  });

  test.each(["/bin/sh", "/usr/bin/git", process.execPath].filter((path) => existsSync(path)))(
    "the libraries of %s are those ldd finds",
    (path) => {
      const printed = must("ldd", [path], "/");
      const expected = [...printed.matchAll(/^\s+(\S+) => (\/\S+) /gm)].map((m) => m[1]!).sort();
      const { found, missing } = findLibraries(read(path), path, libraryHost("/", {}));
      expect(missing).toEqual([]);
      // ldd names the loader by its path.
      expect(
        found
          .map(({ name }) => name)
          .filter((name) => !name.startsWith("ld-linux"))
          .sort(),
      ).toEqual(expected);
    },
  );

  test("headers of every damaged file are read without an exception", () => {
    const whole = readFileSync(made.plain!).subarray(0, 8192);
    const damage = fc.record({
      at: fc.integer({ min: 4, max: 700 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
      length: fc.integer({ min: 0, max: 8192 }),
    });
    fc.assert(
      fc.property(damage, ({ at, bytes, length }) => {
        const broken = Uint8Array.from(whole);
        broken.set(bytes, at);
        readExecutable(memorySource(broken.subarray(0, length)));
      }),
      { numRuns: 400 },
    );
  });

  test.each(["windows", "mac"])("damaged headers of %s neither", (name) => {
    const whole = readFileSync(made[name]!).subarray(0, 8192);
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 4000 }),
        fc.uint8Array({ minLength: 1, maxLength: 16 }),
        (at, bytes) => {
          const broken = Uint8Array.from(whole);
          broken.set(bytes, at);
          readExecutable(memorySource(broken));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("the program that was read still runs", () => {
  expect(spawnSync(made.plain!, { encoding: "utf8" }).stderr).toBe("plain\n");
  expect(join(shop.path, "plain")).toBe(made.plain);
});
