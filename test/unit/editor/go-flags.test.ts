import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  execFlag,
  hasExec,
  varsWithExec,
  varsWithoutExec,
  withExec,
  withoutExec,
} from "../../../src/editor/go-flags.ts";

describe("GOFLAGS", () => {
  test.each(["", "-mod=mod", "-mod=mod -trimpath", "'-ldflags=-s -w' -race"])(
    "%j comes back as it was",
    (flags) => {
      for (const program of ["/usr/bin/rec", "/opt/my tools/rec"]) {
        const recorded = withExec(flags, program)!;
        expect(recorded.startsWith(flags)).toBe(true);
        expect(withExec(recorded, program)).toBe(recorded);
        expect(withoutExec(recorded, program)).toBe(flags);
      }
    },
  );

  test("that run programs under something already stay so", () => {
    expect(withExec("-exec=sudo", "/rec")).toBeUndefined();
    expect(hasExec("'-exec=qemu -L /x'")).toBe(true);
    expect(hasExec("-mod=mod")).toBe(false);
  });

  test.each(["/usr/bin/rec", "/opt/my tools/rec", "/opt/o'brien/rec"])(
    "Go reads %s as it is meant",
    (program) => {
      const { stdout, status, stderr } = spawnSync("go", ["env", "GOFLAGS"], {
        encoding: "utf8",
        env: { ...process.env, GOFLAGS: execFlag(program) },
      });
      expect(stderr).toBe("");
      expect(status).toBe(0);
      expect(stdout.trim()).toBe(execFlag(program));
    },
  );
});

describe("go.testEnvVars", () => {
  const program = "/opt/my tools/rec";

  test("come back as they were", () => {
    for (const [vars, inherited] of [
      [{}, ""],
      [{}, "-mod=mod"],
      [{ A: "1" }, "-mod=mod"],
      [{ GOFLAGS: "-race", A: "1" }, "-mod=mod"],
    ] as const) {
      const recorded = varsWithExec(vars, inherited, program)!;
      expect(hasExec(recorded.GOFLAGS!)).toBe(true);
      expect(recorded.GOFLAGS!.startsWith(("GOFLAGS" in vars ? vars.GOFLAGS : undefined) ?? inherited)).toBe(
        true,
      );
      expect(varsWithoutExec(recorded, inherited, program)).toEqual(vars);
    }
  });

  test("that the user changed since stay as he changed them", () => {
    const recorded = varsWithExec({}, "", program)!;
    const changed = { ...recorded, GOFLAGS: `${recorded.GOFLAGS} -race` };
    expect(varsWithoutExec(changed, "", program)).toEqual({ GOFLAGS: "-race" });
    expect(varsWithoutExec({ GOFLAGS: "-race" }, "", program)).toEqual({ GOFLAGS: "-race" });
    expect(varsWithExec({ GOFLAGS: "-exec=sudo" }, "", program)).toBeUndefined();
  });
});
