import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
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

  test("cannot say a path with blanks and a quote", () => {
    for (const program of ["/opt/o'brien's tools/rec", '/opt/the "best" tools/rec']) {
      expect(execFlag(program)).toBeUndefined();
      expect(withExec("-race", program)).toBeUndefined();
      expect(withoutExec("-race", program)).toBe("-race");
    }
  });
});

describe("Go", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-flags-")));
  afterAll(() => rmSync(folder, { recursive: true }));
  const main = 'package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString(os.Args[1]) }\n';

  /** A program of that name which says that it ran, and runs what it was given. */
  function recorder(name: string): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '#!/bin/sh\nprintf "recorded "\nexec "$@"\n', { mode: 0o755 });
    return path;
  }

  function go(args: readonly string[], GOFLAGS: string) {
    const cwd = join(folder, "my work");
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "go.mod"), "module example.com/beam\n\ngo 1.24\n");
    writeFileSync(join(cwd, "main.go"), main);
    const { status, stdout, stderr } = spawnSync("go", args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, GOFLAGS },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return stdout;
  }

  test.each(["rec", "my tools/rec", "o'brien/rec", 'the"best"/rec'])(
    "runs programs under %s",
    (name) => {
      const program = recorder(name);
      for (const flags of ["", "-mod=mod -trimpath", "'-ldflags=-s -w' -tags=x"]) {
        const recorded = withExec(flags, program)!;
        expect(JSON.parse(go(["env", "-json", "GOFLAGS"], recorded)).GOFLAGS).toBe(recorded);
        expect(go(["run", ".", "it ran"], recorded)).toBe("recorded it ran");
        // What the editor appends to a shell's variable, which may be empty.
        expect(go(["run", ".", "it ran"], ` ${recorded}`)).toBe("recorded it ran");
      }
    },
    120_000,
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
