/** Commands, files and views by keyboard, as a user reaches them. */
import type { Locator, Page } from "playwright-core";
import { poll } from "./poll.ts";

export class Palette {
  constructor(private readonly page: Page) {}

  private get box(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Runs a command by its whole title, `Category: Title`. */
  async run(title: string): Promise<void> {
    await this.choose(`>${title}`, title);
  }

  /** Opens a file of the workspace, at a line when one is given. */
  async openFile(name: string, line?: number): Promise<void> {
    const base = name.split("/").pop()!;
    await this.type(name);
    await this.row(base).click();
    await this.box.waitFor({ state: "hidden" });
    await this.page.locator(`.tabs-container .tab[data-resource-name="${base}"]`).waitFor();
    if (line === undefined) return;
    await this.type(`:${line}`);
    // The row that says where Enter goes comes a moment after the number.
    await this.box
      .locator(".monaco-list-row", { hasText: String(line) })
      .first()
      .click();
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, ` }).waitFor();
  }

  /** Picks the row with this label in a quick pick that is open. */
  async pick(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** What an open quick pick offers. */
  async rows(): Promise<string[]> {
    await this.box.locator(".quick-input-list .monaco-list-row").first().waitFor();
    return this.box.locator(".quick-input-list .monaco-list-row .label-name").allTextContents();
  }

  /** Types into an open input box and confirms. */
  async answer(text: string): Promise<void> {
    await this.box.locator("input").fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Types into an open quick pick and picks the row with this label. */
  async answerTo(text: string, label: string): Promise<void> {
    await this.box.locator("input").fill(text);
    await this.box.locator(".quick-input-list .monaco-list-row").filter({ hasText: label }).first().click();
  }

  private row(label: string): Locator {
    return this.box
      .locator(".quick-input-list .monaco-list-row")
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first();
  }

  private async type(text: string): Promise<void> {
    // A key is lost while the focus moves from a webview that has just closed.
    await poll(async () => {
      await this.page.keyboard.press("F1");
      const done = this.box
        .waitFor({ timeout: 2000 })
        .then(() => this.box.locator("input").fill(text, { timeout: 5000 }));
      return succeeds(done);
    }, "the palette");
  }

  private async choose(text: string, label: string): Promise<void> {
    // It closes again when a webview takes the focus late.
    await poll(async () => {
      await this.type(text);
      if (await succeeds(this.row(label).click({ timeout: 5000 }))) return true;
      // An open palette keeps the list that it began with: a command that has come since is in the next one.
      await this.page.keyboard.press("Escape");
      return false;
    }, `"${label}" in the palette`);
  }
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
