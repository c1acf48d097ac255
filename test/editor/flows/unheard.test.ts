/** A crash that shell integration did not give, in an editor that got the extension as a VSIX. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import type { Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { beamService } from "./service.ts";
import { follow } from "./session.ts";
import { packedExtension } from "./vsix.ts";

const UNHEARD = `panic: send on closed channel

goroutine 7 [running]:
main.stream(0xc000012345)
\t/app/beam/stream.go:12 +0x1d
created by main.main in goroutine 1
\t/app/beam/main.go:9 +0x44
`;

const SHOTS = ".cache/shots";
const versions = EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? EDITOR_VERSIONS.length));

describe.each(versions)("VS Code %s", (version) => {
  let workspace: Workspace;
  let editor: Editor;

  beforeAll(async () => {
    workspace = beamService({ "unheard.txt": UNHEARD });
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { vsix: packedExtension() },
      theme: "dark",
      settings: { "golm.watch.terminals": false },
    });
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });

  it("opens a crash that was never heard, and gives the clipboard back", async () => {
    await editor.terminal.open();
    await editor.terminal.run("cat unheard.txt");
    await editor.page.evaluate(() => navigator.clipboard.writeText("mine"));
    const shown = editor.webviews.inner().getByText("send on closed channel").first();
    await follow({ editor, workspace }, "send on closed channel", () => shown.waitFor());
    expect(await editor.page.evaluate(() => navigator.clipboard.readText())).toBe("mine");
    await editor.screenshot(SHOTS, `unheard-${version}`);
  });

  it("has the frames of a task matched by $go-panic", async () => {
    await editor.palette.run("Tasks: Run Task");
    await editor.palette.pick("cache in a shell");
    const problems = (await editor.workbench.problems("main.main")).join("\n");
    expect(problems).toMatch(/kvCache\)\.put at line 8/);
    expect(problems).toMatch(/main\.main at line 13/);
    expect(problems).not.toContain("nil map");
  });
});
