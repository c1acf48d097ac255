/** Several folders in one window: one open by a link, one with modules below it, each with settings of its own. */
import { appendFileSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { closeEditors, crashRow, panelOf, useSession } from "./session.ts";

const PROMPT = readFileSync("catalog/runtime/slice-bounds/string-cut/repro/main.go", "utf8");
const HEADLINE = "Slice bounds out of range";

const CLOSED = `panic: send on closed channel

goroutine 7 [running]:
main.publish(0xc000012345)
\t/app/beam/publish.go:12 +0x1d
created by main.main in goroutine 1
\t/app/beam/main.go:9 +0x44
`;

const FOLDERS = "all.code-workspace";

function makeFolders(): Workspace {
  const workspace = makeWorkspace(
    {
      [FOLDERS]: JSON.stringify({ folders: [{ path: "chat" }, { path: "tools" }] }),
      "stored/go.mod": "module example.com/chat\n\ngo 1.24\n",
      "stored/main.go": PROMPT,
      "tools/gen/go.mod": "module example.com/gen\n\ngo 1.24\n",
      "tools/gen/main.go": PROMPT,
      "tools/.vscode/settings.json": JSON.stringify({ "golm.watch.logs": ["logs/*.log"] }),
      "tools/logs/pod.log": "listening\n",
    },
    "folders",
  );
  symlinkSync(join(workspace.folder, "stored"), join(workspace.folder, "chat"));
  return workspace;
}

describe(`VS Code ${EDITOR_VERSIONS[0]} with several folders`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    makeWorkspace: makeFolders,
    open: FOLDERS,
    settings: { "task.autoDetect": "on" },
  });
  const editor = () => session.editor;
  const file = (name: string) => editor().page.locator(`.markers-panel [aria-label*="in file ${name} "]`);

  it("marks a crash in the folder it happened in, and by the name that folder is open by", async () => {
    await editor().sidebar.open("GoLM");
    await editor().palette.run("Terminal: Create New Terminal");
    await editor().palette.pick("chat");
    await editor().terminal.prompt();
    expect(await editor().terminal.run("go run -trimpath .")).toContain("example.com/chat/main.go:19");
    await crashRow(session, HEADLINE).click();
    const panel = await panelOf(session, HEADLINE);
    await panel.locator(".where", { hasText: "main.go:19" }).waitFor();
    // Only files of the workspace are changed.
    await panel.getByRole("button", { name: "Apply to the file" }).waitFor();
    await panel.locator(".where .link").click();
    const crumbs = editor().page.locator(".breadcrumbs-control");
    await crumbs.filter({ hasText: "chat" }).filter({ hasText: "main.go" }).waitFor();
    await editor().page.locator(".squiggly-error").first().waitFor();
    await closeEditors(session);
  });

  it("offers the tests of modules that lie deeper", async () => {
    await editor().palette.run("Tasks: Run Task");
    await editor().palette.answerTo("golm", "golm");
    await expect
      .poll(() => editor().palette.rows())
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining("go test ./..."),
          expect.stringContaining("go test ./... (gen)"),
        ]),
      );
    await editor().page.keyboard.press("Escape");
  });

  it("watches the logs that a folder's own settings name", async () => {
    await editor().sidebar.open("GoLM");
    appendFileSync(join(session.workspace.folder, "tools/logs/pod.log"), CLOSED);
    await crashRow(session, "Misused channel").waitFor();
  });

  it("keeps a mark when its file is renamed, and takes it away with the file", async () => {
    await editor().palette.run("GoLM: Clear Crash Marks");
    await editor().palette.run("Terminal: Create New Terminal");
    await editor().palette.pick("tools");
    await editor().terminal.prompt();
    await editor().terminal.run("cd gen; go run .");
    expect((await editor().workbench.problems(HEADLINE))[0]).toMatch(/main\.go of folder .*gen/);
    await editor().palette.openFile("gen/main.go");
    await editor().palette.run("File: Reveal Active File in Explorer View");
    const explorer = editor().page.locator(".explorer-folders-view");
    await explorer.locator(".monaco-list-row.focused", { hasText: "main.go" }).click();
    await editor().page.keyboard.press("F2");
    await explorer.locator("input").fill("cut.go");
    await editor().page.keyboard.press("Enter");
    await file("cut.go").waitFor();
    await closeEditors(session);
    rmSync(join(session.workspace.folder, "tools/gen/cut.go"));
    await file("cut.go").waitFor({ state: "detached" });
  });
});
