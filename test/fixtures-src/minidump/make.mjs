// Makes the minidumps of test/unit/delve/minidumps by really crashing test/unit/delve/programs/windows under Wine:
//   node test/fixtures-src/minidump/make.mjs
// Needs Go 1.26.8, Wine (Debian: wine64) and MinGW (gcc-mingw-w64-x86-64-win32). Run by hand; not part of `npm test`.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, deflateSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = join(here, "../../unit/delve/programs/windows");
const results = join(here, "../../unit/delve/minidumps");
const wine = ["/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine"].find((each) => existsSync(each));
const folder = mkdtempSync(join(tmpdir(), "w-"));
const machine = join(folder, "drive_c", "service");
// Nothing of whoever runs this gets into a dump.
const environment = {
  PATH: "/usr/bin:/bin",
  HOME: folder,
  WINEPREFIX: folder,
  WINEDEBUG: "-all",
  LANG: "C.UTF-8",
};

function run(command, args, cwd, env = process.env) {
  const { status, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stderr;
}

/** What of a range the tests need: libraries, code, debug information and the system's tables are left out. */
function needed({ address, bytes }, modules, sections) {
  const end = address + BigInt(bytes.length);
  const module = modules.findIndex((each) => each.start <= address && address < each.end);
  if (module > 0) return [];
  if (module < 0) return deflateSync(bytes).length < 20_000 ? [{ address, bytes }] : [];
  return sections.flatMap((each) => {
    if (each.end <= address || each.start >= end || each.debug) return [];
    const [, from] = sorted(each.start, address);
    const [to] = sorted(each.end, end);
    const part = bytes.subarray(Number(from - address), Number(to - address));
    // Go's build ID stands at the beginning of the code.
    return [{ address: from, bytes: each.code ? part.subarray(0, 4096) : part }];
  });
}

function sorted(...places) {
  return places.sort((a, b) => Number(a - b));
}

/** A full dump with fewer ranges: everything else stays as dbghelp wrote it. */
function trim(dump, exe) {
  const count = dump.readUInt32LE(8);
  const directory = dump.readUInt32LE(12);
  const at = (type) => {
    for (let entry = directory; entry < directory + 12 * count; entry += 12)
      if (dump.readUInt32LE(entry) === type) return dump.readUInt32LE(entry + 8);
    throw new Error(`no stream ${type}`);
  };
  const [list, memory] = [at(4), at(9)];
  const modules = Array.from({ length: dump.readUInt32LE(list) }, (_, index) => {
    const start = dump.readBigUInt64LE(list + 4 + 108 * index);
    return { start, end: start + BigInt(dump.readUInt32LE(list + 12 + 108 * index)) };
  });
  let offset = Number(dump.readBigUInt64LE(memory + 8));
  const end = offset;
  const ranges = Array.from({ length: Number(dump.readBigUInt64LE(memory)) }, (_, index) => {
    const address = dump.readBigUInt64LE(memory + 16 + 16 * index);
    const size = Number(dump.readBigUInt64LE(memory + 24 + 16 * index));
    offset += size;
    return { address, bytes: dump.subarray(offset - size, offset) };
  });
  const sections = sectionsOf(exe, modules[0].start);
  const kept = ranges.flatMap((range) => needed(range, modules, sections));
  const head = Buffer.from(dump.subarray(0, end));
  head.writeBigUInt64LE(BigInt(kept.length), memory);
  for (const [index, { address, bytes }] of kept.entries()) {
    head.writeBigUInt64LE(address, memory + 16 + 16 * index);
    head.writeBigUInt64LE(BigInt(bytes.length), memory + 24 + 16 * index);
  }
  return Buffer.concat([head, ...kept.map(({ bytes }) => bytes)]);
}

function sectionsOf(exe, base) {
  const at = exe.readUInt32LE(60);
  const table = at + 24 + exe.readUInt16LE(at + 20);
  const headers = { start: base, end: base + 4096n };
  const sections = Array.from({ length: exe.readUInt16LE(at + 6) }, (_, index) => {
    const entry = table + 40 * index;
    const start = base + BigInt(exe.readUInt32LE(entry + 12));
    return {
      start,
      end: start + BigInt(exe.readUInt32LE(entry + 8)),
      code: (exe.readUInt32LE(entry + 36) & 0x20) !== 0,
      // Go's linker gives these names of more than eight bytes.
      debug: exe[entry] === 0x2f || exe.toString("latin1", entry, entry + 7) === ".symtab",
    };
  });
  return [headers, ...sections];
}

try {
  mkdirSync(machine, { recursive: true });
  mkdirSync(results, { recursive: true });
  const source = join(folder, "src");
  cpSync(program, source, { recursive: true });
  // As fixture.ts builds it: byte for byte the same.
  writeFileSync(join(source, "go.mod"), "module example.com/crash\n\ngo 1.24\n");
  const exe = join(machine, "service.exe");
  run("go", ["build", "-buildvcs=false", "-trimpath", "-o", exe, "."], source, {
    ...process.env,
    GOFLAGS: "",
    GOWORK: "off",
    GOOS: "windows",
    GOARCH: "amd64",
    GOAMD64: "v1",
    CGO_ENABLED: "0",
    GOTOOLCHAIN: "go1.26.8",
  });
  const gcc = "x86_64-w64-mingw32-gcc";
  run(gcc, ["-O1", "-o", join(machine, "dump.exe"), join(here, "dump.c"), "-ldbghelp"], folder);
  run(wine, ["wineboot", "-i"], folder, { ...environment, WINEDLLOVERRIDES: "mscoree,mshtml=" });
  const library = join(folder, "drive_c/windows/system32/bcryptprimitives.dll");
  if (!existsSync(library))
    run(gcc, ["-O1", "-shared", "-nostdlib", "-e", "DllMain", "-o", library, join(here, "prng.c")], folder);
  for (const [type, name, kind] of [
    ["2", "nil", "nil"],
    ["2", "dll", "dll"],
    ["0", "thin", "nil"],
  ]) {
    const env = { ...environment, GOTRACEBACK: "wer" };
    const said = run(wine, ["dump.exe", type, `${name}.dmp`, "C:\\service\\service.exe", kind], machine, env);
    const dump = readFileSync(join(machine, `${name}.dmp`));
    const bytes = type === "2" ? trim(dump, readFileSync(exe)) : dump;
    const packed = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    writeFileSync(join(results, `${name}.dmp.br`), packed);
    // What the program printed before: the runtime's own word of what the dump must tell.
    if (name === "nil")
      writeFileSync(join(results, "nil.txt"), said.slice(0, said.lastIndexOf("\n", said.length - 2) + 1));
    console.log(name, dump.length, "→", bytes.length, "→", packed.length, said.trim().split("\n").at(-1));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
