/** The diagnosis panel in a browser: every theme, both languages, keyboard, screen reader, large and hostile texts. */
import { afterAll, describe, expect, it } from "vitest";
import type { Theme } from "../driver/themes.ts";
import { crashOf, files, html, type Shown, shownFor } from "./models.ts";
import { closePanels, type PanelOptions, type PanelPage, renderPanel } from "./render.ts";

const SHOTS = ".cache/shots";
const THEMES: readonly Theme[] = ["dark", "light", "hc-black", "hc-light"];

afterAll(closePanels);

async function open(shown: Shown, theme: Theme = "dark", options: PanelOptions = {}): Promise<PanelPage> {
  const page = await renderPanel(html(shown.model.language), theme, { ...options, files });
  await page.received("ready");
  await page.post({ type: "show", model: shown.model });
  await page.page.locator("h1").waitFor();
  return page;
}

const STREAM = "runtime/channel/stream-after-cancel";

describe.each(THEMES)("in %s", (theme) => {
  it("is accessible and shows no error, wide", async () => {
    const page = await open(await shownFor(crashOf(STREAM)), theme, { width: 1400 });
    await page.shot(SHOTS, `panel-${theme}`);
    expect(await page.audit()).toEqual([]);
    expect(page.errors()).toEqual([]);
    await page.close();
  });

  it("is accessible in Chinese, in a narrow column", async () => {
    const page = await open(await shownFor(crashOf("native/abort-in-c/assert-macro"), "zh-cn"), theme, {
      width: 460,
    });
    await page.shot(SHOTS, `panel-${theme}-zh-narrow`);
    expect(await page.audit()).toEqual([]);
    const overflow = await page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });
});

it("bears text twice as large", async () => {
  const page = await open(await shownFor(crashOf(STREAM)), "dark", { width: 1000, zoom: 2 });
  await page.shot(SHOTS, "panel-zoomed");
  expect(await page.audit()).toEqual([]);
  await page.close();
});

describe("evidence and text", () => {
  it("light each other up", async () => {
    const { page, close } = await open(await shownFor(crashOf(STREAM)), "dark", { width: 1400 });
    await page.getByRole("button", { name: "The channel was closed before the send." }).hover();
    expect(await page.locator("mark.lit").allTextContents()).toEqual(["panic: send on closed channel"]);
    await page.locator("mark", { hasText: "created by" }).first().hover();
    expect(await page.locator(".evidence li.lit").allTextContents()).toEqual([
      "for: A request handler started this goroutine.",
    ]);
    await close();
  });

  it("bring the text into view from the keyboard", async () => {
    const { page, close } = await open(await shownFor(crashOf(STREAM)), "dark", { width: 700, height: 500 });
    const evidence = page.getByRole("button", { name: "The channel was closed before the send." });
    await evidence.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => {
      const box = document.querySelector("mark")!.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= window.innerHeight;
    });
    await close();
  });
});

describe("what is pressed", () => {
  it("is answered with a number or a word, never with a path", async () => {
    const shown = await shownFor(crashOf(STREAM), "en", true);
    const { page, sent, close } = await open(shown, "dark", { width: 1400 });
    await page.locator("#look .place").click();
    await page.getByRole("button", { name: "Apply to the file" }).click();
    await page.getByRole("button", { name: "Copy fix" }).click();
    await page.getByRole("button", { name: "Run in a terminal" }).click();
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.getByRole("button", { name: "Open core dump in Delve" }).click();
    await page.getByRole("button", { name: "Start with this recipe" }).click();
    expect(sent().slice(1)).toEqual([
      { type: "openFrame", open: shown.model.location!.open },
      { type: "applyFix" },
      { type: "copy", what: "fix" },
      { type: "runVerify" },
      { type: "copy", what: "markdown" },
      { type: "openCore" },
      { type: "runRecipe", index: 0 },
    ]);
    await close();
  });

  for (const language of ["en", "zh-cn"] as const)
    it(`runs a crash again that left no core, from the top and from the core's recipe (${language})`, async () => {
      const shown = await shownFor(crashOf(STREAM), language);
      const can = { ...shown.model.can, openCore: false, runWithCore: true };
      const { page, sent, audit, shot, close } = await open({
        ...shown,
        model: { ...shown.model, can },
      });
      const words = {
        en: ["Run again with a core", "Look into the core dump"],
        "zh-cn": ["再次运行并留下 core 文件", "在 core 文件中查看"],
      };
      const [again, look] = words[language];
      const buttons = page.getByRole("button", { name: again! });
      await expect.poll(() => buttons.count()).toBe(2);
      expect(await page.getByRole("button", { name: look! }).count()).toBe(0);
      const ofRecipe = page.locator(".recipe").getByRole("button", { name: again! });
      expect(await ofRecipe.count()).toBe(1);
      await buttons.first().focus();
      await page.keyboard.press("Enter");
      await ofRecipe.focus();
      await page.keyboard.press("Space");
      await expect.poll(() => sent().slice(1)).toEqual([{ type: "runWithCore" }, { type: "runWithCore" }]);
      expect(await audit()).toEqual([]);
      await shot(SHOTS, `panel-run-with-core-${language}`);
      await close();
    });

  it("is told to the reader when it is done", async () => {
    const { page, post, close } = await open(await shownFor(crashOf(STREAM)));
    await post({ type: "done", what: "copied", says: "Copied." });
    await page.locator(".status.on", { hasText: "Copied." }).waitFor();
    await close();
  });

  it("is not offered where the host cannot do it", async () => {
    const shown = await shownFor(crashOf(STREAM));
    const can = {
      openEditor: false,
      askModel: false,
      openCore: false,
      runWithCore: false,
      run: false,
      exportFile: false,
    };
    const page = shown.model.page!;
    const verify = { ...page.verify, canRun: false };
    const { page: view, close } = await open({
      ...shown,
      model: { ...shown.model, can, page: { ...page, verify } },
    });
    const names = await view.getByRole("button").allTextContents();
    for (const name of ["Export", "Ask the language model", "Open core dump in Delve", "Run in a terminal"])
      expect(names).not.toContain(name);
    expect(names).toContain("Copy as Markdown");
    expect(await view.locator("button.place").count()).toBe(0);
    await close();
  });
});

describe("the tree", () => {
  it("is walked with the arrow keys, and Enter opens a node", async () => {
    const shown = await shownFor(crashOf(STREAM));
    const { page, sent, post, close } = await open(shown, "dark", { width: 1400 });
    const focused = () => page.evaluate(() => document.activeElement?.querySelector(".words")?.textContent);
    await page.getByRole("treeitem").first().focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    expect(await focused()).toBe(shown.model.causes[0]!.title);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const { id } = sent().at(-1) as { id: string };
    expect(id).toBe(shown.model.causes[1]!.id);
    await post({ type: "node", node: await shown.node(id) });
    await page.locator(".details h3", { hasText: shown.model.causes[1]!.title }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".details:empty").waitFor({ state: "attached" });
    await close();
  });

  it("opens layers that are off the path, and all events of the one that is on it", async () => {
    const { page, close, shot } = await open(await shownFor(crashOf(STREAM)), "light", { width: 1400 });
    const native = page.getByRole("treeitem", { name: "unsafe, cgo and signals" });
    expect(await native.getAttribute("aria-expanded")).toBe("false");
    await native.click();
    expect(await native.getAttribute("aria-expanded")).toBe("true");
    await page.getByRole("treeitem", { name: "Segmentation violation in C code" }).waitFor();
    await page.getByRole("treeitem", { name: /more events$/ }).click();
    await page.getByRole("treeitem", { name: "Nil or invalid pointer dereference" }).waitFor();
    await shot(SHOTS, "panel-tree-open");
    await close();
  });

  it("is an indented list where there is no room for a drawing", async () => {
    const { page, close } = await open(await shownFor(crashOf(STREAM)), "dark", { width: 500 });
    expect(await page.locator(".gate").count()).toBe(0);
    expect(await page.getByRole("treeitem").count()).toBeGreaterThan(6);
    await close();
  });
});

describe("a dump of 100,000 goroutines", () => {
  const worker = (id: number) =>
    `goroutine ${id} [${id % 3 === 0 ? "select" : "chan receive, 12 minutes"}]:\nmain.worker${id % 7}(0x1)\n\t/src/app/worker.go:${10 + (id % 7)} +0x1d\ncreated by main.main in goroutine 1\n\t/src/app/main.go:9 +0x2c\n`;
  const dump = `SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${Array.from({ length: 100_000 }, (_, index) => worker(index + 1)).join("\n")}`;

  it("is shown by groups at once, each by itself when asked, and searched", async () => {
    const shown = await shownFor(dump);
    expect(shown.rows).toHaveLength(100_000);
    const { page, post, received, close, shot } = await open(shown, "dark", { width: 1400 });
    expect(await page.locator(".group").count()).toBe(shown.model.groups.length);
    await page.getByText("Each goroutine", { exact: true }).click();
    await received("goroutines");
    for (let from = 0; from < shown.rows.length; from += 20_000)
      await post({
        type: "goroutines",
        from,
        rows: shown.rows.slice(from, from + 20_000),
        total: shown.rows.length,
      });
    await page.getByText("100000 goroutines").waitFor();
    // Only what is seen is drawn, however far one scrolls.
    await page.locator(".rows").evaluate((rows) => rows.scrollTo(0, 1_200_000));
    await page.locator(".row[aria-posinset='50001']").waitFor();
    expect(await page.locator(".row").count()).toBeLessThan(60);
    await page.getByRole("searchbox").fill("worker3");
    await page.getByText(/^1 of 7 groups$/).waitFor();
    await page.getByText(/^14\d{3} of 100000 goroutines$/).waitFor();
    await shot(SHOTS, "panel-goroutines");
    await close();
  });
});

describe("a hostile text", () => {
  const attack =
    '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202ejavascript:alert(3) command:x [a](command:y)';
  const text = `panic: ${attack}\n\ngoroutine 1 [${attack}]:\nmain.<b>bold</b>(0x1)\n\t/src/<i>x</i>/main.go:3 +0x1d\nmain.main()\n\t/src/main.go:9 +0x1\n`;

  it("stays text", async () => {
    const { page, close, errors } = await open(await shownFor(text));
    for (const tag of ["img", "#panel script", "b", "a", "main i:not(.source i)"])
      expect(await page.locator(tag).count(), tag).toBe(0);
    expect(await page.locator("pre.raised").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator("pre.raised").textContent()).toContain("\\u{202e}");
    expect(errors()).toEqual([]);
    await close();
  });
});

describe("what changes later", () => {
  it("is told in place: the count of a fault that recurs", async () => {
    const shown = await shownFor(crashOf(STREAM));
    const { page, post, close } = await open(shown);
    await post({ type: "recur", seen: { ...shown.model.seen, count: 17 } });
    await page.locator(".seen", { hasText: "seen 17 times" }).waitFor();
    await close();
  });

  it("is another model in the same page, and the theme", async () => {
    const page = await open(await shownFor(crashOf(STREAM)));
    expect(await page.state()).toEqual({ key: (await shownFor(crashOf(STREAM))).model.key });
    const other = await shownFor(crashOf("runtime/deadlock/lock-order-inversion"), "zh-cn");
    await page.post({ type: "show", model: other.model });
    await page.page.locator("h1", { hasText: other.model.headline }).waitFor();
    await page.setTheme("light");
    expect(await page.audit()).toEqual([]);
    expect(page.errors()).toEqual([]);
    await page.close();
  });
});
