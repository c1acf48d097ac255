/** Logs that are dropped on the view of crashes, from the desktop. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { poll } from "../driver/poll.ts";
import { closeEditors, crashRow, HISTORY, panelOf, type Session } from "./session.ts";

declare global {
  interface Window {
    golmDragged?: { over: number; dropped: boolean };
  }
}

const CLOSED = `panic: send on closed channel

goroutine 7 [running]:
main.publish(0xc000012345)
\t/app/beam/publish.go:12 +0x1d
created by main.main in goroutine 1
\t/app/beam/main.go:9 +0x44
`;

const TITLE = "Misused channel";

export function dropFlows(session: Session): void {
  const editor = () => session.editor;

  /** A browser hands over the bytes of a file and its name. */
  async function drop(name: string, bytes: Buffer): Promise<void> {
    await editor().sidebar.open("GoLM");
    const list = editor().sidebar.view(HISTORY).locator(".monaco-list");
    const file = { name, base64: bytes.toString("base64") };
    await list.evaluate((element, { name, base64 }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name));
      const { x, y, width, height } = element.getBoundingClientRect();
      const at = { clientX: x + width / 2, clientY: y + height - 4, bubbles: true, cancelable: true };
      for (const type of ["dragenter", "dragover", "drop"])
        element.dispatchEvent(new DragEvent(type, { ...at, dataTransfer: data }));
    }, file);
  }

  /** From the desktop, by the browser's own hand: a folder can be made no other way. */
  async function dropFromDisk(path: string): Promise<void> {
    await editor().sidebar.open("GoLM");
    const page = editor().page;
    const box = (await editor().sidebar.view(HISTORY).locator(".monaco-list").boundingBox())!;
    const at = { x: box.x + box.width / 2, y: box.y + box.height - 6 };
    const data = { items: [], files: [path], dragOperationsMask: 1 | 2 | 16 };
    await page.evaluate(() => {
      window.golmDragged = { over: 0, dropped: false };
      document.addEventListener("dragover", () => window.golmDragged!.over++, { capture: true });
      document.addEventListener("drop", () => (window.golmDragged!.dropped = true), { capture: true });
    });
    const hand = await page.context().newCDPSession(page);
    const move = (type: "dragEnter" | "dragOver" | "drop") =>
      hand.send("Input.dispatchDragEvent", { type, ...at, data });
    await move("dragEnter");
    // The tree says that it takes files a moment after it was first asked.
    await poll(async () => {
      await move("dragOver");
      const over = await page.evaluate(() => window.golmDragged!.over);
      if (over < 3) return false;
      await move("drop");
      return page.evaluate(() => window.golmDragged!.dropped);
    }, "the drop");
    await hand.detach();
  }

  describe("a log dropped on the view of crashes", () => {
    it("is diagnosed", async () => {
      await drop("pod.log", Buffer.from(`level=info msg=start\n${CLOSED}`));
      await panelOf(session, TITLE);
      await crashRow(session, TITLE).first().waitFor();
      await closeEditors(session);
    });

    it("may be packed", async () => {
      const other = CLOSED.replaceAll("publish", "announce");
      await drop("pod.log.gz", gzipSync(other));
      const panel = await panelOf(session, TITLE);
      await panel.locator("body", { hasText: "announce.go:12" }).waitFor();
      await closeEditors(session);
    });

    it("comes as a file of the disk", async () => {
      const name = "desktop.log";
      session.workspace.write(`incident/${name}`, CLOSED.replaceAll("publish", "proclaim"));
      await dropFromDisk(join(session.workspace.folder, "incident", name));
      const panel = await panelOf(session, TITLE);
      await panel.locator("body", { hasText: "proclaim.go:12" }).waitFor();
      await closeEditors(session);
    });

    it("cannot be a folder in a browser, which is said in one sentence", async () => {
      await dropFromDisk(join(session.workspace.folder, "incident"));
      await editor().workbench.notification("Could not be read: incident. A browser hands over single files");
      const all = await editor().page.locator(".notification-list-item").allInnerTexts();
      expect(all.join("\n")).not.toContain("No Go crash was found there");
      await editor().workbench.clearNotifications();
    });

    it("that holds no crash is said to", async () => {
      await drop("quiet.log", Buffer.from("level=info msg=serving\n"));
      await editor().workbench.notification("No Go crash was found there.");
      await editor().workbench.clearNotifications();
      expect(await editor().workbench.tabs()).toEqual([]);
    });
  });
}
