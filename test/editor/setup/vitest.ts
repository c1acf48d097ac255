/** Before the first editor test: installs what is missing, and says what will be used. */
import { installAll, installBrowser } from "./index.ts";

export default async function setup(): Promise<void> {
  await installAll();
  const { chromium } = await installBrowser();
  console.log(`${chromium.version} (${chromium.path})`);
}
