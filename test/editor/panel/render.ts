/**
 * The panel's page alone in headless Chromium, dressed as VS Code dresses a webview: the same variables, body classes
 * and default style sheet, recorded from the running editor (test/editor/themes). A second per page instead of ten.
 *
 *     const page = await renderPanel(html, "dark");      // html: what the host would set as `webview.html`
 *     await page.post({ type: "show", model });          // host to page
 *     page.sent();                                       // page to host, so far
 *     await page.shot(".cache/shots", "panel-dark");     // a PNG
 *     await page.audit();                                // axe-core's findings, [] when there are none
 *     await closePanels();                               // once, in afterAll
 */
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { startBrowser } from "../driver/browser.ts";
import { guardFolder } from "../driver/guard.ts";
import type { Theme } from "../driver/themes.ts";
import { ROOT } from "../setup/store.ts";

interface RecordedTheme {
  readonly body: string;
  readonly data: Readonly<Record<string, string>>;
  readonly sheet: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface PanelOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  /** What `acquireVsCodeApi().getState()` gives: a page that is opened again. */
  readonly state?: unknown;
  /** Zoom of text, 1 when absent: 2 is what WCAG asks a page to bear. */
  readonly zoom?: number;
  /** Put into the page's policy in place of `${webview.cspSource}`; see `CSP_SOURCE`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What stands for `webview.cspSource`; files below it are served from `files`. */
export const CSP_SOURCE = "https://webview.test";

export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  /** The elements, as HTML. */
  readonly nodes: readonly string[];
}

export interface PanelPage {
  readonly page: Page;
  /** Sends a message as the host would. */
  readonly post: (message: unknown) => Promise<void>;
  /** All that the page sent to the host, in order. */
  readonly sent: () => readonly unknown[];
  /** Waits for a message of the page with this `type`. */
  readonly received: (type: string) => Promise<unknown>;
  /** What the page last gave to `setState`. */
  readonly state: () => Promise<unknown>;
  /** Errors of scripts, of the console and of the page's policy. A test should find none. */
  readonly errors: () => readonly string[];
  /** Dresses the same page in another theme, as VS Code does when the user changes it. */
  readonly setTheme: (theme: Theme) => Promise<void>;
  /** A picture of the whole page, or of the part on screen. Returns its path. */
  readonly shot: (folder: string, name: string, full?: boolean) => Promise<string>;
  readonly audit: () => Promise<Finding[]>;
  readonly close: () => Promise<void>;
}

const readTheme = (theme: Theme): RecordedTheme =>
  JSON.parse(readFileSync(join(ROOT, `test/editor/themes/${theme}.json`), "utf8"));

let shared: Promise<{ context: BrowserContext; release: () => Promise<void> }> | undefined;

async function start() {
  const folder = mkdtempSync(join(tmpdir(), "golm-panel-"));
  const release = guardFolder(folder);
  const context = await startBrowser({ folder, locale: "en", dark: true });
  return { context, release };
}

/** Shows `html` as a webview of this theme would. Pages share one browser. */
export async function renderPanel(
  html: string,
  theme: Theme,
  options: PanelOptions = {},
): Promise<PanelPage> {
  shared ??= start();
  const { context } = await shared;
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: options.width ?? 900, height: options.height ?? 1000 });
  const sent: unknown[] = [];
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.exposeFunction("golmSend", (message: unknown) => sent.push(message));
  await page.addInitScript(beWebview, {
    theme: readTheme(theme),
    state: options.state ?? null,
    zoom: options.zoom ?? 1,
  });
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== CSP_SOURCE) return route.abort();
    if (url.pathname === "/index.html")
      return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    const file = options.files?.[url.pathname.slice(1)];
    return file === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ path: file });
  });
  await page.goto(`${CSP_SOURCE}/index.html`, { waitUntil: "load" });
  return {
    page,
    post: (message) => page.evaluate((data) => window.postMessage(data, "*"), message),
    sent: () => sent,
    received: (type) =>
      waitFor(() => sent.find((message) => (message as { type?: unknown })?.type === type), type),
    state: () => page.evaluate(() => (window as { golmState?: unknown }).golmState ?? null),
    errors: () => errors,
    setTheme: (name) =>
      page.evaluate((next) => (window as unknown as Dressed).golmDress(next), readTheme(name)),
    shot: async (folder, name, full = true) => {
      const target = resolve(ROOT, folder);
      mkdirSync(target, { recursive: true });
      const path = join(target, `${name}.png`);
      await page.screenshot({ path, fullPage: full });
      return path;
    },
    audit: () => audit(page),
    close: () => page.close(),
  };
}

/** Ends the browser that all pages shared. */
export async function closePanels(): Promise<void> {
  const open = await shared?.catch(() => undefined);
  shared = undefined;
  await open?.context.close().catch(() => {});
  await open?.release();
}

interface Dressed {
  golmDress(theme: RecordedTheme): void;
}

/** Runs in the page before its own scripts: what VS Code's outer frame does there. */
function beWebview({ theme, state, zoom }: { theme: RecordedTheme; state: unknown; zoom: number }): void {
  const w = window as unknown as Dressed & {
    golmState: unknown;
    golmSend(message: unknown): void;
    acquireVsCodeApi(): unknown;
  };
  w.golmState = state;
  let acquired = false;
  w.acquireVsCodeApi = () => {
    if (acquired) throw new Error("An instance of the VS Code API has already been acquired");
    acquired = true;
    return Object.freeze({
      postMessage: (message: unknown) => w.golmSend(JSON.parse(JSON.stringify(message))),
      setState: (next: unknown) => {
        w.golmState = JSON.parse(JSON.stringify(next));
        return next;
      },
      getState: () => w.golmState ?? undefined,
    });
  };
  w.golmDress = (next) => {
    const { style } = document.documentElement;
    for (const name of [...style]) if (name.startsWith("--")) style.removeProperty(name);
    for (const [name, value] of Object.entries(next.variables)) style.setProperty(name, value);
    style.backgroundColor = "var(--vscode-editor-background)";
    document.body.classList.remove(
      "vscode-light",
      "vscode-dark",
      "vscode-high-contrast",
      "vscode-high-contrast-light",
    );
    document.body.classList.add(...next.body.split(" ").filter(Boolean));
    Object.assign(document.body.dataset, next.data);
  };
  document.addEventListener("DOMContentLoaded", () => {
    // A constructed sheet needs no allowance of the page's policy; VS Code gives its own one.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(theme.sheet);
    document.adoptedStyleSheets = [sheet];
    w.golmDress(theme);
    if (zoom !== 1) document.documentElement.style.zoom = String(zoom);
  });
}

async function waitFor<T>(look: () => T | undefined, what: string): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`The page never sent "${what}".`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function audit(page: Page): Promise<Finding[]> {
  // Through the debugger, past the page's policy.
  await page.evaluate(readFileSync(axe, "utf8"));
  return page.evaluate(async () => {
    const { axe: runner } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: AxeViolation[] }> };
    };
    interface AxeViolation {
      id: string;
      impact: string;
      help: string;
      nodes: { html: string }[];
    }
    const { violations } = await runner.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact,
      help,
      nodes: nodes.map(({ html }) => html),
    }));
  });
}
