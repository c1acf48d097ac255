/** Running programs through the adapter: recipes, the user's breakpoints beside them, and watchpoints. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { delve, temporary } from "../delve/fixture.ts";
import { Session, source } from "./client.ts";
import { processesBelow } from "./processes.ts";

vi.setConfig({ testTimeout: 90_000 });

let session: Session | undefined;
afterEach(async () => {
  await session?.close();
  session = undefined;
});

const golden = (name: string) => join("../../golden/adapter", `${name}.txt`);

function recipe(name: string, text: string): string {
  const path = join(temporary(), `${name}.yaml`);
  writeFileSync(path, text);
  return path;
}

const NIL_MAP = `kind: live
title: Stop at the panic
steps:
  - breakpoint: runtime.gopanic
    sees: "runtime.gopanic\\\\(\\\\)"
  - command: stack 6
  - frame: user
    sees: "main\\\\..*put at "
  - command: args -v
    sees: "^\\\\s*pages: map\\\\[int\\\\]int nil"
  - print: c
`;

const SLOT = `kind: live
title: Who writes the slot
steps:
  - breakpoint: main.go:32
    once: true
  - print: c.slots
  - watch: c.slots[1]
  - print: i
    sees: "^1$"
  - frame: user
proves: { en: "fill writes the slot.", zh: "fill 写了这个槽。" }
refutes: { en: "Somebody else writes it.", zh: "写它的是别处。" }
`;

const NAN = `kind: live
title: Which step makes the NaN
steps:
  - breakpoint: main.go:32
    once: true
  - print: c.slots
  - watch: c.slots[1]
    condition: c.slots[1] != c.slots[1]
  - frame: user
    sees: main.fill
proves: { en: "fill writes the NaN.", zh: "fill 写入了 NaN。" }
`;

async function live(
  args: Record<string, unknown>,
  configure?: (session: Session) => Promise<void>,
): Promise<Session> {
  session = await Session.open();
  await session.launch({ mode: "debug", program: source("live"), ...args }, configure);
  return session;
}

const main = () => join(source("live"), "main.go");
const breakAt =
  (...lines: number[]) =>
  async ({ client }: Session) => {
    const { body } = await client.setBreakpointsRequest({
      source: { path: main() },
      breakpoints: lines.map((line) => ({ line })),
    });
    expect(body.breakpoints.map(({ verified }) => verified)).toEqual(lines.map(() => true));
  };

describe("a recipe", () => {
  it("stops where the nil map is written, and looks at it", async () => {
    const at = await live({ recipe: recipe("nil-map", NIL_MAP) });
    const { body, frames } = await at.stopped();
    expect(body.description).toBe("recipe: runtime.gopanic");
    expect(frames[0]).toMatchObject({ name: "main.(*cache).put", line: 17 });
    await at.close();
    await expect(at.transcript()).toMatchFileSnapshot(golden("recipe-nil-map"));
  });

  it("watches a slice element that a goroutine writes, beside the user's breakpoint on the same line", async () => {
    const at = await live({ recipe: recipe("slot", SLOT) }, breakAt(32));
    const { body, frames } = await at.stopped();
    expect(body).toMatchObject({
      reason: "data breakpoint",
      description: "recipe: watchpoint on c.slots[1]",
    });
    expect(frames[0]).toMatchObject({ name: "main.fill", line: 23 });
    await at.close();
    await expect(at.transcript()).toMatchFileSnapshot(golden("recipe-slot"));
  });

  it("places a watchpoint where the breakpoint before it stopped, with no look between", async () => {
    const text =
      "kind: live\ntitle: x\nsteps:\n  - breakpoint: main.go:32\n  - watch: c.slots[2]\n  - print: i\n    sees: ^2$\n";
    const at = await live({ recipe: recipe("direct", text) });
    const { body, frames } = await at.stopped();
    expect(body.description).toBe("recipe: watchpoint on c.slots[2]");
    expect(frames[0]).toMatchObject({ name: "main.fill", line: 23 });
    await at.says("✓ Seen: 2");
  });

  it("stops at the write that makes a NaN, though Delve cannot compare it", async () => {
    const at = await live({ recipe: recipe("nan", NAN) });
    const { body, frames } = await at.stopped();
    expect(body).toMatchObject({
      reason: "data breakpoint",
      description: "recipe: watchpoint on c.slots[1]",
    });
    expect(frames[0]!.name).toBe("main.fill");
    await at.close();
    await expect(at.transcript()).toMatchFileSnapshot(golden("recipe-nan"));
  });

  it("that the program never reaches says so, and the panic is diagnosed", async () => {
    const at = await live({
      recipe: recipe(
        "never",
        "kind: live\ntitle: Never\nsteps:\n  - breakpoint: main.go:32\n    condition: 1 == 2\n  - command: args\n",
      ),
    });
    const { body } = await at.stopped();
    expect(body).toMatchObject({ reason: "exception", description: "panic" });
    await at.says("ended before it reached: main.go:32");
    const info = (await at.client.exceptionInfoRequest({ threadId: body.threadId! })).body;
    expect(info.description).toContain("Diagnosis: Assignment to an entry in a nil map");
  });

  it("says that a watched variable on the stack ends with its function, before the session does", async () => {
    const steps =
      "steps:\n  - breakpoint: main.(*counter).put\n    once: true\n  - watch: c.slots[1]\n  - print: value\n";
    const at = await live({
      program: source("brief"),
      recipe: recipe("stack", `kind: live\ntitle: Stack\n${steps}`),
    });
    await at.says("ended before it reached: c.slots[1]. A variable on the stack is watched only until");
  });

  const VERDICTS = "proves: It is nil.\nrefutes: It is made.\n";

  it("that names nothing to be seen says what to compare, and no verdict", async () => {
    const steps = "steps:\n  - breakpoint: runtime.gopanic\n  - frame: user\n  - print: c.pages\n";
    const at = await live({ recipe: recipe("open", `kind: live\ntitle: Open\n${steps}${VERDICTS}`) });
    await at.stopped();
    await at.says("It is the cause if: It is nil.");
    await at.says("It is not if: It is made.");
    expect(at.heard.join("\n")).not.toMatch(/Proves it|Rules it out/);
  });

  it("whose stop is not in the program says so, and rules nothing out", async () => {
    const steps = "steps:\n  - breakpoint: main.elsewhere\n  - print: x\n    sees: ^1$\n";
    const at = await live({ recipe: recipe("elsewhere", `kind: live\ntitle: Else\n${steps}${VERDICTS}`) });
    await at.stopped();
    await at.says("Cannot stop at main.elsewhere");
    await at.says("It is not if: It is made.");
    expect(at.heard.join("\n")).not.toMatch(/Proves it|Rules it out|before it reached/);
  });

  it("rules its cause out by a value that was read, not by one that was not", async () => {
    const steps = (print: string) =>
      `steps:\n  - breakpoint: runtime.gopanic\n  - frame: user\n  - print: ${print}\n    sees: "no such"\n`;
    const read = await live({
      recipe: recipe("read", `kind: live\ntitle: A\n${steps("c.pages")}${VERDICTS}`),
    });
    await read.stopped();
    await read.says("Rules it out: It is made.");
    await read.close();
    const not = await live({
      recipe: recipe("unread", `kind: live\ntitle: B\n${steps("nowhere.x")}${VERDICTS}`),
    });
    await not.stopped();
    await not.says("It is not if: It is made.");
    expect(not.heard.join("\n")).not.toMatch(/Proves it|Rules it out/);
  });

  it("put to a crash's own line shows it, and leaves the verdict to its reader", async () => {
    const recipeAt = { function: "main.(*cache).put", file: main(), line: 17 };
    const wish = { recipe: recipe("filled", NIL_MAP + VERDICTS), recipeAt };
    const at = await live(wish);
    await at.stopped();
    await at.says("It is the cause if: It is nil.");
    expect(at.heard.join("\n")).not.toMatch(/Proves it|Rules it out|✗/);
  });

  it("of the catalogue rules nothing out in a program that is not its example", async () => {
    const at = await live({ recipe: "runtime/nil-map-write/never-made" });
    // The example's map has strings for keys, this one numbers: its stop is not reached, though the map is nil.
    await at.says("It is not if: It never stops: the map was made.");
    expect(at.heard.join("\n")).not.toMatch(/Proves it|Rules it out|✗/);
    await at.close();
    const nowhere = await live({ recipe: "model/numeric/masked-row-nan" });
    await nowhere.says("This recipe stops in functions of the catalogue's example");
    expect(nowhere.heard.join("\n")).not.toMatch(/Stops at|Rules it out/);
  });

  it("of a package that is no program is refused", async () => {
    const folder = join(temporary(), "no-program");
    mkdirSync(folder);
    writeFileSync(join(folder, "go.mod"), "module example.com/store\n\ngo 1.24\n");
    writeFileSync(join(folder, "store.go"), "package store\n");
    session = await Session.open();
    await expect(session.launch({ mode: "debug", program: folder })).rejects.toThrow(
      /no-program is no package main/,
    );
  });

  it.each([
    ["that nobody has", "no/such/cause", /There is no recipe/],
    [
      "that is broken",
      () => recipe("broken", "kind: live\ntitle: x\nsteps:\n  - brakepoint: y\n"),
      /cannot be used: .*broken\.yaml:4/s,
    ],
  ])("%s is refused", async (_, id, sentence) => {
    session = await Session.open();
    const wish = { mode: "debug", program: source("live"), recipe: typeof id === "string" ? id : id() };
    await expect(session.launch(wish)).rejects.toThrow(sentence);
    await session.event("terminated");
  });
});

describe("a user's watchpoint", () => {
  it("is offered the word that can be watched, is named when hit, and finds the slots full", async () => {
    const at = await live({}, breakAt(32, 34));
    const { body, frames } = await at.stopped();
    expect(body.description).toBe("your breakpoint: main.main, main.go:32");
    const { client } = at;
    const info = async (name: string) =>
      (await client.send("dataBreakpointInfo", { name, frameId: frames[0]!.id })).body;
    expect(await info("c.slots[1]")).toMatchObject({ dataId: "1,0,c.slots[1]" });
    expect(await info("c.name")).toMatchObject({
      dataId: expect.stringMatching(/\*\(\*int\)\(0x/),
      description: "length of c.name",
    });
    expect(await info("*c")).toMatchObject({
      dataId: null,
      description: expect.stringMatching(/^main\.cache has \d+ bytes, .*c\.pages, c\.slots, c\.name/),
    });
    const wanted = ["c.slots[0]", "c.slots[1]", "c.slots[2]", "c.slots[3]", "c.name"];
    const ids = await Promise.all(wanted.map(async (name) => (await info(name)).dataId as string));
    const set = await client.send("setDataBreakpoints", {
      breakpoints: ids.map((dataId) => ({ dataId, accessType: "write" })),
    });
    const { breakpoints } = set.body as { breakpoints: { verified: boolean; message?: string }[] };
    expect(breakpoints.map(({ verified }) => verified)).toEqual([true, true, true, true, false]);
    expect(breakpoints[4]!.message).toContain("All 4 hardware slots are taken (c.slots[0], c.slots[1]");
    await client.setBreakpointsRequest({ source: { path: main() }, breakpoints: [] });
    await client.continueRequest({ threadId: body.threadId! });
    const hit = await at.stopped(2);
    expect(hit.body).toMatchObject({
      reason: "data breakpoint",
      text: expect.stringMatching(/^watchpoint on c\.slots\[[01]\]$/),
    });
  });
});

describe("a Delve that fails", () => {
  it("is missed when it is killed, with one sentence", async () => {
    const at = await live({}, breakAt(32));
    await at.stopped();
    process.kill(await delveOf(at), "SIGKILL");
    await at.says(/Delve ended \(SIGKILL\) in mid session/);
    await at.event("terminated");
  });

  it("is ended when it hangs", async () => {
    session = await Session.open({ GOLM_DAP_SILENCE_MS: "1500" });
    await session.launch({ mode: "debug", program: source("live") }, breakAt(32));
    await session.stopped();
    const pid = await delveOf(session);
    process.kill(pid, "SIGSTOP");
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "latin1")).toMatch(/\) T /);
    await expect(session.client.evaluateRequest({ expression: "1", context: "repl" })).rejects.toThrow(
      /did not answer/,
    );
    await session.says(/has not answered for 2 s and was ended/);
    await session.event("terminated");
  });

  it("says why it cannot attach", async () => {
    session = await Session.open();
    await expect(session.launch({ request: "attach", processId: 2 ** 22 - 3 })).rejects.toThrow(
      /There is no process/,
    );
    await session.event("terminated");
  });
});

/** The Delve of a session, by its parent. */
async function delveOf({ pid }: Session): Promise<number> {
  const path = await delve();
  const found = processesBelow(pid).find(({ args }) => args.startsWith(path));
  if (!found) throw new Error("no Delve below the adapter");
  return found.pid;
}
