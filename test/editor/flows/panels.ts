/** Several diagnoses side by side, and what is left of them when the window is loaded anew. */
import { describe, expect, it } from "vitest";
import {
  clipboard,
  closeEditors,
  crashRow,
  panelOf,
  picture,
  type Session,
  setClipboard,
} from "./session.ts";

const FIRST = "Assignment to an entry in a nil map";
const SECOND = "Nil or invalid pointer dereference";

export function panelFlows(session: Session): void {
  const editor = () => session.editor;

  describe("diagnosis panels", () => {
    it("stand beside each other, one for each fault", async () => {
      await editor().sidebar.open("GoLM");
      for (const title of [FIRST, SECOND, FIRST]) {
        await crashRow(session, title).click();
        await panelOf(session, title);
      }
      expect(await editor().workbench.tabs()).toHaveLength(2);
    });

    it("have room for everything in a whole window", async () => {
      await panelOf(session, FIRST);
      await picture(session, "panel", { alone: true });
    });

    it("show which text each piece of evidence comes from", async () => {
      const panel = await panelOf(session, FIRST);
      const evidence = panel.locator(".evidence .shows").first();
      await evidence.focus();
      await panel.locator("mark.lit").first().waitFor();
    });

    it("open the line they name", async () => {
      const panel = await panelOf(session, FIRST);
      await panel.locator(".where .link").click();
      await editor().page.locator(".view-lines", { hasText: "c.pages[layer] = page" }).waitFor();
    });

    it("copy the diagnosis as Markdown", async () => {
      const panel = await panelOf(session, FIRST);
      await panel.getByRole("button", { name: "Copy as Markdown" }).click();
      await panel.locator(".status", { hasText: "Copied." }).waitFor();
      await expect
        .poll(() => editor().page.evaluate(() => navigator.clipboard.readText()))
        .toContain("assignment to entry in nil map");
    });

    it("say so where the editor's AI is switched off, and leave the question to another", async () => {
      await setClipboard(session, "");
      const panel = await panelOf(session, FIRST);
      await panel.getByRole("button", { name: "Ask the language model" }).click();
      await editor().workbench.notification("AI features are switched off");
      expect(await clipboard(session)).toContain("assignment to entry in nil map");
      await editor().workbench.clearNotifications();
    });

    it("open a cause of the tree", async () => {
      const panel = await panelOf(session, FIRST);
      const cause = panel.locator(".node.cause").first();
      await cause.click();
      await panel.locator(".details h3").first().waitFor();
      expect(await panel.locator(".details").textContent()).toContain("runtime/nil-map-write");
    });

    it("are there again after the window is reloaded, and so is the history", async () => {
      const rows = await editor().sidebar.rows("Crashes").count();
      await closeEditors(session);
      for (const title of [FIRST, SECOND]) {
        await crashRow(session, title).click();
        await panelOf(session, title);
      }
      await editor().reload();
      await panelOf(session, SECOND);
      expect(await editor().sidebar.rows("Crashes").count()).toBe(rows);
      // The other is loaded when its tab is shown.
      await editor().workbench.tab(FIRST).click();
      const panel = await panelOf(session, FIRST);
      await panel.locator(".where", { hasText: "main.go:8" }).waitFor();
      await closeEditors(session);
    });
  });
}
