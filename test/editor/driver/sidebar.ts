/** The side bar: its views, and their rows as a screen reader hears them. */
import type { Locator, Page } from "playwright-core";

export class Sidebar {
  constructor(private readonly page: Page) {}

  /** Shows a container of the activity bar by its title. */
  async open(title: string): Promise<void> {
    const action = this.page.locator(`.activitybar .action-item[role="tab"]`).filter({
      has: this.page.locator(`[aria-label^="${title}"]`),
    });
    if ((await action.getAttribute("aria-selected")) !== "true") await action.click();
    await this.page.locator(".sidebar .composite.title", { hasText: title }).waitFor();
  }

  /** A view of the container shown. */
  view(title: string): Locator {
    return this.page
      .locator(".sidebar .pane")
      .filter({ has: this.page.locator(".pane-header", { hasText: title }) });
  }

  async expand(title: string): Promise<void> {
    const header = this.view(title).locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
  }

  rows(title: string): Locator {
    return this.view(title).locator(".monaco-list-row");
  }
}
