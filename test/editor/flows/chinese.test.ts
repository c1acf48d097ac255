/** The main way once more in Simplified Chinese, and in each theme. */
import { describe, expect, it } from "vitest";
import { THEME_NAMES, THEMES } from "../driver/themes.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { beamService } from "./service.ts";
import { crashRow, follow, panelOf, picture, SHOTS, useSession } from "./session.ts";

describe(`VS Code ${EDITOR_VERSIONS[0]} in Chinese`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    locale: "zh-cn",
    theme: "light",
    makeWorkspace: beamService,
  });
  const editor = () => session.editor;

  it("notices a crash and links it", async () => {
    await editor().terminal.open();
    await editor().terminal.run("go run -trimpath .");
    await editor().workbench.statusItem("下标越界").waitFor();
    const panel = await follow(session, "index out of range", () => panelOf(session, "下标越界"));
    await panel.getByText("首先看").or(panel.getByText("先看")).first().waitFor();
    expect(await panel.locator("html").getAttribute("lang")).toMatch(/^zh/);
  });

  it("names its views and their rows", async () => {
    await editor().sidebar.open("GoLM");
    await crashRow(session, "下标越界", "崩溃").waitFor();
    await editor().sidebar.expand("故障树");
    await editor().sidebar.rows("故障树").first().waitFor();
    await picture(session, "panel.zh-cn");
  });

  it("names its problems", async () => {
    const problems = await editor().workbench.problems("下标越界");
    expect(problems.join("\n")).toContain("可能的原因");
  });

  it("names its commands", async () => {
    await editor().page.keyboard.press("F1");
    await editor().page.keyboard.type("GoLM: ");
    const rows = await editor().palette.rows();
    await editor().page.keyboard.press("Escape");
    // Below each Chinese title the editor shows the English one.
    expect(rows).toEqual(
      expect.arrayContaining(["GoLM: 打开最近一次诊断", "GoLM: 搜索故障树...", "GoLM: 清除崩溃标记"]),
    );
  });

  it("describes its settings", async () => {
    await editor().palette.run("Preferences: Open Settings (UI)");
    await editor().page.locator(".settings-editor .suggest-input-container").click();
    await editor().page.keyboard.type("golm.inlineText");
    await editor()
      .page.locator(".setting-item-description", { hasText: "在崩溃行的末尾显示发生了什么" })
      .waitFor();
    await editor().palette.run("View: Close Editor");
  });

  it.each(THEME_NAMES)("is dressed for the theme %s", async (theme) => {
    await editor().setTheme(theme);
    const panel = await panelOf(session, "下标越界");
    await panel.locator(`body.${THEMES[theme].kind}`).waitFor();
    await editor().screenshot(SHOTS, `theme-${theme}`);
  });
});
