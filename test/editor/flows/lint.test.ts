/** The linter as a user meets it: squiggles while typing, the light bulb, the program run afterwards. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { makeWorkspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { picture, type Session, useSession } from "./session.ts";

const MAIN = `package main

/*
#include <stdlib.h>
#include <string.h>

static int count_tokens(const char *text) { return (int)strlen(text) / 4; }
*/
import "C"

import "fmt"

// tokens asks the model how many tokens a prompt has.
func tokens(prompt string) int {
	return 0
}

func main() {
	fmt.Println(tokens("Why does the process grow?"))
}
`;

const PIECES = `package pieces

// #include <stdlib.h>
// void take(int *ids, int n);
import "C"

// Feed hands the ids over.
func Feed(ids []C.int) {
	C.take(&ids[0], C.int(len(ids)))
}
`;

const workspace = () =>
  makeWorkspace(
    {
      "go.mod": "module example.com/tokens\n\ngo 1.24\n",
      "main.go": MAIN,
      "pieces/pieces.go": PIECES,
    },
    "tokens",
  );

const settings = {
  "editor.quickSuggestions": "off",
  "editor.wordBasedSuggestions": "off",
  "editor.suggestOnTriggerCharacters": false,
  "editor.minimap.enabled": false,
};

function parts(session: Session) {
  const page = () => session.editor.page;
  const squiggle = (kind: "warning" | "error" = "warning") => page().locator(`.squiggly-${kind}`);
  const code = (text: string): Locator => page().locator(".view-line span span", { hasText: text }).first();
  return {
    page,
    squiggle,
    code,
    /** Types the body of `tokens`. */
    async type() {
      await session.editor.palette.openFile("main.go", 15);
      await page().keyboard.press("Home");
      await page().keyboard.press("Shift+End");
      await page().keyboard.type("text := C.CString(prompt)\n", { delay: 20 });
      await squiggle().first().waitFor();
      await page().keyboard.type("return int(C.count_tokens(text))", { delay: 5 });
    },
    /** Opens the light bulb's menu at a text and chooses an entry. */
    async choose(at: string, entry: string) {
      await code(at).click();
      await page().keyboard.press("Control+.");
      const focused = page().locator(".action-widget .monaco-list-row.focused");
      await focused.waitFor();
      // By keyboard: some versions cover the menu against the pointer.
      for (let row = 0; row < 12 && !(await focused.textContent())?.includes(entry); row++)
        await page().keyboard.press("ArrowDown");
      expect(await focused.textContent()).toContain(entry);
      await page().keyboard.press("Enter");
    },
    /** Saves and runs the program. */
    async run(): Promise<string> {
      await session.editor.palette.run("File: Save");
      await session.editor.terminal.open();
      const printed = await session.editor.terminal.run("go vet . && go run .");
      await session.editor.palette.run("View: Hide Panel");
      return printed;
    },
  };
}

describe(`VS Code ${EDITOR_VERSIONS[0]}, the linter`, () => {
  const session = useSession({ version: EDITOR_VERSIONS[0]!, makeWorkspace: workspace, settings });
  const { page, squiggle, code, type, choose, run } = parts(session);

  it("underlines what is typed", async () => {
    await type();
    expect(await squiggle().count()).toBeGreaterThan(0);
  });

  it("tells in the hover why, and which crash it leads to", async () => {
    await code("CString").hover();
    const hover = page().locator(".monaco-hover:visible");
    await hover.getByText("C memory is never freed", { exact: true }).waitFor();
    await hover.getByText("Leads to: C.CString never freed").waitFor();
    await picture(session, "lint", { alone: true, still: true });
    await hover.getByRole("link", { name: "Open in Fault Tree" }).click();
    const tree = session.editor.webviews.inner();
    await tree.locator("h1", { hasText: "C.CString never freed" }).waitFor();
  });

  it("opens the page of the rule behind its id", async () => {
    await session.editor.palette.openFile("main.go");
    await code("CString").hover();
    await page().locator(".monaco-hover:visible a.code-link", { hasText: "cgo-memory-leak" }).click();
    await page().locator(".view-line", { hasText: "# C memory is never freed" }).waitFor();
  });

  it("mends with the light bulb, and the program runs", async () => {
    await session.editor.palette.openFile("main.go");
    await choose("CString", "Free it with defer");
    await code("defer").waitFor();
    await squiggle().first().waitFor({ state: "detached" });
    expect(await run()).toBe("6");
    expect(readFileSync(join(session.workspace.folder, "main.go"), "utf8")).toContain(
      "\tdefer C.free(unsafe.Pointer(text))\n",
    );
  });

  it("wraps a C resource, and the program runs", async () => {
    await session.editor.palette.openFile("main.go");
    await choose("CString", "Wrap in a Go type that calls C.free");
    await code("newCText").waitFor();
    expect(await run()).toBe("6");
  });

  it("lints the workspace", async () => {
    await session.editor.palette.run("GoLM: Lint Workspace");
    const problems = await session.editor.workbench.problems("ids may be empty here");
    expect(problems.join("\n")).toContain("generated by GoLM lint");
    await session.editor.workbench.notification("1 finding in 1 of 2 files.");
  });

  it("starts its server again when that is killed, and says so", async () => {
    const [server] = serversOf(session);
    process.kill(server!, "SIGKILL");
    await session.editor.workbench.notification("ended unexpectedly and was started again");
    await expect.poll(() => serversOf(session).filter((pid) => pid !== server).length).toBe(1);
    await session.editor.palette.openFile("pieces.go");
    await squiggle().first().waitFor();
  });
});

describe(`VS Code ${EDITOR_VERSIONS[1]}, the linter`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[1]!,
    makeWorkspace: workspace,
    settings,
    trusted: false,
  });

  it("works in a workspace that is not trusted", async () => {
    const { type, choose, code, squiggle } = parts(session);
    await type();
    await choose("CString", "Free it with defer");
    await code("defer").waitFor();
    await squiggle().first().waitFor({ state: "detached" });
  });
});

/** Process ids of this editor's own linters, by the program and the editor's mark in their environment. */
function serversOf({ editor }: Session): number[] {
  const folder = editor.folder;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
        return command.includes("dist/server.js\0--node-ipc") && environment.includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}
