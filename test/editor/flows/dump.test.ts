/** A program that runs is dumped from the editor and its core opened; and why there is no core is told. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { installDelve } from "../setup/delve.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { useSession } from "./session.ts";

const MAIN = `package main

import "time"

func serve(requests int) {
	for {
		time.Sleep(50 * time.Millisecond)
		requests++
	}
}

func main() {
	serve(41)
}
`;

const delve = await installDelve();
let server: ChildProcess | undefined;
afterAll(() => void server?.kill("SIGKILL"));

function running(): Workspace {
  const workspace = makeWorkspace(
    {
      "go.mod": "module example.com/dumped\n\ngo 1.24\n",
      "main.go": MAIN,
      ".vscode/settings.json": JSON.stringify({ "golm.delve.path": delve }),
    },
    "dumped",
  );
  const { folder } = workspace;
  const flags = ["build", "-buildvcs=false", "-gcflags=all=-N -l", "-o", "dumped", "."];
  const { status, stderr } = spawnSync("go", flags, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  server = spawn("./dumped", { cwd: folder, stdio: "ignore" });
  return workspace;
}

describe(`VS Code ${EDITOR_VERSIONS[0]}, a program that runs`, () => {
  const session = useSession({ version: EDITOR_VERSIONS[0]!, makeWorkspace: running });
  const editor = () => session.editor;

  it("is chosen among the Go processes, dumped, and goes on", async () => {
    await editor().sidebar.open("GoLM");
    await editor().palette.run("GoLM: Dump a Running Process");
    await expect.poll(() => editor().palette.rows()).toContain("dumped");
    await editor().palette.answerTo(`${server!.pid}`, "dumped");
    const message = await editor().workbench.notification("was dumped to");
    const core = join(session.workspace.folder, `core.${server!.pid}`);
    expect(await message.textContent()).toContain(`core.${server!.pid}`);
    expect(existsSync(core)).toBe(true);
    expect(server!.exitCode).toBeNull();
    await message.getByText("Open in Delve").click();
  });

  it("and its core opens, with the frame of its own code", async () => {
    const view = editor().page.locator(".debug-viewlet");
    await editor().palette.run("View: Show Run and Debug");
    await view.locator(".debug-call-stack .monaco-list-row", { hasText: "main.serve" }).first().waitFor();
    await editor().palette.run("Debug: Stop");
  });

  it("is offered by the palette's list of cores, with program, time and size", async () => {
    await editor().workbench.clearNotifications();
    await editor().palette.run("GoLM: Open Core Dump in Delve");
    const row = editor().page.locator(".quick-input-list .monaco-list-row", {
      hasText: `core.${server!.pid}`,
    });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/dumped.*MB/s);
    await editor().page.keyboard.press("Escape");
  });

  it("says why a crash here leaves no core", async () => {
    await editor().palette.run("GoLM: Why Is There No Core?");
    const dialog = editor().page.locator(".monaco-dialog-box");
    await dialog.getByText("GOTRACEBACK").first().waitFor();
    await editor().page.keyboard.press("Escape");
  });
});
