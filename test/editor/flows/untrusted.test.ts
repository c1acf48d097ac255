/** A folder that nobody trusts, with a hostile text in it: it is diagnosed, and nothing runs. */
import { describe, expect, it } from "vitest";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { HOSTILE } from "./hostile.ts";
import { beamService } from "./service.ts";
import { closeEditors, panelOf, useSession } from "./session.ts";

describe(`VS Code ${EDITOR_VERSIONS[0]}, a workspace that is not trusted`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    trusted: false,
    theme: "hc-black",
    makeWorkspace: () => beamService({ "hostile.log": HOSTILE }),
  });
  const page = () => session.editor.page;

  it("diagnoses a text", async () => {
    expect((await session.editor.workbench.status()).join("\n")).toContain("Restricted Mode");
    await page().locator(".explorer-folders-view .monaco-list-row", { hasText: "hostile.log" }).dblclick();
    await page().locator(".codelens-decoration a").first().click();
    const panel = await panelOf(session, "Panic raised by the program itself");
    await panel.locator("h1").waitFor();
  });

  it("shows hostile words as words", async () => {
    const panel = await panelOf(session, "");
    await panel.locator("aside pre", { hasText: "<img src=x onerror=" }).waitFor();
    expect(
      await panel.locator("#panel img, #panel script, #panel b, #panel a[href^='command:']").count(),
    ).toBe(0);
    expect(await page().title()).not.toContain("owned");
    expect(await page().locator(".codelens-decoration .codicon").count()).toBeLessThanOrEqual(1);
  });

  it("has no button that runs anything", async () => {
    const panel = await panelOf(session, "");
    expect(await panel.getByRole("button", { name: "Run in a terminal" }).count()).toBe(0);
    await closeEditors(session);
  });

  it("offers neither runs of tests nor the recorder", async () => {
    await session.editor.palette.openFile("scores_test.go", 5);
    await page().locator(".view-lines", { hasText: "BenchmarkSum" }).waitFor();
    await page().keyboard.press("F1");
    await page().keyboard.type("GoLM: ");
    const rows = await session.editor.palette.rows();
    expect(rows).toContain("GoLM: Diagnose Active File");
    expect(rows.join("\n")).not.toContain("Record All Go Runs");
    await page().keyboard.press("Escape");
    expect(await page().locator(".codelens-decoration").count()).toBe(0);
  });
});
