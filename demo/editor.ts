/**
 * `editor.ts LOG [--once]`: the log of a crash in a VS Code in the browser, the packed extension installed, the service's
 * source beside it. Serves on the loopback interface until it is interrupted. With `--once` a headless browser opens the
 * diagnosis, a picture of it goes to .cache/demo/editor.png, and it ends.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { openEditor } from "../test/editor/driver/open.ts";
import { startServer } from "../test/editor/driver/server.ts";
import { packedExtension } from "../test/editor/flows/vsix.ts";
import { EDITOR_VERSIONS } from "../test/editor/setup/index.ts";
import { ROOT } from "../test/editor/setup/store.ts";

const [log, ...flags] = process.argv.slice(2);
const folder = join(ROOT, ".cache/demo");

/** A copy, so that a fix that is tried out changes no source of ours. */
function makeWorkspace(): string {
  const workspace = join(folder, "llmserver-workspace");
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  cpSync(join(ROOT, "demo/llmserver"), workspace, { recursive: true });
  cpSync(log!, join(workspace, basename(log!)));
  return workspace;
}

async function serve(workspace: string): Promise<void> {
  const server = await startServer({
    version: EDITOR_VERSIONS[0]!,
    settings: {
      "telemetry.telemetryLevel": "off",
      "update.mode": "none",
      "workbench.startupEditor": "none",
      "chat.disableAIFeatures": true,
    },
    trusted: true,
    locale: /^zh/i.test(process.env.LC_ALL || process.env.LANG || "") ? "zh-cn" : "en",
    vsix: packedExtension(),
  });
  const remote = `vscode-remote://127.0.0.1:${server.port}${join(workspace, basename(log!))}`;
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify([["openFile", remote]]) });
  const url = `http://127.0.0.1:${server.port}/?${query}`;
  console.log(`Open ${url}`);
  console.log("The log is open: click the line above the crash. Ctrl+C ends the editor.");
  show(url);
  await new Promise<void>((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
  });
  await server.stop();
}

/** The user's own browser, where there is a desktop. */
function show(url: string): void {
  const command = process.platform === "darwin" ? "open" : "xdg-open";
  if (process.platform !== "darwin" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn(command, [url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}

async function once(workspace: string): Promise<void> {
  const editor = await openEditor({ workspace, extension: { vsix: packedExtension() } });
  try {
    await editor.palette.openFile(basename(log!));
    await editor.page.locator(".codelens-decoration a").first().click();
    const headline = editor.webviews.inner().locator("h1");
    await headline.waitFor();
    console.log(await headline.textContent());
    const picture = join(folder, "editor.png");
    await editor.page.screenshot({ path: picture });
    console.log(`The diagnosis as it looks: ${relative(process.cwd(), picture)}`);
  } finally {
    await editor.stop();
  }
}

await (flags.includes("--once") ? once : serve)(makeWorkspace());
