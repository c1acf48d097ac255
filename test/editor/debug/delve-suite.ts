/** Debug sessions with a real Delve: what is noticed when a program panics under it. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Entry } from "../../../src/editor/history.ts";
import type { Api } from "../../../src/extension/extension.ts";
import { test } from "../host/runner.ts";

export { run } from "../host/runner.ts";

const folder = vscode.workspace.workspaceFolders![0]!;
const api = () => vscode.extensions.getExtension<Api>("golm.golm-faultcheck")!.activate();

interface Message {
  readonly event?: string;
  readonly body?: { readonly reason?: string; readonly output?: string; readonly threadId?: number };
}

async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 50_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Starts a program under Delve, looking on. */
async function debug(name: string) {
  const heard: Message[] = [];
  let session: vscode.DebugSession | undefined;
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory("go", {
    createDebugAdapterTracker(of) {
      session = of;
      return { onDidSendMessage: (message: Message) => heard.push(message) };
    },
  });
  const over = new Promise<void>((done) => {
    const listener = vscode.debug.onDidTerminateDebugSession(() => {
      listener.dispose();
      done();
    });
  });
  const program = vscode.Uri.joinPath(folder.uri, name).fsPath;
  const launch = { type: "go", request: "launch", name, mode: "debug", program, outputMode: "remote" };
  const started = await vscode.debug.startDebugging(folder, launch);
  assert.ok(started, `the session did not start: ${JSON.stringify(heard)}`);
  tracker.dispose();
  const stop = () => heard.find(({ event }) => event === "stopped")?.body;
  const printed = () =>
    heard.map(({ event, body }) => (event === "output" ? (body?.output ?? "") : "")).join("");
  return { session: () => session!, stop, printed, over };
}

/** The history without what differs from run to run. */
async function seen(): Promise<object[]> {
  const entries = await (await api()).crashes();
  return entries.map(({ header, count, origin, verdict, live }: Entry) => ({
    header,
    count,
    live,
    origin: `${origin.kind} ${origin.label}`,
    cause: verdict?.cause?.id,
    place: `${verdict?.place?.function} ${verdict?.place?.path?.split("/").slice(-2).join("/")}:${verdict?.place?.line}`,
  }));
}

const crashes = (count: number) =>
  eventually(`crash ${count}`, async () => {
    const entries = await (await api()).crashes();
    return entries.length === count && entries[0]!.verdict ? true : undefined;
  });

const INDEX = {
  header: "panic: runtime error: index out of range [2] with length 2",
  count: 1,
  live: true,
  origin: "debug index",
  cause: "runtime/index-out-of-range/off-by-one",
  place: "main.sum index/main.go:5",
};

test("a panic is diagnosed where the debugger stops, before it is printed", async () => {
  await api();
  const { session, stop, printed, over } = await debug("index");
  await eventually("the stop", stop);
  await crashes(1);
  assert.deepEqual(await seen(), [INDEX]);
  assert.doesNotMatch(printed(), /index out of range/);
  await session().customRequest("continue", { threadId: stop()!.threadId });
  await over;
  assert.match(printed(), /panic: runtime error: index out of range/);
});

test("and is the same crash when it is printed", async () => {
  await new Promise((done) => setTimeout(done, 1000));
  assert.deepEqual(await seen(), [INDEX]);
});

const ERROR = {
  header: "panic: load tiny.gguf: no weights",
  count: 1,
  live: true,
  origin: "debug error",
  cause: "runtime/explicit-panic/failed-check",
  place: "main.load error/main.go:11",
};

const DEADLOCK = {
  header: "fatal error: all goroutines are asleep - deadlock!",
  count: 1,
  live: true,
  origin: "debug deadlock",
  cause: "runtime/deadlock/send-without-receiver",
  place: "main.main deadlock/main.go:5",
};

/** Runs to the stop and, after a while, on to the end. Returns what was printed. */
async function through(name: string): Promise<string> {
  const { session, stop, printed, over } = await debug(name);
  await eventually("the stop", stop);
  await new Promise((done) => setTimeout(done, 1000));
  await session().customRequest("continue", { threadId: stop()!.threadId });
  await over;
  await new Promise((done) => setTimeout(done, 1000));
  return printed();
}

test("an error's text is the same at the stop and in print", async () => {
  assert.match(await through("error"), /panic: load tiny\.gguf: no weights/);
  assert.deepEqual(await seen(), [ERROR, INDEX]);
});

test("a deadlock is diagnosed too, once", async () => {
  assert.match(await through("deadlock"), /fatal error: all goroutines are asleep/);
  assert.deepEqual(await seen(), [DEADLOCK, ERROR, INDEX]);
});

test("a second session counts it again", async () => {
  await through("index");
  assert.deepEqual(await seen(), [{ ...INDEX, count: 2 }, DEADLOCK, ERROR]);
});

test("a program that ends well leaves the history alone", async () => {
  const { over } = await debug("clean");
  await over;
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal((await seen()).length, 3);
});
