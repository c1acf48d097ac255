/** The build for browsers, in the worker host of a browser: no process, no Node, and a crash is diagnosed all the same. */
import { describe, expect, it } from "vitest";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { HOSTILE } from "./hostile.ts";
import { beamService } from "./service.ts";
import { panelOf, useSession } from "./session.ts";

const LOG = `panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
main.sumScores(...)
	/src/beam/scores.go:7
main.main()
	/src/beam/main.go:6 +0xa6
exit status 2
`;

describe(`VS Code ${EDITOR_VERSIONS[0]}, the extension in the browser`, () => {
  const asked: string[] = [];
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    makeWorkspace: () => beamService({ "server.log": LOG, "hostile.log": HOSTILE }),
    extension: { web: "." },
    onPage: async (page) => {
      page.context().on("request", (request) => asked.push(request.url()));
    },
  });
  const page = () => session.editor.page;

  it("runs in a worker, not on the server", async () => {
    await expect.poll(() => asked.some((url) => url.endsWith("/dist/web/extension.js"))).toBe(true);
    expect(asked.filter((url) => url.endsWith("/dist/extension.cjs"))).toEqual([]);
    expect(session.editor.serverLog).not.toContain("Loading development extension");
  });

  it("diagnoses a log, with the source of the workspace", async () => {
    await page().locator(".explorer-folders-view .monaco-list-row", { hasText: "server.log" }).dblclick();
    await page().locator(".codelens-decoration a", { hasText: "Index out of range" }).click();
    const panel = await panelOf(session, "Index out of range: index 3");
    await panel.locator(".source .here", { hasText: "total += scores[i]" }).waitFor();
  });

  it("offers nothing that would run", async () => {
    const panel = await panelOf(session, "Index out of range");
    expect(await panel.getByRole("button", { name: "Run in a terminal" }).count()).toBe(0);
  });
});
