/** The packed extension in a clean editor, on the newest VS Code and the oldest: the main way, in short. */
import { describe, expect, it } from "vitest";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { beamService, MENDED, SCORES_FILE } from "./service.ts";
import { closeEditors, crashRow, openAt, panelOf, useSession } from "./session.ts";

const TITLE = "Index out of range: index 3";

describe.each(EDITOR_VERSIONS)("VS Code %s with the VSIX", (version) => {
  const session = useSession({
    version,
    makeWorkspace: beamService,
    vsix: true,
  });
  const editor = () => session.editor;

  it("notices a crash in a terminal", async () => {
    await editor().terminal.open();
    await editor().terminal.run("go run .");
    await editor().workbench.statusItem("Index out of range").waitFor();
  });

  it("opens the diagnosis from its header, and a frame at its line", async () => {
    await editor().terminal.clickLink("index out of range");
    const panel = await panelOf(session, TITLE);
    await panel.getByText("Index equal to the length").first().waitFor();
    await editor().terminal.clickLink("scores.go:7");
    await openAt(session, SCORES_FILE, 7);
  });

  it("has it in Problems and in the history", async () => {
    expect((await editor().workbench.problems(TITLE)).join("\n")).toContain("at line 7");
    await editor().sidebar.open("GoLM");
    await crashRow(session, TITLE).waitFor();
    await closeEditors(session);
  });

  it("restores the panel when the window is reloaded", async () => {
    await crashRow(session, TITLE).click();
    await panelOf(session, TITLE);
    await editor().reload();
    await panelOf(session, TITLE);
    await crashRow(session, TITLE).waitFor();
  });

  it("clears the problem after a clean run", async () => {
    session.workspace.write(SCORES_FILE, MENDED);
    await editor().terminal.open();
    await editor().terminal.run("go run .");
    await editor().workbench.statusItem("Index out of range").waitFor({ state: "detached" });
  });
});
