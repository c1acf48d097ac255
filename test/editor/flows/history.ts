/** What stays of a crash: history, Problems, status bar, text at the line, hover, quick fix; and what clears it. */
import { describe, expect, it } from "vitest";
import { poll } from "../driver/poll.ts";
import { BROKEN, MENDED, SCORES_FILE } from "./service.ts";
import { closeEditors, crashRow, panelOf, picture, type Session } from "./session.ts";

const TITLE = "Index out of range: index 3";

export function historyFlows(session: Session): void {
  const editor = () => session.editor;
  const run = async () => {
    await editor().palette.run("Terminal: Create New Terminal");
    await editor().terminal.prompt();
    await editor().terminal.run("go run -trimpath .");
  };

  describe("a crash that was seen", () => {
    it("is in the history", async () => {
      await editor().palette.run("GoLM: Clear Crash Marks");
      await editor().sidebar.open("GoLM");
      await crashRow(session, TITLE).waitFor();
      expect(await crashRow(session, TITLE).getAttribute("aria-label")).toContain("scores.go:7");
    });

    it("counts up when it recurs, and an open panel with it", async () => {
      await crashRow(session, TITLE).click();
      const panel = await panelOf(session, TITLE);
      await panel.locator(".seen", { hasText: "seen once" }).waitFor();
      await run();
      await panel.locator(".seen", { hasText: "seen 2 times" }).waitFor();
      await crashRow(session, TITLE).and(editor().page.locator('[aria-label*="×2"]')).waitFor();
      expect(await editor().workbench.tabs()).toHaveLength(1);
      await closeEditors(session);
    });

    it("is a problem at its line, with the way to it", async () => {
      const problems = await editor().workbench.problems(TITLE);
      const at = problems.findIndex((row) => row.includes(TITLE));
      expect(problems[at]).toMatch(/Likely cause: Index equal to the length at line 7/);
      expect(problems[at + 1]).toMatch(/main\.main at line 6 .* main\.go/);
    });

    it("is in the status bar, one click from its diagnosis", async () => {
      await editor().workbench.statusItem("Index out of range").click();
      await panelOf(session, TITLE);
      await closeEditors(session);
    });

    it("stands after the line", async () => {
      await editor().palette.openFile(SCORES_FILE, 7);
      await editor().page.locator(".view-line", { hasText: "total += scores[i]" }).waitFor();
      await expect.poll(() => contentAfter(session)).toContain("Index out of range: index 3");
    });

    it("tells more in a hover", async () => {
      await editor().page.keyboard.press("Home");
      await editor().palette.run("Show or Focus Hover");
      const hover = editor().page.locator(".monaco-hover:visible");
      await hover.getByText("Seen 2 times").waitFor();
      await hover.getByText("Likely cause: Index equal to the length").first().waitFor();
      expect((await hover.allInnerTexts()).join("\n").match(/Likely cause/g)).toHaveLength(1);
      await picture(session, "line", { still: true });
      await editor().page.keyboard.press("Escape");
    });

    it("has a quick fix that opens the diagnosis", async () => {
      await editor().palette.openFile(SCORES_FILE, 7);
      const menu = editor().page.locator(".action-widget:visible");
      // A key is lost while the editor is still taking the focus.
      await poll(async () => {
        if (!(await menu.isVisible())) await editor().page.keyboard.press("ControlOrMeta+.");
        return menu.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      }, "the quick fixes");
      await menu.getByText("Open the diagnosis").click();
      await panelOf(session, TITLE);
      await closeEditors(session);
    });

    it("goes with its line while the file is edited, and is not shown on other code", async () => {
      const page = editor().page;
      const row = page.locator(".markers-panel .monaco-list-row").filter({ hasText: TITLE });
      await editor().workbench.problems(TITLE);
      await editor().palette.openFile(SCORES_FILE, 2);
      await page.keyboard.type("// one\n// two\n");
      await row.and(page.locator('[aria-label*="at line 9"]')).waitFor();
      // Another file and back: the text after the line is drawn anew.
      await editor().palette.openFile("go.mod");
      await editor().palette.openFile(SCORES_FILE, 9);
      await expect.poll(() => contentAfter(session)).toContain(TITLE);
      await page.keyboard.press("End");
      await page.keyboard.type("*0");
      await row.waitFor({ state: "detached" });
      await expect.poll(() => contentAfter(session)).not.toContain(TITLE);
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Backspace");
      await row.and(page.locator('[aria-label*="at line 9"]')).waitFor();
      await editor().palette.run("File: Save");
      await closeEditors(session);
      // By another program, with the file closed.
      session.workspace.write(SCORES_FILE, `// above\n${BROKEN}`);
      await row.and(page.locator('[aria-label*="at line 8"]')).waitFor();
      session.workspace.write(SCORES_FILE, BROKEN);
      await row.and(page.locator('[aria-label*="at line 7"]')).waitFor();
    });

    it("is cleared by a clean run", async () => {
      session.workspace.write(SCORES_FILE, MENDED);
      await run();
      await expect.poll(() => problemRows(session)).not.toContain(TITLE);
      await crashRow(session, TITLE).waitFor();
      await editor().workbench.statusItem("Index out of range: index 3").waitFor({ state: "detached" });
    });
  });
}

/** Text that decorations draw behind lines is only in style sheets. */
function contentAfter({ editor }: Session): Promise<string> {
  return editor.page.evaluate(() =>
    [...document.querySelectorAll(".view-line span")]
      .map((span) => getComputedStyle(span, "::after").content)
      .join("\n"),
  );
}

async function problemRows({ editor }: Session): Promise<string> {
  const rows = editor.page.locator(".markers-panel .monaco-list-row");
  return (await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label")))).join("\n");
}
