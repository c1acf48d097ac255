/**
 * Beside the Go extension itself, which is in no registry that a test could ask. `GOLM_GO_EXTENSION` names its folder, as
 * an editor has it installed; gopls and dlv must be on the path. Without the variable this file is none of the tests.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BROKEN, beamService, MENDED, SCORES_FILE } from "../flows/service.ts";
import { closeEditors, crashRow, openAt, useSession } from "../flows/session.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const GO_EXTENSION = process.env.GOLM_GO_EXTENSION!;

/** What vet, which gopls runs, and our linter both know. */
const POINTER = `package weights

import "unsafe"

func at(address uintptr) *float32 {
	return (*float32)(unsafe.Pointer(address + 8))
}
`;

const SETTINGS = '{\n  "go.testEnvVars": {\n    "BEAM": "4"\n  }\n}\n';
const CRASH = "Index out of range: index";

describe(`golang.go in VS Code ${EDITOR_VERSIONS[0]}`, () => {
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    makeWorkspace: () => beamService({ "weights/weights.go": POINTER, ".vscode/settings.json": SETTINGS }),
    beside: GO_EXTENSION,
    // It would build tools by itself.
    env: { GOPROXY: "off" },
    settings: {
      "go.toolsManagement.checkForUpdates": "off",
      "go.survey.prompt": false,
      "go.showWelcome": false,
    },
  });
  const editor = () => session.editor;
  const settings = () => readFileSync(join(session.workspace.folder, ".vscode/settings.json"), "utf8");
  const lenses = () => editor().page.locator(".codelens-decoration");
  const runTest = () =>
    lenses()
      .locator("a", { hasText: /^run test$/ })
      .click();

  it("has its lenses over a test, and ours once beside them", async () => {
    await editor().palette.openFile("scores_test.go", 7);
    const over = async () =>
      (await lenses().allInnerTexts()).map((text) => text.replace(/\s*\|\s*/g, " | ").trim());
    await expect.poll(over).toContain("run test | debug test | run with diagnosis");
    await expect.poll(over).toContain("run benchmark | debug benchmark | run with diagnosis");
    expect((await over()).join().match(/with diagnosis/g)).toHaveLength(2);
  });

  it("runs tests under the recorder once the user agrees, and its setting keeps what it held", async () => {
    await editor().palette.run("GoLM: Record All Go Runs of This Workspace");
    await editor().page.getByRole("button", { name: "Record Them Too" }).click();
    await expect.poll(settings).toContain("golm-record");
    expect(settings()).toContain('"BEAM": "4"');
    await runTest();
    await editor().sidebar.open("GoLM");
    await crashRow(session, `${CRASH} 2`).waitFor();
  });

  it("gets its setting back as it was", async () => {
    await editor().palette.run("GoLM: Stop Recording Go Runs");
    await expect.poll(settings).toBe(SETTINGS);
    await editor().palette.run("GoLM: Clear Crash Marks");
    await closeEditors(session);
  });

  it("debugs with F5 without a question, and the stop at a panic is diagnosed", async () => {
    await editor().palette.openFile("main.go", 6);
    await editor().page.keyboard.press("F5");
    await openAt(session, SCORES_FILE, 7);
    await editor().workbench.statusItem(`${CRASH} 3`).waitFor();
    const problems = await editor().workbench.problems(`${CRASH} 3`);
    expect(problems.filter((row) => row.includes(`${CRASH} 3`))).toHaveLength(1);
    await editor().palette.run("Debug: Stop");
    await editor().page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  });

  it("starts a mended program whose end clears the problem", async () => {
    session.workspace.write(SCORES_FILE, MENDED);
    await editor().palette.openFile("main.go", 6);
    await editor().page.keyboard.press("F5");
    await editor().workbench.statusItem(CRASH).waitFor({ state: "detached" });
    session.workspace.write(SCORES_FILE, BROKEN);
    expect(existsSync(join(session.workspace.folder, ".vscode/launch.json"))).toBe(false);
  });

  it("has gopls say what vet says, and ours not say it again", async () => {
    await editor().palette.openFile("weights.go", 6);
    await editor().page.locator(".squiggly-warning").first().waitFor();
    // Both have been asked by then.
    await editor().page.waitForTimeout(4000);
    const problems = await editor().workbench.problems("unsafe.Pointer");
    expect(problems.filter((row) => / at line 6/.test(row))).toHaveLength(1);
  });
});
