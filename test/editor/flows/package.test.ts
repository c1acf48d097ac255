/** The packed extension in a clean editor, on the newest VS Code and the oldest: the main way, in short. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { BROKEN, beamService, MENDED, SCORES_FILE } from "./service.ts";
import { closeEditors, crashRow, follow, openAt, panelOf, useSession } from "./session.ts";
import { packedExtension } from "./vsix.ts";

const TITLE = "Index out of range: index 3";

/** A Go string that C keeps. */
const PROMPT = `package main

// int count(char *text);
import "C"

func tokens(prompt string) int {
	text := C.CString(prompt)
	return int(C.count(text))
}
`;

const MEGABYTE = 1024 * 1024;

describe.each(EDITOR_VERSIONS)("VS Code %s with the VSIX", (version) => {
  const session = useSession({
    version,
    makeWorkspace: () => beamService({ "prompt/prompt.go": PROMPT }),
    vsix: true,
  });
  const editor = () => session.editor;

  it("holds nothing needless", () => {
    const extensions = join(editor().folder, "ext");
    const home = join(extensions, readdirSync(extensions).find((name) => name.startsWith("golm."))!);
    const files = readdirSync(home, { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => /\.map$|screenshots|chunks|^dist\/adapter\.js$/.test(name))).toEqual([]);
    const sizes = files.map((name) => statSync(join(home, name))).filter((stats) => stats.isFile());
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(7 * MEGABYTE);
    expect(statSync(packedExtension()).size).toBeLessThan(2 * MEGABYTE);
  });

  it("notices a crash in a terminal", async () => {
    await editor().terminal.open();
    await editor().terminal.run("go run .");
    await editor().workbench.statusItem("Index out of range").waitFor();
  });

  it("opens the diagnosis from its header, and a frame at its line", async () => {
    const panel = await follow(session, "index out of range", () => panelOf(session, TITLE));
    await panel.getByText("Index equal to the length").first().waitFor();
    await follow(session, "scores.go:7", () => openAt(session, SCORES_FILE, 7));
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

  it("underlines the misuse of C memory", async () => {
    await editor().palette.openFile("prompt.go", 7);
    await editor().page.locator(".squiggly-warning").first().waitFor();
    await closeEditors(session);
  });

  it("clears the problem after a clean run", async () => {
    session.workspace.write(SCORES_FILE, MENDED);
    await editor().terminal.open();
    await editor().terminal.run("go run .");
    await editor().workbench.statusItem("Index out of range").waitFor({ state: "detached" });
  });

  it("keeps the program of a test that crashed", async () => {
    session.workspace.write(SCORES_FILE, BROKEN);
    await editor().palette.openFile("scores_test.go", 7);
    await editor().page.locator(".codelens-decoration a", { hasText: "run with diagnosis" }).first().click();
    await crashRow(session, "Index out of range: index 2").waitFor();
    const storage = join(editor().folder, "data/data/User/workspaceStorage");
    const homes = readdirSync(storage).map((id) => join(storage, id, "golm.golm-faultcheck/records"));
    const files = () =>
      homes.filter(existsSync).flatMap((home) => readdirSync(home, { recursive: true, encoding: "utf8" }));
    await expect.poll(() => files().filter((name) => name.endsWith("program-beam.test"))).toHaveLength(1);
    await closeEditors(session);
  });
});
