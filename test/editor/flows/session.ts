/** One editor with the extension and a workspace that many checks share: starting it costs more than any of them. */
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Editor } from "../driver/editor.ts";
import { type EditorOptions, openEditor } from "../driver/open.ts";
import { poll } from "../driver/poll.ts";
import type { Workspace } from "../driver/workspace.ts";
import { packedExtension } from "./vsix.ts";

export interface Session {
  readonly editor: Editor;
  readonly workspace: Workspace;
}

export interface SessionOptions extends Omit<EditorOptions, "workspace"> {
  readonly makeWorkspace: () => Workspace;
  /** A `.code-workspace` file in it to open, and not the folder. */
  readonly open?: string;
  /** The extension as users get it, and not the one under development. */
  readonly vsix?: boolean;
}

/** Screenshots of the product are written on request: on every run they would differ by a clock. */
const UPDATE = process.env.UPDATE_GOLDEN === "1";
export const SHOTS = ".cache/shots";

/** For use in a `describe`. A test that fails leaves a picture of what the editor showed. */
export function useSession({ makeWorkspace, open, vsix, ...options }: SessionOptions): Session {
  let editor: Editor | undefined;
  let workspace: Workspace | undefined;
  beforeAll(async () => {
    workspace = makeWorkspace();
    const extension = vsix ? { vsix: packedExtension() } : { development: "." };
    editor = await openEditor({ extension, ...options, workspace: join(workspace.folder, open ?? "") });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    await editor?.screenshot(SHOTS, `failed-${task.name.replaceAll(/\W+/g, "-")}`).catch(() => {});
  });
  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });
  return {
    get editor() {
      return editor!;
    },
    get workspace() {
      return workspace!;
    },
  };
}

/**
 * A picture for the README: of the editors `alone` where the panel below tells nothing, `still` where a hover would go
 * with the pointer.
 */
export async function picture(
  { editor }: Session,
  name: string,
  { alone = false, still = false } = {},
): Promise<void> {
  const below = editor.page.locator(".part.panel:visible");
  if (alone && (await below.count()) > 0) {
    await editor.palette.run("View: Hide Panel");
    await below.waitFor({ state: "detached" }).catch(() => below.waitFor({ state: "hidden" }));
  }
  if (!still) await editor.page.mouse.move(640, 2);
  await editor.screenshot(UPDATE ? "media/screenshots" : join(SHOTS, "media"), name);
}

export const HISTORY = "Crashes";

/** The row of a crash in the history whose title begins like this. */
export function crashRow({ editor }: Session, title: string, view = HISTORY): Locator {
  return editor.sidebar.rows(view).and(editor.page.locator(`[aria-label^="${title}"]`));
}

/** Waits for a panel on screen with this headline. */
export async function panelOf({ editor }: Session, headline: string): Promise<FrameLocator> {
  let found: FrameLocator | undefined;
  await poll(async () => {
    const count = await editor.webviews.all.count();
    for (let nth = 0; nth < count && !found; nth++) {
      const page = editor.webviews.inner(nth);
      const text = await page
        .locator("h1")
        .first()
        .textContent({ timeout: 500 })
        .catch(() => "");
      if (text?.includes(headline)) found = page;
    }
    return found !== undefined;
  }, `the panel of "${headline}"`);
  return found!;
}

export async function closeEditors({ editor }: Session): Promise<void> {
  await editor.palette.run("View: Close All Editors");
  await expect.poll(() => editor.workbench.tabs()).toEqual([]);
}

/**
 * Clicks a link of the terminal until what it opens is there: the editor asks for the links of a line anew when the
 * terminal draws it, and a click in between is lost.
 */
export async function follow<T>({ editor }: Session, link: string, opens: () => Promise<T>): Promise<T> {
  for (let click = 1; ; click++) {
    await editor.terminal.clickLink(link);
    const opened = opens();
    if (click === 3) return opened;
    const late = new Promise<undefined>((done) => setTimeout(done, 10_000));
    const first = await Promise.race([opened.then((value) => ({ value })), late]);
    if (first) return first.value;
    opened.catch(() => {});
  }
}

/** The line that the active editor shows its cursor on, with its file. */
export async function openAt({ editor }: Session, file: string, line: number): Promise<void> {
  await editor.page.locator(".tab.active", { hasText: file }).first().waitFor();
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${line}, ` }).waitFor();
}

export async function clipboard({ editor }: Session): Promise<string> {
  return editor.page.evaluate(() => navigator.clipboard.readText());
}

export async function setClipboard({ editor }: Session, text: string): Promise<void> {
  await editor.page.bringToFront();
  await editor.page.evaluate((value) => navigator.clipboard.writeText(value), text);
}
