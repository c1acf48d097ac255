/** A program dies in an integrated terminal. */
import { describe, expect, it } from "vitest";
import {
  clipboard,
  closeEditors,
  follow,
  openAt,
  panelOf,
  picture,
  type Session,
  setClipboard,
} from "./session.ts";

/** Both die with the same words, each at its own line. */
const OWN_PANIC = "Panic raised by the program";
const KEYS = 'package main\n\nfunc main() {\n\tpanic("no such model")\n}\n';
const PICK = 'package main\n\nfunc pick() {\n\tpanic("no such model")\n}\n\nfunc main() {\n\tpick()\n}\n';

export function terminalFlows(session: Session): void {
  const editor = () => session.editor;

  describe("a panic in a terminal", () => {
    it("is noticed without being asked for", async () => {
      await editor().terminal.open();
      await editor().terminal.run("go run -trimpath .");
      await editor().workbench.statusItem("Index out of range").waitFor();
      expect(await editor().workbench.tabs()).toEqual([]);
    });

    it("has a link on its header and on each frame", async () => {
      expect(await editor().terminal.isLink("index out of range")).toBe(true);
      expect(await editor().terminal.isLink("scores.go:7")).toBe(true);
      expect(await editor().terminal.isLink("main.go:6")).toBe(true);
      expect(await editor().terminal.isLink("goroutine 1", 800)).toBe(false);
    });

    it("opens its diagnosis from the header", async () => {
      const panel = await follow(session, "index out of range", () =>
        panelOf(session, "Index out of range: index 3, but the length is 3"),
      );
      await panel.getByText("Index equal to the length").first().waitFor();
      await panel.locator(".source .here", { hasText: "total += scores[i]" }).waitFor();
      await picture(session, "terminal");
    });

    it("opens a frame of a -trimpath build at its line", async () => {
      await follow(session, "example.com/beam/scores.go:7", () => openAt(session, "scores.go", 7));
      await closeEditors(session);
    });

    it("opens a frame below a folder with a space in its name", async () => {
      await editor().terminal.run("(cd 'beam search' && go run .)");
      await follow(session, "beam search/main.go:8", () => openAt(session, "main.go", 8));
      await editor().page.locator(".view-lines", { hasText: "len(b.tokens)-1" }).waitFor();
      await follow(session, "index out of range [-1]", () =>
        panelOf(session, "Index out of range: index -1"),
      );
      await closeEditors(session);
    });

    it("opens a frame named relative to the folder of the shell", async () => {
      await editor().terminal.run("cd cmd/cache");
      await editor().terminal.run("go run -trimpath main.go");
      await follow(session, "./main.go:8", () => openAt(session, "main.go", 8));
      await editor().page.locator(".view-lines", { hasText: "c.pages[layer] = page" }).waitFor();
      await editor().terminal.run("cd ../..");
      await closeEditors(session);
    });

    it("opens a frame of the standard library", async () => {
      await editor().terminal.run("GOTRACEBACK=system go run ./cmd/registry 2>&1 | head -30");
      const opened = editor().page.locator(".tab.active", { hasText: "proc.go" });
      await follow(session, "src/runtime/proc.go:", () => opened.waitFor());
      await closeEditors(session);
    });
  });

  describe("a terminal without shell integration", () => {
    it("opens the diagnosis from the header, and gives the clipboard back", async () => {
      await editor().terminal.open("plain");
      await setClipboard(session, "what the user copied");
      await editor().terminal.run("go run ./cmd/batch");
      const panel = await follow(session, "integer divide by zero", () =>
        panelOf(session, "Integer division by zero"),
      );
      await panel.locator(".where", { hasText: "cmd/batch/main.go:6" }).waitFor();
      expect(await clipboard(session)).toBe("what the user copied");
      await closeEditors(session);
    });

    it("opens its own crash where another terminal printed the very same words", async () => {
      session.workspace.write("cmd/keys/main.go", KEYS);
      session.workspace.write("cmd/pick/main.go", PICK);
      await editor().terminal.open();
      await editor().terminal.run("go run ./cmd/keys");
      await editor().workbench.statusItem(OWN_PANIC).waitFor();
      await editor().terminal.open("plain");
      await editor().terminal.run("go run ./cmd/pick");
      await editor().terminal.clickLink("panic: no such model");
      const panel = await panelOf(session, OWN_PANIC);
      await panel.locator(".where", { hasText: "main.pick" }).waitFor();
      await closeEditors(session);
      await editor().terminal.run("go run ./cmd/batch");
    });

    it("offers the same as a command", async () => {
      await editor().palette.run("GoLM: Diagnose Active Terminal");
      await panelOf(session, "Integer division by zero");
      expect(await clipboard(session)).toBe("what the user copied");
      await closeEditors(session);
    });
  });
}
