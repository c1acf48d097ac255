/** A crash in a terminal, as a user meets it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import type { Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { beamService } from "./service.ts";

const SHOTS = ".cache/shots";

describe.each(EDITOR_VERSIONS.slice(0, 1))("VS Code %s", (version) => {
  let workspace: Workspace;
  let editor: Editor;

  beforeAll(async () => {
    workspace = beamService();
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      env: { PATH: process.env.PATH!, GOFLAGS: "-mod=mod", GOCACHE: "/tmp/golm-gocache" },
    });
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });

  it("shows a crash that a program printed", async () => {
    await editor.terminal.open();
    await editor.terminal.run("go run .");
    try {
      await editor.workbench.statusItem("Index out of range").waitFor({ timeout: 30_000 });
    } finally {
      await editor.screenshot(SHOTS, `terminal-${version}`);
      console.log(editor.serverLog.slice(-2000));
    }
  });

  it("opens the diagnosis from the header", async () => {
    await editor.terminal.clickLink("index out of range");
    await editor.page.waitForTimeout(4000);
    await editor.screenshot(SHOTS, `panel-${version}`);
    await editor.webviews.inner().locator("h1").first().waitFor();
  });

  it("opens a frame", async () => {
    await editor.terminal.clickLink("scores.go:7");
    await expect.poll(() => editor.workbench.tabs()).toContain("scores.go");
    await editor.page.waitForTimeout(2000);
    await editor.screenshot(SHOTS, `line-${version}`);
  });

  it("lists problems", async () => {
    const problems = await editor.workbench.problems("Index out of range");
    console.log(problems);
    await editor.screenshot(SHOTS, `problems-${version}`);
  });
});
