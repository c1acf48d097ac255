/** A fault whose code is that of the catalogue's example: the fix goes into the user's file, and the report into a file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closeEditors, crashRow, panelOf, type Session } from "./session.ts";

const HEADLINE = "Slice bounds out of range";
const EXAMPLE = "catalog/runtime/slice-bounds/string-cut";
const FILE = "cmd/prompt/main.go";

/** Files of the workspace these flows need. */
export const PROMPT_BUILDER = { [FILE]: readFileSync(join(EXAMPLE, "repro/main.go"), "utf8") };

export function fixFlows(session: Session): void {
  const editor = () => session.editor;
  const path = (name: string) => join(session.workspace.folder, name);

  describe("a fix", () => {
    it("is put into the file, unsaved, and the program then runs", async () => {
      await editor().sidebar.open("GoLM");
      await editor().terminal.open();
      expect(await editor().terminal.run("go run ./cmd/prompt")).toContain("slice bounds out of range");
      await crashRow(session, HEADLINE).click();
      const panel = await panelOf(session, HEADLINE);
      await panel.getByRole("button", { name: "Apply to the file" }).click();
      await editor().page.locator(".view-lines", { hasText: "min(b.budget/2, len(document))" }).waitFor();
      expect(readFileSync(path(FILE), "utf8")).toBe(PROMPT_BUILDER[FILE]);
      // Beside the panel, which offers it no more.
      await panel.locator(".status", { hasText: "The fix is in the editor" }).waitFor();
      await expect.poll(() => panel.getByRole("button", { name: "Apply to the file" }).count()).toBe(0);
      await panel.getByRole("button", { name: "Copy fix" }).waitFor();
      await editor().palette.run("File: Save");
      await expect
        .poll(() => readFileSync(path(FILE), "utf8"))
        .toBe(readFileSync(join(EXAMPLE, "fixed/main.go"), "utf8"));
      expect(await editor().terminal.run("go run ./cmd/prompt")).toMatch(/\d+ bytes/);
    });

    it("is not offered once the code is another", async () => {
      await closeEditors(session);
      await crashRow(session, HEADLINE).click();
      const panel = await panelOf(session, HEADLINE);
      await panel.locator("pre.diff").first().waitFor();
      expect(await panel.getByRole("button", { name: "Apply to the file" }).count()).toBe(0);
    });
  });

  describe("a report", () => {
    it("is written where the user says", async () => {
      const panel = await panelOf(session, HEADLINE);
      await panel.getByRole("button", { name: "Export" }).click();
      await editor().palette.pick("HTML");
      const name = () => readdirSync(session.workspace.folder).find((each) => /^crash-.*\.html$/.test(each));
      expect(name()).toBeUndefined();
      // The editor's own dialog for a new file, with our name in it.
      await editor().page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click();
      await panel.locator(".status", { hasText: "Written to crash-" }).waitFor();
      const report = readFileSync(path(name()!), "utf8");
      expect(report).toContain("Report of ");
      expect(report).toContain("promptBuilder");
      expect(existsSync(path(FILE))).toBe(true);
      await closeEditors(session);
    });
  });
}
