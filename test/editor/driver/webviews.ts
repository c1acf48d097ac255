/** A webview's page lies two frames deep, and the inner one is replaced whenever its HTML is set. */
import type { FrameLocator, Locator, Page } from "playwright-core";

export class Webviews {
  constructor(private readonly page: Page) {}

  /** Frames of webviews on screen, in the order they were opened. */
  get all(): Locator {
    return this.page.locator("iframe.webview.ready:visible");
  }

  /** The inner page of the webview shown; `nth` where several are. Locators in it wait until it is there. */
  inner(nth = 0): FrameLocator {
    return this.all.nth(nth).contentFrame().locator("#active-frame").contentFrame();
  }
}
