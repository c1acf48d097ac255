/** A crash in a terminal, as a user meets it: noticed, clicked, kept through a reload, mended. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import type { Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { beamService, MENDED } from "./service.ts";

const SHOTS = ".cache/shots";
const versions = EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? EDITOR_VERSIONS.length));

describe.each(versions)("VS Code %s", (version) => {
  let workspace: Workspace;
  let editor: Editor;

  beforeAll(async () => {
    workspace = beamService();
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
    });
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });

  const crash = () => editor.workbench.statusItem("Index out of range");

  it("notices a crash, and says so in the status bar", async () => {
    await editor.terminal.open();
    await editor.terminal.run("go run .");
    await crash().waitFor();
  });

  it("opens the diagnosis from the header in the terminal", async () => {
    await editor.terminal.clickLink("index out of range");
    await editor.webviews.inner().locator("h1").first().waitFor();
    await editor.webviews.inner().getByText("Index equal to the length").first().waitFor();
    await editor.screenshot(SHOTS, `panel-${version}`);
  });

  it("opens the line from a frame", async () => {
    await editor.terminal.clickLink("scores.go:7");
    await expect.poll(() => editor.workbench.tabs()).toContain("scores.go");
    await expect.poll(() => editor.workbench.position()).toMatchObject({ line: 7 });
    await editor.screenshot(SHOTS, `line-${version}`);
  });

  it("lists it in Problems, with the way to it", async () => {
    const problems = await editor.workbench.problems("Index out of range");
    expect(problems.join("\n")).toContain("main.main at line 6");
  });

  it("shows it in its view, beside the fault tree", async () => {
    await editor.page.locator('.activitybar [aria-label^="GoLM"]').first().click();
    await editor.page.locator(".monaco-list-row", { hasText: "Index out of range" }).first().waitFor();
    await editor.page.locator(".pane-header", { hasText: "Fault Tree" }).click();
    await editor.page
      .locator(".monaco-list-row", { hasText: "Go runtime and standard library" })
      .first()
      .waitFor();
    await editor.screenshot(SHOTS, `views-${version}`);
  });

  it("keeps panel, history and problem through a reload", async () => {
    await editor.workbench.tab("Index out of range").click();
    await editor.reload();
    await crash().waitFor();
    await editor.webviews.inner().locator("h1").first().waitFor();
    await editor.screenshot(SHOTS, `reload-${version}`);
  });

  it("takes the problem away when the same command runs clean", async () => {
    await editor.terminal.open();
    writeFileSync(join(workspace.folder, "scores.go"), MENDED);
    await editor.terminal.run("go run .");
    await crash().waitFor({ state: "detached" });
  });
});
