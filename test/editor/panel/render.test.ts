/** The page of the fixture, opened as a webview without an editor. */
import { afterAll, describe, expect, it } from "vitest";
import { THEME_NAMES, THEMES } from "../driver/themes.ts";
import { CSP_SOURCE, closePanels, renderPanel } from "./render.ts";

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${CSP_SOURCE}; script-src 'nonce-x'">
<title>Fixture</title></head>
<body><main><h1>Fixture</h1><p>No crash yet.</p></main>
<script nonce="x">
  const host = acquireVsCodeApi();
  addEventListener("message", ({ data }) => {
    document.querySelector("p").textContent = data.says;
    host.setState(data);
  });
  host.postMessage({ type: "ready", before: host.getState() });
</script></body></html>`;

describe.each(THEME_NAMES)("a page as a webview, %s", (theme) => {
  afterAll(closePanels);

  it("is dressed, talks with its host and keeps its state", async () => {
    const panel = await renderPanel(html, theme, { state: { says: "earlier" } });
    expect(await panel.received("ready")).toEqual({ type: "ready", before: { says: "earlier" } });
    await panel.post({ says: "panic: 越界" });
    await panel.page.getByText("panic: 越界").waitFor();
    expect(await panel.state()).toEqual({ says: "panic: 越界" });
    const body = panel.page.locator("body");
    await expect.poll(() => body.getAttribute("class")).toContain(THEMES[theme].kind);
    const colour = await body.evaluate((element) => getComputedStyle(element).color);
    expect(colour).toMatch(/^rgb/);
    expect(colour).not.toBe("rgb(0, 0, 0)");
    expect(panel.errors()).toEqual([]);
    expect(await panel.audit()).toEqual([]);
  });

  it("shows what its policy forbids and what a reader could not use", async () => {
    const panel = await renderPanel(html.replace("<p>", '<img src="https://webview.test/x.png"><p>'), theme);
    await panel.received("ready");
    expect(panel.errors().join()).toContain("Content Security Policy");
    expect((await panel.audit()).map(({ rule }) => rule)).toEqual(["image-alt"]);
  });
});
