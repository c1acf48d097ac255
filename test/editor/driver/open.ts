/** `openEditor`: a real VS Code with a workspace open, in a page that tests can drive. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { EDITOR_VERSIONS, type EditorVersion } from "../setup/index.ts";
import { ROOT } from "../setup/store.ts";
import { startBrowser } from "./browser.ts";
import { Editor } from "./editor.ts";
import { type Server, startServer } from "./server.ts";
import { THEMES, type Theme } from "./themes.ts";

export interface EditorOptions {
  /** The newest when absent. */
  readonly version?: EditorVersion;
  /** Folder to open, or a `.code-workspace` file. */
  readonly workspace?: string;
  /** `en` when absent. Extensions speak this language; the editor's own titles stay English. */
  readonly locale?: string;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** True when absent. False asks as for a folder that was never opened before. */
  readonly trusted?: boolean;
  /**
   * Folder of an extension under development, path of a VSIX to install, folder of an extension that is served to the
   * page and runs in the browser's own worker, or nothing.
   */
  readonly extension?:
    | { readonly development: string }
    | { readonly vsix: string }
    | { readonly web: string };
  /** The extension under development runs in the browser's own extension host, a worker, and so do its tests. */
  readonly inBrowser?: boolean;
  /** Folder of one more extension, which is there as an installed one is. */
  readonly beside?: string;
  /** Compiled suite that runs in the extension host. */
  readonly extensionTests?: string;
  /** Environment of the server, its extensions and its terminals, over the few variables it has anyway. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the page before it is opened. */
  readonly onPage?: (page: Page) => Promise<void>;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Nothing may open, ask or load by itself: a test says what happens. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "security.workspace.trust.startupPrompt": "never",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.suggest.enabled": false,
  "terminal.integrated.initialHint": false,
  "terminal.integrated.defaultProfile.linux": "bash",
  "terminal.integrated.defaultProfile.osx": "bash",
  "editor.accessibilitySupport": "off",
  "npm.autoDetect": "off",
  "task.autoDetect": "off",
} as const;

export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const theme = THEMES[options.theme ?? "dark"];
  const locale = options.locale ?? "en";
  const { extension } = options;
  const server = await startServer({
    version: options.version ?? EDITOR_VERSIONS[0]!,
    settings: { ...SETTINGS, "workbench.colorTheme": theme.id, ...options.settings },
    trusted: options.trusted ?? true,
    locale,
    beside: options.beside === undefined ? undefined : existing(options.beside),
    vsix: extension && "vsix" in extension ? resolve(ROOT, extension.vsix) : undefined,
    env: options.env,
  });
  let context: BrowserContext | undefined;
  try {
    context = await startBrowser({
      folder: server.folder,
      locale,
      dark: theme.dark,
      env: { GOLM_EDITOR_RUN: server.mark },
      ...(options.size && { size: options.size }),
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await options.onPage?.(page);
    if (extension && "web" in extension) await serveExtension(context, server.port, existing(extension.web));
    const editor = new Editor(server, context, page);
    await editor.start(address(server, options));
    return editor;
  } catch (error) {
    await context?.close().catch(() => {});
    await server.stop();
    throw error;
  }
}

function address(server: Server, { workspace, extension, extensionTests, inBrowser }: EditorOptions): string {
  const payload: [string, string][] = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${existing(path)}`;
  if (extension && "development" in extension)
    payload.push(["extensionDevelopmentPath", remote(extension.development)]);
  if (inBrowser) payload.push(["extensionDevelopmentKind", "web"]);
  if (extensionTests) payload.push(["extensionTestsPath", remote(extensionTests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (workspace)
    query.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", existing(workspace));
  else query.set("ew", "true");
  return `http://127.0.0.1:${server.port}/?${query}`;
}

/** Where the page finds the extension of a browser; no server is behind it. */
const WEB_EXTENSION = "/web-extension";

/** Hands the extension to the page as one of those that a site for the browser brings along. */
async function serveExtension(context: BrowserContext, port: number, folder: string): Promise<void> {
  const extension = { scheme: "http", authority: `127.0.0.1:${port}`, path: WEB_EXTENSION };
  await context.addInitScript((location) => {
    // The page is told what it holds by an element that its own script reads later.
    new MutationObserver((_, observer) => {
      const element = document.getElementById("vscode-workbench-web-configuration");
      if (!element?.dataset.settings) return;
      observer.disconnect();
      const settings = { ...JSON.parse(element.dataset.settings), additionalBuiltinExtensions: [location] };
      element.dataset.settings = JSON.stringify(settings);
    }).observe(document, { childList: true, subtree: true });
  }, extension);
  await context.route(`**${WEB_EXTENSION}/**`, (route) => {
    const path = join(folder, new URL(route.request().url()).pathname.slice(WEB_EXTENSION.length));
    const headers = { "access-control-allow-origin": "*" };
    if (path === join(folder, "package.json")) {
      // As it is packed: a worker host refuses modules.
      const { type: _module, ...manifest } = JSON.parse(readFileSync(path, "utf8"));
      return route.fulfill({ json: manifest, headers });
    }
    return existsSync(path) ? route.fulfill({ path, headers }) : route.fulfill({ status: 404, headers });
  });
}

function existing(path: string): string {
  const full = resolve(ROOT, path);
  if (!existsSync(full)) throw new Error(`${full} is not there.`);
  return full;
}
