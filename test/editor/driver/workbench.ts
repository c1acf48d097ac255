/** What the workbench shows around the editors: status bar, Problems, notifications, open tabs. */
import type { Locator, Page } from "playwright-core";
import type { Palette } from "./palette.ts";
import { poll } from "./poll.ts";

export class Workbench {
  constructor(
    private readonly page: Page,
    private readonly palette: Palette,
  ) {}

  /**
   * Opens an element's context menu and chooses an entry. VS Code takes no click on a menu that has just opened, so it
   * is repeated until the menu is gone.
   */
  async chooseFromMenu(on: Locator, entry: string): Promise<void> {
    await on.click({ button: "right" });
    const action = this.page.locator(".context-view .action-label", { hasText: entry }).first();
    await action.waitFor();
    await poll(async () => {
      await action.click({ timeout: 2000 }).catch(() => {});
      return action.waitFor({ state: "hidden", timeout: 1000 }).then(
        () => true,
        () => false,
      );
    }, `the menu to close behind "${entry}"`);
  }

  /** Texts of the status bar, left to right; icons leave blanks. */
  async status(): Promise<string[]> {
    const texts = await this.page.locator(".statusbar .statusbar-item:visible").allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
  }

  /** The status bar item that shows this text. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar .statusbar-item").filter({ hasText: text });
  }

  /** What Problems lists, as a screen reader hears it. Waits for one that has `text` in it. */
  async problems(text: string): Promise<string[]> {
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    const found = rows.filter({ hasText: text }).first();
    // The terminal of a task that is slow to start comes over the view.
    await poll(async () => {
      await this.palette.run("Problems: Focus on Problems View");
      return found.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }, `a problem that says ${text}`);
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /**
   * The notification with this text; its buttons are found by role in it. VS Code shows no toasts to a test driver,
   * so it is looked up in the list of notifications.
   */
  async notification(text: string | RegExp): Promise<Locator> {
    const center = this.page.locator(".notifications-center");
    const found = center.locator(".notification-list-item").filter({ hasText: text });
    // An empty list closes by itself, so it may have to be opened again.
    await poll(async () => {
      if (!(await center.isVisible())) await this.palette.run("Notifications: Show Notifications");
      return found.first().isVisible();
    }, `a notification with "${text}"`);
    return found.first();
  }

  async clearNotifications(): Promise<void> {
    await this.palette.run("Notifications: Clear All Notifications");
  }

  /** Titles of all open tabs, in order. */
  async tabs(): Promise<string[]> {
    return this.page
      .locator(".tabs-container .tab")
      .evaluateAll((tabs) => tabs.map((tab) => (tab as HTMLElement).dataset.resourceName ?? ""));
  }

  tab(title: string): Locator {
    return this.page.locator(".tabs-container .tab").filter({ hasText: title });
  }

  /** `Ln 12, Col 1` of the active text editor. */
  async position(): Promise<{ line: number; column: number }> {
    const item = this.page.locator(".statusbar .statusbar-item", { hasText: /Ln \d+, Col \d+/ });
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec((await item.textContent()) ?? "") ?? [];
    return { line: Number(line), column: Number(column) };
  }
}
