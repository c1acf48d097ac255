/** A program that runs is dumped from the editor and its core opened; and why there is no core is told. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { installDelve } from "../setup/delve.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { useSession } from "./session.ts";

const MAIN = `package main

import (
	"os"
	"time"
)

// What makes a dump take its time.
var cache []byte

func serve(requests int) {
	for {
		time.Sleep(50 * time.Millisecond)
		requests++
	}
}

func main() {
	if len(os.Args) > 1 {
		cache = make([]byte, 768<<20)
	}
	serve(41)
}
`;

const delve = await installDelve();
let server: ChildProcess | undefined;
let large: ChildProcess | undefined;
afterAll(() => {
  server?.kill("SIGKILL");
  large?.kill("SIGKILL");
});

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
  /** Cores of a process in the workspace, whole or not. */
  const dumpsOf = (pid: number) =>
    readdirSync(session.workspace.folder).filter((name) => name.startsWith(`core.${pid}`));

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

  it("is left alone by a dump that is cancelled halfway, which leaves no file", async () => {
    const { folder } = session.workspace;
    large = spawn("./dumped", ["large"], { cwd: folder, stdio: "ignore" });
    const pid = large.pid!;
    await editor().palette.run("GoLM: Dump a Running Process");
    await expect.poll(() => editor().palette.rows()).toContain("dumped");
    await editor().palette.answerTo(`${pid}`, "dumped");
    // Delve is held in the middle of its work: the click takes longer than the rest of it.
    const half = () => dumpsOf(pid).some((name) => statSync(join(folder, name)).size > 1 << 20);
    await expect.poll(half, { interval: 5, timeout: 60_000 }).toBe(true);
    const [delvePid] = delvesAt(pid);
    process.kill(delvePid!, "SIGSTOP");
    try {
      const message = await editor().workbench.notification(`Dumping process ${pid}`);
      await message.getByText("Cancel", { exact: true }).click();
    } finally {
      process.kill(delvePid!, "SIGCONT");
    }
    await expect.poll(() => [...dumpsOf(pid), ...delvesAt(pid)], { timeout: 30_000 }).toEqual([]);
    expect(large.exitCode).toBeNull();
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^State:\s+[RS]/m);
    expect(status).toMatch(/^TracerPid:\s+0$/m);
    large.kill("SIGKILL");
  });

  it("says why a crash here leaves no core", async () => {
    await editor().palette.run("GoLM: Why Is There No Core?");
    const dialog = editor().page.locator(".monaco-dialog-box");
    await dialog.getByText("GOTRACEBACK").first().waitFor();
    await editor().page.keyboard.press("Escape");
  });
});

/** Process numbers of the Delves that hold this process. */
function delvesAt(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  const holds = new RegExp(`^\\s*(\\d+) \\S*dlv attach .* ${pid}(?: |$)`, "gm");
  return [...stdout.matchAll(holds)].map(([, number]) => Number(number));
}
