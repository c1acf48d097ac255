/** Logs that are dropped on the view of crashes, from the desktop. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { closeEditors, crashRow, HISTORY, panelOf, type Session } from "./session.ts";

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

    it("that holds no crash is said to", async () => {
      await drop("quiet.log", Buffer.from("level=info msg=serving\n"));
      await editor().workbench.notification("No Go crash was found there.");
      await editor().workbench.clearNotifications();
      expect(await editor().workbench.tabs()).toEqual([]);
    });
  });
}
