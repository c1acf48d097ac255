/** A core dump in the explorer: one click ends at the line that failed, with the diagnosis beside it. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { poll } from "../driver/poll.ts";
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";
import { installDelve } from "../setup/delve.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { closeEditors, crashRow, openAt, panelOf, picture, type Session, useSession } from "./session.ts";

const MAIN = `package main

import (
	"fmt"
	"os"
)

// Batch holds the positions of one decode step.
type Batch struct {
	Model  string
	Logits []float32
}

// argmax returns the best token of the step.
func (b *Batch) argmax() int {
	best := 0
	for i := 1; i <= len(b.Logits); i++ {
		if b.Logits[i] > b.Logits[best] {
			best = i
		}
	}
	return best
}

func main() {
	batch := &Batch{Model: "tiny.gguf", Logits: []float32{0.1, 2.5, 0.7}}
	fmt.Fprintln(os.Stdout, batch.argmax())
}
`;

const OTHER = `package main

func main() {
	println("another program")
}
`;

const WITHOUT_CORE = `package main

func main() {
	var counts map[string]int
	counts["tokens"]++
}
`;

const SLOTS = `package main

// cache hands out the slots of a KV cache.
type cache struct{ slots [4]int }

func (c *cache) put(slot, sequence int) {
	c.slots[slot] = sequence
}

var kv cache

func main() {
	kv.put(0, 7)
	kv.put(1, 8)
	println(kv.slots[1])
}
`;

/** A recipe of the user's own. */
const WHO_WRITES = `title: Who writes slot 1
kind: live
steps:
  - breakpoint: main.(*cache).put
    once: true
  - watch: c.slots[1]
    print: sequence
`;

const delve = await installDelve();

const WATCH = {
  type: "golm",
  request: "launch",
  name: "Who writes slot 1",
  mode: "debug",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the editor's own variable
  program: "${workspaceFolder}/slots",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
  recipe: "${workspaceFolder}/.golm/recipes/slot.yaml",
};

/** A module whose program has crashed, with its core beside it. */
function crashed(): Workspace {
  const workspace = makeWorkspace(
    {
      "go.mod": "module example.com/decode\n\ngo 1.24\n",
      "main.go": MAIN,
      "other/main.go": OTHER,
      "counts/main.go": WITHOUT_CORE,
      "slots/main.go": SLOTS,
      ".golm/recipes/slot.yaml": WHO_WRITES,
      ".vscode/launch.json": JSON.stringify({ version: "0.2.0", configurations: [WATCH] }),
      // A program's path is a setting of the machine or of a trusted workspace, not of the person.
      ".vscode/settings.json": JSON.stringify({ "golm.delve.path": delve }),
    },
    "decode",
  );
  const { folder } = workspace;
  const flags = ["-buildvcs=false", "-gcflags=all=-N -l"];
  go(folder, ["build", ...flags, "-o", "decode", "."]);
  go(folder, ["build", ...flags, "-o", "other/decode", "./other"]);
  leaveCore(folder);
  return workspace;
}

/** Lets the program of the folder crash, with `core` beside it. */
function leaveCore(folder: string): void {
  const { stderr } = spawnSync("prlimit", ["--core=unlimited", "./decode"], {
    cwd: folder,
    env: { ...process.env, GOTRACEBACK: "crash" },
    encoding: "utf8",
  });
  const core = readdirSync(folder).find((name) => /^core(\.\d+)?$/.test(name));
  if (core === undefined)
    throw new Error(`The program left no core: kernel.core_pattern must be "core".\n${stderr}`);
  if (core !== "core") renameSync(join(folder, core), join(folder, "core"));
}

function go(folder: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync("go", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

const TITLE = "Index out of range: index 3";
describe(`VS Code ${EDITOR_VERSIONS[0]}, a core dump`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    makeWorkspace: crashed,
    settings: { "debug.toolBarLocation": "docked" },
  });
  const editor = () => session.editor;
  const row = (name: string) =>
    editor().page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).first();

  it("opens from the explorer, at the user's line", async () => {
    // The extension is there once its view is.
    await editor().sidebar.open("GoLM");
    await editor().sidebar.open("Explorer");
    await editor().workbench.chooseFromMenu(row("core"), "Open Core Dump in Delve");
    await openAt(session, "main.go", 18);
    const widget = editor().page.locator(".exception-widget").first();
    await widget.getByText("index out of range [3] with length 3").first().waitFor();
  });

  it("with the diagnosis beside it", async () => {
    const panel = await panelOf(session, TITLE);
    await panel.getByText("Index equal to the length").first().waitFor();
    expect(await editor().workbench.tabs()).toHaveLength(2);
  });

  it("shows the values of the frame and the goroutine that failed", async () => {
    await editor().palette.run("View: Show Run and Debug");
    const view = editor().page.locator(".debug-viewlet");
    await showLocal(session, /best/);
    await view
      .locator(".debug-call-stack .monaco-list-row", { hasText: "main.(*Batch).argmax" })
      .first()
      .waitFor();
    await picture(session, "core", { still: true });
  });

  it("ends without a trace", async () => {
    await editor().palette.run("Debug: Stop");
    await editor()
      .page.locator(".debug-toolbar")
      .waitFor({ state: "detached" })
      .catch(() => {});
    await closeEditors(session);
    await expect.poll(() => delveOf(session.workspace.folder)).toEqual([]);
  });

  it("refuses a binary that did not write it, and says which would be right", async () => {
    const { folder } = session.workspace;
    rmSync(join(folder, "decode"));
    copyFileSync(join(folder, "other/decode"), join(folder, "decode"));
    expect(existsSync(join(folder, "decode"))).toBe(true);
    await editor().sidebar.open("Explorer");
    await editor().workbench.chooseFromMenu(row("core"), "Open Core Dump in Delve");
    const message = await editor().workbench.notification("was not written by");
    expect(await message.textContent()).toContain("build ID");
    await picture(session, "core-mismatch", { still: true });
    await editor().workbench.clearNotifications();
  });

  it("is reproduced with the cause's recipe, which stops and says what it saw", async () => {
    await editor().sidebar.open("GoLM");
    await crashRow(session, TITLE).click();
    const panel = await panelOf(session, TITLE);
    await panel.getByRole("button", { name: "Start with this recipe" }).first().click();
    await openAt(session, "main.go", 18);
    const console = editor().page.locator(".repl");
    await console.getByText("recipe: ").first().waitFor();
    await console.getByText("i = 3").first().waitFor();
    await picture(session, "recipe", { still: true });
    await editor().palette.run("Debug: Stop");
    await expect.poll(() => delveOf(session.workspace.folder)).toEqual([]);
  });

  it("is left aside by a recipe of the user's own, which stops where a watched slot is written", async () => {
    await closeEditors(session);
    await editor().palette.run("Debug: Select and Start Debugging");
    await editor().page.keyboard.type(WATCH.name);
    await editor()
      .page.locator(".quick-input-list .monaco-list-row", { hasText: WATCH.name })
      .first()
      .click();
    // A watchpoint stops behind the statement that wrote.
    await openAt(session, "main.go", 8);
    const console = editor().page.locator(".repl");
    await console.getByText("c.slots[1]: 0 → 8").first().waitFor();
    await console.getByText("sequence = 8").first().waitFor();
    await picture(session, "watchpoint", { still: true });
    await editor().palette.run("Debug: Stop");
    await expect.poll(() => delveOf(session.workspace.folder)).toEqual([]);
  });

  it("is made again by a run that says first where it lands", async () => {
    const core = join(session.workspace.folder, "core");
    const before = statSync(core).mtimeMs;
    await editor().sidebar.open("GoLM");
    await editor().workbench.chooseFromMenu(crashRow(session, TITLE), "Run Again with a Core");
    const dialog = editor().page.locator(".monaco-dialog-box");
    await dialog.getByText(`The core will be ${session.workspace.folder}`).first().waitFor();
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    await expect.poll(() => (existsSync(core) ? statSync(core).mtimeMs : 0)).toBeGreaterThan(before);
  });

  it("is offered by the panel of a crash that left none, by a run that leaves one", async () => {
    await editor().terminal.open();
    await editor().terminal.run("go run ./counts");
    const title = "Assignment to an entry in a nil map";
    await editor().sidebar.open("GoLM");
    await crashRow(session, title).click();
    const panel = await panelOf(session, title);
    await picture(session, "run-with-core", { still: true });
    await panel.getByRole("button", { name: "Run again with a core" }).first().click();
    const dialog = editor().page.locator(".monaco-dialog-box");
    await dialog.getByText("go run .").first().waitFor();
    await dialog
      .getByText(`The core will be ${join(session.workspace.folder, "counts")}`)
      .first()
      .waitFor();
    await editor().page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("of a stripped binary opens through a twin, which one click builds, with variables at the user's line", async () => {
    const { folder } = session.workspace;
    await closeEditors(session);
    rmSync(join(folder, "core"));
    const flags = ["-buildvcs=false", "-gcflags=all=-N -l", "-ldflags=-s -w"];
    go(folder, ["build", ...flags, "-o", "decode", "."]);
    leaveCore(folder);
    await editor().sidebar.open("Explorer");
    await editor().workbench.chooseFromMenu(row("core"), "Open Core Dump in Delve");
    const offer = await editor().workbench.notification("was stripped");
    await offer.getByText("Build a Twin").click();
    await openAt(session, "main.go", 18);
    await editor().palette.run("View: Show Run and Debug");
    await showLocal(session, /best.*1/);
    await picture(session, "core-twin", { still: true });
    await editor().palette.run("Debug: Stop");
    await expect.poll(() => delveOf(session.workspace.folder)).toEqual([]);
  });
});

/** Opens the locals, unless the editor remembers them as open from a session before, and waits for one of them. */
async function showLocal({ editor }: Session, said: RegExp): Promise<void> {
  const rows = editor.page.locator(".debug-viewlet .debug-variables .monaco-list-row");
  const locals = rows.filter({ hasText: "Locals" }).first();
  await locals.waitFor();
  await poll(async () => {
    if (await rows.filter({ hasText: said }).first().isVisible()) return true;
    if ((await locals.getAttribute("aria-expanded")) === "false")
      await locals.locator(".monaco-tl-twistie").click();
    await rows
      .filter({ hasText: said })
      .first()
      .waitFor({ timeout: 2000 })
      .catch(() => {});
    return false;
  }, `a local that says ${said}`);
}

/** Command lines of Delves that work on a file of this folder. */
function delveOf(folder: string): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes("dlv") && line.includes(folder));
}
