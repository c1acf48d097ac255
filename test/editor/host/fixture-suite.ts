/** Proves that suites run in the extension host, with the API and the extension under test. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";

export { run } from "./runner.ts";

test("runs in the extension host of the version asked for", () => {
  assert.match(vscode.version, /^1\.\d+\.\d+$/);
});

test("finds the extension and what its activation returns", async () => {
  const found = vscode.extensions.getExtension("golm.golm-fixture");
  assert.ok(found);
  assert.deepEqual(await found.activate(), { ready: true });
});

test("calls a command of it and sees the problem it reports", async () => {
  await vscode.commands.executeCommand("golmFixture.complain");
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, "main.go");
  assert.deepEqual(
    vscode.languages.getDiagnostics(file).map(({ message }) => message),
    ["fixture problem"],
  );
});

test("tells a failure from a pass", async () => {
  await assert.rejects(async () => assert.equal(1, 2));
});
