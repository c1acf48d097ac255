/** The recorder as a user meets it: switched on for a workspace, runs of three kinds recorded, switched off again. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "../../../src/editor/history.ts";
import { corePattern } from "../../../src/recorder/core-file.ts";
import type { Editor } from "../driver/editor.ts";
import { openEditor } from "../driver/open.ts";
import { poll } from "../driver/poll.ts";
import type { Workspace } from "../driver/workspace.ts";
import { beamService } from "../flows/service.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const SETTINGS = '{\n  // ours\n  "go.testEnvVars": {\n    "BEAM": "4"\n  }\n}\n';
const TASKS = JSON.stringify({
  version: "2.0.0",
  tasks: [{ label: "serve", type: "shell", command: "go run .", problemMatcher: [] }],
});
const versions = EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 1));

describe.each(versions)("VS Code %s", (version) => {
  let workspace: Workspace;
  let editor: Editor;
  const settings = () => readFileSync(join(workspace.folder, ".vscode/settings.json"), "utf8");

  beforeAll(async () => {
    workspace = beamService({ ".vscode/settings.json": SETTINGS, ".vscode/tasks.json": TASKS });
    editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      beside: "test/editor/fixture-go",
    });
    editor.page.setDefaultTimeout(25_000);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await editor.screenshot(".cache/shots", `failed-${task.name.slice(0, 20)}`);
  });

  afterAll(async () => {
    await editor?.stop();
    workspace?.remove();
  });

  /** Files of the extension's storage for this workspace. */
  function stored(folder: string): string[] {
    const storage = join(editor.folder, "data/data/User/workspaceStorage");
    const homes = readdirSync(storage).map((id) => join(storage, id, "golm.golm-faultcheck", folder));
    return homes.filter(existsSync).flatMap((home) => readdirSync(home).map((name) => join(home, name)));
  }

  const records = () => stored("records");
  const entries = (): Entry[] =>
    stored("crashes")
      .filter((path) => path.endsWith(".json"))
      .map((path) => JSON.parse(readFileSync(path, "utf8")));
  const entryOf = (line: string) => entries().find(({ header }) => header.includes(line));
  const pathOf = (uri: string | undefined) => decodeURIComponent(new URL(uri!).pathname);
  const WAIT = { timeout: 20_000, interval: 200 };
  const [TESTED, SERVED] = ["index out of range [2]", "index out of range [3]"];

  it("asks for the Go extension, and adds to what its setting holds", async () => {
    await editor.page.locator('.activitybar [aria-label^="GoLM"]').first().waitFor();
    // The palette offers it once the extension is awake, which this waits for.
    await editor.palette.run("GoLM: Search the Fault Tree...");
    await editor.palette.rows();
    await editor.page.keyboard.press("Escape");
    await editor.palette.run("GoLM: Record All Go Runs of This Workspace");
    await editor.page.getByRole("button", { name: "Record Them Too" }).click();
    await expect.poll(settings, WAIT).toContain("golm-record");
    expect(settings()).toContain('"BEAM": "4"');
  });

  it("records a test that crashes in a terminal, once, with its program", async () => {
    await editor.terminal.open();
    // Of the first command in a cold terminal the editor may hand on nothing.
    await editor.terminal.run('echo "<$GOFLAGS>"');
    await editor.terminal.run("go test ./...");
    await expect.poll(() => entryOf(TESTED)?.record, WAIT).toBeDefined();
    // Whichever was heard first, the terminal knows more.
    await expect.poll(() => entryOf(TESTED)!.origin.label, WAIT).toBe("go test ./...");
    const entry = entryOf(TESTED)!;
    expect(records()).toHaveLength(1);
    expect(entry).toMatchObject({ count: 1, origin: { kind: "terminal" } });
    expect(pathOf(entry.record!.program)).toBe(join(records()[0]!, "program-beam.test"));
    expect(statSync(pathOf(entry.record!.program)).mode & 0o100).toBe(0o100);
  });

  it("records a task of the user's", async () => {
    await editor.palette.run("Tasks: Run Task");
    await editor.palette.pick("serve");
    await expect.poll(() => entryOf(SERVED)?.record?.program, WAIT).toMatch(/program-beam$/);
    expect(entryOf(SERVED)!.count).toBe(1);
    expect(records()).toHaveLength(2);
  });

  it("records what the Go extension runs", async () => {
    await editor.palette.run("Go Fixture: Test Package");
    await expect.poll(() => entryOf(TESTED)?.count, WAIT).toBe(2);
    expect(entryOf(TESTED)!.origin).toMatchObject({ kind: "recorder", label: "beam.test" });
    expect(records()).toHaveLength(3);
  });

  it.skipIf(corePattern() === undefined)("keeps the core", async () => {
    await editor.terminal.open();
    await editor.terminal.run("ulimit -c unlimited; GOTRACEBACK=crash go run .");
    await expect.poll(() => entryOf(SERVED)?.record?.core, WAIT).toBeDefined();
    expect(
      readFileSync(pathOf(entryOf(SERVED)!.record!.core))
        .subarray(1, 4)
        .toString(),
    ).toBe("ELF");
  });

  it("shows the record of a crash", async () => {
    await editor.sidebar.open("GoLM");
    const row = editor.page.locator(".monaco-list-row", { hasText: "Index out of range" }).first();
    await poll(async () => {
      // A busy editor may close the menu without having heard the click.
      await editor.workbench.chooseFromMenu(row, "Reveal Record");
      const tab = editor.page.locator(".tab", { hasText: "record.json" });
      return tab.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }, "the record in an editor");
  });

  it("takes a record that came while the window was closed", async () => {
    const before = entryOf(TESTED)!.count;
    // Through the launcher by itself, as a terminal that outlives the window does.
    await editor.terminal.open();
    await editor.terminal.type("sleep 3; go test ./... > /dev/null 2>&1");
    await editor.page.goto("about:blank");
    await expect.poll(() => records().length, WAIT).toBeGreaterThan(4);
    expect(entryOf(TESTED)!.count).toBe(before);
    await editor.page.goBack();
    await editor.ready();
    await expect.poll(() => entryOf(TESTED)!.count, WAIT).toBe(before + 1);
  });

  it("leaves everything as it was when it is switched off", async () => {
    await editor.palette.run("GoLM: Stop Recording Go Runs");
    await expect.poll(settings, WAIT).toBe(SETTINGS);
    // The editor hands its new environment to terminals a moment later.
    const flags = async () => {
      await editor.terminal.open();
      return editor.terminal.run('echo "<$GOFLAGS>"');
    };
    await expect.poll(flags, WAIT).toContain("<>");
    const before = records();
    await editor.terminal.run("go test ./...");
    expect(records()).toEqual(before);
  });
});
