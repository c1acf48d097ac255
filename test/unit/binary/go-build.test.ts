/** Both forms of Go's build information, laid out as the linkers of their time did. */
import { describe, expect, test } from "vitest";
import { memorySource } from "../../../src/binary/byte-source.ts";
import { findBuild, findBuildInFile, type Memory } from "../../../src/binary/go-build.ts";

const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
const MARK = Buffer.alloc(16, 0xaa);
const MODULE = Buffer.from("path\texample.com/old\nmod\texample.com/old\tv1.2.3\n=>\t../here\n", "utf8");

/** Go 1.13 to 1.17: two pointers to strings, each a pointer and a length. */
function pointed(base: bigint, { bigEndian }: { bigEndian: boolean }): Buffer {
  const bytes = Buffer.alloc(512);
  const put = (value: bigint, at: number) =>
    bigEndian ? bytes.writeBigUInt64BE(value, at) : bytes.writeBigUInt64LE(value, at);
  const version = Buffer.from("go1.16.15");
  const framed = Buffer.concat([MARK, MODULE, MARK]);
  MAGIC.copy(bytes);
  bytes[14] = 8;
  bytes[15] = bigEndian ? 1 : 0;
  put(base + 64n, 16);
  put(base + 80n, 24);
  put(base + 128n, 64);
  put(BigInt(version.length), 72);
  put(base + 160n, 80);
  put(BigInt(framed.length), 88);
  version.copy(bytes, 128);
  framed.copy(bytes, 160);
  return bytes;
}

function memoryOf(bytes: Uint8Array, base: bigint): Memory {
  const source = memorySource(bytes);
  return (address, length) => {
    const read = source.read(Number(address - base), length);
    return read.length > 0 ? read : undefined;
  };
}

describe("build information of Go 1.17 and before", () => {
  test.each([false, true])("is read over its pointers (big endian: %s)", (bigEndian) => {
    const base = 0x5_0000_0000n;
    const memory = memoryOf(pointed(base, { bigEndian }), base);
    expect(findBuild(memory, base, 512, { bits: 64 })).toEqual({
      older: true,
      build: {
        goVersion: "go1.16.15",
        path: "example.com/old",
        main: { path: "example.com/old", version: "v1.2.3", replacedBy: "../here" },
        modules: [],
        settings: {},
      },
    });
  });

  test("is only recognised where addresses mean nothing, and where they lead nowhere", () => {
    const bytes = pointed(0n, { bigEndian: false });
    expect(findBuildInFile(memorySource(bytes), 0, bytes.length)).toEqual({ older: true });
    bytes.writeBigUInt64LE(1n << 60n, 16);
    expect(findBuild(memoryOf(bytes, 0n), 0n, 512, { bits: 64 })).toEqual({ older: true });
    // Of another width than the program.
    expect(findBuild(memoryOf(bytes, 0n), 0n, 512, { bits: 32 })).toEqual({ older: true });
  });
});

describe("build information since Go 1.18", () => {
  function inline(version: string, module: string): Buffer {
    const counted = (text: Buffer) => Buffer.concat([Buffer.from([text.length]), text]);
    const head = Buffer.concat([MAGIC, Buffer.from([8, 2]), Buffer.alloc(16)]);
    const framed = Buffer.concat([MARK, Buffer.from(module), MARK]);
    return Buffer.concat([head, counted(Buffer.from(version)), counted(framed)]);
  }

  test("is found behind others of its beginning, across the pieces it is read in", () => {
    const bytes = Buffer.alloc((1 << 16) + 4096);
    MAGIC.copy(bytes, 32); // A program that looks for it holds the words as well.
    bytes[47] = 2;
    const blob = inline("go1.26.8 X:newinliner", 'path\ta\nbuild\t"-ldf\\"lags"="-s -w"\n');
    blob.copy(bytes, (1 << 16) - 16);
    const found = findBuildInFile(memorySource(bytes), 0, bytes.length);
    expect(found).toMatchObject({ older: false, build: { goVersion: "go1.26.8 X:newinliner", path: "a" } });
    expect(found!.build!.settings).toEqual({ '-ldf"lags': "-s -w" });
  });

  test("that is cut is none", () => {
    const blob = inline("go1.26.8", "path\ta\n");
    expect(findBuildInFile(memorySource(blob.subarray(0, 36)), 0, 36)).toBeUndefined();
    expect(findBuildInFile(memorySource(Buffer.alloc(64)), 0, 64)).toBeUndefined();
  });
});
