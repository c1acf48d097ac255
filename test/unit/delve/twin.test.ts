import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LOAD } from "../../../src/delve/api.ts";
import { openBinary } from "../../../src/delve/core-file.ts";
import { DelveProblem } from "../../../src/delve/problem.ts";
import { splitQuoted } from "../../../src/delve/quoted.ts";
import { DelveServer } from "../../../src/delve/server.ts";
import { buildTwin, needsTwin, planTwin, withDebugInfo } from "../../../src/delve/twin.ts";
import { build, crash, delve, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  await delve();
}, 180_000);

const servers: DelveServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

describe("a twin", () => {
  for (const [name, options] of Object.entries({
    "-s -w": { flags: ["-ldflags=-s -w"] },
    "-w": { flags: ["-ldflags=-w -X main.version=1-s"] },
    "-s, trimmed": { flags: ["-trimpath", "-ldflags=-s", "-tags=x"] },
    "-s -w, cgo": { flags: ["-ldflags=-s -w -linkmode=external"], env: { CGO_ENABLED: "1" } },
  })) {
    it(`lies where the stripped program lay (${name})`, async () => {
      const { program, source } = build("service", options);
      const original = openBinary(program);
      expect(needsTwin(original)).toBe(true);
      const output = join(temporary(), `twin-${name.replace(/\W/g, "")}`);
      const twin = await buildTwin(original, { source, output });
      original.source.close();
      expect(twin.sameCode).toBe(true);
      const found = openBinary(output);
      expect(needsTwin(found)).toBe(false);
      found.source.close();
    });
  }

  it("lets Delve read the stripped program's core in full", async () => {
    const { program, source, core } = crash("service", { flags: ["-ldflags=-s -w"] });
    const original = openBinary(program);
    const output = join(temporary(), "twin");
    await buildTwin(original, { source, output });
    original.source.close();
    const path = await delve();
    const blind = await DelveServer.start({ delve: path, target: { mode: "core", program, core } });
    servers.push(blind);
    await expect(blind.rpc.goroutines()).rejects.toThrow("could not find goroutine array");
    const seeing = await DelveServer.start({ delve: path, target: { mode: "core", program: output, core } });
    servers.push(seeing);
    const { Goroutines } = await seeing.rpc.goroutines();
    expect(
      Goroutines!.filter(({ goStatementLoc }) => goStatementLoc.function?.name === "main.main").length,
    ).toBe(9);
    const frames = await seeing.rpc.stacktrace(-1, 30, { load: LOAD });
    const main = frames.find((frame) => frame.function?.name === "main.main")!;
    expect(main.Locals!.map(({ name }) => name)).toContain("shared");
  });

  it("is refused, and gone, when the source is another", async () => {
    const { program, source } = build("service", { flags: ["-ldflags=-s -w", "-tags=other"] });
    const main = join(source, "main.go");
    writeFileSync(
      main,
      readFileSync(main, "utf8").replace("func pick(", "func take(").replace("pick(r", "take(r"),
    );
    const original = openBinary(program);
    const output = join(temporary(), "twin-refused");
    await expect(buildTwin(original, { source, output })).rejects.toMatchObject({ code: "twinOtherSource" });
    original.source.close();
    expect(existsSync(output)).toBe(false);
  });
});

describe("flags of a binary", () => {
  const base = { goVersion: "go1.26.8", modules: [], settings: {} };

  it("are taken over at their length, without what strips", () => {
    expect(withDebugInfo("-s -w", "b")).toBe("-f -f");
    expect(withDebugInfo("-w", "b")).toBe("-f");
    expect(withDebugInfo("--s=true -X 'main.v=a -s b' -w", "b")).toHaveLength(
      "--s=true -X 'main.v=a -s b' -w".length,
    );
    expect(withDebugInfo("-X main.a=-s", "b")).toBe("-X main.a=-s");
    expect(withDebugInfo("-extldflags=-static -s", "b")).toBe("-extldflags=-static -f");
  });

  it("that would run a program are refused", () => {
    const settings: readonly Record<string, string>[] = [
      { "-ldflags": "-extld=/tmp/evil" },
      { "-ldflags": "-extldflags '-fplugin=/tmp/evil.so'" },
      { "-ldflags": "'-extldflags=-B /tmp'" },
      { "-toolexec": "/tmp/evil" },
      { "-gcflags": "-toolexec=/tmp/evil" },
      { CGO_CFLAGS: "-fplugin=/tmp/evil.so" },
      { CC: "/tmp/evil" },
    ];
    for (const each of settings)
      expect(() => planTwin({ ...base, settings: each }, "b"), JSON.stringify(each)).toThrow(DelveProblem);
  });

  it("are split as Go splits them", () => {
    expect(splitQuoted(`-X 'a=b c'  "d e" f`)).toEqual(["-X", "a=b c", "d e", "f"]);
    expect(splitQuoted(`'open`)).toBeUndefined();
  });
});
