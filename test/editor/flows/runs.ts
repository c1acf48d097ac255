import { describe, expect, it } from "vitest";
import { BROKEN, SCORES_FILE } from "./service.ts";
import { closeEditors, crashRow, openAt, type Session } from "./session.ts";

const NIL_MAP = "Assignment to an entry in a nil map";

export function runFlows(session: Session): void {
  const editor = () => session.editor;
  const runTask = async (label: string) => {
    await editor().palette.run("Tasks: Run Task");
    await editor().palette.pick(label);
  };

  /** A crash that is not mended has the flame. */
  const live = () => editor().page.locator(".monaco-list-row:has(.codicon-flame)");

  describe("runs", () => {
    it("of one test start over its function, and are diagnosed", async () => {
      session.workspace.write(SCORES_FILE, BROKEN);
      await editor().sidebar.open("GoLM");
      await editor().palette.openFile("scores_test.go", 7);
      const lens = editor().page.locator(".codelens-decoration a", { hasText: "run with diagnosis" });
      await expect.poll(() => lens.count()).toBe(2);
      await lens.first().click();
      await crashRow(session, "Index out of range: index 2").waitFor();
      await closeEditors(session);
    });

    it("of a task are diagnosed", async () => {
      await runTask("stream with diagnosis");
      await editor().workbench.statusItem("Deadlock").waitFor();
      await crashRow(session, "Deadlock: all goroutines are asleep").waitFor();
    });

    it("of a shell task stand in Problems once, with our entry in place of what $go-panic matched", async () => {
      await runTask("cache in a shell");
      await crashRow(session, NIL_MAP).and(live()).waitFor();
      const rows = async () =>
        (await editor().workbench.problems(NIL_MAP)).filter((row) => / at line (?:8|13)\b/.test(row));
      await expect
        .poll(rows)
        .toEqual([
          expect.stringMatching(/Assignment to an entry in a nil map[\s\S]* at line 8/),
          expect.stringMatching(/main\.main at line 13/),
        ]);
      // The matcher hands over its last match when the task has ended, and ours takes its place.
      await editor().page.waitForTimeout(1000);
      await expect.poll(rows).toHaveLength(2);
      await runTask("cache in a shell");
      await crashRow(session, NIL_MAP).filter({ hasText: "×2" }).waitFor();
      await editor().page.waitForTimeout(1000);
      await expect.poll(rows).toHaveLength(2);
      await editor().palette.run("GoLM: Clear Crash Marks");
      const left = editor().page.locator(".markers-panel .monaco-list-row", { hasText: "main.main" });
      await left.waitFor({ state: "detached" });
    });

    it("of the package at hand start under the debugger with F5, and no question", async () => {
      await editor().palette.openFile(SCORES_FILE, 4);
      await editor().page.keyboard.press("F5");
      await openAt(session, SCORES_FILE, 7);
      await editor().workbench.statusItem("Index out of range: index 3").waitFor();
      await editor().palette.run("Debug: Stop");
      await editor().page.locator(".debug-toolbar").waitFor({ state: "hidden" });
      await closeEditors(session);
    });

    // What is kept, and where, is the business of test/editor/recorder.
    it("go through the recorder once that is switched on, and no more once it is off", async () => {
      const flags = async () => {
        await editor().terminal.open();
        return editor().terminal.run("echo GOFLAGS=$GOFLAGS");
      };
      await editor().palette.run("GoLM: Record All Go Runs of This Workspace");
      await expect.poll(flags).toContain("golm-record");
      expect(await editor().terminal.run("go run ./cmd/batch")).toContain("integer divide by zero");
      await editor().palette.run("GoLM: Stop Recording Go Runs");
      // The editor hands its new environment to terminals a moment later.
      await expect.poll(flags).toBe("GOFLAGS=");
    });
  });
}
