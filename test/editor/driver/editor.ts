/** One running VS Code. Helpers for its parts hang off it: `editor.terminal`, `editor.palette` … */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { ROOT } from "../setup/store.ts";
import { Palette } from "./palette.ts";
import type { Server } from "./server.ts";
import { Sidebar } from "./sidebar.ts";
import { Terminal } from "./terminal.ts";
import { THEMES, type Theme } from "./themes.ts";
import { Webviews } from "./webviews.ts";
import { Workbench } from "./workbench.ts";

/** What VS Code's own smoke tests use; the server puts it on the page with --enable-smoke-test-driver. */
interface SmokeDriver {
  whenWorkbenchRestored(): Promise<void>;
  getTerminalBuffer(selector: string): Promise<string[]>;
  writeInTerminal(selector: string, text: string): Promise<void>;
}

declare global {
  interface Window {
    driver?: SmokeDriver;
  }
}

const READY_MS = 90_000;

export class Editor {
  readonly palette: Palette;
  readonly sidebar: Sidebar;
  readonly terminal: Terminal;
  readonly webviews: Webviews;
  readonly workbench: Workbench;

  constructor(
    private readonly server: Server,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(60_000);
    this.palette = new Palette(page);
    this.sidebar = new Sidebar(page);
    this.terminal = new Terminal(page, this.palette);
    this.webviews = new Webviews(page);
    this.workbench = new Workbench(page, this.palette);
  }

  /** Everything this editor writes; gone after `stop`. */
  get folder(): string {
    return this.server.folder;
  }

  get serverLog(): string {
    return this.server.log();
  }

  /** Opens the workbench and waits until it can be used. */
  async start(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: "domcontentloaded" });
    await this.ready();
  }

  async ready(): Promise<void> {
    try {
      await this.page.waitForFunction(() => window.driver !== undefined, undefined, { timeout: READY_MS });
      await this.page.evaluate(() => window.driver?.whenWorkbenchRestored());
      await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: READY_MS });
    } catch (error) {
      throw new Error(
        `The workbench did not come up.\n${(error as Error).message}\n${this.serverLog.slice(-3000)}`,
      );
    }
  }

  /** Changes user settings and reloads: VS Code does not always notice that their file has changed. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const path = join(this.server.data, "data/User/settings.json");
    const old = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...old, ...settings }, undefined, 2));
    await this.reload();
  }

  /** Through the list of themes, as a user does. */
  async setTheme(theme: Theme): Promise<void> {
    await this.palette.run("Preferences: Color Theme");
    await this.palette.answer(THEMES[theme].label);
    await this.page.locator(`.monaco-workbench.${THEMES[theme].workbench}`).waitFor();
  }

  /** The extension host starts anew and panels are restored. By command, since that saves their state first. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("domcontentloaded");
    await this.palette.run("Developer: Reload Window");
    await loaded;
    await this.ready();
  }

  /** Writes a picture into `folder` (made when it is not there) and returns its path. */
  async screenshot(folder: string, name: string): Promise<string> {
    const target = resolve(ROOT, folder);
    mkdirSync(target, { recursive: true });
    const path = join(target, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async stop(): Promise<void> {
    await this.context.close().catch(() => {});
    await this.server.stop();
  }
}
