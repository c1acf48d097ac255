import { describe, it } from "vitest";
import { makeWorkspace } from "../driver/workspace.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { runSuite } from "./run.ts";

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS)("in the extension host of VS Code %s", async (version) => {
  const workspace = makeWorkspace({ "main.go": "package main\n\nfunc main() {}\n" });
  const results = await runSuite({
    version,
    workspace: workspace.folder,
    extension: { development: "test/editor/fixture-extension" },
    suite: "test/editor/host/fixture-suite.ts",
  }).finally(workspace.remove);
  for (const { name, ok, error } of results)
    it(name, () => {
      if (!ok) throw new Error(error);
    });
});
