/** Everything the editor tests need, installed once and used again. */
import { type Chromium, findChromium } from "./chromium.ts";
import { installEditor, installNode } from "./editor.ts";
import { installFonts } from "./fonts.ts";
import { EDITOR_VERSIONS, type EditorVersion } from "./versions.ts";

export type { Chromium } from "./chromium.ts";
export { serverMain } from "./editor.ts";
export { EDITOR_VERSIONS, type EditorVersion } from "./versions.ts";

export interface Browser {
  readonly chromium: Chromium;
  readonly fonts: string;
}

let browser: Promise<Browser> | undefined;

export function installBrowser(): Promise<Browser> {
  browser ??= Promise.all([findChromium(), installFonts()]).then(([chromium, fonts]) => ({
    chromium,
    fonts,
  }));
  return browser;
}

/** Installs all versions side by side: most of the time goes into waiting for the network. */
export async function installAll(versions: readonly EditorVersion[] = EDITOR_VERSIONS): Promise<void> {
  await Promise.all([installBrowser(), installNode(), ...versions.map(installEditor)]);
}

export const installed = async (version: EditorVersion) => ({
  ...(await installBrowser()),
  node: await installNode(),
  editor: await installEditor(version),
});
