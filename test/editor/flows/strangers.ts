/** Paths in a terminal that a stranger might have written, and a window that goes away while a program dies. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { poll } from "../driver/poll.ts";
import { closeEditors, crashRow, follow, openAt, panelOf, type Session } from "./session.ts";

const NOWHERE = "is neither in the workspace nor in the module cache or GOROOT";

/** None of these is a file of the workspace, of a module or of Go. */
const REFUSED = [
  "../../../../../../../../etc/stranger.go:3",
  "file://evil.example/share/stranger.go:4",
  "//evil.example/share/stranger.go:5",
  "\\\\evil.example\\share\\stranger.go:6",
  "/tmp/[run](command:workbench.action.toggleZenMode)/stranger.go:7",
  "/tmp/\u001b[31mred\u001b[0m/stranger.go:8",
];

export function strangerFlows(session: Session): void {
  const editor = () => session.editor;
  let outside = "";

  describe("a frame in a terminal", () => {
    beforeAll(() => {
      outside = mkdtempSync(join(tmpdir(), "golm-outside-"));
      writeFileSync(join(outside, "secret.go"), "package secret\n\nconst Key = 1\n");
      symlinkSync(join(outside, "secret.go"), join(session.workspace.folder, "linked.go"));
      session.workspace.write("frames.txt", REFUSED.map((path) => `\t${path} +0x1d\n`).join(""));
    });
    afterAll(() => rmSync(outside, { recursive: true, force: true }));

    it("opens nothing that is not there, and its words become no link", async () => {
      await editor().terminal.open();
      await editor().terminal.run("cat frames.txt");
      for (const path of REFUSED) {
        const tail = path.slice(path.lastIndexOf("/") + 1).slice(-13);
        const message = await follow(session, tail, () => editor().workbench.notification(NOWHERE));
        expect(await message.locator(".notification-list-item-message a").count(), path).toBe(0);
        await editor().workbench.clearNotifications();
      }
      expect(await editor().workbench.tabs()).toEqual([]);
    });

    it("opens a file outside of the workspace after a question only", async () => {
      await editor().terminal.run(`printf '\\t${outside}/secret.go:3 +0x1d\\n'`);
      const dialog = await questionOf(session, "secret.go:3");
      await dialog.getByText(`${outside}/secret.go`).waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      expect(await editor().workbench.tabs()).toEqual([]);
    });

    it("asks also where a link of the workspace leads outside", async () => {
      await editor().terminal.run(`printf '\\t${session.workspace.folder}/linked.go:3 +0x1d\\n'`);
      const dialog = await questionOf(session, "linked.go:3");
      await dialog.getByRole("button", { name: "Open", exact: true }).click();
      await openAt(session, "linked.go", 3);
      await closeEditors(session);
    });
  });

  describe("a crash while the window reloads", () => {
    it("is one click away, and what was known before is still there", async () => {
      await editor().terminal.run("go run ./cmd/registry");
      await editor().sidebar.open("GoLM");
      await crashRow(session, "Nil or invalid pointer").first().waitFor();
      await editor().terminal.type("sleep 2; clear; go run ./cmd/batch");
      await editor().reload();
      await crashRow(session, "Nil or invalid pointer").first().waitFor();
      await editor().terminal.waitFor("integer divide by zero");
      await follow(session, "integer divide by zero", () => panelOf(session, "Integer division by zero"));
      await closeEditors(session);
    });
  });
}

/** The question behind a link. A file that exists is also a link of the editor's own, which wins while ours is late. */
async function questionOf(session: Session, link: string): Promise<Locator> {
  const { page, terminal } = session.editor;
  const dialog = page.locator(".monaco-dialog-box");
  const asks = dialog.getByText("Open a file outside of the workspace?");
  await poll(async () => {
    await closeEditors(session);
    await terminal.clickLink(link);
    return asks.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  }, `the question behind ${link}`);
  return dialog;
}
