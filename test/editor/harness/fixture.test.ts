/** The harness itself, proven with the fixture extension: when these fail, the product's tests say nothing. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const MAIN = "package main\n\nfunc main() {\n\tprintln(1)\n}\n";

describe.each(EDITOR_VERSIONS)("VS Code %s", (version) => {
  let workspace: Workspace;
  let editor: Editor;

  beforeAll(async () => {
    workspace = makeWorkspace({
      "go.mod": "module fixture\n\ngo 1.24\n",
      "main.go": MAIN,
      "sub/deep.txt": "a\nb\n",
    });
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { development: "test/editor/fixture-extension" },
    });
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });

  it("activates the extension and reads the status bar", async () => {
    await editor.workbench.statusItem("Fixture ready").waitFor();
    expect(await editor.workbench.status()).toContain("Fixture ready");
  });

  it("runs a command of the palette and sees its notification", async () => {
    await editor.palette.run("Fixture: Greet");
    await editor.workbench.notification("Hello, 世界");
    await editor.workbench.clearNotifications();
  });

  it("opens a file at a line", async () => {
    await editor.palette.openFile("main.go", 4);
    expect((await editor.workbench.position()).line).toBe(4);
    expect(await editor.workbench.tabs()).toEqual(["main.go"]);
  });

  it("notices a file that changes on disk", async () => {
    writeFileSync(join(workspace.folder, "main.go"), `// changed on disk\n${MAIN}`);
    await editor.page.locator(".view-lines", { hasText: "changed on disk" }).waitFor();
  });

  it("reads Problems", async () => {
    await editor.palette.run("Fixture: Complain");
    expect((await editor.workbench.problems("fixture problem")).join("\n")).toContain("fixture problem");
  });

  it("talks with a webview", async () => {
    await editor.palette.run("Fixture: Open Panel");
    const page = editor.webviews.inner();
    await page.getByRole("button", { name: "Press" }).click();
    await page.locator("#count", { hasText: "1" }).waitFor();
    await editor.screenshot(".cache/shots", `fixture-${version}`);
  });

  it("dresses the webview anew when the theme changes", async () => {
    await editor.setTheme("hc-black");
    await editor.webviews.inner().locator("body.vscode-high-contrast").waitFor();
    await editor.setTheme("dark");
    await editor.webviews.inner().locator("body.vscode-dark").waitFor();
  });

  it("keeps the webview and its state through a reload, with changed settings", async () => {
    await editor.configure({ "workbench.statusBar.visible": true, "editor.lineNumbers": "off" });
    await editor.workbench.statusItem("Fixture ready").waitFor();
    await editor.webviews.inner().locator("#count", { hasText: "1" }).waitFor();
  });

  it("types in a terminal whose shell integration reports the end of commands", async () => {
    await editor.terminal.open();
    expect(await editor.terminal.run("echo $((6 * 7))")).toBe("42");
    await editor.terminal.run("false");
    await editor.workbench.statusItem("Fixture: false ended with 1").waitFor();
  });

  it("follows a link that the extension finds in the terminal", async () => {
    const before = (await editor.workbench.tabs()).length;
    await editor.terminal.run("echo 'see FIXTURE-LINK here'");
    expect(await editor.terminal.isLink("see", 1000)).toBe(false);
    await editor.terminal.clickLink("FIXTURE-LINK");
    await expect
      .poll(async () => (await editor.workbench.tabs()).length, { timeout: 20_000 })
      .toBe(before + 1);
    await editor.screenshot(".cache/shots", `terminal-${version}`);
  });
});
