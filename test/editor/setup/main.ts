/** `npm run setup:editor`: installs what the editor tests need. */
import { installAll, installBrowser } from "./index.ts";

await installAll();
const { chromium } = await installBrowser();
console.log(`${chromium.version} (${chromium.path})`);
