/** The same editor in another language and theme, in a folder nobody trusts, with the extension from a VSIX. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

describe.each(EDITOR_VERSIONS)("VS Code %s", (version) => {
  let workspace: Workspace;
  let folder: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = makeWorkspace({ "main.go": "package main\n" });
    folder = mkdtempSync(join(tmpdir(), "golm-vsix-"));
    const vsix = join(folder, "fixture.vsix");
    await createVSIX({
      cwd: "test/editor/fixture-extension",
      packagePath: vsix,
      dependencies: false,
      allowMissingRepository: true,
      skipLicense: true,
    });
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      locale: "zh-cn",
      theme: "light",
      trusted: false,
      extension: { vsix },
    });
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("runs the extension out of a VSIX, in Chinese", async () => {
    await editor.workbench.statusItem("Fixture ready").waitFor();
    await editor.palette.run("Fixture: 问候");
    await editor.workbench.notification("Hello, 世界");
  });

  it("does not trust the folder", async () => {
    expect((await editor.workbench.status()).join("\n")).toContain("Restricted Mode");
  });

  it("dresses webviews in the light theme", async () => {
    await editor.palette.run("Fixture: Open Panel");
    await editor.webviews.inner().locator("body.vscode-light").waitFor();
    await editor.screenshot(".cache/shots", `options-${version}`);
  });
});
