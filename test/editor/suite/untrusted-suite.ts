/** A workspace that is not trusted: crashes are diagnosed, and nothing is run. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../../src/extension/extension.ts";
import { test } from "../host/runner.ts";

export { run } from "../host/runner.ts";

const folder = vscode.workspace.workspaceFolders![0]!.uri;
const file = (name: string) => vscode.Uri.joinPath(folder, name);
const api = () => vscode.extensions.getExtension<Api>("golm.golm-faultcheck")!.activate();
/** The trap: a test that leaves a file when it is run. */
const ran = () => existsSync(file("ran").fsPath);

test("diagnoses", async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  await vscode.commands.executeCommand("golm.diagnosePath", file("crash.txt"));
  const [entry] = await (await api()).crashes();
  assert.ok(entry?.verdict?.event);
});

test("offers no test to run, and runs none when it is told to", async () => {
  const uri = file("trap_test.go");
  await vscode.window.showTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
  );
  assert.deepEqual(
    lenses.filter(({ command }) => command?.command === "golm.runTest"),
    [],
  );
  const trap = { kind: "test", name: "TestTrap", line: 4 };
  await Promise.race([
    vscode.commands.executeCommand("golm.runTest", uri.toString(), trap),
    new Promise((done) => setTimeout(done, 5000)),
  ]);
  await new Promise((done) => setTimeout(done, 5000));
  assert.equal(ran(), false);
});

test("does not switch the recorder on", async () => {
  await vscode.commands.executeCommand("golm.recordRuns");
  // The launcher is the first thing that the switch makes, beside the crashes that were written above.
  const storage = join(process.env.HOME!, "../data/data/User/workspaceStorage");
  const homes = readdirSync(storage).map((id) => join(storage, id, "golm.golm-faultcheck"));
  assert.deepEqual(
    homes.filter(existsSync).flatMap((home) => readdirSync(home)),
    ["crashes"],
  );
});
