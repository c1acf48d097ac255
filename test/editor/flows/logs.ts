/** Crash texts that lie about: logs opened, watched, in folders; selections and the clipboard. */
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { closeEditors, panelOf, picture, type Session, setClipboard } from "./session.ts";

/** What a program of the workspace prints when it dies. */
function crashOf(session: Session, name: string, folder = "."): string {
  const cwd = join(session.workspace.folder, folder);
  const { stderr, status } = spawnSync("go", ["run", "-trimpath", name], { cwd, encoding: "utf8" });
  expect(status).not.toBe(0);
  return stderr;
}

export function logFlows(session: Session): void {
  const editor = () => session.editor;
  const explorer = (name: string) =>
    editor().page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();

  describe("crash texts", () => {
    beforeAll(async () => {
      const [batch, registry] = [crashOf(session, "./cmd/batch"), crashOf(session, "./cmd/registry")];
      const { write } = session.workspace;
      write(
        "server.log",
        `listening on :8080\n${batch}restarted after 1 s\n${registry}restarted after 2 s\n`,
      );
      write("incident/monday.log", batch);
      write("incident/tuesday.log", registry);
      write("logs/pod.log", "listening on :8080\n");
      await editor().palette.run("View: Show Explorer");
    });

    it("have a CodeLens over each in a log, which opens its diagnosis", async () => {
      await explorer("server.log").dblclick();
      const lenses = editor().page.locator(".codelens-decoration a");
      await lenses.filter({ hasText: "Nil or invalid pointer dereference" }).waitFor();
      expect(await lenses.filter({ hasText: "Integer division by zero" }).count()).toBe(1);
      await lenses.filter({ hasText: "Nil or invalid pointer dereference" }).click();
      await panelOf(session, "Nil or invalid pointer dereference");
      await picture(session, "log", { alone: true });
      await closeEditors(session);
    });

    it("are diagnosed as the active file and as a selection", async () => {
      await explorer("server.log").dblclick();
      await editor().page.locator(".view-lines", { hasText: "listening" }).waitFor();
      await editor().palette.run("GoLM: Diagnose Active File");
      await expect
        .poll(() => editor().palette.rows())
        .toContain("Integer division by zero or overflow: divided by zero");
      await editor().page.keyboard.press("Escape");
      await editor().palette.run("View: Focus Active Editor Group");
      await editor().palette.run("Select All");
      await editor().palette.run("GoLM: Diagnose Selection");
      await editor().palette.pick("Integer division by zero or overflow: divided by zero");
      await panelOf(session, "Integer division by zero");
      await closeEditors(session);
    });

    it("are diagnosed from the clipboard", async () => {
      await setClipboard(session, crashOf(session, ".", "beam search"));
      await editor().palette.run("GoLM: Diagnose Clipboard");
      await panelOf(session, "Index out of range: index -1");
      await closeEditors(session);
    });

    it("are found in a folder", async () => {
      await editor().workbench.chooseFromMenu(explorer("incident"), "Diagnose File or Folder");
      const rows = await editor().palette.rows();
      expect(rows).toContain("Integer division by zero or overflow: divided by zero");
      expect(rows.join("\n")).toContain("Nil or invalid pointer dereference");
      await editor().page.keyboard.press("Escape");
    });

    it("are noticed in a watched log that grows", async () => {
      const log = join(session.workspace.folder, "logs/pod.log");
      const title = "Deadlock: all goroutines are asleep";
      await editor().sidebar.open("GoLM");
      await editor().palette.run("GoLM: Clear Crash Marks");
      const status = editor().workbench.statusItem("Deadlock");
      await status.waitFor({ state: "detached" });
      appendFileSync(log, crashOf(session, "./cmd/stream"));
      await status.waitFor();
      await editor()
        .sidebar.rows("Crashes")
        .first()
        .and(editor().page.locator(`[aria-label^="${title}"]`))
        .waitFor();
    });
  });
}
