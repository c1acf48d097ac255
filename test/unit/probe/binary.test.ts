/** Real programs with real defects: a library taken away, a loader of another libc, symbols split off. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readExecutable } from "../../../src/binary/executable.ts";
import { openSource } from "../../../src/binary/file-source.ts";
import { judgeBinary } from "../../../src/probe/binary.ts";
import { amd64Level } from "../../../src/probe/cpu.ts";
import type { ProbeReport } from "../../../src/probe/finding.ts";
import { root, runner } from "../cli/cli.ts";
import { must, SOURCES, workshop } from "./programs.ts";

const run = runner(join(root, "dist"));
const shop = workshop();
const library = join(shop.path, "libtiny.so");

/** The library with the version its symbol then has. */
function compileLibrary(version: string): void {
  const map = join(shop.path, "map");
  writeFileSync(map, `${version} { global: tiny_answer; local: *; };`);
  const source = join(SOURCES, "native/lib/tiny.c");
  must(
    "gcc",
    ["-shared", "-fPIC", `-Wl,--version-script=${map}`, "-Wl,-soname,libtiny.so", "-o", library, source],
    shop.path,
  );
}

let native = "";
beforeAll(() => {
  compileLibrary("TINY_2");
  const env = { CGO_ENABLED: "1", CGO_LDFLAGS: `-L${shop.path} -Wl,-rpath,$ORIGIN` };
  native = shop.build("native", "native", { env });
}, 300_000);
afterAll(() => shop.remove());

function check(exe: string, ...args: string[]) {
  const { status, stdout, stderr } = run(["check", "binary", exe, ...args]);
  return { status, stdout, stderr };
}

function report(exe: string, ...args: string[]): ProbeReport {
  return (JSON.parse(check(exe, "--format", "json", ...args).stdout) as { reports: ProbeReport[] })
    .reports[0]!;
}

const titles = (exe: string, ...args: string[]) =>
  report(exe, ...args)
    .findings.filter(({ level }) => level === "bad")
    .map(({ title }) => title);

describe("a program with a library of its own", () => {
  test("is fine while the library is there", () => {
    const { status, stdout } = check(native);
    expect(stdout).toContain(`libtiny.so ${library}`);
    expect(status).toBe(0);
    expect(spawnSync(native, { encoding: "utf8" }).stderr).toBe("42\n");
  });

  test("is told what is missing, as the loader would say it", () => {
    renameSync(library, `${library}.away`);
    try {
      const { status, stdout } = check(native);
      expect(status).toBe(1);
      expect(stdout).toContain("❌ libtiny.so is missing, which native needs\n");
      expect(stdout).toContain("golm-faultcheck explain native/loader/missing-library");
      const loader = spawnSync(native, { encoding: "utf8" });
      expect([loader.status, loader.stderr]).toEqual([
        127,
        expect.stringContaining("error while loading shared libraries: libtiny.so"),
      ]);
    } finally {
      renameSync(`${library}.away`, library);
    }
  });

  test("is told of a version the library does not have", () => {
    compileLibrary("TINY_1");
    try {
      expect(titles(native)).toEqual(["native needs TINY_2 of libtiny.so; here it has TINY_1"]);
      expect(spawnSync(native, { encoding: "utf8" }).stderr).toContain("version `TINY_2' not found");
    } finally {
      compileLibrary("TINY_2");
    }
  });

  test("is told of a library for another machine", () => {
    const bytes = must(
      "node",
      [
        "-e",
        `const b=require("fs").readFileSync(${JSON.stringify(library)});b[18]=183;process.stdout.write(b.toString("base64"))`,
      ],
      "/",
    );
    renameSync(library, `${library}.away`);
    try {
      writeFileSync(library, Buffer.from(bytes, "base64"));
      expect(titles(native)).toEqual([`${library} is for arm64`]);
    } finally {
      renameSync(`${library}.away`, library);
    }
  });

  test("is looked at inside an unpacked image", () => {
    const image = join(shop.path, "image");
    const put = (from: string, to: string) => {
      mkdirSync(dirname(join(image, to)), { recursive: true });
      copyFileSync(from, join(image, to));
    };
    put(native, "app/native");
    expect(titles(join(image, "app/native"), "--root", image)).toEqual([
      "the loader /lib64/ld-linux-x86-64.so.2 is not there",
      "libtiny.so is missing, which native needs",
      "libc.so.6 is missing, which native needs",
    ]);
    put(library, "app/libtiny.so");
    put("/lib/x86_64-linux-gnu/libc.so.6", "lib/x86_64-linux-gnu/libc.so.6");
    put("/lib64/ld-linux-x86-64.so.2", "lib64/ld-linux-x86-64.so.2");
    put("/etc/ld.so.conf", "etc/ld.so.conf");
    put("/etc/ld.so.conf.d/x86_64-linux-gnu.conf", "etc/ld.so.conf.d/x86_64-linux-gnu.conf");
    expect(titles(join(image, "app/native"), "--root", image)).toEqual([]);
  });
});

describe("builds", () => {
  test("for tests are not for shipping", () => {
    const race = shop.build("plain", "race", { flags: ["-race"], env: { CGO_ENABLED: "1" } });
    expect(titles(race)).toEqual(["built with -race"]);
    expect(report(race).findings[0]!.cause).toBe("build-deploy/toolchain/race-build-shipped");
  });

  test("with a loader of another libc do not start, and are told why", () => {
    const musl = shop.build("native", "musl", {
      env: { CGO_ENABLED: "1", CGO_LDFLAGS: `-L${shop.path}` },
      flags: ["-ldflags=-linkmode external -extldflags=-Wl,--dynamic-linker=/lib/ld-musl-golm.so.1"],
    });
    expect(titles(musl)).toContain("the loader /lib/ld-musl-golm.so.1 is not there");
    expect(titles(musl)).toContain("linked with musl's loader and glibc's libc.so.6");
    expect(spawnSync(musl).error).toMatchObject({ code: "ENOENT" });
  });

  test("stripped, and with the symbols beside them", () => {
    const small = shop.build("plain", "small", { flags: ["-trimpath", "-ldflags=-s -w"] });
    const find = (exe: string) => report(exe).findings.find(({ id }) => id === "debug-info")!;
    expect(find(small)).toMatchObject({ level: "doubtful", cause: "build-deploy/symbols/stripped" });
    const split = shop.build("plain", "split");
    must("objcopy", ["--only-keep-debug", split, `${split}.debug`], shop.path);
    must("objcopy", ["--strip-debug", `--add-gnu-debuglink=${split}.debug`, split], shop.path);
    expect(find(split)).toMatchObject({ level: "good", title: `debug information is in ${split}.debug` });
    rmSync(`${split}.debug`);
    expect(find(split)).toMatchObject({
      level: "doubtful",
      cause: "build-deploy/symbols/debug-file-left-behind",
    });
    // A debug file of another build is none.
    copyFileSync(shop.build("plain", "other", { flags: ["-trimpath"] }), `${split}.debug`);
    expect(find(split).level).toBe("doubtful");
  });

  test("for newer processors than this", () => {
    const v4 = shop.build("plain", "v4", { env: { GOAMD64: "v4", GOARCH: "amd64", CGO_ENABLED: "0" } });
    const file = openSource(v4);
    const exe = readExecutable(file)!;
    file.close();
    const cpuinfo =
      "flags\t\t: fpu cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3 avx avx2 bmi1 bmi2 f16c fma abm movbe xsave\n";
    const around = { arch: "amd64", os: "linux", cpuinfo };
    const [first] = judgeBinary("v4", exe, around, "en").findings;
    expect(first!.title).toBe("built for GOAMD64=v4, and this machine is v3");
    expect(first!.cause).toBe("build-deploy/toolchain/cpu-level-too-high");
    expect(amd64Level("flags : fpu sse2\n")?.level).toBe(1);
    expect(amd64Level("Features : fp asimd\n")).toBeUndefined();
  });

  test("with gonum, and with netlib, say who computes", () => {
    const modules = (...paths: string[]) => paths.map((path) => ({ path, version: "v0.16.0" }));
    const file = openSource(native);
    const exe = readExecutable(file)!;
    file.close();
    const blas = (paths: string[], libraries: string[]) =>
      judgeBinary(
        "x",
        { ...exe, libraries, go: { ...exe.go!, modules: modules(...paths) } },
        { arch: "amd64", os: "linux" },
        "en",
      ).findings.find(({ id }) => id === "blas")?.title;
    expect(blas([], [])).toBeUndefined();
    expect(blas(["gonum.org/v1/gonum"], [])).toBe("BLAS: gonum in pure Go");
    expect(blas(["gonum.org/v1/gonum", "gonum.org/v1/netlib"], ["libopenblas.so.0"])).toBe(
      "BLAS: native, libopenblas.so.0",
    );
    expect(blas(["gonum.org/v1/netlib"], [])).toContain("no BLAS library is linked");
  });
});

describe("what is no program", () => {
  test.each([
    [join(root, "package.json"), "is no program in ELF, Mach-O or PE form"],
    [join(root, "nothing"), "there is no such file"],
    [root, "is no regular file"],
    ["/dev/zero", "is no regular file"],
  ])("%s", (path, words) => {
    const { status, stdout, stderr } = check(path);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
  });
});
