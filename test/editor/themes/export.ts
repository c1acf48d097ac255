/**
 * `npm run themes`: writes what the running VS Code gives a webview in each theme: its variables, the classes of the
 * body and the style sheet it puts into every page. Taken once and committed, since only a new VS Code changes it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEditor } from "../driver/open.ts";
import { THEME_NAMES, THEMES } from "../driver/themes.ts";
import { ROOT } from "../setup/store.ts";

const wanted = () => THEME_NAMES.filter((name) => process.argv.length < 3 || process.argv.includes(name));

const workspace = mkdtempSync(join(tmpdir(), "golm-themes-"));
try {
  for (const theme of wanted()) {
    const editor = await openEditor({
      workspace,
      theme,
      extension: { development: "test/editor/fixture-extension" },
    });
    try {
      await editor.page.getByText("Fixture ready").waitFor();
      await editor.palette.run("Fixture: Open Panel");
      const page = editor.webviews.inner();
      await page.locator(`body.${THEMES[theme].kind}`).waitFor();
      const found = await page.locator("html").evaluate((html: HTMLElement) => ({
        body: document.body.className,
        data: { ...document.body.dataset },
        sheet: document.getElementById("_defaultStyles")?.textContent ?? "",
        variables: Object.fromEntries(
          [...html.style]
            .filter((name) => name.startsWith("--"))
            .sort()
            .map((name) => [name, html.style.getPropertyValue(name)]),
        ),
      }));
      const count = Object.keys(found.variables).length;
      if (count < 100) throw new Error(`${theme}: only ${count} variables`);
      writeFileSync(
        join(ROOT, `test/editor/themes/${theme}.json`),
        `${JSON.stringify(found, undefined, 2)}\n`,
      );
      await editor.screenshot(".cache/themes", theme);
      console.log(`${theme}: ${count} variables`);
    } finally {
      await editor.stop();
    }
  }
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
