/** Cores through the adapter: real crashes, a real Delve, what an editor is told of them. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openBinary } from "../../../src/delve/core-file.ts";
import { buildTwin } from "../../../src/delve/twin.ts";
import { crash, temporary } from "../delve/fixture.ts";
import { minidump } from "../delve/windows.ts";
import { crashed, Session } from "./client.ts";

vi.setConfig({ testTimeout: 90_000 });

let session: Session | undefined;
afterEach(async () => {
  await session?.close();
  session = undefined;
});

async function open(name: string): Promise<Session> {
  const { program, core } = crashed(name);
  session = await Session.open();
  await session.launch({ mode: "core", program, core });
  return session;
}

const golden = (name: string) => join("../../golden/adapter", `${name}.txt`);

describe("a stripped program's core", () => {
  it("is read with the twin, which another program's binary cannot stand in for", async () => {
    const { program, source, core } = crash("service", { flags: ["-ldflags=-s -w"] });
    const original = openBinary(program);
    const twin = join(temporary(), "twin");
    await buildTwin(original, { source, output: twin });
    original.source.close();
    session = await Session.open();
    await session.launch({ mode: "core", program, core, twin });
    const { body, frames } = await session.stopped();
    await session.says("Read with the twin");
    expect(frames[0]!.name).toMatch(/^main\./);
    const { client } = session;
    const { threads } = (await client.threadsRequest()).body;
    expect(threads.length).toBeGreaterThan(1);
    expect(body.threadId).toBeGreaterThan(0);
    await session.close();
    session = await Session.open();
    const other = crashed("live").program;
    await expect(session.launch({ mode: "core", program, core, twin: other })).rejects.toThrow();
  });
});

describe("a core", () => {
  it("of a panic in a goroutine stands at the user's line, with its reason and diagnosis", async () => {
    const at = await open("live");
    const { body, frames } = await at.stopped();
    expect(body).toMatchObject({
      reason: "exception",
      description: "panic",
      text: "assignment to entry in nil map",
      threadId: 1,
    });
    expect(frames[0]).toMatchObject({ name: "main.(*cache).put", line: 17 });
    // The last of what the cause's recipe looks at.
    await at.says("page = 2");
    await at.event("golm.crash", ({ crashText }: { crashText: string }) =>
      crashText.startsWith("panic: assignment to entry in nil map\n"),
    );
    const info = (await at.client.exceptionInfoRequest({ threadId: 1 })).body;
    expect(info.description).toContain("Diagnosis: Assignment to an entry in a nil map");
    await at.close();
    await expect(at.transcript()).toMatchFileSnapshot(golden("core-nil-map"));
  });

  it("of a signal in C code tells signal and address, and stands in the C function", async () => {
    const at = await open("segv");
    const { body, frames } = await at.stopped();
    expect(body).toMatchObject({ reason: "exception", description: "signal SIGSEGV" });
    expect(frames[0]!.name).toBe("read_at");
    await at.says("address 0xc");
    await at.event("golm.crash");
    await at.close();
    await expect(at.transcript()).toMatchFileSnapshot(golden("core-cgo-signal"));
  });

  it("of Windows stands at the thread that failed, with its exception", async () => {
    const { program, core } = minidump("nil");
    session = await Session.open();
    await session.launch({ mode: "core", program, core });
    const { body, frames } = await session.stopped();
    expect(body).toMatchObject({
      description: "panic",
      text: "runtime error: invalid memory address or nil pointer dereference",
      threadId: 1,
    });
    expect(frames[0]).toMatchObject({ name: "main.(*layer).scaleOf" });
    await session.says("(EXCEPTION_ACCESS_VIOLATION, address 0x0)");
    await session.says("Diagnosis: ");
    const { threads } = (await session.client.threadsRequest()).body;
    expect(threads.length).toBeGreaterThan(8);
    await session.close();
    session = await Session.open();
    await expect(session.launch({ mode: "core", program, core: minidump("thin").core })).rejects.toThrow(
      /stacks of threads/,
    );
  });

  it("of more goroutines than Delve lists shows them in groups, the failing one first", async () => {
    const at = await open("many");
    await at.stopped();
    const { threads } = (await at.client.threadsRequest()).body;
    expect(threads[0]!.name).toMatch(/^\[Go 1\] main\.main \(running at main\.go:24\)$/);
    expect(threads.map(({ name }) => name)).toContain("1500 × chan receive at main.go:7");
    expect(threads.map(({ name }) => name)).toContainEqual(
      expect.stringMatching(/^40 × sleep at time\.go:\d+$/),
    );
    expect(threads.length).toBeLessThan(40);
    await at.says(/goroutines, shown as \d+ groups/);
    const group = threads.find(({ name }) => name.startsWith("1500 ×"))!;
    const { stackFrames } = (await at.client.stackTraceRequest({ threadId: group.id })).body;
    expect(stackFrames.find(({ presentationHint }) => presentationHint !== "subtle")!.name).toBe("main.wait");
  });

  it("answers what it cannot do with a sentence", async () => {
    const at = await open("live");
    const { body } = await at.stopped();
    for (const command of ["continue", "next", "stepIn", "stepOut", "pause"])
      await expect(at.client.send(command, { threadId: body.threadId })).rejects.toThrow(
        /one moment and cannot run on/,
      );
    const set = await at.client.setBreakpointsRequest({
      source: { path: "/x.go" },
      breakpoints: [{ line: 1 }],
    });
    expect(set.body.breakpoints).toEqual([
      { verified: false, message: expect.stringContaining("does not run") },
    ]);
    const watch = await at.client.send("dataBreakpointInfo", { name: "x" });
    expect(watch.body.dataId).toBeNull();
    await expect(
      at.client.send("setVariable", { variablesReference: 1000, name: "layer", value: "2" }),
    ).rejects.toThrow(/cannot be changed/);
    const { body: evaluated } = await at.client.evaluateRequest({
      expression: "runtime.buildVersion",
      context: "repl",
    });
    expect(evaluated.result).toMatch(/^"go1\./);
  });
});

describe("a core that cannot be opened", () => {
  const cases: readonly [string, (files: ReturnType<typeof crashed>) => Record<string, string>, RegExp][] = [
    [
      "with another binary",
      ({ core }) => ({ core, program: crashed("segv").program }),
      /was not written by .*build ID .*Find the binary/s,
    ],
    [
      "that is text",
      (files) => ({ ...files, core: written("text", "no core\n".repeat(999)) }),
      /is not a core dump/,
    ],
    ["that is cut in its notes", (files) => ({ ...files, core: cut(files.core, 900) }), /cut short/],
    ["of another architecture", (files) => ({ ...files, core: forArm(files.core) }), /arm64/],
    ["that is not there", (files) => ({ ...files, core: "/nowhere/core" }), /nowhere\/core/],
    ["without a program", ({ core }) => ({ core }), /"program" is missing/],
    ["at a relative path", (files) => ({ ...files, core: "core" }), /must be an absolute path/],
    ["with a Delve that is not there", (files) => ({ ...files, delve: "/nowhere/dlv" }), /no such program/],
    [
      "with a Delve that is too old",
      (files) => ({ ...files, delve: pretending("1.7.3") }),
      /oldest that works/,
    ],
    [
      "with a Delve of another generation",
      (files) => ({ ...files, delve: pretending("2.0.0") }),
      /generation/,
    ],
    [
      "with a program that is no Delve",
      (files) => ({ ...files, delve: "/bin/true" }),
      /does not answer as Delve/,
    ],
  ];
  it.each(cases)("%s is refused with one sentence, and the session ends", async (_, args, sentence) => {
    session = await Session.open();
    await expect(session.launch({ mode: "core", ...args(crashed("live")) })).rejects.toThrow(sentence);
    await session.event("terminated");
  });
});

function written(name: string, text: string): string {
  const path = join(temporary(), name);
  writeFileSync(path, text);
  return path;
}

function cut(core: string, length: number): string {
  const path = join(temporary(), "cut");
  copyFileSync(core, path);
  truncateSync(path, length);
  return path;
}

/** The same core as an arm64 machine would have marked it: e_machine is EM_AARCH64. */
function forArm(core: string): string {
  const path = join(temporary(), "arm");
  copyFileSync(core, path);
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from([0xb7, 0]), 0, 2, 18);
  closeSync(file);
  return path;
}

/** Delve's answer to `dlv version`, of a release that no module proxy has to give. */
function pretending(version: string): string {
  const path = written(`dlv-${version}`, `#!/bin/sh\necho "Delve Debugger\nVersion: ${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}
