/** A browser of this machine that prints a page to PDF: headless, with a profile of its own, and no network. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const GIVE_UP_MS = 60_000;
const SAID_LONGEST = 4000;

/** `GOLM_BROWSER`, else the first Chromium, Chrome or Edge there is. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.GOLM_BROWSER) return env.GOLM_BROWSER;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...APPLICATIONS].find((path) => existsSync(path));
}

/** Prints one HTML file that needs nothing else. Rejects with what the browser said when it printed nothing. */
export async function printToPdf(browser: string, html: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "golm-pdf-"));
  try {
    const [page, pdf] = [join(folder, "report.html"), join(folder, "report.pdf")];
    await writeFile(page, html);
    const said = await run(browser, [
      "--headless",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      // The page has no script and asks for nothing: the sandbox, which root cannot have, guards nothing.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--user-data-dir=${join(folder, "profile")}`,
      "--no-pdf-header-footer",
      `--print-to-pdf=${pdf}`,
      pathToFileURL(page).href,
    ]);
    return await readFile(pdf).catch(() => {
      throw new Error(said.trim().split("\n").at(-1) || "it wrote no file");
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function run(browser: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(browser, args, {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: GIVE_UP_MS,
      killSignal: "SIGKILL",
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said = (said + chunk).slice(-SAID_LONGEST);
    });
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });
}
