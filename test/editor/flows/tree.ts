/** The fault tree as a view, to browse and to search. */
import { describe, expect, it } from "vitest";
import { closeEditors, type Session } from "./session.ts";

export function treeFlows(session: Session): void {
  const editor = () => session.editor;
  const rows = () => editor().sidebar.rows("Fault Tree");

  describe("the fault tree", () => {
    it("goes from layers to events to causes", async () => {
      await editor().sidebar.open("GoLM");
      await editor().sidebar.expand("Fault Tree");
      await rows().filter({ hasText: "Go runtime and standard library" }).click();
      await rows().filter({ hasText: "Arithmetic fault" }).or(rows().nth(1)).first().waitFor();
      await expect.poll(() => rows().count()).toBeGreaterThan(5);
    });

    it("is searched by words and by ids, and opens the page of a cause", async () => {
      await editor().palette.run("GoLM: Search the Fault Tree...");
      await editor().palette.answerTo("index-out-of-range/off-by-one", "Index equal to the length");
      const page = editor().webviews.inner();
      await page.locator("h1", { hasText: "Index equal to the length" }).waitFor();
      await page.locator("code", { hasText: "runtime/index-out-of-range/off-by-one" }).first().waitFor();
      await closeEditors(session);
    });
  });
}
