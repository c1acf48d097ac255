import { describe, expect, it } from "vitest";
import { buildArguments, fixedBuilds, instrumentationOf } from "../../../src/verify/build.ts";

const request = {
  module: "/catalog",
  folder: "runtime/deadlock/x/repro",
  as: "run" as const,
  flags: [],
  env: {},
  output: "/out/repro",
};

describe("buildArguments", () => {
  it("builds a main package without DWARF", () => {
    expect(buildArguments(request)).toEqual([
      ..."build -buildvcs=false -ldflags=-w -o /out/repro ./runtime/deadlock/x/repro".split(" "),
    ]);
  });

  it("builds a package's tests", () => {
    expect(buildArguments({ ...request, as: "test" }).slice(0, 2)).toEqual(["test", "-c"]);
  });

  it.each([["-ldflags=-s"], ["-asan"]])("leaves the linker alone beside %s", (flag) => {
    const args = buildArguments({ ...request, flags: [flag] });
    expect(args).toContain(flag);
    expect(args).not.toContain("-ldflags=-w");
  });

  it("never takes a folder for a flag", () => {
    expect(buildArguments({ ...request, folder: "-exec=evil" }).at(-1)).toBe("./-exec=evil");
  });
});

describe("fixedBuilds", () => {
  const both = { race: true, checkptr: true };
  const flags = (...args: Parameters<typeof fixedBuilds>) => fixedBuilds(...args).map((build) => build.flags);

  it("lets one -race build stand for race and checkptr", () => {
    expect(flags([], both, true)).toEqual([[], ["-race"]]);
  });

  it("builds once where the repro is built with -race", () => {
    expect(flags(["-race"], both, true)).toEqual([["-race"]]);
  });

  it("turns checkptr off where -race would turn it on against the scenario", () => {
    expect(flags([], { race: true, checkptr: false }, true)).toEqual([
      [],
      ["-race", "-gcflags=-d=checkptr=0"],
    ]);
  });

  it("builds checkptr alone where there is no -race", () => {
    expect(flags([], { race: false, checkptr: true }, true)).toEqual([[], ["-gcflags=all=-d=checkptr"]]);
    expect(flags([], both, false)).toEqual([[], ["-gcflags=all=-d=checkptr"]]);
  });

  it("does not build the same program twice for a repro built with checkptr", () => {
    const own = "-gcflags=all=-d=checkptr";
    expect(flags([own], { race: false, checkptr: true }, true)).toEqual([[own]]);
  });

  it("keeps the repro's flags and never joins -asan and -race", () => {
    expect(flags(["-asan", "-tags=x"], both, true)).toEqual([
      ["-asan", "-tags=x"],
      ["-tags=x", "-race"],
    ]);
  });
});

it("tells the instrumentation from the flags", () => {
  expect(["-race", "-asan", "-tags=race"].map((flag) => instrumentationOf([flag]))).toEqual([
    "race",
    "asan",
    "none",
  ]);
});
