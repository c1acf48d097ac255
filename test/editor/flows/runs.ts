/** Runs that the extension starts, or records: CodeLens over tests, tasks, the recorder for every run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BROKEN, SCORES_FILE } from "./service.ts";
import { closeEditors, crashRow, type Session } from "./session.ts";

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

    it("of a shell task have their frames matched by $go-panic", async () => {
      await runTask("cache in a shell");
      await crashRow(session, "Assignment to an entry in a nil map").and(live()).waitFor();
      // What is left is the matcher's.
      await editor().palette.run("GoLM: Clear Crash Marks");
      const problems = await editor().workbench.problems("main.main");
      expect(problems.join("\n")).toMatch(/main\.main at line 13/);
    });

    it("are recorded once that is switched on, and no more once it is off", async () => {
      await editor().palette.run("GoLM: Record All Go Runs of This Workspace");
      await editor().terminal.open();
      const flags = () => editor().terminal.run("echo GOFLAGS=$GOFLAGS");
      await expect.poll(flags).toContain("golm-record");
      await editor().terminal.run("GOLM_RECORDS=$PWD/records go run ./cmd/batch");
      const records = join(session.workspace.folder, "records");
      const [run] = readdirSync(records);
      const text = readFileSync(join(records, run!, "crash-1.txt"), "utf8");
      expect(text).toContain("integer divide by zero");

      await editor().palette.run("GoLM: Stop Recording Go Runs");
      await editor().terminal.open();
      expect(await flags()).toBe("GOFLAGS=");
      await editor().terminal.run("GOLM_RECORDS=$PWD/records go run ./cmd/batch");
      expect(readdirSync(records)).toHaveLength(1);
    });
  });
}
