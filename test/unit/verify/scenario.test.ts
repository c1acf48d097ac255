import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { catalogSource, goInRange, type Scenario, unmetNeed } from "../../../src/verify/scenario.ts";
import { cleanEnvironment, type Toolchain } from "../../../src/verify/toolchain.ts";

describe("goInRange", () => {
  it.each([
    ["1.26.8", ">=1.21", true],
    ["1.20", ">=1.21", false],
    ["1.26.8", ">=1.21 <1.26", false],
    ["1.25rc1", ">=1.21 <1.26", true],
    ["devel", ">=1.99", true],
  ])("%s in %s: %s", (version, range, inside) => {
    expect(goInRange(version, range)).toBe(inside);
  });
});

describe("unmetNeed", () => {
  const toolchain: Toolchain = {
    go: "/go",
    version: "1.26.8",
    target: "linux/amd64",
    cgo: true,
    race: true,
    asan: true,
    chroot: true,
    env: {},
  };
  const scenario = (needs: string[], buildFlags: string[] = []) =>
    ({ go: ">=1.21", repro: { needs, buildFlags } }) as unknown as Scenario;

  it("is nothing where everything is there", () => {
    expect(unmetNeed(scenario(["cgo", "race", "asan"]), toolchain)).toBeUndefined();
  });

  it("names the compiler, or the platform", () => {
    const bare = { ...toolchain, cgo: false, race: false, asan: false };
    expect(unmetNeed(scenario(["cgo"]), bare)).toMatch(/needs cgo, and there is no C compiler/);
    expect(unmetNeed(scenario([]), bare)).toBeUndefined();
    expect(unmetNeed(scenario(["asan"]), { ...toolchain, asan: false })).toMatch(/does not support/);
  });

  it("names the processor where the fault is of one alone", () => {
    expect(unmetNeed(scenario(["linux-amd64"]), toolchain)).toBeUndefined();
    expect(unmetNeed(scenario(["linux-amd64"]), { ...toolchain, target: "linux/arm64" })).toMatch(/arm64/);
  });

  it("names what a user may not do", () => {
    expect(unmetNeed(scenario(["chroot"]), { ...toolchain, chroot: false })).toMatch(/user namespace/);
  });

  it("reads a need off the flags", () => {
    expect(unmetNeed(scenario([], ["-race"]), { ...toolchain, race: false })).toMatch(/needs race/);
  });
});

describe("catalogSource", () => {
  const root = mkdtempSync(join(tmpdir(), "golm-source-"));
  afterAll(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "catalog"));
  writeFileSync(join(root, "catalog/main.go"), "package main\n");
  writeFileSync(join(root, "secret.go"), "package secret\n");
  symlinkSync(join(root, "secret.go"), join(root, "catalog/link.go"));
  const source = catalogSource(join(root, "catalog"));

  it("finds what the catalogue holds", () => {
    expect(source.find(join(root, "catalog/main.go"), "main.main")?.text).toBe("package main\n");
  });

  it.each(["secret.go", "catalog/../secret.go", "catalog/link.go", "catalog/absent.go", "catalog"])(
    "does not find %s",
    (name) => {
      expect(source.find(`${root}/${name}`, "main.main")).toBeUndefined();
    },
  );

  it("does not find a path that is not absolute", () => {
    expect(source.find("main.go", "main.main")).toBeUndefined();
  });
});

it("cleans the environment of what changes programs and keeps the rest", () => {
  const outside = {
    PATH: "/bin",
    GODEBUG: "x",
    GOFLAGS: "-race",
    LD_PRELOAD: "x",
    GOPROXY: "p",
    ASAN_OPTIONS: "x",
  };
  expect(cleanEnvironment(outside)).toEqual({
    PATH: "/bin",
    GOPROXY: "p",
    GOFLAGS: "",
    GOWORK: "off",
    LC_ALL: "C",
  });
});
