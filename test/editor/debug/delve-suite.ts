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
  assert.equal(await vscode.debug.startDebugging(folder, launch), true);
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

test("so is one whose value the debugger shows in another way", async () => {
  const { session, stop, printed, over } = await debug("error");
  await eventually("the stop", stop);
  await crashes(2);
  console.log(JSON.stringify(stop()));
  console.log(JSON.stringify(await seen()));
  await session().customRequest("continue", { threadId: stop()!.threadId });
  await over;
  await new Promise((done) => setTimeout(done, 1000));
  console.log(printed());
  const [entry, ...others] = await seen();
  assert.deepEqual(others, [INDEX]);
  console.log(JSON.stringify(entry));
});

test("a deadlock too", async () => {
  const { session, stop, printed, over } = await debug("deadlock");
  await eventually("the stop", stop);
  await crashes(3);
  console.log(JSON.stringify(stop()));
  console.log(JSON.stringify(await seen()));
  await session().customRequest("continue", { threadId: stop()!.threadId });
  await over;
  await new Promise((done) => setTimeout(done, 1000));
  console.log(printed());
  console.log(JSON.stringify(await seen()));
  assert.equal((await seen()).length, 3);
});
