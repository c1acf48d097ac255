/** The web build in a worker: no process, no Node. */
import * as vscode from "vscode";
import type { Api } from "../../../src/extension/extension.ts";
import { test } from "../host/runner.ts";

export { run } from "../host/runner.ts";

const folder = vscode.workspace.workspaceFolders![0]!.uri;
const extension = vscode.extensions.getExtension<Api>("golm.golm-faultcheck")!;

function equal(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`found ${String(found)}, wanted ${String(wanted)}`);
}

test("runs in a worker, without Node", async () => {
  equal(typeof (globalThis as { importScripts?: unknown }).importScripts, "function");
  equal(
    typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node,
    "undefined",
  );
  const { activation } = await extension.activate();
  console.log(`activation ${activation.toFixed(1)} ms`);
});

test("diagnoses a text, and finds the line in the workspace", async () => {
  const { diagnose, crashes } = await extension.activate();
  const text = [
    "panic: runtime error: index out of range [2] with length 2",
    "",
    "goroutine 1 [running]:",
    "main.sumScores(...)",
    "\t/build/beam/scores.go:7",
    "main.main()",
    "\t/build/beam/main.go:6 +0x1d",
    "",
  ].join("\n");
  await diagnose(text, "text");
  const [entry] = await crashes();
  equal(entry?.verdict?.cause?.id, "runtime/index-out-of-range/off-by-one");
  equal(entry?.verdict?.place?.path, vscode.Uri.joinPath(folder, "scores.go").toString());
});

test("diagnoses a file, and opens its panel", async () => {
  await vscode.commands.executeCommand("golm.diagnosePath", vscode.Uri.joinPath(folder, "crash.txt"));
  const { crashes } = await extension.activate();
  equal((await crashes()).length, 2);
  equal(
    (await crashes())[0]?.header.startsWith("SIGABRT") ||
      (await crashes())[0]?.header.includes("GGML_ASSERT"),
    true,
  );
});

test("offers nothing that runs a program", async () => {
  const known = await vscode.commands.getCommands(true);
  equal(known.includes("golm.recordRuns"), false);
});
