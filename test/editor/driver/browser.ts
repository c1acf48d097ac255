/** Headless Chromium, started so that it dies with its editor and asks nobody anything. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium as playwright } from "playwright-core";
import { installBrowser } from "../setup/index.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

export interface BrowserOptions {
  /** Everything it writes goes in here. */
  readonly folder: string;
  readonly locale: string;
  readonly dark: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly size?: { readonly width: number; readonly height: number };
}

export async function startBrowser({
  folder,
  locale,
  dark,
  env,
  size,
}: BrowserOptions): Promise<BrowserContext> {
  const { chromium, fonts } = await installBrowser();
  const [profile, artifacts] = [join(folder, "chromium"), join(folder, "artifacts")];
  for (const path of [profile, artifacts]) mkdirSync(path, { recursive: true });
  return playwright.launchPersistentContext(profile, {
    executablePath: chromium.path,
    headless: true,
    // Playwright would close the browser and keep the process: a test that is told to end has to end.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ARGS,
    artifactsDir: artifacts,
    downloadsPath: artifacts,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      TMPDIR: folder,
      FONTCONFIG_FILE: fonts,
      ...chromium.env,
      ...env,
    },
    locale,
    colorScheme: dark ? "dark" : "light",
    viewport: size ?? { width: 1280, height: 800 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
}
